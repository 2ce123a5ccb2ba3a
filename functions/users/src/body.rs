use domain::{FieldViolation, Locale, Profile, ProfileInput};
use http_api::Problem;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What a user is made of, or replaced by.
//
// Everything is optional here so that all rules are checked in one place and everything wrong is named
// at once.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct UserBody {
    pub(crate) id: Option<Uuid>,
    #[schema(
        required,
        nullable = false,
        min_length = 1,
        max_length = 50,
        pattern = "^[a-zA-Z0-9]([a-zA-Z0-9_.@-]*[a-zA-Z0-9])?$"
    )]
    pub(crate) username: Option<String>,
    #[schema(format = Email, max_length = 254)]
    pub(crate) email: Option<String>,
    pub(crate) email_verified: Option<bool>,
    #[schema(max_length = 50, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")]
    pub(crate) first_name: Option<String>,
    #[schema(max_length = 50, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")]
    pub(crate) last_name: Option<String>,
    #[schema(max_length = 100, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")]
    pub(crate) display_name: Option<String>,
    pub(crate) is_admin: Option<bool>,
    pub(crate) disabled: Option<bool>,
    #[schema(max_length = 35, pattern = "^([a-zA-Z0-9]{1,8}(-[a-zA-Z0-9]{1,8})*)?$")]
    pub(crate) locale: Option<String>,
    pub(crate) user_group_ids: Option<Vec<Uuid>>,
}

impl UserBody {
    /// Checks names, address and language.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub(crate) fn check(
        &self,
        require_email: bool,
    ) -> Result<(Profile, Option<Locale>), Vec<FieldViolation>> {
        let input = ProfileInput {
            username: self.username.as_deref(),
            email: self.email.as_deref(),
            first_name: self.first_name.as_deref().unwrap_or_default(),
            last_name: self.last_name.as_deref().unwrap_or_default(),
            display_name: self.display_name.as_deref().unwrap_or_default(),
        };
        let locale = self.locale.as_deref().filter(|text| !text.is_empty());
        let locale = locale.map(Locale::parse).transpose();
        match (Profile::parse(input, require_email), locale) {
            (Ok(profile), Ok(locale)) => Ok((profile, locale)),
            (profile, locale) => {
                let mut found = profile.err().unwrap_or_default();
                let wrong = locale.err();
                found.extend(wrong.map(|violation| FieldViolation { field: "locale", violation }));
                Err(found)
            }
        }
    }
}

/// The problem that a guard makes.
pub(crate) fn refusal(guard: store::users::Guard) -> Problem {
    match guard {
        store::users::Guard::LastAdmin => Problem::LastAdmin,
        store::users::Guard::OwnAccount => Problem::OwnAccount,
        store::users::Guard::Ldap => Problem::LdapUserUpdate,
    }
}
