//! Where a carrier tells how far a parcel is.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use serde::Serialize;

use crate::ids::CarrierId;
use crate::keys;
use crate::shipments::rules::tracking_url as well_known;

/// Stands in an address where the tracking number goes.
pub const PLACEHOLDER: &str = "{tracking_number}";
/// Longest address, in characters.
pub const URL_CHARS_MAX: usize = 500;
/// Most carriers.
pub const CARRIERS_MAX: usize = 200;

/// Who carries goods.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Carrier {
    pub id: CarrierId,
    /// What shipments may name it by.
    pub code: String,
    /// Another name that shipments may call it.
    pub name: String,
    /// With [`PLACEHOLDER`] in it.
    pub tracking_url: Option<String>,
}

/// True for an address of https that has the placeholder once, behind the host.
pub fn is_template(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("https://") else {
        return false;
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let Some((host, path)) = rest.split_at_checked(end) else {
        return false;
    };
    let is_host = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-' | ':');
    let is_plain = |sign: char| sign.is_ascii_graphic() && !"\"<>\\^`|".contains(sign);
    let without = path.replacen(PLACEHOLDER, "", 1);
    !host.is_empty()
        && host.starts_with(|sign: char| sign.is_ascii_alphanumeric())
        && host.chars().all(is_host)
        && path.contains(PLACEHOLDER)
        && !without.contains(['{', '}'])
        && without.chars().all(is_plain)
        && url.chars().count() <= URL_CHARS_MAX
}

/// What people call that carrier, known by its code or name; one that isn't kept as it was written.
pub fn called(carriers: &[Carrier], carrier: String) -> String {
    match kept(carriers, &carrier) {
        Some(kept) => kept.name.clone(),
        None => carrier,
    }
}

fn kept<'a>(carriers: &'a [Carrier], carrier: &str) -> Option<&'a Carrier> {
    let mut carriers = carriers.iter();
    carriers.find(|kept| keys::same(&kept.code, carrier) || keys::same(&kept.name, carrier))
}

/// Where that carrier, known by its code or name, tells how far the parcel with this number is. One that isn't kept is looked for
/// among those that are well known.
pub fn link(carriers: &[Carrier], carrier: &str, tracking_number: &str) -> Option<String> {
    let number: String = tracking_number.split_whitespace().collect();
    match kept(carriers, carrier) {
        None => well_known(carrier, tracking_number),
        Some(_) if number.is_empty() => None,
        Some(kept) => {
            let template = kept.tracking_url.as_deref()?;
            Some(template.replace(PLACEHOLDER, &encoded(&number)))
        }
    }
}

/// A text as a part of an address (RFC 3986).
fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;

    #[test]
    fn an_address_is_of_https_and_has_the_placeholder_behind_its_host() {
        for (url, is_good) in [
            ("https://track.example/{tracking_number}", true),
            ("https://track.example/p?id={tracking_number}&l=de", true),
            ("https://track.example?id={tracking_number}", true),
            ("https://track.example:8443/#{tracking_number}", true),
            ("http://track.example/{tracking_number}", false),
            ("javascript:alert(1)//{tracking_number}", false),
            ("https://{tracking_number}.example/", false),
            ("https://me@track.example/{tracking_number}", false),
            ("https:///{tracking_number}", false),
            ("https://track.example/", false),
            ("https://track.example/{tracking_number}/{tracking_number}", false),
            ("https://track.example/{number}/{tracking_number}", false),
            ("https://track.example/ {tracking_number}", false),
            ("https://track.example/\"{tracking_number}", false),
            ("https://träck.example/{tracking_number}", false),
        ] {
            assert_eq!(is_template(url), is_good, "{url}");
        }
        assert!(!is_template(&format!(
            "https://a.example/{}{{tracking_number}}",
            "x".repeat(URL_CHARS_MAX)
        )));
    }

    #[test]
    fn a_carrier_is_known_by_its_code_and_name_and_else_well_known_or_plain_text() {
        let carrier = |code: &str, name: &str, url: Option<&str>| Carrier {
            id: CarrierId::of(1),
            code: code.to_owned(),
            name: name.to_owned(),
            tracking_url: url.map(str::to_owned),
        };
        let kept = [
            carrier("RK", "Rhine Kurier", Some("https://rk.example/{tracking_number}?x")),
            carrier("DHL", "DHL Freight", None),
        ];
        for (name, number, wanted) in [
            ("rk", "12 34", Some("https://rk.example/1234?x")),
            ("Rhine  Kurier", "1/2&3", Some("https://rk.example/1%2F2%263?x")),
            ("rk", " ", None),
            // Kept without an address: it has none, though it is well known.
            ("DHL", "1234", None),
            ("UPS", "1Z", Some("https://www.ups.com/track?tracknum=1Z")),
            ("Own lorry", "7", None),
        ] {
            assert_eq!(link(&kept, name, number).as_deref(), wanted, "{name} {number}");
        }
    }
}
