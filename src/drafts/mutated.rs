//! Whatever people type, paste or send as a number, or an id is read or refused, and nothing of it ends the program.

use crate::catalogue::rules::{gtin14, indexed_words, search_words};
use crate::drafts::rules::pasting::{Table, readings};
use crate::ids::{OrderId, ProductId};
use crate::keys;
use crate::languages::Language;
use crate::quantity::{DECIMALS_MAX, Decimal};
use crate::typed;
use crate::values;
use crate::workbooks::tests::{Numbers, rounds};

const SOUND: [&str; 10] = [
    "1.234,50 cartons",
    "NW-40012 M8 x 40",
    "16 x NW-1\nNW-2 4 cartons\n5 500 pcs",
    "prd_0BGK1J3Z00004",
    "ord_0BGK1J3Z00004",
    "4006381333931",
    "eyJmIjoiMTIzIiwiayI6WyJBIiwxXX0",
    "2026-11-29",
    "DE89 3704 0044 0532 0130 00",
    "Müller & Söhne <orders@nord.example>",
];
const PIECES: [&[u8]; 10] = [
    b"\0",
    b"\xC2\xA0",
    "\u{202e}\u{200b}".as_bytes(),
    "１２，５".as_bytes(),
    "½ ﬁ İ ß ẞ".as_bytes(),
    b"-.,'e+",
    b"\t\t;;\r\n",
    b"99999999999999999999",
    b"{\"f\":",
    "🔩é".as_bytes(),
];

#[test]
fn mutilated_texts_are_read_or_refused() {
    let mut numbers = Numbers(23);
    let mut readable = 0;
    for _ in 0..rounds(20_000) {
        let mut bytes = SOUND[numbers.below(SOUND.len())].as_bytes().to_vec();
        numbers.mutate(&mut bytes, &PIECES);
        let text = String::from_utf8_lossy(&bytes);
        readable += usize::from(typed::quantity(&text).is_readable());
        typed::amount(&text, "EUR");
        typed::percentage(&text);
        for language in Language::ALL {
            typed::day(language, &text);
        }
        for decimals in 0..=DECIMALS_MAX {
            let scaled = Decimal::parse(&text).and_then(|decimal| decimal.scaled(decimals));
            assert!(
                scaled.is_err() || text.bytes().any(|byte| byte.is_ascii_digit()),
                "{text}"
            );
        }
        if let Ok(id) = text.parse::<ProductId>() {
            assert_eq!(id.to_string(), text);
        }
        assert!(text.parse::<OrderId>().is_err() || text.starts_with("ord_"));
        let form = keys::folded(&text);
        assert_eq!(keys::folded(&form), form, "{text:?}");
        assert_eq!(keys::ordered(&text).is_empty(), text.is_empty());
        for word in search_words(&[&text]) {
            assert!(indexed_words(&[], &[&text]).contains(&word), "{word} of {text:?}");
        }
        if let Some(gtin) = gtin14(&text) {
            assert!(
                gtin.len() == 14 && gtin.bytes().all(|digit| digit.is_ascii_digit()),
                "{gtin}"
            );
        }
        values::mail_address(&text);
        let table = Table::read(&text);
        let guess = table.guess();
        for line in table.lines(guess.columns, guess.has_header) {
            readings(&line);
        }
    }
    assert!(readable > 100, "{readable}");
}
