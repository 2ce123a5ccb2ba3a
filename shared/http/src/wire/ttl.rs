use utoipa::openapi::schema::{OneOfBuilder, Schema};
use utoipa::openapi::{ObjectBuilder, RefOr, Type};
use utoipa::{PartialSchema, ToSchema};

/// How long something lives, for the API's description alone: `domain::TtlInput` is read.
#[derive(Debug)]
pub struct TtlDto;

impl ToSchema for TtlDto {}

impl PartialSchema for TtlDto {
    fn schema() -> RefOr<Schema> {
        let about = "More than a second, 31 days at most; 0 is the default.";
        let seconds = ObjectBuilder::new()
            .schema_type(Type::Number)
            .minimum(Some(0.0))
            .maximum(Some(2_678_400.0))
            .description(Some("Seconds."));
        let text = ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(r"^(0|([0-9]+(\.[0-9]+)?(h|m|s|ms|us|µs|ns))+)$"))
            .description(Some("Numbers with units: `12h`, `1h30m`."));
        OneOfBuilder::new().item(seconds).item(text).description(Some(about)).into()
    }
}
