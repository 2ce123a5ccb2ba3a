use icu_normalizer::ComposingNormalizerBorrowed;

/// Unicode normalisation form C: text that looks the same is stored the same.
pub fn nfc(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc().normalize(text).into_owned()
}
