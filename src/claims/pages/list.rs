//! The account's claims, the newest first.

use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::NaiveDate;
use serde::Deserialize;

use crate::accounts;
use crate::claims::rules::listing::{Filter, Sort};
use crate::claims::rules::{Claim, State};
use crate::claims::{self, words};
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::Params;
use crate::identity::caller::{MayRead, Visitor};
use crate::state::AppState;
use crate::views;
use crate::web::Shell;
use crate::web::export::{Column, Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;

const PATH: &str = "/claims";

/// Which claims, and from where.
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

/// Columns of a claim.
pub(in crate::claims) const CLAIM: &[Column<Claim>] = &[
    ("number", |claim| Value::text(&claim.number)),
    ("state", |claim| Value::text(claim.state.name())),
    ("kind", |claim| Value::text(claim.kind.name())),
    ("wish", |claim| Value::text(claim.wish.name())),
    ("order_number", |claim| Value::text(claim.order_number.to_string())),
    ("po_number", |claim| Value::text(&claim.po_number)),
    ("shipment_number", |claim| {
        Value::text(claim.shipment_number.to_string())
    }),
    ("invoice_number", |claim| {
        Value::maybe(claim.invoice.as_ref(), |(_, number)| Value::text(number))
    }),
    ("opened_at", |claim| Value::Moment(claim.opened_at)),
    ("answer_by", |claim| Value::Day(claim.answer_by)),
    ("answered_at", |claim| Value::maybe(claim.answered_at, Value::Moment)),
    ("decided_at", |claim| Value::maybe(claim.decided_at, Value::Moment)),
    ("settled_at", |claim| Value::maybe(claim.settled_at, Value::Moment)),
    ("outcome", |claim| {
        Value::maybe(claim.outcome, |outcome| Value::text(outcome.name()))
    }),
    ("credit_note_number", |claim| {
        Value::maybe(claim.credit_note.as_ref(), |(_, number)| Value::text(number))
    }),
    ("replacement_order_number", |claim| {
        Value::maybe(claim.replacement, |(_, number)| Value::text(number.to_string()))
    }),
    ("text", |claim| Value::text(&claim.text)),
];

const FILE: Export<Claim> = Export {
    name: "claims",
    columns: &[CLAIM],
};

fn row(shell: &Shell, claim: &Claim, today: NaiveDate) -> Vec<Cell> {
    vec![
        Cell::link(format!("{PATH}/{}", claim.id), &claim.number),
        Cell::text(shell.day(claim.opened_on)),
        Cell::mono(&claim.po_number),
        Cell::link(
            format!("/shipments/{}", claim.shipment_id),
            claim.shipment_number.to_string(),
        ),
        Cell::text(shell.name("claim-kind", claim.kind.name())),
        Cell::text(words::clock(shell, claim, today)).late(claim.is_overdue(today)),
        Cell::chip(words::state_chip(shell, claim.state)),
    ]
}

/// My claims
#[get("/claims")]
pub async fn list(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let (shell, scope) = (&visitor.shell, Scope::Account(visitor.customer.account_id));
    let read = move |connection: &mut Connection, filter: &Filter, after, limit| {
        claims::list(connection, scope, filter, Sort::Newest, after, limit)
    };
    let cursor = params.cursor.as_deref();
    let part = Part::read(&state.db, cursor, params.filter(), Claim::keys, read).await?;
    let today = day_in(state.db.read(accounts::supplier_zone).await?, now());
    let list = List::new(shell, PATH)
        .by_text("q", "claims-text", &params.q)
        .by_choice("state", "word-state", &params.state, "claims-any", words::states(shell))
        .column("claim-head", "id nowrap")
        .column("claim-filed", "")
        .column("word-po-number", "p3")
        .column("word-delivery", "p3")
        .column("word-reason", "")
        .column("claim-answer", "")
        .column("word-state", "")
        .rows(part.rows.iter().map(|claim| row(shell, claim, today)))
        .none("claims-none")
        .none_step("/shipments?view=all", "claims-to-shipments")
        .none_found("claims-none-found")
        .export()
        .counted("claims-shown", &part)
        .saved(views::of(&state.db, visitor.customer.person_id, PATH).await?);
    ListPage::new("claims", list)
        .below("/shipments", "shipments")
        .action("/returns", "returns")
        .answer()
}

/// The claims of the list as a file
#[get("/claims/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    request: HttpRequest,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let (filter, scope) = (params.filter(), Scope::Account(visitor.customer.account_id));
    let read = move |connection: &mut _| claims::list(connection, scope, &filter, Sort::Newest, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &visitor.shell, &request, rows).await
}
