use super::glyphs::{Glyph, plain};
use super::strokes::Stroke;

/// A letter with its mark, if it has one. `None` for scripts that are not drawn.
pub(super) fn glyph(letter: char) -> Option<Glyph> {
    let mut glyph = match plain(letter) {
        Some(glyph) => return Some(glyph),
        None => plain(MARKED.iter().find_map(|row| row.base(letter))?)?,
    };
    let row = MARKED.iter().find(|row| row.base(letter).is_some())?;
    let middle = glyph.width / 2.0;
    glyph.marks.extend(row.mark.iter().map(|stroke| stroke.placed(middle, 0.0, 1.0)));
    Some(glyph)
}

/// Letters that have one mark, over the same letters without it.
struct Marked {
    letters: &'static str,
    bases: &'static str,
    /// Around the letter's middle; the letter is between 0 and 100.
    mark: &'static [Stroke],
}

impl Marked {
    fn base(&self, letter: char) -> Option<char> {
        let pairs = self.letters.chars().zip(self.bases.chars());
        pairs.into_iter().find_map(|(marked, base)| (marked == letter).then_some(base))
    }
}

const fn dot(x: f32, y: f32) -> Stroke {
    Stroke::line(x, y, x, y)
}

const MARKED: &[Marked] = &[
    Marked {
        letters: "ÁÉÍÓÚÝĆĹŃŔŚŹ",
        bases: "AEIOUYCLNRSZ",
        mark: &[Stroke::line(-5.0, -21.0, 11.0, -38.0)],
    },
    Marked {
        letters: "ÀÈÌÒÙǸẀỲ",
        bases: "AEIOUNWY",
        mark: &[Stroke::line(5.0, -21.0, -11.0, -38.0)],
    },
    Marked {
        letters: "ÂÊÎÔÛĈĜĤĴŜŴŶ",
        bases: "AEIOUCGHJSWY",
        mark: &[Stroke::line(-15.0, -21.0, 0.0, -36.0), Stroke::line(0.0, -36.0, 15.0, -21.0)],
    },
    Marked {
        letters: "ČĎĚǏŇǑŘŠŤǓŽǍ",
        bases: "CDEINORSTUZA",
        mark: &[Stroke::line(-15.0, -37.0, 0.0, -22.0), Stroke::line(0.0, -22.0, 15.0, -37.0)],
    },
    Marked {
        letters: "ÃÑÕĨŨẼỸ",
        bases: "ANOIUEY",
        mark: &[
            Stroke::arc(-9.0, -26.0, 9.0, 190.0, 330.0),
            Stroke::arc(8.0, -32.0, 9.0, 10.0, 150.0),
        ],
    },
    Marked {
        letters: "ÄËÏÖÜŸ", bases: "AEIOUY", mark: &[dot(-16.0, -27.0), dot(16.0, -27.0)]
    },
    Marked { letters: "ÅŮ", bases: "AU", mark: &[Stroke::arc(0.0, -30.0, 11.0, 0.0, 360.0)] },
    Marked {
        letters: "ĀĒĪŌŪ", bases: "AEIOU", mark: &[Stroke::line(-17.0, -26.0, 17.0, -26.0)]
    },
    Marked {
        letters: "ĂĔĞĬŎŬ",
        bases: "AEGIOU",
        mark: &[Stroke::arc(0.0, -38.0, 16.0, 15.0, 165.0)],
    },
    Marked { letters: "ĊĖĠİŻ", bases: "CEGIZ", mark: &[dot(0.0, -27.0)] },
    Marked {
        letters: "ŐŰ",
        bases: "OU",
        mark: &[Stroke::line(-15.0, -21.0, -5.0, -38.0), Stroke::line(9.0, -21.0, 19.0, -38.0)],
    },
    Marked {
        letters: "ÇŞŢ",
        bases: "CST",
        mark: &[Stroke::line(1.0, 100.0, -1.0, 114.0), Stroke::arc(-1.0, 123.0, 9.0, 270.0, 480.0)],
    },
    Marked {
        letters: "ȘȚĶĻŅŖĢ", bases: "STKLNRG", mark: &[Stroke::line(2.0, 122.0, -3.0, 133.0)]
    },
    Marked {
        letters: "ĄĘĮŲ", bases: "AEIU", mark: &[Stroke::arc(26.0, 113.0, 12.0, 80.0, 230.0)]
    },
    Marked { letters: "Ø", bases: "O", mark: &[Stroke::line(-36.0, 104.0, 36.0, -4.0)] },
    Marked { letters: "Ł", bases: "L", mark: &[Stroke::line(-39.0, 64.0, 3.0, 38.0)] },
    Marked { letters: "ĐÐ", bases: "DD", mark: &[Stroke::line(-52.0, 49.0, -8.0, 49.0)] },
];
