//! `cargo xtask sizes`: what is transferred, against its limits.

mod pages;
mod transfer;

use std::path::Path;

use crate::arguments::Arguments;
use crate::artifacts;
use crate::failure::Failure;
use crate::functions::{FUNCTIONS, Function};
use crate::runtime::Runtime;
use crate::workspace;

/// One line of the table.
struct Size {
    what: String,
    raw: u64,
    gzipped: u64,
    limit: u64,
}

pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    let runtimes = Runtime::all_of(&Arguments::parse(arguments, &["runtime"], &[])?)?;
    compare(&workspace::root()?, &runtimes)
}

/// Prints the table; one line over its limit is a failure.
pub(crate) fn compare(root: &Path, runtimes: &[Runtime]) -> Result<(), Failure> {
    let mut sizes = Vec::new();
    for runtime in runtimes.iter().copied() {
        artifacts::everything(root, runtime)?;
        sizes.extend(functions(root, runtime)?);
    }
    sizes.extend(pages::sizes(root)?);
    println!("{:<32}{:>12}{:>12}{:>12}", "", "raw", "gzip -9", "limit");
    for size in &sizes {
        let verdict = if size.gzipped > size.limit { "TOO LARGE" } else { "ok" };
        let Size { what, raw, gzipped, limit } = size;
        println!("{what:<32}{raw:>12}{gzipped:>12}{limit:>12}  {verdict}");
    }
    match sizes.iter().filter(|size| size.gzipped > size.limit).count() {
        0 => Ok(()),
        count => Err(Failure::new(format!("{count} over the limit"))),
    }
}

fn functions(root: &Path, runtime: Runtime) -> Result<Vec<Size>, Failure> {
    let size_of = |function: &Function| {
        let (wasm, limit) = match runtime {
            Runtime::Workers => (artifacts::worker(root, function), function.workers_limit),
            Runtime::Spin => (artifacts::component(root, function), function.spin_limit),
        };
        let (raw, gzipped) = transfer::sizes(&wasm)?;
        let what = format!("{}: {}", runtime.name(), function.name);
        Ok(Size { what, raw, gzipped, limit })
    };
    FUNCTIONS.iter().map(size_of).collect()
}
