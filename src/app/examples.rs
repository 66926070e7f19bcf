//! Examples in the API document: what is sent to each operation, in `examples.json` by the operation's id. The tests send every one
//! of them as it stands there, with an id and a text of their own in the place of the example's.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;
use utoipa::openapi::path::{ParameterBuilder, ParameterIn};
use utoipa::openapi::{OpenApi, RefOr};

use super::callers::operations;

/// What is sent to an operation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    /// By the name of each parameter in the path.
    #[serde(default)]
    path: BTreeMap<String, String>,
    /// By media type.
    #[serde(default)]
    body: BTreeMap<String, Value>,
}

static EXAMPLES: LazyLock<BTreeMap<String, Example>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("examples.json")).expect("the examples are written as they are read")
});

/// Gives every operation its example.
pub fn describe(api: &mut OpenApi) {
    for (_, operation) in api.paths.paths.values_mut().flat_map(operations) {
        let Some(example) = operation.operation_id.as_ref().and_then(|id| EXAMPLES.get(id)) else {
            continue;
        };
        for parameter in operation.parameters.iter_mut().flatten() {
            if let RefOr::T(parameter) = parameter
                && parameter.parameter_in == ParameterIn::Path
                && let Some(value) = example.path.get(&parameter.name)
            {
                let shown = Some(Value::String(value.clone()));
                *parameter = ParameterBuilder::from(std::mem::take(parameter)).example(shown).build();
            }
        }
        if let Some(RefOr::T(body)) = &mut operation.request_body {
            for (media_type, content) in &mut body.content {
                if let RefOr::T(content) = content {
                    content.example = example.body.get(media_type).cloned();
                }
            }
        }
    }
}
