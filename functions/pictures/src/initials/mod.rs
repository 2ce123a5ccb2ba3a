//! The picture of whoever gave none: initials on a colour of their own.
//!
//! Letters are strokes drawn by this project (`glyphs`), so no font is shipped. Latin letters, with
//! their marks, and digits are drawn; for other scripts there is a silhouette.

mod canvas;
mod colour;
mod glyphs;
mod marks;
mod strokes;

use canvas::Canvas;
use strokes::Stroke;
use uuid::Uuid;

/// Side of the square, in pixels.
pub(crate) const SIDE: u32 = 300;

/// Changes whenever the drawing does, so that browsers fetch it anew.
pub(crate) const EDITION: &str = "1";

/// Units between two letters; letters are 100 units high.
const GAP: f32 = 36.0;

/// Pixels a unit has, unless the letters are too wide for it.
const PIXELS_PER_UNIT: f32 = 0.94;

/// Pixels that the letters take at most.
const WIDEST: f32 = 192.0;

/// First letters of first and last name, else the first two of the username, in upper case.
pub(crate) fn initials(first_name: &str, last_name: &str, username: &str) -> String {
    // A name may begin with a quotation mark, say. Beyond ASCII the tables would cost more than they
    // tell: what is no letter there is not drawn either.
    let is_letter = |c: &char| c.is_ascii_alphanumeric() || *c >= '\u{c0}' && !is_punctuation(*c);
    let upper = |character: char| character.to_uppercase().next();
    let first = |name: &str| name.chars().find(is_letter).and_then(upper);
    let named: String = [first_name, last_name].into_iter().filter_map(first).collect();
    if named.is_empty() {
        let of_username = username.chars().filter(is_letter);
        of_username.filter_map(upper).take(2).collect()
    } else {
        named
    }
}

/// General punctuation, arrows, pictures.
fn is_punctuation(character: char) -> bool {
    matches!(character, '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' | '\u{1f000}'..='\u{1faff}')
}

/// Draws initials as PNG, 300 × 300. `None` only if the encoder fails.
pub(crate) fn draw(user: Uuid, initials: &str) -> Option<Vec<u8>> {
    let mut canvas = Canvas::new(SIDE);
    let letters: Option<Vec<glyphs::Glyph>> = initials.chars().map(marks::glyph).collect();
    match letters {
        Some(letters) if !letters.is_empty() => write(&letters, &mut canvas),
        _ => silhouette(&mut canvas),
    }
    canvas.to_png(colour::of(user))
}

/// Sets the letters in the middle.
#[expect(clippy::cast_precision_loss, reason = "there are two letters")]
fn write(letters: &[glyphs::Glyph], canvas: &mut Canvas) {
    let gaps = (letters.len() - 1) as f32 * GAP;
    let width = letters.iter().map(|letter| letter.width).sum::<f32>() + gaps;
    let scale = PIXELS_PER_UNIT.min(WIDEST / (width + glyphs::WEIGHT));
    let (mut x, y) = (150.0 - width * scale / 2.0, 150.0 - 50.0 * scale);
    for letter in letters {
        for (strokes, weight) in
            [(&letter.strokes, glyphs::WEIGHT), (&letter.marks, glyphs::MARK_WEIGHT)]
        {
            for stroke in strokes {
                canvas.paint(&stroke.placed(x, y, scale), weight / 2.0 * scale);
            }
        }
        x += (letter.width + GAP) * scale;
    }
}

/// Head and shoulders: two discs, which are points painted with a very broad brush.
fn silhouette(canvas: &mut Canvas) {
    let point = |x, y| Stroke::line(x, y, x, y);
    canvas.paint(&point(150.0, 122.0), 48.0);
    canvas.paint(&point(150.0, 300.0), 104.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_come_from_names_else_from_the_username() {
        for (first, last, username, expected) in [
            ("Ada", "Lovelace", "ada", "AL"),
            ("ada", "", "x", "A"),
            ("", "lovelace", "x", "L"),
            ("", "", "ada.l", "AD"),
            ("", "", "a", "A"),
            ("", "", "_7@x", "7X"),
            ("  \u{201c}Élodie", "ßtraße", "x", "ÉS"),
            ("李", "小龍", "x", "李小"),
            ("🦀", "", "crab", "CR"),
        ] {
            assert_eq!(initials(first, last, username), expected, "{first} {last} {username}");
        }
    }

    #[test]
    fn any_initials_make_a_picture_of_few_bytes() {
        for initials in ["AL", "W", "ÅØ", "李", "", "WWWWWWWW"] {
            let png = draw(Uuid::nil(), initials).unwrap();
            assert!(png.starts_with(b"\x89PNG") && png.len() < 6000, "{initials}: {}", png.len());
        }
    }

    #[test]
    fn the_same_person_always_gets_the_same_picture() {
        let of = |id: u128, initials| draw(Uuid::from_u128(id), initials);
        assert_eq!(of(7, "AL"), of(7, "AL"));
        assert_ne!(of(7, "AL"), of(7, "AM"));
        assert_ne!(of(7, "AL"), of(8, "AL"));
    }

    /// `SHEET=/tmp/sheet cargo test -p postern-pictures sheet` writes pictures to look at.
    #[test]
    fn a_sheet_of_samples_is_written_where_asked_for() {
        let Ok(folder) = std::env::var("SHEET") else { return };
        let alphabet: Vec<char> =
            ('A'..='Z').chain('0'..='9').chain("ÁÈÎÕÜÅČĞŻŐŁØĐÇĄȘÆĀ".chars()).collect();
        let pairs = alphabet.chunks(2).map(|pair| pair.iter().collect::<String>());
        for (number, initials) in
            (0u128..).zip(pairs.chain(["李".to_owned(), "I".to_owned(), "WM".to_owned()]))
        {
            let png = draw(Uuid::from_u128(number), &initials).unwrap();
            std::fs::write(format!("{folder}/{number:02}.png"), png).unwrap();
        }
    }
}
