//! What the operations of the API document are about, and which are for everybody.

use utoipa::openapi::OpenApi;
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::tag::Tag;

use super::callers::operations;

const TAGS: &[(&str, &str)] = &[
    ("account", "The account: terms, sites, contacts and the team behind it."),
    ("auth", "Signing in, and out."),
    (
        "claims",
        "What was wrong with goods or invoices, and what becomes of it.",
    ),
    ("clients", "Programs of the account that sign in by themselves."),
    (
        "contracts",
        "What was agreed with the supplier, and how far commitments are.",
    ),
    ("events", "What happened, in order, for programs that keep in step."),
    ("invoices", "Invoices and the statement."),
    ("mails", "Which mails one gets."),
    ("me", "The caller: sessions, password, second factor."),
    ("oauth", "Tokens for programs."),
    ("orders", "Quotes, previews, orders and what became of them."),
    ("people", "The account's people and their invitations."),
    ("prices", "What the account pays."),
    ("products", "The account's catalogue, with its own numbers and labels."),
    (
        "sandbox",
        "The account's sandbox: its clock, its failures, and what programs have shown there.",
    ),
    ("shipments", "What is on its way."),
    ("supplier", "The desk: for the supplier's staff and its ERP."),
    (
        "webhooks",
        "Whom events are sent to as they happen, and what became of that.",
    ),
];

/// Adds the tags, and says of public operations that nobody has to sign in: an empty requirement, not none at all.
pub fn describe(api: &mut OpenApi) {
    let tag = |(name, about): &(&str, &str)| {
        let mut tag = Tag::new(*name);
        tag.description = Some((*about).to_owned());
        tag
    };
    api.tags = Some(TAGS.iter().map(tag).collect());
    for (_, operation) in api.paths.paths.values_mut().flat_map(operations) {
        if let Some(ways) = operation.security.as_mut().filter(|ways| ways.is_empty()) {
            ways.push(SecurityRequirement::default());
        }
    }
}
