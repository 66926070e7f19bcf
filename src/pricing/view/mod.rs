//! How prices are told: the same in quotes and on order lines, on pages and by the API.

pub mod kept;

use chrono::NaiveDate;
use serde::Serialize;

use super::rules::discounts::{DiscountKind, DiscountMode, DiscountStep};
use super::rules::{Explanation, Level, NextBreak, PriceSteps, Scale};
use crate::languages::Language;
use crate::money::{Currency, Money, UnitPrice};
use crate::names::names;
use crate::names::sets::PriceStrategy;
use crate::quantity::Quantity;
use crate::web::Shell;

/// `2.61 / 100 pieces`: a price with what it buys.
pub fn price_text(
    language: Language,
    price: UnitPrice,
    price_base: i32,
    unit_code: &str,
    currency: Currency,
) -> String {
    let base = Quantity::new(price_base.into(), 0);
    let unit = language.unit(unit_code, base);
    let price = language.price(price, currency.exponent());
    match price_base {
        1 => format!("{price} / {unit}"),
        _ => format!("{price} / {} {unit}", language.quantity(base)),
    }
}

/// Why something costs what it costs, a sentence each.
pub fn why(
    shell: &Shell,
    explanation: &Explanation,
    unit_price: UnitPrice,
    base_unit: &str,
    currency: Currency,
) -> Vec<String> {
    let language = shell.language;
    let level = shell.name("why-level", explanation.level.name());
    let mut sentences = vec![shell.t2("why-list", "level", level, "list", explanation.price_list.as_str())];
    if !matches!(explanation.min_quantity.as_str(), "0" | "1") {
        let from = language.decimal(&explanation.min_quantity);
        let unit = language.unit(base_unit, Quantity::new(2, 0));
        sentences.push(shell.t2("why-from", "quantity", from, "unit", unit));
    }
    sentences.extend(steps_told(shell, explanation, base_unit, currency));
    let list_price = explanation.list_price.as_deref();
    if let Some(list) = list_price.and_then(|price| UnitPrice::parse(price).ok())
        && list != unit_price
    {
        sentences.push(shell.t1("why-list-price", "price", language.price(list, currency.exponent())));
    }
    match (explanation.valid_from, explanation.valid_to) {
        (_, Some(to)) => sentences.push(shell.t1("why-until", "day", language.date(to))),
        (Some(from), None) => sentences.push(shell.t1("why-since", "day", language.date(from))),
        (None, None) => {}
    }
    if let Some(asked) = &explanation.asked_quantity {
        sentences.push(shell.t1("why-rounded", "quantity", language.decimal(asked)));
    }
    sentences
}

/// How the price was chosen and how the net comes about, where there is more to it than a price, step by step.
fn steps_told(shell: &Shell, explanation: &Explanation, base_unit: &str, currency: Currency) -> Vec<String> {
    let language = shell.language;
    let unit = language.unit(base_unit, Quantity::new(2, 0));
    let amount = |text: &str| match Money::parse(text, currency) {
        Ok(money) => shell.money(money),
        Err(_) => text.to_owned(),
    };
    let mut told = Vec::new();
    if explanation.strategy == Some(PriceStrategy::LowestWins) {
        told.push(shell.t("why-lowest"));
    }
    if let Some(site) = &explanation.site {
        told.push(shell.t1("why-site", "site", site.as_str()));
    }
    if let Some(counted) = &explanation.counted {
        let quantity = language.decimal(&counted.quantity);
        let places = [
            ("quantity", quantity.into()),
            ("unit", unit.clone().into()),
            ("group", counted.price_group.clone().unwrap_or_default().into()),
        ];
        let key = match counted.price_group {
            Some(_) => "why-counted-group",
            None => "why-counted-product",
        };
        told.push(language.text_with(key, &places));
    }
    let Some(reckoning) = &explanation.reckoning else {
        return told;
    };
    for band in &reckoning.bands {
        let price = UnitPrice::parse(&band.unit_price).map(|price| {
            let unit_code = match explanation.price_unit == base_unit {
                true => base_unit,
                false => explanation.price_unit.as_str(),
            };
            price_text(language, price, band.price_base, unit_code, currency)
        });
        let places = [
            ("quantity", language.decimal(&band.quantity).into()),
            ("unit", unit.clone().into()),
            ("price", price.unwrap_or_else(|_| band.unit_price.clone()).into()),
        ];
        told.push(language.text_with("why-band", &places));
    }
    if !reckoning.discounts.is_empty() {
        told.push(shell.t1("why-gross", "amount", amount(&reckoning.gross)));
    }
    told.extend(
        reckoning
            .discounts
            .iter()
            .map(|step| discount_told(shell, step, currency)),
    );
    told
}

/// How an invoiced line comes to its net, a sentence each; nothing where its price tells.
pub fn steps_of(shell: &Shell, steps: Option<&PriceSteps>, currency: Currency) -> Vec<String> {
    let Some(steps) = steps else { return Vec::new() };
    let gross = shell.money(Money::new(steps.gross_minor, currency));
    let mut told = match (steps.is_graduated, steps.discounts.is_empty()) {
        (true, _) => vec![shell.t1("why-graduated", "amount", gross)],
        (false, false) => vec![shell.t1("why-gross", "amount", gross)],
        (false, true) => Vec::new(),
    };
    told.extend(steps.discounts.iter().map(|step| discount_told(shell, step, currency)));
    told
}

/// What a discount took off.
fn discount_told(shell: &Shell, step: &DiscountStep, currency: Currency) -> String {
    let language = shell.language;
    let amount = match Money::parse(&step.amount, currency) {
        Ok(money) => shell.money(money),
        Err(_) => step.amount.clone(),
    };
    let places = [
        ("name", step.name.clone().into()),
        ("value", language.decimal(&step.value).into()),
        ("amount", amount.into()),
    ];
    language.text_with(&format!("why-discount-{}", step.kind.name()), &places)
}

/// One step on the way to the net. The amounts of all steps sum to it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = PriceStep)]
pub struct StepView {
    step: StepKind,
    /// Of a discount: its key.
    #[schema(required, example = "AUTUMN")]
    discount: Option<String>,
    /// Of a discount: what it is called.
    #[schema(required, example = "Autumn discount")]
    name: Option<String>,
    /// Of a discount in percent.
    #[schema(required, example = "2.5")]
    percent: Option<String>,
    /// Of a discount for each base unit: what it takes off each.
    #[schema(required)]
    each: Option<String>,
    /// Of a discount in percent: what the percents are of.
    #[schema(required)]
    mode: Option<DiscountMode>,
    /// What it adds to the net; below zero for a discount.
    #[schema(example = "-12.50")]
    amount: String,
}

names! {
    /// What a step on the way to the net is.
    pub enum StepKind as PriceStepKind {
        /// Quantity times price, of several prices all parts together.
        Price = "price",
        Discount = "discount",
    }
}

/// A part of what counts at a price of its own.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = PriceBand)]
pub struct BandView {
    /// Base units.
    quantity: String,
    /// For `price_base` × the line's `price_unit`.
    unit_price: String,
    price_base: i32,
}

/// By what the breaks of the price are reached, where it is not by the line alone.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = PriceCounted)]
pub struct CountedView {
    scale: Scale,
    #[schema(required)]
    price_group: Option<String>,
    /// All that counts, base units.
    quantity: String,
}

fn steps(explanation: &Explanation, net: Money) -> Vec<StepView> {
    let price = |amount| StepView {
        step: StepKind::Price,
        discount: None,
        name: None,
        percent: None,
        each: None,
        mode: None,
        amount,
    };
    let Some(steps) = explanation.whole_steps(net) else {
        return vec![price(net.to_string())];
    };
    let gross = Money::new(steps.gross_minor, net.currency).to_string();
    let discount = |step: DiscountStep| StepView {
        step: StepKind::Discount,
        discount: Some(step.discount),
        name: Some(step.name),
        percent: (step.kind == DiscountKind::Percent).then(|| step.value.clone()),
        each: (step.kind == DiscountKind::Amount).then(|| step.value.clone()),
        mode: (step.kind == DiscountKind::Percent).then_some(step.mode),
        amount: step.amount,
    };
    let discounts = steps.discounts.into_iter().map(discount);
    [price(gross)].into_iter().chain(discounts).collect()
}

/// Why a line costs what it costs.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ExplanationView {
    /// The kind of list that won.
    level: Level,
    /// Code of the winning list.
    #[schema(example = "C-KA18102")]
    price_list: String,
    /// The break of the winning row, in base units.
    #[schema(example = "100")]
    min_quantity: String,
    /// What the base level gives for this line, for the same price base and unit.
    #[schema(required, example = "2.95")]
    list_price: Option<String>,
    /// First day of the price; null if open.
    #[schema(required)]
    valid_from: Option<NaiveDate>,
    /// Last day of the price; null if open.
    #[schema(required)]
    valid_to: Option<NaiveDate>,
    /// What ordering more would bring.
    #[schema(required)]
    next_break: Option<NextBreakView>,
    /// The quantity that was asked for, where the unit rounded it to the line's; null where it is as asked.
    #[schema(required)]
    asked_quantity: Option<String>,
    /// How the price was chosen.
    strategy: PriceStrategy,
    /// Code of the site that the list is for; null for a list of all sites.
    #[schema(required)]
    site: Option<String>,
    /// By what the break is reached; null where it is by the line alone.
    #[schema(required)]
    counted: Option<CountedView>,
    /// Which part of what counts is at which price, the lowest first; empty where all is at the unit price.
    bands: Vec<BandView>,
    /// Every step on the way to the net, with its amount; together they are the net.
    steps: Vec<StepView>,
}

/// The smallest larger quantity that can be ordered at a lower price per base unit.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct NextBreakView {
    /// That quantity, in base units.
    #[schema(example = "200")]
    min_quantity: String,
    /// Its price, for the price base and unit of the line; null if that needs more than six decimals.
    #[schema(required, example = "2.55")]
    unit_price: Option<String>,
    /// That quantity's net at the line's price less its net at the lower price.
    #[schema(example = "12.00")]
    saves: String,
}

impl ExplanationView {
    /// Why a line comes to this net. What it cost the supplier, and what other accounts pay, is no part of it.
    pub fn of(explanation: Explanation, net: Money) -> Self {
        let steps = steps(&explanation, net);
        let bands = explanation.reckoning.into_iter().flat_map(|reckoning| reckoning.bands);
        Self {
            level: explanation.level,
            price_list: explanation.price_list,
            min_quantity: explanation.min_quantity,
            list_price: explanation.list_price,
            valid_from: explanation.valid_from,
            valid_to: explanation.valid_to,
            next_break: explanation.next_break.map(NextBreakView::from),
            asked_quantity: explanation.asked_quantity,
            strategy: explanation.strategy.unwrap_or_default(),
            site: explanation.site,
            counted: explanation.counted.map(|counted| CountedView {
                scale: counted.scale,
                price_group: counted.price_group,
                quantity: counted.quantity,
            }),
            bands: bands
                .map(|band| BandView {
                    quantity: band.quantity,
                    unit_price: band.unit_price,
                    price_base: band.price_base,
                })
                .collect(),
            steps,
        }
    }
}

impl From<NextBreak> for NextBreakView {
    fn from(next: NextBreak) -> Self {
        Self {
            min_quantity: next.min_quantity,
            unit_price: next.unit_price,
            saves: next.saves,
        }
    }
}
