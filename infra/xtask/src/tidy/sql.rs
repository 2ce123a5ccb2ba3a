use super::files::File;

pub(super) fn check(files: &[File]) -> Vec<String> {
    let ours = |file: &&File| {
        file.is("rs")
            && file.is_under(&["functions/", "shared/"])
            && !file.is_under(&["shared/store/"])
            && !file.path.contains("/tests/")
            && !file.path.ends_with("tests.rs")
    };
    files.iter().filter(ours).flat_map(complaints).collect()
}

fn complaints(file: &File) -> Vec<String> {
    file.code().filter(|(_, line)| is_sql(line)).map(|(number, _)| file.at(number)).collect()
}

fn is_sql(line: &str) -> bool {
    line.contains("\"SELECT ")
        || line.contains("INSERT INTO ")
        || line.contains("DELETE FROM ")
        || (line.contains("UPDATE ") && line.contains(" SET "))
        || (line.contains("SELECT ") && line.contains(" FROM "))
}

#[cfg(test)]
mod tests {
    use super::super::files::file;
    use super::*;

    #[test]
    fn a_statement_in_a_function_is_a_breach() {
        let text = "a(\"SELECT 1\");\nb(\"DELETE FROM users\");\nc(\"UPDATE users SET a = 1\");";
        assert_eq!(check(&[file("functions/users/src/list.rs", text)]).len(), 3);
    }

    #[test]
    fn the_store_and_unit_tests_may_hold_statements() {
        let statement = "a(\"SELECT 1\");";
        let tested = format!("#[cfg(test)]\nmod tests {{ {statement} }}");
        let kept = [
            file("shared/store/src/users.rs", statement),
            file("shared/platform/src/native/database.rs", &tested),
            file("tests/suite/tests/flows.rs", statement),
        ];
        assert!(check(&kept).is_empty());
    }
}
