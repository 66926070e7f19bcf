//! Goods that arrive: the form, and whom they served and why.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use crate::accounts;
use crate::accounts::words::tier_chip;
use crate::clock::{Days, day_in, now};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayMoveGoods, MayReadDesk};
use crate::identity::idempotency;
use crate::ids::ReceiptId;
use crate::inventory;
use crate::orders;
use crate::orders::allocation::rules::reason_for_staff;
use crate::orders::receipts::{self, ReceiptRequest, RequestedReceiptLine};
use crate::quantity::Quantity;
use crate::state::AppState;
use crate::views;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::typed_days;
use crate::web::{Chip, Fields, Form, Shell, Tone, see_other};

/// Lines of an empty form, and how many each press of the button adds.
const ROWS: usize = 8;
const ROWS_MAX: usize = 400;

const PATH: &str = "/desk/receipts";

/// Which receipts, and from where the list goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    from: String,
    to: String,
    cursor: Option<String>,
}

const FILE: Export<inventory::Booked> = Export {
    name: "receipts",
    columns: &[&[
        ("id", |booked| Value::text(booked.id.to_string())),
        ("warehouse", |booked| Value::text(&booked.warehouse)),
        ("received_at", |booked| Value::Moment(booked.received_at)),
        ("line_count", |booked| Value::number(booked.lines)),
    ]],
};

/// Receipts, the newest first
#[get("/desk/receipts")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    web::Query(params): web::Query<ListParams>,
) -> Result<HttpResponse> {
    let (shell, cursor) = (&desk.shell, params.cursor.as_deref());
    let (days, [from_fault, to_fault]) = typed_days(shell, &params.from, &params.to);
    let read = |connection: &mut Connection, (_, days): &(&str, Days), after, limit| {
        let booked = accounts::period(connection, *days)?;
        inventory::list_receipts(connection, booked, after, limit)
    };
    let id = |booked: &inventory::Booked| booked.id;
    let part = Part::read(&state.db, cursor, (PATH, days), id, read).await?;
    let row = |booked: &inventory::Booked| {
        vec![
            Cell::link(format!("{PATH}/{}", booked.id), shell.moment(booked.received_at)),
            Cell::text(&booked.warehouse),
            Cell::text(shell.language.decimal(booked.lines)),
        ]
    };
    let list = List::new(shell, PATH)
        .by_day("from", "desk-receipts-from", &params.from, &from_fault)
        .by_day("to", "list-to", &params.to, &to_fault)
        .column("desk-receipt", "id")
        .column("desk-warehouse", "")
        .column("word-lines", "num")
        .rows(part.rows.iter().map(row))
        .none("desk-receipts-empty")
        .export()
        .counted("desk-receipts-shown", &part)
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    ListPage::new("desk-receipts", list)
        .below("/desk/stock", "word-stock")
        .primary_if(desk.may::<MayMoveGoods>(), "/desk/receipts/new", "word-book-receipt")
        .answer()
}

/// The receipts of the list as a file
#[get("/desk/receipts/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    web::Query(params): web::Query<ListParams>,
) -> Result<HttpResponse> {
    let (days, _) = typed_days(&desk.shell, &params.from, &params.to);
    let read = move |connection: &mut Connection| {
        let booked = accounts::period(connection, days)?;
        inventory::list_receipts(connection, booked, None, READ_MAX)
    };
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

/// What the form begins with.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageParams {
    sku: String,
    quantity: String,
    reference: String,
    warehouse: String,
}

/// A line as it was typed.
#[derive(Default)]
struct Typed {
    index: usize,
    sku: String,
    quantity: String,
    reference: String,
}

impl Typed {
    fn place(&self, field: &str) -> String {
        format!("lines/{}/{field}", self.index)
    }
}

#[derive(Template)]
#[template(path = "orders/templates/desk_receipt_new.html")]
struct NewPage<'a> {
    shell: &'a Shell,
    form: Form,
    warehouses: Vec<(String, String)>,
    rows: Vec<Typed>,
}

/// The lines of the form that are not empty.
fn typed(form: &Form) -> Vec<Typed> {
    let pairs = form.fields().all("sku").zip(form.fields().all("quantity"));
    // A form from before has no references.
    let references = form.fields().all("reference").chain(std::iter::repeat(""));
    let rows = pairs.zip(references);
    let filled = rows.filter(|((sku, quantity), _)| !sku.is_empty() || !quantity.is_empty());
    let line = |(index, ((sku, quantity), reference)): (usize, ((&str, &str), &str))| Typed {
        index,
        sku: sku.to_owned(),
        quantity: quantity.to_owned(),
        reference: reference.trim().to_owned(),
    };
    filled.enumerate().map(line).collect()
}

/// The form with its lines and empty ones up to `wanted`.
async fn page(state: &AppState, shell: &Shell, form: Form, wanted: usize) -> Result<HttpResponse> {
    let codes = state.db.read(inventory::list_warehouses).await?;
    let mut rows = typed(&form);
    let empty = (rows.len()..wanted).map(|index| Typed {
        index,
        ..Typed::default()
    });
    rows.extend(empty);
    shell.page_with(
        form.status(),
        &NewPage {
            shell,
            form,
            warehouses: codes.into_iter().map(|code| (code.clone(), code)).collect(),
            rows,
        },
    )
}

/// A form for goods that arrived
#[get("/desk/receipts/new")]
pub async fn show_new(
    state: web::Data<AppState>,
    desk: Desk<MayMoveGoods>,
    query: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let asked = query.into_inner();
    let form = Form::of(
        &desk.shell,
        [
            ("sku", asked.sku),
            ("quantity", asked.quantity),
            ("reference", asked.reference),
            ("warehouse", asked.warehouse),
        ],
    );
    page(&state, &desk.shell, form, ROWS).await
}

/// Books goods that arrived
#[post("/desk/receipts")]
pub async fn book(state: web::Data<AppState>, desk: Desk<MayMoveGoods>, fields: Fields) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    let rows = typed(&form);
    if form.is("do", "more") {
        return page(&state, shell, form, (rows.len() + ROWS).min(ROWS_MAX)).await;
    }
    let mut lines = Vec::new();
    for row in rows {
        let place = row.place("quantity");
        if row.quantity.is_empty() {
            form.note(place.as_str(), shell.t("desk-receive-how-much"));
        }
        let quantity = form.quantity_at(&place, &row.quantity);
        lines.extend(quantity.map(|quantity| RequestedReceiptLine {
            sku: row.sku,
            quantity,
            reference: Some(row.reference).filter(|text| !text.is_empty()),
        }));
    }
    if form.is_refused() {
        return page(&state, shell, form, ROWS).await;
    }
    let key = form.fields().form_key()?;
    let key = idempotency::Request::new(desk.staff.person_id, "POST /desk/receipts", key, &form.content())?;
    let (actor, count) = (desk.staff.actor(), lines.len());
    let request = ReceiptRequest {
        warehouse: form.value("warehouse").to_owned(),
        lines,
    };
    let write = move |tx: &mut _| receipts::receive(tx, &key, &request, &actor, now());
    match state.db.write(write).await {
        Ok(received) => {
            let text = shell.t1("desk-received", "lines", count);
            Ok(see_other(format!("{PATH}/{}", received.id))
                .flash(Tone::Ok, text)
                .into())
        }
        Err(error) => page(&state, shell, form.refused(shell, error)?, ROWS).await,
    }
}

struct Arrived {
    sku: String,
    link: String,
    name: String,
    quantity: String,
}

struct Served {
    sku: String,
    order_link: String,
    order_number: String,
    account: String,
    tier: Option<Chip>,
    got: String,
    why: String,
}

#[derive(Template)]
#[template(path = "orders/templates/desk_receipt.html")]
struct ReceiptPage<'a> {
    shell: &'a Shell,
    warehouse: String,
    moment: String,
    lines: Vec<Arrived>,
    served: Vec<Served>,
}

/// What a receipt brought, whom it served and why
#[get("/desk/receipts/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<ReceiptId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut _| {
        let (warehouse, at, _) = inventory::find_receipt(connection, id)?.ok_or(Error::NotFound)?;
        let lines = inventory::list_receipt_lines(connection, id)?;
        let decisions = orders::list_decisions_of_cause(connection, id.0)?;
        let served = decisions.iter().flat_map(|one| one.decision.served());
        let mut ids: Vec<_> = served.map(|(line, _)| line.rank.order_id).collect();
        ids.sort_unstable();
        ids.dedup();
        let heads = orders::heads(connection, &ids)?;
        let zone = accounts::supplier_zone(connection)?;
        Ok((warehouse, at, lines, decisions, heads, zone))
    };
    let (warehouse, at, lines, decisions, heads, zone) = state.db.read(read).await?;
    let shell = &desk.shell;
    let units: HashMap<_, _> = lines
        .iter()
        .map(|line| (line.product_id, line.base_unit.clone()))
        .collect();
    let mut served = Vec::new();
    for one in &decisions {
        let unit = units.get(&one.decision.product_id).cloned().unwrap_or_default();
        for (line, share) in one.decision.served() {
            let head = heads.get(&line.rank.order_id);
            let key = &line.rank;
            let since = day_in(zone, key.queued_at);
            let why = reason_for_staff(one.decision.place_of(share), key, since, shell.today());
            let amount = |steps| Quantity::new(steps, one.decimals);
            served.push(Served {
                sku: one.sku.clone(),
                order_link: format!("/desk/orders/{}", key.order_id),
                order_number: head.map(|head| head.order.number.to_string()).unwrap_or_default(),
                account: head.map(|head| head.account.name.clone()).unwrap_or_default(),
                tier: head.map(|_| tier_chip(shell, key.tier)),
                got: shell.t2(
                    "desk-got-of",
                    "got",
                    shell.language.quantity(amount(share.quantity)),
                    "wanted",
                    shell.quantity(amount(share.wanted), &unit),
                ),
                why: shell.say(&why),
            });
        }
    }
    let arrived = lines.iter().map(|line| Arrived {
        sku: line.sku.clone(),
        link: format!("/desk/stock/{}", line.product_id),
        name: line.name.clone(),
        quantity: shell.quantity(line.quantity, &line.base_unit),
    });
    let page = ReceiptPage {
        shell,
        warehouse,
        moment: shell.moment(at),
        lines: arrived.collect(),
        served,
    };
    shell.page(&page)
}
