use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::failure::Failure;
use crate::workspace;

/// The local secrets: random, kept beside the local database, never committed.
pub(super) struct Secrets {
    pub(super) session_key: String,
    pub(super) data_key: String,
    /// Starts the dispatcher of mail on Spin, which has no clock of its own.
    pub(super) schedule_key: String,
    /// Empty: `/setup` asks for none.
    pub(super) setup_token: String,
}

impl Secrets {
    /// Those of the last run, or new ones.
    pub(super) fn load(state: &Path, setup_token: Option<&str>) -> Result<Self, Failure> {
        let setup_token = match setup_token {
            Some(given) => given.to_owned(),
            None => kept(&state.join("secrets/SETUP_TOKEN"), 16)?,
        };
        Ok(Self {
            session_key: kept(&state.join("secrets/SESSION_KEY"), 32)?,
            data_key: kept(&state.join("secrets/DATA_KEY"), 32)?,
            schedule_key: kept(&state.join("secrets/SCHEDULE_KEY"), 32)?,
            setup_token,
        })
    }
}

/// The text in `file`; at first, `bytes` random bytes as base64url.
fn kept(file: &Path, bytes: usize) -> Result<String, Failure> {
    if let Ok(secret) = fs::read_to_string(file) {
        return Ok(secret);
    }
    let secret = random(bytes)?;
    workspace::write(file, &secret)?;
    only_for_its_owner(file)?;
    Ok(secret)
}

#[expect(clippy::disallowed_methods, reason = "xtask is no function; it has no Entropy port")]
fn random(bytes: usize) -> Result<String, Failure> {
    let mut buffer = vec![0; bytes];
    getrandom::fill(&mut buffer).map_err(Failure::during("drawing random bytes"))?;
    Ok(URL_SAFE_NO_PAD.encode(buffer))
}

#[cfg(unix)]
fn only_for_its_owner(file: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(file, fs::Permissions::from_mode(0o600))
        .map_err(Failure::during(file.display()))
}

#[cfg(not(unix))]
fn only_for_its_owner(_: &Path) -> Result<(), Failure> {
    Ok(())
}
