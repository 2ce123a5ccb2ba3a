use std::fs;
use std::path::Path;
use std::process::Command;

use crate::process::output_of;
use crate::workspace;

/// A text file of the repository.
#[derive(Debug, Clone)]
pub(super) struct File {
    /// Relative to the repository, with `/`.
    pub(super) path: String,
    pub(super) text: String,
}

impl File {
    pub(super) fn is(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|own| own == extension)
    }

    pub(super) fn is_under(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(folder))
    }

    /// Numbered lines of code: no comment lines, and nothing from the unit tests on.
    pub(super) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        lines
            .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// `path:line`, as editors understand it.
    pub(super) fn at(&self, line: usize) -> String {
        format!("{}:{line}", self.path)
    }
}

/// The checks themselves, whose samples break every rule.
const SAMPLES: &str = "infra/xtask/src/tidy/";

/// Every text file that is in the repository or about to be: what git does not ignore.
pub(super) fn read_all(root: &Path) -> Vec<File> {
    let mut git = Command::new("git");
    git.current_dir(root).args(["ls-files", "--cached", "--others", "--exclude-standard"]);
    let listed = output_of(&mut git).map(|list| list.lines().map(str::to_owned).collect());
    let paths: Vec<String> = listed.unwrap_or_else(|| walk(root));
    paths
        .into_iter()
        .filter(|path| !path.starts_with(SAMPLES))
        .filter_map(|path| {
            fs::read_to_string(root.join(&path)).ok().map(|text| File { path, text })
        })
        .collect()
}

fn walk(root: &Path) -> Vec<String> {
    let relative = |path: &Path| path.strip_prefix(root).ok()?.to_str().map(str::to_owned);
    workspace::files(root).iter().filter_map(|path| relative(path)).collect()
}

/// A file for a test.
#[cfg(test)]
pub(super) fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: text.to_owned() }
}
