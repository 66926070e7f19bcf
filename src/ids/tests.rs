//! Tests of ids.

use super::*;

#[test]
fn ids_grow_and_keep_their_outside_form() {
    let (a, b) = (OrderId::new(), OrderId::new());
    assert!(a < b);
    assert!(a.to_string() < b.to_string(), "the outside form sorts like the number");
    assert_eq!(a.to_string().parse(), Ok(a));
    assert_eq!(a.to_string().len(), "ord_".len() + 13);
}

#[test]
fn ids_of_a_span_lie_between_those_of_its_ends() {
    let before = clock::now();
    let id = next();
    let second = chrono::TimeDelta::seconds(1);
    assert!(first_at(before - second) <= id && id < first_at(before + second));
    assert_eq!(first_at(chrono::DateTime::UNIX_EPOCH.naive_utc()), 0);
}

#[test]
fn an_id_of_another_kind_or_form_is_refused() {
    let id = OrderId::new().to_string();
    assert_eq!(id.parse::<AccountId>(), Err(ParseIdError));
    for text in [
        "",
        "ord_",
        "ord_123",
        "ord_ÄÄÄÄÄÄÄ",
        &id.to_lowercase(),
        &format!("{id}0"),
    ] {
        assert_eq!(text.parse::<OrderId>(), Err(ParseIdError), "{text}");
    }
}
