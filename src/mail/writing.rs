//! What a letter is written with: the reader's language, the day it is sent, the address of the portal.

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use url::Url;

use super::letter::Fact;
use crate::clock::{Timestamp, day_in};
use crate::languages::{Argument, Language};
use crate::money::{Currency, Money};
use crate::quantity::{DECIMALS_MAX, Decimal, Quantity};

/// What features write letters with.
#[derive(Debug, Clone)]
pub struct Writing {
    /// The reader's language.
    pub language: Language,
    /// When it is sent.
    pub now: Timestamp,
    /// Where the supplier's days begin and end.
    pub zone: Tz,
    /// Where the portal is.
    pub public_url: Url,
}

impl Writing {
    /// The text with this key.
    pub fn text(&self, key: &str) -> String {
        self.language.text(key)
    }

    /// The text with this key, its places filled.
    pub fn text_with(&self, key: &str, arguments: &[(&'static str, Argument<'_>)]) -> String {
        self.language.text_with(key, arguments)
    }

    /// `Thu 3 Dec`, with the year where it is another one than today's.
    pub fn day(&self, date: NaiveDate) -> String {
        let key = if date.year() == day_in(self.zone, self.now).year() {
            "mail-day"
        } else {
            "mail-day-of-year"
        };
        let weekday = self.text(&format!("mail-weekday-{}", date.weekday().number_from_monday()));
        let month = self.text(&format!("month-short-{}", date.month()));
        self.text_with(
            key,
            &[
                ("weekday", weekday.into()),
                ("day", date.day().to_string().into()),
                ("month", month.into()),
                ("year", date.year().to_string().into()),
            ],
        )
    }

    /// A moment, by the supplier's clock: `Thu 3 Dec, 14:05`.
    pub fn moment(&self, at: Timestamp) -> String {
        let local = at.and_utc().with_timezone(&self.zone);
        let words = [
            ("day", self.day(local.date_naive()).into()),
            ("time", local.format("%H:%M").to_string().into()),
        ];
        self.text_with("mail-moment", &words)
    }

    /// A day given as `YYYY-MM-DD`; what is no day stays as it is.
    pub fn day_of(&self, text: &str) -> String {
        text.parse().map_or_else(|_| text.to_owned(), |date| self.day(date))
    }

    /// An amount given as a decimal and a currency's code, as events have it.
    pub fn money_of(&self, amount: &str, currency: &str) -> String {
        let known = Currency::from_code(currency).and_then(|currency| Money::parse(amount, currency).ok());
        known.map_or_else(|| format!("{amount} {currency}"), |money| self.language.money(money))
    }

    /// A quantity given as a decimal, with its unit's name: `1,000 pieces`.
    pub fn quantity_of(&self, quantity: &str, unit: &str) -> String {
        match Decimal::parse(quantity).and_then(|number| number.scaled(DECIMALS_MAX)) {
            Ok(steps) => self.quantity(Quantity::new(steps, DECIMALS_MAX), unit),
            Err(_) => format!("{quantity} {unit}"),
        }
    }

    /// A quantity with its unit's name.
    pub fn quantity(&self, quantity: Quantity, unit: &str) -> String {
        format!(
            "{} {}",
            self.language.quantity(quantity),
            self.language.unit(unit, quantity)
        )
    }

    /// A name and a value; nothing where there is no value.
    pub fn fact(&self, key: &str, value: impl Into<String>) -> Option<Fact> {
        let value = value.into();
        (!value.is_empty()).then(|| Fact {
            name: self.text(key),
            value,
        })
    }

    /// A page of the portal.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_str().trim_end_matches('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writing(language: Language) -> Writing {
        Writing {
            language,
            now: chrono::DateTime::from_timestamp(1_795_132_800, 0)
                .expect("in 2026")
                .naive_utc(),
            zone: Tz::UTC,
            public_url: Url::parse("https://portal.example/north/").expect("a URL"),
        }
    }

    #[test]
    fn days_are_short_within_the_year() {
        for (date, english, german) in [
            ("2026-12-03", "Thu 3 Dec", "Do, 3. Dez."),
            ("2027-01-04", "Mon 4 Jan 2027", "Mo, 4. Jan. 2027"),
            ("soon", "soon", "soon"),
        ] {
            assert_eq!(writing(Language::En).day_of(date), english);
            assert_eq!(writing(Language::De).day_of(date), german);
        }
    }

    #[test]
    fn amounts_are_written_as_the_reader_does() {
        let german = writing(Language::De);
        assert_eq!(german.money_of("1234.50", "EUR"), "1.234,50\u{a0}EUR");
        assert_eq!(german.money_of("much", "EUR"), "much EUR");
        assert_eq!(german.money_of("1", "gold"), "1 gold");
    }

    #[test]
    fn quantities_have_their_units_names() {
        let (english, german) = (writing(Language::En), writing(Language::De));
        assert_eq!(english.quantity_of("1", "XCT"), "1 carton");
        assert_eq!(english.quantity_of("1200", "H87"), "1,200 pieces");
        assert_eq!(german.quantity_of("2.5", "KGM"), "2,5 kg");
        assert_eq!(german.quantity_of("some", "CT6"), "some CT6");
    }

    #[test]
    fn links_lie_below_the_public_address() {
        assert_eq!(
            writing(Language::En).link("/orders/7"),
            "https://portal.example/north/orders/7"
        );
    }
}
