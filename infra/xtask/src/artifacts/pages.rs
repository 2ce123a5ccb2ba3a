use std::path::Path;

use crate::failure::Failure;
use crate::process::run_quietly;
use crate::stamp::Stamp;
use crate::tools;

/// Builds the static pages unless their sources are as they were.
pub(super) fn build(root: &Path) -> Result<(), Failure> {
    let pages = root.join("functions/web/pages");
    let stamp = Stamp::of(
        root.join(".postern/stamps/pages"),
        &[pages.clone(), root.join("package-lock.json")],
    );
    if stamp.is_fresh() && pages.join("dist/index.html").is_file() {
        return Ok(());
    }
    println!("Building the pages");
    stamp.forget()?;
    run_quietly(tools::npm(root).args(["run", "--silent", "build", "-w", "functions/web/pages"]))?;
    stamp.write()
}
