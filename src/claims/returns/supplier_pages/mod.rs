//! Returns on the desk: the list, one return with the forms of its steps, and how one is announced of a claim.
//!
//! - [`crediting`]: the form that credits what came back

pub mod crediting;

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use crate::claims::returns;
use crate::claims::returns::api::print;
use crate::claims::returns::crediting::Offer;
use crate::claims::returns::rules::{Action, Inspected, Return, State};
use crate::claims::returns::words::{self, Row};
use crate::claims::returns::{Filter, ReturnRequest};
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepBooks, MayMoveGoods, MayReadDesk, MaySteer};
use crate::identity::idempotency;
use crate::ids::{ClaimId, ReturnId};
use crate::inventory;
use crate::names::sets::Side;
use crate::state::AppState;
use crate::views;
use crate::web::export::{Column, Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;
use crate::web::{Chip, Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/desk/returns";
const VIEWS: [&str; 5] = ["", "announced", "received", "inspected", "closed"];

/// Which returns, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    view: String,
    account: String,
    q: String,
    cursor: Option<String>,
}

impl ListParams {
    fn view(&self) -> &'static str {
        VIEWS.into_iter().find(|view| *view == self.view).unwrap_or_default()
    }

    fn filter(&self) -> Filter {
        Filter {
            account: filled(&self.account),
            state: State::from_name(self.view()),
            text: filled(&self.q),
            ..Filter::default()
        }
    }
}

/// Columns of a return.
pub const RETURN: &[Column<Return>] = &[
    ("number", |returned| Value::text(&returned.number)),
    ("state", |returned| Value::text(returned.state.name())),
    ("claim_number", |returned| {
        Value::maybe(returned.claim.as_ref(), |(_, number)| Value::text(number))
    }),
    ("order_number", |returned| {
        Value::text(returned.order_number.to_string())
    }),
    ("po_number", |returned| Value::text(&returned.po_number)),
    ("shipment_number", |returned| {
        Value::text(returned.shipment_number.to_string())
    }),
    ("announced_on", |returned| Value::Day(returned.announced_on)),
    ("received_at", |returned| {
        Value::maybe(returned.received_at, Value::Moment)
    }),
    ("inspected_at", |returned| {
        Value::maybe(returned.inspected_at, Value::Moment)
    }),
    ("closed_at", |returned| Value::maybe(returned.closed_at, Value::Moment)),
];

const FILE: Export<Return> = Export {
    name: "returns",
    columns: &[
        &[
            ("account", |returned| Value::text(&returned.account.0)),
            ("account_name", |returned| Value::text(&returned.account.1)),
        ],
        RETURN,
    ],
};

fn row(shell: &Shell, returned: &Return) -> Vec<Cell> {
    let claim = match &returned.claim {
        Some((id, number)) => Cell::link(format!("/desk/claims/{id}"), number),
        None => Cell::text(""),
    };
    vec![
        Cell::link(format!("{PATH}/{}", returned.id), &returned.number),
        Cell::text(shell.day(returned.announced_on)),
        Cell::text(&returned.account.1),
        claim,
        Cell::link(
            format!("/desk/shipments/{}", returned.shipment_id),
            returned.shipment_number.to_string(),
        ),
        Cell::chip(words::state_chip(shell, returned.state)),
    ]
}

/// Returns
#[get("/desk/returns")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let (shell, cursor) = (&desk.shell, params.cursor.as_deref());
    let read = |connection: &mut Connection, filter: &Filter, after, limit| {
        returns::list(connection, Scope::All, filter, after, limit)
    };
    let part = Part::read(&state.db, cursor, params.filter(), |returned| returned.id, read).await?;
    let list = List::new(shell, PATH)
        .keep("view", params.view())
        .by_text("q", "return-head", &params.q)
        .by_text("account", "desk-filter-account", &params.account)
        .column("return-head", "id nowrap")
        .column("return-announced", "")
        .column("word-account", "")
        .column("claim-head", "p3")
        .column("word-delivery", "p3")
        .column("word-state", "")
        .rows(part.rows.iter().map(|returned| row(shell, returned)))
        .none("desk-returns-empty")
        .none_found("desk-returns-empty")
        .export()
        .counted("returns-shown", &part)
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    ListPage::new("returns", list)
        .views("desk-returns-view", &VIEWS)
        .action("/desk/claims", "claims")
        .answer()
}

/// The returns of the list as a file
#[get("/desk/returns/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let filter = params.filter();
    let read = move |connection: &mut _| returns::list(connection, Scope::All, &filter, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

#[derive(Template)]
#[template(path = "claims/templates/desk_return.html")]
struct ReturnPage<'a> {
    shell: &'a Shell,
    link: String,
    returned: &'a Return,
    chip: Chip,
    announced: String,
    rows: Vec<Row>,
    is_inspected: bool,
    may_receive: bool,
    may_inspect: bool,
    may_close: bool,
    /// Where what came back is credited, and what that is called.
    credit: Option<(String, String)>,
    /// What is to be done first, or instead.
    credit_hint: Option<String>,
    /// Value and text.
    warehouses: Vec<(String, String)>,
    form: Form,
}

async fn page<R>(state: &AppState, desk: &Desk<R>, id: ReturnId, form: Form) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let returned = returns::get_for_staff(connection, id)?;
        let offer = returns::crediting::offer(connection, &returned)?;
        Ok((returned, inventory::list_warehouses(connection)?, offer))
    };
    let (returned, warehouses, offer) = state.db.read(read).await?;
    let shell = &desk.shell;
    // What comes of a claim is credited by settling it.
    let credit = match &returned.claim {
        Some((claim_id, _)) => (format!("/desk/claims/{claim_id}"), shell.t("desk-return-settle")),
        None => (format!("{PATH}/{id}/credit"), shell.t("desk-return-credit")),
    };
    let keeps_books = desk.may::<MayKeepBooks>();
    let (credit, credit_hint) = match offer {
        Offer::Credit if keeps_books => (Some(credit), None),
        Offer::Other(hint) if keeps_books => (None, Some(shell.say(&hint))),
        _ => (None, None),
    };
    let may = |action| desk.may::<MayMoveGoods>() && returned.state.after(action).is_some();
    let page = ReturnPage {
        shell,
        link: format!("{PATH}/{id}"),
        chip: words::state_chip(shell, returned.state),
        announced: shell.day(returned.announced_on),
        rows: words::rows(shell, &returned, Side::Supplier),
        is_inspected: returned.inspected_at.is_some(),
        may_receive: may(Action::Receive),
        may_inspect: may(Action::Inspect),
        may_close: may(Action::Close),
        credit,
        credit_hint,
        warehouses: warehouses.into_iter().map(|code| (code.clone(), code)).collect(),
        form,
        returned: &returned,
    };
    shell.page_with(page.form.status(), &page)
}

/// One return
#[get("/desk/returns/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<ReturnId>,
) -> Result<HttpResponse> {
    let form = Form::new(&desk.shell);
    page(&state, &desk, id, form).await
}

/// The label of a return
#[get("/desk/returns/{id}/pdf")]
pub async fn print_label(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<ReturnId>,
) -> Result<HttpResponse> {
    let owner = move |connection: &mut Connection| returns::account_of(connection, id);
    let account_id = state.db.read(owner).await?;
    print(&state, account_id, id).await
}

/// Back to the return, or to what it was announced of, saying what was refused.
fn back(shell: &Shell, otherwise: String, done: Result<Return>) -> Result<HttpResponse> {
    match done {
        Ok(returned) => {
            let state = shell.name("return-state", returned.state.name());
            let text = shell.t2("order-told-return", "number", returned.number, "state", state);
            Ok(see_other(format!("{PATH}/{}", returned.id))
                .flash(Tone::Ok, text)
                .into())
        }
        Err(error @ (Error::Invalid(_) | Error::Conflict { .. })) => {
            Ok(see_other(otherwise).flash(Tone::Bad, shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}

/// Announces a return of all that is accepted of a claim
#[post("/desk/claims/{id}/return")]
pub async fn announce(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<ClaimId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (key, sent) = (fields.form_key()?, id.to_string());
    let key = idempotency::Request::new(desk.staff.person_id, "POST /desk/claims/{id}/return", key, &sent)?;
    let request = ReturnRequest {
        claim_id: Some(Some(id)),
        shipment_id: None,
        note: fields.filled("note").map(str::to_owned),
        lines: None,
    };
    let actor = desk.staff.actor();
    let write = move |tx: &mut Connection| {
        let announced = returns::announce(tx, &key, &request, &actor, now());
        announced.map(|(returned, _)| returned)
    };
    let done = state.db.write(write).await;
    back(&desk.shell, format!("/desk/claims/{id}"), done)
}

async fn go_on(state: &AppState, desk: &Desk<MayMoveGoods>, id: ReturnId, action: Action) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let write = move |tx: &mut Connection| returns::go_on(tx, id, action, &actor, now());
    let done = state.db.write(write).await;
    back(&desk.shell, format!("{PATH}/{id}"), done)
}

/// The goods arrived
#[post("/desk/returns/{id}/receive")]
pub async fn receive(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<ReturnId>,
) -> Result<HttpResponse> {
    go_on(&state, &desk, id, Action::Receive).await
}

/// Nothing more is to be done
#[post("/desk/returns/{id}/close")]
pub async fn close(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<ReturnId>,
) -> Result<HttpResponse> {
    go_on(&state, &desk, id, Action::Close).await
}

/// Notes what was found
#[post("/desk/returns/{id}/inspect")]
pub async fn inspect(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    PathId(id): PathId<ReturnId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, actor) = (&desk.shell, desk.staff.actor());
    let read = move |connection: &mut Connection| returns::get_for_staff(connection, id);
    let returned = state.db.read(read).await?;
    let mut form = Form::sent(shell, fields);
    let mut found = Vec::new();
    for (index, line) in returned.lines.iter().enumerate() {
        let mut typed = |field: &str| {
            let text = form.value(&format!("{field}-{}", line.position)).to_owned();
            match text.is_empty() {
                true => None,
                false => form.quantity_at(&format!("lines/{index}/{field}"), &text),
            }
        };
        found.push(Inspected {
            position: line.position,
            to_stock: typed("to_stock"),
            quarantine: typed("quarantine"),
            scrap: typed("scrap"),
        });
    }
    if form.is_refused() {
        return page(&state, &desk, id, form).await;
    }
    let warehouse = form.value("warehouse").to_owned();
    let write = move |tx: &mut Connection| returns::inspect(tx, id, (&warehouse, &found), &actor, now());
    match state.db.write(write).await {
        Ok(returned) => back(shell, String::new(), Ok(returned)),
        Err(error) => {
            let form = form.refused(shell, error)?;
            page(&state, &desk, id, form).await
        }
    }
}
