//! What a typed line asks for, once its article is known: unit and quantity, or what has to be asked first.

use std::sync::Arc;

use super::rules::problems::Problem;
use super::rules::{DraftLine, TypedLine, units};
use crate::catalogue::rules::{Article, SaleUnit};
use crate::catalogue::{ArticleKey, Articles};
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{AccountId, ProductId};
use crate::languages::Language;
use crate::orders;
use crate::orders::RequestedLine;
use crate::orders::rules::Wishes;
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
    pub fn request(&self, typed: &TypedLine) -> Option<RequestedLine> {
        let (article, unit) = (self.article.as_ref()?, self.unit.as_ref()?);
        let number = self.number.as_ref().ok()?;
        Some(RequestedLine {
            line: LineRequest {
                key: ArticleKey::ProductId(article.product_id),
                unit: Some(unit.unit.clone()),
                quantity: number.clone(),
            },
            note: Some(typed.note.clone()).filter(|note| !note.is_empty()),
            typed: Some(typed.key.clone()),
            choices: Wishes::default(),
        })
    }
}

/// Gives lines that name no unit the usual one of their article, once: what was shown stays. At most one statement.
pub fn settle_units(
    connection: &mut Connection,
    account_id: AccountId,
    lines: &mut [DraftLine],
    articles: &Articles,
) -> Result<()> {
    let without = lines.iter().filter(|line| line.typed.unit.is_empty());
    let mut ids: Vec<_> = without.filter_map(|line| line.product_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let last_units = orders::last_units(connection, account_id, &ids)?;
    for line in lines.iter_mut().filter(|line| line.typed.unit.is_empty()) {
        let article = line.product_id.and_then(|id| articles.get(&ArticleKey::ProductId(id)));
        let last = line.product_id.and_then(|id| last_units.get(&id));
        if let Some((unit, origin)) = article.and_then(|article| units::usual(article, last.map(String::as_str))) {
            line.typed.unit.clone_from(&unit.unit);
            line.unit_origin = Some(origin);
        }
    }
    Ok(())
}

/// Reads a line whose key means `product_id`.
pub fn interpret(typed: &TypedLine, product_id: Option<ProductId>, articles: &Articles) -> Interpreted {
    let article = product_id.and_then(|id| articles.get(&ArticleKey::ProductId(id)));
    let Some(article) = article else {
        let problem = if typed.key.is_empty() {
            Problem::NoKey
        } else {
            Problem::Unknown(Vec::new())
        };
        return Interpreted::problem(None, None, problem);
    };
    let Some(unit) = unit_of(article, &typed.unit) else {
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

/// The unit of an article that a text means: its key, or what people call it.
pub(super) fn unit_of<'a>(article: &'a Article, text: &str) -> Option<&'a SaleUnit> {
    units::choose(article, text, unit_names)
}

/// Reads a line as it is stored: where a pack holds something else than was shown, that is asked first.
pub fn interpret_line(line: &DraftLine, articles: &Articles) -> Interpreted {
    let read = interpret(&line.typed, line.product_id, articles);
    let changed = match (&read.article, &read.unit, &read.number) {
        (Some(article), Some(unit), Ok(number)) => {
            let was = line.shown_content.filter(|was| *was != unit.content);
            was.and_then(|was| Problem::pack_changed(article, unit, number, was))
        }
        _ => None,
    };
    match changed {
        Some(problem) => Interpreted {
            number: Err(problem),
            ..read
        },
        None => read,
    }
}

/// What people call a unit in every language, for one and for many.
fn unit_names(unit: &SaleUnit) -> Vec<String> {
    let names = Language::ALL
        .into_iter()
        .flat_map(|language| [1, 2].map(|count| language.unit(&unit.unit_code, Quantity::new(count, 0))));
    names.collect()
}
