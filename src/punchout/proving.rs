//! A code in place of the shared secret: `CredentialMac` of cXML, HMAC-SHA1-96 over who sends for whom and until when it is
//! good. The secret itself then never travels, and a code that is overheard ends by itself.

use chrono::{DateTime, TimeDelta};
use data_encoding::BASE64;
use ring::hmac;

use super::cxml::Element;
use crate::clock::Timestamp;

/// The only ones that cXML has.
const KIND: &str = "FromSenderCredentials";
const ALGORITHM: &str = "HMAC-SHA1-96";
/// Bytes of a code: 96 bits.
const BYTES: usize = 12;
/// By so much clocks may differ.
const LEEWAY: TimeDelta = TimeDelta::minutes(5);
/// A code that is good for longer is no better than a secret.
const LASTS_MAX: TimeDelta = TimeDelta::hours(24);

/// What a code is about: domain and identity of the buyer and of the sender, as they stand in the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parties<'a> {
    pub(super) from: (&'a str, &'a str),
    pub(super) sender: (&'a str, &'a str),
}

/// True if `mac` was made with this secret about these parties and is good now.
pub(super) fn is_good(secret: Option<&str>, parties: Parties<'_>, mac: &Element, now: Timestamp) -> bool {
    let of = |name| mac.attribute(name).unwrap_or_default();
    let (created, expires) = (of("creationDate"), of("expirationDate"));
    let moment = |text: &str| DateTime::parse_from_rfc3339(text.trim()).ok().map(|at| at.naive_utc());
    let is_now = moment(created)
        .zip(moment(expires))
        .is_some_and(|(created, expires)| created <= now + LEEWAY && now < expires && expires - created <= LASTS_MAX);
    // Made whoever it is, so that the time tells nothing of who is known.
    let own = code(secret.unwrap_or_default(), parties, (created, expires));
    let sent = mac.value();
    let differing = own
        .bytes()
        .zip(sent.trim().bytes())
        .fold(0_u8, |all, (a, b)| all | (a ^ b));
    let is_same = differing == 0 && own.len() == sent.trim().len();
    secret.is_some() && is_same && is_now && of("type") == KIND && of("algorithm") == ALGORITHM
}

/// The code: each part ends with a zero byte, domains and identities count without blanks around them and in lower case.
fn code(secret: &str, parties: Parties<'_>, (created, expires): (&str, &str)) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret.as_bytes());
    let mut over = hmac::Context::with_key(&key);
    let names = [parties.from.0, parties.from.1, parties.sender.0, parties.sender.1];
    for part in names.map(|name| name.trim().to_lowercase()) {
        over.update(part.as_bytes());
        over.update(&[0]);
    }
    for part in [created, expires] {
        over.update(part.as_bytes());
        over.update(&[0]);
    }
    let tag = over.sign();
    BASE64.encode(tag.as_ref().get(..BYTES).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SELF: (&str, &str) = ("NetworkID", " AN9900000100 ");

    fn mac(code: &str, created: &str, expires: &str) -> Element {
        Element::text_of("CredentialMac", code)
            .with("type", KIND)
            .with("algorithm", ALGORITHM)
            .with("creationDate", created)
            .with("expirationDate", expires)
    }

    fn parties() -> Parties<'static> {
        Parties {
            from: SELF,
            sender: SELF,
        }
    }

    /// A code as another implementation makes it, of cXML's own example.
    #[test]
    fn a_code_is_that_of_others() {
        let times = ("2003-01-15T08:42:46-08:00", "2003-01-15T11:42:46-08:00");
        assert_eq!(code("password", parties(), times), "5KMM/p4KtK5oAf/B");
    }

    #[test]
    fn a_code_is_good_for_its_time_its_parties_and_its_secret() {
        let times = ("2003-01-15T08:42:46-08:00", "2003-01-15T11:42:46-08:00");
        let own = mac("5KMM/p4KtK5oAf/B", times.0, times.1);
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().naive_utc();
        let now = at("2003-01-15T10:00:00-08:00");
        assert!(is_good(Some("password"), parties(), &own, now));
        assert!(!is_good(Some("Password"), parties(), &own, now));
        assert!(!is_good(None, parties(), &own, now));
        assert!(!is_good(
            Some("password"),
            parties(),
            &own,
            at("2003-01-15T11:42:46-08:00")
        ));
        assert!(!is_good(
            Some("password"),
            parties(),
            &own,
            at("2003-01-15T08:30:00-08:00")
        ));
        let other = Parties {
            from: ("NetworkID", "AN9900000200"),
            sender: SELF,
        };
        assert!(!is_good(Some("password"), other, &own, now));
        let unknown = Element::text_of("CredentialMac", own.value())
            .with("type", KIND)
            .with("algorithm", "HMAC-SHA1")
            .with("creationDate", times.0)
            .with("expirationDate", times.1);
        assert!(!is_good(Some("password"), parties(), &unknown, now));
        // Good for ten years is no code but a secret.
        let long = ("2003-01-15T08:42:46-08:00", "2013-01-15T08:42:46-08:00");
        let long = mac(&code("password", parties(), long), long.0, long.1);
        assert!(!is_good(Some("password"), parties(), &long, now));
    }
}
