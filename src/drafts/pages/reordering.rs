//! An order ordered again: its lines as a draft.

use actix_web::{HttpResponse, post, web};

use crate::db::Connection;
use crate::drafts::reordering;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{MayOrder, Visitor};
use crate::identity::idempotency;
use crate::ids::OrderId;
use crate::orders;
use crate::state::AppState;
use crate::web::{Fields, Tone, form_key, see_other};

/// Copies an order's lines to a new draft
#[post("/orders/{id}/reorder")]
pub async fn reorder(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<OrderId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (editor, account_id) = (super::editor(&visitor), visitor.customer.account_id);
    // A form without a key is one of its own.
    let key = fields.filled("form_key").map_or_else(form_key, str::to_owned);
    let key = idempotency::Request::new(editor.person_id, "POST /orders/{id}/reorder", key, &id)?;
    let shell = &visitor.shell;
    let read = move |connection: &mut Connection| orders::get(connection, account_id, id);
    let number = state.db.read(read).await?.number;
    let title = shell.t1("order-reorder-title", "number", number.to_string());
    let reordered = state
        .db
        .write(move |tx| reordering::reorder(tx, &editor, &key, id, &title))
        .await;
    match reordered {
        Ok(draft) => {
            let there = format!("/drafts/{}", draft.id);
            let mut text = shell.t1("order-reordered", "lines", draft.lines);
            for (key, count) in [
                ("order-reordered-dearer", draft.dearer),
                ("order-reordered-bad", draft.not_priced),
            ] {
                if count > 0 {
                    text.push(' ');
                    text.push_str(&shell.t1(key, "lines", count));
                }
            }
            let tone = if draft.not_priced > 0 { Tone::Warn } else { Tone::Ok };
            Ok(see_other(there).flash(tone, text).into())
        }
        Err(error @ (Error::Conflict { .. } | Error::Refused { .. })) => {
            let text = shell.error_text(&error);
            Ok(see_other(format!("/orders/{id}")).flash(Tone::Bad, text).into())
        }
        Err(error) => Err(error),
    }
}
