//! Drafts begin, are copied and go.

use serde_json::json;

use super::editing::{Editor, begin};
use super::rules::{Draft, DraftLine};
use super::sentences;
use super::{DRAFTS_MAX, store};
use crate::audit::{self, Actor};
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::ids::{DraftId, DraftLineId};
use crate::orders::entitlements::rules::IfNotEntitled;
use crate::orders::rules::{OrderClass, OrderTexts};

/// Begins a draft without lines.
pub fn create(tx: &mut Connection, editor: &Editor, title: Option<String>) -> Result<DraftId> {
    let id = DraftId::new();
    create_as(tx, editor, id, title)?;
    Ok(id)
}

/// The same with an id of the caller's choice.
pub(super) fn create_as(tx: &mut Connection, editor: &Editor, id: DraftId, title: Option<String>) -> Result<()> {
    let draft = Draft {
        id,
        account_id: editor.account_id,
        owner_id: editor.person_id,
        owner: String::new(),
        title,
        po_number: None,
        ship_to: None,
        requested_on: None,
        order_class: OrderClass::default(),
        if_not_entitled: IfNotEntitled::default(),
        choices: None,
        texts: OrderTexts::default(),
        version: 1,
        created_at: editor.now,
        changed_at: editor.now,
        changed_by: editor.person_id,
        changer: String::new(),
        placed: None,
    };
    insert(tx, &draft)
}

pub(super) fn insert(tx: &mut Connection, draft: &Draft) -> Result<()> {
    if store::count(tx, draft.account_id)? >= DRAFTS_MAX {
        let detail = sentences::too_many_drafts(DRAFTS_MAX);
        return Err(Error::conflict(Code::TooManyDrafts, detail));
    }
    store::insert(tx, draft)
}

/// Copies a draft with all its lines; the copy is the person's own and has no purchase order number.
pub fn copy(tx: &mut Connection, editor: &Editor, id: DraftId) -> Result<DraftId> {
    let draft = super::get(tx, editor.account_id, id)?;
    let lines = store::list_lines(tx, editor.account_id, id)?;
    let copy = Draft {
        id: DraftId::new(),
        owner_id: editor.person_id,
        po_number: None,
        version: 1,
        created_at: editor.now,
        changed_at: editor.now,
        changed_by: editor.person_id,
        placed: None,
        ..draft
    };
    insert(tx, &copy)?;
    let lines: Vec<_> = lines
        .into_iter()
        .map(|line| DraftLine {
            id: DraftLineId::new(),
            ..line
        })
        .collect();
    store::insert_lines(tx, copy.id, &lines)?;
    Ok(copy.id)
}

/// Deletes an open draft with its lines.
pub fn delete(tx: &mut Connection, editor: &Editor, actor: &Actor, id: DraftId) -> Result<()> {
    begin(tx, editor, id)?;
    let draft = super::get(tx, editor.account_id, id)?;
    let lines = store::count_lines(tx, editor.account_id, id)?;
    store::delete(tx, editor.account_id, id)?;
    let entry = audit::Entry {
        action: "draft.delete",
        account_id: Some(editor.account_id),
        object: id.to_string(),
        details: json!({ "title": draft.title, "owner": draft.owner_id.to_string(), "lines": lines }),
    };
    audit::record(tx, actor, &entry, editor.now)
}
