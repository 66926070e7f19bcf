//! Who may call each operation, as the API document says it: from the tables of rights and of scopes.
//!
//! A handler names its right as the scope of its security; one that names none reads: what the account has, or, on
//! the desk, everything. That the right is the one its handler asks for is held by the tests' table of callers.

use serde_json::Value;
use utoipa::openapi::OpenApi;
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::SecurityRequirement;

use crate::http::openapi::{self, PROGRAMS, SCHEME};
use crate::identity::rules::rights::{CUSTOMER_RIGHTS, MayRead, MayReadDesk, Right, STAFF_RIGHTS};
use crate::identity::rules::scopes::{self, Need, Scope};
use crate::languages::Language;

/// Where an operation says what isn't said by OpenAPI itself: one member, for the order of several is left to chance.
const OF_THE_PORTAL: &str = "x-portal";

/// Notes `value` as `name` at the operation.
pub fn note(operation: &mut Operation, name: &str, value: impl Into<Value>) {
    let extensions = operation.extensions.get_or_insert_default();
    let noted = extensions.get(OF_THE_PORTAL).and_then(Value::as_object);
    let mut noted = noted.cloned().unwrap_or_default();
    noted.insert(name.to_owned(), value.into());
    extensions.merge(Extensions::from_iter([(OF_THE_PORTAL, Value::Object(noted))]));
}

/// Adds to each operation that isn't public which right it needs and whose roles give it, and which scope a program needs.
pub fn describe(api: &mut OpenApi) {
    for (path, item) in &mut api.paths.paths {
        for (method, operation) in operations(item) {
            // Nobody has to sign in.
            if operation.security.as_ref().is_some_and(Vec::is_empty) {
                continue;
            }
            let right = right(operation);
            let need = scopes::needed(method, path).unwrap_or_else(|| panic!("no scope opens {method} {path}"));
            let said = [operation.description.take().filter(|text| !text.is_empty())]
                .into_iter()
                .flatten()
                .chain([programs(need, path), callers(right.as_deref())]);
            operation.description = Some(said.collect::<Vec<_>>().join("\n\n"));
            let people = SecurityRequirement::new(SCHEME, Vec::<String>::new());
            operation.security = Some(match need {
                Need::People => vec![people],
                Need::Scope(scope) => vec![people, SecurityRequirement::new(PROGRAMS, [scope.name()])],
            });
            if let Some(right) = right {
                note(operation, "right", right);
            }
        }
    }
    let scopes = Scope::ALL.map(|scope| (scope.name(), Language::En.text(&scope.key())));
    openapi::add_programs(api, scopes);
}

/// The sentence that says what a program needs.
fn programs(need: Need, path: &str) -> String {
    match need {
        // What an endpoint hears, whoever keeps it must be allowed to read.
        Need::Scope(scope @ Scope::WebhooksWrite) if !path.contains("/supplier/") => format!(
            "Programs need the scope `{scope}`. Beside it they need `events:read`, and `members:read` for endpoints that \
             people added."
        ),
        Need::Scope(scope) => format!("Programs need the scope `{scope}`."),
        Need::People => "For people alone: programs are refused (`people_only`).".to_owned(),
    }
}

/// The methods and operations of a path.
pub fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let PathItem {
        get,
        post,
        put,
        patch,
        delete,
        ..
    } = item;
    let all = [
        ("GET", get),
        ("POST", post),
        ("PUT", put),
        ("PATCH", patch),
        ("DELETE", delete),
    ];
    all.into_iter()
        .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// The right that an operation names, or the one of its kind; none where signing in is enough.
fn right(operation: &Operation) -> Option<String> {
    let named = operation.security.iter().flatten().find_map(|requirement| {
        let requirement = serde_json::to_value(requirement).ok()?;
        requirement.get(SCHEME)?.get(0)?.as_str().map(str::to_owned)
    });
    let tags = operation.tags.iter().flatten();
    let of_its_kind = || match tags.map(String::as_str).next() {
        Some("me" | "auth") => None,
        Some("supplier") => Some(MayReadDesk::NAME.to_owned()),
        _ => Some(MayRead::NAME.to_owned()),
    };
    named.or_else(of_its_kind)
}

/// The sentence that says who may call.
fn callers(right: Option<&str>) -> String {
    let Some(right) = right else {
        return "For everybody who is signed in.".to_owned();
    };
    let of_account = CUSTOMER_RIGHTS.iter().find(|(name, _)| *name == right);
    let of_staff = STAFF_RIGHTS.iter().find(|(name, _)| *name == right);
    match (of_account, of_staff) {
        (Some((_, roles)), _) => sentence("the account", &roles.iter().map(|role| role.name()).collect::<Vec<_>>()),
        (None, Some((_, roles))) => sentence("the staff", &roles.iter().map(|role| role.name()).collect::<Vec<_>>()),
        (None, None) => panic!("no right is called {right}"),
    }
}

fn sentence(whose: &str, roles: &[&str]) -> String {
    let roles: Vec<_> = roles.iter().map(|role| format!("`{role}`")).collect();
    format!("For these roles of {whose}: {}.", roles.join(", "))
}
