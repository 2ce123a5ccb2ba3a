use std::path::Path;

use crate::failure::Failure;
use crate::process::run_quietly;
use crate::stamp::Stamp;
use crate::tools;

/// Brings the local D1 up to date, by the very command that does so in production.
///
/// wrangler takes seconds to find that there is nothing to do; the stamp lies in the state folder
/// and goes with the database.
pub(super) fn apply(root: &Path, state: &Path) -> Result<(), Failure> {
    let inputs = [root.join("infra/migrations"), root.join("wrangler.toml")];
    let stamp = Stamp::of(state.join("migrated"), &inputs);
    if stamp.is_fresh() {
        return Ok(());
    }
    println!("Migrating the local database");
    let mut wrangler = tools::node(root);
    wrangler.arg("node_modules/wrangler/bin/wrangler.js");
    wrangler.args(["d1", "migrations", "apply", "postern", "--env", "users", "--local"]);
    run_quietly(wrangler.arg("--persist-to").arg(state))?;
    stamp.write()
}
