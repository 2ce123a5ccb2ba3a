use super::files::File;

/// How a function's `lib.rs` says that it wakes the dispatcher of mail.
const WAKING: [&str; 2] = ["function!(mailing:", "function!(outward:"];

/// What lets it, in each manifest: without, every mail would wait for the next minute and nobody
/// would be told.
const GRANTS: [(&str, &str, &str); 2] = [
    ("wrangler.toml", "env", "{ binding = \"EMAIL\", service = \"postern-email\" }"),
    ("spin.toml", "component", "\"http://email.spin.internal\""),
];

/// Who wakes the dispatcher may, and nobody else; the front door leads to it anyway.
pub(super) fn check(files: &[File]) -> Vec<String> {
    let functions = files.iter().filter_map(|file| Some((name(file)?, wakes(file))));
    functions.flat_map(|(name, wakes)| complaints(files, name, wakes)).collect()
}

fn name(file: &File) -> Option<&str> {
    let name = file.path.strip_prefix("functions/")?.strip_suffix("/src/lib.rs")?;
    (name != "web").then_some(name)
}

fn wakes(file: &File) -> bool {
    file.code().any(|(_, line)| WAKING.iter().any(|word| line.contains(word)))
}

fn complaints(files: &[File], name: &str, wakes: bool) -> Vec<String> {
    let granted = |path: &str, kind: &str, grant: &str| {
        let manifest = files.iter().find(|file| file.path == path);
        let table = format!("[{kind}.{name}]");
        manifest.is_some_and(|manifest| lines(&manifest.text, &table).any(|it| it.contains(grant)))
    };
    let differ = GRANTS.iter().filter(|(path, kind, grant)| granted(path, kind, grant) != wakes);
    let must = if wakes { "must" } else { "need not" };
    differ.map(|(path, ..)| format!("{path}: {name} {must} reach the function email")).collect()
}

/// The lines of a TOML table, as far as the next one.
fn lines<'a>(text: &'a str, table: &str) -> impl Iterator<Item = &'a str> {
    let mut lines = text.lines().skip_while(move |line| *line != table);
    lines.next();
    lines.take_while(|line| !line.starts_with('['))
}

#[cfg(test)]
mod tests {
    use super::super::files::file;
    use super::*;

    fn complaints(code: &str, binding: &str, host: &str) -> Vec<String> {
        let workers = format!("[env.links]\nservices = [{binding}]\n\n[env.email]\n");
        let spin = format!("[component.links]\nallowed_outbound_hosts = [{host}]\n");
        check(&[
            file("functions/links/src/lib.rs", code),
            file("wrangler.toml", &workers),
            file("spin.toml", &spin),
        ])
    }

    #[test]
    fn who_wakes_the_dispatcher_reaches_it_and_nobody_else() {
        let [(_, _, binding), (_, _, host)] = GRANTS;
        let waking = "platform::function!(mailing: router);";
        assert_eq!(complaints(waking, binding, host), Vec::<String>::new());
        assert_eq!(complaints(waking, "", "").len(), 2);
        assert_eq!(complaints(waking, binding, "\"http://users.spin.internal\"").len(), 1);
        let quiet = "platform::function!(router);";
        assert_eq!(complaints(quiet, "", ""), Vec::<String>::new());
        assert_eq!(complaints(quiet, binding, host).len(), 2);
    }
}
