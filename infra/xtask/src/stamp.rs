use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::failure::Failure;
use crate::workspace;

/// Remembers the state of a step's inputs, so that a second run can skip the step.
pub(crate) struct Stamp {
    file: PathBuf,
    now: String,
}

impl Stamp {
    /// The stamp kept in `file` for everything in `inputs` (files, or folders with all they hold).
    pub(crate) fn of(file: PathBuf, inputs: &[PathBuf]) -> Self {
        let mut hash = Sha256::new();
        for path in inputs.iter().flat_map(|input| expand(input)) {
            hash.update(path.to_string_lossy().as_bytes());
            hash.update(fs::read(&path).unwrap_or_default());
        }
        Self { file, now: hex(&hash.finalize()) }
    }

    /// Whether the step was done for exactly these inputs.
    pub(crate) fn is_fresh(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|then| then == self.now)
    }

    /// Says that the step begins: what it leaves behind half done is fresh for nobody.
    pub(crate) fn forget(&self) -> Result<(), Failure> {
        match fs::remove_file(&self.file) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(Failure::during(self.file.display())(error))
            }
            _ => Ok(()),
        }
    }

    /// Says that the step is done.
    pub(crate) fn write(&self) -> Result<(), Failure> {
        workspace::write(&self.file, &self.now)
    }
}

fn expand(input: &Path) -> Vec<PathBuf> {
    if input.is_dir() { workspace::files(input) } else { vec![input.to_path_buf()] }
}

/// SHA-256 of `bytes` in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_did_not_end_is_not_fresh_even_for_the_inputs_of_before() {
        let folder = std::env::temp_dir().join(format!("postern-stamp-{}", std::process::id()));
        let stamp = Stamp::of(folder.join("stamp"), &[]);
        stamp.write().unwrap();
        assert!(stamp.is_fresh());
        stamp.forget().unwrap();
        assert!(!stamp.is_fresh());
        stamp.forget().unwrap();
        fs::remove_dir_all(folder).unwrap();
    }
}
