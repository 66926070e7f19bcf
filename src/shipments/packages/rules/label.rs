//! What stands on the label of a package: who sends it, who gets it, and the bars that scanners read.

use super::code128::{Element, Symbol, gs1_printed, gs1_text, is_gs1_text, symbol};

/// Modules of the widest symbol that a label of 105 mm has room for, quiet zones of ten modules on each side aside.
pub const MODULES_MAX: u32 = 168;
/// Characters of an account's own number in a symbol (AI 400).
const PO_CHARS_MAX: usize = 30;

/// A label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub sscc: String,
    /// Who sends it: name and address.
    pub from: Vec<String>,
    /// Where it goes.
    pub to: Vec<String>,
    /// When that place takes goods in, as a text.
    pub windows: Option<String>,
    /// The account's own number of the order.
    pub po_number: String,
    pub order_number: String,
    /// Of the shipment; none while it is being packed.
    pub shipment_number: Option<String>,
    pub carrier: Option<String>,
    pub tracking_number: Option<String>,
    /// Which of how many.
    pub place: (usize, usize),
    pub weight_grams: Option<i64>,
    /// GTIN of the only article in it, and how many.
    pub content: Option<(String, i64)>,
}

/// A row of bars and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bars {
    pub symbol: Symbol,
    /// Its text, with FNC1.
    pub text: String,
    /// For people.
    pub printed: String,
}

fn bars(elements: &[Element]) -> Option<Bars> {
    let text = gs1_text(elements);
    let symbol = symbol(&text).filter(|symbol| symbol.modules() <= MODULES_MAX)?;
    Some(Bars {
        symbol,
        text,
        printed: gs1_printed(elements),
    })
}

/// A count with an even number of digits, which are the shortest in pairs.
fn even(count: i64) -> String {
    let digits = count.to_string();
    match digits.len() % 2 {
        0 => digits,
        _ => format!("0{digits}"),
    }
}

impl Label {
    /// The symbol that names the package.
    pub fn sscc_bars(&self) -> Option<Bars> {
        bars(&[Element::fixed("00", self.sscc.as_str())])
    }

    /// The symbols above it: what is in the package, and the account's number of the order, each where there is room for it.
    pub fn other_bars(&self) -> Vec<Bars> {
        let content = self.content.as_ref().and_then(|(gtin, count)| {
            bars(&[
                Element::fixed("02", format!("{gtin:0>14}")),
                Element::variable("37", even(*count)),
            ])
        });
        let is_short = self.po_number.chars().count() <= PO_CHARS_MAX && is_gs1_text(&self.po_number);
        let po = is_short.then(|| bars(&[Element::variable("400", self.po_number.as_str())]));
        content.into_iter().chain(po.flatten()).collect()
    }
}

#[cfg(test)]
pub(in crate::shipments) fn sample() -> Label {
    let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
    Label {
        sscc: "106141411234567897".to_owned(),
        from: lines(&["The Supplier", "Kade 1", "3011 AA Rotterdam"]),
        to: lines(&["Acme Gate", "Gate 1", "2611 AA Delft"]),
        windows: Some("Mon 08:00-12:00".to_owned()),
        po_number: "PO-1".to_owned(),
        order_number: "1001".to_owned(),
        shipment_number: Some("3001".to_owned()),
        carrier: Some("DHL".to_owned()),
        tracking_number: None,
        place: (1, 2),
        weight_grams: Some(12_500),
        content: Some(("4006381333931".to_owned(), 12)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_symbols_say_as_much_as_there_is_room_for() {
        let full = sample();
        let printed = |label: &Label| {
            let others = label.other_bars().into_iter().map(|bars| bars.printed);
            others.collect::<Vec<_>>()
        };
        assert_eq!(printed(&full), ["(02)04006381333931(37)12", "(400)PO-1"]);
        for po_number in ["ORDER-OF-THIRTY-CHARACTERS-012", "PO 1", "PÖ-1", ""] {
            let other = Label {
                po_number: po_number.to_owned(),
                ..full.clone()
            };
            assert_eq!(printed(&other), ["(02)04006381333931(37)12"], "{po_number}");
        }
        let mixed = Label {
            content: None,
            ..full.clone()
        };
        assert_eq!(printed(&mixed), ["(400)PO-1"]);
        assert_eq!(
            full.sscc_bars().map(|bars| bars.printed).as_deref(),
            Some("(00)106141411234567897")
        );
    }
}
