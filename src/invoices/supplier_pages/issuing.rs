//! A shipment becomes an invoice.

use actix_web::{HttpResponse, post, web};

use crate::accounts::caller::{Desk, MayKeepBooks};
use crate::app::AppState;
use crate::clock::now;
use crate::error::{Code, Error, Result};
use crate::http::PathId;
use crate::identity::idempotency;
use crate::ids::ShipmentId;
use crate::invoices;
use crate::web::{Fields, Tone, see_other};

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
