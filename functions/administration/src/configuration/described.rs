use domain::SETTINGS;
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{ObjectBuilder, RefOr, Type};
use utoipa::{PartialSchema, ToSchema};

/// The body that changes settings, as the API's description shows it. What is read is any object, so
/// that everything wrong with it can be named.
pub(super) struct ConfigurationBody;

impl ToSchema for ConfigurationBody {}

impl PartialSchema for ConfigurationBody {
    fn schema() -> RefOr<Schema> {
        let about = "Settings by key, all of them as text. Unknown ones are passed over.";
        let object = ObjectBuilder::new().schema_type(Type::Object).description(Some(about));
        let text = || ObjectBuilder::new().schema_type(Type::String);
        let keys = SETTINGS.iter().map(|setting| setting.key);
        keys.fold(object, |object, key| object.property(key, text())).into()
    }
}
