//! What the cells of a pack say: its content, its bounds, its weight and sides.

use crate::catalogue::rules::{PackSize, Rounding};
use crate::catalogue::sentences;
use crate::error::Code;
use crate::quantity::{Content, Decimal};
use crate::sheets::Cells;

/// The largest minimum or multiple.
const PACKS_MAX: i64 = 1_000_000_000;
/// The heaviest and the longest pack, in grams and millimetres: what a railway wagon takes.
const GRAMS_MAX: i64 = 100_000_000;
const SIDE_MM_MAX: i64 = 100_000;
/// Decimals of a kilogram: whole grams are kept.
const KILOGRAM_DECIMALS: u8 = 3;
/// Decimals of a content that [`Content`] can hold.
const CONTENT_DECIMALS_MAX: u8 = 9;

/// In which numbers a pack is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) least: i64,
    pub(super) multiple: i64,
    pub(super) most: Option<i64>,
}

impl Bounds {
    /// True where nothing could be ordered: no multiple lies between the least and the most.
    fn leave_nothing(self) -> bool {
        self.most
            .is_some_and(|most| most / self.multiple * self.multiple < self.least)
    }
}

fn optional_integer(cells: &mut Cells<'_>, column: &'static str, most: i64) -> Option<Option<i64>> {
    match cells.given(column) {
        None => Some(None),
        Some(_) => cells.integer(column, 1..=most).map(Some),
    }
}

/// In which numbers the pack is ordered. Something must be left that can be; of an absent column what is stored counts.
pub(super) fn bounds(cells: &mut Cells<'_>, stored: Option<Bounds>) -> Option<Bounds> {
    let least = cells.integer_or("min_quantity", 1..=PACKS_MAX, 1);
    let multiple = cells.integer_or("multiple", 1..=PACKS_MAX, 1);
    let most = optional_integer(cells, "max_quantity", PACKS_MAX);
    let given = Bounds {
        least: least?,
        multiple: multiple?,
        most: most?,
    };
    let stored = stored.unwrap_or(given);
    let kept = |column| !cells.has(column);
    let then = Bounds {
        least: if kept("min_quantity") {
            stored.least
        } else {
            given.least
        },
        multiple: if kept("multiple") {
            stored.multiple
        } else {
            given.multiple
        },
        most: if kept("max_quantity") { stored.most } else { given.most },
    };
    let mut columns = ["max_quantity", "min_quantity", "multiple"].into_iter();
    match columns.find(|column| cells.has(column)) {
        Some(column) if then.leave_nothing() => {
            let remedy = sentences::maximum_leaves_nothing(then.least, then.multiple);
            cells.refuse(column, Code::ValueInvalid, remedy)
        }
        _ => Some(given),
    }
}

/// What becomes of a quantity that the pack isn't sold in.
pub(super) fn rounding(cells: &mut Cells<'_>) -> Option<Rounding> {
    match cells.given("rounding") {
        None => Some(Rounding::default()),
        Some(_) => cells.one_of("rounding", Rounding::NAMES).and_then(Rounding::from_name),
    }
}

/// How the pack is made up for transport.
pub(super) fn size(cells: &mut Cells<'_>) -> Option<PackSize> {
    let gross_weight_g = gross_weight(cells);
    let [length_mm, width_mm, height_mm] =
        ["length_mm", "width_mm", "height_mm"].map(|column| optional_integer(cells, column, SIDE_MM_MAX));
    let layer = optional_integer(cells, "layer", PACKS_MAX);
    Some(PackSize {
        gross_weight_g: gross_weight_g?,
        length_mm: length_mm?,
        width_mm: width_mm?,
        height_mm: height_mm?,
        layer: layer?,
    })
}

/// A weight in kilograms, as grams.
fn gross_weight(cells: &mut Cells<'_>) -> Option<Option<i64>> {
    let Some(_) = cells.given("gross_weight_kg") else {
        return Some(None);
    };
    let grams = cells.not_negative("gross_weight_kg", KILOGRAM_DECIMALS)?;
    if !(1..=GRAMS_MAX).contains(&grams) {
        return cells.refuse("gross_weight_kg", Code::ValueInvalid, sentences::weight_out_of_bounds());
    }
    Some(Some(grams))
}

/// Base units in one pack: `base_quantity`, or `numerator` over `denominator`. Both forms at once must agree.
pub(super) fn content(cells: &mut Cells<'_>) -> Option<Content> {
    let given = ["base_quantity", "numerator", "denominator"].map(|column| cells.given(column).is_some());
    match given {
        [true, false, false] => decimal_content(cells),
        [false, _, _] => ratio_content(cells),
        [true, _, _] => {
            let (decimal, ratio) = (decimal_content(cells), ratio_content(cells));
            if decimal? != ratio? {
                let remedy = sentences::ratio_differs();
                return cells.refuse("base_quantity", Code::ValueInvalid, remedy);
            }
            ratio
        }
    }
}

fn ratio_content(cells: &mut Cells<'_>) -> Option<Content> {
    if cells.given("numerator").is_none() && cells.given("denominator").is_none() {
        let remedy = sentences::give_content();
        return cells.refuse("base_quantity", Code::Required, remedy);
    }
    let numerator = cells.integer("numerator", 1..=Content::TERM_MAX);
    let denominator = cells.integer("denominator", 1..=Content::TERM_MAX);
    Content::new(numerator?, denominator?)
}

fn decimal_content(cells: &mut Cells<'_>) -> Option<Content> {
    let text = cells.plain_number("base_quantity")?;
    let content = Decimal::parse(&text).ok().and_then(|decimal| {
        // The fewest decimals that hold it keep the terms small.
        (0..=CONTENT_DECIMALS_MAX).find_map(|decimals| {
            let numerator = decimal.scaled(decimals).ok()?;
            Content::new(numerator, 10_i64.pow(u32::from(decimals)))
        })
    });
    content.or_else(|| cells.refuse("base_quantity", Code::BadNumber, sentences::give_decimal_content()))
}
