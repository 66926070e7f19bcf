//! Lines and heads of drafts change. Two people may work on one draft: what somebody didn't touch is left as it is, and
//! where both touched the same, the later one learns of it.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::interpreting::unit_of;
use super::resolving::{Wanted, resolve};
use super::rules::problems::sum;
use super::rules::{Draft, DraftLine, LINES_MAX, LineEdit, TITLE_CHARS_MAX, TypedLine};
use super::sentences;
use super::{closed, shelving, store};
use crate::accounts;
use crate::catalogue::{self, ArticleKey};
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{AccountId, DraftId, DraftLineId, PersonId, ProductId};
use crate::languages::Language;
use crate::orders::entitlements::rules::IfNotEntitled;
use crate::orders::rules::head::PO_NUMBER_CHARS_MAX;
use crate::orders::rules::{Choices, OrderClass, OrderTexts};
use crate::quantity::Content;
use crate::typed::{self, Typed};

/// Who changes a draft, and when.
#[derive(Debug, Clone, Copy)]
pub struct Editor {
    pub account_id: AccountId,
    pub person_id: PersonId,
    pub now: Timestamp,
}

/// What adding lines came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Added {
    pub draft_id: DraftId,
    /// How many were added.
    pub count: usize,
    /// How many lines it has now.
    pub total: usize,
}

/// What became of an edit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edited {
    /// Lines that changed.
    pub changed: usize,
    /// Numbers of lines that somebody else had changed meanwhile; they stay as the other left them.
    pub overtaken: Vec<usize>,
}

/// The most recent change of the draft becomes this one.
pub(super) fn begin(tx: &mut Connection, editor: &Editor, id: DraftId) -> Result<i64> {
    let version = store::update_changed(tx, editor.account_id, id, editor.person_id, editor.now)?;
    version.ok_or_else(|| closed(tx, editor.account_id, id))
}

/// The faults of lines that can't even be kept; `/lines/{index}`.
pub fn check_lines(lines: &[TypedLine]) -> Result<()> {
    if lines.len() > LINES_MAX {
        return Err(too_many(lines.len()));
    }
    let faults = lines.iter().enumerate().filter_map(|(index, line)| {
        let fault = line.fault()?;
        Some(FieldError::new(format!("/lines/{index}"), fault.code, fault.detail))
    });
    let faults: Vec<_> = faults.collect();
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(faults))
    }
}

fn too_many(count: usize) -> Error {
    let detail = sentences::draft_has_too_many_lines(count, LINES_MAX);
    Error::invalid("/lines", Code::TooManyLines, detail)
}

/// Adds lines that [`resolve`] has looked up to a draft: to the one named, else to the one the person works on, which is
/// begun where there is none.
pub fn add(tx: &mut Connection, editor: &Editor, id: Option<DraftId>, mut lines: Vec<DraftLine>) -> Result<Added> {
    let id = match id {
        Some(id) => Some(id),
        None => store::find_current(tx, editor.account_id, editor.person_id)?,
    };
    let id = match id {
        Some(id) => {
            begin(tx, editor, id)?;
            id
        }
        None => shelving::create(tx, editor, None)?,
    };
    let (there, last) = store::extent(tx, editor.account_id, id)?;
    let total = usize::try_from(there)
        .map_err(Error::internal)?
        .saturating_add(lines.len());
    if total > LINES_MAX {
        return Err(too_many(total));
    }
    for (position, line) in (last + 1..).zip(&mut lines) {
        line.position = position;
    }
    store::insert_lines(tx, id, &lines)?;
    Ok(Added {
        draft_id: id,
        count: lines.len(),
        total,
    })
}

/// Changes lines as a form says, looks changed keys up and notes what the lines cost now.
pub fn edit(tx: &mut Connection, editor: &Editor, id: DraftId, edits: &[(DraftLineId, LineEdit)]) -> Result<Edited> {
    begin(tx, editor, id)?;
    let stored = store::list_lines(tx, editor.account_id, id)?;
    let (mut edited, mut changed) = (Edited::default(), Vec::new());
    for (line_id, edit) in edits {
        let Some(place) = stored.iter().position(|line| line.id == *line_id) else {
            // Deleted meanwhile: its number is gone, its page shows the rest.
            continue;
        };
        let Some(line) = stored.get(place) else { continue };
        match (edit.apply(&line.typed), edit.decide(line.choices)) {
            (Ok(typed), Ok(choices)) if typed == line.typed && choices == line.choices => {}
            (Ok(typed), Ok(choices)) => changed.push((
                DraftLine {
                    choices,
                    ..line.clone()
                },
                typed,
            )),
            (Err(_), _) | (_, Err(_)) => edited.overtaken.push(place + 1),
        }
    }
    edited.changed = changed.len();
    store_changed(tx, editor, id, changed)?;
    Ok(edited)
}

/// Sets what a line means or asks for: one of the mends a page offers.
pub fn set(tx: &mut Connection, editor: &Editor, id: DraftId, line_id: DraftLineId, change: &Change) -> Result<()> {
    begin(tx, editor, id)?;
    let stored = store::list_lines(tx, editor.account_id, id)?;
    let line = stored
        .into_iter()
        .find(|line| line.id == line_id)
        .ok_or(Error::NotFound)?;
    let mut line = line;
    let mut typed = line.typed.clone();
    match change {
        Change::Article(product_id, number) => {
            line.product_id = Some(*product_id);
            line.shown_content = None;
            typed.key.clone_from(number);
            line.typed.key.clone_from(number);
        }
        Change::Quantity { quantity, unit } => {
            // Written so that it can't be read in two ways.
            typed.quantity = typed::to_type(Language::En, quantity);
            typed.unit.clone_from(unit);
        }
        Change::Pack {
            quantity,
            unit,
            content,
        } => {
            if line.typed.unit != *unit {
                line.unit_origin = None;
            }
            for typed in [&mut typed, &mut line.typed] {
                typed.unit.clone_from(unit);
            }
            typed.quantity = typed::to_type(Language::En, quantity);
            line.shown_content = Some(*content);
        }
        Change::Instead {
            product_id,
            number,
            quantity,
            unit,
        } => {
            line.product_id = Some(*product_id);
            line.shown_content = None;
            for typed in [&mut typed, &mut line.typed] {
                typed.key.clone_from(number);
            }
            typed.quantity = typed::to_type(Language::En, quantity);
            typed.unit.clone_from(unit);
            line.unit_origin = None;
        }
    }
    store_changed(tx, editor, id, vec![(line, typed)])
}

/// A change of one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It means this article, which has this number.
    Article(ProductId, String),
    /// It asks for so much of this unit.
    Quantity {
        /// As a plain decimal.
        quantity: String,
        /// The unit's key.
        unit: String,
    },
    /// It asks for so much of this unit, which holds so many base units as whoever asks saw it.
    Pack {
        /// As a plain decimal.
        quantity: String,
        /// The unit's key.
        unit: String,
        content: Content,
    },
    /// It asks for so much of another article.
    Instead {
        product_id: ProductId,
        /// That one's number.
        number: String,
        /// As a plain decimal.
        quantity: String,
        /// The unit's key.
        unit: String,
    },
}

/// Stores lines that became what stands beside them.
fn store_changed(
    tx: &mut Connection,
    editor: &Editor,
    id: DraftId,
    changed: Vec<(DraftLine, TypedLine)>,
) -> Result<()> {
    if changed.is_empty() {
        return Ok(());
    }
    check_lines(&changed.iter().map(|(_, typed)| typed.clone()).collect::<Vec<_>>())?;
    let renamed = renamed_units(tx, editor.account_id, &changed)?;
    let wanted = changed.iter().map(|(line, typed)| {
        let (is_same_key, is_same_unit) = (line.typed.key == typed.key, line.typed.unit == typed.unit);
        let is_same_pack = is_same_key && (is_same_unit || renamed.contains(&line.id));
        let mut wanted = Wanted {
            product_id: line.product_id.filter(|_| is_same_key),
            typed: typed.clone(),
            unit_origin: line.unit_origin.filter(|_| is_same_key && is_same_unit),
            shown_content: line.shown_content.filter(|_| is_same_pack),
            is_by_blanks: false,
            choices: line.choices,
        };
        // A unit that nobody named was that of the other article.
        if line.unit_origin.is_some() && !is_same_key && is_same_unit {
            wanted.typed.unit.clear();
        }
        wanted
    });
    let resolved = resolve(tx, editor.account_id, wanted.collect(), editor.now)?;
    let rows: Vec<_> = changed
        .into_iter()
        .zip(resolved)
        .map(|((line, _), resolved)| DraftLine {
            id: line.id,
            position: line.position,
            ..resolved
        })
        .collect();
    store::update_lines(tx, id, &rows)
}

/// Lines whose unit is the same by another name: typed as people call it, and as its key.
fn renamed_units(
    tx: &mut Connection,
    account_id: AccountId,
    changed: &[(DraftLine, TypedLine)],
) -> Result<HashSet<DraftLineId>> {
    let others = changed.iter().filter_map(|(line, typed)| {
        let is_other = line.typed.key == typed.key && line.typed.unit != typed.unit && line.shown_content.is_some();
        Some((line, typed, line.product_id.filter(|_| is_other)?))
    });
    let others: Vec<_> = others.collect();
    if others.is_empty() {
        return Ok(HashSet::new());
    }
    let keys: Vec<_> = others.iter().map(|(.., id)| ArticleKey::ProductId(*id)).collect();
    let articles = catalogue::find_articles(tx, account_id, &keys)?;
    let renamed = others.into_iter().filter(|(line, typed, id)| {
        let article = articles.get(&ArticleKey::ProductId(*id));
        let meant = article.and_then(|article| {
            let (was, is) = (unit_of(article, &line.typed.unit)?, unit_of(article, &typed.unit)?);
            Some(was.unit == is.unit)
        });
        meant == Some(true)
    });
    Ok(renamed.map(|(line, ..)| line.id).collect())
}

/// Deletes lines; how many there were.
pub fn remove(tx: &mut Connection, editor: &Editor, id: DraftId, ids: &[DraftLineId]) -> Result<usize> {
    begin(tx, editor, id)?;
    store::delete_lines(tx, id, ids)
}

/// Adds the quantity of a line to an earlier one of the same article and unit, and deletes it.
pub fn merge(tx: &mut Connection, editor: &Editor, id: DraftId, line_id: DraftLineId, into: DraftLineId) -> Result<()> {
    begin(tx, editor, id)?;
    let stored = store::list_lines(tx, editor.account_id, id)?;
    let line = |wanted| stored.iter().find(|line| line.id == wanted).ok_or(Error::NotFound);
    let (from, into) = (line(line_id)?, line(into)?);
    let number = |line: &DraftLine| match typed::quantity(&line.typed.quantity) {
        Typed::Value(number) => Some(number),
        _ => None,
    };
    let sum = number(from).zip(number(into)).and_then(|(a, b)| sum(&a, &b));
    let held = from.shown_content.zip(into.shown_content);
    let is_same = from.product_id == into.product_id && held.is_none_or(|(from, into)| from == into);
    let (Some(sum), true) = (sum, is_same && from.id != into.id) else {
        return Err(Error::conflict(Code::DraftChanged, sentences::cannot_merge()));
    };
    let mut typed = into.typed.clone();
    typed.quantity = typed::to_type(Language::En, &sum);
    if typed.note.is_empty() {
        typed.note.clone_from(&from.typed.note);
    }
    store_changed(tx, editor, id, vec![(into.clone(), typed)])?;
    store::delete_lines(tx, id, &[line_id]).map(drop)
}

/// Everything of a draft that people set but its lines and its title.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// The account's own number.
    pub po_number: Option<String>,
    /// Code of a site.
    pub ship_to: Option<String>,
    /// When the account wants it.
    pub requested_on: Option<NaiveDate>,
    /// How urgent.
    pub order_class: OrderClass,
    /// What becomes of it where the account may not use that class.
    pub if_not_entitled: IfNotEntitled,
    /// What is to become of what is not there; as the account usually decides where nobody says.
    pub choices: Option<Choices>,
    /// What the account says.
    pub texts: OrderTexts,
}

impl Head {
    pub fn of(draft: &Draft) -> Self {
        Self {
            po_number: draft.po_number.clone(),
            ship_to: draft.ship_to.clone(),
            requested_on: draft.requested_on,
            order_class: draft.order_class,
            if_not_entitled: draft.if_not_entitled,
            choices: draft.choices,
            texts: draft.texts.clone(),
        }
    }

    /// The draft with this head.
    pub fn on(self, draft: Draft) -> Draft {
        Draft {
            po_number: self.po_number,
            ship_to: self.ship_to,
            requested_on: self.requested_on,
            order_class: self.order_class,
            if_not_entitled: self.if_not_entitled,
            choices: self.choices,
            texts: self.texts,
            ..draft
        }
    }

    /// What can't be kept. What can't be ordered yet is the preview's to say.
    fn faults(&self) -> Vec<FieldError> {
        let keys = [
            ("po_number", PO_NUMBER_CHARS_MAX, self.po_number.as_deref()),
            ("ship_to", PO_NUMBER_CHARS_MAX, self.ship_to.as_deref()),
        ];
        let all = keys.into_iter().chain(self.texts.each());
        all.filter_map(|(name, most, text)| too_long(&format!("/{name}"), text?, most))
            .collect()
    }
}

fn too_long(pointer: &str, text: &str, most: usize) -> Option<FieldError> {
    let chars = text.chars().count();
    let detail = || sentences::draft_text_too_long(chars, most);
    (chars > most).then(|| FieldError::new(pointer, Code::ValueTooLong, detail()))
}

pub fn set_head(tx: &mut Connection, editor: &Editor, id: DraftId, head: Head) -> Result<()> {
    let faults = head.faults();
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    begin(tx, editor, id)?;
    let draft = super::get(tx, editor.account_id, id)?;
    // What is as usual follows the account on.
    let today = day_in(accounts::supplier_zone(tx)?, editor.now);
    let usual = Choices::usual(accounts::choices::get(tx, editor.account_id)?, today);
    let choices = head.choices.filter(|choices| *choices != usual);
    store::update_head(tx, &Head { choices, ..head }.on(draft))
}

/// Calls a draft something, or nothing any more.
pub fn rename(tx: &mut Connection, editor: &Editor, id: DraftId, title: Option<String>) -> Result<()> {
    if let Some(fault) = title
        .as_deref()
        .and_then(|title| too_long("/title", title, TITLE_CHARS_MAX))
    {
        return Err(Error::Invalid(vec![fault]));
    }
    begin(tx, editor, id)?;
    let draft = super::get(tx, editor.account_id, id)?;
    store::update_head(tx, &Draft { title, ..draft })
}
