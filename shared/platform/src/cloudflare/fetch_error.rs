use crate::{Detail, HttpError};

/// Sorts what `fetch` throws before there is a reply: it has no codes, only words.
pub(super) fn classify(message: &str) -> HttpError {
    // What the runtime says of a connection that came about and went; of a port where nobody listens
    // it may say the same.
    let was_there = ["Network connection lost", "disconnected", "prematurely"];
    if was_there.iter().any(|words| message.contains(words)) {
        HttpError::Lost(Detail::new(message))
    } else {
        HttpError::Unreachable(Detail::new(message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_that_went_may_have_carried_the_request() {
        let lost = classify("Network connection lost.");
        assert!(matches!(lost, HttpError::Lost(_)));
        let refused = classify("internal error; reference = 1234");
        assert!(matches!(refused, HttpError::Unreachable(_)));
    }
}
