//! Contracts of all accounts, by code.

use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse, get};
use serde::Deserialize;

use crate::contracts::pages::{CONTRACT, term};
use crate::contracts::rules::{Contract, State};
use crate::contracts::{self, Filter, words};
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::identity::caller::{Desk, MayManageAccounts, MayReadDesk};
use crate::state::AppState;
use crate::views;
use crate::web::Shell;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;

pub const PATH: &str = "/desk/contracts";

/// Which contracts, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    q: String,
    account: String,
    state: String,
    cursor: Option<String>,
}

impl ListParams {
    fn filter(&self) -> Filter {
        Filter {
            account: filled(&self.account),
            states: State::from_name(&self.state).into_iter().collect(),
            text: filled(&self.q),
            ends_by: None,
        }
    }
}

const FILE: Export<Contract> = Export {
    name: "contracts",
    columns: &[
        &[
            ("account", |one| Value::text(&one.account.0)),
            ("account_name", |one| Value::text(&one.account.1)),
        ],
        CONTRACT,
    ],
};

fn row(shell: &Shell, contract: &Contract) -> Vec<Cell> {
    vec![
        Cell::code(format!("{PATH}/{}", contract.id), &contract.code),
        Cell::text(&contract.name),
        Cell::text(&contract.account.1),
        Cell::text(term(shell, contract)),
        Cell::text(shell.day(contract.notice_by())),
        Cell::chip(words::state_chip(shell, contract)),
    ]
}

/// Contracts
#[get("/desk/contracts")]
pub async fn list(
    state: Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let read = |connection: &mut Connection, filter: &Filter, after: Option<String>, limit| {
        contracts::list(connection, Scope::All, filter, after, limit)
    };
    let cursor = params.cursor.as_deref();
    let code = |one: &Contract| one.code.clone();
    let part = Part::read(&state.db, cursor, params.filter(), code, read).await?;
    let may = desk.may::<MayManageAccounts>();
    let mut list = List::new(shell, PATH)
        .by_text("q", "contracts-text", &params.q)
        .by_text("account", "desk-filter-account", &params.account)
        .by_choice(
            "state",
            "word-state",
            &params.state,
            "contracts-any",
            words::states(shell, true),
        )
        .column("contract-code", "id nowrap")
        .column("contract-name", "")
        .column("word-account", "")
        .column("contract-term", "")
        .column("contract-notice-by", "p3")
        .column("word-state", "")
        .rows(part.rows.iter().map(|one| row(shell, one)))
        .none("desk-contracts-none")
        .none_found("contracts-none-found")
        .export()
        .counted("contracts-shown", &part)
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    if may {
        list = list.none_step("/desk/contracts/new", "contract-new");
    }
    ListPage::new("nav-contracts", list)
        .primary_if(may, "/desk/contracts/new", "contract-new")
        .answer()
}

/// The contracts of the list as a file
#[get("/desk/contracts/export.{format}")]
pub async fn export(
    state: Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let filter = params.filter();
    let read = move |connection: &mut Connection| contracts::list(connection, Scope::All, &filter, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}
