//! Exact decimals and quantities: a quantity is a whole number of base steps, a sale unit an exact ratio of base units.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use std::fmt;

use crate::sentences::{self, Sentence};

/// Digits a number may have, as written without leading and trailing zeros.
pub const DIGITS_MAX: usize = 18;
/// Decimals the base unit of a product may have.
pub const DECIMALS_MAX: u8 = 6;

/// Why a text is not the number that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalError {
    /// Anything but digits with an optional sign and point; no exponents, no separators.
    NotANumber,
    /// More than [`DIGITS_MAX`] digits.
    TooLarge,
    /// More decimals than allowed here.
    TooManyDecimals,
}

/// A decimal as somebody wrote it, by value: `mantissa / 10^scale` without trailing zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    mantissa: i64,
    scale: usize,
}

impl DecimalError {
    /// What is wrong with the value.
    pub fn sentence(self) -> Sentence {
        match self {
            Self::NotANumber => sentences::not_a_plain_number(),
            Self::TooLarge => sentences::too_many_digits(),
            Self::TooManyDecimals => sentences::too_many_decimals(),
        }
    }

    /// What is wrong with the quantity that somebody wrote as `text`.
    pub fn of_quantity(self, text: &str) -> Sentence {
        match self {
            Self::NotANumber => sentences::quantity_not_a_number(text),
            Self::TooLarge => sentences::quantity_too_long(text),
            Self::TooManyDecimals => sentences::quantity_too_fine(text),
        }
    }
}

impl Decimal {
    /// Reads `-12.50`. Surrounding blanks, exponents and group separators are errors.
    pub fn parse(text: &str) -> Result<Self, DecimalError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) {
            return Err(DecimalError::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        let joined = format!("{whole}{fraction}");
        let significant = joined.trim_start_matches('0');
        if significant.len() > DIGITS_MAX {
            return Err(DecimalError::TooLarge);
        }
        let magnitude: i64 = if significant.is_empty() {
            0
        } else {
            significant.parse().ok().ok_or(DecimalError::TooLarge)?
        };
        Ok(Self {
            mantissa: if negative { -magnitude } else { magnitude },
            scale: fraction.len(),
        })
    }

    /// True for numbers above zero.
    pub fn is_positive(self) -> bool {
        self.mantissa > 0
    }

    /// The number in units of 10^-`decimals`; an error if it is not a whole number of them.
    pub fn scaled(self, decimals: u8) -> Result<i64, DecimalError> {
        let missing = usize::from(decimals)
            .checked_sub(self.scale)
            .ok_or(DecimalError::TooManyDecimals)?;
        let factor = u32::try_from(missing)
            .ok()
            .and_then(|power| 10_i64.checked_pow(power))
            .ok_or(DecimalError::TooLarge)?;
        self.mantissa.checked_mul(factor).ok_or(DecimalError::TooLarge)
    }

    /// The largest whole number of 10^-`decimals` that is not above it; `None` if that is too large to hold.
    pub fn floor(self, decimals: u8) -> Option<i64> {
        match self.scaled(decimals) {
            Ok(steps) => Some(steps),
            Err(DecimalError::TooManyDecimals) => {
                let surplus = u32::try_from(self.scale.checked_sub(usize::from(decimals))?).ok()?;
                // Beyond that many decimals nothing is left of a mantissa of 63 bits.
                let Some(factor) = 10_i64.checked_pow(surplus) else {
                    return Some(if self.mantissa < 0 { -1 } else { 0 });
                };
                Some(self.mantissa.div_euclid(factor))
            }
            Err(_) => None,
        }
    }

    /// True if it lies nearer to the whole number `lower` than to the larger `upper`.
    pub fn is_nearer_to(self, lower: i64, upper: i64) -> bool {
        let Some(one) = u32::try_from(self.scale)
            .ok()
            .and_then(|scale| 10_i128.checked_pow(scale))
        else {
            return true;
        };
        let middle = (i128::from(lower) + i128::from(upper)).checked_mul(one);
        middle.is_none_or(|middle| i128::from(self.mantissa) * 2 < middle)
    }
}

/// 10^`decimals`: base steps in one base unit.
pub fn steps_per_unit(decimals: u8) -> i64 {
    10_i64.pow(u32::from(decimals.min(DECIMALS_MAX)))
}

/// A quantity: whole steps of 10^-`decimals` of a unit.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    /// Number of steps.
    pub steps: i64,
    /// A step is 10^-`decimals` of the unit.
    pub decimals: u8,
}

impl Quantity {
    /// `steps` steps.
    pub fn new(steps: i64, decimals: u8) -> Self {
        Self { steps, decimals }
    }
}

/// No trailing zeros: `279.64`, `12`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_scaled(f, self.steps, self.decimals, true)
    }
}

impl fmt::Debug for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// How many base units one sale unit holds: an exact ratio, for one third packs and the like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Content {
    numerator: i64,
    denominator: i64,
}

impl Content {
    /// The base unit itself.
    pub const ONE: Self = Self {
        numerator: 1,
        denominator: 1,
    };
    /// The largest numerator or denominator.
    pub const TERM_MAX: i64 = 1_000_000_000;

    /// `numerator / denominator` in lowest terms; `None` unless both are between 1 and [`Self::TERM_MAX`].
    pub fn new(numerator: i64, denominator: i64) -> Option<Self> {
        let in_range = |term| (1..=Self::TERM_MAX).contains(&term);
        if !in_range(numerator) || !in_range(denominator) {
            return None;
        }
        let divisor = i64::try_from(gcd(i128::from(numerator), i128::from(denominator))).ok()?;
        Some(Self {
            numerator: numerator / divisor,
            denominator: denominator / divisor,
        })
    }

    /// The upper term, in lowest terms.
    pub fn numerator(self) -> i64 {
        self.numerator
    }

    /// The lower term, in lowest terms.
    pub fn denominator(self) -> i64 {
        self.denominator
    }

    /// Base steps in `packs` sale units, if they are a whole number of steps: `Ok(None)` if not; an error if too many.
    pub fn base_steps(self, packs: i64, decimals: u8) -> Result<Option<i64>, DecimalError> {
        let product = i128::from(packs) * i128::from(self.numerator) * i128::from(steps_per_unit(decimals));
        let denominator = i128::from(self.denominator);
        if product % denominator != 0 {
            return Ok(None);
        }
        i64::try_from(product / denominator)
            .ok()
            .map(Some)
            .ok_or(DecimalError::TooLarge)
    }

    /// The fewest sale units that are a whole number of base steps, in base steps: what stock is handed out in.
    pub fn portion_steps(self, decimals: u8) -> i64 {
        let steps = i128::from(self.numerator) * i128::from(steps_per_unit(decimals));
        i64::try_from(steps / gcd(steps, i128::from(self.denominator))).unwrap_or(i64::MAX)
    }

    /// The ratio as a decimal with at most six places, if it has one: `12`, `0.0025`, not `7/3`.
    pub fn as_decimal(self) -> Option<Quantity> {
        let scaled = i128::from(self.numerator) * i128::from(steps_per_unit(DECIMALS_MAX));
        (scaled % i128::from(self.denominator) == 0)
            .then(|| i64::try_from(scaled / i128::from(self.denominator)).ok())?
            .map(|steps| Quantity::new(steps, DECIMALS_MAX))
    }
}

/// Greatest common divisor.
pub fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}

/// Prints `value / 10^decimals` exactly, with all decimals or without trailing zeros.
pub(crate) fn write_scaled(f: &mut fmt::Formatter<'_>, value: i64, decimals: u8, trim: bool) -> fmt::Result {
    let factor = 10_u64.pow(u32::from(decimals));
    let (whole, rest) = (value.unsigned_abs() / factor, value.unsigned_abs() % factor);
    let sign = if value < 0 { "-" } else { "" };
    if decimals == 0 || (trim && rest == 0) {
        return write!(f, "{sign}{whole}");
    }
    let fraction = format!("{rest:0width$}", width = usize::from(decimals));
    let fraction = if trim {
        fraction.trim_end_matches('0')
    } else {
        &fraction
    };
    write!(f, "{sign}{whole}.{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decimals_are_read_by_value() {
        let check = |text, decimals, expected| {
            assert_eq!(
                Decimal::parse(text).and_then(|d| d.scaled(decimals)),
                expected,
                "{text}"
            )
        };
        check("12", 0, Ok(12));
        check("12.00", 0, Ok(12));
        check("012.50", 2, Ok(1250));
        check("-0.5", 1, Ok(-5));
        check("12.5", 0, Err(DecimalError::TooManyDecimals));
        check("123456789012345678", 0, Ok(123_456_789_012_345_678));
        check("1234567890123456789", 0, Err(DecimalError::TooLarge));
        check("123456789012345678", 6, Err(DecimalError::TooLarge));
        for text in ["", "-", ".5", "5.", "1e3", "1,5", " 1", "1 ", "+1", "0x1", "NaN", "１"] {
            check(text, 0, Err(DecimalError::NotANumber));
        }
    }

    #[test]
    fn content_is_an_exact_ratio() {
        let thirds = Content::new(14, 6).expect("valid");
        assert_eq!((thirds.numerator(), thirds.denominator()), (7, 3));
        assert_eq!(thirds.base_steps(7, 0), Ok(None));
        assert_eq!(thirds.base_steps(9, 0), Ok(Some(21)));
        assert_eq!(thirds.portion_steps(0), 7);
        assert_eq!(thirds.as_decimal(), None);
        let tiny = Content::new(1, 400).expect("valid");
        assert_eq!(tiny.base_steps(1, 4), Ok(Some(25)));
        assert_eq!(tiny.portion_steps(2), 1);
        assert_eq!(tiny.as_decimal().map(|q| q.to_string()).as_deref(), Some("0.0025"));
        assert_eq!(Content::new(0, 1), None);
        assert_eq!(Content::new(1, Content::TERM_MAX + 1), None);
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(steps in -1_000_000_000_000_i64..1_000_000_000_000, decimals in 0_u8..=6) {
            let text = Quantity::new(steps, decimals).to_string();
            prop_assert_eq!(Decimal::parse(&text).and_then(|d| d.scaled(decimals)), Ok(steps));
        }

        #[test]
        fn a_portion_is_the_smallest_whole_number_of_packs(n in 1_i64..5000, d in 1_i64..5000, decimals in 0_u8..=6) {
            let content = Content::new(n, d).expect("in range");
            let portion = content.portion_steps(decimals);
            let packs = (1..=content.denominator()).find(|packs| content.base_steps(*packs, decimals) != Ok(None)).expect("the denominator is one");
            prop_assert_eq!(content.base_steps(packs, decimals), Ok(Some(portion)));
        }
    }
}
