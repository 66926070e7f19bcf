//! One contract on the desk: what was agreed, how far its commitments are, and what can be done with it.

use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};
use askama::Template;

use super::list::PATH;
use crate::clock::now;
use crate::contracts::acting::{self, Signature};
use crate::contracts::documents;
use crate::contracts::inputs::NewCommitment;
use crate::contracts::pacing;
use crate::contracts::rules::{Contract, State};
use crate::contracts::words::{self, Told};
use crate::contracts::{self, Whole, today};
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::{Error, Result};
use crate::http::{PathId, PathIds};
use crate::identity::caller::{Desk, MayManageAccounts, MayReadDesk};
use crate::ids::{CommitmentId, ContractId};
use crate::state::AppState;
use crate::web::{Chip, Fields, Form, Shell, Tone, see_other};

#[derive(Template)]
#[template(path = "contracts/templates/desk_contract.html")]
struct ContractPage<'a> {
    shell: &'a Shell,
    link: String,
    contract: &'a Contract,
    chip: Chip,
    facts: Vec<(&'static str, String)>,
    commitments: Vec<Told>,
    price_lists: Vec<String>,
    version: i64,
    form: Form,
    /// Kinds, scopes and periods to choose from.
    choices: [Vec<(String, String)>; 3],
    may_write: bool,
    may_countersign: bool,
    may_terminate: bool,
}

async fn page(state: &AppState, shell: &Shell, may: bool, id: ContractId, form: Form) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let whole = contracts::get_for_staff(connection, id)?;
        let day = today(connection, now())?;
        let paced = match whole.contract.is_measured() {
            true => pacing::of_whole(connection, &whole, day)?,
            false => Vec::new(),
        };
        Ok((whole, paced, day, contracts::list_price_lists(connection, id)?))
    };
    let (whole, paced, day, price_lists) = state.db.read(read).await?;
    let version = whole.version()?;
    let Whole { contract, commitments } = &whole;
    let commitments = match paced.is_empty() {
        true => commitments
            .iter()
            .map(|one| words::told(shell, contract, one, None, day))
            .collect(),
        false => words::told_all(shell, contract, &paced, day),
    };
    let page = ContractPage {
        shell,
        link: format!("{PATH}/{id}"),
        chip: words::state_chip(shell, contract),
        facts: words::facts(shell, contract),
        commitments,
        price_lists,
        version,
        choices: words::commitment_choices(shell),
        may_write: may && contract.state == State::Draft,
        may_countersign: may && contract.state == State::Offered,
        may_terminate: may && matches!(contract.state, State::Offered | State::Signed | State::Active),
        form,
        contract,
    };
    shell.page_with(page.form.status(), &page)
}

/// One contract
#[get("/desk/contracts/{id}")]
pub async fn show(
    state: Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<ContractId>,
) -> Result<HttpResponse> {
    let may = desk.may::<MayManageAccounts>();
    page(&state, &desk.shell, may, id, Form::new(&desk.shell)).await
}

/// Its paper
#[get("/desk/contracts/{id}/pdf")]
pub async fn print(
    state: Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<ContractId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| documents::contract(connection, Scope::All, id, now());
    Ok(state.print(read).await?.into())
}

/// Back to the contract, or the page with what was refused.
async fn done(
    state: &AppState,
    desk: &Desk<MayManageAccounts>,
    (id, key): (ContractId, &str),
    form: Form,
    written: Result<Whole>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    match written {
        Ok(_) => Ok(see_other(format!("{PATH}/{id}")).flash(Tone::Ok, shell.t(key)).into()),
        Err(error @ Error::Conflict { .. }) => {
            let again = see_other(format!("{PATH}/{id}"));
            Ok(again.flash(Tone::Bad, shell.error_text(&error)).into())
        }
        Err(error) => page(state, shell, true, id, form.refused(shell, error)?).await,
    }
}

/// Adds what the account commits itself to
#[post("/desk/contracts/{id}/commitments")]
pub async fn commit(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<ContractId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, seen) = (desk.staff.actor(), fields.seen());
    let mut form = Form::sent(&desk.shell, fields);
    let Some(new) = form.input::<NewCommitment>(&["committed", "shortfall_rate"]) else {
        return page(&state, &desk.shell, true, id, form).await;
    };
    let write = move |tx: &mut Connection| contracts::add_commitment(tx, id, &seen, &new, &actor, now());
    let written = state.db.write(write).await;
    done(&state, &desk, (id, "commitment-added"), form, written).await
}

/// Takes a commitment out of a draft
#[post("/desk/contracts/{id}/commitments/{commitment}/remove")]
pub async fn uncommit(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathIds(id, commitment): PathIds<ContractId, CommitmentId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, seen) = (desk.staff.actor(), fields.seen());
    let write = move |tx: &mut Connection| contracts::remove_commitment(tx, (id, commitment), &seen, &actor, now());
    let written = state.db.write(write).await;
    done(
        &state,
        &desk,
        (id, "commitment-removed"),
        Form::new(&desk.shell),
        written,
    )
    .await
}

/// Offers it
#[post("/desk/contracts/{id}/offer")]
pub async fn offer(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<ContractId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, seen) = (desk.staff.actor(), fields.seen());
    let write = move |tx: &mut Connection| acting::offer(tx, id, &seen, &actor, now());
    let written = state.db.write(write).await;
    done(
        &state,
        &desk,
        (id, "contract-is-offered"),
        Form::new(&desk.shell),
        written,
    )
    .await
}

/// Countersigns it
#[post("/desk/contracts/{id}/countersign")]
pub async fn countersign(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<ContractId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, seen) = (desk.staff.actor(), fields.seen());
    let mut form = Form::sent(&desk.shell, fields);
    let accepted_on = form.optional_day("accepted_on");
    let Some(accepted_on) = accepted_on else {
        return page(&state, &desk.shell, true, id, form).await;
    };
    let signature = Signature {
        name: form.filled("name").unwrap_or_default(),
        accepted_by: form.filled("accepted_by"),
        accepted_on,
    };
    let write = move |tx: &mut Connection| acting::countersign(tx, id, &seen, &signature, &actor, now());
    let written = state.db.write(write).await;
    done(&state, &desk, (id, "contract-is-countersigned"), form, written).await
}

/// Ends it before its time
#[post("/desk/contracts/{id}/terminate")]
pub async fn terminate(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<ContractId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, seen) = (desk.staff.actor(), fields.seen());
    let mut form = Form::sent(&desk.shell, fields);
    let Some(last_day) = form.optional_day("last_day") else {
        return page(&state, &desk.shell, true, id, form).await;
    };
    let reason = form.filled("reason").unwrap_or_default();
    let write = move |tx: &mut Connection| acting::terminate(tx, id, &seen, (last_day, &reason), &actor, now());
    let written = state.db.write(write).await;
    done(&state, &desk, (id, "contract-is-terminated"), form, written).await
}
