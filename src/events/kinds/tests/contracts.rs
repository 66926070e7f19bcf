//! Payloads of contracts, as they were stored once.

use serde_json::{Value, json};

/// What stands here is never changed, only added to.
pub(super) fn stored() -> Vec<(&'static str, Value)> {
    let contract = json!({
        "contract": "K-1", "name": "Frame", "account": "ACME", "state": "active", "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
    });
    let with = |head: &Value, more: Value| {
        let mut all = head.clone();
        for (name, value) in more.as_object().expect("an object") {
            all[name] = value.clone();
        }
        all
    };
    vec![
        ("contract.offered", contract.clone()),
        (
            "contract.accepted",
            with(&contract, json!({ "accepted_by": "Ann Ames" })),
        ),
        ("contract.changed", with(&contract, json!({ "change": "renewed" }))),
        (
            "contract.changed",
            with(&contract, json!({ "change": "notice_given", "reason": "They close." })),
        ),
        (
            "contract.notice_due",
            with(
                &contract,
                json!({ "days": 30, "notice_by": "2026-12-01", "renews": true }),
            ),
        ),
        (
            "contract.pace_low",
            with(
                &contract,
                json!({
                    "commitment": "turnover", "period_from": "2026-01-01", "period_to": "2026-12-31", "committed": "100.00",
                    "fulfilled": "10.00", "expected": "50.00", "shortfall": "80.00", "currency": "EUR", "sku": null,
                }),
            ),
        ),
    ]
}
