//! The lines of the code, by the guidelines' own places.

use super::*;
use crate::money::Currency;

fn address(name: &str, street: &str, code: &str, town: &str, country: &str) -> Address {
    Address {
        name: name.to_owned(),
        street: Some(street.to_owned()),
        postal_code: Some(code.to_owned()),
        city: Some(town.to_owned()),
        country: country.to_owned(),
    }
}

fn seller(iban: &str) -> Seller {
    Seller {
        address: address("Robert Schneider AG", "Rue du Lac 1268", "2501", "Biel", "CH"),
        iban: Some(iban.to_owned()),
        ..Seller::default()
    }
}

fn buyer() -> Buyer {
    Buyer {
        code: "ACME".to_owned(),
        address: address(
            "Pia-Maria Rutschmann-Schnyder",
            "Grosse Marktgasse 28",
            "9400",
            "Rorschach",
            "CH",
        ),
        ..Buyer::default()
    }
}

fn money(minor: i64, code: &str) -> Money {
    Money::new(minor, Currency::from_code(code).expect("a currency"))
}

#[test]
fn a_qr_iban_is_paid_with_a_qr_reference() {
    let bill = bill(
        &seller("CH44 3199 9123 0008 8901 2"),
        &buyer(),
        money(194_975, "CHF"),
        "2026-000042",
    )
    .expect("a bill");
    let expected = [
        "SPC",
        "0200",
        "1",
        "CH4431999123000889012",
        "S",
        "Robert Schneider AG",
        "Rue du Lac",
        "1268",
        "2501",
        "Biel",
        "CH",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "1949.75",
        "CHF",
        "S",
        "Pia-Maria Rutschmann-Schnyder",
        "Grosse Marktgasse",
        "28",
        "9400",
        "Rorschach",
        "CH",
        "QRR",
        "000000000000000020260000426",
        "2026-000042",
        "EPD",
    ];
    let payload = payload(&bill);
    let lines: Vec<&str> = payload.split('\n').collect();
    // The check digit is held by its own test.
    let is_reference = |line: &&str| line.len() == 27 && line.starts_with("000000");
    let without = |lines: &[&str]| {
        lines
            .iter()
            .copied()
            .filter(|line| !is_reference(line))
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(without(&lines), without(&expected));
    assert_eq!(lines.len(), 31);
    let reference = lines.get(28).copied().unwrap_or_default();
    let read = references::read(reference);
    assert!(read.iter().any(|one| one.body == "2026000042"), "{reference}");
    assert_eq!(
        bill.reference.printed().split(' ').map(str::len).collect::<Vec<_>>(),
        [2, 5, 5, 5, 5, 5]
    );
}

#[test]
fn another_iban_is_paid_with_a_creditor_reference() {
    let bill = bill(
        &seller("CH58 0079 1123 0008 8901 2"),
        &buyer(),
        money(19_995, "EUR"),
        "2026-000042",
    )
    .expect("a bill");
    let payload = payload(&bill);
    let lines: Vec<&str> = payload.split('\n').collect();
    assert_eq!(
        lines.get(27..29),
        Some(["SCOR", references::rf("2026-000042").as_deref().expect("a reference")].as_slice())
    );
    assert_eq!(lines.get(18..20), Some(["199.95", "EUR"].as_slice()));
}

#[test]
fn who_lacks_something_of_an_address_writes_it() {
    let mut buyer = buyer();
    buyer.address.postal_code = None;
    let seller = seller("CH5800791123000889012");
    let bill = super::bill(&seller, &buyer, money(100, "CHF"), "2026-000042").expect("a bill");
    assert_eq!(bill.debtor, None);
    let payload = payload(&bill);
    let lines: Vec<&str> = payload.split('\n').collect();
    assert_eq!((lines.len(), lines.get(20..27)), (31, Some([""; 7].as_slice())));
    // The letters of a name are those of the standard.
    buyer.address.postal_code = Some("9400".to_owned());
    buyer.address.name = "株式会社".to_owned();
    assert_eq!(
        super::bill(&seller, &buyer, money(100, "CHF"), "1").and_then(|bill| bill.debtor),
        None
    );
}

#[test]
fn there_is_none_for_other_accounts_currencies_and_amounts() {
    let none = |seller: Seller, amount| assert_eq!(bill(&seller, &buyer(), amount, "2026-000042"), None, "{amount}");
    none(seller("NL91ABNA0417164300"), money(100, "EUR"));
    none(seller("CH5800791123000889012"), money(100, "USD"));
    none(seller("CH5800791123000889012"), money(0, "CHF"));
    none(seller("CH5800791123000889013"), money(100, "CHF"));
    none(Seller::default(), money(100, "CHF"));
    let mut nowhere = seller("CH5800791123000889012");
    nowhere.address.city = None;
    none(nowhere, money(100, "CHF"));
    let mut abroad = seller("CH5800791123000889012");
    abroad.address.country = "DE".to_owned();
    let mut buyer = buyer();
    assert!(bill(&abroad, &buyer, money(100, "EUR"), "1").is_some());
    buyer.address.country = "DE".to_owned();
    assert_eq!(bill(&abroad, &buyer, money(100, "EUR"), "1"), None);
}

#[test]
fn the_code_is_at_most_of_version_25() {
    let long = "Ä".repeat(200);
    let mut seller = seller("CH5800791123000889012");
    seller.address.name = long.clone();
    let mut buyer = buyer();
    buyer.address.name = long;
    let bill = bill(&seller, &buyer, money(MINOR_MAX, "CHF"), "2026-000042").expect("a bill");
    assert_eq!(bill.creditor.name.chars().count(), NAME_CHARS_MAX);
    let code = code(&bill).expect("a code");
    assert!((21..=117).contains(&code.size), "{}", code.size);
}
