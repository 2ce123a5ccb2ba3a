use super::files::File;

/// Words of the vendors' SDKs in code, and their crates in manifests.
const WORDS: [&str; 6] =
    ["worker::", "worker_sys", "wasm_bindgen", "js_sys", "spin_sdk", "cloudflare::"];
const CRATES: [&str; 7] =
    ["worker", "worker-sys", "worker-macros", "wasm-bindgen", "js-sys", "web-sys", "spin-sdk"];

pub(super) fn check(files: &[File]) -> Vec<String> {
    let ours = |file: &&File| {
        file.is_under(&["functions/", "shared/"]) && !file.is_under(&["shared/platform/"])
    };
    files.iter().filter(ours).flat_map(complaints).collect()
}

fn complaints(file: &File) -> Vec<String> {
    let breaks = |line: &str| {
        if file.is("rs") {
            WORDS.iter().any(|word| line.contains(word))
        } else {
            file.path.ends_with("Cargo.toml") && names_a_crate(line)
        }
    };
    file.code().filter(|(_, line)| breaks(line)).map(|(number, _)| file.at(number)).collect()
}

fn names_a_crate(line: &str) -> bool {
    let key = line.split(['.', '=', ' ']).next().unwrap_or_default();
    CRATES.contains(&key)
}

#[cfg(test)]
mod tests {
    use super::super::files::file;
    use super::*;

    #[test]
    fn a_vendor_s_word_outside_the_platform_is_a_breach() {
        let broken = [
            file("functions/users/src/lib.rs", "\nuse worker::Env;"),
            file("shared/http/Cargo.toml", "[dependencies]\nworker.workspace = true"),
        ];
        assert_eq!(check(&broken), ["functions/users/src/lib.rs:2", "shared/http/Cargo.toml:2"]);
    }

    #[test]
    fn the_platform_and_comments_may_name_it() {
        let kept = [
            file("shared/platform/src/cloudflare/d1.rs", "use worker::Env;"),
            file("functions/users/src/lib.rs", "// not worker::Env"),
        ];
        assert!(check(&kept).is_empty());
    }
}
