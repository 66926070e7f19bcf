//! An article as both pages tell it.

use crate::accounts::terms::Terms;
use crate::browsing::coming::Coming;
use crate::catalogue::rules::{Article, SaleUnit};
use crate::catalogue::words::{amount, unit_name};
use crate::inventory::quotas::rules::DECIMALS;
use crate::inventory::rules::{Status, StockBook};
use crate::languages::Language;
use crate::names::sets::ArticleState;
use crate::orders::quotas::Drawn;
use crate::pricing::rules::{Line, Offers, Priced, price_line, shown_quantity};
use crate::pricing::view::price_text;
use crate::quantity::Quantity;
use crate::web::{Chip, Shape, Shell, Tone};

/// The account's own number where it has one, else ours; what else is known of the article, for the line below.
pub(super) fn number(article: &Article) -> &str {
    article.customer_part_number.as_deref().unwrap_or(&article.sku)
}

/// Brand and our number, as far as they say something new.
pub(super) fn under(shell: &Shell, article: &Article) -> Vec<String> {
    let mut under: Vec<_> = article.brand.iter().cloned().collect();
    if article.state != ArticleState::Active {
        under.push(shell.name("offer-state", article.state.name()));
    }
    if article.customer_part_number.is_some() {
        under.push(shell.t1("draft-our-number", "sku", article.sku.as_str()));
    }
    under
}

/// `500 pieces`; nothing for the base unit, which holds itself.
pub(super) fn content(language: Language, article: &Article, unit: &SaleUnit) -> Option<String> {
    if unit.is_base {
        return None;
    }
    let base = match unit.content.as_decimal() {
        Some(quantity) => amount(language, quantity, &article.base_unit),
        None => {
            let (upper, lower) = (unit.content.numerator(), unit.content.denominator());
            format!(
                "{upper}/{lower}\u{a0}{}",
                language.unit(&article.base_unit, Quantity::new(2, 0))
            )
        }
    };
    Some(base)
}

/// Value, text and whether it is chosen, of every unit.
pub(super) fn units(language: Language, article: &Article, chosen: &str) -> Vec<(String, String, bool)> {
    let option = |unit: &SaleUnit| (unit.unit.clone(), unit_name(language, unit), unit.unit == chosen);
    article.units.iter().map(option).collect()
}

/// What the smallest order of a unit costs, if it has a price.
pub(super) fn priced(article: &Article, unit: &SaleUnit, offers: &Offers<'_>) -> Option<Priced> {
    let quantity = shown_quantity(article, unit)?;
    let line = Line {
        article,
        unit,
        quantity,
    };
    price_line(line, offers).ok()
}

/// `13.05 / carton` where a pack costs that, and what the price is kept for: `2.61 / 100 pieces`.
pub(super) fn prices(
    language: Language,
    article: &Article,
    unit: &SaleUnit,
    priced: &Priced,
    terms: &Terms,
) -> (String, Option<String>) {
    let code = |key: &str| article.unit(key).map_or(key.to_owned(), |unit| unit.unit_code.clone());
    let kept = price_text(
        language,
        priced.unit_price,
        priced.price_base,
        &code(&priced.price_unit),
        terms.currency,
    );
    let is_pack_price = priced.price_unit == unit.unit && priced.price_base == 1;
    match priced.pack_price.filter(|_| !is_pack_price && !unit.is_base) {
        Some(pack) => (
            price_text(language, pack, 1, &unit.unit_code, terms.currency),
            Some(kept),
        ),
        None => (kept, None),
    }
}

/// What is said of the stock: a word, and when or how much.
pub(super) fn stock(shell: &Shell, article: &Article, stock: &StockBook, coming: &Coming) -> (Chip, String) {
    if article.state == ArticleState::Ended {
        let chip = Chip::new(
            Tone::Neutral,
            Shape::Ring,
            shell.name("offer-state", article.state.name()),
        );
        return (chip, String::new());
    }
    if let Some(day) = coming.opens_on(article) {
        let text = shell.t1("offer-coming", "day", shell.day(day));
        return (Chip::new(Tone::Info, Shape::Ring, text), String::new());
    }
    let found = stock.availability(article.product_id);
    let arrives = || match coming.of_stock(article, stock) {
        Some(day) => shell.t1("products-arrives", "day", shell.day(day)),
        None => String::new(),
    };
    let next = coming.next(article).map(|(day, steps)| {
        let more = amount(shell.language, article.base_quantity(steps), &article.base_unit);
        shell.t2("products-more-on", "quantity", more, "day", shell.day(day))
    });
    let and_next = |text: String| match &next {
        Some(next) if text.is_empty() => next.clone(),
        Some(next) => format!("{text}, {next}"),
        None => text,
    };
    match found.status {
        Status::InStock => (
            Chip::new(Tone::Ok, Shape::Dot, shell.t("offer-stock-in-stock")),
            and_next(arrives()),
        ),
        Status::Low => {
            let free = amount(shell.language, article.base_quantity(found.free), &article.base_unit);
            (
                Chip::new(Tone::Warn, Shape::Half, shell.t("offer-stock-low")),
                and_next(format!(
                    "{}, {}",
                    shell.t1("products-left", "quantity", free),
                    arrives()
                )),
            )
        }
        Status::None => (
            Chip::new(Tone::Neutral, Shape::Ring, shell.t("offer-stock-none")),
            next.unwrap_or_else(|| {
                shell.t(match article.state {
                    ArticleState::Active => "products-none-text",
                    ArticleState::PhaseOut | ArticleState::Ended => "products-sold-out",
                })
            }),
        ),
    }
}

/// What is kept for an account of an article: how much of it until when; and with whom, or of what all.
pub(super) fn kept(shell: &Shell, article: &Article, drawn: &Drawn) -> (String, String) {
    let told = |micros| {
        let quantity = Quantity::new(micros, DECIMALS);
        shell.quantity(quantity, &article.base_unit)
    };
    let left = shell.language.text_with(
        "product-kept-left",
        &[
            ("left", told(drawn.left_micros).into()),
            ("quantity", told(drawn.kept.quantity_micros).into()),
            ("day", shell.day(drawn.released_on).into()),
        ],
    );
    let mut beside = Vec::new();
    if let Some(category) = &drawn.kept.category {
        beside.push(shell.t1("product-kept-category", "category", category.as_str()));
    }
    if drawn.kept.account_id.is_none() {
        beside.push(shell.t("product-kept-tier"));
    }
    (left, beside.join(", "))
}
