//! The packs of an article as its page shows them, and in which quantity of one it is asked for.

use super::words;
use crate::accounts::terms::Terms;
use crate::catalogue::rules::{Article, OrderQuantity, Rounding, SaleUnit, offer, order_quantity};
use crate::catalogue::words::{amount, pack_size, unit_name};
use crate::error::FieldError;
use crate::pricing::rules::Offers;
use crate::quantity::{Decimal, Quantity};
use crate::typed::{Typed, quantity, to_type};
use crate::web::Shell;

/// A unit an article is sold in.
pub(super) struct UnitRow {
    pub name: String,
    pub key: String,
    pub content: String,
    pub gtin: String,
    pub order: String,
    /// What becomes of a quantity that doesn't fit, unless it is refused.
    pub rounding: Option<String>,
    /// Weight, sides and layer, as far as they are known.
    pub size: Vec<String>,
    pub price: String,
}

/// A quantity that can't be ordered.
pub(super) struct Unfit {
    pub fault: String,
    pub instead: Vec<Instead>,
}

/// A quantity that can be ordered instead.
pub(super) struct Instead {
    /// Key of the unit.
    pub unit: String,
    /// As people type it.
    pub quantity: String,
    /// `4 × Crate`
    pub text: String,
}

/// The quantity that is asked for: what was typed, else the smallest order; why it can't be ordered and what can.
pub(super) fn wanted(
    shell: &Shell,
    article: &Article,
    unit: &SaleUnit,
    typed: &str,
    smallest: Option<OrderQuantity>,
) -> Result<Option<OrderQuantity>, Unfit> {
    let unfit = |fault| Unfit {
        fault,
        instead: Vec::new(),
    };
    let plain = match quantity(typed) {
        Typed::Missing => return Ok(smallest),
        Typed::Value(number) => number,
        Typed::Ambiguous(..) => return Err(unfit(shell.t1("line-ambiguous", "quantity", typed))),
        Typed::Bad => return Err(unfit(shell.t1("line-not-a-number", "quantity", typed))),
    };
    order_quantity(article, unit, &plain).map(Some).map_err(|fault| Unfit {
        fault: shell.fault(&FieldError::new("/quantity", fault.code, fault.detail)),
        instead: instead(shell, article, unit, &plain),
    })
}

fn instead(shell: &Shell, article: &Article, unit: &SaleUnit, plain: &str) -> Vec<Instead> {
    let Some(wanted) = Decimal::parse(plain).ok().filter(|wanted| wanted.is_positive()) else {
        return Vec::new();
    };
    let language = shell.language;
    let offer = offer(article, unit, wanted);
    let fits = [offer.lower, offer.upper].into_iter().flatten();
    let told = fits.map(|fits| Instead {
        unit: unit.unit.clone(),
        quantity: to_type(language, &fits.to_string()),
        text: match unit.is_base {
            true => amount(language, fits, &unit.unit_code),
            false => format!("{} × {}", language.quantity(fits), unit_name(language, unit)),
        },
    });
    told.collect()
}

/// A unit, at the prices and for the account there are.
pub(super) fn unit_row(
    shell: &Shell,
    article: &Article,
    unit: &SaleUnit,
    (offers, terms): (&Offers<'_>, &Terms),
) -> UnitRow {
    let language = shell.language;
    let priced = words::priced(article, unit, offers);
    let whole = |count: i64| language.quantity(Quantity::new(count, 0));
    let order = match (unit.is_base, unit.min_quantity, unit.multiple) {
        (true, ..) if article.decimals > 0 => {
            let step = language.quantity(article.base_quantity(1));
            shell.t1("product-steps", "step", step)
        }
        (true, ..) | (false, 1, 1) => shell.t("product-any"),
        (false, least, 1) => shell.t1("product-from", "least", whole(least)),
        (false, least, multiple) if least <= multiple => shell.t1("product-multiples", "multiple", whole(multiple)),
        (false, least, multiple) => shell.t2(
            "product-from-multiples",
            "least",
            whole(least),
            "multiple",
            whole(multiple),
        ),
    };
    let order = match unit.max_quantity {
        Some(most) => shell.t2("product-at-most", "order", order, "most", whole(most)),
        None => order,
    };
    UnitRow {
        name: unit_name(language, unit),
        key: unit.unit.clone(),
        content: words::content(language, article, unit).unwrap_or_else(|| shell.t("product-base-unit")),
        gtin: unit.gtin.clone().unwrap_or_else(|| "–".to_owned()),
        order,
        rounding: (unit.rounding != Rounding::Refuse).then(|| shell.name("product-rounding", unit.rounding.name())),
        size: pack_size(shell, &unit.size),
        price: match priced.and_then(|priced| priced.pack_price) {
            Some(price) => language.price(price, terms.currency.exponent()),
            None => "–".to_owned(),
        },
    }
}
