//! Money that came in: the list, one payment with what it settled, settling more with its rest, taking it back.

pub mod booking;

use actix_web::{HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use self::booking::choices;
use crate::clock::now;
use crate::error::{Error, Result};
use crate::http::{Page, PathId};
use crate::identity::caller::{Desk, MayKeepBooks, MayReadDesk};
use crate::ids::PaymentId;
use crate::invoices::payments::{self, Filter, Payment};
use crate::ledger::open_items;
use crate::money::Money;
use crate::state::AppState;
use crate::views;
use crate::web::components::address;
use crate::web::list::{Cell, List, ListPage};
use crate::web::lists::Tab;
use crate::web::{Banner, Chip, Fields, Form, Shape, Shell, Tone, see_other};

const PATH: &str = "/desk/payments";

/// Which payments, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Query {
    view: String,
    account: String,
    q: String,
    cursor: String,
}

fn state_chip(shell: &Shell, payment: &Payment, rest: Money) -> Chip {
    let (tone, shape, key) = match (payment.reversed_at, rest.minor) {
        (Some(_), _) => (Tone::Neutral, Shape::Dot, "reversed"),
        (None, 0) => (Tone::Ok, Shape::Dot, "matched"),
        (None, left) if left == payment.amount.minor => (Tone::Warn, Shape::Ring, "unmatched"),
        _ => (Tone::Warn, Shape::Half, "part-matched"),
    };
    Chip::new(tone, shape, shell.name("desk-payment-state", key))
}

/// Payments
#[get("/desk/payments")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let query = query.into_inner();
    let shell = &desk.shell;
    let view = if query.view == "unmatched" { "unmatched" } else { "" };
    let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let filter = Filter {
        account: filled(&query.account),
        unmatched: view == "unmatched",
        text: filled(&query.q),
        ..Filter::default()
    };
    let cursor = filled(&query.cursor);
    let page = Page::shown(cursor.clone());
    let (after, fetch): (Option<PaymentId>, _) = (page.after(&filter)?, page.fetch());
    let asked = filter.clone();
    let read = move |connection: &mut _| payments::list(connection, &asked, after, fetch);
    let found = state.db.read(read).await?;
    let (found, next) = page.cut(&filter, found, |(payment, _)| payment.id)?;
    let row = |(payment, rest): &(Payment, Money)| {
        vec![
            Cell::link(format!("{PATH}/{}", payment.id), shell.day(payment.received_on)),
            Cell::text(&payment.account),
            Cell::text(payment.reference.clone().unwrap_or_default()),
            Cell::text(shell.money(payment.amount)),
            Cell::text(shell.money(*rest)),
            Cell::chip(state_chip(shell, payment, *rest)),
        ]
    };
    let tab = |name: &'static str| {
        let key = if name.is_empty() { "all" } else { name };
        let query = [("view", name), ("account", query.account.trim()), ("q", query.q.trim())];
        Tab {
            path: address(PATH, query),
            text: shell.name("desk-payments-view", key),
            count: String::new(),
            is_current: name == view,
        }
    };
    let shown = shell.t1("desk-payments-shown", "count", found.len());
    let list = List::new(shell, PATH)
        .keep("view", view)
        .by_text("q", "desk-filter-payments", &query.q)
        .by_text("account", "desk-filter-account", &query.account)
        .column("desk-pay-received", "id nowrap")
        .column("desk-account", "")
        .column("desk-pay-reference", "")
        .column("desk-pay-amount-head", "num")
        .column("desk-pay-rest", "num")
        .column("desk-state", "")
        .rows(found.iter().map(row))
        .none("desk-payments-empty")
        .pages(shown, cursor.as_deref(), next.as_deref())
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    let page = ListPage::new("desk-payments", list).tabs(["", "unmatched"].map(tab));
    match desk.may::<MayKeepBooks>() {
        true => page.primary("/desk/payments/new", "desk-pay-new").answer(),
        false => page.answer(),
    }
}

#[derive(Template)]
#[template(path = "invoices/templates/desk_payment.html")]
struct PaymentPage<'a> {
    shell: &'a Shell,
    link: String,
    title: String,
    state: Chip,
    banners: Vec<Banner>,
    account: String,
    account_link: String,
    received: String,
    recorded: String,
    reference: String,
    amount: String,
    rest: String,
    /// Link, number and amount.
    applied: Vec<(String, String, String)>,
    may_apply: bool,
    invoices: Vec<(String, String)>,
    may_reverse: bool,
}

/// One payment
#[get("/desk/payments/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<PaymentId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut _| {
        let booked = payments::get(connection, id)?;
        let open = open_items::list_open(connection, booked.payment.account_id)?;
        Ok((booked, open))
    };
    let (booked, open) = state.db.read(read).await?;
    let (shell, payment) = (&desk.shell, &booked.payment);
    let mut banners = Vec::new();
    if let Some(at) = payment.reversed_at {
        let text = shell.t1("desk-pay-reversed-at", "moment", shell.moment(at));
        banners.push(Banner::new(Tone::Neutral, text).with_details(payment.reversal_reason.clone()));
    }
    let applied = booked.applied.iter().map(|(invoice, number, amount)| {
        (
            format!("/desk/invoices/{invoice}"),
            number.clone(),
            shell.money(*amount),
        )
    });
    let keeps_books = desk.may::<MayKeepBooks>();
    let page = PaymentPage {
        shell,
        link: format!("{PATH}/{id}"),
        title: shell.t2(
            "desk-pay-of",
            "amount",
            shell.money(payment.amount),
            "account",
            payment.account.as_str(),
        ),
        state: state_chip(shell, payment, booked.on_account),
        banners,
        account: payment.account.clone(),
        account_link: format!("/desk/accounts/{}", payment.account_id),
        received: shell.day(payment.received_on),
        recorded: shell.moment(payment.recorded_at),
        reference: payment.reference.clone().unwrap_or_default(),
        amount: shell.money(payment.amount),
        rest: shell.money(booked.on_account),
        applied: applied.collect(),
        may_apply: keeps_books && booked.on_account.minor > 0 && !open.is_empty(),
        invoices: choices(shell, &open, payment.amount.currency),
        may_reverse: keeps_books && payment.reversed_at.is_none(),
    };
    shell.page(&page)
}

/// Settles invoices with the rest of a payment
#[post("/desk/payments/{id}/apply")]
pub async fn apply(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<PaymentId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, shell) = (desk.staff.actor(), &desk.shell);
    let invoice_id = fields.filled("invoice").map(|id| id.parse().ok());
    let applied = state
        .db
        .write(move |tx| payments::apply(tx, id, invoice_id, &actor, now()))
        .await;
    let to = see_other(format!("{PATH}/{id}"));
    match applied {
        Ok(booked) => {
            let text = shell.t1("desk-pay-applied", "rest", shell.money(booked.on_account));
            Ok(to.flash(Tone::Ok, text).into())
        }
        Err(error @ (Error::Conflict { .. } | Error::Invalid(_))) => {
            Ok(to.flash(Tone::Bad, shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}

#[derive(Template)]
#[template(path = "invoices/templates/desk_payment_reverse.html")]
struct ReversePage<'a> {
    shell: &'a Shell,
    link: String,
    title: String,
    settled: usize,
    form: Form,
}

async fn ask_reverse(state: &AppState, shell: &Shell, id: PaymentId, form: Form) -> Result<HttpResponse> {
    let booked = state.db.read(move |connection| payments::get(connection, id)).await?;
    let payment = &booked.payment;
    let page = ReversePage {
        shell,
        link: format!("{PATH}/{id}"),
        title: shell.t2(
            "desk-pay-reverse-title",
            "amount",
            shell.money(payment.amount),
            "account",
            payment.account.as_str(),
        ),
        settled: booked.applied.len(),
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// Asks before a payment is taken back
#[get("/desk/payments/{id}/reverse")]
pub async fn confirm_reverse(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<PaymentId>,
) -> Result<HttpResponse> {
    ask_reverse(&state, &desk.shell, id, Form::new(&desk.shell)).await
}

/// Takes a payment back
#[post("/desk/payments/{id}/reverse")]
pub async fn reverse(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<PaymentId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, shell) = (desk.staff.actor(), &desk.shell);
    let reason = fields.get("reason").to_owned();
    let reversed = state
        .db
        .write(move |tx| payments::reverse(tx, id, &reason, &actor, now()))
        .await;
    let to = see_other(format!("{PATH}/{id}"));
    match reversed {
        Ok(_) => Ok(to.flash(Tone::Ok, shell.t("desk-pay-reversed")).into()),
        Err(error @ Error::Invalid(_)) => {
            let form = Form::sent(shell, fields).refused(shell, error)?;
            ask_reverse(&state, shell, id, form).await
        }
        Err(error @ Error::Conflict { .. }) => Ok(to.flash(Tone::Warn, shell.error_text(&error)).into()),
        Err(error) => Err(error),
    }
}
