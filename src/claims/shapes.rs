//! Claims as REST shows and takes them, for both sides.

use actix_web::HttpResponse;
use chrono::NaiveDate;
use serde::Serialize;

use super::evidence::{Checked, Evidence, check};
use super::rules::listing::{Filter, Keys, Sort};
use super::rules::{Analysis, Claim, ClaimLine, FileHead, Kind, Message, Outcome, Side, State};
use super::sentences;
use crate::clock::rfc3339;
use crate::db::changes::Followed;
use crate::db::seek::Scope;
use crate::error::{Code, Error, Result};
use crate::http::{List, Page, UPLOAD_BYTES_MAX, Upload, attachment};
use crate::ids::ClaimId;
use crate::state::AppState;

/// A claim without lines, messages and files.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ClaimHeadView {
    #[schema(example = "clm_0B9Q4Z8K2M3N4")]
    id: String,
    /// Without gaps in the year it was filed, in a series of its own.
    #[schema(example = "CL-2026-000042")]
    number: String,
    /// Code of the account.
    account: String,
    order_id: String,
    order_number: String,
    po_number: String,
    shipment_id: String,
    shipment_number: String,
    /// The shipment's invoice, once there is one.
    #[schema(required)]
    invoice_id: Option<String>,
    #[schema(required)]
    invoice_number: Option<String>,
    kind: Kind,
    /// What the account wishes.
    wish: Outcome,
    state: State,
    /// RFC 3339, UTC
    opened_at: String,
    /// The last day on which the supplier answers in time.
    answer_by: NaiveDate,
    /// When the supplier first said something.
    #[schema(required)]
    answered_at: Option<String>,
    #[schema(required)]
    decided_at: Option<String>,
    #[schema(required)]
    settled_at: Option<String>,
    /// What was made of it.
    #[schema(required)]
    outcome: Option<Outcome>,
    #[schema(required)]
    credit_note_id: Option<String>,
    #[schema(required)]
    credit_note_number: Option<String>,
    /// The order without charge.
    #[schema(required)]
    replacement_order_id: Option<String>,
    #[schema(required)]
    replacement_order_number: Option<String>,
}

/// A claim.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ClaimView {
    #[serde(flatten)]
    head: ClaimHeadView,
    /// What the account says.
    text: String,
    lines: Vec<ClaimLineView>,
    messages: Vec<ClaimMessageView>,
    files: Vec<ClaimFileView>,
}

/// A claim as staff see it, without lines, messages and files.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SupplierClaimHeadView {
    #[serde(flatten)]
    head: ClaimHeadView,
    account_name: String,
    analysis: ClaimAnalysisView,
    /// Grows with each change.
    version: i64,
}

/// A claim as staff see it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SupplierClaimView {
    #[serde(flatten)]
    claim: ClaimView,
    account_name: String,
    analysis: ClaimAnalysisView,
    /// Grows with each change.
    version: i64,
}

/// What was found out, and what is done so that it doesn't come again: fields of an 8D report.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ClaimAnalysisView {
    #[schema(required)]
    root_cause: Option<String>,
    #[schema(required)]
    corrective_action: Option<String>,
    /// Who sees to it.
    #[schema(required)]
    owner: Option<String>,
    #[schema(required)]
    due_on: Option<NaiveDate>,
    /// When it was seen to work.
    #[schema(required)]
    verified_on: Option<NaiveDate>,
}

/// A line of a claim.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ClaimLineView {
    /// On the shipment, or on the invoice where the claim was filed about that.
    position: i32,
    order_line_id: String,
    product_id: String,
    sku: String,
    #[schema(required)]
    customer_part_number: Option<String>,
    name: String,
    unit: String,
    unit_code: String,
    /// In that unit.
    quantity: String,
    /// What of it is right; null until it is decided.
    #[schema(required)]
    accepted: Option<String>,
    /// The amount without tax that is credited, where that is not the goods' price.
    #[schema(required)]
    net: Option<String>,
    /// Why it is not more.
    #[schema(required)]
    reason: Option<String>,
}

/// Something that one side said.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ClaimMessageView {
    id: String,
    side: Side,
    /// Who of that side; null where the account reads what the supplier says.
    #[schema(required)]
    author: Option<String>,
    text: String,
    written_at: String,
}

/// A photo or paper, at `/claim-files/{id}`.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ClaimFileView {
    id: String,
    #[schema(example = "pallet.jpg")]
    name: String,
    /// `image/jpeg`, `image/png` or `application/pdf`, by what is in it.
    media_type: String,
    bytes: i64,
    side: Side,
    added_at: String,
}

impl From<&Claim> for ClaimHeadView {
    fn from(claim: &Claim) -> Self {
        let (invoice_id, invoice_number) = claim.invoice.clone().unzip();
        let (credit_note_id, credit_note_number) = claim.credit_note.clone().unzip();
        let (replacement_id, replacement_number) = claim.replacement.unzip();
        Self {
            id: claim.id.to_string(),
            number: claim.number.clone(),
            account: claim.account.0.clone(),
            order_id: claim.order_id.to_string(),
            order_number: claim.order_number.to_string(),
            po_number: claim.po_number.clone(),
            shipment_id: claim.shipment_id.to_string(),
            shipment_number: claim.shipment_number.to_string(),
            invoice_id: invoice_id.map(|id| id.to_string()),
            invoice_number,
            kind: claim.kind,
            wish: claim.wish,
            state: claim.state,
            opened_at: rfc3339(claim.opened_at),
            answer_by: claim.answer_by,
            answered_at: claim.answered_at.map(rfc3339),
            decided_at: claim.decided_at.map(rfc3339),
            settled_at: claim.settled_at.map(rfc3339),
            outcome: claim.outcome,
            credit_note_id: credit_note_id.map(|id| id.to_string()),
            credit_note_number,
            replacement_order_id: replacement_id.map(|id| id.to_string()),
            replacement_order_number: replacement_number.map(|number| number.to_string()),
        }
    }
}

impl From<&Analysis> for ClaimAnalysisView {
    fn from(analysis: &Analysis) -> Self {
        Self {
            root_cause: analysis.root_cause.clone(),
            corrective_action: analysis.corrective_action.clone(),
            owner: analysis.owner.clone(),
            due_on: analysis.due_on,
            verified_on: analysis.verified_on,
        }
    }
}

fn line(line: ClaimLine) -> ClaimLineView {
    let decision = line.decision;
    ClaimLineView {
        position: line.position,
        order_line_id: line.order_line_id.to_string(),
        product_id: line.product_id.to_string(),
        sku: line.sku,
        customer_part_number: line.customer_part_number,
        name: line.name,
        unit: line.unit,
        unit_code: line.unit_code,
        quantity: line.quantity.ordered.to_string(),
        accepted: decision.as_ref().map(|one| one.accepted.ordered.to_string()),
        net: decision.as_ref().and_then(|one| one.net).map(|net| net.to_string()),
        reason: decision.and_then(|one| one.reason),
    }
}

fn file(file: FileHead) -> ClaimFileView {
    ClaimFileView {
        id: file.id.to_string(),
        name: file.name,
        media_type: file.media_type,
        bytes: file.bytes,
        side: file.side,
        added_at: rfc3339(file.added_at),
    }
}

impl ClaimView {
    /// As that side sees it: who of the supplier said something is theirs to tell.
    pub fn new(claim: Claim, to: Side) -> Self {
        let message = |message: Message| ClaimMessageView {
            id: message.id.to_string(),
            side: message.side,
            author: message.author.filter(|_| to == Side::Supplier || message.side == to),
            text: message.text,
            written_at: rfc3339(message.written_at),
        };
        Self {
            head: (&claim).into(),
            text: claim.text,
            lines: claim.lines.into_iter().map(line).collect(),
            messages: claim.messages.into_iter().map(message).collect(),
            files: claim.files.into_iter().map(file).collect(),
        }
    }
}

impl From<Claim> for SupplierClaimHeadView {
    fn from(claim: Claim) -> Self {
        Self {
            head: (&claim).into(),
            analysis: (&claim.analysis).into(),
            version: claim.version,
            account_name: claim.account.1,
        }
    }
}

impl From<Claim> for SupplierClaimView {
    fn from(claim: Claim) -> Self {
        Self {
            analysis: (&claim.analysis).into(),
            version: claim.version,
            account_name: claim.account.1.clone(),
            claim: ClaimView::new(claim, Side::Supplier),
        }
    }
}

/// The files of a form for photos and papers.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "only described")]
pub struct ClaimFilesForm {
    /// JPEG, PNG and PDF, told by what is in them; 10 MB each, 10 of each side, 32 MB in one request.
    #[schema(value_type = Vec<String>, format = Binary)]
    files: Vec<Vec<u8>>,
}

/// Reads a form with photos and papers, and looks into them.
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

/// A file to be kept, never shown in a page of the portal: whatever is in it runs nowhere.
impl From<Evidence> for HttpResponse {
    fn from(evidence: Evidence) -> Self {
        attachment(&evidence.name, evidence.media_type, evidence.bytes)
    }
}

/// A page of the list: each claim as `row` shows it.
pub async fn page_of<V: Serialize + utoipa::ToSchema>(
    state: &AppState,
    scope: Scope,
    (filter, sort): (Filter, Sort),
    page: Page,
    row: fn(Claim) -> V,
) -> Result<List<V>> {
    let asked = filter.clone();
    let read = move |connection: &mut _, walk, fetch| super::list(connection, scope, &asked, sort, walk, fetch);
    let id = |claim: &Claim| claim.id;
    let keys = |claim: &Claim| -> Keys { claim.keys() };
    let list = (Followed::in_scope("claims", scope), &(&filter, sort));
    page.list(&state.db, list, read, (keys, id, row)).await
}

/// An id that a parameter names.
pub fn id_of<T: std::str::FromStr>(pointer: &str, text: Option<String>) -> Result<Option<T>> {
    let read = |text: String| {
        let parsed = text.parse().ok();
        parsed.ok_or_else(|| Error::invalid(pointer, Code::ValueInvalid, sentences::claim_about_one_thing()))
    };
    text.map(read).transpose()
}

/// Where a claim is for that side.
pub fn path(side: Side, id: ClaimId) -> String {
    match side {
        Side::Account => format!("/api/v1/claims/{id}"),
        Side::Supplier => format!("/api/v1/supplier/claims/{id}"),
    }
}
