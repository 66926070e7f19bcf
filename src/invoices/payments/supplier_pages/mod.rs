//! Money that came in: the list, one payment with what it settled, settling more with its rest, taking it back.

pub mod booking;

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use self::booking::{choices, named};
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepBooks, MayReadDesk};
use crate::ids::PaymentId;
use crate::invoices::payments::{self, Filter, Meant, Payment, words};
use crate::invoices::write_offs;
use crate::ledger::{charges, open_items};
use crate::money::Money;
use crate::state::AppState;
use crate::views;
use crate::web::components::address;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;
use crate::web::{Banner, Chip, Fields, Form, Shape, Shell, Tone, see_other};

const PATH: &str = "/desk/payments";
/// What came with a payment and is shown of it.
const GIVEN_SHOWN: i64 = 400;

/// Which payments, and from where.
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
        if self.view == "unmatched" { "unmatched" } else { "" }
    }

    fn filter(&self) -> Filter {
        Filter {
            account: filled(&self.account),
            unmatched: self.view() == "unmatched",
            text: filled(&self.q),
            ..Filter::default()
        }
    }
}

/// A payment with what of it settles nothing yet.
type PaymentRow = (Payment, Money);

fn state_chip(shell: &Shell, payment: &Payment, rest: Money) -> Chip {
    let (tone, shape, key) = match (payment.reversed_at, rest.minor) {
        (Some(_), _) => (Tone::Neutral, Shape::Dot, "reversed"),
        (None, 0) => (Tone::Ok, Shape::Dot, "matched"),
        (None, left) if left == payment.amount.minor => (Tone::Warn, Shape::Ring, "unmatched"),
        _ => (Tone::Warn, Shape::Half, "part-matched"),
    };
    Chip::new(tone, shape, shell.name("desk-payment-state", key))
}

const FILE: Export<PaymentRow> = Export {
    name: "payments",
    columns: &[&[
        ("id", |(payment, _)| Value::text(payment.id.to_string())),
        ("account", |(payment, _)| Value::text(&payment.account)),
        ("received_on", |(payment, _)| Value::Day(payment.received_on)),
        ("reference", |(payment, _)| {
            Value::maybe(payment.reference.as_ref(), Value::text)
        }),
        ("currency", |(payment, _)| Value::text(payment.amount.currency.code())),
        ("amount", |(payment, _)| Value::number(payment.amount)),
        ("on_account", |(_, rest)| Value::number(*rest)),
        ("recorded_at", |(payment, _)| Value::Moment(payment.recorded_at)),
        ("reversed_at", |(payment, _)| {
            Value::maybe(payment.reversed_at, Value::Moment)
        }),
    ]],
};

fn row(shell: &Shell, (payment, rest): &PaymentRow) -> Vec<Cell> {
    vec![
        Cell::link(format!("{PATH}/{}", payment.id), shell.day(payment.received_on)),
        Cell::text(&payment.account),
        Cell::text(payment.reference.clone().unwrap_or_default()),
        Cell::text(shell.money(payment.amount)),
        Cell::text(shell.money(*rest)),
        Cell::chip(state_chip(shell, payment, *rest)),
    ]
}

/// Payments
#[get("/desk/payments")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let (shell, cursor, filter) = (&desk.shell, params.cursor.as_deref(), params.filter());
    let part = Part::read(&state.db, cursor, filter, |(payment, _)| payment.id, payments::list).await?;
    let list = List::new(shell, PATH)
        .keep("view", params.view())
        .by_text("q", "desk-filter-payments", &params.q)
        .by_text("account", "desk-filter-account", &params.account)
        .column("desk-pay-received", "id nowrap")
        .column("word-account", "")
        .column("word-reference", "")
        .column("desk-pay-amount-head", "num")
        .column("desk-pay-rest", "num")
        .column("word-state", "")
        .rows(part.rows.iter().map(|payment| row(shell, payment)))
        .none("desk-payments-empty")
        .export()
        .counted("desk-payments-shown", &part)
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    ListPage::new("word-payments", list)
        .views("desk-payments-view", &["", "unmatched"])
        .primary_if(desk.may::<MayKeepBooks>(), "/desk/payments/new", "word-book-payment")
        .action("/desk/refunds", "refunds")
        .action("/desk/write-offs", "write-offs")
        .answer()
}

/// The payments of the list as a file
#[get("/desk/payments/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let filter = params.filter();
    let read = move |connection: &mut _| payments::list(connection, &filter, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
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
    /// What is open, to say of each how much is paid.
    allocations: Vec<words::Row>,
    /// What was paid back.
    refunded: Option<String>,
    /// Where its rest is paid back.
    refund: Option<String>,
    may_reverse: bool,
    form: Form,
}

/// One payment
#[get("/desk/payments/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<PaymentId>,
) -> Result<HttpResponse> {
    page(&state, &desk, id, Form::new(&desk.shell)).await
}

async fn page<R>(state: &AppState, desk: &Desk<R>, id: PaymentId, form: Form) -> Result<HttpResponse> {
    let read = move |connection: &mut _| {
        let booked = payments::get(connection, id)?;
        let open = open_items::list_open(connection, booked.payment.account_id)?;
        let owed = charges::list_open(connection, booked.payment.account_id)?;
        let known = words::read(connection, &open)?;
        let filter = write_offs::Filter {
            payment_id: Some(id),
            counts: true,
            ..write_offs::Filter::default()
        };
        let given = write_offs::list(connection, &filter, None, GIVEN_SHOWN)?;
        Ok((booked, (open, known), owed, given))
    };
    let (booked, (open, known), owed, given) = state.db.read(read).await?;
    let (shell, payment) = (&desk.shell, &booked.payment);
    let mut banners = Vec::new();
    if let Some(at) = payment.reversed_at {
        let text = shell.t1("desk-pay-reversed-at", "moment", shell.moment(at));
        banners.push(Banner::new(Tone::Neutral, text).with_details(payment.reversal_reason.clone()));
    }
    if let Some(warning) = booked.warning() {
        banners.push(Banner::new(Tone::Warn, shell.say(&warning)));
    }
    let applied = booked.applied.iter().map(|(invoice, number, amount)| {
        (
            format!("/desk/invoices/{invoice}"),
            number.clone(),
            shell.money(*amount),
        )
    });
    let charged = booked.charges.iter().map(|(reminder, number, amount)| {
        let number = shell.t1("desk-pay-charge", "number", number.clone());
        (format!("/desk/reminders/sent/{reminder}"), number, shell.money(*amount))
    });
    let given = given.iter().map(|one| {
        let words = shell.name("write-off-kind", one.own.kind.name());
        let amount = shell.money(Money::new(one.own.amount_minor, one.own.currency));
        let of = shell.t2("write-off-of-invoice", "kind", words, "invoice", one.number.as_str());
        (format!("/desk/write-offs/{}", one.own.id), of, amount)
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
        applied: applied.chain(charged).chain(given).collect(),
        may_apply: keeps_books && booked.on_account.minor > 0 && !(open.is_empty() && owed.is_empty()),
        invoices: choices(shell, (&open, &owed), payment.amount.currency),
        allocations: words::rows(shell, &form, &open, &known, payment.amount.currency),
        refunded: (booked.refunded.minor > 0).then(|| shell.money(booked.refunded)),
        refund: (keeps_books && booked.on_account.minor > 0).then(|| {
            let query = [("account", payment.account.as_str()), ("payment", &id.to_string())];
            address("/desk/refunds/new", query)
        }),
        may_reverse: keeps_books && payment.reversed_at.is_none() && booked.refunded.minor == 0,
        form,
    };
    shell.page_with(page.form.status(), &page)
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
    let (invoice_id, reminder_id) = named(fields.filled("invoice"));
    let mut form = Form::sent(shell, fields);
    let booked = state.db.read(move |connection| payments::get(connection, id)).await?;
    let allocations = words::written(&mut form, booked.payment.amount.currency);
    if form.is_refused() {
        return page(&state, &desk, id, form).await;
    }
    let is_said = !allocations.is_empty();
    let write = move |tx: &mut Connection| {
        let meant = Meant {
            invoice_id,
            reminder_id,
            allocations: &allocations,
        };
        payments::apply(tx, id, meant, &actor, now())
    };
    let applied = state.db.write(write).await;
    let to = see_other(format!("{PATH}/{id}"));
    match applied {
        Ok(booked) => {
            let text = shell.t1("desk-pay-applied", "rest", shell.money(booked.on_account));
            Ok(to.flash(Tone::Ok, text).into())
        }
        Err(error @ Error::Invalid(_)) if is_said => page(&state, &desk, id, form.refused(shell, error)?).await,
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
        settled: booked.applied.len() + booked.charges.len(),
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
