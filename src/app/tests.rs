//! What the route table and its document must hold.

use std::collections::BTreeSet;

use utoipa::openapi::security::SecurityRequirement;

use super::document;
use crate::http::openapi;

#[test]
fn the_document_names_every_operation_once() {
    let api = document();
    let mut ids = BTreeSet::new();
    for (path, item) in &api.paths.paths {
        assert!(path.starts_with("/api/v1/"), "{path}");
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
    let open: Vec<_> = operations.filter(is_open).map(|(path, _)| path.as_str()).collect();
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
