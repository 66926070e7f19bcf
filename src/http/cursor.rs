//! Where a list goes on: the sort keys of the last row given, and a mark of the filter they belong to.
//!
//! A cursor is not secret and not signed: the query it continues names the account itself.

use data_encoding::BASE64URL_NOPAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::{Code, Error, Result};
use crate::sentences;

const CHARS_MAX: usize = 2_000;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cursor<K> {
    f: String,
    k: K,
}

/// The cursor behind the row with the sort keys `keys` in the list filtered by `filter`.
pub fn encode<F: Serialize + ?Sized, K: Serialize>(filter: &F, keys: &K) -> Result<String> {
    encode_marked(&mark(filter)?, keys)
}

/// The same for a filter whose mark is known.
pub(super) fn encode_marked<K: Serialize>(mark: &str, keys: &K) -> Result<String> {
    let cursor = Cursor {
        f: mark.to_owned(),
        k: keys,
    };
    let json = serde_json::to_vec(&cursor).map_err(Error::internal)?;
    Ok(BASE64URL_NOPAD.encode(&json))
}

/// The sort keys in `cursor`; `cursor_invalid` when it is not one of ours or belongs to a list with another filter.
pub fn decode<F: Serialize + ?Sized, K: DeserializeOwned>(filter: &F, cursor: &str) -> Result<K> {
    let invalid = || Error::invalid("/cursor", Code::CursorInvalid, sentences::use_next_cursor());
    keys(cursor, &mark(filter)?).ok_or_else(invalid)
}

/// The same for the cursor of an export, which is sent back as `after`.
pub(super) fn decode_after<F: Serialize + ?Sized, K: DeserializeOwned>(filter: &F, cursor: &str) -> Result<K> {
    let invalid = || Error::invalid("/after", Code::CursorInvalid, sentences::use_last_cursor());
    keys(cursor, &mark(filter)?).ok_or_else(invalid)
}

fn keys<K: DeserializeOwned>(text: &str, expected: &str) -> Option<K> {
    if text.len() > CHARS_MAX {
        return None;
    }
    let json = String::from_utf8(BASE64URL_NOPAD.decode(text.as_bytes()).ok()?).ok()?;
    // Neither engine takes NUL as part of a text; no key of ours holds it.
    if json.contains(r"\u0000") {
        return None;
    }
    let cursor: Cursor<K> = serde_json::from_str(&json).ok()?;
    (cursor.f == expected).then_some(cursor.k)
}

pub(super) fn mark<F: Serialize + ?Sized>(filter: &F) -> Result<String> {
    let json = serde_json::to_vec(filter).map_err(Error::internal)?;
    let hash = Sha256::digest(json);
    Ok(BASE64URL_NOPAD.encode(hash.get(..9).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_carries_its_keys() {
        let cursor = encode(&("orders", "placed"), &("2026-11-01", 7)).expect("plain data");
        let keys: (String, i64) = decode(&("orders", "placed"), &cursor).expect("its own filter");
        assert_eq!(keys, ("2026-11-01".to_owned(), 7));
    }

    #[test]
    fn mutilated_cursors_are_refused_or_lead_somewhere() {
        use crate::workbooks::tests::{Numbers, rounds};
        let mut numbers = Numbers(5);
        let pieces: [&[u8]; 4] = [b"AAAA", b"=", b"\xFF", b"eyJ"];
        for _ in 0..rounds(5_000) {
            let mut bytes = encode("placed", &("A-1", 7)).expect("plain data").into_bytes();
            numbers.mutate(&mut bytes, &pieces);
            let text = String::from_utf8_lossy(&bytes);
            if let Ok((sku, place)) = decode::<str, (String, i64)>("placed", &text) {
                let again = encode("placed", &(&sku, place)).expect("plain data");
                assert_eq!(decode::<str, (String, i64)>("placed", &again).ok(), Some((sku, place)));
            }
        }
    }

    #[test]
    fn another_filter_or_a_forged_text_is_refused() {
        let cursor = encode("placed", &7).expect("plain data");
        let with_nul = encode("placed", &"a\0").expect("plain data");
        for (filter, text) in [
            ("held", cursor.as_str()),
            ("placed", "x"),
            ("placed", ""),
            ("placed", "eyJmIjoiIn0"),
            ("placed", &with_nul),
            ("placed", &"A".repeat(CHARS_MAX + 1)),
        ] {
            assert!(decode::<_, serde_json::Value>(filter, text).is_err(), "{text}");
        }
    }
}
