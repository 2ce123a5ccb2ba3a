use platform::{Statement, Value};
use serde::Deserialize;

use super::insert_change_entry;
use crate::audit::{Entry, Event};
use crate::users::Origin;
use crate::{Batch, Outcomes, StoreError};

/// An image of the deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageName {
    /// The logo on light ground.
    LogoLight,
    /// The logo on dark ground.
    LogoDark,
    /// The logo in mails.
    Email,
    /// Behind the sign-in page.
    Background,
    /// The browser tab's icon.
    Favicon,
    /// The picture of whoever gave none.
    DefaultProfilePicture,
}

impl ImageName {
    /// The name as stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LogoLight => "logo-light",
            Self::LogoDark => "logo-dark",
            Self::Email => "email",
            Self::Background => "background",
            Self::Favicon => "favicon",
            Self::DefaultProfilePicture => "default-profile-picture",
        }
    }
}

/// Which image stands under a name. `None`: none.
pub struct ImageOf(pub ImageName);

/// An image as stored.
#[derive(Debug, Deserialize)]
pub struct StoredImage {
    /// Its hash.
    pub hash: String,
    /// What it is.
    pub content_type: String,
}

const IMAGE: &str = "SELECT json_object('hash', hash, 'content_type', content_type) \
    FROM images WHERE name = ?1";

impl Batch for ImageOf {
    type Output = Option<StoredImage>;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(IMAGE, [self.0.as_str().into()])]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.one()
    }
}

/// Puts another image under a name, or takes it away, and gives the one that it replaced. Taking
/// away where there is none writes nothing.
pub struct ChangeImage {
    /// Which.
    pub name: ImageName,
    /// Hash and type of the image, already in the key-value store; `None` takes it away.
    pub image: Option<StoredImage>,
    /// Who does it.
    pub origin: Origin,
    /// The audit entry.
    pub entry: Entry,
}

const ENTRY: &str = insert_change_entry!(
    "(SELECT hash FROM images WHERE name = ?9)",
    "?7, ?8, NULL, NULL",
    "WHERE ?10 IS NOT NULL OR EXISTS (SELECT 1 FROM images WHERE name = ?9)"
);

const PUT: &str = "INSERT INTO images (name, hash, content_type, updated_at) \
    VALUES (?1, ?2, ?3, ?4) ON CONFLICT (name) DO UPDATE SET hash = excluded.hash, \
    content_type = excluded.content_type, updated_at = excluded.updated_at";

impl Batch for ChangeImage {
    type Output = Option<StoredImage>;

    fn statements(&self) -> Vec<Statement> {
        let name = self.name.as_str();
        let hash = self.image.as_ref().map_or(Value::Null, |image| image.hash.as_str().into());
        let further = [
            self.origin.actor_id.to_string().into(),
            self.origin.actor_username.as_str().into(),
            name.into(),
            hash.clone(),
        ];
        let change = match &self.image {
            Some(image) => Statement::new(
                PUT,
                [
                    name.into(),
                    hash,
                    image.content_type.as_str().into(),
                    self.entry.at.as_ms().into(),
                ],
            ),
            None => Statement::new("DELETE FROM images WHERE name = ?1", [name.into()]),
        };
        vec![
            self.entry.statement(ENTRY, Event::ImageChanged, further),
            Statement::new(IMAGE, [name.into()]),
            change,
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.skip()?;
        let replaced = outcomes.one()?;
        outcomes.skip()?;
        Ok(replaced)
    }
}
