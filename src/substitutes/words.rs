//! What could be taken instead of an article, in words: the same on every page that offers it.

use super::offering::Offer;
use super::rules::SubstituteKind;
use crate::catalogue::words::amount;
use crate::money::Money;
use crate::web::{Area, Chip, Shape, Shell, Tone};

/// An offer as pages print it.
#[derive(Debug)]
pub struct Told {
    pub product_id: String,
    /// Our number.
    pub sku: String,
    /// The account's number of it, or ours.
    pub number: String,
    pub name: String,
    pub kind: String,
    /// The unit's key and the quantity as a plain decimal: what a button sends.
    pub unit: String,
    pub quantity: String,
    /// `6 cartons`
    pub amount: String,
    /// Why so much, where it is not one for one, or more than is wanted.
    pub why: String,
    /// What that costs.
    pub net: String,
    pub stock: Chip,
    /// `Take 6 cartons of X-200 instead`: what a button says.
    pub button: String,
}

/// Whether it is a successor or an alternative.
pub fn kind(shell: &Shell, kind: SubstituteKind) -> String {
    shell.name("substitute-kind", kind.name())
}

fn button(shell: &Shell, amount: &str, number: &str) -> String {
    let words = [("amount", amount.into()), ("article", number.into())];
    shell.language.text_with("substitute-take", &words)
}

fn why(shell: &Shell, offer: &Offer) -> String {
    let ratio = offer.ratio.to_string();
    let mut parts = Vec::new();
    if ratio != "1" {
        parts.push(shell.t1("substitute-ratio", "ratio", shell.language.decimal(&ratio)));
    }
    if offer.is_more {
        parts.push(shell.t("substitute-rounded"));
    }
    parts.join(" ")
}

/// An offer in words.
pub fn told(shell: &Shell, offer: &Offer) -> Told {
    let article = &offer.article;
    let stock = match (offer.is_there(), offer.availability.free) {
        (true, _) => Chip::new(Tone::Ok, Shape::Dot, shell.t("substitute-there")),
        (false, 1..) => Chip::new(Tone::Warn, Shape::Half, shell.t("substitute-part-there")),
        (false, _) => Chip::new(Tone::Warn, Shape::Ring, shell.t("substitute-waits")),
    };
    let theirs = article.customer_part_number.clone();
    let number = theirs
        .filter(|_| shell.area != Area::Desk)
        .unwrap_or_else(|| article.sku.clone());
    let amount = amount(shell.language, offer.quantity.ordered, &offer.unit.unit_code);
    Told {
        product_id: article.product_id.to_string(),
        sku: article.sku.clone(),
        button: button(shell, &amount, &number),
        number,
        name: article.name.clone(),
        kind: kind(shell, offer.kind),
        unit: offer.unit.unit.clone(),
        quantity: offer.quantity.ordered.to_string(),
        amount,
        why: why(shell, offer),
        net: shell.money(Money::new(offer.priced.net_minor, offer.currency)),
        stock,
    }
}
