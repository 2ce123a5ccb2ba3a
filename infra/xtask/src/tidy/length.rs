use super::files::File;

/// style.md: aim at 120, stop and think at 300; here it ends.
const LONGEST: usize = 350;

pub(super) fn check(files: &[File]) -> Vec<String> {
    let ours = files.iter().filter(|file| ["rs", "svelte", "ts"].iter().any(|kind| file.is(kind)));
    ours.map(|file| (file, file.text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(file, lines)| format!("{} has {lines} lines", file.path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::files::file;
    use super::*;

    #[test]
    fn a_file_of_351_lines_is_a_breach_and_one_of_350_is_not() {
        assert_eq!(check(&[file("a.rs", &"x\n".repeat(351))]).len(), 1);
        assert!(check(&[file("a.rs", &"x\n".repeat(350))]).is_empty());
    }
}
