//! Why a line costs what it costs, as it is kept for ever; and the net that follows from it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::discounts::{DiscountStep, take_off};
use super::exact::{AtPrice, Exact};
use super::{Level, Scale, net_minor};
use crate::catalogue::rules::OrderQuantity;
use crate::money::{Currency, Money, UnitPrice, round_half_away};
use crate::names::sets::PriceStrategy;
use crate::quantity::{Content, Decimal, Quantity};

/// Why a line costs what it costs; frozen on the order line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The level that won.
    pub level: Level,
    /// Code of the winning list.
    pub price_list: String,
    /// The break of the winning row, base units.
    pub min_quantity: String,
    /// The winning row's price, for `price_base` × `price_unit`.
    pub unit_price: String,
    /// The unit the price is kept for.
    pub price_unit: String,
    /// How many of the unit the price buys.
    pub price_base: i32,
    /// What the base level gives for this line, for the same price base and unit; none if it has no row or the figure
    /// needs more than six decimals.
    pub list_price: Option<String>,
    /// First day of the winning price, none if open.
    pub valid_from: Option<NaiveDate>,
    /// Last day of the winning price, none if open.
    pub valid_to: Option<NaiveDate>,
    /// What ordering more would bring.
    pub next_break: Option<NextBreak>,
    /// The quantity that was asked for, where the unit rounded it to the line's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_quantity: Option<String>,
    /// How the price was chosen, unless by the first level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strategy: Option<PriceStrategy>,
    /// Code of the site that the list is for, where it is for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
    /// By what the break is reached, where it is not by the line alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted: Option<Counted>,
    /// How the net comes about, where the unit price alone doesn't tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reckoning: Option<Reckoning>,
}

/// The smallest larger quantity that can be ordered at a lower price per base unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextBreak {
    /// That quantity, base units.
    pub min_quantity: String,
    /// Its price, for the price base and unit of the line's own price; none if that needs more than six decimals.
    pub unit_price: Option<String>,
    /// That quantity's net at the line's price less its net at the lower price.
    pub saves: String,
}

/// By what the break of the winning row is reached, where it is not by the line alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    pub scale: Scale,
    /// The price group, where the list counts one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_group: Option<String>,
    /// All that counts, base units; the line's own among them.
    pub quantity: String,
}

/// What a line comes to whose net its unit price alone doesn't tell: every step with its amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reckoning {
    /// What was reckoned, base units. A part of it costs its part of the net.
    pub quantity: String,
    /// Which part of what counts is at which price, the lowest first; none where all is at the unit price.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<Band>,
    /// Before discounts.
    pub gross: String,
    /// What was taken off, in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub discounts: Vec<DiscountStep>,
    /// The gross and what was taken off.
    pub net: String,
}

/// So much at this price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// Base units.
    pub quantity: String,
    /// For `price_base` × the price unit of the line.
    pub unit_price: String,
    pub price_base: i32,
}

fn steps_of(text: &str, decimals: u8) -> Option<i64> {
    Decimal::parse(text).ok()?.scaled(decimals).ok()
}

impl Reckoning {
    /// True where both take off the same of the same price, whatever the quantity is.
    pub fn is_like(&self, other: &Self) -> bool {
        let alike = |(a, b): (&DiscountStep, &DiscountStep)| a.is_like(b);
        self.bands.is_empty()
            && other.bands.is_empty()
            && self.discounts.len() == other.discounts.len()
            && self.discounts.iter().zip(&other.discounts).all(alike)
    }

    /// What so many base steps of the line cost: their part of the net, rounded.
    fn part(&self, base_steps: i64, decimals: u8, currency: Currency) -> Option<i64> {
        let net = Money::parse(&self.net, currency).ok()?.minor;
        let whole = steps_of(&self.quantity, decimals)?;
        if whole == 0 {
            return Some(0);
        }
        round_half_away(i128::from(net) * i128::from(base_steps), whole.into())
    }

    /// The same reckoned again from prices, bands and discounts; what it comes to now. `content` is that of the unit the prices are
    /// kept for.
    fn again(
        &self,
        (price, base): (UnitPrice, i32),
        content: Content,
        decimals: u8,
        currency: Currency,
    ) -> Option<Self> {
        let steps = steps_of(&self.quantity, decimals)?;
        let gross = if self.bands.is_empty() {
            Exact::cost(&[AtPrice { steps, price, base }], content, decimals, currency)?
        } else {
            let mut parts = Vec::with_capacity(self.bands.len());
            let mut whole: i64 = 0;
            for band in &self.bands {
                let part = AtPrice {
                    steps: steps_of(&band.quantity, decimals)?,
                    price: UnitPrice::parse(&band.unit_price).ok()?,
                    base: band.price_base,
                };
                whole = whole.checked_add(part.steps)?;
                parts.push(part);
            }
            Exact::cost(&parts, content, decimals, currency)?.share(steps.into(), whole.into())?
        };
        let mut discounts = self.discounts.clone();
        let net = take_off(gross, steps, decimals, &mut discounts, currency)?;
        Some(Self {
            quantity: self.quantity.clone(),
            bands: self.bands.clone(),
            gross: Money::new(gross.rounded()?, currency).to_string(),
            discounts,
            net: Money::new(net, currency).to_string(),
        })
    }
}

impl Explanation {
    /// True where this is how another line of the product is priced, whatever the quantity is: what is more of one is more of the
    /// other.
    pub fn is_reckoned_like(&self, other: &Self) -> bool {
        match (&self.reckoning, &other.reckoning) {
            (None, None) => true,
            (Some(own), Some(other)) => own.is_like(other),
            _ => false,
        }
    }

    /// Minor units of a part of the line at its price, by its reckoning where it has one. None where that can't be held.
    pub fn net_of(
        &self,
        part: OrderQuantity,
        (price, base, in_base): (UnitPrice, i32, bool),
        decimals: u8,
        currency: Currency,
    ) -> Option<i64> {
        match &self.reckoning {
            None => net_minor(price, base, part, in_base, decimals, currency),
            Some(reckoning) => reckoning.part(part.base_steps, decimals, currency),
        }
    }

    /// The net of a line of this quantity from what is written here alone. Of a reckoning every amount has to follow again.
    pub fn derived_net(
        &self,
        quantity: OrderQuantity,
        (in_base, content): (bool, Content),
        decimals: u8,
        currency: Currency,
    ) -> Option<i64> {
        let price = UnitPrice::parse(&self.unit_price).ok()?;
        if let Some(reckoning) = &self.reckoning {
            let content = if in_base { Content::ONE } else { content };
            let again = reckoning.again((price, self.price_base), content, decimals, currency)?;
            if again != *reckoning {
                return None;
            }
        }
        self.net_of(quantity, (price, self.price_base, in_base), decimals, currency)
    }

    /// How a part of a line comes to its net, for papers: nothing where its price tells. Amounts are the differences of what was left
    /// before and after each step, so that they sum to the part's net.
    pub fn steps_of_part(&self, (from, to): (i64, i64), decimals: u8, currency: Currency) -> Option<PriceSteps> {
        let reckoning = self.reckoning.as_ref()?;
        let whole = steps_of(&reckoning.quantity, decimals)?;
        let mut left = Money::parse(&reckoning.gross, currency).ok()?.minor;
        let up_to = |left: i64, steps: i64| round_half_away(i128::from(left) * i128::from(steps), whole.into());
        let part = |left| up_to(left, to)?.checked_sub(up_to(left, from)?);
        let mut before = part(left)?;
        let mut told = PriceSteps {
            is_graduated: !reckoning.bands.is_empty(),
            gross_minor: before,
            discounts: Vec::with_capacity(reckoning.discounts.len()),
        };
        for step in &reckoning.discounts {
            left = left.checked_add(Money::parse(&step.amount, currency).ok()?.minor)?;
            let after = part(left)?;
            let amount = Money::new(after.checked_sub(before)?, currency).to_string();
            told.discounts.push(DiscountStep { amount, ..step.clone() });
            before = after;
        }
        Some(told)
    }

    /// The same of a whole line that comes to this net.
    pub fn whole_steps(&self, net: Money) -> Option<PriceSteps> {
        let reckoning = self.reckoning.as_ref()?;
        let reckoned = PriceSteps {
            is_graduated: !reckoning.bands.is_empty(),
            gross_minor: Money::parse(&reckoning.gross, net.currency).ok()?.minor,
            discounts: reckoning.discounts.clone(),
        };
        let whole = reckoned.net_minor(net.currency)?;
        if whole == net.minor {
            return Some(reckoned);
        }
        // A line of which there is more or less than was reckoned has its part of each step.
        let (part, whole) = if whole == 0 { (1, 1) } else { (net.minor, whole) };
        reckoned.of_part((part, whole), net.minor, net.currency)
    }

    /// The quantity that counted for the breaks, where it was not the line's alone.
    pub fn counted_quantity(&self, decimals: u8) -> Option<Quantity> {
        let counted = self.counted.as_ref()?;
        Some(Quantity::new(steps_of(&counted.quantity, decimals)?, decimals))
    }
}

/// How an invoiced line comes to its net where its price alone doesn't tell; its discounts sum with the gross to its net.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceSteps {
    /// Its parts have several prices: what it costs before discounts is told as the price of all of it.
    #[serde(default)]
    pub is_graduated: bool,
    /// Before discounts.
    pub gross_minor: i64,
    #[serde(default)]
    pub discounts: Vec<DiscountStep>,
}

impl PriceSteps {
    /// True where a reckoning takes off the same of the same price. Of several prices only amounts could tell, so these never are.
    pub fn is_like(&self, reckoning: &Reckoning) -> bool {
        let alike = |(a, b): (&DiscountStep, &DiscountStep)| a.is_like(b);
        !self.is_graduated
            && reckoning.bands.is_empty()
            && self.discounts.len() == reckoning.discounts.len()
            && self.discounts.iter().zip(&reckoning.discounts).all(alike)
    }

    /// What was taken off, minor units, one for each discount.
    pub fn amounts(&self, currency: Currency) -> Option<Vec<i64>> {
        let amount = |step: &DiscountStep| Money::parse(&step.amount, currency).ok();
        let amounts = self.discounts.iter().map(|step| Some(amount(step)?.minor));
        amounts.collect()
    }

    /// What they come to.
    pub fn net_minor(&self, currency: Currency) -> Option<i64> {
        let mut amounts = self.amounts(currency)?.into_iter();
        amounts.try_fold(self.gross_minor, i64::checked_add)
    }

    /// The same of `part` of `whole`, which comes to this net: the last step takes what is left.
    pub fn of_part(&self, (part, whole): (i64, i64), net_minor: i64, currency: Currency) -> Option<Self> {
        let share = |minor: i64| round_half_away(i128::from(minor) * i128::from(part), whole.into());
        let amounts = self.amounts(currency)?;
        let count = amounts.len();
        let mut left = self.gross_minor;
        let mut told = Self {
            is_graduated: self.is_graduated,
            gross_minor: if count == 0 { net_minor } else { share(left)? },
            discounts: Vec::with_capacity(count),
        };
        let mut before = told.gross_minor;
        for (place, (step, amount)) in (1..).zip(self.discounts.iter().zip(amounts)) {
            left = left.checked_add(amount)?;
            let after = if place == count { net_minor } else { share(left)? };
            let amount = Money::new(after.checked_sub(before)?, currency).to_string();
            told.discounts.push(DiscountStep { amount, ..step.clone() });
            before = after;
        }
        Some(told)
    }
}
