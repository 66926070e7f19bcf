//! What REST answers about set-ups and documents.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::rules::{Direction, Sending};
use super::{DocumentRow, PunchoutSetup, Setup};
use crate::clock::rfc3339;
use crate::http::{Limit, Since, tag};

/// How an account punches out.
#[derive(Debug, Serialize, ToSchema)]
pub struct PunchoutSetupView {
    account_id: String,
    setup: PunchoutSetup,
    /// The end of the shared secret; null while there is none.
    #[schema(required, max_length = 4)]
    secret_end: Option<String>,
    /// The same of OCI's password.
    #[schema(required, max_length = 4)]
    oci_secret_end: Option<String>,
    /// The same of the key of codes (`CredentialMac`).
    #[schema(required, max_length = 4)]
    mac_secret_end: Option<String>,
    /// There is a secret for documents that we send.
    has_out_secret: bool,
    /// Only in the answer to making it anew; null ever after.
    #[schema(required, max_length = 44)]
    secret: Option<String>,
    created_at: String,
    /// RFC 3339, UTC
    #[schema(max_length = 40)]
    changed_at: String,
    /// What `If-Match` of a change wants.
    #[schema(example = "\"3\"")]
    etag: String,
}

impl PunchoutSetupView {
    pub(super) fn new(setup: Setup, secret: Option<String>) -> Self {
        Self {
            account_id: setup.account_id.to_string(),
            mac_secret_end: setup.mac_end(),
            secret_end: setup.secret_end,
            oci_secret_end: setup.oci_secret_end,
            has_out_secret: setup.out_secret.is_some(),
            secret,
            created_at: rfc3339(setup.created_at),
            changed_at: rfc3339(setup.changed_at),
            etag: tag(setup.version),
            setup: setup.setup,
        }
    }
}

/// A secret for documents that we send.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeepPunchoutSecret {
    /// What the buyer's system knows us by; empty takes it away.
    #[schema(max_length = 200)]
    pub secret: String,
}

/// Which documents to list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListPunchoutDocuments {
    pub(super) limit: Limit,
    /// Only what was added, changed or removed at this moment or later.
    #[param(inline)]
    pub(super) updated_since: Option<Since>,
    pub(super) cursor: Option<String>,
}

/// A document of a procurement system, in or out.
#[derive(Debug, Serialize, ToSchema)]
pub struct PunchoutDocumentView {
    #[schema(example = "pod_0BGK1J3Z00004")]
    id: String,
    direction: Direction,
    /// `OrderRequest`, `PunchOutSetupRequest` and so on.
    #[schema(max_length = 100)]
    document: String,
    #[schema(max_length = 500)]
    payload_id: String,
    /// The number of the order it is about, or of the document.
    #[schema(required, max_length = 500)]
    reference: Option<String>,
    /// Our order; null where it is about none.
    #[schema(required)]
    order_id: Option<String>,
    /// Of the cXML answer; 0 where none came yet.
    #[schema(minimum = 0, maximum = 999)]
    answer_code: i32,
    #[schema(max_length = 2000)]
    answer_text: String,
    /// Without secrets; only of one document.
    #[schema(required, max_length = 300000)]
    request: Option<String>,
    #[schema(required, max_length = 300000)]
    answer: Option<String>,
    /// Of what goes out: whether it waits, was taken or given up.
    #[schema(required)]
    state: Option<Sending>,
    created_at: String,
}

impl PunchoutDocumentView {
    /// In a list.
    pub(super) fn brief(row: DocumentRow) -> Self {
        Self {
            id: row.id.to_string(),
            direction: row.direction,
            document: row.kind,
            payload_id: row.payload_id,
            reference: row.reference,
            order_id: row.order_id.map(|id| id.to_string()),
            answer_code: row.status,
            answer_text: row.status_text,
            request: None,
            answer: None,
            state: row.state,
            created_at: rfc3339(row.created_at),
        }
    }

    pub(super) fn whole(row: DocumentRow) -> Self {
        let (request, answer) = (row.request.clone(), row.answer.clone());
        Self {
            request: Some(request),
            answer: Some(answer),
            ..Self::brief(row)
        }
    }
}
