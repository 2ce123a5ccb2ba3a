use domain::{SETTINGS, Setting};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{Object, ObjectBuilder, RefOr, Type};
use utoipa::{PartialSchema, ToSchema};

/// The body that changes settings, as the API's description shows it. What is read is any object, so
/// that everything wrong with it can be named.
pub(super) struct ConfigurationBody;

impl ToSchema for ConfigurationBody {}

impl PartialSchema for ConfigurationBody {
    fn schema() -> RefOr<Schema> {
        let about = "Settings by key, all of them as text. Unknown ones are passed over.";
        let object = ObjectBuilder::new().schema_type(Type::Object).description(Some(about));
        let settings = SETTINGS.iter();
        settings.fold(object, |object, setting| object.property(setting.key, text(setting))).into()
    }
}

/// Empty text is the default.
fn text(setting: &Setting) -> Object {
    let text = ObjectBuilder::new().schema_type(Type::String);
    match setting.kind() {
        "bool" => text.enum_values(Some(["", "true", "false"])),
        "number" => text.pattern(Some("^[0-9]*$")),
        _ => text,
    }
    .into()
}
