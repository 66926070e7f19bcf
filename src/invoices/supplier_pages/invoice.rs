//! One invoice as it was frozen, what is left of it, and its paper.

use actix_web::{HttpResponse, get, web};
use askama::Template;

use crate::accounts;
use crate::clock::{day_in, now};
use crate::db::seek::Scope;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepBooks, MayReadDesk};
use crate::ids::InvoiceId;
use crate::invoices::einvoice::outgoing;
use crate::invoices::einvoice::{self, Source};
use crate::invoices::rules::{Invoice, InvoiceLine, Kind, State};
use crate::invoices::write_offs::{self, WriteOff};
use crate::invoices::{self, credits, settling, words};
use crate::money::{Currency, Money};
use crate::names::sets::WriteOffKind;
use crate::pricing::view::{price_text, steps_of};
use crate::state::AppState;
use crate::web::components::address;
use crate::web::{Chip, Form, Shell};

/// Credit notes of an invoice on its page.
const CREDITS_SHOWN: i64 = 50;

struct Line {
    number: i32,
    article: String,
    name: String,
    under: String,
    quantity: String,
    price: String,
    /// How the net comes about, where the price doesn't tell.
    steps: Vec<String>,
    tax: String,
    net: String,
}

#[derive(Template)]
#[template(path = "invoices/templates/desk_invoice.html")]
struct InvoicePage<'a> {
    shell: &'a Shell,
    link: String,
    number: String,
    state: Chip,
    buyer: String,
    account_link: String,
    order_link: String,
    order_number: String,
    shipment_link: String,
    shipment_number: String,
    po_number: String,
    issued: String,
    due: String,
    due_under: String,
    currency: String,
    lines: Vec<Line>,
    net: String,
    /// Label and amount.
    taxes: Vec<(String, String)>,
    gross: String,
    open: String,
    /// What became of its file for an access point.
    file: Option<String>,
    /// Where the money for it is booked.
    pay: Option<String>,
    /// Link, number and amount of the credit notes of it.
    credits: Vec<(String, String, String)>,
    may_credit: bool,
    /// What was settled without money: link, what, why and how much.
    given: Vec<(String, String, String, String)>,
    /// What it may still be paid with less, in words.
    discounts: Vec<String>,
    /// Ways in which something of it may be settled without money: value and text.
    kinds: Vec<(String, String)>,
    form_key: String,
    may_correct: bool,
    /// What it is for, where it is not just a shipment: words, link, number.
    related: Vec<(String, String, String)>,
    note: Option<String>,
}

fn line(shell: &Shell, line: &InvoiceLine, currency: Currency) -> Line {
    let language = shell.language;
    let code = match line.price_unit == line.unit {
        true => &line.unit_code,
        false => &line.base_unit,
    };
    let number = line.customer_part_number.clone();
    Line {
        number: line.order_position,
        article: line.sku.clone(),
        name: line.name.clone(),
        under: number
            .map(|number| shell.t1("desk-their-number", "number", number))
            .unwrap_or_default(),
        quantity: shell.quantity(line.quantity.ordered, &line.unit_code),
        price: price_text(language, line.unit_price, line.price_base, code, currency),
        steps: steps_of(shell, line.price_steps.as_ref(), currency),
        tax: language.percent(line.treatment.rate_ppm),
        net: language.amount(line.net),
    }
}

/// What was settled without money: link, what, why and how much.
fn told(shell: &Shell, one: &WriteOff) -> (String, String, String, String) {
    let kind = shell.name("write-off-kind", one.own.kind.name());
    let why = write_offs::why(one).map(|why| shell.say(&why));
    let why = match one.own.reversed_at {
        Some(_) => Some(shell.t("write-off-reversed")),
        None => why.or_else(|| one.own.reason.clone()),
    };
    let amount = shell.money(Money::new(one.own.amount_minor, one.own.currency));
    (
        format!("/desk/write-offs/{}", one.own.id),
        kind,
        why.unwrap_or_default(),
        amount,
    )
}

/// Ways in which something of an invoice may be settled without money.
fn kinds(shell: &Shell, invoice: &Invoice) -> Vec<(String, String)> {
    let fits = |kind: &WriteOffKind| *kind != WriteOffKind::CashDiscount || !invoice.cash_discount.is_empty();
    let choice = |kind: WriteOffKind| (kind.name().to_owned(), shell.name("write-off-kind", kind.name()));
    WriteOffKind::ALL.into_iter().filter(fits).map(choice).collect()
}

/// One invoice
#[get("/desk/invoices/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<InvoiceId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut _| {
        let invoice = invoices::get_for_staff(connection, id)?;
        let account = accounts::get(connection, invoice.account_id)?;
        let today = day_in(accounts::supplier_zone(connection)?, now());
        let filter = credits::Filter {
            invoice_id: Some(id),
            ..credits::Filter::default()
        };
        let credits = credits::list(connection, Scope::All, &filter, None, CREDITS_SHOWN)?;
        let is_whole = credits::credited(connection, id)?.is_whole(&invoice);
        let file = outgoing::list_of(connection, Source::Invoice(id))?;
        let given = write_offs::of_invoice(connection, invoice.account_id, id)?;
        let offers = settling::offers(connection, id, today)?;
        Ok((invoice, account, today, file, (credits, is_whole, given, offers)))
    };
    let (invoice, account, today, file, (credits, is_whole, given, offers)) = state.db.read(read).await?;
    let (shell, currency) = (&desk.shell, invoice.currency);
    let taxes = invoice.taxes.iter().map(|tax| {
        let rate = shell.language.percent(tax.group.treatment.rate_ppm);
        let base = shell.language.amount(Money::new(tax.group.base_minor, currency));
        let amount = shell.language.amount(Money::new(tax.group.amount_minor, currency));
        (shell.t2("desk-tax-of", "rate", rate, "base", base), amount)
    });
    let pay = address(
        "/desk/payments/new",
        [("account", account.code.as_str()), ("invoice", &id.to_string())],
    );
    let page = InvoicePage {
        shell,
        link: format!("/desk/invoices/{id}"),
        state: words::state_chip(shell, &invoice, today),
        buyer: invoice.buyer.address.name.clone(),
        account_link: format!("/desk/accounts/{}", invoice.account_id),
        order_link: format!("/desk/orders/{}", invoice.order_id),
        order_number: invoice.order_number.to_string(),
        shipment_link: format!("/desk/shipments/{}", invoice.shipment_id),
        shipment_number: invoice.shipment_number.to_string(),
        po_number: invoice.po_number.clone(),
        issued: shell.day(invoice.issued_on),
        due: shell.day(invoice.due_on),
        due_under: words::due(shell, &invoice, today),
        currency: currency.code().to_owned(),
        lines: invoice.lines.iter().map(|one| line(shell, one, currency)).collect(),
        net: shell.language.amount(invoice.net),
        taxes: taxes.collect(),
        gross: shell.language.amount(invoice.gross),
        open: shell.language.amount(invoice.open),
        file: words::files(shell, file),
        pay: (desk.may::<MayKeepBooks>() && invoice.state() != State::Paid).then_some(pay),
        credits: credits
            .into_iter()
            .map(|credit| {
                let amount = shell.money(credit.gross);
                (format!("/desk/credit-notes/{}", credit.id), credit.number, amount)
            })
            .collect(),
        may_credit: desk.may::<MayKeepBooks>() && !is_whole,
        given: given.iter().map(|one| told(shell, one)).collect(),
        discounts: words::discounts(shell, &invoice, &offers),
        kinds: match desk.may::<MayKeepBooks>() && invoice.open.minor > 0 {
            true => kinds(shell, &invoice),
            false => Vec::new(),
        },
        form_key: Form::new(shell).key(),
        may_correct: desk.may::<MayKeepBooks>()
            && !is_whole
            && invoice.kind != Kind::PriceDifference
            && invoice.corrected_by.is_none(),
        related: words::related(shell, &invoice, "/desk/invoices"),
        note: invoice.note.clone(),
        number: invoice.number,
    };
    shell.page(&page)
}

/// An invoice on paper
#[get("/desk/invoices/{id}/pdf")]
pub async fn print(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<InvoiceId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut _| {
        let account_id = invoices::account_of(connection, id)?;
        einvoice::paper(connection, account_id, Source::Invoice(id))
    };
    Ok(state.print(read).await?.into())
}
