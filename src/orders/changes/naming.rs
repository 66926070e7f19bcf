//! What people type for an article that is added to an order: the account's own number, the supplier's, or a GTIN; and its unit by its
//! key or its name.

use super::rules::Added;
use crate::catalogue::rules::{Article, gtin14};
use crate::catalogue::{self, ArticleKey, Articles};
use crate::db::Connection;
use crate::error::Result;
use crate::ids::AccountId;
use crate::keys;

/// A line as it was typed; the quantity is a plain decimal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedLine {
    pub article: String,
    /// Empty for the unit that is meant without one.
    pub unit: String,
    pub quantity: String,
}

/// The keys under which a typed article is looked for, the account's own number first.
fn candidates(typed: &str) -> Vec<ArticleKey> {
    let gtin = gtin14(typed).map(ArticleKey::Gtin);
    let own = [
        ArticleKey::CustomerPartNumber(typed.to_owned()),
        ArticleKey::Sku(typed.to_owned()),
    ];
    own.into_iter().chain(gtin).collect()
}

fn unit_of(article: &Article, typed: &str) -> Option<String> {
    let units = || article.units.iter();
    if typed.is_empty() {
        let meant = units()
            .find(|unit| unit.is_default)
            .or_else(|| units().find(|unit| unit.is_base));
        return meant.map(|unit| unit.unit.clone());
    }
    let named = units().find(|unit| keys::same(&unit.unit, typed) || keys::same(&unit.name, typed));
    named.map(|unit| unit.unit.clone())
}

fn name(typed: &TypedLine, articles: &Articles) -> Added {
    let found = candidates(&typed.article)
        .into_iter()
        .find_map(|key| articles.get(&key).map(|article| (key, article)));
    let quantity = typed.quantity.clone();
    let given = Some(typed.unit.clone()).filter(|unit| !unit.is_empty());
    match found {
        // A pack's GTIN says the unit.
        Some((ArticleKey::Gtin(gtin), _)) if given.is_none() => Added {
            gtin: Some(gtin),
            quantity,
            ..Added::default()
        },
        Some((_, article)) => Added {
            product_id: Some(article.product_id.to_string()),
            unit: unit_of(article, &typed.unit).or(given),
            quantity,
            typed: Some(typed.article.clone()),
            ..Added::default()
        },
        None => Added {
            sku: Some(typed.article.clone()),
            unit: given,
            quantity,
            ..Added::default()
        },
    }
}

/// The lines with the articles that are meant; one that nobody knows stays as it was typed, and is refused as such.
pub fn named(connection: &mut Connection, account_id: AccountId, typed: &[TypedLine]) -> Result<Vec<Added>> {
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let wanted: Vec<_> = typed.iter().flat_map(|line| candidates(&line.article)).collect();
    let articles = catalogue::find_articles(connection, account_id, &wanted)?;
    Ok(typed.iter().map(|line| name(line, &articles)).collect())
}
