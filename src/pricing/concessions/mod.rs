//! Prices granted to one account below list or floor: they ask for a reason, and it is shown what the account's program is worth, so
//! that what it saves is not simply handed back. Where no floor is kept, nothing is asked.

pub mod rules;
pub mod sentences;
mod store;
pub mod supplier_api;

use std::collections::HashMap;

use chrono::Months;

use self::rules::{Found, found, is_below};
pub use self::store::Program;
use super::costs;
use super::files::prices::PriceRow;
use super::load;
use super::rules::keeping::KeptPrice;
use super::rules::{Level, Line, Offers, price_line, shown_quantity};
use crate::accounts::{self, terms};
use crate::catalogue::rules::{Article, OrderQuantity, SaleUnit, smallest_order};
use crate::catalogue::{ArticleKey, find_articles};
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{AccountId, PriceId};
use crate::kept;
use crate::money::UnitPrice;
use crate::quantity::{Content, Quantity};

/// Months that a program is looked at.
const MONTHS: u32 = 12;

/// The smallest order that a price is for.
fn quantity(article: &Article, unit: &SaleUnit, least: i64) -> Option<OrderQuantity> {
    let shown = shown_quantity(article, unit)?;
    match least > shown.base_steps {
        true => smallest_order(unit, article.decimals, least, shown.ordered),
        false => Some(shown),
    }
}

/// What the base level gives for that order: a price, how many of which content it buys.
fn list_price(
    article: &Article,
    unit: &SaleUnit,
    (mut offers, least): (Offers<'_>, i64),
) -> Option<(UnitPrice, i32, Content)> {
    let line = Line {
        article,
        unit,
        quantity: quantity(article, unit, least)?,
    };
    offers.candidates.retain(|one| one.list.level == Level::Base);
    let priced = price_line(line, &offers).ok()?;
    let content = article.unit(&priced.price_unit)?.content;
    Some((priced.unit_price, priced.price_base, content))
}

/// What is to be said of prices of one account: those below list or floor, by id. A fixed number of statements.
fn look(
    connection: &mut Connection,
    account_id: AccountId,
    prices: &[KeptPrice],
    now: Timestamp,
) -> Result<HashMap<PriceId, Found>> {
    let floors = costs::floors(connection)?;
    if floors.0.is_empty() || prices.is_empty() {
        return Ok(HashMap::new());
    }
    let terms = terms::load(connection, account_id)?;
    let today = day_in(terms.supplier_zone, now);
    let product_ids: Vec<_> = prices.iter().map(|price| price.product_id).collect();
    let keys: Vec<_> = product_ids.iter().copied().map(ArticleKey::ProductId).collect();
    let articles = find_articles(connection, account_id, &keys)?;
    let book = load(connection, &terms, &product_ids, today)?;
    let costs = costs::load(connection, &product_ids, terms.currency, today)?;
    let of = |price: &KeptPrice| {
        let article = articles.get(&ArticleKey::ProductId(price.product_id))?;
        let unit = article.unit(&price.unit)?;
        let own = (price.price, price.price_base, unit.content);
        let of_list = (book.offers(price.product_id), price.min_quantity.steps);
        let list = list_price(article, unit, of_list).filter(|list| is_below(own, *list));
        let floor = floors.of(article.category.as_deref());
        let cost = costs.0.get(&price.product_id).copied();
        found(own, list.map(|(price, ..)| price), floor.zip(cost)).map(|found| (price.id, found))
    };
    Ok(prices.iter().filter_map(of).collect())
}

/// Faults of prices of one account that are below list or floor without a reason, or below a floor that blocks.
pub fn faults(
    connection: &mut Connection,
    prices: &[KeptPrice],
    (reason, pointer): (Option<&str>, &str),
    now: Timestamp,
) -> Result<HashMap<PriceId, FieldError>> {
    let Some(account_id) = prices.first().and_then(|price| price.account_id) else {
        return Ok(HashMap::new());
    };
    let has_reason = reason.is_some_and(|reason| !reason.trim().is_empty());
    let mut faults = HashMap::new();
    for (id, found) in look(connection, account_id, prices, now)? {
        let Some(price) = prices.iter().find(|price| price.id == id) else {
            continue;
        };
        let fault = match found {
            Found::Blocked(percent) => {
                let detail = sentences::price_below_floor(price.price, percent);
                FieldError::new(pointer, Code::BelowFloor, detail)
            }
            Found::BelowFloor | Found::BelowList(_) if has_reason => continue,
            Found::BelowFloor => {
                let detail = sentences::price_reason_needed_floor(price.price);
                FieldError::new(pointer, Code::ReasonNeeded, detail)
            }
            Found::BelowList(list) => {
                let detail = sentences::price_reason_needed(price.price, list);
                FieldError::new(pointer, Code::ReasonNeeded, detail)
            }
        };
        faults.insert(id, fault);
    }
    Ok(faults)
}

/// One price is not below list or floor, or says why.
pub fn must_say_why(
    connection: &mut Connection,
    price: &KeptPrice,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    let faults = faults(connection, std::slice::from_ref(price), (reason, "/reason"), now)?;
    match faults.into_values().next() {
        Some(fault) => Err(Error::Invalid(vec![fault])),
        None => Ok(()),
    }
}

/// The longest reason of a price.
const REASON_MAX: usize = 300;

/// Why a price is granted, as far as somebody says so.
pub fn said(reason: Option<&str>) -> Result<Option<String>> {
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    match reason {
        Some(long) if long.chars().count() > REASON_MAX => {
            let detail = sentences::price_reason_too_long(REASON_MAX);
            Err(Error::invalid("/reason", Code::ValueInvalid, detail))
        }
        reason => Ok(reason.map(str::to_owned)),
    }
}

/// It buys something for another price than before.
pub fn is_granted(before: &KeptPrice, after: &KeptPrice) -> bool {
    let what = |price: &KeptPrice| (price.price, price.price_base, price.min_quantity);
    what(before) != what(after)
}

/// Takes out what would be granted below list or floor without a reason.
pub fn refuse(
    tx: &mut Connection,
    stored: &HashMap<PriceId, KeptPrice>,
    (good, told): (&mut Vec<PriceRow>, &mut kept::Faults<PriceId>),
    reason: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    let becomes = |row: &PriceRow| {
        let before = stored.get(&row.id)?;
        let after = KeptPrice {
            price: UnitPrice {
                micros: row.price_micros,
            },
            price_base: row.price_base,
            min_quantity: Quantity::new(row.min_quantity, before.min_quantity.decimals),
            ..before.clone()
        };
        is_granted(before, &after).then_some(after)
    };
    let granted: Vec<_> = good.iter().filter_map(becomes).collect();
    let refused = faults(tx, &granted, (reason, "/price"), now)?;
    good.retain(|row| !refused.contains_key(&row.id));
    for (id, fault) in refused {
        told.insert(id, vec![fault]);
    }
    Ok(())
}

/// What the program of an account was worth in the last twelve months.
pub fn program(connection: &mut Connection, account: &str, now: Timestamp) -> Result<Program> {
    let found = accounts::find_by_code(connection, account)?;
    let unknown = || {
        let detail = crate::sentences::unknown_account(account);
        Error::invalid("/account", Code::UnknownAccount, detail)
    };
    let account = found.ok_or_else(unknown)?;
    let to = day_in(accounts::supplier_zone(connection)?, now);
    let from = to.checked_sub_months(Months::new(MONTHS)).unwrap_or(to);
    store::program(connection, (account.id, account.currency), (from, to))
}
