//! VAT identification numbers: two letters of their country (EL for Greece, XI for Northern Ireland) and what that country
//! puts behind. Whether a number was ever given to anybody, only the country can tell.

use super::is_country;

/// Member states of the EU, by ISO 3166-1.
pub const EU_MEMBERS: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// What stands behind the country. `9` is a digit, `a` a letter, `x` either, `f` either but I and O, `+` either or a
/// sign; others are themselves. Source: European Commission, "VIES: structure of VAT identification numbers"; the
/// countries themselves for those outside the EU.
const FORMS: [(&str, &[&str]); 31] = [
    ("AT", &["U99999999"]),
    ("BE", &["0999999999", "1999999999"]),
    ("BG", &["999999999", "9999999999"]),
    ("CY", &["99999999a"]),
    ("CZ", &["99999999", "999999999", "9999999999"]),
    ("DE", &["999999999"]),
    ("DK", &["99999999"]),
    ("EE", &["999999999"]),
    ("EL", &["999999999"]),
    ("ES", &["a9999999x", "99999999a"]),
    ("FI", &["99999999"]),
    ("FR", &["ff999999999"]),
    ("HR", &["99999999999"]),
    ("HU", &["99999999"]),
    ("IE", &["9+99999a", "9999999a", "9999999aa"]),
    ("IT", &["99999999999"]),
    ("LT", &["999999999", "999999999999"]),
    ("LU", &["99999999"]),
    ("LV", &["99999999999"]),
    ("MT", &["99999999"]),
    ("NL", &["999999999B99"]),
    ("PL", &["9999999999"]),
    ("PT", &["999999999"]),
    (
        "RO",
        &[
            "99",
            "999",
            "9999",
            "99999",
            "999999",
            "9999999",
            "99999999",
            "999999999",
            "9999999999",
        ],
    ),
    ("SE", &["999999999999"]),
    ("SI", &["99999999"]),
    ("SK", &["9999999999"]),
    ("XI", &["999999999", "999999999999", "GD999", "HA999"]),
    ("GB", &["999999999", "999999999999", "GD999", "HA999"]),
    (
        "CH",
        &["E999999999", "E999999999MWST", "E999999999TVA", "E999999999IVA"],
    ),
    ("NO", &["999999999", "999999999MVA"]),
];
/// Signs behind the letters of any other country.
const OTHERS_CHARS: std::ops::RangeInclusive<usize> = 4..=18;

/// A VAT id that has the form of its country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VatId<'a> {
    text: &'a str,
}

impl<'a> VatId<'a> {
    /// None where the text is no VAT id.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (country, number) = text.split_at_checked(2)?;
        let forms = FORMS.iter().find(|(known, _)| *known == country);
        let fits = match forms {
            Some((_, forms)) => forms.iter().any(|form| has_form(number, form)),
            // Outside the EU a tax number says nothing that decides a tax here.
            None => {
                let is_plain = number
                    .bytes()
                    .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
                let digits = number.bytes().filter(u8::is_ascii_digit).count();
                is_country(country)
                    && country != "GR"
                    && is_plain
                    && digits >= 4
                    && OTHERS_CHARS.contains(&number.len())
            }
        };
        fits.then_some(Self { text })
    }

    /// The member state of the EU that gave it, by ISO 3166-1; `XI` for Northern Ireland, which counts as one for goods.
    pub fn member_state(self) -> Option<&'a str> {
        match self.text.get(..2)? {
            "EL" => Some("GR"),
            "XI" => Some("XI"),
            "GR" => None,
            country => Some(country).filter(|country| EU_MEMBERS.contains(country)),
        }
    }

    /// True for one of another member state than the one that goods leave.
    pub fn is_of_another_member_than(self, country: &str) -> bool {
        self.member_state().is_some_and(|member| member != country)
    }
}

fn has_form(number: &str, form: &str) -> bool {
    let fits = |(sign, wanted): (char, char)| match wanted {
        '9' => sign.is_ascii_digit(),
        'a' => sign.is_ascii_uppercase(),
        'x' => sign.is_ascii_uppercase() || sign.is_ascii_digit(),
        'f' => (sign.is_ascii_uppercase() && !matches!(sign, 'I' | 'O')) || sign.is_ascii_digit(),
        '+' => sign.is_ascii_uppercase() || sign.is_ascii_digit() || matches!(sign, '+' | '*'),
        itself => sign == itself,
    };
    number.len() == form.len() && number.chars().zip(form.chars()).all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_a_form_and_every_form_fits_itself() {
        for member in EU_MEMBERS {
            let country = if member == "GR" { "EL" } else { member };
            let (_, forms) = FORMS.iter().find(|(known, _)| *known == country).expect("a form");
            for form in *forms {
                let number: String = form
                    .chars()
                    .map(|sign| match sign {
                        'a' | 'x' | 'f' => 'K',
                        '+' => '7',
                        other => other,
                    })
                    .collect();
                let id = format!("{country}{number}");
                let parsed = VatId::parse(&id);
                assert_eq!(parsed.and_then(VatId::member_state), Some(member), "{id}");
                for bad in [format!("{id}7"), id.to_lowercase(), format!(" {id}")] {
                    // Some countries have a form of one digit more.
                    let is_longer = forms.iter().any(|longer| longer.len() == form.len() + 1);
                    assert!(VatId::parse(&bad).is_none() || is_longer, "{bad}");
                }
            }
        }
    }

    #[test]
    fn what_is_none_is_refused_and_the_country_is_told() {
        for (text, member) in [
            ("DE123456789", Some("DE")),
            ("EL123456789", Some("GR")),
            ("XI123456789", Some("XI")),
            ("ESX1234567X", Some("ES")),
            ("FRK7399859412", Some("FR")),
            ("IE1234567WA", Some("IE")),
            ("ATU12345678", Some("AT")),
            ("NL000099998B57", Some("NL")),
            ("GB123456789", None),
            ("CHE900123456MWST", None),
            ("US123456789", None),
        ] {
            let parsed = VatId::parse(text);
            assert!(parsed.is_some(), "{text}");
            assert_eq!(parsed.and_then(VatId::member_state), member, "{text}");
        }
        for bad in [
            "",
            "-",
            "N/A",
            "TBD",
            "n/a",
            "NONE",
            "DE",
            "DE12345678",
            "DE1234567890",
            "DE12345678A",
            "GR123456789",
            "AT12345678",
            "NL123456789",
            "FRI7399859412",
            "ES123456789",
            "XX123456789",
            "EU123456789",
            "de123456789",
            "DE 123456789",
            "US",
            "USNONE",
            "UKN/A",
            "JPTBD",
        ] {
            assert!(VatId::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn an_id_of_the_state_that_goods_leave_is_none_of_another() {
        for (text, from, expected) in [
            ("DE123456789", "DE", false),
            ("FRK7399859412", "DE", true),
            ("EL123456789", "GR", false),
            ("EL123456789", "DE", true),
            ("XI123456789", "DE", true),
            ("GB123456789", "DE", false),
        ] {
            let id = VatId::parse(text).expect("an id");
            assert_eq!(id.is_of_another_member_than(from), expected, "{text} from {from}");
        }
    }
}
