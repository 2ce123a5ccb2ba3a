/// `text` as it may stand in a header: control characters and line ends of any kind become spaces.
pub(super) fn header_text(text: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let spaced: String = text.chars().map(|c| if breaks(c) { ' ' } else { c }).collect();
    spaced.trim().to_owned()
}
