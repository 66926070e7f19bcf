//! A shipment becomes an invoice: one on its page, or many from the list, with a result for each.

use actix_web::{HttpResponse, post, web};

use crate::clock::now;
use crate::error::{Code, Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepBooks};
use crate::identity::idempotency;
use crate::ids::ShipmentId;
use crate::invoices::documents;
use crate::invoices::rules::Invoice;
use crate::shipments::rules::Shipment;
use crate::state::AppState;
use crate::web::list::{Cell, List, ListPage};
use crate::web::{Chip, Fields, Shape, Shell, Tone, see_other};
use crate::{invoices, shipments};

/// Shipments that are invoiced at once.
const AT_ONCE_MAX: usize = 200;

/// Issues the invoice of a shipment
#[post("/desk/shipments/{id}/invoice")]
pub async fn issue(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<ShipmentId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let route = "POST /desk/shipments/{id}/invoice";
    let key = idempotency::Request::new(desk.staff.person_id, route, fields.form_key()?, &id.to_string())?;
    let actor = desk.staff.actor();
    let issued = state
        .db
        .write(move |tx| invoices::issue(tx, &key, Some(id), &actor, now()))
        .await;
    let shell = &desk.shell;
    let back = see_other(format!("/desk/shipments/{id}"));
    match issued {
        Ok((invoice, _)) => {
            let text = shell.t1("desk-issued", "number", invoice.number.as_str());
            Ok(see_other(format!("/desk/invoices/{}", invoice.id))
                .flash(Tone::Ok, text)
                .into())
        }
        Err(Error::Invalid(faults)) if faults.iter().any(|fault| fault.code == Code::UnknownShipment) => {
            Err(Error::NotFound)
        }
        Err(error @ (Error::Conflict { .. } | Error::Refused { .. })) => {
            Ok(back.flash(Tone::Bad, shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}

/// What came of one shipment; only what is nobody's fault ends them all.
fn row(state: &AppState, shell: &Shell, shipment: &Shipment, issued: Result<(Invoice, bool)>) -> Result<Vec<Cell>> {
    let (chip, text, invoice) = match issued {
        Ok((invoice, _)) => {
            let number = Cell::link(format!("/desk/invoices/{}", invoice.id), &invoice.number);
            let chip = Chip::new(Tone::Ok, Shape::Dot, shell.t("desk-result-done"));
            let gross = shell.money(invoice.gross);
            let text = match documents::warning(&state.press, invoice) {
                Some(warning) => format!("{gross}. {}", shell.say(&warning)),
                None => gross,
            };
            (chip, text, number)
        }
        Err(error @ (Error::Conflict { .. } | Error::Refused { .. } | Error::Invalid(_) | Error::NotFound)) => {
            let chip = Chip::new(Tone::Bad, Shape::Diamond, shell.t("desk-result-failed"));
            (chip, shell.error_text(&error), Cell::default())
        }
        Err(error) => return Err(error),
    };
    Ok(vec![
        Cell::link(format!("/desk/shipments/{}", shipment.id), shipment.number.to_string()),
        Cell::chip(chip),
        invoice,
        Cell::text(text),
    ])
}

/// Issues the invoices of all ticked shipments, each on its own: what fails for one doesn't hold up the others
#[post("/desk/shipments/invoices")]
pub async fn issue_many(state: web::Data<AppState>, desk: Desk<MayKeepBooks>, fields: Fields) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let form_key = fields.form_key()?;
    let ids: Vec<ShipmentId> = fields
        .all("shipment")
        .map(|id| id.parse().ok().ok_or(Error::NotFound))
        .collect::<Result<_>>()?;
    let told = match ids.len() {
        0 => Some(shell.t("desk-no-shipment-chosen")),
        count if count > AT_ONCE_MAX => Some(shell.t1("desk-too-many-shipments", "count", AT_ONCE_MAX)),
        _ => None,
    };
    if let Some(text) = told {
        return Ok(see_other("/desk/shipments?view=to_invoice")
            .flash(Tone::Bad, text)
            .into());
    }
    let mut rows = Vec::new();
    let mut count = 0;
    for id in ids {
        let shipment = state
            .db
            .read(move |connection| shipments::get_for_staff(connection, id))
            .await?;
        // A key for each, so that the form sent twice gives the same invoices.
        let (route, own_key) = ("POST /desk/shipments/invoices", format!("{form_key}.{id}"));
        let key = idempotency::Request::new(desk.staff.person_id, route, own_key, &id.to_string())?;
        let actor = desk.staff.actor();
        let issued = state
            .db
            .write(move |tx| invoices::issue(tx, &key, Some(id), &actor, now()))
            .await;
        count += usize::from(issued.is_ok());
        rows.push(row(&state, shell, &shipment, issued)?);
    }
    let heading = shell.t2("desk-many-issued", "count", count, "all", rows.len());
    let list = List::new(shell, "/desk/shipments/invoices")
        .column("desk-shipment", "id")
        .column("desk-result", "")
        .column("word-invoice", "")
        .column("word-what-happened", "")
        .rows(rows);
    ListPage::called(heading, list)
        .below("/desk/shipments?view=to_invoice", "word-shipments")
        .action("/desk/shipments?view=to_invoice", "desk-to-invoice")
        .primary("/desk/invoices", "invoices")
        .answer()
}
