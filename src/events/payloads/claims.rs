//! Of claims.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{InvoiceId, OrderId, ShipmentId, outside};
use crate::names::sets::{ClaimKind, ClaimOutcome, ClaimState, ReturnState, Side};

payloads! {
    /// The head of a claim.
    ClaimHead {
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        order_id: OrderId,
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        shipment_id: ShipmentId,
        /// The invoice of the shipment, where there was one by then.
        #[serde(with = "outside::option")]
        #[schema(value_type = Option<String>)]
        invoice_id: Option<InvoiceId>,
        /// Of the claim.
        #[schema(example = "CL-2026-000042")]
        number: String,
        order_number: String,
        po_number: String,
        shipment_number: String,
        /// Code of the site.
        ship_to: String,
        kind: ClaimKind,
    }

    /// An account filed a claim.
    ClaimOpened {
        #[serde(flatten)]
        claim: ClaimHead,
        wish: ClaimOutcome,
        text: String,
        /// The day by which the supplier answers.
        answer_by: NaiveDate,
        lines: Vec<ClaimedLine>,
    }

    /// Either side said something.
    ClaimReplied {
        #[serde(flatten)]
        claim: ClaimHead,
        side: Side,
        text: String,
    }

    /// The supplier decided.
    ClaimDecided {
        #[serde(flatten)]
        claim: ClaimHead,
        state: ClaimState,
        lines: Vec<ClaimedLine>,
    }

    /// What was accepted is made good.
    ClaimSettled {
        #[serde(flatten)]
        claim: ClaimHead,
        outcome: ClaimOutcome,
        credit_note_number: Option<String>,
        /// Number of the order without charge.
        replacement_number: Option<String>,
        text: Option<String>,
    }

    /// The account took its claim back.
    ClaimWithdrawn {
        #[serde(flatten)]
        claim: ClaimHead,
    }

    /// A line of a claim.
    ClaimedLine {
        /// On the shipment, or on the invoice where the claim is about that.
        position: i32,
        sku: String,
        customer_part_number: Option<String>,
        name: String,
        unit: String,
        quantity: String,
        /// Null until it is decided.
        accepted: Option<String>,
        reason: Option<String>,
    }

    /// Goods are to come back, arrived, were inspected, or nothing more is to be done: `state` says which.
    ReturnChanged {
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        order_id: OrderId,
        #[serde(with = "outside")]
        #[schema(value_type = String)]
        shipment_id: ShipmentId,
        claim_number: Option<String>,
        /// Of the return.
        #[schema(example = "RT-2026-000042")]
        number: String,
        order_number: String,
        po_number: String,
        shipment_number: String,
        /// Code of the site the goods went to.
        ship_to: String,
        state: ReturnState,
        note: Option<String>,
        lines: Vec<ReturnedLine>,
    }

    /// A line of a return. What was found is in the base unit, null until it is inspected.
    ReturnedLine {
        /// On the shipment.
        position: i32,
        sku: String,
        customer_part_number: Option<String>,
        name: String,
        unit: String,
        quantity: String,
        base_unit: String,
        to_stock: Option<String>,
        quarantine: Option<String>,
        scrap: Option<String>,
    }
}
