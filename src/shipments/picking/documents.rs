//! The pick list on paper, in the language of whoever prints it.

use super::rules::{Filter, Pick};
use crate::accounts;
use crate::accounts::parties;
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::documents::paper::{Amount, Article, Document, Paper, PickLine, PickList};
use crate::error::{Code, Error, Result};
use crate::inventory;
use crate::languages::Language;
use crate::quantity::Quantity;
use crate::shipments::sentences;

/// Lines of a printed list; more are picked in parts.
const PRINTED_MAX: i64 = 1_000;

/// What is to be picked in a warehouse.
pub fn paper(connection: &mut Connection, filter: &Filter, language: Language, now: Timestamp) -> Result<Paper> {
    let needed = || Error::invalid("/warehouse", Code::Required, sentences::pick_list_of_a_warehouse());
    let code = filter.warehouse.as_deref().ok_or_else(needed)?;
    let unknown = || {
        Error::invalid(
            "/warehouse",
            Code::UnknownWarehouse,
            sentences::pick_list_of_a_warehouse(),
        )
    };
    let known = inventory::list_warehouses(connection)?;
    let warehouse = known
        .into_iter()
        .find(|known| crate::keys::same(known, code))
        .ok_or_else(unknown)?;
    let picks = super::store::list(connection, filter, None, PRINTED_MAX + 1)?;
    if i64::try_from(picks.len()).unwrap_or(i64::MAX) > PRINTED_MAX {
        let detail = sentences::pick_list_too_long(PRINTED_MAX);
        return Err(Error::invalid("/warehouse", Code::TooManyLines, detail));
    }
    if picks.is_empty() {
        return Err(Error::conflict(
            Code::NothingToShip,
            sentences::nothing_to_pick(warehouse),
        ));
    }
    let seller = parties::seller(connection)?;
    let zone = accounts::supplier_zone(connection)?;
    Ok(Paper {
        xml: None,
        language,
        document: Document::PickList(PickList {
            warehouse,
            printed_on: day_in(zone, now),
            seller,
            lines: picks.into_iter().map(line).collect(),
        }),
    })
}

fn line(pick: Pick) -> PickLine {
    PickLine {
        location: pick.location,
        article: Article {
            name: pick.name,
            customer_part_number: pick.customer_part_number,
            sku: pick.sku,
            gtin: None,
        },
        amount: Amount {
            quantity: pick.quantity.ordered,
            base_quantity: Quantity::new(pick.quantity.base_steps, pick.base_decimals),
            unit_code: pick.unit_code,
            base_unit: pick.base_unit,
        },
        order_number: pick.order_number.to_string(),
        position: pick.keys.position,
        account: pick.account.0,
        ship_to: pick.ship_to,
    }
}
