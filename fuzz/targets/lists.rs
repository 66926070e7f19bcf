//! What is pasted into the quick order: no line is lost, and what is typed is read, refused or asked about.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portal::drafts::rules::pasting::readings;
use portal::drafts::spreadsheets;
use portal::languages::Language;
use portal::{keys, typed, values};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    if let Ok(table) = spreadsheets::of_text(&text) {
        let guess = table.guess();
        let lines = table.lines(guess.columns, guess.has_header);
        assert_eq!(lines.len(), table.rows.len() - usize::from(guess.has_header), "no line is lost");
        for line in lines {
            readings(&line);
            typed::quantity(&line.quantity);
        }
    }
    let _ = spreadsheets::of_tabs(&text);
    for line in text.lines().take(20) {
        typed::amount(line, "EUR");
        typed::percentage(line);
        for language in Language::ALL {
            typed::day(language, line);
        }
        let form = keys::folded(line);
        assert_eq!(keys::folded(&form), form, "a folded key stays as it is");
        values::mail_address(line);
    }
});
