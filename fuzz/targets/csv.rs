//! Import files: every row is read or told, whichever sign parts the cells and however numbers are written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portal::imports::NumberStyle;
use portal::sheets::{Layout, Progress, Sheet};

static LAYOUT: Layout = Layout {
    file: "prices.csv",
    required: &["code", "name"],
    optional: &["days", "price", "day", "flag", "unit", "category"],
    decimals: &["price"],
};

fuzz_target!(|data: &[u8]| {
    let style = match data.first() {
        Some(b'.') => Some(NumberStyle::Point),
        Some(b',') => Some(NumberStyle::Comma),
        _ => None,
    };
    let mut sheet = Sheet::open(&LAYOUT, data.to_vec(), style, &Progress::hidden());
    let rows = sheet.rows(|cells| {
        let code = cells.code("code", 50)?;
        let name = cells.text("name", 200)?;
        let _ = cells.optional_code("unit", 8);
        let days = cells.integer_or("days", 0..=365, 7)?;
        let price = cells.not_negative("price", 6);
        let _ = cells.optional_day("day");
        let _ = cells.flag("flag");
        let _ = cells.tax_category("category");
        Some((code.to_owned(), name.to_owned(), days, price))
    });
    for (code, name, days, price) in rows {
        assert!(!code.is_empty() && code.chars().count() <= 50, "{code}");
        assert!(name.chars().count() <= 200 && (0..=365).contains(&days), "{name}");
        assert!(price.is_none_or(|price| price >= 0));
    }
    sheet.into_faults();
});
