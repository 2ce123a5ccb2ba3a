use super::files::File;
use crate::functions::{FUNCTIONS, Function};

const CONFIGURATION: &str = "wrangler.toml";

/// wrangler.toml names exactly the secrets that the table in `functions.rs` grants, and holds none.
pub(super) fn check(files: &[File]) -> Vec<String> {
    let Some(configuration) = files.iter().find(|file| file.path == CONFIGURATION) else {
        return vec![format!("{CONFIGURATION} is missing")];
    };
    let mut complaints: Vec<String> = FUNCTIONS
        .iter()
        .filter(|function| named(&configuration.text, function) != function.secrets)
        .map(|function| format!("{CONFIGURATION} does not name the secrets of {}", function.name))
        .collect();
    complaints.extend(in_clear(configuration));
    complaints
}

/// The secrets that the comment under a function's heading (`# --- NAME…`) names.
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

    const KEPT: &str = "# --- web: the front door ---\n# Secrets: none.\n\
        # --- users ---\n# Secrets: SESSION_KEY.\n# --- links ---\n# Secrets: SESSION_KEY.\n\
        # --- signup ---\n# Secrets: SESSION_KEY, SETUP_TOKEN (who may set up).\n\
        # --- passkeys ---\n# Secrets: SESSION_KEY.\n\
        # --- groups ---\n# Secrets: SESSION_KEY.\n\
        # --- access ---\n# Secrets: SESSION_KEY.\n\
        # --- administration ---\n# Secrets: SESSION_KEY, DATA_KEY (seals).\n\
        # --- transfer ---\n# Secrets: SESSION_KEY.\n\
        # --- pictures ---\n# Secrets: SESSION_KEY.\n";

    #[test]
    fn a_function_with_another_s_secret_is_a_breach() {
        let broken = KEPT.replace(
            "# --- links ---\n# Secrets: SESSION_KEY.",
            "# --- links ---\n# Secrets: SESSION_KEY, SETUP_TOKEN.",
        );
        assert_eq!(check(&[file(CONFIGURATION, &broken)]).len(), 1);
        assert_eq!(check(&[]).len(), 1);
    }

    #[test]
    fn a_secret_in_clear_is_a_breach() {
        let broken = format!("{KEPT}[env.users.vars]\nSESSION_KEY = \"x\"\n");
        assert_eq!(check(&[file(CONFIGURATION, &broken)]), ["wrangler.toml:22"]);
    }

    #[test]
    fn exactly_the_granted_secrets_are_kept() {
        assert!(check(&[file(CONFIGURATION, KEPT)]).is_empty());
    }
}
