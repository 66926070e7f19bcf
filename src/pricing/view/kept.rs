//! How staff see lists and prices: when they hold, what a price is for one of, numbers as people write them into fields.

use crate::languages::Language;
use crate::money::UnitPrice;
use crate::pricing::rules::Validity;
use crate::pricing::rules::keeping::KeptPrice;
use crate::quantity::Quantity;
use crate::typed::to_type;
use crate::web::{Chip, Shape, Shell, Tone};

/// Days before its end from which a validity is told as ending.
const ENDING_DAYS: i64 = 30;

/// Whether something holds today, as a chip.
pub fn validity_chip(shell: &Shell, validity: Validity) -> Chip {
    let today = shell.today();
    match (validity.from, validity.to) {
        (_, Some(to)) if to < today => Chip::new(
            Tone::Neutral,
            Shape::Ring,
            shell.t1("validity-ended", "day", shell.day(to)),
        ),
        (Some(from), _) if from > today => Chip::new(
            Tone::Info,
            Shape::Ring,
            shell.t1("validity-from", "day", shell.day(from)),
        ),
        (_, Some(to)) if (to - today).num_days() <= ENDING_DAYS => {
            Chip::new(Tone::Warn, Shape::Half, shell.t1("validity-ends", "day", shell.day(to)))
        }
        _ => Chip::new(Tone::Ok, Shape::Dot, shell.t("validity-now")),
    }
}

/// What a price is for one of: the base unit by its name and code, a pack by its key.
pub fn priced_unit(shell: &Shell, price: &KeptPrice) -> String {
    let name = shell.language.unit(&price.unit, Quantity::new(1, 0));
    match price.unit == price.base_unit && name != price.unit {
        true => format!("{name} ({})", price.unit),
        false => price.unit.clone(),
    }
}

/// First and last day in words.
pub fn span(shell: &Shell, validity: Validity) -> String {
    match (validity.from, validity.to) {
        (None, None) => shell.t("validity-always"),
        (Some(from), None) => shell.t1("validity-from", "day", shell.day(from)),
        (None, Some(to)) => shell.t1("validity-to", "day", shell.day(to)),
        (Some(from), Some(to)) => shell.t2("validity-between", "from", shell.day(from), "to", shell.day(to)),
    }
}

/// A price as a field shows it: at least the decimals of the currency.
pub fn typed_price(language: Language, price: UnitPrice, exponent: u8) -> String {
    let mut text = price.to_string();
    let has = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    if has == 0 && exponent > 0 {
        text.push('.');
    }
    text.extend(std::iter::repeat_n('0', usize::from(exponent).saturating_sub(has)));
    to_type(language, &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_shown_with_the_decimals_of_its_currency() {
        assert_eq!(typed_price(Language::De, UnitPrice { micros: 2_500_000 }, 2), "2,50");
        assert_eq!(typed_price(Language::En, UnitPrice { micros: 2_000_000 }, 0), "2");
        assert_eq!(typed_price(Language::En, UnitPrice { micros: 2_125_000 }, 2), "2.1250");
    }
}
