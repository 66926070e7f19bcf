//! What somebody gathers in a session: lines as typed, and what they come to today. Nothing of it is an order.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::rules::LINES_MAX;
use super::sentences;
use crate::accounts::terms::{self, Terms};
use crate::catalogue::rules::{Article, LineFault, SaleUnit};
use crate::catalogue::{ArticleKey, find_articles};
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::drafts::resolving::{self, Wanted};
use crate::drafts::rules::TypedLine;
use crate::error::{Code, Error, Result};
use crate::ids::AccountId;
use crate::money::Money;
use crate::pricing::{self, LineRequest, PricedLine};
use crate::quantity::{Decimal, Quantity};

/// Decimals in which quantities are added up.
const SUM_DECIMALS: u8 = 6;

/// A line as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasketLine {
    /// Tells lines apart for good; the buyer's system gives it back.
    pub key: u32,
    pub sku: String,
    pub unit: String,
    /// A plain decimal.
    pub quantity: String,
}

/// The lines, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Basket {
    pub lines: Vec<BasketLine>,
}

impl Basket {
    /// Puts so much of something into it, as a line of its own unless one of the same article and unit is there: that one
    /// becomes so much more.
    pub fn add(&mut self, sku: &str, unit: &str, quantity: String) -> Result<()> {
        if let Some(line) = self.lines.iter_mut().find(|line| line.sku == sku && line.unit == unit) {
            line.quantity = more(&line.quantity, &quantity)?;
            return Ok(());
        }
        if self.lines.len() >= LINES_MAX {
            let detail = sentences::punchout_basket_full(LINES_MAX);
            return Err(Error::conflict(Code::TooManyLines, detail));
        }
        let last = self.lines.iter().map(|line| line.key).max().unwrap_or_default();
        self.lines.push(BasketLine {
            key: last.saturating_add(1),
            sku: sku.to_owned(),
            unit: unit.to_owned(),
            quantity,
        });
        Ok(())
    }
}

/// Two quantities together. One that is no quantity is told where it stands, so it stays as typed.
fn more(there: &str, added: &str) -> Result<String> {
    let (Ok(first), Ok(second)) = (Decimal::parse(there), Decimal::parse(added)) else {
        return Ok(added.to_owned());
    };
    let sum = first
        .scaled(SUM_DECIMALS)
        .ok()
        .zip(second.scaled(SUM_DECIMALS).ok())
        .and_then(|(first, second)| first.checked_add(second));
    let sum = sum.ok_or_else(|| {
        let detail = crate::sentences::cannot_read(added);
        Error::invalid("/quantity", Code::QuantityInvalid, detail)
    })?;
    Ok(Quantity::new(sum, SUM_DECIMALS).to_string())
}

/// A line with what it comes to, or what is wrong with it.
#[derive(Debug)]
pub struct ShownLine {
    pub line: BasketLine,
    pub article: Option<Arc<Article>>,
    pub unit: Option<SaleUnit>,
    pub priced: Result<PricedLine, LineFault>,
}

/// A basket with what it comes to today.
#[derive(Debug)]
pub struct Shown {
    pub terms: Terms,
    pub today: NaiveDate,
    pub lines: Vec<ShownLine>,
    /// Of the good lines.
    pub total: Money,
}

impl Shown {
    /// The first line that can't be taken back, and why.
    pub fn fault(&self) -> Option<Error> {
        let mut lines = self.lines.iter().enumerate();
        lines.find_map(|(place, line)| {
            let fault = line.priced.as_ref().err()?;
            let number = i64::try_from(place).ok()?.checked_add(1)?;
            let detail = sentences::punchout_basket_bad(number, fault.detail.clone());
            Some(Error::conflict(fault.code, detail))
        })
    }
}

/// What a basket comes to: a fixed number of statements.
pub fn show(connection: &mut Connection, account_id: AccountId, basket: &Basket, now: Timestamp) -> Result<Shown> {
    let terms = terms::load(connection, account_id)?;
    let today = day_in(terms.supplier_zone, now);
    let requests: Vec<_> = basket.lines.iter().map(request).collect();
    let keys = requests.iter().map(|request| &request.key);
    let articles = find_articles(connection, account_id, keys)?;
    let priced = pricing::price_each(connection, &terms, &requests, &articles, today)?;
    let mut total = Money::zero(terms.currency);
    let lines = basket
        .lines
        .iter()
        .zip(requests)
        .zip(priced)
        .map(|((line, request), priced)| {
            let article = articles.get(&request.key).cloned();
            let unit = article.as_ref().and_then(|article| article.unit(&line.unit)).cloned();
            let net = priced
                .as_ref()
                .map(|priced| priced.priced.net_minor)
                .unwrap_or_default();
            let added = total.checked_add(Money::new(net, terms.currency));
            total = added.unwrap_or(total);
            ShownLine {
                line: line.clone(),
                article,
                unit,
                priced,
            }
        });
    let lines = lines.collect();
    Ok(Shown {
        lines,
        total,
        today,
        terms,
    })
}

fn request(line: &BasketLine) -> LineRequest {
    LineRequest {
        key: ArticleKey::Sku(line.sku.clone()),
        unit: Some(line.unit.clone()),
        quantity: line.quantity.clone(),
    }
}

/// Article, unit and quantity of what somebody typed: own number, our number or a GTIN; none where nothing has it.
pub fn resolve(
    connection: &mut Connection,
    account_id: AccountId,
    typed: Vec<TypedLine>,
    now: Timestamp,
) -> Result<Vec<Option<(String, String)>>> {
    let wanted = typed.into_iter().map(Wanted::from).collect();
    let lines = resolving::resolve(connection, account_id, wanted, now)?;
    let keys: Vec<_> = lines
        .iter()
        .filter_map(|line| line.product_id)
        .map(ArticleKey::ProductId)
        .collect();
    let articles = find_articles(connection, account_id, &keys)?;
    let found: HashMap<_, _> = keys.iter().filter_map(|key| Some((key, articles.get(key)?))).collect();
    let of = |line: crate::drafts::rules::DraftLine| {
        let article = found.get(&ArticleKey::ProductId(line.product_id?))?;
        let unit = article.unit(&line.typed.unit)?;
        Some((article.sku.clone(), unit.unit.clone()))
    };
    Ok(lines.into_iter().map(of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_again_is_so_much_more() {
        let mut basket = Basket::default();
        for (unit, quantity) in [("PCE", "2"), ("PCE", "0.5"), ("CT12", "1"), ("PCE", "1.5")] {
            basket.add("BOLT", unit, quantity.to_owned()).unwrap();
        }
        let lines: Vec<_> = basket
            .lines
            .iter()
            .map(|line| (line.unit.as_str(), line.quantity.as_str()))
            .collect();
        assert_eq!(lines, [("PCE", "4"), ("CT12", "1")]);
        let huge = "9".repeat(18);
        assert!(basket.add("BOLT", "PCE", huge).is_err());
    }
}
