use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The proxy's program, built by the cargo that runs this test and in the same profile: cargo tells
/// only the proxy's own package where it is.
pub(crate) fn proxy() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let this = std::env::current_exe().unwrap();
        // TARGET/debug/deps/test-0123, or TARGET/debug/program.
        let folder = this.ancestors().skip(1).find(|folder| !folder.ends_with("deps")).unwrap();
        let profile = if folder.ends_with("release") { "bench" } else { "dev" };
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--locked", "--package", "postern-ldap-proxy"]);
        cargo.args(["--profile", profile, "--target-dir"]).arg(folder.parent().unwrap());
        assert!(cargo.current_dir(env!("CARGO_MANIFEST_DIR")).status().unwrap().success());
        folder.join("ldap-proxy")
    })
}
