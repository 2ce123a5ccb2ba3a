"""What the contract allows although a schema says otherwise."""

import schemathesis
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.core.parameters import ParameterLocation


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Lists pass over what they do not know in a query and clamp numbers; they never refuse it."""
    if not isinstance(failure, AcceptedNegativeData):
        return True
    negated = {
        location
        for location, component in case.meta.components.items()
        if component.mode.is_negative
    }
    return negated != {ParameterLocation.QUERY}
