//! REST for supplier staff: how an account punches out, and what came of it.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, post, put};

use super::setup::{self, Which};
use super::shapes::{KeepPunchoutSecret, ListPunchoutDocuments, PunchoutDocumentView, PunchoutSetupView};
use super::{DocumentRow, PunchoutSetup, Setup};
use crate::accounts;
use crate::clock::now;
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::error::{Error, Result};
use crate::http::{Body, IfMatch, List, Page, Params, PathId, PathIds, etag};
use crate::identity::caller::{Confirmed, MayManageAccounts, Staff};
use crate::ids::{AccountId, PunchoutDocumentId};
use crate::punchout::{self, outgoing};
use crate::state::AppState;

fn answered(setup: Setup, secret: Option<String>) -> HttpResponse {
    let tag = etag(setup.version);
    HttpResponse::Ok()
        .insert_header(tag)
        .json(PunchoutSetupView::new(setup, secret))
}

/// How an account punches out
#[utoipa::path(tag = "supplier", operation_id = "getPunchout", security(("bearer" = ["accounts.manage"])), responses(
    (status = 200, body = PunchoutSetupView, description = "The set-up", headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/accounts/{id}/punchout")]
pub async fn get_setup(
    state: Data<AppState>,
    _staff: Staff<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        accounts::get(connection, id)?;
        setup::find(connection, id)?.ok_or(Error::NotFound)
    };
    Ok(answered(state.db.read(read).await?, None))
}

/// Set up how an account punches out
///
/// Replaces the whole set-up; `If-Match` is the ETag of what it replaces, `*` where there is none yet. Secrets are not part
/// of it.
#[utoipa::path(tag = "supplier", operation_id = "putPunchout", security(("bearer" = ["accounts.manage"])), request_body = PunchoutSetup,
    params(("If-Match" = String, Header, description = "The set-up's ETag, `*` for the first one")),
    responses(
        (status = 200, body = PunchoutSetupView, description = "The set-up", headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "`account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[put("/supplier/accounts/{id}/punchout")]
pub async fn put_setup(
    state: Data<AppState>,
    staff: Confirmed<Staff<MayManageAccounts>>,
    PathId(id): PathId<AccountId>,
    IfMatch(expected): IfMatch,
    Body(wanted): Body<PunchoutSetup>,
) -> Result<HttpResponse> {
    let (actor, hosts) = (staff.actor(), state.webhook_hosts.clone());
    let write = move |tx: &mut Connection| setup::put(tx, &actor, &hosts, id, (Some(&expected), &wanted), now());
    Ok(answered(state.db.write(write).await?, None))
}

/// Remove how an account punches out
///
/// Nobody punches out from then on; documents and orders stay.
#[utoipa::path(tag = "supplier", operation_id = "removePunchout", security(("bearer" = ["accounts.manage"])),
    params(("If-Match" = String, Header, description = "The set-up's ETag")),
    responses((status = 204, description = "Removed")))]
#[delete("/supplier/accounts/{id}/punchout")]
pub async fn remove_setup(
    state: Data<AppState>,
    staff: Confirmed<Staff<MayManageAccounts>>,
    PathId(id): PathId<AccountId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| setup::remove(tx, &actor, id, &expected, now());
    state.db.write(write).await?;
    Ok(HttpResponse::NoContent().finish())
}

async fn rotate(state: &AppState, actor: crate::audit::Actor, id: AccountId, which: Which) -> Result<HttpResponse> {
    let write = move |tx: &mut Connection| {
        accounts::get_open(tx, id)?;
        setup::rotate(tx, &actor, id, which, now())
    };
    let (setup, secret) = state.db.write(write).await?;
    Ok(answered(setup, Some(secret)))
}

/// Make a new shared secret
///
/// The answer shows it, once; the one before is good no more.
#[utoipa::path(tag = "supplier", operation_id = "rotatePunchoutSecret", security(("bearer" = ["accounts.manage"])), responses(
    (status = 200, body = PunchoutSetupView, description = "The set-up with its new secret"),
    (status = 409, description = "`account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/accounts/{id}/punchout/rotate-secret")]
pub async fn rotate_secret(
    state: Data<AppState>,
    staff: Confirmed<Staff<MayManageAccounts>>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    rotate(&state, staff.actor(), id, Which::Shared).await
}

/// Make a new password for OCI
///
/// The answer shows it, once; the one before is good no more.
#[utoipa::path(tag = "supplier", operation_id = "rotatePunchoutOciSecret", security(("bearer" = ["accounts.manage"])), responses(
    (status = 200, body = PunchoutSetupView, description = "The set-up with its new password"),
    (status = 409, description = "`account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/accounts/{id}/punchout/rotate-oci-secret")]
pub async fn rotate_oci_secret(
    state: Data<AppState>,
    staff: Confirmed<Staff<MayManageAccounts>>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    rotate(&state, staff.actor(), id, Which::Oci).await
}

/// Make a new key for codes
///
/// A buyer's system may send a code (`CredentialMac` of cXML, HMAC-SHA1-96) in place of the shared secret, made with this key. The
/// answer shows it, once; the one before is good no more. It is kept as it is, for codes can't be checked otherwise.
#[utoipa::path(tag = "supplier", operation_id = "rotatePunchoutMacSecret", security(("bearer" = ["accounts.manage"])), responses(
    (status = 200, body = PunchoutSetupView, description = "The set-up with its new key"),
    (status = 409, description = "`account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/accounts/{id}/punchout/rotate-mac-secret")]
pub async fn rotate_mac_secret(
    state: Data<AppState>,
    staff: Confirmed<Staff<MayManageAccounts>>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    rotate(&state, staff.actor(), id, Which::Mac).await
}

/// Keep the secret for documents that we send
///
/// What the buyer's system knows us by. It is never shown.
#[utoipa::path(tag = "supplier", operation_id = "keepPunchoutSecret", security(("bearer" = ["accounts.manage"])), request_body = KeepPunchoutSecret, responses(
    (status = 200, body = PunchoutSetupView, description = "The set-up"),
))]
#[post("/supplier/accounts/{id}/punchout/out-secret")]
pub async fn keep_out_secret(
    state: Data<AppState>,
    staff: Confirmed<Staff<MayManageAccounts>>,
    PathId(id): PathId<AccountId>,
    Body(body): Body<KeepPunchoutSecret>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| setup::keep_out_secret(tx, &actor, id, &body.secret, now());
    Ok(answered(state.db.write(write).await?, None))
}

/// Documents of an account's procurement system
///
/// The newest first, in and out; kept for 400 days.
#[utoipa::path(tag = "supplier", operation_id = "listPunchoutDocuments", security(("bearer" = ["accounts.manage"])), params(ListPunchoutDocuments), responses(
    (status = 200, body = List<PunchoutDocumentView>, description = "A page of documents"),
))]
#[get("/supplier/accounts/{id}/punchout/documents")]
pub async fn list_documents(
    state: Data<AppState>,
    _staff: Staff<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
    Params(params): Params<ListPunchoutDocuments>,
) -> Result<Json<List<PunchoutDocumentView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let read = move |connection: &mut Connection, walk, fetch| {
        accounts::get(connection, id)?;
        punchout::documents(connection, id, walk, fetch)
    };
    let key = |row: &DocumentRow| row.id;
    let list = (
        Followed::of("punchout_documents", Some(id)),
        &("punchout-documents", id.0),
    );
    let list = page.list(&state.db, list, read, (key, key, PunchoutDocumentView::brief));
    Ok(Json(list.await?))
}

/// One document of an account's procurement system
///
/// As it was, without secrets, with our answer.
#[utoipa::path(tag = "supplier", operation_id = "getPunchoutDocument", security(("bearer" = ["accounts.manage"])), responses(
    (status = 200, body = PunchoutDocumentView, description = "The document"),
))]
#[get("/supplier/accounts/{id}/punchout/documents/{which}")]
pub async fn get_document(
    state: Data<AppState>,
    _staff: Staff<MayManageAccounts>,
    PathIds(id, which): PathIds<AccountId, PunchoutDocumentId>,
) -> Result<Json<PunchoutDocumentView>> {
    let read = move |connection: &mut Connection| punchout::document(connection, id, which);
    Ok(Json(PunchoutDocumentView::whole(state.db.read(read).await?)))
}

/// Send a document again
///
/// One that was taken or given up goes out once more, under the number that it had.
#[utoipa::path(tag = "supplier", operation_id = "resendPunchoutDocument", security(("bearer" = ["accounts.manage"])), responses(
    (status = 200, body = PunchoutDocumentView, description = "The document"),
    (status = 409, description = "`punchout_document_waits`: it waits, or came in", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/accounts/{id}/punchout/documents/{which}/resend")]
pub async fn resend_document(
    state: Data<AppState>,
    staff: Staff<MayManageAccounts>,
    PathIds(id, which): PathIds<AccountId, PunchoutDocumentId>,
) -> Result<Json<PunchoutDocumentView>> {
    let actor = staff.actor();
    let write = move |tx: &mut Connection| {
        outgoing::resend(tx, &actor, id, which, now())?;
        punchout::document(tx, id, which)
    };
    Ok(Json(PunchoutDocumentView::whole(state.db.write(write).await?)))
}
