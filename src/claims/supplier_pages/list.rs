//! Claims of all accounts: those to decide by the day they are to be answered, all else the newest first.

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::NaiveDate;
use serde::Deserialize;

use crate::accounts;
use crate::claims::pages::list::CLAIM;
use crate::claims::rules::listing::{Filter, Sort};
use crate::claims::rules::{Claim, Kind, State};
use crate::claims::{self, words};
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::identity::caller::{Desk, MayReadDesk};
use crate::state::AppState;
use crate::views;
use crate::web::Shell;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::{filled, typed_day};

const PATH: &str = "/desk/claims";
const VIEWS: [&str; 4] = ["undecided", "overdue", "accepted", "all"];

/// Which claims, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    view: String,
    q: String,
    account: String,
    kind: String,
    sku: String,
    cause: String,
    from: String,
    to: String,
    cursor: Option<String>,
}

impl ListParams {
    fn view(&self) -> &'static str {
        let [first, ..] = VIEWS;
        VIEWS.into_iter().find(|view| *view == self.view).unwrap_or(first)
    }

    /// What is sought, and what is wrong with the days that are typed.
    fn filter(&self, shell: &Shell, today: NaiveDate) -> (Filter, Sort, [String; 2]) {
        let (states, sort): (&[State], _) = match self.view() {
            "undecided" | "overdue" => (&[State::Open, State::InReview], Sort::AnswerBy),
            "accepted" => (&[State::Accepted, State::PartlyAccepted], Sort::Newest),
            _ => (&[], Sort::Newest),
        };
        let day = |text: &str| match typed_day(shell, text) {
            Ok(day) => (day, String::new()),
            Err(fault) => (None, fault),
        };
        let ((from, from_fault), (to, to_fault)) = (day(&self.from), day(&self.to));
        let filter = Filter {
            account: filled(&self.account),
            states: states.to_vec(),
            kind: Kind::from_name(&self.kind),
            unanswered_before: (self.view() == "overdue").then_some(today),
            sku: filled(&self.sku),
            cause: filled(&self.cause),
            text: filled(&self.q),
            from,
            to,
            ..Filter::default()
        };
        (filter, sort, [from_fault, to_fault])
    }
}

const FILE: Export<Claim> = Export {
    name: "claims",
    columns: &[
        &[
            ("account", |claim| Value::text(&claim.account.0)),
            ("account_name", |claim| Value::text(&claim.account.1)),
        ],
        CLAIM,
        &[
            ("root_cause", |claim| {
                Value::maybe(claim.analysis.root_cause.as_ref(), Value::text)
            }),
            ("corrective_action", |claim| {
                Value::maybe(claim.analysis.corrective_action.as_ref(), Value::text)
            }),
            ("owner", |claim| {
                Value::maybe(claim.analysis.owner.as_ref(), Value::text)
            }),
            ("due_on", |claim| Value::maybe(claim.analysis.due_on, Value::Day)),
            ("verified_on", |claim| {
                Value::maybe(claim.analysis.verified_on, Value::Day)
            }),
        ],
    ],
};

fn row(shell: &Shell, claim: &Claim, today: NaiveDate) -> Vec<Cell> {
    vec![
        Cell::link(format!("{PATH}/{}", claim.id), &claim.number),
        Cell::text(shell.day(claim.opened_on)),
        Cell::text(&claim.account.1),
        Cell::link(
            format!("/desk/shipments/{}", claim.shipment_id),
            claim.shipment_number.to_string(),
        ),
        Cell::text(shell.name("claim-kind", claim.kind.name())),
        Cell::text(words::clock(shell, claim, today)).late(claim.is_overdue(today)),
        Cell::chip(words::state_chip(shell, claim.state)),
    ]
}

/// Claims
#[get("/desk/claims")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let today = day_in(state.db.read(accounts::supplier_zone).await?, now());
    let (filter, sort, [from_fault, to_fault]) = params.filter(shell, today);
    let read = |connection: &mut Connection, (filter, sort): &(Filter, Sort), after, limit| {
        claims::list(connection, Scope::All, filter, *sort, after, limit)
    };
    let cursor = params.cursor.as_deref();
    let part = Part::read(&state.db, cursor, (filter, sort), Claim::keys, read).await?;
    let list = List::new(shell, PATH)
        .keep("view", params.view())
        .by_text("q", "desk-claims-text", &params.q)
        .by_text("account", "desk-filter-account", &params.account)
        .by_choice(
            "kind",
            "claim-what",
            &params.kind,
            "desk-claims-kind-any",
            words::kinds(shell),
        )
        .by_text("sku", "desk-claims-sku", &params.sku)
        .by_text("cause", "desk-claims-cause", &params.cause)
        .by_day("from", "claim-from", &params.from, &from_fault)
        .by_day("to", "list-to", &params.to, &to_fault)
        .column("claim-head", "id nowrap")
        .column("claim-filed", "")
        .column("word-account", "")
        .column("word-delivery", "p3")
        .column("word-reason", "")
        .column("claim-answer", "")
        .column("word-state", "")
        .rows(part.rows.iter().map(|claim| row(shell, claim, today)))
        .none("desk-claims-empty")
        .none_found("claims-none-found")
        .export()
        .counted("claims-shown", &part)
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    ListPage::new("claims", list)
        .views("desk-claims-view", &VIEWS)
        .action("/desk/returns", "returns")
        .action("/desk/claim-terms", "claim-terms")
        .answer()
}

/// The claims of the list as a file
#[get("/desk/claims/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let today = day_in(state.db.read(accounts::supplier_zone).await?, now());
    let (filter, sort, _) = params.filter(&desk.shell, today);
    let read = move |connection: &mut _| claims::list(connection, Scope::All, &filter, sort, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}
