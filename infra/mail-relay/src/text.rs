/// The most that is kept and passed on of what a server says.
const MOST: usize = 500;

/// One line without control characters, at most 500 characters.
pub(crate) fn line(said: &str) -> String {
    let visible = said.chars().map(|c| if c.is_control() { ' ' } else { c });
    visible.take(MOST).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_one_line_of_bounded_length() {
        assert_eq!(line(" 550 no\r\nsuch\u{1b}[31m user "), "550 no  such [31m user");
        assert_eq!(line(&"ü".repeat(600)).chars().count(), 500);
    }
}
