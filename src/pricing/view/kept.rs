//! How staff see lists and prices: when they hold, what a price is for one of, numbers as people write them into fields.

use crate::drafts::rules::typing::{TypedQuantity, read_quantity};
use crate::error::{Code, FieldError};
use crate::languages::Language;
use crate::money::UnitPrice;
use crate::pricing::rules::Validity;
use crate::pricing::rules::keeping::KeptPrice;
use crate::quantity::Quantity;
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

/// A plain decimal as a field shows it: with the language's decimal sign, without groups, and never with exactly three
/// decimals behind other digits, which could be read as thousands.
pub fn typed(language: Language, number: &str) -> String {
    let mut text = number.to_owned();
    if let Some((whole, fraction)) = number.split_once('.')
        && fraction.len() == 3
        && whole != "0"
    {
        text.push('0');
    }
    match language {
        Language::En => text,
        Language::De => text.replace('.', ","),
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
    typed(language, &text)
}

/// What somebody typed as a plain decimal. What is no number stays as it is, for the check that refuses it.
pub fn number(pointer: &str, text: &str) -> Result<String, FieldError> {
    match read_quantity(text) {
        TypedQuantity::Missing => Ok(String::new()),
        TypedQuantity::Number(number) => Ok(number),
        TypedQuantity::Unreadable => Ok(text.to_owned()),
        TypedQuantity::Ambiguous { thousands, decimal } => {
            let detail = format!("{text} can be read in two ways: write {thousands} or {decimal}0.");
            Err(FieldError::new(format!("/{pointer}"), Code::BadNumber, detail))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_field_shows_is_read_back_as_it_was() {
        for number_text in ["0", "2.5", "2.125", "0.125", "1234.5", "1000", "320.140619"] {
            for language in Language::ALL {
                let shown = typed(language, number_text);
                assert_eq!(number("price", &shown).expect("clear"), number_text, "{shown}");
            }
        }
        assert_eq!(typed_price(Language::De, UnitPrice { micros: 2_500_000 }, 2), "2,50");
        assert_eq!(typed_price(Language::En, UnitPrice { micros: 2_000_000 }, 0), "2");
        assert!(number("price", "1.250").is_err());
    }
}
