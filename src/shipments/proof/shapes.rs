//! Proof of delivery as REST and pages show and take it.

use actix_web::HttpResponse;
use serde::Serialize;

use super::{Checked, FileHead, Proof, check};
use crate::clock::rfc3339;
use crate::error::{Code, Error, Result};
use crate::http::{UPLOAD_BYTES_MAX, Upload, attachment};
use crate::state::AppState;

/// A picture or paper that shows that a shipment arrived.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DeliveryProofView {
    /// Where it is: `/delivery-proofs/{id}`.
    #[schema(example = "dpr_0B9Q4Z8K2M3N4")]
    id: String,
    name: String,
    media_type: String,
    byte_count: i64,
    /// RFC 3339, UTC
    added_at: String,
}

impl From<FileHead> for DeliveryProofView {
    fn from(head: FileHead) -> Self {
        Self {
            id: head.id.to_string(),
            name: head.name,
            media_type: head.media_type,
            byte_count: head.byte_count,
            added_at: rfc3339(head.added_at),
        }
    }
}

/// The files of a form for pictures and papers.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "only described")]
pub struct DeliveryProofForm {
    /// JPEG, PNG and PDF, told by what is in them; 10 MB each, 10 of a shipment, 32 MB in one request.
    #[schema(value_type = Vec<String>, format = Binary)]
    files: Vec<Vec<u8>>,
}

/// Reads a form with pictures and papers, and looks into them.
pub async fn receive(state: &AppState, form: Upload) -> Result<Vec<Checked>> {
    let received = form.receive(UPLOAD_BYTES_MAX).await?;
    if received.is_too_large {
        let detail = crate::sentences::body_has_at_most(UPLOAD_BYTES_MAX / 1024 / 1024);
        return Err(Error::malformed(Code::PayloadTooLarge, detail));
    }
    let files = received.files.into_iter().filter(|file| file.field == "files");
    let files: Vec<_> = files.map(|file| (file.name, file.bytes)).collect();
    state.uploads.run(move || check(files)).await
}

impl From<Proof> for HttpResponse {
    fn from(proof: Proof) -> Self {
        attachment(&proof.name, proof.media_type, proof.bytes)
    }
}
