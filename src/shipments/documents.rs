//! A shipment as paper: what lies in the delivery, without prices.

use std::collections::HashMap;

use super::carriers;
use super::packages;
use super::packages::rules::Of;
use super::rules::ShipmentLine;
use crate::accounts::{parties, windows};
use crate::db::Connection;
use crate::documents::Press;
use crate::documents::paper::{Amount, Article, DeliveryNote, DeliveryNoteLine, Document, Paper};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrderLineId, ShipmentId};
use crate::languages::Language;
use crate::orders;
use crate::orders::documents::must_have_seller;
use crate::orders::rules::OrderLine;
use crate::quantity::Quantity;
use crate::sentences::{Sentence, no_font};

/// What staff should know before papers of a shipment go out, its invoice too, which has the same texts: letters that no
/// font has.
pub fn warning(press: &Press, note: &Paper) -> Option<Sentence> {
    let letters = press.unprintable(note);
    (!letters.is_empty()).then(|| no_font(letters))
}

/// The delivery note; none while the supplier's own data are missing.
pub fn note_so_far(connection: &mut Connection, account_id: AccountId, id: ShipmentId) -> Result<Option<Paper>> {
    match note(connection, account_id, id) {
        Err(Error::Conflict { .. }) => Ok(None),
        note => note.map(Some),
    }
}

/// The delivery note of a shipment of the account, in the account's language.
pub fn note(connection: &mut Connection, account_id: AccountId, id: ShipmentId) -> Result<Paper> {
    let shipment = super::get(connection, account_id, id)?;
    let order = orders::get(connection, account_id, shipment.order_id)?;
    let parties = parties::load(connection, account_id, order.site_id)?;
    must_have_seller(&parties)?;
    let language = Language::from_locale(&parties.locale);
    let windows = windows::of_site(connection, account_id, order.site_id)?;
    let packages = packages::list(connection, account_id, Of::Shipment(id))?;
    let packages = packages::documents::packed(std::slice::from_ref(&order), &packages);
    let ordered_lines: HashMap<_, _> = order.lines.iter().map(|line| (line.id, line)).collect();
    let line = |line: ShipmentLine| {
        let ordered = ordered_lines.get(&line.order_line_id);
        DeliveryNoteLine {
            order: None,
            position: ordered.map_or(line.position, |ordered| ordered.position),
            ordered: ordered.map_or(line.quantity.ordered, |ordered| ordered.quantity.ordered),
            instead_of: ordered.and_then(|own| instead_of(&ordered_lines, own)),
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
        }
    };
    Ok(Paper {
        xml: None,
        language,
        document: Document::DeliveryNote(DeliveryNote {
            number: shipment.number.to_string(),
            shipped_on: shipment.shipped_on,
            po_number: shipment.po_number,
            order_number: shipment.order_number.to_string(),
            carrier: carriers::called(connection, shipment.carrier)?,
            tracking_number: shipment.tracking_number,
            seller: parties.seller,
            buyer: parties.buyer,
            ship_to: parties.ship_to,
            windows: windows::text(&windows, language),
            packages,
            lines: shipment.lines.into_iter().map(line).collect(),
        }),
    })
}

/// The line that one is sent instead of, among those of its order.
pub fn instead_of(ordered: &HashMap<OrderLineId, &OrderLine>, line: &OrderLine) -> Option<(i32, Article)> {
    let replaced = ordered.get(&line.instead?.line_id)?;
    let article = Article {
        name: replaced.name.clone(),
        customer_part_number: replaced.customer_part_number.clone(),
        sku: replaced.sku.clone(),
        gtin: None,
    };
    Some((replaced.position, article))
}
