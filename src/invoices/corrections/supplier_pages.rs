//! The form on the desk that corrects a wrong invoice: what is to be different, what that comes to, and the step itself.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use super::rules::{Difference, Prices, Wanted, differences};
use super::{Preview, sentences};
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepBooks};
use crate::identity::idempotency;
use crate::ids::InvoiceId;
use crate::invoices;
use crate::invoices::rules::Invoice;
use crate::money::Money;
use crate::state::AppState;
use crate::web::{Fields, Form, Shell, Tone, see_other};

/// A row of what is different.
struct Row {
    what: String,
    line: String,
    was: String,
    becomes: String,
}

/// What a correction comes to, in words.
struct Told {
    credited: String,
    billed: String,
    moved: Option<String>,
    on_account: Option<String>,
    due: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "invoices/templates/desk_correct.html")]
struct FormPage<'a> {
    shell: &'a Shell,
    form: Form,
    number: String,
    link: String,
    /// Value and text.
    prices: Vec<(String, String)>,
    told: Option<Told>,
}

fn told(shell: &Shell, preview: &Preview) -> Told {
    let row = |difference: Difference| Row {
        what: shell.name("corrected-field", difference.field.name()),
        line: difference.line.map(|line| line.to_string()).unwrap_or_default(),
        was: difference.was,
        becomes: difference.is,
    };
    let some = |money: Money| (money.minor > 0).then(|| shell.money(money));
    let (_, _, credited) = preview.taken_back;
    Told {
        credited: shell.money(credited),
        billed: shell.money(preview.right.gross),
        moved: some(preview.moved),
        on_account: some(preview.on_account),
        due: shell.day(preview.right.due_on),
        rows: differences(&preview.wrong, &preview.right)
            .into_iter()
            .map(row)
            .collect(),
    }
}

fn page(shell: &Shell, invoice: &Invoice, form: Form, preview: Option<&Preview>) -> Result<HttpResponse> {
    let price = |prices: Prices| (prices.name().to_owned(), shell.name("correction-prices", prices.name()));
    shell.page_with(
        form.status(),
        &FormPage {
            shell,
            number: invoice.number.clone(),
            link: format!("/desk/invoices/{}", invoice.id),
            prices: Prices::ALL.into_iter().map(price).collect(),
            told: preview.map(|preview| told(shell, preview)),
            form,
        },
    )
}

async fn read(state: &AppState, id: InvoiceId) -> Result<Invoice> {
    let read = move |connection: &mut Connection| invoices::get_for_staff(connection, id);
    state.db.read(read).await
}

/// A form for what was wrong with an invoice
#[get("/desk/invoices/{id}/correct")]
pub async fn ask(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<InvoiceId>,
) -> Result<HttpResponse> {
    let invoice = read(&state, id).await?;
    if let Some((right_id, number)) = &invoice.corrected_by {
        let text = desk.shell.say(&sentences::corrected_already(&invoice.number, number));
        return Ok(see_other(format!("/desk/invoices/{right_id}"))
            .flash(Tone::Warn, text)
            .into());
    }
    let stored = [
        ("prices", Prices::AsInvoiced.name().to_owned()),
        ("po_number", invoice.po_number.clone()),
        ("buyer_reference", invoice.buyer.reference.clone().unwrap_or_default()),
    ];
    page(&desk.shell, &invoice, Form::of(&desk.shell, stored), None)
}

/// Reads what is to be different; notes at the form what can't be read.
fn wanted(shell: &Shell, form: &mut Form) -> Option<Wanted> {
    let days = match form.filled("payment_terms_days") {
        None => None,
        Some(text) => match text.parse() {
            Ok(days) => Some(days),
            Err(_) => {
                form.note("payment_terms_days", shell.t("desk-correct-days-unreadable"));
                None
            }
        },
    };
    if form.is_refused() {
        return None;
    }
    Some(Wanted {
        reason: form.filled("reason").unwrap_or_default(),
        prices: Prices::from_name(form.value("prices")).unwrap_or_default(),
        po_number: form.filled("po_number"),
        buyer_reference: form.filled("buyer_reference"),
        payment_terms_days: days,
    })
}

/// Shows what a correction comes to, or makes it
#[post("/desk/invoices/{id}/correct")]
pub async fn correct(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<InvoiceId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    let Some(wanted) = wanted(shell, &mut form) else {
        return page(shell, &read(&state, id).await?, form, None);
    };
    let actor = desk.staff.actor();
    if !form.is("do", "correct") {
        let look = move |connection: &mut Connection| super::preview(connection, id, &wanted, &actor, now());
        let preview = state.db.read(look).await;
        let invoice = read(&state, id).await?;
        return match preview {
            Ok(preview) => page(shell, &invoice, form, Some(&preview)),
            Err(error) => page(shell, &invoice, form.refused(shell, error)?, None),
        };
    }
    let (key, sent) = (form.fields().form_key()?, (id.to_string(), form.content()));
    let key = idempotency::Request::new(desk.staff.person_id, "POST /desk/invoices/{id}/correct", key, &sent)?;
    let write = move |tx: &mut Connection| super::correct(tx, &key, id, &wanted, &actor, now());
    match state.db.write(write).await {
        Ok((correction, _)) => {
            let (credit, right) = (correction.credit.number, correction.right);
            let text = shell.t2("desk-corrected", "credit", credit, "invoice", right.number.as_str());
            Ok(see_other(format!("/desk/invoices/{}", right.id))
                .flash(Tone::Ok, text)
                .into())
        }
        Err(error) => page(shell, &read(&state, id).await?, form.refused(shell, error)?, None),
    }
}
