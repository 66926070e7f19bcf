//! Consignments as REST takes and shows them, for both sides.

use serde::{Deserialize, Serialize};

use super::rules::{Asked, AskedOrder, Consignment, State};
use crate::clock::rfc3339;
use crate::db::Connection;
use crate::error::Result;
use crate::shipments::api::{ShipmentHeadView, ShipmentLineView};
use crate::shipments::packages::rules::Asked as AskedPackage;
use crate::shipments::packages::shapes::PackageInput;
use crate::shipments::proof::shapes::DeliveryProofView;
use crate::shipments::supplier_api::{CreateShipmentLine, named};

/// Shipments of several orders that travel together, without them.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ConsignmentHeadView {
    #[schema(example = "csg_0B9Q4Z8K2M3N4")]
    id: String,
    /// What people call it; stands on the delivery note and the labels.
    #[schema(example = "30017")]
    number: String,
    /// Code of the account.
    account: String,
    /// Code of the site it goes to.
    ship_to: String,
    state: State,
    #[schema(required)]
    carrier: Option<String>,
    #[schema(required)]
    tracking_number: Option<String>,
    /// Where the carrier tells how far it is.
    #[schema(required, example = "https://track.example/1234")]
    tracking_url: Option<String>,
    /// How many shipments, each of an order of its own.
    shipment_count: i32,
    /// RFC 3339, UTC
    shipped_at: String,
    /// RFC 3339, UTC
    #[schema(required)]
    delivered_at: Option<String>,
    /// Who took it in.
    #[schema(required)]
    received_by: Option<String>,
}

/// Shipments of several orders that travel together.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ConsignmentView {
    #[serde(flatten)]
    head: ConsignmentHeadView,
    /// By the numbers of their orders.
    shipments: Vec<ConsignedShipmentView>,
    /// Pictures and papers that show that it arrived.
    proofs: Vec<DeliveryProofView>,
}

/// The shipment of one of the orders.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ConsignedShipmentView {
    #[serde(flatten)]
    head: ShipmentHeadView,
    lines: Vec<ShipmentLineView>,
}

impl From<Consignment> for ConsignmentHeadView {
    fn from(consignment: Consignment) -> Self {
        Self {
            id: consignment.id.to_string(),
            number: consignment.number.to_string(),
            account: consignment.account,
            ship_to: consignment.ship_to,
            state: consignment.state,
            carrier: consignment.carrier,
            tracking_number: consignment.tracking_number,
            tracking_url: consignment.tracking_url,
            shipment_count: consignment.shipment_count,
            shipped_at: rfc3339(consignment.shipped_at),
            delivered_at: consignment.delivered_at.map(rfc3339),
            received_by: consignment.received_by,
        }
    }
}

/// A consignment with what shows that it arrived.
pub fn shown(connection: &mut Connection, mut consignment: Consignment) -> Result<ConsignmentView> {
    let proofs = super::proofs(connection, &consignment)?;
    let shipments = std::mem::take(&mut consignment.shipments);
    let shipments = shipments.into_iter().map(|mut shipment| {
        let lines = std::mem::take(&mut shipment.lines);
        ConsignedShipmentView {
            head: shipment.into(),
            lines: lines.into_iter().map(ShipmentLineView::from).collect(),
        }
    });
    Ok(ConsignmentView {
        shipments: shipments.collect(),
        proofs: proofs.into_iter().map(DeliveryProofView::from).collect(),
        head: consignment.into(),
    })
}

/// What is to leave together.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateConsignment {
    /// Orders of one account to one of its sites, each accepted or partly shipped.
    #[schema(min_items = 2, max_items = 50)]
    orders: Vec<CreateConsignmentOrder>,
    /// 100 characters at most.
    carrier: Option<String>,
    /// 100 characters at most.
    tracking_number: Option<String>,
    /// What it is packed into, lines of any of the orders: all of it, or nothing is said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 999)]
    packages: Option<Vec<PackageInput>>,
}

/// What of an order is to leave with others.
#[derive(Debug, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateConsignmentOrder {
    order_id: String,
    /// All that is reserved and not being packed if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_items = 1, max_items = 5000)]
    lines: Option<Vec<CreateShipmentLine>>,
}

impl From<CreateConsignment> for Asked {
    fn from(body: CreateConsignment) -> Self {
        let order = |order: CreateConsignmentOrder| AskedOrder {
            order_id: order.order_id.parse().ok(),
            lines: order.lines.map(named),
        };
        Self {
            orders: body.orders.into_iter().map(order).collect(),
            carrier: body.carrier,
            tracking_number: body.tracking_number,
            packages: body
                .packages
                .unwrap_or_default()
                .into_iter()
                .map(AskedPackage::from)
                .collect(),
        }
    }
}
