//! What a list is asked to go on from, ids, keys of idempotency and words that are searched.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portal::catalogue::rules::{gtin14, indexed_words, search_words};
use portal::http::cursor;
use portal::ids::{OrderId, ProductId};
use portal::quantity::Decimal;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    if let Ok((key, id)) = cursor::decode::<_, (String, i64)>("filter", &text) {
        let again = cursor::encode("filter", &(key.as_str(), id)).expect("encoded");
        assert_eq!(cursor::decode::<_, (String, i64)>("filter", &again).ok(), Some((key, id)));
    }
    // Whatever the keys are, they come back as they were, and only where they belong.
    if let Ok(mine) = cursor::encode("filter", &(text.as_ref(), 7)) {
        let read = cursor::decode::<_, (String, i64)>("filter", &mine).ok();
        assert!(read.is_none_or(|(key, id)| key == text && id == 7));
        assert!(cursor::decode::<_, (String, i64)>("another filter", &mine).is_err());
    }
    if let Ok(id) = text.parse::<ProductId>() {
        assert_eq!(id.to_string(), text);
    }
    assert!(text.parse::<OrderId>().is_err() || text.starts_with("ord_"));
    if let Ok(decimal) = Decimal::parse(&text) {
        let _ = decimal.scaled(6);
    }
    for word in search_words(&[&text]) {
        assert!(indexed_words(&[], &[&text]).contains(&word), "what is searched is indexed");
    }
    gtin14(&text);
});
