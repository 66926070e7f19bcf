//! Lines that come from a buyer's system, as articles and units of ours.

use std::collections::HashMap;

use super::basket::{Basket, BasketLine};
use super::cxml::Element;
use super::rules::LINES_MAX;
use super::sentences;
use super::setup::{PunchoutSetup, Setup};
use crate::catalogue::rules::Article;
use crate::catalogue::{ArticleKey, Articles, find_articles};
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::quantity::Decimal;

/// A line as the buyer's system names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub sku: String,
    /// Key of the line and unit, as we gave them.
    pub key: Option<u32>,
    pub unit: Option<String>,
    /// The buyer's code of the unit.
    pub unit_code: Option<String>,
    /// As written.
    pub quantity: String,
}

impl Named {
    pub fn of(item: &Element) -> Self {
        let auxiliary = item.value_at(&["ItemID", "SupplierPartAuxiliaryID"]);
        let (key, unit) = match auxiliary.as_deref().and_then(|text| text.split_once('/')) {
            Some((key, unit)) => (key.parse().ok(), Some(unit.to_owned())),
            None => (None, None),
        };
        Self {
            sku: item.value_at(&["ItemID", "SupplierPartID"]).unwrap_or_default(),
            key,
            unit: unit.filter(|unit| !unit.is_empty()),
            unit_code: item.value_at(&["ItemDetail", "UnitOfMeasure"]),
            quantity: plain(item.attribute("quantity").unwrap_or_default()),
        }
    }

    /// The unit of ours that is meant: the one we gave, else the only one with the buyer's code.
    pub fn meant<'a>(&self, article: &'a Article, setup: &PunchoutSetup) -> Option<&'a str> {
        if let Some(unit) = self.unit.as_deref().and_then(|unit| article.unit(unit)) {
            return Some(&unit.unit);
        }
        let code = self.unit_code.as_deref()?;
        let mut fitting = article
            .units
            .iter()
            .filter(|unit| setup.means_unit(code, &unit.unit_code) || unit.unit.eq_ignore_ascii_case(code));
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => Some(&only.unit),
            _ => None,
        }
    }
}

/// A decimal without zeros at its end: systems write `5.0000`.
pub(super) fn plain(text: &str) -> String {
    let text = text.trim();
    match text.split_once('.') {
        Some((whole, part)) if part.bytes().all(|byte| byte.is_ascii_digit()) => {
            let part = part.trim_end_matches('0');
            let whole = if whole.is_empty() { "0" } else { whole };
            match part.is_empty() {
                true => whole.to_owned(),
                false => format!("{whole}.{part}"),
            }
        }
        _ => text.to_owned(),
    }
}

/// The articles behind lines.
pub fn articles(connection: &mut Connection, setup: &Setup, lines: &[Named]) -> Result<Articles> {
    let keys: Vec<_> = lines.iter().map(|line| ArticleKey::Sku(line.sku.clone())).collect();
    find_articles(connection, setup.account_id, &keys)
}

/// The basket that these lines were; what is no longer sold stays as a line that says so.
pub fn basket(connection: &mut Connection, setup: &Setup, items: &[&Element]) -> Result<Basket> {
    if items.len() > LINES_MAX {
        let detail = sentences::punchout_basket_full(LINES_MAX);
        return Err(Error::invalid("/lines", Code::TooManyLines, detail));
    }
    let named: Vec<_> = items.iter().map(|item| Named::of(item)).collect();
    let articles = articles(connection, setup, &named)?;
    let mut faults = Vec::new();
    let mut used = HashMap::new();
    let mut lines: Vec<BasketLine> = Vec::new();
    let most = named.iter().filter_map(|line| line.key).max().unwrap_or_default();
    let mut next = most.saturating_add(1);
    for (place, line) in named.iter().enumerate() {
        if !Decimal::parse(&line.quantity).is_ok_and(Decimal::is_positive) {
            let detail = crate::sentences::quantity_not_above_zero(&line.quantity);
            faults.push(FieldError::new(
                format!("/lines/{place}/quantity"),
                Code::QuantityInvalid,
                detail,
            ));
            continue;
        }
        let article = articles.get(&ArticleKey::Sku(line.sku.clone()));
        let unit = article.and_then(|article| line.meant(article, &setup.setup));
        let unit = unit
            .map(str::to_owned)
            .or_else(|| line.unit.clone())
            .or_else(|| line.unit_code.clone());
        let key = match line.key.filter(|key| used.insert(*key, ()).is_none()) {
            Some(key) => key,
            None => {
                let key = next;
                next = next.saturating_add(1);
                key
            }
        };
        lines.push(BasketLine {
            key,
            sku: line.sku.clone(),
            unit: unit.unwrap_or_default(),
            quantity: line.quantity.clone(),
        });
    }
    match faults.is_empty() {
        true => Ok(Basket { lines }),
        false => Err(Error::Invalid(faults)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_we_gave_is_known_again() {
        let item = Element::new("ItemOut").with("quantity", "5.0000").holding(
            Element::new("ItemID")
                .holding(Element::text_of("SupplierPartID", "BOLT"))
                .holding(Element::text_of("SupplierPartAuxiliaryID", "3/CT/100")),
        );
        let named = Named::of(&item);
        assert_eq!(
            (named.key, named.unit.as_deref(), named.quantity.as_str()),
            (Some(3), Some("CT/100"), "5")
        );
        assert_eq!(plain("0.50"), "0.5");
        assert_eq!(plain(".5"), "0.5");
        assert_eq!(plain("1e3"), "1e3");
    }
}
