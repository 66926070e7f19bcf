//! Credit notes on the desk: the list, one credit note and what is settled with its rest, and the form for a new one.

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::pages::{CREDIT_NOTE, OfDesk, page as credit_page, reason};
use super::rules::{Asked, Credited, Reason, What, credit};
use super::{CreditNote, CreditRequest, Filter, api};
use crate::clock::now;
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepBooks, MayReadDesk};
use crate::identity::idempotency;
use crate::ids::{CreditNoteId, InvoiceId};
use crate::invoices::einvoice::{Source, outgoing};
use crate::invoices::payments::supplier_pages::booking::choices;
use crate::invoices::rules::{Invoice, InvoiceLine};
use crate::invoices::words;
use crate::invoices::{self, credits};
use crate::ledger::open_items;
use crate::money::Money;
use crate::quantity::Quantity;
use crate::state::AppState;
use crate::views;
use crate::web::components::address;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;
use crate::web::{Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/desk/credit-notes";
const VIEWS: [&str; 2] = ["", "unmatched"];

/// Which credit notes, and from where.
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
            is_open: self.view() == "unmatched",
            text: filled(&self.q),
            ..Filter::default()
        }
    }
}

const FILE: Export<CreditNote> = Export {
    name: "credit-notes",
    columns: &[
        &[
            ("account", |credit| Value::text(&credit.buyer.code)),
            ("account_name", |credit| Value::text(&credit.buyer.address.name)),
        ],
        CREDIT_NOTE,
    ],
};

fn row(shell: &Shell, credit: &CreditNote) -> Vec<Cell> {
    vec![
        Cell::link(format!("{PATH}/{}", credit.id), &credit.number),
        Cell::text(shell.day(credit.issued_on)),
        Cell::text(&credit.buyer.address.name),
        Cell::link(format!("/desk/invoices/{}", credit.invoice_id), &credit.invoice_number),
        Cell::text(reason(shell, credit)),
        Cell::text(shell.money(credit.gross)),
        Cell::text(shell.money(credit.open)),
    ]
}

/// Credit notes
#[get("/desk/credit-notes")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let (shell, cursor) = (&desk.shell, params.cursor.as_deref());
    let read = |connection: &mut Connection, filter: &Filter, after, limit| {
        credits::list(connection, Scope::All, filter, after, limit)
    };
    let part = Part::read(&state.db, cursor, params.filter(), |credit| credit.id, read).await?;
    let list = List::new(shell, PATH)
        .keep("view", params.view())
        .by_text("q", "desk-filter-invoices", &params.q)
        .by_text("account", "desk-filter-account", &params.account)
        .column("credit-note-head", "id nowrap")
        .column("word-issued", "")
        .column("word-account", "")
        .column("word-invoice", "")
        .column("word-reason", "p3")
        .column("word-total", "num")
        .column("desk-pay-rest", "num")
        .rows(part.rows.iter().map(|credit| row(shell, credit)))
        .none("desk-credits-empty")
        .none_found("credits-none-found")
        .export()
        .counted("credits-shown", &part)
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    let mut page = ListPage::new("credit-notes", list)
        .views("desk-credits-view", &VIEWS)
        .action("/desk/invoices", "invoices");
    if desk.may::<MayKeepBooks>() {
        page = page.action("/desk/rebates/new", "rebate-new");
    }
    page.answer()
}

/// The credit notes of the list as a file
#[get("/desk/credit-notes/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let filter = params.filter();
    let read = move |connection: &mut _| credits::list(connection, Scope::All, &filter, None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

/// One credit note
#[get("/desk/credit-notes/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<CreditNoteId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let credit = credits::get_for_staff(connection, id)?;
        let applied = credits::applied(connection, &credit)?;
        let open = open_items::list_open(connection, credit.account_id)?;
        let file = outgoing::list_of(connection, Source::CreditNote(id))?;
        Ok((credit, applied, open, file))
    };
    let (credit, applied, open, file) = state.db.read(read).await?;
    let shell = &desk.shell;
    let may_apply = desk.may::<MayKeepBooks>() && credit.open.minor > 0 && !open.is_empty();
    let of_desk = OfDesk {
        account: Some((
            format!("/desk/accounts/{}", credit.account_id),
            credit.buyer.address.name.clone(),
        )),
        invoices: match may_apply {
            true => choices(shell, (&open, &[]), credit.currency),
            false => Vec::new(),
        },
        refund: (desk.may::<MayKeepBooks>() && credit.open.minor > 0).then(|| {
            let query = [
                ("account", credit.buyer.code.as_str()),
                ("credit_note", &id.to_string()),
            ];
            address("/desk/refunds/new", query)
        }),
        file: words::files(shell, file),
    };
    let lists = [PATH, "/desk/invoices", "/desk/orders"];
    credit_page(shell, lists, (&credit, applied), of_desk)
}

/// A credit note on paper
#[get("/desk/credit-notes/{id}/pdf")]
pub async fn print(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<CreditNoteId>,
) -> Result<HttpResponse> {
    let owner = move |connection: &mut Connection| credits::account_of(connection, id);
    let account_id = state.db.read(owner).await?;
    api::print(&state, account_id, id).await
}

/// Settles invoices with the rest of a credit note
#[post("/desk/credit-notes/{id}/apply")]
pub async fn apply(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<CreditNoteId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, shell) = (desk.staff.actor(), &desk.shell);
    let invoice_id = fields.filled("invoice").map(|id| id.parse().ok());
    let applied = state
        .db
        .write(move |tx| credits::apply(tx, id, invoice_id, &actor, now()))
        .await;
    let to = see_other(format!("{PATH}/{id}"));
    match applied {
        Ok(credit) => {
            let text = shell.t1("desk-pay-applied", "rest", shell.money(credit.open));
            Ok(to.flash(Tone::Ok, text).into())
        }
        Err(error @ Error::Invalid(_)) => Ok(to.flash(Tone::Bad, shell.error_text(&error)).into()),
        Err(error) => Err(error),
    }
}

struct Row {
    position: i32,
    article: String,
    name: String,
    invoiced: String,
    unit: String,
    left: String,
    left_net: String,
    /// Where its faults are told.
    place: String,
}

#[derive(Template)]
#[template(path = "invoices/templates/desk_credit.html")]
struct FormPage<'a> {
    shell: &'a Shell,
    form: Form,
    invoice: &'a Invoice,
    link: String,
    currency: String,
    /// Value and text.
    reasons: Vec<(String, String)>,
    rows: Vec<Row>,
    rest: String,
    /// Else only amounts may be credited: all goods that are left came once more.
    may_credit_all: bool,
}

/// The lines of the form of which something is to be credited: position, quantity and amount as typed.
fn written(form: &Form) -> Vec<(i32, String, String)> {
    let fields = form.fields();
    let positions = fields
        .pairs()
        .filter_map(|(name, _)| name.strip_prefix("quantity-")?.parse::<i32>().ok());
    positions
        .map(|position| {
            let text = |what: &str| fields.get(&format!("{what}-{position}")).to_owned();
            (position, text("quantity"), text("net"))
        })
        .filter(|(_, quantity, net)| !quantity.is_empty() || !net.is_empty())
        .collect()
}

fn page(shell: &Shell, (invoice, credited): &(Invoice, Credited), form: Form) -> Result<HttpResponse> {
    let written = written(&form);
    let row = |line: &InvoiceLine| {
        let (steps, net) = credited.left_of(line);
        if (steps, net) == (0, 0) {
            return None;
        }
        let left = Quantity::new(credited.goods_left_of(line), line.quantity.ordered.decimals);
        let index = written.iter().position(|(position, ..)| *position == line.position);
        Some(Row {
            position: line.position,
            article: line.sku.clone(),
            name: line.name.clone(),
            invoiced: shell.quantity(line.quantity.ordered, &line.unit_code),
            unit: shell.language.unit(&line.unit_code, left),
            left: shell.language.quantity(left),
            left_net: shell.language.amount(Money::new(net, invoice.currency)),
            place: index.map_or_else(String::new, |index| format!("lines/{index}")),
        })
    };
    let left: i64 = invoice.lines.iter().map(|line| credited.left_of(line).1).sum();
    let reason = |reason: Reason| (reason.name().to_owned(), shell.name("credit-reason", reason.name()));
    let reasons = std::iter::once((String::new(), shell.t("credit-reason-choose")));
    shell.page_with(
        form.status(),
        &FormPage {
            shell,
            link: format!("/desk/invoices/{}", invoice.id),
            currency: invoice.currency.code().to_owned(),
            reasons: reasons.chain(Reason::ALL.into_iter().map(reason)).collect(),
            rows: invoice.lines.iter().filter_map(row).collect(),
            rest: shell.money(Money::new(left, invoice.currency)),
            may_credit_all: credit(invoice, credited, None).is_ok(),
            invoice,
            form,
        },
    )
}

async fn read(state: &AppState, id: InvoiceId) -> Result<(Invoice, Credited)> {
    let read = move |connection: &mut Connection| {
        let invoice = invoices::get_for_staff(connection, id)?;
        let before = credits::to_credit(connection, invoice.account_id, id)?;
        Ok((invoice, before))
    };
    state.db.read(read).await
}

/// A form for a credit note of an invoice
#[get("/desk/invoices/{id}/credit")]
pub async fn ask(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<InvoiceId>,
) -> Result<HttpResponse> {
    let found = read(&state, id).await?;
    if found.1.is_whole(&found.0) {
        let text = desk.shell.say(&super::sentences::nothing_to_credit(&found.0.number));
        return Ok(see_other(format!("/desk/invoices/{id}")).flash(Tone::Warn, text).into());
    }
    page(&desk.shell, &found, Form::new(&desk.shell))
}

/// Reads what is to be credited; notes at the form what can't be read.
fn request(shell: &Shell, form: &mut Form, invoice: &Invoice) -> Option<CreditRequest> {
    let reason = Reason::from_name(form.value("reason"));
    if reason.is_none() {
        form.note("reason", shell.t("credit-reason-missing"));
    }
    let mut lines = Vec::new();
    let all = form.is("do", "all");
    for (index, (position, quantity, net)) in written(form).into_iter().enumerate().filter(|_| !all) {
        let place = format!("lines/{index}");
        let what = match (quantity.is_empty(), net.is_empty()) {
            (false, false) => {
                let both = super::sentences::one_of_quantity_and_net(position);
                form.note(format!("{place}/net"), shell.say(&both));
                None
            }
            (false, true) => form
                .quantity_at(&format!("{place}/quantity"), &quantity)
                .map(What::Quantity),
            _ => form
                .amount_at(&format!("{place}/net"), &net, invoice.currency.code())
                .map(What::Net),
        };
        lines.extend(what.map(|what| Asked { position, what }));
    }
    if !all && lines.is_empty() && !form.is_refused() {
        form.note("lines", shell.t("desk-credit-nothing"));
    }
    if form.is_refused() {
        return None;
    }
    Some(CreditRequest {
        invoice_id: Some(invoice.id),
        reason: reason?,
        note: form.filled("note"),
        lines: (!all).then_some(lines),
        returned: None,
        rebate_id: None,
    })
}

/// Issues the credit note
#[post("/desk/invoices/{id}/credit")]
pub async fn issue(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<InvoiceId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let found = read(&state, id).await?;
    let mut form = Form::sent(shell, fields);
    let Some(request) = request(shell, &mut form, &found.0) else {
        return page(shell, &found, form);
    };
    let (key, sent) = (form.fields().form_key()?, (id.to_string(), form.content()));
    let key = idempotency::Request::new(desk.staff.person_id, "POST /desk/invoices/{id}/credit", key, &sent)?;
    let actor = desk.staff.actor();
    let issued = state
        .db
        .write(move |tx| credits::issue(tx, &key, &request, &actor, now()))
        .await;
    match issued {
        Ok((credit, _)) => {
            let text = shell.t1("desk-credited", "number", credit.number.as_str());
            Ok(see_other(format!("{PATH}/{}", credit.id)).flash(Tone::Ok, text).into())
        }
        Err(error) => page(shell, &found, form.refused(shell, error)?),
    }
}
