//! What would fill packs, layers and pallets, in words: at each line, and for the draft as a whole.

use crate::catalogue::rules::SaleUnit;
use crate::catalogue::words::{amount, unit_name};
use crate::drafts::reading::{Sheet, SheetLine};
use crate::languages::Language;
use crate::pricing::splitting::filling::{Full, Offer, Repack};
use crate::pricing::splitting::rules::{Level, Load, Pallets};
use crate::quantity::Quantity;
use crate::web::charts::{Caption, Meter};
use crate::web::{Shell, Tone};

/// The code of kilograms.
const KILOGRAMS: &str = "KGM";

/// Another quantity of a line.
#[derive(Debug)]
pub(super) struct Fill {
    /// What the button sends and says.
    pub value: String,
    pub button: String,
    /// What that fills, costs and saves.
    pub text: String,
    pub saves: Option<String>,
}

/// What all of a draft weighs and takes up.
#[derive(Debug)]
pub(super) struct LoadCard {
    /// Name and value.
    pub facts: Vec<(String, String)>,
    /// What the numbers leave out.
    pub notes: Vec<String>,
    /// How full the last pallet is; none where all are.
    pub last: Option<Meter>,
    /// The best way to fill it, and the others.
    pub best: Option<Fill>,
    pub others: Vec<Fill>,
}

/// A line in the best packs, and what would fill packs and layers of it.
pub(super) fn fills(shell: &Shell, line: &SheetLine) -> Vec<Fill> {
    let repack = line.repack.as_ref().map(|offer| repacked(shell, line, offer));
    let fills = line.fills.iter().filter_map(|offer| fill(shell, line, offer));
    repack.into_iter().chain(fills).collect()
}

fn repacked(shell: &Shell, line: &SheetLine, offer: &Repack) -> Fill {
    let part = |(unit, ordered): &(SaleUnit, Quantity)| in_unit(shell.language, unit, *ordered);
    let parts: Vec<_> = offer.parts.iter().map(part).collect();
    Fill {
        value: format!("split:{}", line.line.id),
        button: shell.t1("fill-split", "parts", parts.join(" + ")),
        text: shell.t1("fill-same", "net", shell.money(offer.net)),
        saves: offer
            .saves
            .map(|saves| shell.t1("fill-saves", "saves", shell.money(saves))),
    }
}

/// `16 × Crate`, `16 pieces`
fn in_unit(language: Language, unit: &SaleUnit, ordered: Quantity) -> String {
    match unit.is_base {
        true => amount(language, ordered, &unit.unit_code),
        false => format!("{} × {}", language.quantity(ordered), unit_name(language, unit)),
    }
}

fn missing(shell: &Shell, line: &SheetLine, offer: &Offer) -> Option<String> {
    let article = line.article.as_ref()?;
    Some(amount(shell.language, offer.missing, &article.base_unit))
}

fn fill(shell: &Shell, line: &SheetLine, offer: &Offer) -> Option<Fill> {
    let (language, id) = (shell.language, line.line.id);
    let missing = missing(shell, line, offer)?;
    let ordered = in_unit(language, &offer.unit, offer.ordered);
    let (button, text) = match &offer.full {
        Full::Own(level, full) => {
            let key = match level {
                Level::Pack => "fill-pack",
                Level::Layer => "fill-layer",
            };
            let full = unit_name(language, full);
            let text = shell.t2(key, "missing", missing, "unit", full);
            (shell.t1("fill-order", "quantity", ordered), text)
        }
        Full::LastPallet(_) => {
            let article = line.article.as_ref()?;
            let number = article.customer_part_number.as_ref().unwrap_or(&article.sku);
            let button = shell.t2("fill-last-take", "missing", missing, "article", number.as_str());
            let becomes = shell.t2("fill-last-becomes", "number", line.number, "quantity", ordered);
            (button, becomes)
        }
    };
    let cost = shell.t1("fill-net", "net", shell.money(offer.net));
    let saves = offer
        .saves
        .map(|saves| shell.t1("fill-saves", "saves", shell.money(saves)));
    Some(Fill {
        value: format!("mend:{id}:{}:{}", offer.unit.unit, offer.ordered),
        button,
        text: format!("{text} · {cost}"),
        saves,
    })
}

/// How full the last pallet is, as a drawing; nothing where all are full.
fn last(shell: &Shell, pallets: Pallets) -> Option<Meter> {
    let percent = pallets.last_percent();
    let finding = shell.t1("fill-last-finding", "percent", percent);
    let caption = Caption::new(shell.t("fill-last"), finding);
    (percent > 0).then(|| Meter::new(caption, percent, 100, Tone::Info))
}

/// Weight and pallets as facts, and what they leave out.
pub(super) fn facts(shell: &Shell, load: &Load, lines: usize) -> (Vec<(String, String)>, Vec<String>) {
    let language = shell.language;
    let (mut facts, mut notes) = (Vec::new(), Vec::new());
    if load.unweighed < lines {
        let weight = amount(language, load.weight_kg(), KILOGRAMS);
        facts.push((shell.t("fill-weight"), weight));
        if load.unweighed > 0 {
            notes.push(shell.t1("fill-unweighed", "lines", load.unweighed));
        }
    }
    if let Some(pallets) = load.pallets {
        facts.push((shell.t("fill-needed"), language.decimal(pallets.needed())));
        facts.push((shell.t("fill-filled"), language.quantity(pallets.filled())));
        if load.unpalleted > 0 {
            notes.push(shell.t1("fill-unpalleted", "lines", load.unpalleted));
        }
    }
    (facts, notes)
}

/// The draft as goods; nothing where neither weights nor pallets are known.
pub(super) fn card(shell: &Shell, sheet: &Sheet) -> Option<LoadCard> {
    let load = sheet.load?;
    let (facts, notes) = facts(shell, &load, sheet.ready());
    let fill = |(place, offer): &(usize, Offer)| fill(shell, sheet.lines.get(*place)?, offer);
    let mut fills = sheet.fills.iter().filter_map(fill);
    let best = fills.next();
    (!facts.is_empty()).then(|| LoadCard {
        facts,
        notes,
        last: load.pallets.and_then(|pallets| last(shell, pallets)),
        best,
        others: fills.collect(),
    })
}
