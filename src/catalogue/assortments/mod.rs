//! Assortments: what an account sees, under which number and label of its own. An account without any row sees every
//! product that isn't exclusive to another; the first row narrows that to its rows.

pub mod files;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use std::collections::HashMap;

use crate::accounts::files::accounts::Accounts;
use crate::accounts::rules::Account;
use crate::audit::{self, Actor, Entry};
use crate::catalogue::files::Gtins;
use crate::catalogue::inputs::{ArticleChange, NewArticle};
use crate::catalogue::products::files::Products;
use crate::catalogue::rules::keeping::KeptArticle;
use crate::catalogue::rules::search_words;
use crate::catalogue::sentences;
use crate::catalogue::store::search_query;
use crate::clock::Timestamp;
use crate::db::seek::Walk;
use crate::db::{Connection, sets, violations};
use crate::error::{Error, FieldError, Result};
use crate::events;
use crate::events::payloads::AssortmentChanged;
use crate::ids::{AccountId, AssortmentId, ProductId};
use crate::kept;
use crate::version::{Edit, Expected};

/// Assortments of one product that are shown.
const OF_PRODUCT_MAX: i64 = 200;
/// Most rows put at once.
pub const ROWS_MAX: usize = 2_000;

const COLUMNS: [&[&str]; 2] = [files::LAYOUT.required, files::LAYOUT.optional];

/// An account and how many articles its assortment has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extent {
    pub account_id: AccountId,
    pub code: String,
    pub name: String,
    /// 0: it sees all.
    pub articles: i64,
}

/// The accounts that are open, by code.
pub fn extents(connection: &mut Connection) -> Result<Vec<Extent>> {
    let rows = store::list_accounts(connection)?;
    let extent = |(account_id, code, name, articles)| Extent {
        account_id,
        code,
        name,
        articles,
    };
    Ok(rows.into_iter().map(extent).collect())
}

/// How many articles the assortment of the account has; 0: it sees all.
pub fn count(connection: &mut Connection, account_id: AccountId) -> Result<i64> {
    store::count_articles(connection, account_id)
}

/// At most `rows_max` articles of the account's assortment by product, those behind `after`.
pub fn list(
    connection: &mut Connection,
    account_id: AccountId,
    text: Option<&str>,
    after: impl Into<Walk<ProductId>>,
    rows_max: i64,
) -> Result<Vec<KeptArticle>> {
    let words = text.map(|text| search_words(&[text]));
    if words.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let query = search_query(connection.engine(), &words.unwrap_or_default());
    store::list_articles(connection, account_id, &query, after.into(), rows_max)
}

/// The assortments that have the product.
pub fn with_product(connection: &mut Connection, product_id: ProductId) -> Result<Vec<KeptArticle>> {
    store::list_assortments_of(connection, product_id, OF_PRODUCT_MAX)
}

/// The row with this id.
pub fn get(connection: &mut Connection, id: AssortmentId) -> Result<KeptArticle> {
    store::find_article(connection, id)?.ok_or(Error::NotFound)
}

/// The version of a row.
pub fn version(article: &KeptArticle) -> i64 {
    kept::version(&NewArticle::from(article))
}

/// What came of rows that were put: how many were new or changed, and the faults of the others by their place.
#[derive(Debug, Default)]
pub struct Outcome {
    /// New rows.
    pub added: usize,
    /// Rows that were changed.
    pub changed: usize,
    /// Rows that were so already.
    pub same: usize,
    /// Faults of rows that were not taken.
    pub faults: Vec<(usize, Vec<FieldError>)>,
    /// Products of the rows that were taken.
    pub products: Vec<ProductId>,
}

/// Puts rows into the assortment of an account: new ones, or in the place of those with the same product. Good rows are
/// taken, the others told.
pub fn put(
    tx: &mut Connection,
    actor: &Actor,
    account: &Account,
    rows: &[NewArticle],
    now: Timestamp,
) -> Result<Outcome> {
    let rows = rows.iter().map(|row| kept::row(row, &COLUMNS));
    put_rows(tx, actor, account, rows.collect::<Result<_>>()?, now)
}

fn put_rows(
    tx: &mut Connection,
    actor: &Actor,
    account: &Account,
    rows: Vec<kept::Row>,
    now: Timestamp,
) -> Result<Outcome> {
    let skus = rows.iter().flatten().filter(|(column, _)| *column == "sku");
    let skus: Vec<_> = skus.map(|(_, sku)| sku.as_str()).collect();
    let (accounts, products) = (Accounts::load(tx)?, Products::with_skus(tx, &skus)?);
    let known = files::Stored::of_account(tx, account.id)?;
    let (mut outcome, mut good, mut places) = (Outcome::default(), Vec::new(), Vec::new());
    let mut keys = files::Seen::new();
    for (place, mut row) in rows.into_iter().enumerate() {
        row.push(("account", account.code.clone()));
        match files::read(&row, &accounts, &products, &known, &mut keys) {
            Ok(row) => {
                good.push(row);
                places.push(place);
            }
            Err(faults) => outcome.faults.push((place, faults)),
        }
    }
    let label_gtins: Vec<_> = good.iter().filter_map(files::AssortmentRow::label_gtin).collect();
    let gtins = Gtins::with(tx, &label_gtins)?;
    let refused: HashMap<_, _> = files::refused(&good, &known, &gtins).into_iter().collect();
    let mut standing = Vec::new();
    for (index, row) in good.into_iter().enumerate() {
        match (refused.get(&index), places.get(index)) {
            (Some(fault), Some(place)) => outcome.faults.push((*place, vec![fault.clone()])),
            _ => standing.push(row),
        }
    }
    outcome.faults.sort_by_key(|(place, _)| *place);
    let ids: Vec<_> = standing.iter().map(files::AssortmentRow::product_id).collect();
    let json = sets::json(&ids)?;
    let before = store::lock_articles(tx, account.id, &json)?;
    files::store(tx, &standing).map_err(explained)?;
    let after = store::lock_articles(tx, account.id, &json)?;
    outcome.products = ids;
    record(tx, actor, account.id, &before, &after, &mut outcome, now)?;
    Ok(outcome)
}

/// What was checked may have been changed since by somebody else.
fn explained(error: Error) -> Error {
    match violations::is_stale(&error) {
        true => Error::Unavailable("Somebody else changed the same articles meanwhile. Try again.".to_owned()),
        false => error,
    }
}

fn record(
    tx: &mut Connection,
    actor: &Actor,
    account_id: AccountId,
    before: &[KeptArticle],
    after: &[KeptArticle],
    outcome: &mut Outcome,
    now: Timestamp,
) -> Result<()> {
    let was: HashMap<_, _> = before.iter().map(|article| (article.id, article)).collect();
    let mut entries = Vec::new();
    for article in after {
        let stored = was.get(&article.id);
        match stored {
            None => outcome.added += 1,
            Some(stored) if *stored == article => {
                outcome.same += 1;
                continue;
            }
            Some(_) => outcome.changed += 1,
        }
        let action = if stored.is_some() {
            "assortment.change"
        } else {
            "assortment.add"
        };
        let old = stored.map(|stored| NewArticle::from(*stored));
        let id = article.id.to_string();
        entries.push(Entry::kept(
            action,
            Some(account_id),
            id,
            old.as_ref(),
            Some(&NewArticle::from(article)),
        ));
    }
    audit::record_all(tx, actor, &entries, now)?;
    match after.first() {
        Some(first) if !entries.is_empty() => tell(tx, account_id, first.id, entries.len(), now),
        _ => Ok(()),
    }
}

/// The account hears that what it sees has changed.
fn tell(tx: &mut Connection, account_id: AccountId, id: AssortmentId, articles: usize, now: Timestamp) -> Result<()> {
    let changed = events::Entry::new(Some(account_id), id, AssortmentChanged { articles });
    events::recording(&changed, now).run(tx).map(drop)
}

/// Changes number and label of a row; account and product stay.
pub fn change(
    tx: &mut Connection,
    actor: &Actor,
    id: AssortmentId,
    expected: &Expected,
    change: &ArticleChange,
    now: Timestamp,
) -> Result<KeptArticle> {
    let found = get(tx, id)?;
    let json = sets::json(&[found.product_id])?;
    let article = store::lock_articles(tx, found.owner.id, &json)?
        .pop()
        .ok_or(Error::NotFound)?;
    expected.check(version(&article))?;
    let cells = kept::overlaid(&NewArticle::from(&article), change, &COLUMNS)?;
    let account = crate::accounts::get(tx, article.owner.id)?;
    let outcome = put_rows(tx, actor, &account, vec![cells], now)?;
    match outcome.faults.into_iter().next() {
        Some((_, faults)) => Err(Error::Invalid(faults)),
        None => get(tx, id),
    }
}

/// Changes rows of the account's assortment: the good ones, each for itself. How many were changed, and the faults of
/// the others.
pub fn edit(
    tx: &mut Connection,
    actor: &Actor,
    account: &Account,
    edits: &[Edit<AssortmentId, ArticleChange>],
    now: Timestamp,
) -> Result<(usize, kept::Faults<AssortmentId>)> {
    let ids: Vec<_> = edits.iter().map(|edit| edit.id).collect();
    let stored = store::lock_rows(tx, account.id, &sets::json(&ids)?)?;
    let stored = stored.iter().map(|article| (article.id, NewArticle::from(article)));
    let explained = [sentences::article_removed, sentences::row_changed];
    let (rows, mut faults) = kept::edited(&stored.collect(), edits, &COLUMNS, "/customer_part_number", explained)?;
    if rows.is_empty() {
        return Ok((0, faults));
    }
    let (places, rows): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
    let outcome = put_rows(tx, actor, account, rows, now)?;
    for (place, found) in outcome.faults {
        if let Some(id) = places.get(place) {
            faults.insert(*id, found);
        }
    }
    Ok((outcome.changed, faults))
}

/// Takes an article out of the assortment of its account.
pub fn remove(
    tx: &mut Connection,
    actor: &Actor,
    id: AssortmentId,
    expected: &Expected,
    now: Timestamp,
) -> Result<KeptArticle> {
    let found = get(tx, id)?;
    let json = sets::json(&[found.product_id])?;
    let article = store::lock_articles(tx, found.owner.id, &json)?
        .pop()
        .ok_or(Error::NotFound)?;
    expected.check(version(&article))?;
    store::delete_article(tx, id)?;
    let owner = article.owner.id;
    let entry = Entry::kept(
        "assortment.remove",
        Some(owner),
        id.to_string(),
        Some(&NewArticle::from(&article)),
        None,
    );
    audit::record(tx, actor, &entry, now)?;
    tell(tx, owner, id, 1, now)?;
    Ok(article)
}
