//! An order's lines become a draft: the same articles and quantities at today's prices. What can't be had any more stays
//! in it, with its reason.

use super::editing::Editor;
use super::resolving::{Wanted, resolve};
use super::rules::TypedLine;
use super::{shelving, store};
use crate::db::Connection;
use crate::error::Result;
use crate::identity::idempotency::{self, Begun};
use crate::ids::{DraftId, OrderId};
use crate::languages::Language;
use crate::orders;
use crate::orders::rules::Wishes;
use crate::typed::to_type;

/// The draft that was made of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reordered {
    pub id: DraftId,
    pub lines: usize,
    /// How many of them cost more than last time.
    pub dearer: usize,
    /// How many of them have no price now.
    pub not_priced: usize,
}

/// Copies the lines of an order of the account to a new draft. The same request has one effect.
pub fn reorder(
    tx: &mut Connection,
    editor: &Editor,
    key: &idempotency::Request,
    order_id: OrderId,
    title: &str,
) -> Result<Reordered> {
    let order = orders::get(tx, editor.account_id, order_id)?;
    // What was sent instead of something stands in the order by what was ordered.
    let ordered = || order.lines.iter().filter(|line| line.instead.is_none());
    let new_id = DraftId::new();
    let id = match idempotency::begin(tx, key, new_id.0, editor.now)? {
        Begun::Replay(id) => DraftId(id),
        Begun::Fresh => {
            let wanted = ordered().map(|line| Wanted {
                product_id: Some(line.product_id),
                typed: TypedLine {
                    key: line.customer_part_number.clone().unwrap_or_else(|| line.sku.clone()),
                    // A number of ours is never one that could be read in two ways.
                    quantity: to_type(Language::En, &line.quantity.ordered.to_string()),
                    unit: line.unit.clone(),
                    note: line.note.clone().unwrap_or_default(),
                },
                unit_origin: None,
                // What was ordered is what is wanted again.
                shown_content: Some(line.content),
                is_by_blanks: false,
                choices: Wishes::default(),
            });
            let mut lines = resolve(tx, editor.account_id, wanted.collect(), editor.now)?;
            for (position, line) in (1..).zip(&mut lines) {
                line.position = position;
            }
            shelving::create_as(tx, editor, new_id, Some(title.to_owned()))?;
            store::insert_lines(tx, new_id, &lines)?;
            new_id
        }
    };
    let lines = store::list_lines(tx, editor.account_id, id)?;
    let prices = lines.iter().zip(ordered());
    let dearer = prices.filter(|(line, before)| line.shown_net_minor.is_some_and(|net| net > before.net.minor));
    Ok(Reordered {
        id,
        dearer: dearer.count(),
        not_priced: lines.iter().filter(|line| line.shown_net_minor.is_none()).count(),
        lines: lines.len(),
    })
}
