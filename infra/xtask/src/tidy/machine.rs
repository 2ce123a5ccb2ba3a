use super::files::File;

const FOLDERS: [&str; 3] = ["/home/", "/root/", "/Users/"];
const KEY: &str = "PRIVATE KEY-----";

pub(super) fn check(files: &[File]) -> Vec<String> {
    files.iter().flat_map(complaints).collect()
}

fn complaints(file: &File) -> Vec<String> {
    let lines = file.text.lines().enumerate();
    let broken = lines.filter(|(_, line)| line.contains(KEY) || names_a_home(line));
    broken.map(|(index, _)| file.at(index + 1)).collect()
}

/// Whether an absolute path begins with a home folder; `./pages/home/` does not.
fn names_a_home(line: &str) -> bool {
    let begins = |at: usize| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.');
    FOLDERS.iter().any(|folder| line.match_indices(folder).any(|(at, _)| begins(at)))
}

#[cfg(test)]
mod tests {
    use super::super::files::file;
    use super::*;

    #[test]
    fn a_home_folder_and_a_private_key_are_breaches() {
        let text = "cd /home/ann\n-----BEGIN EC PRIVATE KEY-----";
        assert_eq!(check(&[file("docs/x.md", text)]), ["docs/x.md:1", "docs/x.md:2"]);
        assert!(check(&[file("docs/x.md", "cd ~; open ./pages/home/x")]).is_empty());
    }
}
