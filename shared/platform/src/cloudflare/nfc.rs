use worker::js_sys::JsString;

/// As JavaScript's `String.prototype.normalize` has it.
pub fn nfc(text: &str) -> String {
    // ASCII is composed already; most text is ASCII and need not cross over.
    if text.is_ascii() {
        return text.to_owned();
    }
    JsString::from(text).normalize("NFC").into()
}
