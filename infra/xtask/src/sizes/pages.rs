use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Size, transfer};
use crate::failure::Failure;
use crate::workspace;

/// Most bytes until the sign-in page works: the HTML and what it needs without a dynamic import.
const FIRST: u64 = 40 * 1024;
/// Most bytes that opening any other page adds.
const LATER: u64 = 40 * 1024;

/// The first page, then every chunk that is loaded on demand, each with what it imports.
pub(super) fn sizes(root: &Path) -> Result<Vec<Size>, Failure> {
    let dist = root.join("functions/web/pages/dist");
    let index = dist.join("index.html");
    let first = reached(&dist, &index);
    let mut sizes = vec![total("pages: sign-in", &first, FIRST)?];
    for entry in on_demand(&first, &dist)? {
        let added: BTreeSet<PathBuf> = reached(&dist, &entry).difference(&first).cloned().collect();
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        sizes.push(total(&format!("pages: + {name}"), &added, LATER)?);
    }
    Ok(sizes)
}

fn total(what: &str, files: &BTreeSet<PathBuf>, limit: u64) -> Result<Size, Failure> {
    let mut size = Size { what: what.to_owned(), raw: 0, gzipped: 0, limit };
    for file in files {
        let (raw, gzipped) = transfer::sizes(file)?;
        size.raw += raw;
        size.gzipped += gzipped;
    }
    Ok(size)
}

/// `file` and everything it needs at once.
fn reached(dist: &Path, file: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![file.to_path_buf()];
    while let Some(file) = waiting.pop() {
        let text = fs::read_to_string(&file).unwrap_or_default();
        if found.insert(file.clone()) {
            waiting
                .extend(needed(&text).into_iter().filter_map(|path| resolve(dist, &file, &path)));
        }
    }
    found
}

/// Scripts that something in `first` loads on demand.
fn on_demand(first: &BTreeSet<PathBuf>, dist: &Path) -> Result<BTreeSet<PathBuf>, Failure> {
    let mut found = BTreeSet::new();
    for file in first.iter().filter(|file| file.extension().is_some_and(|kind| kind == "js")) {
        let text = workspace::read(file)?;
        let loaded = quoted_after(&text, &["import("]);
        found.extend(loaded.iter().filter_map(|path| resolve(dist, file, path)));
    }
    Ok(found.difference(first).cloned().collect())
}

/// What HTML links to and what a script imports statically. (The bundler's output has no spaces.)
fn needed(text: &str) -> Vec<String> {
    quoted_after(text, &["src=", "href=", "from", "import"])
}

/// Every quoted string that follows one of `marks` directly.
fn quoted_after(text: &str, marks: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for mark in marks {
        for (at, _) in text.match_indices(mark) {
            let rest = text[at + mark.len()..].trim_start();
            let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) else {
                continue;
            };
            found.extend(rest[1..].split(quote).next().map(str::to_owned));
        }
    }
    found
}

/// The built script or style that `path`, written in `from`, means.
fn resolve(dist: &Path, from: &Path, path: &str) -> Option<PathBuf> {
    let file = match path.strip_prefix('/') {
        Some(absolute) => dist.join(absolute),
        None => from.parent()?.join(path.strip_prefix("./")?),
    };
    let wanted = file.extension().is_some_and(|kind| kind == "js" || kind == "css");
    (wanted && file.is_file()).then_some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn static_imports_are_needed_and_dynamic_ones_are_not() {
        let script = r#"import{a}from"./a.js";import"./b.js";const c=()=>import("./c.js");"#;
        assert_eq!(needed(script), ["./a.js", "./b.js"]);
        assert_eq!(quoted_after(script, &["import("]), ["./c.js"]);
    }

    #[test]
    fn a_page_needs_its_scripts_and_styles() {
        let html = r#"<script type="module" src="/assets/x.js"></script><link href="/y.css">"#;
        assert_eq!(needed(html), ["/assets/x.js", "/y.css"]);
    }
}
