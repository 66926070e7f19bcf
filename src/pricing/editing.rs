//! Staff keep price lists and prices. What they give is checked as rows of the import files are; each change is
//! recorded with what was before, and an account hears of changes to lists of its own. Orders keep the prices they were
//! placed at.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::concessions;
use super::files::{price_lists, prices};
use super::inputs::{ListChange, NewList, NewPrice, PriceChange};
use super::rules::keeping::{KeptList, KeptPrice, PriceAction};
use super::sentences;
use super::store::keeping::{self, Place};
use super::store::{FIRST_DAY, rows};
use crate::accounts::files::accounts::Accounts;
use crate::accounts::sites::files as sites;
use crate::audit::{self, Actor, Entry, Recorded};
use crate::catalogue;
use crate::catalogue::products::files::Products;
use crate::catalogue::rules::search_words;
use crate::catalogue::units::files::Units;
use crate::clock::Timestamp;
use crate::contracts::files::Contracts;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::db::violations::is_unique_violation;
use crate::error::{Code, Error, FieldError, Result};
use crate::events;
use crate::events::payloads::PriceListChanged;
use crate::ids::{PriceId, PriceListId, ProductId};
use crate::kept::{self, DecimalText};
use crate::sentences::Sentence;
use crate::version::{Edit, Expected};

pub use super::store::keeping::ListFilter;

const LIST_COLUMNS: [&[&str]; 2] = [price_lists::LAYOUT.required, price_lists::LAYOUT.optional];
const COLUMNS: [&[&str]; 2] = [prices::LAYOUT.required, prices::LAYOUT.optional];
/// Entries of a history that are shown.
const HISTORY_ROWS_MAX: i64 = 200;
/// Rows of one product that are shown.
const PRODUCT_ROWS_MAX: i64 = 500;

/// The version of a list; how many rows it has does not count.
pub fn list_version(list: &KeptList) -> i64 {
    kept::version(&NewList::from(list))
}

/// The version of a row.
pub fn price_version(price: &KeptPrice) -> i64 {
    kept::version(&NewPrice::from(price))
}

/// At most `rows_max` lists by code, those behind `after`.
pub fn list_lists(
    connection: &mut Connection,
    filter: &ListFilter,
    after: impl Into<Walk<String>>,
    rows_max: i64,
) -> Result<Vec<KeptList>> {
    keeping::list_lists(connection, filter, &after.into(), rows_max)
}

/// The list with this id.
pub fn get_list(connection: &mut Connection, id: PriceListId) -> Result<KeptList> {
    keeping::find_list(connection, id)?.ok_or(Error::NotFound)
}

/// The list with this code, if there is one.
pub fn find_list_by_code(connection: &mut Connection, code: &str) -> Result<Option<KeptList>> {
    keeping::find_list_by_code(connection, code)
}

/// At most `rows_max` rows of a list by product, those behind `after`; with a `text` only of products it finds.
pub fn list_prices(
    connection: &mut Connection,
    list_id: PriceListId,
    text: Option<&str>,
    after: impl Into<Walk<Place>>,
    rows_max: i64,
) -> Result<Vec<KeptPrice>> {
    let query = match text {
        None => String::new(),
        Some(text) => {
            let words = search_words(&[text]);
            if words.is_empty() {
                return Ok(Vec::new());
            }
            catalogue::search_query(connection.engine(), &words)
        }
    };
    keeping::list_prices(connection, list_id, &query, after.into(), rows_max)
}

/// Where a page that ends with this row goes on.
pub fn place_of(price: &KeptPrice) -> Place {
    let from = price.validity.from.unwrap_or(FIRST_DAY);
    (price.product_id, price.unit.clone(), price.min_quantity.steps, from)
}

/// The rows of a product in all lists, by list.
pub fn list_of_product(connection: &mut Connection, product_id: ProductId) -> Result<Vec<KeptPrice>> {
    keeping::list_of_product(connection, product_id, PRODUCT_ROWS_MAX)
}

/// Which of these products have a price on the day in some list, whoever it is for.
pub fn priced_among(
    connection: &mut Connection,
    product_ids: &[ProductId],
    on: NaiveDate,
) -> Result<HashSet<ProductId>> {
    let lists = keeping::list_lists(connection, &ListFilter::default(), &Walk::First, i64::MAX)?;
    let valid = lists.iter().filter(|list| list.validity.includes(on));
    let ids: Vec<_> = valid.map(|list| list.id).collect();
    let found = rows(connection, product_ids, &ids, (on, on))?;
    Ok(found.into_iter().map(|(product_id, _)| product_id).collect())
}

/// The row with this id.
pub fn get_price(connection: &mut Connection, id: PriceId) -> Result<KeptPrice> {
    keeping::find_price(connection, id)?.ok_or(Error::NotFound)
}

/// What was done to a row, the newest first; also of one that is gone.
pub fn price_history(connection: &mut Connection, id: PriceId) -> Result<Vec<Recorded>> {
    audit::list_about(connection, &id.to_string(), HISTORY_ROWS_MAX)
}

/// What was done to a list itself, the newest first.
pub fn list_history(connection: &mut Connection, id: PriceListId) -> Result<Vec<Recorded>> {
    audit::list_about(connection, &id.to_string(), HISTORY_ROWS_MAX)
}

/// An account hears that prices kept for it changed.
fn tell(tx: &mut Connection, list_id: PriceListId, prices: &[&KeptPrice], now: Timestamp) -> Result<()> {
    let Some(first) = prices.first().filter(|price| price.account_id.is_some()) else {
        return Ok(());
    };
    let payload = PriceListChanged {
        price_list: first.list_code.clone(),
        prices: Some(prices.len()),
    };
    events::recording(&events::Entry::new(first.account_id, list_id, payload), now)
        .run(tx)
        .map(drop)
}

fn duplicate(pointer: &str, detail: Sentence) -> FieldError {
    FieldError::new(pointer, Code::DuplicateKey, detail)
}

/// Checks a list as a row of the file. Requests call its key what it is.
fn read_list(
    mut cells: kept::Row,
    code: &str,
    owners: price_lists::Owners<'_>,
    known: &price_lists::PriceLists,
) -> Result<price_lists::ListRow> {
    cells.push(("price_list", code.to_owned()));
    price_lists::read(&cells, owners, known).map_err(|mut faults| {
        for fault in faults.iter_mut().filter(|fault| fault.pointer == "/price_list") {
            "/code".clone_into(&mut fault.pointer);
        }
        Error::Invalid(faults)
    })
}

/// Makes a list.
pub fn add_list(tx: &mut Connection, actor: &Actor, new: &NewList, now: Timestamp) -> Result<KeptList> {
    let (accounts, known) = (Accounts::load(tx)?, price_lists::PriceLists::load(tx)?);
    let (sites, agreed) = (sites::load(tx)?, Contracts::load(tx)?);
    let row = read_list(
        kept::row(new, &LIST_COLUMNS)?,
        &new.code,
        (&accounts, &sites, &agreed),
        &known,
    )?;
    if known.has(&new.code) {
        let detail = sentences::list_exists();
        return Err(Error::Invalid(vec![duplicate("/code", detail)]));
    }
    // Somebody else may have made one that looks the same meanwhile.
    price_lists::store(tx, &row).map_err(|error| {
        match is_unique_violation(&error, "price_lists_code_key", &["code_key"]) {
            true => Error::Invalid(vec![duplicate("/code", sentences::list_exists())]),
            false => error,
        }
    })?;
    let list = get_list(tx, row.id)?;
    let after = NewList::from(&list);
    let entry = Entry::kept("price_list.add", row.account_id, row.id.to_string(), None, Some(&after));
    audit::record(tx, actor, &entry, now)?;
    Ok(list)
}

/// Changes a list; its code stays.
pub fn change_list(
    tx: &mut Connection,
    actor: &Actor,
    id: PriceListId,
    expected: &Expected,
    change: &ListChange,
    now: Timestamp,
) -> Result<KeptList> {
    let list = keeping::lock_list(tx, id)?.ok_or(Error::NotFound)?;
    expected.check(list_version(&list))?;
    let before = NewList::from(&list);
    let cells = kept::overlaid(&before, change, &LIST_COLUMNS)?;
    let (accounts, known) = (Accounts::load(tx)?, price_lists::PriceLists::load(tx)?);
    let (sites, agreed) = (sites::load(tx)?, Contracts::load(tx)?);
    let row = read_list(cells, &list.code, (&accounts, &sites, &agreed), &known)?;
    price_lists::store(tx, &row)?;
    let changed = get_list(tx, id)?;
    let after = NewList::from(&changed);
    if after == before {
        return Ok(changed);
    }
    let account_id = changed.owner.as_ref().map(|owner| owner.id);
    let entry = Entry::kept(
        "price_list.change",
        account_id,
        id.to_string(),
        Some(&before),
        Some(&after),
    );
    audit::record(tx, actor, &entry, now)?;
    if account_id.is_some() {
        let payload = PriceListChanged {
            price_list: changed.code.clone(),
            prices: None,
        };
        events::recording(&events::Entry::new(account_id, id, payload), now).run(tx)?;
    }
    Ok(changed)
}

/// What rows of prices are checked against.
struct Facts {
    lists: price_lists::PriceLists,
    products: Products,
    units: Units,
}

impl Facts {
    fn load(tx: &mut Connection, skus: &[&str]) -> Result<Self> {
        let products = Products::with_skus(tx, skus)?;
        Ok(Self {
            lists: price_lists::PriceLists::load(tx)?,
            units: Units::of_products(tx, &products.ids())?,
            products,
        })
    }

    fn read(&self, cells: &kept::Row) -> Result<prices::PriceRow, Vec<FieldError>> {
        prices::read(cells, &self.lists, &self.products, &self.units)
    }
}

fn or_duplicate(error: Error) -> Error {
    let columns = ["product_id", "price_list_id", "unit", "min_quantity", "valid_from"];
    match is_unique_violation(&error, "prices_key", &columns) {
        true => {
            let detail = sentences::price_exists();
            Error::Invalid(vec![duplicate("/sku", detail)])
        }
        false => error,
    }
}

/// Puts a price into a list.
pub fn add_price(tx: &mut Connection, actor: &Actor, mut new: NewPrice, now: Timestamp) -> Result<KeptPrice> {
    if new.min_quantity.as_ref().is_none_or(|least| least.0.is_empty()) {
        new.min_quantity = Some(DecimalText("0".to_owned()));
    }
    let cells = kept::row(&new, &COLUMNS)?;
    let row = Facts::load(tx, &[new.sku.as_str()])?
        .read(&cells)
        .map_err(Error::Invalid)?;
    let id = row.id;
    prices::insert(tx, &[row]).map_err(or_duplicate)?;
    let price = get_price(tx, id)?;
    let reason = concessions::said(new.reason.as_deref())?;
    concessions::must_say_why(tx, &price, reason.as_deref(), now)?;
    let mut after = NewPrice::from(&price);
    after.reason = reason;
    let entry = Entry::kept(
        PriceAction::Add.name(),
        price.account_id,
        id.to_string(),
        None,
        Some(&after),
    );
    audit::record(tx, actor, &entry, now)?;
    tell(tx, price.list_id, &[&price], now)?;
    Ok(price)
}

/// Changes a price; list, product and unit stay.
pub fn change_price(
    tx: &mut Connection,
    actor: &Actor,
    id: PriceId,
    expected: &Expected,
    change: &PriceChange,
    now: Timestamp,
) -> Result<KeptPrice> {
    let price = keeping::lock_prices(tx, &[id])?.pop().ok_or(Error::NotFound)?;
    expected.check(price_version(&price))?;
    let cells = kept::overlaid(&NewPrice::from(&price), change, &COLUMNS)?;
    let mut row = Facts::load(tx, &[price.sku.as_str()])?
        .read(&cells)
        .map_err(Error::Invalid)?;
    row.id = id;
    prices::update(tx, &[row]).map_err(or_duplicate)?;
    let changed = get_price(tx, id)?;
    let reason = concessions::said(change.reason.as_deref())?;
    if concessions::is_granted(&price, &changed) {
        concessions::must_say_why(tx, &changed, reason.as_deref(), now)?;
    }
    record_changes(tx, actor, (&[(&price, &changed)], reason.as_deref()), now)?;
    Ok(changed)
}

fn record_changes(
    tx: &mut Connection,
    actor: &Actor,
    (changes, reason): (&[(&KeptPrice, &KeptPrice)], Option<&str>),
    now: Timestamp,
) -> Result<()> {
    let real: Vec<_> = changes.iter().filter(|(before, after)| before != after).collect();
    let entries = real.iter().map(|(before, after)| {
        let (id, account_id) = (after.id.to_string(), after.account_id);
        let (before, mut after) = (NewPrice::from(*before), NewPrice::from(*after));
        after.reason = reason.map(str::to_owned);
        let action = PriceAction::Change.name();
        Entry::kept(action, account_id, id, Some(&before), Some(&after))
    });
    let entries: Vec<_> = entries.collect();
    audit::record_all(tx, actor, &entries, now)?;
    let changed: Vec<_> = real.iter().map(|(_, after)| *after).collect();
    match changed.first() {
        Some(first) => tell(tx, first.list_id, &changed, now),
        None => Ok(()),
    }
}

/// What came of many edits.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Rows that were changed.
    pub changed: usize,
    /// Faults of the others.
    pub faults: kept::Faults<PriceId>,
}

/// Changes rows of a list: the good ones, each for itself; the others keep what they have.
pub fn change_prices(
    tx: &mut Connection,
    actor: &Actor,
    list_id: PriceListId,
    (edits, reason): (&[Edit<PriceId, PriceChange>], Option<&str>),
    now: Timestamp,
) -> Result<Outcome> {
    let reason = concessions::said(reason)?;
    let ids: Vec<_> = edits.iter().map(|edit| edit.id).collect();
    let stored = keeping::lock_prices(tx, &ids)?;
    let stored: HashMap<_, _> = stored
        .into_iter()
        .filter(|price| price.list_id == list_id)
        .map(|price| (price.id, price))
        .collect();
    let skus: Vec<_> = stored.values().map(|price| price.sku.as_str()).collect();
    let facts = Facts::load(tx, &skus)?;
    let mut taken = keys_of(tx, stored.values())?;
    let inputs = stored.iter().map(|(id, price)| (*id, NewPrice::from(price)));
    let explained = [sentences::price_removed, sentences::price_changed];
    let (rows, faults) = kept::edited(&inputs.collect(), edits, &COLUMNS, "/price", explained)?;
    let (mut outcome, mut good) = (Outcome { changed: 0, faults }, Vec::new());
    for (id, cells) in rows {
        match facts.read(&cells) {
            Err(faults) => {
                outcome.faults.insert(id, faults);
            }
            Ok(mut row) => {
                row.id = id;
                let key = row.key();
                if taken.get(&key).is_some_and(|holder| *holder != id) {
                    let detail = sentences::price_taken();
                    outcome.faults.insert(id, vec![duplicate("/min_quantity", detail)]);
                    continue;
                }
                taken.insert(key, id);
                good.push(row);
            }
        }
    }
    concessions::refuse(tx, &stored, (&mut good, &mut outcome.faults), reason.as_deref(), now)?;
    let changed: Vec<_> = good.iter().map(|row| row.id).collect();
    prices::update(tx, &good).map_err(or_duplicate)?;
    let after = keeping::lock_prices(tx, &changed)?;
    let pairs: Vec<_> = after
        .iter()
        .filter_map(|price| Some((stored.get(&price.id)?, price)))
        .collect();
    outcome.changed = pairs.iter().filter(|(before, after)| before != after).count();
    record_changes(tx, actor, (&pairs, reason.as_deref()), now)?;
    Ok(outcome)
}

/// The keys of all rows that the products of these rows have in their list.
fn keys_of<'a>(
    tx: &mut Connection,
    stored: impl Iterator<Item = &'a KeptPrice>,
) -> Result<HashMap<prices::Key, PriceId>> {
    let (mut lists, mut products) = (HashSet::new(), HashSet::new());
    for price in stored {
        lists.insert(price.list_id);
        products.insert(price.product_id);
    }
    let (lists, products): (Vec<_>, Vec<_>) = (lists.into_iter().collect(), products.into_iter().collect());
    let rows = keeping::list_keys(tx, &products, &lists)?;
    let key =
        |(id, list, product, unit, min, from): (_, _, _, String, _, _)| ((list, product, unit.into(), min, from), id);
    Ok(rows.into_iter().map(key).collect())
}

/// Takes a price out of its list.
pub fn remove_price(
    tx: &mut Connection,
    actor: &Actor,
    id: PriceId,
    expected: &Expected,
    now: Timestamp,
) -> Result<KeptPrice> {
    let price = keeping::lock_prices(tx, &[id])?.pop().ok_or(Error::NotFound)?;
    expected.check(price_version(&price))?;
    keeping::delete_price(tx, id)?;
    let entry = Entry::kept(
        PriceAction::Remove.name(),
        price.account_id,
        id.to_string(),
        Some(&NewPrice::from(&price)),
        None,
    );
    audit::record(tx, actor, &entry, now)?;
    tell(tx, price.list_id, &[&price], now)?;
    Ok(price)
}
