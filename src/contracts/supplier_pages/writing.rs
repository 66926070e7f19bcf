//! The form of a contract: a new one, and a draft that is changed.

use actix_web::web::{Data, Query};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::Deserialize;

use super::list::PATH;
use crate::catalogue::assortments;
use crate::clock::now;
use crate::contracts::inputs::{ContractInput, NewContract};
use crate::contracts::rules::{Renewal, State};
use crate::contracts::{self, Whole, words};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayManageAccounts};
use crate::ids::ContractId;
use crate::state::AppState;
use crate::web::{Fields, Form, Shell, Tone, see_other};

#[derive(Template)]
#[template(path = "contracts/templates/form.html")]
struct FormPage<'a> {
    shell: &'a Shell,
    /// Address and code of the draft; none for a new one.
    draft: Option<(String, String)>,
    version: i64,
    form: Form,
    accounts: Vec<(String, String)>,
    renewals: Vec<(String, String)>,
}

/// Code and name of the accounts to choose from.
fn accounts(connection: &mut Connection) -> Result<Vec<(String, String)>> {
    let choice = |account: assortments::Extent| {
        let text = format!("{} · {}", account.code, account.name);
        (account.code, text)
    };
    Ok(assortments::extents(connection)?.into_iter().map(choice).collect())
}

fn answer(shell: &Shell, draft: Option<&Whole>, form: Form, accounts: Vec<(String, String)>) -> Result<HttpResponse> {
    let version = draft.map(Whole::version).transpose()?.unwrap_or_default();
    let page = FormPage {
        shell,
        draft: draft.map(|whole| (format!("{PATH}/{}", whole.contract.id), whole.contract.code.clone())),
        version,
        form,
        accounts,
        renewals: words::choices(shell, "contract-renewal", Renewal::NAMES),
    };
    shell.page_with(page.form.status(), &page)
}

/// What a new contract is about, where a page says so.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewParams {
    account: String,
}

/// The form of a new contract
#[get("/desk/contracts/new")]
pub async fn show_new(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    Query(asked): Query<NewParams>,
) -> Result<HttpResponse> {
    let accounts = state.db.read(accounts).await?;
    let given = [
        ("account", asked.account.as_str()),
        ("currency", "EUR"),
        ("renewal", Renewal::None.name()),
    ];
    answer(&desk.shell, None, Form::of(&desk.shell, given), accounts)
}

/// Writes a contract
#[post("/desk/contracts/new")]
pub async fn create(state: Data<AppState>, desk: Desk<MayManageAccounts>, fields: Fields) -> Result<HttpResponse> {
    let mut form = Form::sent(&desk.shell, fields);
    if let Some(mut given) = form.input::<NewContract>(&["free_freight_from"]) {
        given.tidy();
        let actor = desk.staff.actor();
        let add = move |tx: &mut Connection| contracts::add(tx, &given, &actor, now());
        match state.db.write(add).await {
            Ok(whole) => {
                let text = desk.shell.t1("contract-added", "code", whole.contract.code.as_str());
                let to = format!("{PATH}/{}", whole.contract.id);
                return Ok(see_other(to).flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(&desk.shell, error)?,
        }
    }
    answer(&desk.shell, None, form, state.db.read(accounts).await?)
}

/// The form of a draft
#[get("/desk/contracts/{id}/edit")]
pub async fn show_edit(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<ContractId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| contracts::get_for_staff(connection, id);
    let whole = state.db.read(read).await?;
    if whole.contract.state != State::Draft {
        return Ok(see_other(format!("{PATH}/{id}")).into());
    }
    let form = Form::stored(&desk.shell, &NewContract::from(&whole.contract));
    answer(&desk.shell, Some(&whole), form, Vec::new())
}

/// Changes a draft
#[post("/desk/contracts/{id}/edit")]
pub async fn change(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<ContractId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let seen = fields.seen();
    let mut form = Form::sent(&desk.shell, fields);
    if let Some(given) = form.input::<ContractInput>(&["free_freight_from"]) {
        let actor = desk.staff.actor();
        let write = move |tx: &mut Connection| contracts::change(tx, id, &seen, &given, &actor, now());
        match state.db.write(write).await {
            Ok(_) => {
                let text = desk.shell.t("contract-changed");
                return Ok(see_other(format!("{PATH}/{id}")).flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(&desk.shell, error)?,
        }
    }
    let read = move |connection: &mut Connection| contracts::get_for_staff(connection, id);
    let whole = state.db.read(read).await?;
    answer(&desk.shell, Some(&whole), form, Vec::new())
}

/// Removes a draft
#[post("/desk/contracts/{id}/remove")]
pub async fn remove(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<ContractId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, seen) = (desk.staff.actor(), fields.seen());
    let remove = move |tx: &mut Connection| contracts::remove(tx, id, &seen, &actor, now());
    match state.db.write(remove).await {
        Ok(()) => Ok(see_other(PATH).flash(Tone::Ok, desk.shell.t("contract-removed")).into()),
        Err(error @ Error::Conflict { .. }) => {
            let again = see_other(format!("{PATH}/{id}"));
            Ok(again.flash(Tone::Bad, desk.shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}
