//! Writes the API's description to the file that the one argument names, else to standard output.

use std::io::Write as _;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let text = openapi::document().to_string();
    let Some(file) = std::env::args_os().nth(1) else {
        return std::io::stdout().write_all(text.as_bytes());
    };
    let file = Path::new(&file);
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(file, text)
}
