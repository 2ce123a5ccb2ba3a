use std::collections::BTreeMap;

use platform::Statement;

use crate::{Batch, Outcomes, StoreError};

/// Hashes of the images that anybody may see, by name. One that is not there has none.
pub type Images = BTreeMap<String, String>;

/// Which images anybody may see.
pub struct ImagesShown;

/// All but the default profile picture, which is for administrators.
const SHOWN: &str = "SELECT json_group_object(name, hash) FROM images \
    WHERE name IN ('logo-light', 'logo-dark', 'email', 'background', 'favicon')";

impl Batch for ImagesShown {
    type Output = Images;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(SHOWN, [])]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Images, StoreError> {
        Ok(outcomes.one()?.unwrap_or_default())
    }
}
