//! A line of a draft becomes lines in the best packs: the same quantity, the largest packs first.

use super::editing::{self, Change, Editor};
use super::interpreting::interpret_line;
use super::resolving::{Wanted, resolve};
use super::rules::TypedLine;
use super::store;
use crate::catalogue::rules::order_quantity;
use crate::catalogue::{ArticleKey, find_articles};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::ids::{DraftId, DraftLineId};
use crate::languages::Language;
use crate::pricing::splitting::rules;
use crate::typed;

/// Splits a line: it keeps the largest packs, the others follow at the end of the draft. A line that can't be ordered stays as
/// it is.
pub fn split(tx: &mut Connection, editor: &Editor, id: DraftId, line_id: DraftLineId) -> Result<()> {
    let lines = store::list_lines(tx, editor.account_id, id)?;
    let line = lines.into_iter().find(|line| line.id == line_id);
    let line = line.ok_or(Error::NotFound)?;
    let key = line.product_id.map(ArticleKey::ProductId);
    let articles = find_articles(tx, editor.account_id, &key)?;
    let read = interpret_line(&line, &articles);
    let (Some(article), Some(unit), Ok(number)) = (&read.article, &read.unit, &read.number) else {
        return Ok(());
    };
    let Ok(quantity) = order_quantity(article, unit, number) else {
        return Ok(());
    };
    let mut parts = rules::split(article, quantity.base_steps).into_iter();
    let Some(largest) = parts.next() else {
        return Ok(());
    };
    let change = Change::Quantity {
        quantity: largest.ordered.to_string(),
        unit: largest.unit.unit.clone(),
    };
    editing::set(tx, editor, id, line_id, &change)?;
    let wanted: Vec<_> = parts
        .map(|part| Wanted {
            typed: TypedLine {
                quantity: typed::to_type(Language::En, &part.ordered.to_string()),
                unit: part.unit.unit.clone(),
                ..line.typed.clone()
            },
            product_id: line.product_id,
            unit_origin: None,
            shown_content: None,
            is_by_blanks: false,
            choices: line.choices,
        })
        .collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let more = resolve(tx, editor.account_id, wanted, editor.now)?;
    editing::add(tx, editor, Some(id), more).map(drop)
}
