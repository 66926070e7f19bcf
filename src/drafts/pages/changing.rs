//! What the form of the lines of a draft does: it keeps what was typed, and its buttons mend, merge and remove.

use std::collections::HashMap;

use actix_web::{HttpResponse, post, web};

use super::{editor, or_placed, shown_at};
use crate::catalogue;
use crate::db::Connection;
use crate::drafts;
use crate::drafts::editing::{self, Change, Edited, Editor};
use crate::drafts::repacking;
use crate::drafts::rules::{Edit, LineEdit};
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{MayOrder, Visitor};
use crate::ids::{DraftId, DraftLineId, ProductId};
use crate::quantity::Content;
use crate::state::AppState;
use crate::web::{Fields, Tone, see_other};

/// What the button of the form of lines does beside keeping what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Action {
    Save,
    Preview,
    Remove(DraftLineId),
    Merge(DraftLineId, DraftLineId),
    Mend(DraftLineId, Change),
    /// The same quantity in the best packs.
    Split(DraftLineId),
    Choose(DraftLineId, ProductId),
    /// So much of another article, in a unit of it.
    Instead(DraftLineId, ProductId, String, String),
}

impl Action {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (name, rest) = text.split_once(':').unwrap_or((text, ""));
        let (line, more) = rest.split_once(':').unwrap_or((rest, ""));
        let line = || line.parse().ok();
        Some(match name {
            "" | "save" => Self::Save,
            "preview" => Self::Preview,
            "remove" => Self::Remove(line()?),
            "split" => Self::Split(line()?),
            "merge" => Self::Merge(line()?, more.parse().ok()?),
            "article" => Self::Choose(line()?, more.parse().ok()?),
            "instead" => {
                let (product, rest) = more.split_once(':')?;
                let (unit, quantity) = rest.rsplit_once(':')?;
                Self::Instead(line()?, product.parse().ok()?, unit.to_owned(), quantity.to_owned())
            }
            "pack" => {
                let (rest, quantity) = more.rsplit_once(':')?;
                let (unit, held) = rest.rsplit_once(':')?;
                let (numerator, denominator) = held.split_once('/')?;
                let change = Change::Pack {
                    quantity: quantity.to_owned(),
                    unit: unit.to_owned(),
                    content: Content::new(numerator.parse().ok()?, denominator.parse().ok()?)?,
                };
                Self::Mend(line()?, change)
            }
            "mend" => {
                let (unit, quantity) = more.rsplit_once(':')?;
                let change = Change::Quantity {
                    quantity: quantity.to_owned(),
                    unit: unit.to_owned(),
                };
                Self::Mend(line()?, change)
            }
            _ => return None,
        })
    }
}

/// The edits of a form: fields are called `quantity-{line}`, what they showed `was-quantity-{line}`.
fn edits(fields: &Fields) -> Vec<(DraftLineId, LineEdit)> {
    let mut edits: Vec<(DraftLineId, LineEdit)> = Vec::new();
    let named: HashMap<_, _> = fields.pairs().collect();
    for (name, value) in fields.pairs() {
        let Some((field, line)) = name.split_once('-') else {
            continue;
        };
        let (Ok(line), Some(was)) = (line.parse(), named.get(format!("was-{name}").as_str())) else {
            continue;
        };
        let change = Edit {
            was: (*was).to_owned(),
            is: value.to_owned(),
        };
        if edits.last().is_none_or(|(last, _)| *last != line) {
            edits.push((line, LineEdit::default()));
        }
        if let Some((_, edit)) = edits.last_mut() {
            match field {
                "key" => edit.key = Some(change),
                "quantity" => edit.quantity = Some(change),
                "unit" => edit.unit = Some(change),
                "note" => edit.note = Some(change),
                "delivery" => edit.delivery = Some(change),
                "backorder" => edit.backorder = Some(change),
                "cancel_after" => edit.cancel_after = Some(change),
                _ => {}
            }
        }
    }
    edits
}

/// Does what a button says.
pub(super) fn act(tx: &mut Connection, editor: &Editor, id: DraftId, action: &Action) -> Result<()> {
    match action {
        Action::Save | Action::Preview => Ok(()),
        Action::Remove(line) => editing::remove(tx, editor, id, &[*line]).map(drop),
        Action::Merge(line, into) => editing::merge(tx, editor, id, *line, *into),
        Action::Mend(line, change) => editing::set(tx, editor, id, *line, change),
        Action::Split(line) => repacking::split(tx, editor, id, *line),
        Action::Choose(line, product) => {
            let article = catalogue::get(tx, editor.account_id, *product)?;
            let number = article.customer_part_number.unwrap_or(article.sku);
            editing::set(tx, editor, id, *line, &Change::Article(*product, number))
        }
        Action::Instead(line, product, unit, quantity) => {
            let article = catalogue::get(tx, editor.account_id, *product)?;
            let change = Change::Instead {
                product_id: *product,
                number: article.customer_part_number.unwrap_or(article.sku),
                quantity: quantity.clone(),
                unit: unit.clone(),
            };
            editing::set(tx, editor, id, *line, &change)
        }
    }
}

/// Keeps what was typed into the lines of a draft and does what the pressed button says
#[post("/drafts/{id}/lines")]
pub async fn change_lines(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<DraftId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let action = Action::parse(fields.get("do")).ok_or(Error::NotFound)?;
    let (editor, edits, asked) = (editor(&visitor), edits(&fields), action.clone());
    let change = move |tx: &mut Connection| {
        let before = drafts::get(tx, editor.account_id, id)?;
        let edited = editing::edit(tx, &editor, id, &edits)?;
        act(tx, &editor, id, &asked)?;
        Ok((edited, before.changer))
    };
    let (Edited { overtaken, .. }, changer) = match state.db.write(change).await {
        Ok(edited) => edited,
        Err(error) => return Ok(or_placed(&visitor, Some(id), error)?.into()),
    };
    let here = shown_at(&fields, id);
    let to = match action {
        Action::Preview if overtaken.is_empty() => format!("/drafts/{id}/preview"),
        _ => {
            let page = fields.filled("page").unwrap_or("1");
            let filter = if fields.get("show") == "open" { "&show=open" } else { "" };
            format!("{here}?page={page}{filter}")
        }
    };
    let to = see_other(to);
    if overtaken.is_empty() {
        return Ok(to.into());
    }
    let numbers: Vec<_> = overtaken.iter().map(ToString::to_string).collect();
    let text = visitor
        .shell
        .t2("draft-overtaken", "lines", numbers.join(", "), "who", changer);
    Ok(to.flash(Tone::Warn, text).into())
}
