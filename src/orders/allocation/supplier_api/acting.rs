//! REST: what a receipt would do, and giving stock against the queue.

use actix_web::post;
use actix_web::web::{Data, Json};
use serde::{Deserialize, Serialize};

use super::{ServedView, reason_of};
use crate::accounts;
use crate::catalogue;
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::http::{Body, IdempotencyKey};
use crate::identity::caller::{MayReadDesk, MaySteer, Staff};
use crate::identity::idempotency;
use crate::ids::OrderLineId;
use crate::inventory::quotas::rules::Mode;
use crate::kept::DecimalText;
use crate::orders::allocation::foreseeing::{Foreseen, foresee};
use crate::orders::allocation::overruling::{Overruling, overrule};
use crate::orders::sentences;
use crate::orders::supplier_api::shapes::SupplierOrderView;
use crate::quantity::{Decimal, Quantity};
use crate::sentences::quantity_not_above_zero;
use crate::state::AppState;

/// Goods that might arrive.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewAllocation {
    sku: String,
    /// In base units.
    #[schema(example = "400")]
    quantity: DecimalText,
    /// Code of the warehouse; the first one where it is left out.
    warehouse: Option<String>,
}

/// What would become of it, in base units.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AllocationPreview {
    sku: String,
    quantity: String,
    mode: Mode,
    /// The waiting lines that would be served, first to last.
    served: Vec<ServedView>,
    /// What would be free behind it, also where it is kept for somebody.
    left: String,
}

/// Who would get it if so much arrived
///
/// The decision that a receipt would make now, with what is free already. Nothing is changed.
#[utoipa::path(tag = "supplier", operation_id = "previewAllocation", request_body = PreviewAllocation, responses((status = 200, body = AllocationPreview)))]
#[post("/supplier/allocations/preview")]
pub async fn preview_allocation(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Body(body): Body<PreviewAllocation>,
) -> Result<Json<AllocationPreview>> {
    let read = move |connection: &mut Connection| {
        let found = catalogue::list_by_skus(connection, std::slice::from_ref(&body.sku))?
            .into_iter()
            .next();
        let unknown = || Error::invalid("/sku", Code::UnknownSku, sentences::no_product(&body.sku));
        let (_, product) = found.ok_or_else(unknown)?;
        let decimals = u8::try_from(product.decimals).map_err(Error::internal)?;
        let refused = |detail| Error::invalid("/quantity", Code::QuantityInvalid, detail);
        let quantity = Decimal::parse(&body.quantity.0).and_then(|decimal| decimal.scaled(decimals));
        let quantity = quantity.map_err(|fault| {
            refused(sentences::quantity_of_base_unit(
                fault.of_quantity(&body.quantity.0),
                &product.sku,
                decimals,
            ))
        })?;
        if quantity <= 0 {
            return Err(refused(quantity_not_above_zero(&body.quantity.0)));
        }
        let foreseen = foresee(connection, product.id, quantity, body.warehouse.as_deref(), now())?;
        let zone = accounts::supplier_zone(connection)?;
        let Foreseen { decision, left, .. } = &foreseen;
        let amount = |steps| Quantity::new(steps, decimals).to_string();
        let served = decision.served().map(|(line, share)| {
            let told = reason_of(decision, line, share, zone, day_in(zone, now()));
            ServedView::new(line, amount(share.quantity), told)
        });
        Ok(AllocationPreview {
            served: served.collect(),
            left: amount(*left),
            quantity: amount(quantity),
            mode: decision.input.policy.mode,
            sku: product.sku,
        })
    };
    Ok(Json(state.db.read(read).await?))
}

/// Stock to be given against the queue.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OverruleAllocation {
    /// The line that gets it.
    #[schema(example = "lin_0BGK1J3Z00004")]
    to: String,
    /// The line that gives it up; left out: it is free, whoever it is kept for.
    from: Option<String>,
    /// In base units: whole packs of both lines.
    quantity: DecimalText,
    /// For the audit record; no account is told.
    reason: String,
}

fn line(pointer: &str, id: &str) -> Result<OrderLineId> {
    let unknown = || Error::invalid(pointer, Code::UnknownLine, sentences::no_line_has_this_id());
    id.parse().map_err(|_unreadable| unknown())
}

/// Give stock against the queue
///
/// From a line that has it reserved, or of what is free. The accounts hear what changed for them, not why. The same request with the
/// same `Idempotency-Key` has one effect. The order of the line that got it, as it is then.
#[utoipa::path(tag = "supplier", operation_id = "overruleAllocation", security(("bearer" = ["orders.steer"])), request_body = OverruleAllocation,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new act")),
    responses(
        (status = 200, body = SupplierOrderView),
        (status = 409, description = "There is less of it, or the line waits for less", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[post("/supplier/allocations/overrule")]
pub async fn overrule_allocation(
    state: Data<AppState>,
    staff: Staff<MaySteer>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<OverruleAllocation>,
) -> Result<Json<SupplierOrderView>> {
    let route = "POST /api/v1/supplier/allocations/overrule";
    let key = idempotency::Request::new(staff.person_id, route, key, &body)?;
    let actor = staff.actor();
    let asked = Overruling {
        to: line("/to", &body.to)?,
        from: body.from.as_deref().map(|id| line("/from", id)).transpose()?,
        quantity: body.quantity.0,
        reason: body.reason,
    };
    let write = move |tx: &mut Connection| {
        let order = overrule(tx, &key, &asked, &actor, now())?;
        SupplierOrderView::load(tx, order)
    };
    Ok(Json(state.db.write(write).await?))
}
