//! A return as paper: it lies in the parcel, and its number can be read from afar.

use super::rules::ReturnLine;
use crate::accounts::parties;
use crate::db::Connection;
use crate::documents::paper::{Amount, Article, DeliveryNoteLine, Document, Paper, ReturnLabel, Symbol};
use crate::error::Result;
use crate::ids::{AccountId, ReturnId};
use crate::languages::Language;
use crate::orders;
use crate::orders::documents::must_have_seller;
use crate::quantity::Quantity;
use crate::shipments::packages::rules::code128::symbol;

/// The label of a return of the account, in the account's language.
pub fn label(connection: &mut Connection, account_id: AccountId, id: ReturnId) -> Result<Paper> {
    let returned = super::get(connection, account_id, id)?;
    let order = orders::get(connection, account_id, returned.order_id)?;
    let parties = parties::load(connection, account_id, order.site_id)?;
    must_have_seller(&parties)?;
    let line = |line: ReturnLine| DeliveryNoteLine {
        order: None,
        position: line.position,
        ordered: line.quantity.ordered,
        instead_of: None,
        article: Article {
            name: line.name,
            customer_part_number: line.customer_part_number,
            sku: line.sku,
            gtin: None,
        },
        amount: Amount {
            quantity: line.quantity.ordered,
            base_quantity: Quantity::new(line.quantity.base_steps, line.base_decimals),
            unit_code: line.unit_code,
            base_unit: line.base_unit,
        },
    };
    Ok(Paper {
        xml: None,
        language: Language::from_locale(&parties.locale),
        document: Document::ReturnLabel(ReturnLabel {
            bars: symbol(&returned.number).map(|bars| Symbol {
                width: bars.modules(),
                bars: bars.bars(),
                printed: returned.number.clone(),
            }),
            number: returned.number,
            announced_on: returned.announced_on,
            po_number: returned.po_number,
            order_number: returned.order_number.to_string(),
            shipment_number: returned.shipment_number.to_string(),
            claim_number: returned.claim.map(|(_, number)| number),
            seller: parties.seller,
            buyer: parties.buyer,
            lines: returned.lines.into_iter().map(line).collect(),
        }),
    })
}
