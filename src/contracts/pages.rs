//! Contracts in the portal: what was agreed, how far commitments are, and the acceptance of what is on offer.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::acting::{self, acceptance_text};
use super::rules::{Contract, State};
use super::words::{self, Told};
use super::{Filter, Whole, documents, pacing, today};
use crate::accounts;
use crate::clock::now;
use crate::contracts;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::{Error, Result};
use crate::http::{Params, PathId};
use crate::identity::caller::{MayManage, MayRead, Visitor};
use crate::ids::ContractId;
use crate::languages::Language;
use crate::state::AppState;
use crate::views;
use crate::web::export::{Column, Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;
use crate::web::{Chip, Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/contracts";

/// Which contracts, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    q: String,
    state: String,
    cursor: Option<String>,
}

impl ListParams {
    fn filter(&self) -> Filter {
        Filter {
            states: State::from_name(&self.state).into_iter().collect(),
            text: filled(&self.q),
            ..Filter::default()
        }
    }
}

/// Columns of a contract.
pub(in crate::contracts) const CONTRACT: &[Column<Contract>] = &[
    ("contract", |one| Value::text(&one.code)),
    ("name", |one| Value::text(&one.name)),
    ("state", |one| Value::text(one.state.name())),
    ("currency", |one| Value::text(one.currency.code())),
    ("valid_from", |one| Value::Day(one.valid_from)),
    ("valid_to", |one| Value::Day(one.last_day())),
    ("notice_days", |one| Value::maybe(one.notice_days, Value::number)),
    ("notice_by", |one| Value::Day(one.notice_by())),
    ("renewal", |one| Value::text(one.renewal.name())),
    ("renewal_months", |one| Value::maybe(one.renewal_months, Value::number)),
    ("payment_terms_days", |one| {
        Value::maybe(one.payment_terms_days, Value::number)
    }),
    ("free_freight_from", |one| {
        Value::maybe(one.free_freight_from, Value::number)
    }),
    ("accepted_at", |one| {
        Value::maybe(one.acceptance.as_ref(), |acceptance| Value::Moment(acceptance.at))
    }),
    ("accepted_by", |one| {
        Value::maybe(one.acceptance.as_ref(), |acceptance| Value::text(&acceptance.name))
    }),
    ("signed_at", |one| {
        Value::maybe(one.signed.as_ref(), |(at, _)| Value::Moment(*at))
    }),
];

const FILE: Export<Contract> = Export {
    name: "contracts",
    columns: &[CONTRACT],
};

/// From when until when, as things stand.
pub(in crate::contracts) fn term(shell: &Shell, contract: &Contract) -> String {
    let (from, to) = (shell.day(contract.valid_from), shell.day(contract.last_day()));
    shell.t2("pace-days", "from", from, "to", to)
}

fn row(shell: &Shell, contract: &Contract) -> Vec<Cell> {
    vec![
        Cell::code(format!("{PATH}/{}", contract.id), &contract.code),
        Cell::text(&contract.name),
        Cell::text(term(shell, contract)),
        Cell::text(shell.day(contract.notice_by())),
        Cell::chip(words::state_chip(shell, contract)),
    ]
}

/// My contracts
#[get("/contracts")]
pub async fn list(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let (shell, scope) = (&visitor.shell, Scope::Account(visitor.customer.account_id));
    let read = move |connection: &mut Connection, filter: &Filter, after: Option<String>, limit| {
        contracts::list(connection, scope, filter, after, limit)
    };
    let cursor = params.cursor.as_deref();
    let code = |one: &Contract| one.code.clone();
    let part = Part::read(&state.db, cursor, params.filter(), code, read).await?;
    let list = List::new(shell, PATH)
        .by_text("q", "contracts-text", &params.q)
        .by_choice(
            "state",
            "word-state",
            &params.state,
            "contracts-any",
            words::states(shell, false),
        )
        .column("contract-code", "id nowrap")
        .column("contract-name", "")
        .column("contract-term", "")
        .column("contract-notice-by", "p3")
        .column("word-state", "")
        .rows(part.rows.iter().map(|one| row(shell, one)))
        .none("contracts-none")
        .none_found("contracts-none-found")
        .export()
        .counted("contracts-shown", &part)
        .saved(views::of(&state.db, visitor.customer.person_id, PATH).await?);
    ListPage::new("nav-contracts", list).among(PATH).answer()
}

/// The contracts of the list as a file
#[get("/contracts/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    request: HttpRequest,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let (filter, scope) = (params.filter(), Scope::Account(visitor.customer.account_id));
    let read = move |connection: &mut Connection| contracts::list(connection, scope, &filter, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &visitor.shell, &request, rows).await
}

#[derive(Template)]
#[template(path = "contracts/templates/contract.html")]
struct ContractPage<'a> {
    shell: &'a Shell,
    link: String,
    contract: &'a Contract,
    chip: Chip,
    facts: Vec<(&'static str, String)>,
    commitments: Vec<Told>,
    version: i64,
    form: Form,
    /// What is accepted; empty where nothing is to be.
    sentence: String,
    may_accept: bool,
}

async fn page<R>(
    state: &AppState,
    visitor: &Visitor<R>,
    (id, manages): (ContractId, bool),
    form: Form,
) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut Connection| {
        let whole = contracts::get(connection, account_id, id)?;
        let day = today(connection, now())?;
        let paced = match whole.contract.is_measured() {
            true => pacing::of_whole(connection, &whole, day)?,
            false => Vec::new(),
        };
        let locale = accounts::get(connection, account_id)?.locale;
        Ok((whole, paced, day, locale))
    };
    let (whole, paced, day, locale) = state.db.read(read).await?;
    let (shell, version) = (&visitor.shell, whole.version()?);
    let Whole { contract, commitments } = &whole;
    let commitments = match paced.is_empty() {
        true => commitments
            .iter()
            .map(|one| words::told(shell, contract, one, None, day))
            .collect(),
        false => words::told_all(shell, contract, &paced, day),
    };
    let is_open = contract.state == State::Offered && contract.acceptance.is_none();
    let page = ContractPage {
        shell,
        link: format!("{PATH}/{id}"),
        chip: words::state_chip(shell, contract),
        facts: words::facts(shell, contract),
        commitments,
        version,
        form,
        sentence: match is_open {
            true => acceptance_text(contract, Language::from_locale(&locale)),
            false => String::new(),
        },
        may_accept: is_open && manages && visitor.customer.acting.is_none(),
        contract,
    };
    shell.page_with(page.form.status(), &page)
}

/// One of my contracts
#[get("/contracts/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<ContractId>,
) -> Result<HttpResponse> {
    let manages = visitor.may::<MayManage>();
    page(&state, &visitor, (id, manages), Form::new(&visitor.shell)).await
}

/// Its paper
#[get("/contracts/{id}/pdf")]
pub async fn print(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<ContractId>,
) -> Result<HttpResponse> {
    let scope = Scope::Account(visitor.customer.account_id);
    let read = move |connection: &mut Connection| documents::contract(connection, scope, id, now());
    Ok(state.print(read).await?.into())
}

/// Accepts it
#[post("/contracts/{id}/accept")]
pub async fn accept(
    state: web::Data<AppState>,
    visitor: Visitor<MayManage>,
    PathId(id): PathId<ContractId>,
    fields: Fields,
) -> Result<HttpResponse> {
    if visitor.customer.acting.is_some() {
        return Err(Error::Forbidden);
    }
    let shell = &visitor.shell;
    let (account_id, actor, seen) = (visitor.customer.account_id, visitor.customer.actor(), fields.seen());
    let name = fields.get("name").to_owned();
    let form = Form::sent(shell, fields);
    let write = move |tx: &mut Connection| acting::accept(tx, (account_id, id), &seen, &name, &actor, now());
    match state.db.write(write).await {
        Ok(_) => {
            let text = shell.t("contract-is-accepted");
            Ok(see_other(format!("{PATH}/{id}")).flash(Tone::Ok, text).into())
        }
        Err(error @ Error::Conflict { .. }) => {
            let again = see_other(format!("{PATH}/{id}"));
            Ok(again.flash(Tone::Bad, shell.error_text(&error)).into())
        }
        Err(error) => page(&state, &visitor, (id, true), form.refused(shell, error)?).await,
    }
}
