//! Products, sale units and what each account sees of them.
//!
//! - [`products`], [`units`], [`assortments`], [`early`]: staff change them, each change with a record of what was before

pub mod assortments;
pub mod early;
pub mod files;
pub mod inputs;
pub mod products;
pub mod routes;
pub mod rules;
pub mod sentences;
pub mod store;
pub mod units;
pub mod words;

use std::collections::HashMap;
use std::sync::Arc;

use crate::db::{Connection, Database, Remembering, Topics};
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, ProductId};
use crate::keys;
use crate::names::sets::ArticleState;

use self::rules::{Article, LineFault, SaleUnit, gtin14};
use self::store::KeyKind;
pub use self::store::{
    Category, Filter, known_among, list, list_by_skus, list_by_words, list_coming_no_more, list_numbers, match_words,
    meant_sku, search_query,
};

struct Categories;

impl Remembering for Categories {
    type Key = AccountId;
    type Value = Arc<[Category]>;
    const TOPICS: Topics = Topics::ASSORTMENT;
    const MOST: u64 = 1_000;
}

/// The categories of what the account sees, as they were lately: counting them takes longer than the page they stand on.
pub async fn categories(db: &Database, account_id: AccountId) -> Result<Arc<[Category]>> {
    let read = move |connection: &mut Connection| Ok(store::list_categories(connection, account_id)?.into());
    db.remembered::<Categories>().get(db, account_id, read).await
}

/// How a line names its article.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ArticleKey {
    /// The supplier's number.
    Sku(String),
    /// The account's own number.
    CustomerPartNumber(String),
    /// A GTIN of any packaging level, as 14 digits.
    Gtin(String),
    ProductId(ProductId),
    /// A text that is no GTIN, as written: no article has it.
    IllFormedGtin(String),
    /// A text that is no product's id, as written.
    IllFormedId(String),
}

impl ArticleKey {
    /// The key of a line that has exactly one of them.
    pub fn only_one_of(
        sku: Option<String>,
        customer_part_number: Option<String>,
        gtin: Option<String>,
        product_id: Option<String>,
    ) -> Result<Self, LineFault> {
        match (sku, customer_part_number, gtin, product_id) {
            (Some(sku), None, None, None) => Ok(Self::Sku(sku)),
            (None, Some(number), None, None) => Ok(Self::CustomerPartNumber(number)),
            (None, None, Some(gtin), None) => Ok(gtin14(&gtin).map_or(Self::IllFormedGtin(gtin), Self::Gtin)),
            (None, None, None, Some(id)) => Ok(id.parse().map_or(Self::IllFormedId(id), Self::ProductId)),
            _ => Err(LineFault::new(Code::OneKeyNeeded, sentences::one_key())),
        }
    }

    fn stored(&self) -> Option<(KeyKind, String)> {
        match self {
            Self::Sku(value) => Some((KeyKind::Sku, value.clone())),
            Self::CustomerPartNumber(value) => Some((KeyKind::CustomerPartNumber, value.clone())),
            Self::Gtin(value) => Some((KeyKind::Gtin, value.clone())),
            Self::ProductId(id) => Some((KeyKind::ProductId, id.0.to_string())),
            Self::IllFormedGtin(_) | Self::IllFormedId(_) => None,
        }
    }

    /// As somebody wrote it.
    pub fn text(&self) -> String {
        match self {
            Self::Sku(text)
            | Self::CustomerPartNumber(text)
            | Self::Gtin(text)
            | Self::IllFormedGtin(text)
            | Self::IllFormedId(text) => text.clone(),
            Self::ProductId(id) => id.to_string(),
        }
    }
}

/// The articles behind many keys.
#[derive(Debug, Default)]
pub struct Articles {
    by_key: HashMap<(KeyKind, String), Arc<Article>>,
}

impl Articles {
    /// The article behind `key`, in whatever unit.
    pub fn get(&self, key: &ArticleKey) -> Option<&Arc<Article>> {
        self.by_key.get(&key.stored()?)
    }

    /// The article behind `key`, if it is sold. What the account does not see and what does not exist get the same answer.
    pub fn find_article(&self, key: &ArticleKey) -> Result<&Arc<Article>, LineFault> {
        let unknown = || LineFault::new(Code::UnknownSku, sentences::no_article(key.text()));
        let article = self.get(key).ok_or_else(unknown)?;
        if article.state == ArticleState::Ended {
            return Err(LineFault::new(
                Code::ArticleEnded,
                sentences::article_ended(&article.sku),
            ));
        }
        Ok(article)
    }

    /// These articles, to be found by their ids.
    pub fn of<'a>(articles: impl IntoIterator<Item = &'a Arc<Article>>) -> Self {
        let by_id = |article: &Arc<Article>| {
            let id = ArticleKey::ProductId(article.product_id);
            Some((id.stored()?, article.clone()))
        };
        Self {
            by_key: articles.into_iter().filter_map(by_id).collect(),
        }
    }

    /// The same articles, to be found by their ids.
    pub fn by_id(&self) -> Self {
        Self::of(self.by_key.values())
    }

    /// The article behind `key` and the unit meant by it: a pack's GTIN sets the unit, or must match the one given.
    pub fn find(&self, key: &ArticleKey, unit: Option<&str>) -> Result<(&Arc<Article>, &SaleUnit), LineFault> {
        let unknown = || LineFault::new(Code::UnknownSku, sentences::no_article(key.text()));
        let article = self.find_article(key)?;
        let units = || article.units.iter().map(|unit| unit.unit.as_str());
        let scanned = match key {
            ArticleKey::Gtin(gtin) => {
                let pack = |unit: &&SaleUnit| !unit.is_base && unit.gtin.as_ref() == Some(gtin);
                article.units.iter().find(pack)
            }
            _ => None,
        };
        match (scanned, unit) {
            (Some(scanned), None) => Ok((article, scanned)),
            (Some(scanned), Some(wanted)) if keys::same(&scanned.unit, wanted) => Ok((article, scanned)),
            (Some(scanned), Some(wanted)) => Err(LineFault::new(
                Code::UnknownUnit,
                sentences::gtin_of_other_unit(key.text(), &scanned.unit, wanted),
            )),
            // The product's own GTIN is its base unit's.
            (None, None) if matches!(key, ArticleKey::Gtin(_)) => {
                Ok((article, article.unit(&article.base_unit).ok_or_else(unknown)?))
            }
            (None, None) => {
                let detail = sentences::name_a_unit(&article.sku, units());
                Err(LineFault::new(Code::UnknownUnit, detail))
            }
            (None, Some(wanted)) => article.unit(wanted).map(|unit| (article, unit)).ok_or_else(|| {
                let detail = sentences::not_sold_in(&article.sku, wanted, units());
                LineFault::new(Code::UnknownUnit, detail)
            }),
        }
    }

    /// Every article found, each product once.
    pub fn products(&self) -> Vec<ProductId> {
        let mut ids: Vec<_> = self.by_key.values().map(|article| article.product_id).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

/// Loads the articles of `account_id` behind `keys`: two statements for each kind of key there is.
pub fn find_articles<'a>(
    connection: &mut Connection,
    account_id: AccountId,
    keys: impl IntoIterator<Item = &'a ArticleKey>,
) -> Result<Articles> {
    let mut by_kind = HashMap::<KeyKind, Vec<String>>::new();
    for (kind, value) in keys.into_iter().filter_map(ArticleKey::stored) {
        by_kind.entry(kind).or_default().push(value);
    }
    let mut articles = Articles::default();
    for (kind, mut values) in by_kind {
        values.sort_unstable();
        values.dedup();
        for (key, article) in store::find_by_key(connection, account_id, kind, &values)? {
            if kind == KeyKind::Gtin && !carries(&article, &key) {
                continue;
            }
            articles.by_key.insert((kind, key), Arc::new(article));
        }
    }
    Ok(articles)
}

/// True if the GTIN is one of those the account sees on the article.
fn carries(article: &Article, gtin: &str) -> bool {
    article.units.iter().any(|unit| unit.gtin.as_deref() == Some(gtin))
}

/// The article of the account with this id.
pub fn get(connection: &mut Connection, account_id: AccountId, id: ProductId) -> Result<Article> {
    let found = store::find_by_key(connection, account_id, KeyKind::ProductId, &[id.0.to_string()])?;
    found
        .into_iter()
        .next()
        .map(|(_, article)| article)
        .ok_or(Error::NotFound)
}
