//! How articles, their units and quantities are told on pages.

use super::assortments::Extent;
use super::rules::keeping::{KeptProduct, KeptUnit, Lack};
use super::rules::{PackSize, SaleUnit};
use crate::languages::Language;
use crate::names::sets::ArticleState;
use crate::quantity::{Content, Quantity};
use crate::web::{Chip, Shape, Shell, Tone};

/// What a unit is called: by the supplier, single pieces by the language.
pub fn unit_name(language: Language, unit: &SaleUnit) -> String {
    if unit.is_base || unit.name.is_empty() {
        language.unit(&unit.unit_code, Quantity::new(1, 0))
    } else {
        unit.name.clone()
    }
}

/// `16 cartons`: a quantity with the word for its unit.
pub fn amount(language: Language, quantity: Quantity, unit_code: &str) -> String {
    format!(
        "{}\u{a0}{}",
        language.quantity(quantity),
        language.unit(unit_code, quantity)
    )
}

/// That an article is phased out or has ended; nothing of one that is sold as ever.
pub fn state_chip(shell: &Shell, state: ArticleState) -> Option<Chip> {
    let (tone, shape) = match state {
        ArticleState::Active => return None,
        ArticleState::PhaseOut => (Tone::Warn, Shape::Half),
        ArticleState::Ended => (Tone::Neutral, Shape::Ring),
    };
    Some(Chip::new(tone, shape, shell.name("article-state", state.name())))
}

/// Name and word of each state.
pub fn state_choices(shell: &Shell) -> Vec<(String, String)> {
    let choice = |state: &ArticleState| (state.name().to_owned(), shell.name("article-state", state.name()));
    ArticleState::ALL.iter().map(choice).collect()
}

/// What a product lacks, as chips.
pub fn lack_chips(shell: &Shell, product: &KeptProduct) -> Vec<Chip> {
    let chip = |lack: &Lack| Chip::new(Tone::Warn, Shape::Diamond, shell.name("catalogue-lacks", lack.name()));
    product.lacks.iter().map(chip).collect()
}

/// `200 pieces`: what one of a pack holds.
pub fn kept_content(shell: &Shell, unit: &KeptUnit, base_unit: &str) -> String {
    content(shell.language, unit.content, base_unit)
}

/// The same of a content.
pub fn content(language: Language, content: Content, base_unit: &str) -> String {
    match content.as_decimal() {
        Some(content) => format!("{} {}", language.quantity(content), language.unit(base_unit, content)),
        None => {
            let many = Quantity::new(2, 0);
            let ratio = format!("{}/{}", content.numerator(), content.denominator());
            format!("{ratio} {}", language.unit(base_unit, many))
        }
    }
}

/// Weight, sides and layer of a pack, as far as they are known.
pub fn pack_size(shell: &Shell, size: &PackSize) -> Vec<String> {
    let language = shell.language;
    let whole = |number: i64| language.quantity(Quantity::new(number, 0));
    let weight = size
        .gross_weight_g
        .map(|grams| amount(language, Quantity::new(grams, 3), "KGM"));
    let sides = [size.length_mm, size.width_mm, size.height_mm];
    let sides = sides.iter().any(Option::is_some).then(|| {
        let sides = sides.map(|side| side.map_or_else(|| "–".to_owned(), whole));
        format!("{}\u{a0}mm", sides.join(" × "))
    });
    let layer = size.layer.map(|layer| shell.t1("product-layer", "layer", whole(layer)));
    weight.into_iter().chain(sides).chain(layer).collect()
}

/// Code and name of accounts to choose from.
pub fn choices(extents: &[Extent]) -> Vec<(String, String)> {
    let choice = |extent: &Extent| (extent.code.clone(), format!("{} · {}", extent.code, extent.name));
    extents.iter().map(choice).collect()
}
