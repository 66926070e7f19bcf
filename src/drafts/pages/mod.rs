//! Quick order, drafts, preview and confirmation in the browser.
//!
//! - [`quick_order`]: a draft on the screen, and typing one line after the other
//! - [`articles`]: what other pages add, what is offered while somebody types
//! - `filling`: what would fill packs, layers and pallets
//! - [`changing`]: lines are changed, mended, merged, removed
//! - [`lists`]: pasted lists and files
//! - [`shelf`]: all drafts of the account
//! - [`preview`], [`confirmation`]: what placing would come to, placing, and what came of it

pub mod articles;
pub mod changing;
mod filling;
pub mod confirmation;
pub mod lists;
pub mod preview;
pub mod quick_order;
pub mod reordering;
mod sentences;
pub mod shelf;
mod rows;

use crate::clock;
use crate::drafts::editing::Editor;
use crate::error::{Code, Error, Result};
use crate::identity::caller::{MayOrder, Visitor};
use crate::ids::DraftId;
use crate::web::{Fields, Redirect, Tone, see_other};

/// The reader as somebody who changes drafts.
fn editor<R>(visitor: &Visitor<R>) -> Editor {
    Editor {
        account_id: visitor.customer.account_id,
        person_id: visitor.customer.person_id,
        now: clock::now(),
    }
}

/// The draft a form is about; none for the one the person works on.
fn draft_of(fields: &Fields) -> Result<Option<DraftId>> {
    match fields.filled("draft") {
        None => Ok(None),
        Some(text) => text.parse().ok().map(Some).ok_or(Error::NotFound),
    }
}

/// Where a draft is shown: under the name by which somebody came to it.
fn shown_at(fields: &Fields, id: DraftId) -> String {
    match fields.get("back") {
        "/quick-order" => "/quick-order".to_owned(),
        _ => format!("/drafts/{id}"),
    }
}

/// A draft that was placed can't be changed any more; its page says what became of it.
fn or_placed(visitor: &Visitor<MayOrder>, id: Option<DraftId>, error: Error) -> Result<Redirect> {
    match (id, &error) {
        (
            Some(id),
            Error::Conflict {
                code: Code::DraftPlaced,
                ..
            },
        ) => Ok(see_other(format!("/drafts/{id}"))),
        (id, Error::Conflict { .. } | Error::Invalid(_) | Error::Refused { .. }) => {
            let to = id.map_or_else(|| "/quick-order".to_owned(), |id| format!("/drafts/{id}"));
            Ok(see_other(to).flash(Tone::Bad, visitor.shell.error_text(&error)))
        }
        _ => Err(error),
    }
}
