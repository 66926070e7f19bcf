//! Which VAT a line carries and what it comes to. Categories are those of UNCL5305 (EN 16931's BT-151), with `AA` for a
//! reduced rate; rates are parts per million.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::NaiveDate;

use crate::money::round_half_away;
use crate::quantity::Quantity;
use crate::values::VatId;

/// Member states of the EU, by ISO 3166-1, with their standard VAT rate in percent times 100. Source: European
/// Commission, "VAT rates applied in the Member States" and national law, as of 2026.
const EU_STANDARD_RATES: [(&str, i64); 27] = [
    ("AT", 2000),
    ("BE", 2100),
    ("BG", 2000),
    ("CY", 1900),
    ("CZ", 2100),
    ("DE", 1900),
    ("DK", 2500),
    ("EE", 2400),
    ("ES", 2100),
    ("FI", 2550),
    ("FR", 2000),
    ("GR", 2400),
    ("HR", 2500),
    ("HU", 2700),
    ("IE", 2300),
    ("IT", 2200),
    ("LT", 2100),
    ("LU", 1700),
    ("LV", 2100),
    ("MT", 1800),
    ("NL", 2100),
    ("PL", 2300),
    ("PT", 2300),
    ("RO", 2100),
    ("SE", 2500),
    ("SI", 2200),
    ("SK", 2300),
];
/// Built-in standard rates outside the EU.
const OTHER_STANDARD_RATES: [(&str, i64); 3] = [("GB", 2000), ("CH", 810), ("NO", 2500)];

/// Zero rated, exempt, outside the scope: no rate, wherever the goods go.
const WITHOUT_RATE: [&str; 3] = ["Z", "E", "O"];

/// True for member states of the EU.
pub fn is_eu(country: &str) -> bool {
    EU_STANDARD_RATES.iter().any(|(member, _)| *member == country)
}

/// The state that goods from and to a country are taxed as if they were of (Directive 2006/112/EC, art. 7).
pub fn taxed_as(country: &str) -> &str {
    match country {
        "MC" => "FR",
        "IM" => "GB",
        itself => itself,
    }
}

/// True for the categories that need no rate row.
pub fn is_without_rate(category: &str) -> bool {
    WITHOUT_RATE.contains(&category)
}

/// The rate that is known without any row: the standard rate of the EU's members, GB, CH and NO.
pub fn builtin_rate_ppm(country: &str, category: &str) -> Option<i64> {
    if category != "S" {
        return None;
    }
    let mut rates = EU_STANDARD_RATES.iter().chain(&OTHER_STANDARD_RATES);
    rates
        .find(|(known, _)| *known == country)
        .map(|(_, percent_hundredths)| percent_hundredths * 100)
}

/// A stored rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxRate {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub category: String,
    /// Parts per million.
    pub rate_ppm: i64,
    /// First day it holds.
    pub valid_from: NaiveDate,
}

/// The rate of a category in a country on a day: the latest row that holds already, else the built-in one; 0 for
/// categories without a rate.
pub fn rate_ppm(rates: &[TaxRate], country: &str, category: &str, on: NaiveDate) -> Option<i64> {
    if is_without_rate(category) {
        return Some(0);
    }
    rates
        .iter()
        .filter(|rate| rate.country == country && rate.category == category && rate.valid_from <= on)
        .max_by_key(|rate| rate.valid_from)
        .map(|rate| rate.rate_ppm)
        .or_else(|| builtin_rate_ppm(country, category))
}

/// Where goods go from and to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route<'a> {
    /// The supplier's country.
    pub from: &'a str,
    /// The ship-to site's country.
    pub to: &'a str,
    /// The account's VAT id, as far as it may count.
    pub vat_id: Option<&'a str>,
}

impl Route<'_> {
    /// True where the buyer is registered for VAT in another member state than the one that the goods leave, which an
    /// intra-Community supply needs (Directive 2006/112/EC, art. 138(1)(b)).
    fn is_to_another_member(self) -> bool {
        let id = self.vat_id.and_then(VatId::parse);
        id.is_some_and(|id| id.is_of_another_member_than(taxed_as(self.from)))
    }
}

/// What a line carries.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Treatment {
    /// The category on the document: the product's, `K` intra-Community supply, `G` export.
    pub category: String,
    /// Parts per million.
    pub rate_ppm: i64,
}

/// The treatment of a product of `category`. `None` if the supplier's country has no rate for it.
pub fn treatment(category: &str, route: Route<'_>, rates: &[TaxRate], on: NaiveDate) -> Option<Treatment> {
    let of = |category: &str, rate_ppm| Treatment {
        category: category.to_owned(),
        rate_ppm,
    };
    if is_without_rate(category) {
        return Some(of(category, 0));
    }
    let (from, to) = (taxed_as(route.from), taxed_as(route.to));
    let both_eu = is_eu(from) && is_eu(to);
    if from == to || (both_eu && !route.is_to_another_member()) {
        let rate = rate_ppm(rates, route.from, category, on).or_else(|| rate_ppm(rates, from, category, on));
        return rate.map(|rate| of(category, rate));
    }
    Some(if both_eu { of("K", 0) } else { of("G", 0) })
}

/// A rate in percent without trailing zeros: `19`, `25.5`.
pub fn percent(rate_ppm: i64) -> String {
    Quantity::new(rate_ppm, 4).to_string()
}

/// One row of a document's tax table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxGroup {
    /// Category and rate.
    pub treatment: Treatment,
    /// Sum of the lines' nets, minor units.
    pub base_minor: i64,
    /// The tax, rounded once, minor units.
    pub amount_minor: i64,
}

/// The tax table of a document: one row for each category and rate, rounded once there. `None` on overflow.
pub fn tax_groups(lines: impl IntoIterator<Item = (Treatment, i64)>) -> Option<Vec<TaxGroup>> {
    let mut bases = std::collections::BTreeMap::<Treatment, i64>::new();
    for (treatment, net_minor) in lines {
        let base = bases.entry(treatment).or_default();
        *base = base.checked_add(net_minor)?;
    }
    let group = |(treatment, base_minor): (Treatment, i64)| {
        let amount = round_half_away(i128::from(base_minor) * i128::from(treatment.rate_ppm), 1_000_000)?;
        Some(TaxGroup {
            treatment,
            base_minor,
            amount_minor: amount,
        })
    };
    bases.into_iter().map(group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn the_treatment_follows_the_goods() {
        let check = |category, from, to, vat_id, expected: Option<(&str, i64)>| {
            let vat_id = Some(vat_id).filter(|id: &&str| !id.is_empty());
            let found = treatment(category, Route { from, to, vat_id }, &[], day("2026-11-23"));
            assert_eq!(
                found.as_ref().map(|t| (t.category.as_str(), t.rate_ppm)),
                expected,
                "{category} from {from} to {to}, VAT id: {vat_id:?}"
            );
        };
        check("S", "NL", "NL", "DE123456789", Some(("S", 210_000)));
        check("S", "NL", "DE", "DE123456789", Some(("K", 0)));
        check("S", "NL", "DE", "", Some(("S", 210_000)));
        // The id of a third member state will do, that of the state which the goods leave will not.
        check("S", "DE", "FR", "ATU12345678", Some(("K", 0)));
        check("S", "DE", "FR", "DE123456789", Some(("S", 190_000)));
        check("S", "GR", "FR", "EL123456789", Some(("S", 240_000)));
        check("S", "DE", "GR", "EL123456789", Some(("K", 0)));
        check("S", "DE", "FR", "XI123456789", Some(("K", 0)));
        for none in ["GB123456789", "CHE123456789", "N/A", "-", "TBD", "FR", "fr12345678901"] {
            check("S", "DE", "FR", none, Some(("S", 190_000)));
        }
        check("S", "NL", "GB", "GB123456789", Some(("G", 0)));
        check("S", "NL", "US", "", Some(("G", 0)));
        // Monaco is taxed as France is, the Isle of Man as the United Kingdom.
        check("S", "DE", "MC", "", Some(("S", 190_000)));
        check("S", "DE", "MC", "FRK7399859412", Some(("K", 0)));
        check("S", "FR", "MC", "FRK7399859412", Some(("S", 200_000)));
        check("S", "MC", "FR", "FRK7399859412", Some(("S", 200_000)));
        check("S", "MC", "DE", "DE123456789", Some(("K", 0)));
        check("S", "DE", "IM", "", Some(("G", 0)));
        check("S", "GB", "IM", "", Some(("S", 200_000)));
        check("S", "GB", "DE", "DE123456789", Some(("G", 0)));
        check("S", "CH", "CH", "", Some(("S", 81_000)));
        check("S", "FI", "FI", "", Some(("S", 255_000)));
        check("E", "NL", "US", "", Some(("E", 0)));
        check("Z", "NL", "DE", "DE123456789", Some(("Z", 0)));
        check("AA", "NL", "NL", "DE123456789", None);
        check("S", "US", "US", "DE123456789", None);
    }

    #[test]
    fn every_member_state_has_a_rate() {
        let rated: Vec<_> = EU_STANDARD_RATES.iter().map(|(member, _)| *member).collect();
        assert_eq!(rated, crate::values::EU_MEMBERS);
    }

    #[test]
    fn the_latest_rate_that_holds_wins() {
        let rate = |category: &str, rate_ppm, from| TaxRate {
            country: "NL".to_owned(),
            category: category.to_owned(),
            rate_ppm,
            valid_from: day(from),
        };
        let rates = [
            rate("AA", 60_000, "0001-01-01"),
            rate("AA", 90_000, "2019-01-01"),
            rate("S", 220_000, "2027-01-01"),
        ];
        let check = |category, on, expected| assert_eq!(rate_ppm(&rates, "NL", category, day(on)), expected);
        check("AA", "2018-12-31", Some(60_000));
        check("AA", "2019-01-01", Some(90_000));
        check("S", "2026-12-31", Some(210_000));
        check("S", "2027-01-01", Some(220_000));
        check("O", "2027-01-01", Some(0));
    }

    #[test]
    fn tax_is_rounded_once_a_group() {
        let line = |rate_ppm, net| {
            (
                Treatment {
                    category: "S".to_owned(),
                    rate_ppm,
                },
                net,
            )
        };
        let groups = tax_groups([
            line(210_000, 113),
            line(210_000, 113),
            line(210_000, 113),
            line(90_000, 50),
        ]);
        let amounts: Vec<_> = groups
            .expect("fits")
            .iter()
            .map(|g| (g.base_minor, g.amount_minor))
            .collect();
        assert_eq!(amounts, [(50, 5), (339, 71)]);
    }
}
