//! Payloads of what is paid, paid back, given up and asked for, as they were stored once.

use serde_json::{Value, json};

use crate::ids::InvoiceId;

/// What stands here is never changed, only added to.
pub(super) fn stored() -> Vec<(&'static str, Value)> {
    vec![
        (
            "payment.received",
            json!({
                "amount": "100.00", "currency": "EUR", "received_on": "2026-11-29", "reference": null, "on_account": "0.00",
                "applied": [{ "invoice_id": InvoiceId(4).to_string(), "number": "2026-000001", "amount": "100.00" }],
            }),
        ),
        (
            "payment.reversed",
            json!({ "amount": "100.00", "currency": "EUR", "reason": "bounced" }),
        ),
        (
            "refund.booked",
            json!({
                "amount": "30.00", "currency": "EUR", "paid_on": "2026-11-30", "reference": null, "on_account": "0.00",
            }),
        ),
        (
            "refund.reversed",
            json!({ "amount": "30.00", "currency": "EUR", "reason": "the account is closed" }),
        ),
        (
            "statement.mailed",
            json!({
                "from": "2026-10-01", "to": "2026-10-31", "currency": "EUR", "opening_balance": "0.00", "closing_balance": "12.50",
            }),
        ),
        (
            "write_off.booked",
            json!({
                "invoice_id": InvoiceId(4).to_string(), "number": "2026-000001", "kind": "cash_discount", "amount": "2.38",
                "currency": "EUR", "booked_on": "2026-11-30", "reason": null,
            }),
        ),
        (
            "write_off.reversed",
            json!({
                "invoice_id": InvoiceId(4).to_string(), "kind": "small_difference", "amount": "0.02", "currency": "EUR",
                "reason": "paid after all",
            }),
        ),
        (
            "rebate.tier_reached",
            json!({
                "rebate": "RB-1", "name": "Year", "from": "2026-01-01", "to": "2026-12-31", "currency": "EUR",
                "threshold": "250000.00", "rate": "2", "turnover": "250010.00", "accrued": "5000.20",
            }),
        ),
        (
            "rebate.settled",
            json!({
                "rebate": "RB-1", "name": "Year", "from": "2026-01-01", "to": "2026-12-31", "currency": "EUR",
                "amount": "5000.20", "credit_notes": ["CN-2027-000001"],
            }),
        ),
        (
            "reminder.sent",
            json!({
                "number": "R-2026-000001", "level": 1, "sent_on": "2026-11-30", "currency": "EUR", "overdue_total": "100.00",
                "not_due_total": "0.00", "fee": "0.00", "interest": "0.00", "text_en": null, "text_de": "Bitte zahlen.",
                "items": [{
                    "invoice_id": InvoiceId(4).to_string(), "number": "2026-000001", "due_on": "2026-11-20", "overdue_days": 10,
                    "open_amount": "100.00", "level": 1,
                }],
            }),
        ),
    ]
}
