use std::fmt;

use domain::Violation;
use http_api::Problem;
use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::row::{Draft, NO_FLAG};

const NO_TEXT: Violation = Violation::InvalidFormat { rule: "must be text" };
const NO_NAMES: Violation = Violation::InvalidFormat { rule: "must be an array of names" };
const NO_OBJECT: Violation = Violation::InvalidFormat { rule: "must be an object" };

/// The rows of a file, up to `limit` of them.
///
/// # Errors
/// When it is no array.
pub(super) fn read(text: &str, limit: usize) -> Result<Vec<Draft>, Problem> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let rows = deserializer.deserialize_seq(RowsVisitor(limit));
    let rows = rows.and_then(|rows| deserializer.end().map(|()| rows)).map_err(|error| {
        Problem::InvalidRequestBody { field: String::new(), expected: error.to_string() }
    })?;
    Ok(rows.into_iter().map(draft).collect())
}

/// Rows are kept unread, so that each has errors of its own and none takes more room than its text.
struct RowsVisitor(usize);

impl<'de> Visitor<'de> for RowsVisitor {
    type Value = Vec<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of users")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut rows = Vec::new();
        while rows.len() < self.0 {
            match seq.next_element()? {
                Some(row) => rows.push(row),
                None => return Ok(rows),
            }
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(rows)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Members<'a> {
    #[serde(borrow, deserialize_with = "given")]
    username: Option<&'a RawValue>,
    #[serde(borrow, deserialize_with = "given")]
    email: Option<&'a RawValue>,
    #[serde(borrow, deserialize_with = "given")]
    email_verified: Option<&'a RawValue>,
    #[serde(borrow, deserialize_with = "given")]
    first_name: Option<&'a RawValue>,
    #[serde(borrow, deserialize_with = "given")]
    last_name: Option<&'a RawValue>,
    #[serde(borrow, deserialize_with = "given")]
    display_name: Option<&'a RawValue>,
    #[serde(borrow, deserialize_with = "given")]
    is_admin: Option<&'a RawValue>,
    #[serde(borrow, deserialize_with = "given")]
    disabled: Option<&'a RawValue>,
    #[serde(borrow, deserialize_with = "given")]
    locale: Option<&'a RawValue>,
    #[serde(borrow, deserialize_with = "given")]
    groups: Option<&'a RawValue>,
}

/// A member that is there, be it `null`.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

fn draft(row: &RawValue) -> Draft {
    let mut draft = Draft::default();
    // A struct would be read from an array, too.
    let members = row.get().starts_with('{').then(|| serde_json::from_str::<Members>(row.get()));
    let Some(Ok(members)) = members else {
        draft.refuse("row", NO_OBJECT);
        return draft;
    };
    for (column, value) in [
        ("username", members.username),
        ("email", members.email),
        ("firstName", members.first_name),
        ("lastName", members.last_name),
        ("displayName", members.display_name),
        ("locale", members.locale),
    ] {
        if let Some(text) = read_as::<Option<String>>(&mut draft, column, value, NO_TEXT) {
            draft.text(column, text.unwrap_or_default());
        }
    }
    for (column, value) in [
        ("emailVerified", members.email_verified),
        ("isAdmin", members.is_admin),
        ("disabled", members.disabled),
    ] {
        if let Some(Some(flag)) = read_as::<Option<bool>>(&mut draft, column, value, NO_FLAG) {
            draft.flag(column, flag);
        }
    }
    let groups = read_as::<Option<Vec<String>>>(&mut draft, "groups", members.groups, NO_NAMES);
    draft.groups = groups.map(Option::unwrap_or_default);
    draft
}

/// The member; nothing when it is not there or not of its kind.
fn read_as<T: DeserializeOwned>(
    draft: &mut Draft,
    column: &'static str,
    value: Option<&RawValue>,
    otherwise: Violation,
) -> Option<T> {
    let read = serde_json::from_str(value?.get());
    read.map_err(|_| draft.refuse(column, otherwise)).ok()
}
