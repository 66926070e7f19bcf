//! An order and its lines.

pub use crate::names::sets::HoldReason;
pub use crate::names::sets::OrderClass;
use std::fmt;

use chrono::{NaiveDate, NaiveDateTime};

use super::{Choices, DeliveryChoice, OrderTexts, State, Wishes};
use crate::catalogue::rules::{LineFault, OrderQuantity};
use crate::error::Code;
use crate::ids::{AccountId, ClaimId, ClientId, ExpectedReceiptId, OrderId, OrderLineId, PersonId, ProductId, SiteId};
use crate::money::{Currency, Money, UnitPrice};
use crate::names::names;
use crate::orders::allocation::rules::{Others, reason_for_account, reason_of_expected};
use crate::orders::promising::rules::by_day;
use crate::orders::sentences;
use crate::pricing::rules::Explanation;
use crate::quantity::{Content, Decimal, DecimalError, Quantity};
use crate::sentences::Sentence;
use crate::sentences::quantity_not_above_zero;
use crate::tax::rules::{Treatment, tax_groups};

impl OrderClass {
    /// 0 for the most urgent class, growing.
    pub fn rank(self) -> i32 {
        match self {
            Self::Critical => 0,
            Self::Priority => 1,
            Self::Standard => 2,
        }
    }
}

names! {
    /// By which way an order came, where that is told.
    pub enum Source as OrderSource {
        /// From the account's purchasing system.
        Punchout = "punchout",
        /// From a claim: goods once more, without charge.
        Claim = "claim",
    }
}

/// Who placed an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlacedBy {
    Person(PersonId),
    /// A program that signs in by itself.
    Client(ClientId),
}

impl PlacedBy {
    /// The row among people; of a program the one that stands for it.
    pub fn row(self) -> PersonId {
        match self {
            Self::Person(id) => id,
            Self::Client(id) => PersonId(id.0),
        }
    }

    /// The reverse: whom a row of people stands for.
    pub fn of_row(id: PersonId, is_client: bool) -> Self {
        match is_client {
            true => Self::Client(ClientId(id.0)),
            false => Self::Person(id),
        }
    }
}

/// `per_…` or `cli_…`.
impl fmt::Display for PlacedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(id) => write!(f, "{id}"),
            Self::Client(id) => write!(f, "{id}"),
        }
    }
}

/// An order. Without `lines` where only its head was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    pub id: OrderId,
    /// Whose.
    pub account_id: AccountId,
    /// What people call it; grows, may have gaps. Zero in a preview.
    pub number: i64,
    /// Where it stands.
    pub state: State,
    /// Why it is on hold.
    pub hold_reasons: Vec<HoldReason>,
    /// What staff said when they held it; the account reads it.
    pub hold_note: Option<String>,
    /// The account's own number, unique among its live orders without regard to case.
    pub po_number: String,
    /// How urgent.
    pub order_class: OrderClass,
    /// Where the goods go.
    pub site_id: SiteId,
    /// Code of that site.
    pub ship_to: String,
    /// Of all its amounts.
    pub currency: Currency,
    /// When the account wants it.
    pub requested_on: Option<NaiveDate>,
    /// What the buyer decided about what is not there.
    pub choices: Choices,
    /// What the account says.
    pub texts: OrderTexts,
    /// Sum of the lines' nets.
    pub net: Money,
    /// Rounded once for each category and rate; none while the supplier has no country.
    pub tax: Option<Money>,
    /// Net and tax.
    pub gross: Option<Money>,
    /// How many lines it has.
    pub line_count: i32,
    /// Who placed it, unless an import did.
    pub placed_by: Option<PlacedBy>,
    pub placed_at: NaiveDateTime,
    /// The pricing day, in the supplier's zone.
    pub placed_on: NaiveDate,
    /// Where it stands in the queue among equals.
    pub queued_at: NaiveDateTime,
    /// When it was called off.
    pub cancelled_at: Option<NaiveDateTime>,
    /// Why.
    pub cancel_reason: Option<String>,
    /// The gross (the net while the supplier has no country) of what was called off of it while the rest goes on.
    pub cancelled: Money,
    /// By which way it came, where that is told.
    pub source: Option<Source>,
    /// The claim it makes good, of goods that come once more; with its number.
    pub claim: Option<(ClaimId, String)>,
    /// Which form of it this is: 1 as it was placed, one more with each change of what was ordered.
    pub revision: i32,
    /// Grows with each change.
    pub version: i64,
    pub lines: Vec<OrderLine>,
}

impl Order {
    /// What of the order counts as exposure: gross, or net while the supplier has no country, without what was called off.
    pub fn commitment_minor(&self) -> i64 {
        self.gross.unwrap_or(self.net).minor - self.cancelled.minor
    }

    /// What is called off of the whole by what is called off of its lines: its gross (net) less that of what stands.
    /// `None` where it can't be held.
    pub fn cancelled_of_lines(&self) -> Option<Money> {
        if self.lines.iter().all(|line| line.cancelled == 0) {
            return Some(Money::zero(self.currency));
        }
        let mut standing = Vec::with_capacity(self.lines.len());
        for line in &self.lines {
            standing.push((
                line.treatment(),
                line.net_between(0, line.quantity.base_steps.checked_sub(line.cancelled)?)?,
            ));
        }
        let mut minor: i64 = 0;
        for (_, net) in &standing {
            minor = minor.checked_add(net.minor)?;
        }
        if self.tax.is_some() {
            let taxed = standing
                .into_iter()
                .filter_map(|(treatment, net)| Some((treatment?, net.minor)));
            for group in tax_groups(taxed)? {
                minor = minor.checked_add(group.amount_minor)?;
            }
        }
        let whole = self.gross.unwrap_or(self.net).minor;
        Some(Money::new(whole.checked_sub(minor)?, self.currency))
    }

    /// What the account reads about a line that waits for stock; nothing where it doesn't. `passed_over` are the lines
    /// that saw others come first.
    pub fn allocation_of(&self, line: &OrderLine, passed_over: &[(OrderLineId, Others)]) -> Option<Sentence> {
        let waits = self.state.is_served() && line.backordered > 0;
        let others = passed_over.iter().find(|(id, _)| *id == line.id);
        let others = others.map_or(Others::Nobody, |(_, others)| *others);
        let got = line.reserved + line.shipped;
        waits.then(|| match line.promised_on {
            Some(day) => reason_of_expected(got, line.quantity, day),
            None => reason_for_account(got, line.quantity, others),
        })
    }

    /// The lines that are sent instead of this one, or of a part of it.
    pub fn sent_instead_of(&self, id: OrderLineId) -> impl Iterator<Item = (&OrderLine, Instead)> {
        let lines = self.lines.iter();
        lines.filter_map(move |line| Some((line, line.instead.filter(|instead| instead.line_id == id)?)))
    }

    /// True when all that was not called off is invoiced.
    pub fn is_invoiced(&self) -> bool {
        self.lines
            .iter()
            .all(|line| line.invoiced + line.cancelled == line.quantity.base_steps)
    }
}

/// A part of a line that is promised of goods that are expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedPart {
    pub expected_receipt_id: ExpectedReceiptId,
    /// Base steps.
    pub quantity: i64,
    pub promised_on: NaiveDate,
}

names! {
    /// What a promise rests on.
    pub enum PromiseKind as LinePromiseKind {
        /// It lies in stock.
        Stock = "stock",
        /// It is expected.
        Expected = "expected",
    }
}

/// So much of a line for a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinePromise {
    pub on: NaiveDate,
    /// Base steps.
    pub quantity: i64,
    pub kind: PromiseKind,
}

/// A line of an order: everything about it is frozen but how far it has come. Quantities are base steps unless said
/// otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderLine {
    pub id: OrderLineId,
    /// From 1.
    pub position: i32,
    pub product_id: ProductId,
    /// The supplier's number.
    pub sku: String,
    /// The account's number.
    pub customer_part_number: Option<String>,
    /// The account's name for it, or the supplier's.
    pub name: String,
    /// The ordered unit.
    pub unit: String,
    /// Its UN/ECE Rec 20/21 code.
    pub unit_code: String,
    /// Base units in one ordered unit.
    pub content: Content,
    /// In the ordered unit, and in base steps.
    pub quantity: OrderQuantity,
    /// UN/ECE Rec 20 code.
    pub base_unit: String,
    /// One base step is 10^-`base_decimals` of the base unit.
    pub base_decimals: u8,
    /// For `price_base` × `price_unit`.
    pub unit_price: UnitPrice,
    /// The unit the price is kept for.
    pub price_unit: String,
    /// How many of it the price buys.
    pub price_base: i32,
    /// Rounded once.
    pub net: Money,
    /// Why it costs that.
    pub explanation: Explanation,
    /// Category of the product while the supplier has no country, else that of the treatment.
    pub tax_category: String,
    /// Parts per million; none while the supplier has no country.
    pub tax_rate_ppm: Option<i64>,
    /// Days from reservation to delivery.
    pub lead_time_days: i32,
    /// Promised from stock.
    pub reserved: i64,
    /// Waiting for stock.
    pub backordered: i64,
    /// Gone.
    pub shipped: i64,
    pub invoiced: i64,
    /// Called off.
    pub cancelled: i64,
    /// The day for which all of it is promised.
    pub promised_on: Option<NaiveDate>,
    /// The day for which what is reserved is promised.
    pub stock_promised_on: Option<NaiveDate>,
    /// What of the rest is promised of what is expected, by day.
    pub expected: Vec<ExpectedPart>,
    /// What the account says.
    pub note: Option<String>,
    /// What somebody typed for the article, where that is not its number.
    pub typed: Option<String>,
    /// What the buyer decided about what of it is not there.
    pub choices: Choices,
    /// What of that is other than of the order.
    pub own: Wishes,
    /// What it is sent instead of.
    pub instead: Option<Instead>,
}

/// A line, or a part of it, that another one is sent instead of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instead {
    pub line_id: OrderLineId,
    /// How much of that line, in its base steps.
    pub quantity: i64,
}

impl OrderLine {
    /// True if it leaves once all of it is there.
    pub fn leaves_whole(&self) -> bool {
        self.choices.delivery == DeliveryChoice::Complete
    }

    /// What is still to leave, in base steps.
    pub fn to_leave(&self) -> i64 {
        self.reserved + self.backordered
    }

    /// What of it is promised for which day: what is reserved, then what is expected, day by day. What leaves whole has one day.
    pub fn promises(&self) -> Vec<LinePromise> {
        if self.leaves_whole() && self.backordered > 0 {
            let whole = self.promised_on.map(|on| LinePromise {
                on,
                quantity: self.to_leave(),
                kind: PromiseKind::Expected,
            });
            return whole.into_iter().collect();
        }
        let on = match self.backordered {
            0 => self.promised_on,
            _ => self.stock_promised_on,
        };
        let stock = on.filter(|_| self.reserved > 0).map(|on| LinePromise {
            on,
            quantity: self.reserved,
            kind: PromiseKind::Stock,
        });
        let days = by_day(self.expected.iter().map(|part| (part.promised_on, part.quantity)));
        let expected = days.into_iter().map(|(on, quantity)| LinePromise {
            on,
            quantity,
            kind: PromiseKind::Expected,
        });
        stock.into_iter().chain(expected).collect()
    }

    /// A quantity of the line in base units.
    pub fn base_quantity(&self, steps: i64) -> Quantity {
        Quantity::new(steps, self.base_decimals)
    }

    /// What stock is handed out in: the fewest ordered units that are whole base steps.
    pub fn portion(&self) -> i64 {
        portion(&self.unit, &self.base_unit, self.content, self.base_decimals)
    }

    /// A part of the line that has `base_steps`, in the ordered unit too. Whole portions are whole ordered units.
    pub fn part(&self, base_steps: i64) -> OrderQuantity {
        let whole = i128::from(self.quantity.base_steps).max(1);
        let steps = i128::from(self.quantity.ordered.steps) * i128::from(base_steps) / whole;
        OrderQuantity {
            ordered: Quantity::new(i64::try_from(steps).unwrap_or(i64::MAX), self.quantity.ordered.decimals),
            base_steps,
        }
    }

    /// The part of the line that somebody writes in the ordered unit.
    pub fn parse_part(&self, text: &str) -> Result<OrderQuantity, LineFault> {
        let invalid = |detail| Err(LineFault::new(Code::QuantityInvalid, detail));
        let decimal = match Decimal::parse(text) {
            Ok(decimal) if decimal.is_positive() => decimal,
            Ok(_) => return invalid(quantity_not_above_zero(text)),
            Err(error) => return invalid(error.of_quantity(text)),
        };
        let not_whole = || {
            let detail = sentences::part_not_whole(text, &self.unit);
            LineFault::new(Code::QuantityNotWhole, detail)
        };
        let too_large = |_| LineFault::new(Code::QuantityInvalid, sentences::part_too_large(text));
        let in_base = self.unit == self.base_unit;
        let decimals = if in_base { self.base_decimals } else { 0 };
        let steps = match decimal.scaled(decimals) {
            Err(DecimalError::TooManyDecimals) => return Err(not_whole()),
            scaled => scaled.map_err(too_large)?,
        };
        let base_steps = if in_base {
            Some(steps)
        } else {
            self.content.base_steps(steps, self.base_decimals).map_err(too_large)?
        };
        Ok(OrderQuantity {
            ordered: Quantity::new(steps, decimals),
            base_steps: base_steps.ok_or_else(not_whole)?,
        })
    }

    /// The net of the part of the line between two amounts: the net up to the second less the net up to the first, so
    /// that parts always sum to the line. `None` where it can't be held.
    pub fn net_between(&self, from_steps: i64, to_steps: i64) -> Option<Money> {
        let up_to = |steps| {
            let in_base = self.price_unit == self.base_unit;
            let price = (self.unit_price, self.price_base, in_base);
            self.explanation
                .net_of(self.part(steps), price, self.base_decimals, self.net.currency)
        };
        let minor = up_to(to_steps)?.checked_sub(up_to(from_steps)?)?;
        Some(Money::new(minor, self.net.currency))
    }

    /// The tax of the line, once the supplier has a country.
    pub fn treatment(&self) -> Option<Treatment> {
        self.tax_rate_ppm.map(|rate_ppm| Treatment {
            category: self.tax_category.clone(),
            rate_ppm,
        })
    }
}

/// Base steps that are handed out together: single steps of the base unit, whole packs of any other.
pub fn portion(unit: &str, base_unit: &str, content: Content, base_decimals: u8) -> i64 {
    if unit == base_unit {
        1
    } else {
        content.portion_steps(base_decimals)
    }
}
