"""What the contract allows although a schema does not say so, and what the run must not do to itself."""

import os

import schemathesis
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.core.parameters import ParameterLocation

# The administrator that the run acts as, their session and their API key.
KEEP = set(os.environ["POSTERN_KEEP"].split())


@schemathesis.hook
def filter_case(context, case):
    """Without these the rest of the run would be 401s."""
    named = {str(value).lower() for value in (case.path_parameters or {}).values()}
    return case.method != "DELETE" or not named & KEEP


@schemathesis.hook
def map_query(context, query):
    """A cursor means something to whoever gave it alone: most lists are asked for without one."""
    cursor = (query or {}).get("pagination[cursor]")
    if isinstance(cursor, str) and len(cursor) % 8:
        return {name: value for name, value in query.items() if name != "pagination[cursor]"}
    return query


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
