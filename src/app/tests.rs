//! What the route table and its document must hold.

use std::collections::BTreeSet;

use utoipa::openapi::path::Operation;
use utoipa::openapi::security::SecurityRequirement;

use super::document;
use crate::http::openapi;
use crate::identity::rules::scopes::{self, Need, Scope};

/// What gives programs their tokens; where these stand, others decided.
const OF_OAUTH: [&str; 3] = [
    "/.well-known/oauth-authorization-server",
    "/oauth/revoke",
    "/oauth/token",
];

fn is_public(operation: &Operation) -> bool {
    let mut ways = operation.security.iter().flatten();
    ways.any(|way| *way == SecurityRequirement::default())
}

#[test]
fn every_operation_has_a_scope_or_is_for_people_and_every_scope_an_operation() {
    let api = document();
    let mut used = BTreeSet::new();
    for (path, item) in &api.paths.paths {
        for (method, operation) in openapi::operations(item) {
            if is_public(operation) {
                continue;
            }
            match scopes::needed(method, path) {
                Some(Need::Scope(scope)) => drop(used.insert(scope.name())),
                Some(Need::People) => {}
                None => panic!("{method} {path} has no row in the table of scopes"),
            }
        }
    }
    let unused: Vec<_> = Scope::ALL
        .iter()
        .map(|scope| scope.name())
        .filter(|name| !used.contains(name))
        .collect();
    // Webhooks have rows before they have operations.
    assert!(unused.iter().all(|name| name.starts_with("webhooks:")), "{unused:?}");
}

#[test]
fn the_document_names_every_operation_once() {
    let api = document();
    let mut ids = BTreeSet::new();
    for (path, item) in &api.paths.paths {
        let is_ours = path.starts_with("/api/v1/") || OF_OAUTH.contains(&path.as_str());
        assert!(is_ours, "{path}");
        for (method, operation) in openapi::operations(item) {
            let id = operation.operation_id.clone().expect("an id");
            assert!(ids.insert(id), "{method} {path} has the id of another operation");
            assert!(
                operation.tags.iter().flatten().next().is_some(),
                "{method} {path} has no tag"
            );
            assert!(operation.summary.is_some(), "{method} {path} has no summary");
        }
    }
    assert!(!ids.is_empty());
}

#[test]
fn only_signing_in_and_the_links_of_mails_are_open_to_everybody() {
    let api = document();
    let is_open = |(path, operation): &(&String, &utoipa::openapi::path::Operation)| {
        (operation.security == Some(vec![SecurityRequirement::default()]))
            .then_some(path.as_str())
            .is_some()
    };
    let operations = api
        .paths
        .paths
        .iter()
        .flat_map(|(path, item)| openapi::operations(item).map(move |(_, operation)| (path, operation)));
    let open: Vec<_> = operations
        .filter(|(path, _)| !OF_OAUTH.contains(&path.as_str()))
        .filter(is_open)
        .map(|(path, _)| path.as_str())
        .collect();
    let expected = [
        "/api/v1/auth/forgot-password",
        "/api/v1/auth/login",
        "/api/v1/auth/refresh",
        "/api/v1/auth/reset-password",
        "/api/v1/auth/second-factor",
        "/api/v1/invitations/accept",
        "/api/v1/invitations/look-up",
        "/api/v1/notifications/unsubscribe/{link}",
        "/api/v1/notifications/unsubscribe/{link}",
    ];
    assert_eq!(open, expected);
}
