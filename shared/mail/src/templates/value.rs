/// A value from outside as it may stand within a sentence: no line breaks and no control characters,
/// none of the marks that turn the direction of what follows; where it is written from right to left,
/// it is isolated from the text around it (Unicode's bidirectional algorithm, UAX 9).
pub(super) fn value(text: &str) -> String {
    let kept = text.chars().filter(|c| !is_turn(*c));
    let line: String = kept.map(|c| if is_break(c) { ' ' } else { c }).collect();
    let line = line.trim();
    if line.chars().any(is_right_to_left) {
        format!("\u{2068}{line}\u{2069}")
    } else {
        line.to_owned()
    }
}

/// Whether `name` reads like an address or a link: people sign up under any name with anybody's
/// address, and a mail of ours must not carry their advertisement.
pub(super) fn is_link_like(name: &str) -> bool {
    let dotted = |(place, _): (usize, &str)| {
        let after = name[place + 1..].chars().take_while(|c| c.is_alphanumeric()).count();
        let before = name[..place].ends_with(char::is_alphanumeric);
        before && after >= 2
    };
    name.contains(['/', ':', '@']) || name.match_indices('.').any(dotted)
}

fn is_break(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

fn is_turn(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The blocks of the scripts that are written from right to left.
fn is_right_to_left(c: char) -> bool {
    matches!(
        c,
        '\u{590}'..='\u{8ff}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_stays_one_line_and_turns_nothing_around_it() {
        assert_eq!(value(" Ada\r\nLovelace\u{0}\u{2028}! "), "Ada  Lovelace  !");
        assert_eq!(value("exe\u{202e}gpj.\u{2069}x"), "exegpj.x");
        assert_eq!(value("שלום"), "\u{2068}שלום\u{2069}");
        assert_eq!(value("Zoë 李"), "Zoë 李");
    }

    #[test]
    fn names_that_read_like_links_are_told_from_names() {
        for link in
            ["Win at evil.example", "https://x", "a@b", "www.x.yz", "X. evil.io/free", "t.me"]
        {
            assert!(is_link_like(link), "{link}");
        }
        for name in ["Ada Lovelace", "J. R. R. Tolkien", "J.R.R. Tolkien", "Dr. Who Jr.", "", "é.à"]
        {
            assert!(!is_link_like(name), "{name}");
        }
    }
}
