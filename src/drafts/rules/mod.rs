//! What a draft is, and how what people type is read.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

pub mod columns;
pub mod keys;
pub mod pasting;
pub mod problems;
pub mod supply;
pub mod units;

use chrono::NaiveDate;

use crate::catalogue::rules::LineFault;
use crate::clock::Timestamp;
use crate::drafts::sentences;
use crate::error::Code;
use crate::ids::{AccountId, DraftId, DraftLineId, OrderId, PersonId, ProductId};
use crate::orders::entitlements::rules::IfNotEntitled;
use crate::orders::rules::head::NOTE_CHARS_MAX;
use crate::orders::rules::{BackorderChoice, Choices, DeliveryChoice, OrderClass, OrderTexts, Wishes};
use crate::quantity::Content;

/// Most lines of a draft: those of an order.
pub const LINES_MAX: usize = crate::pricing::rules::LINES_MAX;
/// Longest part number or words of a line, in characters.
pub const KEY_CHARS_MAX: usize = 300;
/// Longest quantity or unit of a line as typed, in characters.
pub const CELL_CHARS_MAX: usize = 60;
/// Longest title of a draft, in characters.
pub const TITLE_CHARS_MAX: usize = 100;

/// An order that is not placed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub id: DraftId,
    /// Whose; everybody of the account sees it.
    pub account_id: AccountId,
    /// Who began it.
    pub owner_id: PersonId,
    /// Their name.
    pub owner: String,
    /// What somebody called it.
    pub title: Option<String>,
    /// The account's own number.
    pub po_number: Option<String>,
    /// Code of a site; the first one where none is named.
    pub ship_to: Option<String>,
    /// When the account wants it.
    pub requested_on: Option<NaiveDate>,
    /// How urgent.
    pub order_class: OrderClass,
    /// What becomes of it where the account may not use that class.
    pub if_not_entitled: IfNotEntitled,
    /// What is to become of what is not there; as the account usually decides where nobody said.
    pub choices: Option<Choices>,
    /// What the account says.
    pub texts: OrderTexts,
    /// Grows with each change.
    pub version: i64,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: PersonId,
    /// Their name.
    pub changer: String,
    /// The order it was placed as, and that order's number.
    pub placed: Option<(OrderId, i64)>,
}

/// A draft in the list of drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftHead {
    pub draft: Draft,
    pub line_count: i64,
    /// What those lines that had a price cost when they were last changed, minor units.
    pub shown_net_minor: i64,
}

/// A line as somebody typed it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedLine {
    /// A number, a GTIN or words.
    pub key: String,
    /// As written.
    pub quantity: String,
    /// As written; empty where none is named and the article isn't known yet.
    pub unit: String,
    /// What the account says.
    pub note: String,
}

impl TypedLine {
    /// The line without blanks around its parts; a unit written behind the quantity (`16pcs`) moves to where units stand.
    pub fn tidied(self) -> Self {
        let trimmed = |text: &str| text.trim().to_owned();
        let (mut quantity, mut unit) = (trimmed(&self.quantity), trimmed(&self.unit));
        if unit.is_empty()
            && let Some((number, glued)) = crate::typed::split_unit(&quantity)
        {
            (quantity, unit) = (number.to_owned(), glued.to_owned());
        }
        Self {
            key: self.key.split_whitespace().collect::<Vec<_>>().join(" "),
            quantity,
            unit,
            note: trimmed(&self.note),
        }
    }

    /// Why the line can't be kept: a part that is too long. Everything else is kept as typed.
    pub fn fault(&self) -> Option<LineFault> {
        let parts = [
            (&self.key, KEY_CHARS_MAX),
            (&self.quantity, CELL_CHARS_MAX),
            (&self.unit, CELL_CHARS_MAX),
            (&self.note, NOTE_CHARS_MAX),
        ];
        let too_long = parts.into_iter().find(|(text, most)| text.chars().count() > *most);
        too_long.map(|(text, most)| {
            let start: String = text.chars().take(40).collect();
            let detail = sentences::part_too_long(start, text.chars().count(), most);
            LineFault::new(Code::ValueTooLong, detail)
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftLine {
    pub id: DraftLineId,
    /// Where it stands among the draft's lines; grows, with gaps.
    pub position: i64,
    /// As somebody typed it.
    pub typed: TypedLine,
    /// The article the key was found to mean.
    pub product_id: Option<ProductId>,
    /// What the line cost when it was last changed, minor units.
    pub shown_net_minor: Option<i64>,
    /// Base units that one of its unit held as the line was shown; none where that isn't known.
    pub shown_content: Option<Content>,
    /// Where its unit comes from, if nobody named it. It stays what it was when the line came in.
    pub unit_origin: Option<units::UnitOrigin>,
    /// What of it is decided other than of the draft.
    pub choices: Wishes,
}

/// What a form changes of a line: what it showed and what somebody made of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineEdit {
    /// Part number.
    pub key: Option<Edit>,
    pub quantity: Option<Edit>,
    pub unit: Option<Edit>,
    pub note: Option<Edit>,
    pub delivery: Option<Edit>,
    pub backorder: Option<Edit>,
    /// A day as `2026-12-24`.
    pub cancel_after: Option<Edit>,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What the form showed.
    pub was: String,
    /// What it has now.
    pub is: String,
}

/// Two people changed the same field of a line to different values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overtaken;

impl Edit {
    /// The field after this edit; `stored` is what it is meanwhile.
    pub fn apply(&self, stored: &str) -> Result<String, Overtaken> {
        let (was, is) = (self.was.trim(), self.is.trim());
        if was == is || is == stored {
            return Ok(stored.to_owned());
        }
        if was == stored {
            Ok(is.to_owned())
        } else {
            Err(Overtaken)
        }
    }
}

impl LineEdit {
    /// The line after these edits, or that somebody else was faster.
    pub fn apply(&self, stored: &TypedLine) -> Result<TypedLine, Overtaken> {
        let field = |edit: &Option<Edit>, stored: &str| match edit {
            Some(edit) => edit.apply(stored),
            None => Ok(stored.to_owned()),
        };
        Ok(TypedLine {
            key: field(&self.key, &stored.key)?,
            quantity: field(&self.quantity, &stored.quantity)?,
            unit: field(&self.unit, &stored.unit)?,
            note: field(&self.note, &stored.note)?,
        }
        .tidied())
    }

    /// What is decided of the line after these edits; what is no name of the set is as of the draft.
    pub fn decide(&self, stored: Wishes) -> Result<Wishes, Overtaken> {
        let field = |edit: &Option<Edit>, stored: String| match edit {
            Some(edit) => edit.apply(&stored),
            None => Ok(stored),
        };
        let delivery = stored.delivery.map_or("", DeliveryChoice::name).to_owned();
        let backorder = stored.backorder.map_or("", BackorderChoice::name).to_owned();
        let day = stored.cancel_after.map(|day| day.to_string()).unwrap_or_default();
        Ok(Wishes {
            delivery: DeliveryChoice::from_name(&field(&self.delivery, delivery)?),
            backorder: BackorderChoice::from_name(&field(&self.backorder, backorder)?),
            cancel_after: field(&self.cancel_after, day)?.parse().ok(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_touches_only_what_somebody_changed() {
        let check = |was: &str, is: &str, stored: &str, expected: Result<&str, Overtaken>| {
            let edit = Edit {
                was: was.to_owned(),
                is: is.to_owned(),
            };
            assert_eq!(edit.apply(stored), expected.map(str::to_owned), "{was} {is} {stored}");
        };
        check("10", "20", "10", Ok("20"));
        check("10", "10", "15", Ok("15"));
        check("10", "20", "20", Ok("20"));
        check("10", "20", "15", Err(Overtaken));
        check("10", " 10 ", "10", Ok("10"));
        check("10", "", "10", Ok(""));
    }

    #[test]
    fn a_unit_behind_the_quantity_is_a_unit() {
        let check = |quantity: &str, unit: &str, expected: (&str, &str)| {
            let line = TypedLine {
                quantity: quantity.to_owned(),
                unit: unit.to_owned(),
                ..TypedLine::default()
            };
            let line = line.tidied();
            assert_eq!((line.quantity.as_str(), line.unit.as_str()), expected);
        };
        check("16pcs", "", ("16", "pcs"));
        check("16 Karton", "", ("16", "Karton"));
        check("2,5kg", "", ("2,5", "kg"));
        check("16pcs", "XCT", ("16pcs", "XCT"));
        check("16", "", ("16", ""));
        check("pcs", "", ("pcs", ""));
    }

    #[test]
    fn texts_beyond_all_bounds_are_told_not_cut() {
        let line = TypedLine {
            key: "x".repeat(KEY_CHARS_MAX + 1),
            ..TypedLine::default()
        };
        assert_eq!(line.fault().expect("too long").code, Code::ValueTooLong);
        assert_eq!(TypedLine::default().fault(), None);
    }
}
