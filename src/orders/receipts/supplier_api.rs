//! REST of received goods for supplier staff.

use actix_web::{HttpResponse, post, web};
use serde::{Deserialize, Serialize};

use super::{ReceiptRequest, Received, RequestedReceiptLine};
use crate::accounts;
use crate::clock::now;
use crate::error::Result;
use crate::http::{Body, IdempotencyKey, created};
use crate::identity::caller::{MayMoveGoods, Staff};
use crate::identity::idempotency;
use crate::kept::DecimalText;
use crate::orders::allocation::supplier_api::{ServedView, served};
use crate::state::AppState;

/// Goods that arrived.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BookReceipt {
    /// Code of the warehouse.
    #[schema(example = "MAIN")]
    warehouse: String,
    /// 1 to 5,000 lines.
    #[schema(min_items = 1, max_items = 5000)]
    lines: Vec<BookReceiptLine>,
}

/// Some of a product.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BookReceiptLine {
    sku: String,
    /// In base units.
    #[schema(example = "120")]
    quantity: DecimalText,
    /// Under which reference it was expected: it takes from what is expected under it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "PO-7001")]
    reference: Option<String>,
}

impl From<BookReceiptLine> for RequestedReceiptLine {
    fn from(line: BookReceiptLine) -> Self {
        Self {
            sku: line.sku,
            quantity: line.quantity.0,
            reference: line.reference,
        }
    }
}

/// A booked receipt.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReceiptView {
    id: String,
    /// The waiting lines that were served by it, first to last.
    served: Vec<ServedView>,
}

/// Book received goods
///
/// They serve the lines that wait at once, in the order of the queue. The same request with the same `Idempotency-Key`
/// has one effect.
#[utoipa::path(tag = "supplier", operation_id = "bookReceipt", security(("bearer" = ["goods.move"])), request_body = BookReceipt,
    params(("Idempotency-Key" = String, Header, description = "1 to 255 visible ASCII characters, new for every new receipt")),
    responses((status = 201, body = ReceiptView)))]
#[post("/supplier/receipts")]
pub async fn book_receipt(
    state: web::Data<AppState>,
    staff: Staff<MayMoveGoods>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<BookReceipt>,
) -> Result<HttpResponse> {
    let key = idempotency::Request::new(staff.person_id, "POST /api/v1/supplier/receipts", key, &body)?;
    let actor = staff.actor();
    let request = ReceiptRequest {
        warehouse: body.warehouse,
        lines: body.lines.into_iter().map(RequestedReceiptLine::from).collect(),
    };
    let write = move |tx: &mut _| {
        let received = super::receive(tx, &key, &request, &actor, now())?;
        Ok((received, accounts::supplier_zone(tx)?))
    };
    let (received, zone) = state.db.write(write).await?;
    let Received {
        id,
        decisions,
        replayed,
    } = received;
    let receipt = ReceiptView {
        id: id.to_string(),
        served: decisions.iter().flat_map(|recorded| served(recorded, zone)).collect(),
    };
    Ok(created(None, replayed, receipt))
}
