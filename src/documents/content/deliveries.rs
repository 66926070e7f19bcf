//! The papers of a delivery as their templates read them.

use serde_json::{Value, json};

use super::{Facts, address, of_amount, of_article, one_line, with_unit};
use crate::documents::paper::{
    DeliveryNote, DeliveryNoteLine, PackageLabel, PackageLabels, Packed, PickLine, PickList, Symbol,
};
use crate::languages::Language;
use crate::quantity::Quantity;

pub(super) fn of_delivery(note: &DeliveryNote, language: Language) -> Value {
    let mut facts = Facts::new(language);
    facts.add("delivery-note-number", Some(note.number.clone()));
    facts.add("shipped-date", Some(language.date(note.shipped_on)));
    facts.add("po-number", Some(note.po_number.clone()));
    facts.add("order-number", Some(note.order_number.clone()));
    facts.add("carrier", note.carrier.clone());
    facts.add("tracking-number", note.tracking_number.clone());
    facts.add("delivery-windows", note.windows.clone());
    let lines = note.lines.iter().map(|line| of_delivery_line(line, language));
    json!({
        "title": language.text("paper-delivery-note"),
        "number": note.number,
        "facts": facts.0,
        // The paper travels with the goods.
        "recipient": address(&note.ship_to, note.seller.address.country(), language),
        "buyer": one_line(&note.buyer.address, language),
        "packages": note.packages.iter().map(|one| of_package(one, language)).collect::<Vec<_>>(),
        "lines": lines.collect::<Vec<_>>(),
    })
}

#[expect(clippy::indexing_slicing, reason = "a member of a JSON object")]
pub(super) fn of_delivery_line(line: &DeliveryNoteLine, language: Language) -> Value {
    let (quantity, base_quantity) = of_amount(&line.amount, language);
    let mut article = of_article(&line.article);
    if let Some((_, po_number)) = &line.order {
        article["order"] = format!("{} {po_number}", language.text("paper-po-number")).into();
    }
    if let Some((number, replaced)) = &line.instead_of {
        let place = language.text_with("paper-instead-of", &[("number", (*number).into())]);
        article["instead"] = format!("{place}: {} {}", replaced.sku, replaced.name).into();
    }
    json!({
        "position": match &line.order {
            Some((number, _)) => format!("{number}/{}", line.position),
            None => line.position.to_string(),
        },
        "article": article,
        "quantity": quantity,
        "base_quantity": base_quantity,
        "ordered": with_unit(line.ordered, &line.amount.unit_code, language),
    })
}

/// What it is, how heavy and how large.
fn of_package(package: &Packed, language: Language) -> Value {
    let weight = package.weight_grams.map(|grams| weight(grams, language));
    let sides: Vec<_> = package.sides.iter().flatten().map(i32::to_string).collect();
    let sides = Some(sides.join(" × ")).filter(|text| !text.is_empty());
    let kind = language.text(&format!("package-kind-{}", package.kind));
    let size = [Some(kind), weight, sides.map(|sides| format!("{sides} mm"))];
    let items = package
        .items
        .iter()
        .map(|(position, amount)| json!([position, of_amount(amount, language).0]));
    json!({
        "position": package.position.to_string(),
        "sscc": grouped(&package.sscc),
        "size": size.into_iter().flatten().collect::<Vec<_>>().join(", "),
        "items": items.collect::<Vec<_>>(),
    })
}

fn weight(grams: i64, language: Language) -> String {
    with_unit(Quantity::new(grams, 3), "KGM", language)
}

fn grouped(sscc: &str) -> String {
    let digits: Vec<char> = sscc.chars().collect();
    let groups: Vec<String> = digits.chunks(4).map(String::from_iter).collect();
    groups.join("\u{a0}")
}

pub(super) fn of_labels(labels: &PackageLabels, language: Language) -> Value {
    let home = labels.seller.address.country();
    let lines = labels.labels.iter().map(|label| of_label(label, language));
    json!({
        "title": language.text("paper-package-labels"),
        "number": labels.number,
        "from_label": language.text("label-from"),
        "to_label": language.text("label-to"),
        "from": address(&labels.seller.address, None, language),
        "to": address(&labels.ship_to, home, language),
        "lines": lines.collect::<Vec<_>>(),
    })
}

fn of_label(label: &PackageLabel, language: Language) -> Value {
    let facts = label
        .facts
        .iter()
        .map(|(name, value)| json!({ "label": language.text(&format!("label-{name}")), "value": value }));
    let (place, count) = label.place;
    json!({
        "facts": facts.collect::<Vec<_>>(),
        "place": format!("{} {place} / {count}", language.text("label-package")),
        "sscc": of_symbol(&label.sscc),
        "others": label.others.iter().map(of_symbol).collect::<Vec<_>>(),
    })
}

pub(super) fn of_symbol(symbol: &Symbol) -> Value {
    json!({ "width": symbol.width, "bars": symbol.bars, "printed": symbol.printed })
}

pub(super) fn of_pick_list(list: &PickList, language: Language) -> Value {
    let mut facts = Facts::new(language);
    facts.add("date", Some(language.date(list.printed_on)));
    let lines = list.lines.iter().map(|line| of_pick(line, language));
    json!({
        "title": language.text("paper-pick-list"),
        "number": list.warehouse,
        "facts": facts.0,
        "recipient": [list.warehouse],
        "lines": lines.collect::<Vec<_>>(),
    })
}

fn of_pick(line: &PickLine, language: Language) -> Value {
    let (quantity, base_quantity) = of_amount(&line.amount, language);
    json!({
        "location": line.location,
        "article": of_article(&line.article),
        "quantity": quantity,
        "base_quantity": base_quantity,
        "order": format!("{} / {}", line.order_number, line.position),
        "for": format!("{} · {}", line.account, line.ship_to),
    })
}
