//! What a typed line asks for, once its article is known: unit and quantity, or what has to be asked first.

use std::collections::HashMap;
use std::sync::Arc;

use super::rules::problems::Problem;
use super::rules::{TypedLine, units};
use crate::catalogue::rules::{Article, SaleUnit};
use crate::catalogue::{ArticleKey, Articles};
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{AccountId, ProductId};
use crate::languages::Language;
use crate::orders;
use crate::orders::RequestedLine;
use crate::pricing::LineRequest;
use crate::quantity::Quantity;
use crate::typed::{self, Typed};

/// What a line is about, as far as that is known, and what it asks for.
#[derive(Debug)]
pub struct Interpreted {
    pub article: Option<Arc<Article>>,
    pub unit: Option<SaleUnit>,
    /// The quantity as a plain decimal, or what stands in its way.
    pub number: Result<String, Problem>,
}

impl Interpreted {
    fn problem(article: Option<&Arc<Article>>, unit: Option<&SaleUnit>, problem: Problem) -> Self {
        Self {
            article: article.cloned(),
            unit: unit.cloned(),
            number: Err(problem),
        }
    }

    /// The line as an order asks for it, if it can be asked for.
    pub fn request(&self, note: &str) -> Option<RequestedLine> {
        let (article, unit) = (self.article.as_ref()?, self.unit.as_ref()?);
        let number = self.number.as_ref().ok()?;
        Some(RequestedLine {
            line: LineRequest {
                key: ArticleKey::ProductId(article.product_id),
                unit: Some(unit.unit.clone()),
                quantity: number.clone(),
            },
            note: Some(note.to_owned()).filter(|note| !note.is_empty()),
        })
    }
}

/// The units that lines without a unit take: what the account ordered last of their articles. One statement, none where
/// every line names its unit.
pub fn last_units<'a>(
    connection: &mut Connection,
    account_id: AccountId,
    lines: impl Iterator<Item = (&'a TypedLine, Option<ProductId>)>,
) -> Result<HashMap<ProductId, String>> {
    let without = lines.filter(|(typed, _)| typed.unit.is_empty());
    let mut ids: Vec<_> = without.filter_map(|(_, product_id)| product_id).collect();
    ids.sort_unstable();
    ids.dedup();
    orders::last_units(connection, account_id, &ids)
}

/// Reads a line whose key means `product_id`.
pub fn interpret(
    typed: &TypedLine,
    product_id: Option<ProductId>,
    articles: &Articles,
    last_units: &HashMap<ProductId, String>,
) -> Interpreted {
    let article = product_id.and_then(|id| articles.get(&ArticleKey::ProductId(id)));
    let Some(article) = article else {
        let problem = if typed.key.is_empty() {
            Problem::NoKey
        } else {
            Problem::Unknown(Vec::new())
        };
        return Interpreted::problem(None, None, problem);
    };
    let unit = if typed.unit.is_empty() {
        units::usual(article, last_units.get(&article.product_id).map(String::as_str))
    } else {
        units::choose(article, &typed.unit, unit_names)
    };
    let Some(unit) = unit else {
        return Interpreted::problem(Some(article), None, Problem::UnknownUnit);
    };
    let problem = match typed::quantity(&typed.quantity) {
        Typed::Value(number) => {
            return Interpreted {
                article: Some(article.clone()),
                unit: Some(unit.clone()),
                number: Ok(number),
            };
        }
        Typed::Missing => Problem::NoQuantity,
        Typed::Bad => Problem::NotANumber,
        Typed::Ambiguous(thousands, decimal) => Problem::ambiguous(thousands, decimal, &unit.unit),
    };
    Interpreted::problem(Some(article), Some(unit), problem)
}

/// What people call a unit in every language, for one and for many.
fn unit_names(unit: &SaleUnit) -> Vec<String> {
    let names = Language::ALL
        .into_iter()
        .flat_map(|language| [1, 2].map(|count| language.unit(&unit.unit_code, Quantity::new(count, 0))));
    names.collect()
}
