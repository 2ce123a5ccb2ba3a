use super::files::File;

/// The workspace's crates by the name that manifests use.
const CRATES: [&str; 24] = [
    "domain",
    "http-api",
    "ldap-proxy-client",
    "mail",
    "mail-relay",
    "mail-relay-client",
    "native-service",
    "platform",
    "store",
    "webauthn",
    "access",
    "administration",
    "email",
    "groups",
    "ldap-sync",
    "links",
    "openapi",
    "passkeys",
    "pictures",
    "signup",
    "signup-tokens",
    "transfer",
    "users",
    "web",
];

/// What the API's description is made of.
const FUNCTIONS: [&str; 12] = [
    "access",
    "administration",
    "email",
    "groups",
    "ldap-sync",
    "links",
    "passkeys",
    "pictures",
    "signup",
    "signup-tokens",
    "transfer",
    "users",
];

/// What each crate of `shared/` may stand on; a function may stand on all of `shared/`.
fn allowed(folder: &str) -> Option<&'static [&'static str]> {
    match folder {
        "shared/platform"
        | "shared/webauthn"
        | "shared/ldap-proxy-client"
        | "shared/mail-relay-client"
        | "infra/xtask"
        | "infra/migrate"
        | "infra/native-service" => Some(&[]),
        "shared/domain" => Some(&["platform"]),
        "shared/store" => Some(&["domain", "platform"]),
        "shared/mail" => Some(&["domain"]),
        "shared/http" => Some(&["store", "domain", "platform"]),
        "infra/ldap-proxy" => Some(&["ldap-proxy-client", "native-service"]),
        "infra/mail-relay" => Some(&["mail-relay-client", "native-service"]),
        "infra/openapi" => Some(&FUNCTIONS),
        function if function.starts_with("functions/") => Some(&[
            "domain",
            "http-api",
            "ldap-proxy-client",
            "mail",
            "mail-relay-client",
            "platform",
            "store",
            "webauthn",
        ]),
        tests if tests.starts_with("tests/") => Some(&CRATES),
        _ => None,
    }
}

pub(super) fn check(files: &[File]) -> Vec<String> {
    let manifests = files.iter().filter(|file| file.path.ends_with("/Cargo.toml"));
    manifests.flat_map(complaints).collect()
}

fn complaints(manifest: &File) -> Vec<String> {
    let folder = manifest.path.trim_end_matches("/Cargo.toml");
    let Some(allowed) = allowed(folder) else {
        return vec![format!(
            "{folder} has no place in the table of infra/xtask/src/tidy/layers.rs"
        )];
    };
    dependencies(&manifest.text)
        .filter(|name| CRATES.contains(name) && !allowed.contains(name))
        .map(|name| format!("{folder} may not depend on {name}"))
        .collect()
}

/// The keys of every dependency table but `[dev-dependencies]`.
fn dependencies(manifest: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    manifest.lines().filter_map(move |line| {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]") && !line.contains("dev-dependencies]");
            return None;
        }
        let key = line.split(['.', '=', ' ']).next().unwrap_or_default();
        (inside && !key.is_empty()).then_some(key)
    })
}

#[cfg(test)]
mod tests {
    use super::super::files::file;
    use super::*;

    #[test]
    fn a_dependency_that_points_up_or_sideways_is_a_breach() {
        let broken = [
            file("shared/domain/Cargo.toml", "[dependencies]\nstore.workspace = true"),
            file("functions/users/Cargo.toml", "[dependencies]\nlinks = { workspace = true }"),
            file("shared/unknown/Cargo.toml", ""),
        ];
        assert_eq!(check(&broken).len(), 3);
    }

    #[test]
    fn tests_may_look_sideways() {
        let manifest =
            "[dependencies]\nstore.workspace = true\n[dev-dependencies]\nlinks.workspace = true";
        assert!(check(&[file("functions/users/Cargo.toml", manifest)]).is_empty());
    }
}
