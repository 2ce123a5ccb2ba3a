//! What can go wrong on Spin alone: the built components in the project's own host, which these
//! tests start, starve and kill. `cargo xtask test e2e` runs them and sets `POSTERN_SPIN_HOST`.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on must fail loudly; a test may look at the clock"
)]

mod host;
mod killed;
mod locked;

use host::Host;

#[test]
fn a_missing_variable_stops_the_start_with_its_name() {
    for missing in ["app_url", "session_key", "data_key", "setup_token"] {
        let output = Host::command_without(missing).output().expect("the host can be run");
        assert!(!output.status.success());
        assert_eq!(output.stdout, b"", "it must not serve");
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(complaint.contains(&format!("`{missing}`")), "{complaint}");
    }
}
