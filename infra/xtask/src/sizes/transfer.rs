use std::path::Path;
use std::process::{Command, Stdio};

use crate::failure::Failure;

/// The size of `file`, and its size as `gzip -9` makes it.
pub(super) fn sizes(file: &Path) -> Result<(u64, u64), Failure> {
    let raw = std::fs::metadata(file).map_err(Failure::during(file.display()))?.len();
    let gzip = Command::new("gzip").args(["-9", "-c"]).arg(file).stdin(Stdio::null()).output();
    let gzip = gzip.map_err(Failure::during("running gzip"))?;
    if !gzip.status.success() {
        return Err(Failure::new(format!("gzip failed on {}", file.display())));
    }
    Ok((raw, gzip.stdout.len() as u64))
}
