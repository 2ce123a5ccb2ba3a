use super::files::File;
use crate::functions::{FUNCTIONS, Function};

const WORKERS: &str = "wrangler.toml";
const SPIN: &str = "spin.toml";

/// What is no secret and given to every component that answers `/api`.
const PLAIN: [&str; 2] = ["app_url", "rate_limits"];

/// What one function has besides on Spin: how much it may do, and what starts it there, where there is
/// no clock.
const ON_SPIN: [(&str, &[&str]); 2] = [
    ("email", &["mail_budget", "mail_relay_url", "mail_transport", "schedule_key"]),
    ("ldap-sync", &["ldap_proxy_url", "schedule_key"]),
];

/// What only functions have: the front door has neither database nor store nor variables.
const STORAGE: [&str; 5] =
    ["d1_databases", "kv_namespaces", "sqlite_databases", "key_value_stores", "variables"];

/// Both deployments grant exactly the secrets of the table in `functions.rs`, hold none in clear, and
/// give the front door nothing.
pub(super) fn check(files: &[File]) -> Vec<String> {
    let found = |path: &'static str| {
        files.iter().find(|file| file.path == path).ok_or(format!("{path} is missing"))
    };
    match (found(WORKERS), found(SPIN)) {
        (Ok(workers), Ok(spin)) => {
            let grants = FUNCTIONS.iter().flat_map(|function| grants(workers, spin, function));
            grants.chain(in_clear(workers)).chain(front_door(workers, spin)).collect()
        }
        (workers, spin) => [workers.err(), spin.err()].into_iter().flatten().collect(),
    }
}

/// What the two deployments grant `function` otherwise than the table does.
fn grants(workers: &File, spin: &File, function: &Function) -> Vec<String> {
    let complaint = |path: &str| format!("{path} does not grant {} its secrets", function.name);
    let mut complaints = Vec::new();
    if named(&workers.text, function) != function.secrets {
        complaints.push(complaint(WORKERS));
    }
    let table = format!("[component.{}.variables]", function.name);
    let own = ON_SPIN.iter().filter(|(name, _)| *name == function.name);
    let own: Vec<&str> = own.flat_map(|(_, keys)| keys.iter().copied()).collect();
    let variables =
        keys(&spin.text, &table).filter(|key| !PLAIN.contains(key) && !own.contains(key));
    let mut granted: Vec<String> = variables.map(str::to_ascii_uppercase).collect();
    let mut due = function.secrets.to_vec();
    granted.sort_unstable();
    due.sort_unstable();
    if granted != due {
        complaints.push(complaint(SPIN));
    }
    complaints
}

/// Whatever the front door is given that it must not have.
fn front_door(workers: &File, spin: &File) -> Vec<String> {
    let of = |file: &File, table: &str| -> Vec<String> {
        let inner = format!("{}.", table.trim_end_matches(']'));
        let lines = file.text.lines().map(str::trim);
        let tables =
            lines.filter_map(|line| line.trim_start_matches('[').strip_prefix(&inner[1..]));
        let tables = tables.filter_map(|rest| rest.split(']').next());
        tables.chain(keys(&file.text, table)).map(str::to_owned).collect()
    };
    let given = of(workers, "[env.web]").into_iter().chain(of(spin, "[component.web]"));
    given
        .filter(|key| STORAGE.contains(&key.as_str()))
        .map(|key| format!("the front door has {key}"))
        .collect()
}

/// The keys of a TOML table, as far as the next one.
fn keys<'a>(text: &'a str, table: &str) -> impl Iterator<Item = &'a str> {
    let mut lines = text.lines().skip_while(move |line| *line != table);
    lines.next();
    let lines = lines.take_while(|line| !line.starts_with('['));
    lines.filter_map(|line| line.split_once('=')).map(|(key, _)| key.trim())
}

/// The secrets that the comment under a function's heading (`# --- NAME…`) names: wrangler.toml has
/// no place for secrets, they are put by hand (docs/operations/workers.md).
fn named<'a>(configuration: &'a str, function: &Function) -> Vec<&'a str> {
    let is_heading = |line: &str| line.starts_with("# --- ");
    let is_own = |line: &str| line.split([' ', ':']).nth(2) == Some(function.name);
    let mut lines = configuration.lines().skip_while(|line| !(is_heading(line) && is_own(line)));
    lines.next();
    let secrets = lines.take_while(|line| !is_heading(line)).find(|line| line.contains("Secrets:"));
    let is_name = |word: &&str| {
        word.contains('_') && word.chars().all(|c| c == '_' || c.is_ascii_uppercase())
    };
    secrets
        .unwrap_or_default()
        .split(|c: char| c != '_' && !c.is_alphanumeric())
        .filter(is_name)
        .collect()
}

/// A secret given as a plain variable.
fn in_clear(configuration: &File) -> Vec<String> {
    let is_secret = |key: &str| FUNCTIONS.iter().any(|function| function.secrets.contains(&key));
    let lines = configuration.text.lines().enumerate();
    let found =
        lines.filter(|(_, line)| is_secret(line.split(['=', ' ']).next().unwrap_or_default()));
    found.map(|(index, _)| configuration.at(index + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::files::file;
    use super::*;

    /// wrangler.toml and spin.toml as the table wants them.
    fn kept() -> (String, String) {
        let function = |function: &Function| {
            let secrets = function.secrets.join(", ");
            format!("# --- {} ---\n# Secrets: {secrets}.\n[env.{0}]\n", function.name)
        };
        let component = |function: &&Function| {
            let variable = |secret: &&str| format!("{} = \"\"\n", secret.to_ascii_lowercase());
            let secrets: String = function.secrets.iter().map(variable).collect();
            format!("[component.{}.variables]\napp_url = \"\"\n{secrets}", function.name)
        };
        let functions = FUNCTIONS.iter().filter(|function| !function.is_front_door());
        (
            FUNCTIONS.iter().map(function).collect(),
            format!("[component.web]\n{}", functions.map(|f| component(&f)).collect::<String>()),
        )
    }

    fn complaints(workers: &str, spin: &str) -> Vec<String> {
        check(&[file(WORKERS, workers), file(SPIN, spin)])
    }

    #[test]
    fn exactly_the_granted_secrets_are_kept() {
        let (workers, spin) = kept();
        assert_eq!(complaints(&workers, &spin), Vec::<String>::new());
        assert_eq!(check(&[]).len(), 2);
    }

    #[test]
    fn a_function_with_another_s_secret_is_a_breach() {
        let (workers, spin) = kept();
        let given = "# --- links ---\n# Secrets: SESSION_KEY";
        let broken = workers.replace(given, &format!("{given}, SETUP_TOKEN"));
        assert_eq!(complaints(&broken, &spin).len(), 1);
        let given = "[component.users.variables]\n";
        let broken = spin.replace(given, &format!("{given}data_key = \"\"\n"));
        assert_eq!(complaints(&workers, &broken).len(), 1);
    }

    #[test]
    fn a_secret_in_clear_is_a_breach() {
        let (workers, spin) = kept();
        let line = workers.lines().count() + 2;
        let broken = format!("{workers}[env.users.vars]\nSESSION_KEY = \"x\"\n");
        assert_eq!(complaints(&broken, &spin), [format!("wrangler.toml:{line}")]);
    }

    #[test]
    fn a_front_door_with_storage_is_a_breach() {
        let (workers, spin) = kept();
        let broken = format!("{workers}[[env.web.d1_databases]]\nbinding = \"DB\"\n");
        assert_eq!(complaints(&broken, &spin), ["the front door has d1_databases"]);
        let given = "[component.web]\n";
        let broken = spin.replace(given, &format!("{given}sqlite_databases = [\"default\"]\n"));
        assert_eq!(complaints(&workers, &broken), ["the front door has sqlite_databases"]);
    }
}
