use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The repository's top folder: the nearest one above the working directory that holds a
/// workspace. Not fixed at compile time, because a cached binary may serve another checkout.
pub(crate) fn root() -> Result<PathBuf, Failure> {
    let here = env::current_dir().map_err(Failure::during("finding the working directory"))?;
    let is_top = |folder: &&Path| folder.join("wrangler.toml").is_file();
    let top = here.ancestors().find(is_top);
    top.map(Path::to_path_buf).ok_or_else(|| Failure::new("this is not inside the repository"))
}

/// Where cargo puts what it builds.
pub(crate) fn target(root: &Path) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

/// Where tools are kept between checkouts.
pub(crate) fn cache() -> Result<PathBuf, Failure> {
    let base = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .ok_or_else(|| Failure::new("neither XDG_CACHE_HOME nor a home directory is set"))?;
    Ok(base.join("postern"))
}

pub(crate) fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(Failure::during(format_args!("reading {}", path.display())))
}

pub(crate) fn write(path: &Path, content: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Failure::during(folder.display()))?;
    }
    fs::write(path, content).map_err(Failure::during(format_args!("writing {}", path.display())))
}

/// Every file below `folder`, sorted, without build output and dependencies.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    collect(folder, &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    const SKIPPED: [&str; 7] =
        ["target", "node_modules", "dist", "build", "test-results", "playwright-report", ".test"];
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let path = entry.path();
        if !path.is_dir() {
            found.push(path);
        } else if !SKIPPED.contains(&&*name) && name != ".git" && name != ".postern" {
            collect(&path, found);
        }
    }
}
