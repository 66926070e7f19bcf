//! The good lines of a draft become an order, once. What is not good stays, in a draft of its own.

use super::editing::{Editor, Head};
use super::reading::{Sheet, assess};
use super::rules::Draft;
use super::sentences;
use super::{shelving, store};
use crate::accounts::audiences::{self, Wanted};
use crate::accounts::recipients;
use crate::audit::Actor;
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::identity::idempotency;
use crate::ids::{DraftId, OrderId};
use crate::mail::rules::Kind;
use crate::orders::mails::ORDERING;
use crate::orders::rules::Order;
use crate::orders::rules::PlacedBy;
use crate::orders::{self, Orderer, Placed};

/// What came of placing a draft.
#[derive(Debug)]
pub enum Outcome {
    /// It is an order now; the lines that were not good wait in the draft beside it.
    Placed(Box<Order>, Option<DraftId>),
    /// It had been an order before.
    Earlier(OrderId),
    /// It isn't what the person saw any more: lines, prices or totals are others. Nothing was ordered.
    Different,
}

/// Places the good lines of a draft with this head through [`orders::place`]. `seen` is the sign of what the person saw,
/// `key` that of the form.
pub fn place(
    tx: &mut Connection,
    editor: &Editor,
    actor: &Actor,
    key: &idempotency::Request,
    id: DraftId,
    head: Head,
    seen: &str,
) -> Result<Outcome> {
    if !store::lock(tx, editor.account_id, id)? {
        return Err(Error::NotFound);
    }
    let draft = super::get(tx, editor.account_id, id)?;
    if let Some((order_id, _)) = draft.placed {
        return Ok(Outcome::Earlier(order_id));
    }
    let draft = head.on(draft);
    let lines = store::list_lines(tx, editor.account_id, id)?;
    let sheet = assess(tx, draft, lines, Some(editor.person_id), editor.now)?;
    if sheet.request.lines.is_empty() {
        return Err(Error::invalid("/lines", Code::Required, sentences::nothing_to_order()));
    }
    if sheet.sign() != seen {
        return Ok(Outcome::Different);
    }
    let orderer = Orderer {
        account_id: editor.account_id,
        by: Some(PlacedBy::Person(editor.person_id)),
    };
    let Placed { order, .. } = orders::place(tx, &orderer, actor, Some(key), &sheet.request, editor.now)?;
    store::update_head(tx, &sheet.draft)?;
    let ordered: Vec<_> = sheet
        .lines
        .iter()
        .filter(|line| line.state.is_ok())
        .map(|line| line.line.id)
        .collect();
    store::delete_lines(tx, id, &ordered)?;
    store::update_placed(tx, editor.account_id, id, order.id)?;
    let left = set_aside(tx, editor, &sheet)?;
    Ok(Outcome::Placed(Box::new(order), left))
}

/// Moves the lines that are not good to a draft of the same owner.
fn set_aside(tx: &mut Connection, editor: &Editor, sheet: &Sheet) -> Result<Option<DraftId>> {
    let ids: Vec<_> = sheet.bad().map(|line| line.line.id).collect();
    if ids.is_empty() {
        return Ok(None);
    }
    let rest = Draft {
        id: DraftId::new(),
        po_number: None,
        version: 1,
        created_at: editor.now,
        changed_at: editor.now,
        changed_by: editor.person_id,
        placed: None,
        ..sheet.draft.clone()
    };
    shelving::insert(tx, &rest)?;
    store::update_draft_of_lines(tx, sheet.draft.id, rest.id, &ids)?;
    Ok(Some(rest.id))
}

/// The people of the account who get the mail about an order that was placed.
pub fn readers(connection: &mut Connection, order: &Order) -> Result<Vec<String>> {
    let members = recipients::of_account(connection, order.account_id)?;
    let wanted = Wanted {
        kind: Kind::OrderPlaced,
        roles: ORDERING,
        cause: order.placed_by.map(PlacedBy::row),
        site: Some(&order.ship_to),
    };
    let chosen = audiences::chosen(&members, &wanted);
    Ok(chosen.into_iter().map(|(member, _)| member.name.clone()).collect())
}
