//! What is said about a line that is wrong, and about a file.

use super::rows::unit_name;
use crate::catalogue::words::{amount, content};
use crate::drafts::reading::SheetLine;
use crate::drafts::rules::LINES_MAX;
use crate::drafts::rules::problems::{PackChange, Problem};
use crate::drafts::spreadsheets::{BYTES_MAX, COLUMNS_MAX, FileFault};
use crate::quantity::Quantity;
use crate::web::Shell;
use crate::workbooks::CELL_BYTES_MAX;

/// What is wrong with a line and what to do.
pub(super) fn problem(shell: &Shell, line: &SheetLine, problem: &Problem) -> String {
    let typed = &line.line.typed;
    let unit = || {
        line.unit
            .as_ref()
            .map_or_else(|| typed.unit.clone(), |unit| unit_name(shell.language, unit))
    };
    let of_quantity = |key: &str| shell.t2(key, "quantity", typed.quantity.as_str(), "unit", unit());
    match problem {
        Problem::NoKey => shell.t("line-no-key"),
        Problem::Unknown(found) if found.is_empty() => shell.t1("line-unknown", "key", typed.key.as_str()),
        Problem::Unknown(_) => shell.t1("line-unknown-nearest", "key", typed.key.as_str()),
        Problem::Several(_) => shell.t1("line-several", "key", typed.key.as_str()),
        Problem::NoQuantity => shell.t("line-no-quantity"),
        Problem::NotANumber => shell.t1("line-not-a-number", "quantity", typed.quantity.as_str()),
        Problem::Ambiguous(_) => shell.t1("line-ambiguous", "quantity", typed.quantity.as_str()),
        Problem::UnknownUnit => shell.t1("line-unknown-unit", "unit", typed.unit.as_str()),
        Problem::NotWhole(_) => of_quantity("line-not-whole"),
        Problem::BelowMinimum(_) => {
            let least = line.unit.as_ref().map_or(1, |unit| unit.min_quantity);
            let least = shell.language.quantity(Quantity::new(least, 0));
            shell.t2("line-below-minimum", "minimum", least, "unit", unit())
        }
        Problem::AboveMaximum(_) => {
            let most = line
                .unit
                .as_ref()
                .and_then(|unit| unit.max_quantity)
                .unwrap_or(i64::MAX);
            let most = shell.language.quantity(Quantity::new(most, 0));
            shell.t2("line-above-maximum", "maximum", most, "unit", unit())
        }
        Problem::NotMultiple(_) => {
            let multiple = line.unit.as_ref().map_or(1, |unit| unit.multiple);
            let multiple = shell.language.quantity(Quantity::new(multiple, 0));
            shell.t2("line-not-multiple", "multiple", multiple, "unit", unit())
        }
        Problem::PackChanged(change) => pack_changed(shell, line, change),
        Problem::NoPrice => of_quantity("line-no-price"),
        Problem::Refused(why) => shell.say(why),
    }
}

/// That a pack holds something else than when the line was shown.
fn pack_changed(shell: &Shell, line: &SheetLine, change: &PackChange) -> String {
    let language = shell.language;
    let (Some(article), Some(unit)) = (&line.article, &line.unit) else {
        return String::new();
    };
    let places = [
        ("packs", amount(language, change.packs, &unit.unit_code).into()),
        ("was", amount(language, change.was, &article.base_unit).into()),
        ("held", content(language, change.held, &article.base_unit).into()),
        ("one", amount(language, Quantity::new(1, 0), &unit.unit_code).into()),
        ("holds", content(language, unit.content, &article.base_unit).into()),
    ];
    language.text_with("line-pack-changed", &places)
}

/// Why a file can't be read.
pub(super) fn file_fault(shell: &Shell, fault: &FileFault) -> String {
    match fault {
        FileFault::Empty => shell.t("file-empty"),
        FileFault::TooLarge => shell.t1("file-too-large", "megabytes", (BYTES_MAX / 1024 / 1024).to_string()),
        FileFault::OldWorkbook => shell.t("file-old-workbook"),
        FileFault::Broken => shell.t("file-broken"),
        FileFault::Foreign(kind) => shell.t1("file-foreign", "kind", kind.name()),
        FileFault::NoSheet => shell.t("file-no-sheet"),
        FileFault::UnknownSheet(names) => shell.t1("file-unknown-sheet", "names", names.join(", ")),
        FileFault::Moment(cell, text) => shell.t2("file-moment", "cell", cell.as_str(), "text", text.as_str()),
        FileFault::OtherNumber(cell, number) => {
            shell.t2("file-other-number", "cell", cell.as_str(), "number", number.as_str())
        }
        FileFault::EmptySheet(sheet, others) => {
            shell.t2("file-empty-sheet", "sheet", sheet.as_str(), "others", others.join(", "))
        }
        FileFault::Formula(cell) => shell.t1("file-formula", "cell", cell.as_str()),
        FileFault::LongCell(cell) => shell.t2(
            "file-long-cell",
            "cell",
            cell.as_str(),
            "max",
            shell.language.decimal(CELL_BYTES_MAX),
        ),
        FileFault::TooManyRows => shell.t1("file-too-many-rows", "rows", shell.language.decimal(LINES_MAX)),
        FileFault::TooManyColumns => shell.t1("file-too-many-columns", "columns", COLUMNS_MAX),
    }
}
