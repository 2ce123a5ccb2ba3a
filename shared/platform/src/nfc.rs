/// Unicode normalisation form C (UAX 15): text that looks the same is stored the same.
///
/// Workers bring the tables along, and so nothing of them is in a function; elsewhere they are
/// linked (29 KB, compressed).
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
pub fn nfc(text: &str) -> String {
    icu_normalizer::ComposingNormalizerBorrowed::new_nfc().normalize(text).into_owned()
}

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub use crate::cloudflare::nfc;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_their_accents_become_one() {
        assert_eq!(nfc("Jo\u{308}rg"), "J\u{f6}rg");
        assert_eq!(nfc("\u{212b}ngstro\u{308}m"), "\u{c5}ngstr\u{f6}m");
        assert_eq!(nfc("plain"), "plain");
    }
}
