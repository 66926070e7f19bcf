//! A number of a file that can be read in two ways is read as the file shows or as somebody said, and never guessed.

use portal::db::sql;
use portal::imports::{NumberStyle, Options};

use super::{STRICT, import, with_base};
use crate::fresh::Fresh;

/// Price and least quantity of the base list for P2, in millionths and hundredths.
fn prices(fresh: &Fresh) -> Vec<(i64, i64)> {
    let read = |connection: &mut _| {
        sql("SELECT r.price_micros, r.min_quantity FROM prices r JOIN products p ON p.id = r.product_id WHERE p.sku = 'P2' \
             ORDER BY r.min_quantity")
        .rows(connection)
    };
    fresh.db().read_now(read).unwrap()
}

fn file(rows: &str) -> String {
    format!("price_list;sku;unit;min_quantity;price\n{rows}")
}

#[test]
fn what_can_be_two_numbers_is_refused_with_both() {
    let fresh = with_base();
    let before = prices(&fresh);
    let report = import(
        &fresh,
        &[("prices.csv", &file("BASE;P2;MTR;1.000;0,50\nBASE;P2;MTR;5;0.25\n"))],
        STRICT,
    );
    assert!(!report.applied);
    let told: Vec<_> = report.faults.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].starts_with("prices.csv:2: min_quantity: ambiguous_number: '1.000': This is 1000 or 1."),
        "{told:?}"
    );
    assert_eq!(prices(&fresh), before);
}

#[test]
fn a_file_shows_how_it_writes_numbers() {
    for (rows, expected) in [
        ("BASE;P2;MTR;1.000;0,50\n", (500_000, 100_000)),
        ("BASE;P2;MTR;1.000;0.50\n", (500_000, 100)),
        ("BASE;P2;MTR;1,000;0.50\n", (500_000, 100_000)),
        ("BASE;P2;MTR;1 000;0.50\n", (500_000, 100_000)),
    ] {
        let fresh = with_base();
        let report = import(&fresh, &[("prices.csv", &file(rows))], STRICT);
        assert!(report.applied, "{rows}: {report}");
        assert!(prices(&fresh).contains(&expected), "{rows}: {:?}", prices(&fresh));
    }
}

#[test]
fn somebody_may_say_how_numbers_are_written() {
    for (style, expected) in [
        (NumberStyle::Comma, (2_000_000, 100_000)),
        (NumberStyle::Point, (2_000_000, 100)),
    ] {
        let fresh = with_base();
        let options = Options {
            numbers: Some(style),
            ..STRICT
        };
        let report = import(&fresh, &[("prices.csv", &file("BASE;P2;MTR;1.000;2\n"))], options);
        assert!(report.applied, "{report}");
        assert!(prices(&fresh).contains(&expected), "{style:?}: {:?}", prices(&fresh));
    }
}
