//! One invoice: how to pay it, its lines, its tax.

use actix_web::{HttpResponse, get, web};
use askama::Template;

use crate::accounts;
use crate::accounts::rules::Address;
use crate::catalogue::words::amount;
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{MayOrder, MayRead, Visitor};
use crate::ids::{InvoiceId, OrderId, ShipmentId};
use crate::invoices::api::print_invoice;
use crate::invoices::rules::{Invoice, InvoiceLine};
use crate::invoices::words::{due, related, state_chip};
use crate::invoices::{self, credits, settling, words, write_offs};
use crate::money::Money;
use crate::pricing::view::steps_of;
use crate::quantity::Quantity;
use crate::state::AppState;
use crate::web::{Chip, Shell};

struct Line {
    number: i32,
    order_line: i32,
    article: String,
    name: String,
    sku: String,
    quantity: String,
    base: Option<String>,
    price: String,
    /// How the net comes about, where the price doesn't tell.
    steps: Vec<String>,
    tax: String,
    net: String,
}

struct TaxRow {
    rate: String,
    category: String,
    reason: String,
    base: String,
    amount: String,
}

#[derive(Template)]
#[template(path = "invoices/templates/detail.html")]
struct DetailPage<'a> {
    shell: &'a Shell,
    id: InvoiceId,
    number: String,
    chip: Chip,
    due: String,
    order_id: OrderId,
    order_number: i64,
    shipment_id: ShipmentId,
    shipment_number: i64,
    po_number: String,
    issued: String,
    due_on: String,
    delivered: String,
    terms: i32,
    ship_to: String,
    payee: String,
    iban: Option<String>,
    bic: Option<String>,
    open: String,
    is_open: bool,
    is_corrected: bool,
    settlements: Vec<(String, String, String)>,
    /// Link, number and amount of the credit notes that settled it.
    credits: Vec<(String, String, String)>,
    /// What was settled without money: what it is, why, and how much.
    given: Vec<(String, String, String)>,
    /// What it may still be paid with less.
    discounts: Vec<String>,
    currency: String,
    lines: Vec<Line>,
    may_claim: bool,
    /// What it corrects or adds to, and what took its place: words, link, number.
    related: Vec<(String, String, String)>,
    note: Option<String>,
    taxes: Vec<TaxRow>,
    net: String,
    tax: String,
    gross: String,
}

fn line(shell: &Shell, invoice: &Invoice, line: InvoiceLine) -> Line {
    let language = shell.language;
    let base = Quantity::new(line.quantity.base_steps, line.base_decimals);
    let price_base = Quantity::new(line.price_base.into(), 0);
    let code = if line.price_unit == line.unit {
        &line.unit_code
    } else {
        &line.base_unit
    };
    let price = language.price(line.unit_price, invoice.currency.exponent());
    let unit = language.unit(code, price_base);
    let article = line.customer_part_number.clone().unwrap_or_else(|| line.sku.clone());
    Line {
        number: line.position,
        order_line: line.order_position,
        article,
        quantity: amount(language, line.quantity.ordered, &line.unit_code),
        base: (line.unit != line.base_unit).then(|| amount(language, base, &line.base_unit)),
        price: match line.price_base {
            1 => format!("{price} / {unit}"),
            _ => format!("{price} / {} {unit}", language.quantity(price_base)),
        },
        steps: steps_of(shell, line.price_steps.as_ref(), invoice.currency),
        tax: language.percent(line.treatment.rate_ppm),
        net: language.amount(line.net),
        name: line.name,
        sku: line.sku,
    }
}

fn in_lines(shell: &Shell, address: &Address) -> String {
    let town = [address.postal_code.as_deref(), address.city.as_deref()];
    let town = town.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let country = match address.country.as_str() {
        "" => String::new(),
        code => shell.language.country(code),
    };
    let street = address.street.clone().unwrap_or_default();
    let parts = [address.name.clone(), street, town, country];
    let there: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    there.join(", ")
}

/// One of my invoices
#[get("/invoices/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<InvoiceId>,
) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut Connection| {
        let invoice = crate::invoices::get(connection, account_id, id)?;
        let settlements = invoices::list_settlements(connection, account_id, &invoice)?;
        let credits = credits::list_settlements(connection, account_id, &invoice)?;
        let given = write_offs::of_invoice(connection, account_id, id)?;
        let zone = accounts::supplier_zone(connection)?;
        let offers = settling::offers(connection, id, day_in(zone, now()))?;
        Ok((invoice, settlements, credits, (zone, given, offers)))
    };
    let (mut invoice, settlements, credits, (zone, given, offers)) = state.db.read(read).await?;
    let (shell, today) = (&visitor.shell, day_in(zone, now()));
    let language = shell.language;
    let (lines, taxes) = (std::mem::take(&mut invoice.lines), std::mem::take(&mut invoice.taxes));
    let money = |minor| language.amount(Money::new(minor, invoice.currency));
    let page = DetailPage {
        shell,
        id,
        may_claim: visitor.may::<MayOrder>(),
        chip: state_chip(shell, &invoice, today),
        related: related(shell, &invoice, "/invoices"),
        note: invoice.note.clone(),
        due: due(shell, &invoice, today),
        order_id: invoice.order_id,
        order_number: invoice.order_number,
        shipment_id: invoice.shipment_id,
        shipment_number: invoice.shipment_number,
        issued: shell.day(invoice.issued_on),
        due_on: shell.day(invoice.due_on),
        delivered: shell.day(invoice.delivered_on),
        terms: invoice.payment_terms_days,
        ship_to: in_lines(shell, &invoice.ship_to),
        payee: invoice.seller.address.name.clone(),
        iban: invoice.seller.iban.clone(),
        bic: invoice.seller.bic.clone(),
        open: shell.money(invoice.open),
        is_open: invoice.open.minor > 0,
        is_corrected: invoice.corrected_by.is_some(),
        settlements: settlements
            .into_iter()
            .map(|(on, reference, paid)| (shell.day(on), reference.unwrap_or_default(), shell.money(paid)))
            .collect(),
        credits: credits
            .into_iter()
            .map(|(id, number, _, amount)| (format!("/credit-notes/{id}"), number, shell.money(amount)))
            .collect(),
        given: words::given(shell, &given),
        discounts: words::discounts(shell, &invoice, &offers),
        currency: invoice.currency.code().to_owned(),
        lines: lines.into_iter().map(|one| line(shell, &invoice, one)).collect(),
        taxes: taxes
            .into_iter()
            .map(|tax| TaxRow {
                rate: language.percent(tax.group.treatment.rate_ppm),
                category: tax.group.treatment.category,
                reason: tax.reason.unwrap_or_default(),
                base: money(tax.group.base_minor),
                amount: money(tax.group.amount_minor),
            })
            .collect(),
        net: language.amount(invoice.net),
        tax: language.amount(invoice.tax),
        gross: language.amount(invoice.gross),
        number: invoice.number.clone(),
        po_number: invoice.po_number.clone(),
    };
    shell.page(&page)
}

/// The invoice on paper
#[get("/invoices/{id}/invoice.pdf")]
pub async fn print(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<InvoiceId>,
) -> Result<HttpResponse> {
    print_invoice(&state, visitor.customer.account_id, id).await
}
