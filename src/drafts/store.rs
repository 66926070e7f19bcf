//! Drafts and their lines. Every query takes the account.

use super::rules::units::UnitOrigin;
use super::rules::{Draft, DraftHead, DraftLine, TypedLine};
use crate::clock::Timestamp;
use crate::db::{Connection, Statement, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, DraftId, DraftLineId, OrderId, PersonId, ProductId};
use crate::orders::entitlements::rules::IfNotEntitled;
use crate::orders::rules::{BackorderChoice, Choices, DeliveryChoice, OrderClass, OrderTexts, Wishes};
use crate::quantity::Content;
use crate::row;

row! {
    struct DraftRow from "drafts d JOIN people o ON o.id = d.owner_id JOIN people c ON c.id = d.changed_by \
        LEFT JOIN orders r ON r.id = d.order_id" {
        id: DraftId = "d.id",
        account_id: AccountId = "d.account_id",
        owner_id: PersonId = "d.owner_id",
        owner: String = "o.name",
        title: Option<String> = "d.title",
        po_number: Option<String> = "d.po_number",
        ship_to: Option<String> = "d.ship_to",
        requested_on: Option<chrono::NaiveDate> = "d.requested_on",
        order_class: OrderClass = "d.order_class",
        if_not_entitled: IfNotEntitled = "d.if_not_entitled",
        delivery: DeliveryChoice = "d.delivery",
        backorder: BackorderChoice = "d.backorder",
        cancel_after: Option<chrono::NaiveDate> = "d.cancel_after",
        has_choices: bool = "d.has_choices",
        note: Option<String> = "d.note",
        version: i64 = "d.version",
        created_at: Timestamp = "d.created_at",
        changed_at: Timestamp = "d.changed_at",
        changed_by: PersonId = "d.changed_by",
        changer: String = "c.name",
        order_id: Option<OrderId> = "d.order_id",
        number: Option<i64> = "r.number",
    }
}

row! {
    struct HeadRow from "drafts d JOIN people o ON o.id = d.owner_id JOIN people c ON c.id = d.changed_by \
        LEFT JOIN orders r ON r.id = d.order_id" {
        draft: DraftRow = "*",
        line_count: i64 = "(SELECT count(*) FROM draft_lines l WHERE l.draft_id = d.id)",
        shown_net_minor: i64 =
            "CAST((SELECT coalesce(sum(l.shown_net_minor), 0) FROM draft_lines l WHERE l.draft_id = d.id) AS BIGINT)",
    }
}

fn draft(row: DraftRow) -> Draft {
    Draft {
        id: row.id,
        account_id: row.account_id,
        owner_id: row.owner_id,
        owner: row.owner,
        title: row.title,
        po_number: row.po_number,
        ship_to: row.ship_to,
        requested_on: row.requested_on,
        order_class: row.order_class,
        if_not_entitled: row.if_not_entitled,
        choices: row.has_choices.then_some(Choices {
            delivery: row.delivery,
            backorder: row.backorder,
            cancel_after: row.cancel_after,
        }),
        texts: OrderTexts { note: row.note },
        version: row.version,
        created_at: row.created_at,
        changed_at: row.changed_at,
        changed_by: row.changed_by,
        changer: row.changer,
        placed: row.order_id.zip(row.number),
    }
}

pub fn find(connection: &mut Connection, account_id: AccountId, id: DraftId) -> Result<Option<Draft>> {
    let found: Option<DraftRow> = select::<DraftRow>("WHERE d.account_id = $1 AND d.id = $2")
        .bind(account_id)
        .bind(id)
        .first(connection)?;
    Ok(found.map(draft))
}

/// The draft of the account that became this order.
pub fn find_of_order(connection: &mut Connection, account_id: AccountId, order_id: OrderId) -> Result<Option<Draft>> {
    let found: Option<DraftRow> = select::<DraftRow>("WHERE d.account_id = $1 AND d.order_id = $2")
        .bind(account_id)
        .bind(order_id)
        .first(connection)?;
    Ok(found.map(draft))
}

/// The open drafts of the account, the last changed first.
pub fn list(connection: &mut Connection, account_id: AccountId, limit: i64) -> Result<Vec<DraftHead>> {
    let found: Vec<HeadRow> = select::<HeadRow>(
        "WHERE d.account_id = $1 AND d.order_id IS NULL ORDER BY d.changed_at DESC, d.id DESC LIMIT $2",
    )
    .bind(account_id)
    .bind(limit)
    .rows(connection)?;
    let head = |row: HeadRow| DraftHead {
        draft: draft(row.draft),
        line_count: row.line_count,
        shown_net_minor: row.shown_net_minor,
    };
    Ok(found.into_iter().map(head).collect())
}

/// How many open drafts the account has.
pub fn count(connection: &mut Connection, account_id: AccountId) -> Result<i64> {
    sql("SELECT count(*) FROM drafts WHERE account_id = $1 AND order_id IS NULL")
        .bind(account_id)
        .one(connection)
}

/// The open draft of this person that was changed last.
pub fn find_current(
    connection: &mut Connection,
    account_id: AccountId,
    person_id: PersonId,
) -> Result<Option<DraftId>> {
    sql(
        "SELECT id FROM drafts WHERE account_id = $1 AND owner_id = $2 AND order_id IS NULL \
         ORDER BY changed_at DESC, id DESC LIMIT 1",
    )
    .bind(account_id)
    .bind(person_id)
    .first(connection)
}

/// Asks how many lines the open draft of this person has that was changed last.
pub fn lines_of_current(account_id: AccountId, person_id: PersonId) -> Statement {
    sql(
        "SELECT count(*) FROM draft_lines WHERE draft_id = (SELECT id FROM drafts WHERE account_id = $1 AND owner_id = $2 \
         AND order_id IS NULL ORDER BY changed_at DESC, id DESC LIMIT 1)",
    )
    .bind(account_id)
    .bind(person_id)
}

pub fn count_lines(connection: &mut Connection, account_id: AccountId, id: DraftId) -> Result<i64> {
    sql("SELECT count(*) FROM draft_lines l JOIN drafts d ON d.id = l.draft_id WHERE d.account_id = $1 AND d.id = $2")
        .bind(account_id)
        .bind(id)
        .one(connection)
}

/// Locks an open draft of the account until the transaction ends and counts the change; its new version, or none where
/// there is no such open draft.
pub fn update_changed(
    tx: &mut Connection,
    account_id: AccountId,
    id: DraftId,
    person_id: PersonId,
    now: Timestamp,
) -> Result<Option<i64>> {
    sql(
        "UPDATE drafts SET version = version + 1, changed_at = $3, changed_by = $4 \
         WHERE account_id = $1 AND id = $2 AND order_id IS NULL RETURNING version",
    )
    .bind(account_id)
    .bind(id)
    .bind(now)
    .bind(person_id)
    .first(tx)
}

/// Locks a draft of the account until the transaction ends; false where there is none.
pub fn lock(tx: &mut Connection, account_id: AccountId, id: DraftId) -> Result<bool> {
    let found: Option<i64> = sql("SELECT id FROM drafts WHERE account_id = $1 AND id = $2 {lock}")
        .bind(account_id)
        .bind(id)
        .first(tx)?;
    Ok(found.is_some())
}

/// Stores a draft without lines.
pub fn insert(tx: &mut Connection, draft: &Draft) -> Result<()> {
    let OrderTexts { note } = draft.texts.clone();
    let choices = draft.choices.unwrap_or_default();
    sql(
        "INSERT INTO drafts (id, account_id, owner_id, title, po_number, ship_to, requested_on, order_class, note, version, \
         created_at, changed_at, changed_by, if_not_entitled, delivery, backorder, cancel_after, \
         has_choices) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
    )
    .bind(draft.id)
    .bind(draft.account_id)
    .bind(draft.owner_id)
    .bind(draft.title.clone())
    .bind(draft.po_number.clone())
    .bind(draft.ship_to.clone())
    .bind(draft.requested_on)
    .bind(draft.order_class.name())
    .bind(note)
    .bind(draft.version)
    .bind(draft.created_at)
    .bind(draft.changed_at)
    .bind(draft.changed_by)
    .bind(draft.if_not_entitled.name())
    .bind(choices.delivery)
    .bind(choices.backorder)
    .bind(choices.cancel_after)
    .bind(draft.choices.is_some())
    .run(tx)
    .map(drop)
}

/// Stores everything of a draft that people set but its lines.
pub fn update_head(tx: &mut Connection, draft: &Draft) -> Result<()> {
    let OrderTexts { note } = draft.texts.clone();
    let choices = draft.choices.unwrap_or_default();
    sql(
        "UPDATE drafts SET title = $3, po_number = $4, ship_to = $5, requested_on = $6, order_class = $7, note = $8, \
         if_not_entitled = $9, delivery = $10, backorder = $11, cancel_after = $12, \
         has_choices = $13 \
         WHERE account_id = $1 AND id = $2",
    )
    .bind(draft.account_id)
    .bind(draft.id)
    .bind(draft.title.clone())
    .bind(draft.po_number.clone())
    .bind(draft.ship_to.clone())
    .bind(draft.requested_on)
    .bind(draft.order_class.name())
    .bind(note)
    .bind(draft.if_not_entitled.name())
    .bind(choices.delivery)
    .bind(choices.backorder)
    .bind(choices.cancel_after)
    .bind(draft.choices.is_some())
    .run(tx)
    .map(drop)
}

/// Marks a draft as placed.
pub fn update_placed(tx: &mut Connection, account_id: AccountId, id: DraftId, order_id: OrderId) -> Result<()> {
    sql("UPDATE drafts SET order_id = $3, version = version + 1 WHERE account_id = $1 AND id = $2")
        .bind(account_id)
        .bind(id)
        .bind(order_id)
        .run(tx)
        .map(drop)
}

/// Deletes a draft of the account with its lines.
pub fn delete(tx: &mut Connection, account_id: AccountId, id: DraftId) -> Result<()> {
    sql("DELETE FROM draft_lines WHERE draft_id = (SELECT id FROM drafts WHERE account_id = $1 AND id = $2)")
        .bind(account_id)
        .bind(id)
        .run(tx)?;
    sql("DELETE FROM drafts WHERE account_id = $1 AND id = $2")
        .bind(account_id)
        .bind(id)
        .run(tx)
        .map(drop)
}

row! {
    struct LineRow {
        id: DraftLineId,
        position: i64,
        key_text: String,
        quantity_text: String,
        unit_text: String,
        note: Option<String>,
        product_id: Option<ProductId>,
        shown_net_minor: Option<i64>,
        unit_origin: Option<UnitOrigin>,
        delivery: Option<DeliveryChoice>,
        backorder: Option<BackorderChoice>,
        cancel_after: Option<chrono::NaiveDate>,
        shown_numerator: Option<i64>,
        shown_denominator: Option<i64>,
    }
}

/// How many lines a draft of the account has, and the position of the last one.
pub fn extent(connection: &mut Connection, account_id: AccountId, id: DraftId) -> Result<(i64, i64)> {
    sql("SELECT COUNT(*), COALESCE(MAX(l.position), 0) \
         FROM draft_lines l JOIN drafts d ON d.id = l.draft_id WHERE d.account_id = $1 AND d.id = $2")
    .bind(account_id)
    .bind(id)
    .one(connection)
}

/// The lines of a draft of the account in their order.
pub fn list_lines(connection: &mut Connection, account_id: AccountId, id: DraftId) -> Result<Vec<DraftLine>> {
    let rows: Vec<LineRow> = sql(
        "SELECT l.id, l.position, l.key_text, l.quantity_text, l.unit_text, l.note, l.product_id, l.shown_net_minor, \
         l.unit_origin, l.delivery, l.backorder, l.cancel_after, l.shown_numerator, l.shown_denominator \
         FROM draft_lines l JOIN drafts d ON d.id = l.draft_id WHERE d.account_id = $1 AND d.id = $2 ORDER BY l.position",
    )
    .bind(account_id)
    .bind(id)
    .rows(connection)?;
    let line = |row: LineRow| DraftLine {
        id: row.id,
        position: row.position,
        typed: TypedLine {
            key: row.key_text,
            quantity: row.quantity_text,
            unit: row.unit_text,
            note: row.note.unwrap_or_default(),
        },
        product_id: row.product_id,
        shown_net_minor: row.shown_net_minor,
        shown_content: row
            .shown_numerator
            .zip(row.shown_denominator)
            .and_then(|(numerator, denominator)| Content::new(numerator, denominator)),
        unit_origin: row.unit_origin,
        choices: Wishes {
            delivery: row.delivery,
            backorder: row.backorder,
            cancel_after: row.cancel_after,
        },
    };
    Ok(rows.into_iter().map(line).collect())
}

row! {
    /// A row of `draft_lines` on its way in.
    struct NewRow<'a> into draft_lines {
        id: DraftLineId,
        draft_id: DraftId,
        position: i64,
        key_text: &'a str,
        quantity_text: &'a str,
        unit_text: &'a str,
        note: Option<&'a str>,
        product_id: Option<ProductId>,
        shown_net_minor: Option<i64>,
        unit_origin: Option<UnitOrigin>,
        delivery: Option<DeliveryChoice>,
        backorder: Option<BackorderChoice>,
        cancel_after: Option<chrono::NaiveDate>,
        shown_numerator: Option<i64>,
        shown_denominator: Option<i64>,
    }
}

fn rows(draft_id: DraftId, lines: &[DraftLine]) -> Vec<NewRow<'_>> {
    let row = |line| {
        let DraftLine {
            id,
            position,
            typed,
            product_id,
            shown_net_minor,
            shown_content,
            unit_origin,
            choices,
        }: &DraftLine = line;
        NewRow {
            id: *id,
            draft_id,
            position: *position,
            key_text: &typed.key,
            quantity_text: &typed.quantity,
            unit_text: &typed.unit,
            note: Some(typed.note.as_str()).filter(|note| !note.is_empty()),
            product_id: *product_id,
            shown_net_minor: *shown_net_minor,
            unit_origin: *unit_origin,
            delivery: choices.delivery,
            backorder: choices.backorder,
            cancel_after: choices.cancel_after,
            shown_numerator: shown_content.map(Content::numerator),
            shown_denominator: shown_content.map(Content::denominator),
        }
    };
    lines.iter().map(row).collect()
}

/// Stores new lines of a locked draft.
pub fn insert_lines(tx: &mut Connection, draft_id: DraftId, lines: &[DraftLine]) -> Result<()> {
    crate::db::insert(tx, &rows(draft_id, lines))
}

/// Stores what lines of a locked draft have become; they keep their places.
pub fn update_lines(tx: &mut Connection, draft_id: DraftId, lines: &[DraftLine]) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    sql(
        "UPDATE draft_lines SET key_text = r.key_text, quantity_text = r.quantity_text, unit_text = r.unit_text, \
         note = r.note, product_id = r.product_id, shown_net_minor = r.shown_net_minor, \
         unit_origin = r.unit_origin, delivery = r.delivery, backorder = r.backorder, cancel_after = r.cancel_after, \
         shown_numerator = r.shown_numerator, shown_denominator = r.shown_denominator \
         FROM {rows $1: id bigint, key_text text, quantity_text text, unit_text text, \
         note text, product_id bigint, shown_net_minor bigint, unit_origin text, delivery text, backorder text, \
         cancel_after date, shown_numerator bigint, shown_denominator bigint} r \
         WHERE draft_lines.id = r.id AND draft_lines.draft_id = $2",
    )
    .bind(sets::json(&rows(draft_id, lines))?)
    .bind(draft_id)
    .run(tx)
    .map(drop)
}

/// Deletes lines of a locked draft.
pub fn delete_lines(tx: &mut Connection, draft_id: DraftId, ids: &[DraftLineId]) -> Result<usize> {
    sql("DELETE FROM draft_lines WHERE draft_id = $2 AND id {in ids $1}")
        .bind(sets::json(ids)?)
        .bind(draft_id)
        .run(tx)
}

/// Moves lines of a locked draft to another one of the account.
pub fn update_draft_of_lines(tx: &mut Connection, from: DraftId, to: DraftId, ids: &[DraftLineId]) -> Result<()> {
    sql("UPDATE draft_lines SET draft_id = $3 WHERE draft_id = $2 AND id {in ids $1}")
        .bind(sets::json(ids)?)
        .bind(from)
        .bind(to)
        .run(tx)
        .map(drop)
}
