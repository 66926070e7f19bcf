//! Of shipments of several orders that travel together.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ShippedPackage;
use crate::ids::{OrderId, ShipmentId, outside};

payloads! {
    /// The head of a consignment: shipments of several orders that travel together to one site.
    ConsignmentHead {
        /// What people call it.
        number: String,
        /// Code of the site.
        ship_to: String,
        carrier: Option<String>,
        tracking_number: Option<String>,
        /// Where the carrier tells how far it is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tracking_url: Option<String>,
        shipments: Vec<ConsignedShipment>,
    }

    /// A shipment that travels with others.
    ConsignedShipment {
        #[serde(with = "outside")]
        #[schema(value_type = String, example = "shp_0B9Q4Z8K2M3N4")]
        shipment_id: ShipmentId,
        number: String,
        #[serde(with = "outside")]
        #[schema(value_type = String, example = "ord_0B9Q4Z8K2M3N4")]
        order_id: OrderId,
        order_number: String,
        po_number: String,
    }

    /// Goods of several orders left together. Each of its shipments has an event of its own, too.
    ConsignmentDispatched {
        #[serde(flatten)]
        consignment: ConsignmentHead,
        lines: Vec<ConsignedLine>,
        /// What they are packed into, where that is told.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        packages: Vec<ShippedPackage>,
    }

    /// A part of a line of one of the orders.
    ConsignedLine {
        order_number: String,
        po_number: String,
        /// The order line's.
        position: i32,
        sku: String,
        customer_part_number: Option<String>,
        name: String,
        unit: String,
        /// In `unit`.
        quantity: String,
    }

    /// Carrier, tracking number or packages of a consignment changed.
    ConsignmentChanged {
        #[serde(flatten)]
        consignment: ConsignmentHead,
        packages: Vec<ShippedPackage>,
    }

    /// All of a consignment arrived. Each of its shipments has an event of its own, too.
    ConsignmentDelivered {
        #[serde(flatten)]
        consignment: ConsignmentHead,
        /// Who took it in, where that is told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        received_by: Option<String>,
    }
}
