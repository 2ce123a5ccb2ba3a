/// A colour for the button, as mail programs understand it: bent until text on it can be read, darker
/// by day and lighter by night, as the pages do with theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent([u8; 3]);

/// Verdigris, the pages' own.
const DEFAULT: Accent = Accent([0x14, 0x5a, 0x47]);

/// Light reflected, in ten thousandths, at which white text is read on it with a contrast of 4.5.
const DARK_ENOUGH: u32 = 1800;
/// The same for black text, with room to stand out from a dark page.
const LIGHT_ENOUGH: u32 = 5000;

impl Accent {
    /// Reads the setting `accentColor`: `#rgb`, `#rrggbb` (with or without alpha, which is left out)
    /// or `rgb(r, g, b)`. Everything else, `default` and the colours that mail programs do not
    /// understand, is the default.
    pub fn parse(setting: &str) -> Self {
        let setting = setting.trim().to_ascii_lowercase();
        let parsed = match setting.strip_prefix('#') {
            Some(digits) => hex(digits),
            None => rgb(&setting),
        };
        parsed.map_or(DEFAULT, Self)
    }

    /// Dark enough for white text, as `#rrggbb`.
    pub(super) fn by_day(self) -> String {
        self.bent(|color| luminance(color) <= DARK_ENOUGH, 0)
    }

    /// Light enough for black text, as `#rrggbb`.
    pub(super) fn by_night(self) -> String {
        self.bent(|color| luminance(color) >= LIGHT_ENOUGH, 255)
    }

    fn bent(self, is_enough: impl Fn([u8; 3]) -> bool, end: u8) -> String {
        let mut color = self.0;
        while !is_enough(color) {
            color = color.map(|channel| step(channel, end));
        }
        let [red, green, blue] = color;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

/// A little nearer to `end`. On the way up, partly in proportion, which keeps the colour's own hue.
fn step(channel: u8, end: u8) -> u8 {
    if end == 0 {
        channel - channel.div_ceil(16)
    } else {
        (channel + (end - channel).div_ceil(24)).saturating_add(channel / 12)
    }
}

/// The relative luminance of WCAG 2, with 2 for its exponent.
fn luminance([red, green, blue]: [u8; 3]) -> u32 {
    let light = |channel: u8| u32::from(channel) * u32::from(channel);
    (2126 * light(red) + 7152 * light(green) + 722 * light(blue)) / (255 * 255)
}

fn hex(digits: &str) -> Option<[u8; 3]> {
    let digit = |place: usize| {
        let text = digits.get(place..=place)?;
        u8::from_str_radix(text, 16).ok()
    };
    let channel = |place: usize| match digits.len() {
        3 | 4 => Some(digit(place)? * 17),
        6 | 8 => Some(digit(2 * place)? * 16 + digit(2 * place + 1)?),
        _ => None,
    };
    Some([channel(0)?, channel(1)?, channel(2)?])
}

fn rgb(text: &str) -> Option<[u8; 3]> {
    let inside = text.strip_prefix("rgb(")?.strip_suffix(')')?;
    let mut numbers = inside.split([',', ' ']).filter(|part| !part.is_empty());
    let mut channel = || numbers.next()?.parse().ok();
    let color = [channel()?, channel()?, channel()?];
    numbers.next().is_none().then_some(color)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_mail_programs_understand_is_kept_and_the_rest_is_the_default() {
        for text in ["#1f5f99", "#1F5F99", "#1f5f9980", "rgb(31, 95, 153)", "rgb(31 95 153)"] {
            assert_eq!(Accent::parse(text), Accent([0x1f, 0x5f, 0x99]), "{text}");
        }
        assert_eq!(Accent::parse("#fa0"), Accent([0xff, 0xaa, 0]));
        for text in ["default", "", "teal", "oklch(0.5 0.1 200)", "#12", "#ggg", "#ééé", "rgb(1,2)"]
        {
            assert_eq!(Accent::parse(text), DEFAULT, "{text}");
        }
    }

    #[test]
    fn text_can_be_read_on_every_colour_by_day_and_by_night() {
        for red in (0..=255).step_by(15) {
            for green in (0..=255).step_by(15) {
                for blue in (0..=255).step_by(15) {
                    let accent = Accent([red, green, blue]);
                    let day = hex(&accent.by_day()[1..]).unwrap();
                    let night = hex(&accent.by_night()[1..]).unwrap();
                    assert!(luminance(day) <= DARK_ENOUGH && luminance(night) >= LIGHT_ENOUGH);
                }
            }
        }
    }

    #[test]
    fn a_colour_that_is_dark_enough_stays_as_it_is() {
        assert_eq!(DEFAULT.by_day(), "#145a47");
    }
}
