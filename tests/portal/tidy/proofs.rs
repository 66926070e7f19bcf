//! Every operation that takes a fresh proof alone says so in the API document.

use serde_json::Value;

use super::source::texts;
use super::{none, root};

#[test]
fn what_takes_a_fresh_proof_names_its_refusal() {
    let document: Value = serde_json::from_str(portal::app::document_json()).unwrap();
    let operations: Vec<_> = document["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|path| path.as_object().unwrap().values())
        .collect();
    let mut missing = Vec::new();
    let mut found = 0;
    for (path, text) in texts(&root(), "src") {
        for id in proven(&text) {
            found += 1;
            let operation = operations.iter().find(|operation| operation["operationId"] == id);
            let codes = operation.map(|operation| &operation["x-portal"]["error_codes"]);
            let is_told = codes
                .and_then(Value::as_array)
                .is_some_and(|codes| codes.iter().any(|code| code == "step_up_required"));
            if !is_told {
                missing.push(format!("{path}: {id} needs Code::StepUpRequired in src/app/codes.rs"));
            }
        }
    }
    assert!(found > 25, "the sources are read: {found}");
    none(missing);
}

/// Ids of the operations whose handlers take who is `Confirmed`.
fn proven(text: &str) -> impl Iterator<Item = &str> {
    text.split("operation_id = \"").skip(1).filter_map(|rest| {
        let (id, rest) = rest.split_once('"')?;
        let signature = rest.split(") -> ").next()?;
        signature.contains("Confirmed<").then_some(id)
    })
}

mod checks_find {
    use super::*;

    #[test]
    fn handlers_that_take_who_is_confirmed() {
        let text = "#[path(operation_id = \"a\")]\nfn a(c: Confirmed<Caller>) -> R {}\n#[path(operation_id = \"b\")]\nfn b(c: Caller) -> R {}\n";
        assert_eq!(proven(text).collect::<Vec<_>>(), ["a"]);
    }
}
