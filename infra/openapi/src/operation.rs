use serde_json::{Value, json};

use crate::{envelope, parameters, problems, security};

/// Adds to an operation what follows from its path, its method and who may call it.
pub(crate) fn finish(path: &str, method: &str, mut operation: Value) -> Value {
    let access = security::Access::of(&operation);
    problems::add(&mut operation, path, method, &access);
    parameters::add(&mut operation, path);
    operation["security"] = access.requirements();
    if let Some(summary) = operation["summary"].as_str() {
        operation["summary"] = json!(summary.trim_end_matches('.').replace('\n', " "));
    }
    envelope::add(&mut operation);
    operation
}
