/// The most that is kept of what a server says.
const MOST: usize = 500;

/// What a server said, as it is stored and shown: one line without control characters, at most 500
/// characters.
pub(crate) fn words(said: &impl ToString) -> String {
    let said = said.to_string();
    let visible = said.chars().map(|c| if c.is_control() { ' ' } else { c });
    visible.take(MOST).collect::<String>().trim().to_owned()
}

/// The same words without what lets people in: servers quote what they refuse. Letter case is
/// nothing to go by, and at the end there may be as much of a secret as fitted in.
pub(crate) fn without(reply: &str, secrets: &[String]) -> String {
    let mut reply = reply.to_owned();
    for secret in secrets.iter().map(|secret| secret.to_ascii_lowercase()) {
        while let Some(at) = reply.to_ascii_lowercase().find(&secret) {
            reply.replace_range(at..at + secret.len(), "…");
        }
        let lower = reply.to_ascii_lowercase();
        let cut = (3..secret.len()).rev().find(|length| lower.ends_with(&secret[..*length]));
        if let Some(length) = cut {
            reply.truncate(reply.len() - length);
            reply.push('…');
        }
    }
    reply
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_one_line_of_bounded_length() {
        assert_eq!(words(&" 550 no\r\nsuch\u{1b}[31m user "), "550 no  such [31m user");
        assert_eq!(words(&"ü".repeat(600)).chars().count(), 500);
    }

    #[test]
    fn no_secret_is_left_in_a_reply_in_whatever_letters_or_however_much_of_it_fitted() {
        let secrets = ["AbC-dEf_0123".to_owned(), "7K3M-Q9TX".to_owned()];
        for (said, kept) in [
            ("554 URL https://x/lc/AbC-dEf_0123?a is listed", "554 URL https://x/lc/…?a is listed"),
            ("554 x/lc/abc-def_0123 and 7k3m-q9tx", "554 x/lc/… and …"),
            ("554 AbC-dEf_0123AbC-dEf_0123", "554 ……"),
            ("554 ü/lc/AbC-dEf", "554 ü/lc/…"),
            ("250 taken as 7K", "250 taken as 7K"),
        ] {
            assert_eq!(without(said, &secrets), kept);
        }
    }
}
