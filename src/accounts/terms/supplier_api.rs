//! REST for supplier staff: opening, changing and closing accounts.

use actix_web::web::Data;
use actix_web::{HttpResponse, Responder, patch, post};

use crate::accounts::supplier_api::{AccountDetailView, Whole};
use crate::accounts::terms::editing::{self, ChangeAccount, NewAccount};
use crate::clock;
use crate::error::Result;
use crate::http::{Body, IfMatch, PathId};
use crate::identity::caller::{Confirmed, MayEditTerms, MayManageAccounts, Staff};
use crate::ids::AccountId;
use crate::state::AppState;

/// Change an account
///
/// The rules are those of `accounts.csv`. `credit_limit` and `payment_terms_days` are changed by `finance`, everything
/// else by `key_account_manager`; `admin` changes both. What was and what is go into the audit record.
#[utoipa::path(tag = "supplier", operation_id = "changeAccount", security(("bearer" = ["accounts.terms"])), request_body = ChangeAccount,
    params(("If-Match" = String, Header, description = "The account's ETag")),
    responses(
        (status = 200, body = AccountDetailView, description = "The account", headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "`account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[patch("/supplier/accounts/{id}")]
pub async fn change_account(
    staff: Confirmed<Staff<MayEditTerms>>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
    IfMatch(expected): IfMatch,
    body: Body<ChangeAccount>,
) -> Result<impl Responder> {
    let editor = staff.editor();
    let whole = state
        .db
        .write(move |tx| {
            editing::change(tx, &editor, id, &expected, &body.0, clock::now())?;
            Whole::load(tx, id)
        })
        .await?;
    whole.answer(HttpResponse::Ok())
}

/// Open an account
///
/// The rules are those of `accounts.csv`. It gets the site `MAIN` of its name and country.
#[utoipa::path(tag = "supplier", operation_id = "openAccount", security(("bearer" = ["accounts.manage"])), request_body = NewAccount, responses(
    (status = 201, body = AccountDetailView, description = "The account", headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/supplier/accounts")]
pub async fn open_account(
    staff: Confirmed<Staff<MayManageAccounts>>,
    state: Data<AppState>,
    body: Body<NewAccount>,
) -> Result<impl Responder> {
    let editor = staff.editor();
    let whole = state
        .db
        .write(move |tx| {
            let account = editing::open(tx, &editor, &body.0, clock::now())?;
            Whole::load(tx, account.id)
        })
        .await?;
    whole.answer(HttpResponse::Created())
}

/// Close an account
///
/// The access of all its people ends within five seconds; what they ordered stays and goes on. Closing it again changes
/// nothing.
#[utoipa::path(tag = "supplier", operation_id = "closeAccount", security(("bearer" = ["accounts.manage"])), responses(
    (status = 200, body = AccountDetailView, description = "The account", headers(("ETag" = String, description = "Of the new version"))),
))]
#[post("/supplier/accounts/{id}/close")]
pub async fn close_account(
    staff: Staff<MayManageAccounts>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
) -> Result<impl Responder> {
    let editor = staff.editor();
    let whole = state
        .db
        .write(move |tx| {
            editing::close(tx, &editor, id, clock::now())?;
            Whole::load(tx, id)
        })
        .await?;
    whole.answer(HttpResponse::Ok())
}
