use super::files::File;
use crate::stamp::sha256;

/// The released migrations: `SHA-256  name`, a line each.
pub(super) const LIST: &str = "infra/migrations/checksums";

const FOLDER: &str = "infra/migrations/";

/// A listed migration is still there, unchanged. One that is not listed is not released yet.
pub(super) fn check(files: &[File]) -> Vec<String> {
    let Some(released) = files.iter().find(|file| file.path == LIST) else {
        return Vec::new();
    };
    let now = list(files);
    let changed = released.text.lines().filter(|line| !now.lines().any(|other| other == *line));
    changed.map(|line| line.split_whitespace().last().unwrap_or(line).to_owned()).collect()
}

/// The list as it would be if every migration present were released.
pub(super) fn list(files: &[File]) -> String {
    let mut lines: Vec<String> = files
        .iter()
        .filter(|file| file.is("sql"))
        .filter_map(|file| file.path.strip_prefix(FOLDER).map(|name| (name, &file.text)))
        .map(|(name, text)| format!("{}  {name}\n", sha256(text.as_bytes())))
        .collect();
    lines.sort_by(|one, other| one[64..].cmp(&other[64..]));
    lines.concat()
}

#[cfg(test)]
mod tests {
    use super::super::files::file;
    use super::*;

    const MIGRATION: &str = "infra/migrations/0001_users.sql";

    fn released(text: &str) -> File {
        file(LIST, &list(&[file(MIGRATION, text)]))
    }

    #[test]
    fn a_changed_or_removed_released_migration_is_a_breach() {
        let changed = [released("CREATE TABLE a(b)"), file(MIGRATION, "CREATE TABLE a(c)")];
        assert_eq!(check(&changed), ["0001_users.sql"]);
        assert_eq!(check(&[released("CREATE TABLE a(b)")]), ["0001_users.sql"]);
    }

    #[test]
    fn an_unchanged_one_and_a_new_one_are_kept() {
        let kept = [
            released("CREATE TABLE a(b)"),
            file(MIGRATION, "CREATE TABLE a(b)"),
            file("infra/migrations/0002_groups.sql", "CREATE TABLE g(b)"),
        ];
        assert!(check(&kept).is_empty());
    }
}
