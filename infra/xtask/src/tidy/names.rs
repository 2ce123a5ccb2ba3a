use super::files::File;

const EMPTY_WORDS: [&str; 8] =
    ["common", "utils", "util", "core", "helpers", "helper", "misc", "shared"];

pub(super) fn check(files: &[File]) -> Vec<String> {
    let manifests = files.iter().filter(|file| file.path.ends_with("/Cargo.toml"));
    manifests.flat_map(complaints).collect()
}

fn complaints(manifest: &File) -> Vec<String> {
    let folder = manifest.path.trim_end_matches("/Cargo.toml").rsplit('/').next();
    let name = manifest.text.lines().find_map(|line| line.strip_prefix("name = \""));
    let name = name.map(|name| name.trim_end_matches('"').trim_start_matches("postern-"));
    let empty = |word: &&str| EMPTY_WORDS.contains(word);
    folder
        .into_iter()
        .chain(name)
        .filter(empty)
        .map(|word| format!("{} {word}", manifest.path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::files::file;
    use super::*;

    #[test]
    fn a_name_that_says_nothing_is_a_breach() {
        assert_eq!(check(&[file("shared/utils/Cargo.toml", "name = \"postern-utils\"")]).len(), 2);
        assert!(check(&[file("shared/store/Cargo.toml", "name = \"postern-store\"")]).is_empty());
    }
}
