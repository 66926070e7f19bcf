//! What an account owes, and since when, for staff.

use actix_web::{HttpRequest, HttpResponse, get, web};

use crate::accounts;
use crate::clock::now;
use crate::error::Result;
use crate::http::{Params, PathId};
use crate::identity::caller::{Desk, MayReadDesk};
use crate::ids::AccountId;
use crate::invoices::statement::documents;
use crate::invoices::statement::pages::{ListParams, Place, answer, file};
use crate::state::AppState;
use crate::web::components::address;

async fn place(state: &AppState, desk: &Desk<MayReadDesk>, id: AccountId) -> Result<Place> {
    let account = state.db.read(move |connection| accounts::get(connection, id)).await?;
    let shell = &desk.shell;
    Ok(Place {
        path: format!("/desk/accounts/{id}/statement"),
        above: vec![
            ("/desk".to_owned(), shell.t("nav-today")),
            ("/desk/accounts".to_owned(), shell.t("nav-accounts")),
            (format!("/desk/accounts/{id}"), account.name.clone()),
        ],
        invoices: "/desk/invoices",
        credit_notes: "/desk/credit-notes",
        reminders: "/desk/reminders/sent",
        list: address("/desk/invoices", [("account", account.code.as_str())]),
        of: Some(account.name),
    })
}

/// The statement of an account
#[get("/desk/accounts/{id}/statement")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<AccountId>,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let place = place(&state, &desk, id).await?;
    answer(&state, &desk.shell, &place, id, params).await
}

/// The statement on paper
#[get("/desk/accounts/{id}/statement/pdf")]
pub async fn print(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<AccountId>,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let (period, _) = params.period(&desk.shell);
    let read = move |connection: &mut _| documents::statement(connection, id, period, now());
    Ok(state.print(read).await?.into())
}

/// A letter that asks the account to confirm its balance
#[get("/desk/accounts/{id}/statement/confirmation")]
pub async fn print_confirmation(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<AccountId>,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let (period, _) = params.period(&desk.shell);
    let read = move |connection: &mut _| documents::confirmation(connection, id, period, now());
    Ok(state.print(read).await?.into())
}

/// Its entries as a file
#[get("/desk/accounts/{id}/statement/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<AccountId>,
    request: HttpRequest,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    file(&state, &desk.shell, id, &request, &params).await
}
