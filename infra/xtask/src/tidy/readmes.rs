use super::files::File;

pub(super) fn check(files: &[File]) -> Vec<String> {
    let has = |path: &str| files.iter().any(|file| file.path == path);
    let manifests = files.iter().filter(|file| file.path.ends_with("/Cargo.toml"));
    manifests
        .map(|manifest| manifest.path.replace("Cargo.toml", "README.md"))
        .filter(|readme| !has(readme))
        .map(|readme| format!("{readme} is missing"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::files::file;
    use super::*;

    #[test]
    fn a_crate_without_a_readme_is_a_breach() {
        let manifest = file("shared/store/Cargo.toml", "");
        assert_eq!(check(std::slice::from_ref(&manifest)), ["shared/store/README.md is missing"]);
        assert!(check(&[manifest, file("shared/store/README.md", "x")]).is_empty());
    }
}
