use super::files::File;

const RUST: [&str; 5] = ["todo!(", "unimplemented!(", "#[ignore", "#[allow(", "#![allow("];
const SCRIPT: [&str; 5] = [".skip(", ".only(", ".fixme(", "@ts-ignore", "eslint-disable"];

pub(super) fn check(files: &[File]) -> Vec<String> {
    files.iter().flat_map(complaints).collect()
}

fn complaints(file: &File) -> Vec<String> {
    let marks: &[&str] = if file.is("rs") {
        &RUST
    } else if ["ts", "svelte", "mjs", "js"].iter().any(|kind| file.is(kind)) {
        &SCRIPT
    } else {
        return Vec::new();
    };
    let found = |line: &str| marks.iter().find(|mark| line.contains(**mark));
    let lines = file.text.lines().enumerate();
    lines
        .filter_map(|(index, line)| {
            found(line).map(|mark| format!("{} {mark}", file.at(index + 1)))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::files::file;
    use super::*;

    #[test]
    fn what_is_undone_or_silenced_is_a_breach() {
        let rust = "todo!()\n#[ignore]\n#[allow(dead_code)]\nunimplemented!()";
        assert_eq!(check(&[file("a.rs", rust)]).len(), 4);
        assert_eq!(check(&[file("a.test.ts", "test.skip('x')\ntest.only('y')")]).len(), 2);
    }

    #[test]
    fn an_expectation_with_a_reason_is_kept() {
        assert!(check(&[file("a.rs", "#[expect(dead_code, reason = \"x\")]")]).is_empty());
    }
}
