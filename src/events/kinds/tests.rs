//! Payloads of every type as they were stored once.

mod contracts;
mod money;

use super::*;

/// A payload of every type as it was stored once. What stands here is never changed, only added to: rows that are
/// in databases must stay readable.
fn stored() -> Vec<(&'static str, Value)> {
    let order = json!({
        "order_id": OrderId(7).to_string(), "number": "1001", "order_number": "1001", "po_number": "PO-1",
        "ship_to": "MAIN", "order_class": "standard",
    });
    let shipment = json!({
        "order_id": OrderId(7).to_string(), "number": "3001", "order_number": "1001", "po_number": "PO-1",
        "ship_to": "MAIN", "order_class": "critical", "carrier": "DHL", "tracking_number": null,
    });
    let line = json!({
        "order_line_id": ids::OrderLineId(8).to_string(), "position": 1, "sku": "BOLT", "customer_part_number": null,
        "name": "Bolt", "unit": "XCT", "base_unit": "H87", "quantity": "200", "reserved": "100",
        "backordered": "100", "reason": "100 of 200 reserved",
    });
    let sums = json!({
        "net_total": "20.00", "tax_total": "4.20", "gross_total": "24.20", "arrives_on": "2026-12-01", "state": "placed",
        "line_count": 1,
    });
    let difference = json!({
        "lines": [{
            "change": "lowered", "order_line_id": ids::OrderLineId(8).to_string(), "position": 1, "sku": "BOLT",
            "customer_part_number": null, "name": "Bolt", "unit": "XCT", "unit_code": "XCT", "was_quantity": "2",
            "quantity": "1", "unit_price": "10", "price_unit": "XCT", "price_base": 1, "was_net": "20.00",
            "net": "10.00", "was_promised_date": null, "promised_date": "2026-12-01",
        }],
        "fields": [{ "field": "ship_to", "was": "MAIN", "is": "SOUTH" }],
        "currency": "EUR", "was": sums, "is": sums,
    });
    let claim = json!({
        "order_id": OrderId(7).to_string(), "shipment_id": ShipmentId(9).to_string(), "invoice_id": null,
        "number": "CL-2026-000001", "order_number": "1001", "po_number": "PO-1", "shipment_number": "3001",
        "ship_to": "MAIN", "kind": "damaged",
    });
    let claimed = json!({
        "position": 1, "sku": "BOLT", "customer_part_number": null, "name": "Bolt", "unit": "XCT", "quantity": "2",
        "accepted": "1", "reason": null,
    });
    let consignment = json!({
        "number": "3003", "ship_to": "MAIN", "carrier": "DHL", "tracking_number": "X1",
        "shipments": [{
            "shipment_id": ShipmentId(9).to_string(), "number": "3001", "order_id": OrderId(7).to_string(),
            "order_number": "1001", "po_number": "PO-1",
        }],
    });
    let with = |head: &Value, more: Value| {
        let mut all = head.clone();
        for (name, value) in more.as_object().expect("an object") {
            all[name] = value.clone();
        }
        all
    };
    vec![
        (
            "access.changed",
            json!({ "what": "roles", "by": "Otto", "roles": ["buyer", "approver"] }),
        ),
        (
            "account.acting_started",
            json!({ "staff": "Otto", "reason": "asked by phone", "expires_at": "2026-11-29T12:00:00Z" }),
        ),
        ("account.acting_ended", json!({ "staff": "Otto" })),
        (
            "account.credit_changed",
            json!({ "account": "ACME", "changed": ["insured_limit"] }),
        ),
        (
            "account.hold_announced",
            json!({ "account": "ACME", "held_from": "2026-12-01", "overdue_total": "100.00", "currency": "EUR" }),
        ),
        (
            "account.orders_held",
            json!({ "overdue_total": "100.00", "currency": "EUR" }),
        ),
        (
            "account.orders_released",
            json!({ "overdue_total": "0.00", "currency": "EUR" }),
        ),
        ("assortment.changed", json!({ "articles": 3 })),
        (
            "bank_statement.imported",
            json!({
                "file": "camt.xml", "format": "camt.053", "bank_account": "NL91ABNA0417164300", "currency": "EUR",
                "entries": 9, "known": 2, "booked": 5, "proposed": 1, "unknown": 1,
            }),
        ),
        (
            "claim.opened",
            with(
                &claim,
                json!({ "wish": "credit", "text": "Wet.", "answer_by": "2026-12-04", "lines": [claimed] }),
            ),
        ),
        (
            "claim.replied",
            with(&claim, json!({ "side": "supplier", "text": "We look at it." })),
        ),
        (
            "claim.decided",
            with(&claim, json!({ "state": "accepted", "lines": [claimed] })),
        ),
        (
            "claim.settled",
            with(
                &claim,
                json!({ "outcome": "credit", "credit_note_number": "CN-2026-000001", "replacement_number": null, "text": null }),
            ),
        ),
        ("claim.withdrawn", claim.clone()),
        (
            "return.changed",
            json!({
                "order_id": OrderId(7).to_string(), "shipment_id": ShipmentId(9).to_string(), "claim_number": null,
                "number": "RT-2026-000001", "order_number": "1001", "po_number": "PO-1", "shipment_number": "3001",
                "ship_to": "MAIN", "state": "inspected", "note": null,
                "lines": [{
                    "position": 1, "sku": "BOLT", "customer_part_number": null, "name": "Bolt", "unit": "XCT", "quantity": "2",
                    "base_unit": "H87", "to_stock": "100", "quarantine": "0", "scrap": null,
                }],
            }),
        ),
        (
            "consignment.dispatched",
            with(
                &consignment,
                json!({
                    "lines": [{
                        "order_number": "1001", "po_number": "PO-1", "position": 1, "sku": "BOLT",
                        "customer_part_number": null, "name": "Bolt", "unit": "XCT", "quantity": "2",
                    }],
                    "packages": [{ "sscc": "106141411234567897", "kind": "PX", "weight_grams": 12_500 }],
                }),
            ),
        ),
        (
            "consignment.changed",
            with(
                &consignment,
                json!({ "tracking_url": "https://carrier.example/1", "packages": [] }),
            ),
        ),
        (
            "consignment.delivered",
            with(&consignment, json!({ "received_by": "A. Smith" })),
        ),
        ("contact.added", json!({ "code": "AP", "name": "Accounts payable" })),
        (
            "contact.changed",
            json!({ "code": "AP", "name": "Accounts payable", "changed": ["email", "mails"] }),
        ),
        ("contact.removed", json!({ "code": "AP", "name": "Accounts payable" })),
        (
            "credit_note.issued",
            json!({
                "order_id": OrderId(7).to_string(), "invoice_id": InvoiceId(9).to_string(), "number": "CN-2026-000001",
                "invoice_number": "2026-000001", "order_number": "1001", "po_number": "PO-1", "reason": "price",
                "note": null, "currency": "EUR", "net_total": "10.00", "tax_total": "2.10", "gross_total": "12.10",
                "issued_on": "2026-11-29", "on_account": "0.00",
                "applied": [{ "invoice_id": InvoiceId(9).to_string(), "number": "2026-000001", "amount": "12.10" }],
            }),
        ),
        (
            "invitation.created",
            json!({ "email": "a@acme.example", "role": "buyer" }),
        ),
        (
            "invoice.issued",
            json!({
                "order_id": OrderId(7).to_string(), "shipment_id": ShipmentId(9).to_string(), "number": "2026-000001",
                "order_number": "1001", "po_number": "PO-1", "ship_to": "MAIN", "order_class": "standard",
                "currency": "EUR", "net_total": "100.00", "tax_total": "21.00", "gross_total": "121.00",
                "issued_on": "2026-11-29", "due_on": "2026-12-29",
            }),
        ),
        (
            "invoice.issued",
            json!({
                "order_id": OrderId(7).to_string(), "shipment_id": ShipmentId(9).to_string(), "number": "2026-000002",
                "order_number": "1001", "po_number": "PO-1", "ship_to": "MAIN", "order_class": "standard",
                "currency": "EUR", "net_total": "90.00", "tax_total": "18.90", "gross_total": "108.90",
                "issued_on": "2026-11-30", "due_on": "2026-12-30", "kind": "corrected", "preceding_number": "2026-000001",
            }),
        ),
        (
            "invoice.corrected",
            json!({
                "order_id": OrderId(7).to_string(), "number": "2026-000001", "corrected_id": InvoiceId(9).to_string(),
                "corrected_number": "2026-000002", "credit_note_id": CreditNoteId(5).to_string(),
                "credit_note_number": "CN-2026-000001", "po_number": "PO-1", "reason": "Wrong VAT id", "currency": "EUR",
                "difference": "-12.10",
            }),
        ),
        (
            "mail.parked",
            json!({
                "account_id": AccountId(3).to_string(), "kind": "order_placed", "email": "a@acme.example",
                "subject": null, "attempts": 12, "error": "no such mailbox", "obsolete": false,
            }),
        ),
        (
            "webhook_endpoint.failing",
            json!({ "account_id": null, "url": "https://x", "failing_since": null, "error": "status", "status": 500 }),
        ),
        (
            "webhook_endpoint.disabled",
            json!({ "account_id": AccountId(3).to_string(), "url": "https://x", "because": "gone" }),
        ),
        (
            "member.added",
            json!({ "email": "a@acme.example", "name": "Ada", "roles": ["admin"] }),
        ),
        (
            "member.changed",
            json!({
                "email": "a@acme.example", "was": { "locale": null, "roles": ["buyer"] }, "is": { "locale": "de", "roles": ["admin"] },
            }),
        ),
        (
            "member.changed",
            json!({ "email": "a@acme.example", "was": { "name": "A", "sites": [] }, "is": { "name": "B", "sites": ["MAIN"] } }),
        ),
        ("member.removed", json!({ "email": "a@acme.example", "name": "Ada" })),
        (
            "order.placed",
            with(
                &order,
                json!({ "state": "placed", "currency": "EUR", "net_total": "100.00", "gross_total": null }),
            ),
        ),
        (
            "order.placed",
            with(
                &order,
                json!({
                    "state": "on_hold", "currency": "EUR", "net_total": "100.00", "gross_total": "121.00", "by_staff": "Otto",
                }),
            ),
        ),
        (
            "order.on_hold",
            with(&order, json!({ "hold_reasons": ["credit_limit"], "reason": null })),
        ),
        (
            "order.on_hold",
            with(
                &order,
                json!({ "hold_reasons": ["manual"], "reason": "check it", "was": "accepted" }),
            ),
        ),
        (
            "order.released",
            with(&order, json!({ "hold_reasons": ["manual"], "reason": "checked" })),
        ),
        ("order.accepted", order.clone()),
        (
            "order.cancelled",
            with(
                &order,
                json!({ "was": "placed", "reason": null, "by": "account", "by_staff": "Otto" }),
            ),
        ),
        (
            "order.rest_cancelled",
            with(
                &order,
                json!({
                    "lines": [{
                        "order_line_id": ids::OrderLineId(8).to_string(), "position": 1, "sku": "BOLT",
                        "customer_part_number": null, "name": "Bolt", "unit": "XCT", "base_unit": "H87", "quantity": "100",
                    }],
                    "reason": "discontinued", "by": "supplier", "revision": 2,
                }),
            ),
        ),
        (
            "order.credit_exceeded",
            with(
                &order,
                json!({ "point": "shipment", "limit_of": "group", "over": "10.00", "currency": "EUR", "check": "warn" }),
            ),
        ),
        (
            "order.changed",
            with(
                &order,
                json!({
                    "change_id": ids::OrderChangeId(9).to_string(), "revision": 2, "difference": difference,
                    "by": "account", "on_request": true, "reason": "fewer", "by_staff": "Otto",
                }),
            ),
        ),
        (
            "order.change_requested",
            with(
                &order,
                json!({
                    "change_id": ids::OrderChangeId(9).to_string(), "difference": difference, "reason": null,
                    "by_staff": "Otto",
                }),
            ),
        ),
        (
            "order.change_refused",
            with(
                &order,
                json!({
                    "change_id": ids::OrderChangeId(9).to_string(), "difference": difference, "reason": "packed already",
                }),
            ),
        ),
        (
            "order.change_withdrawn",
            with(
                &order,
                json!({ "change_id": ids::OrderChangeId(9).to_string(), "by_staff": "Otto" }),
            ),
        ),
        (
            "order.substitute_proposed",
            with(
                &order,
                json!({
                    "proposal_id": ids::ProposalId(15).to_string(), "order_line_id": ids::OrderLineId(8).to_string(),
                    "position": 1, "sku": "BOLT", "waits": "100", "base_unit": "H87", "substitute": "BOLT-2",
                    "substitute_name": "Bolt, new", "unit": "XCT", "unit_code": "XCT", "quantity": "1",
                    "note": "There on Monday",
                }),
            ),
        ),
        (
            "order.substitute_declined",
            with(
                &order,
                json!({
                    "proposal_id": ids::ProposalId(15).to_string(), "order_line_id": ids::OrderLineId(8).to_string(),
                    "position": 1, "reason": "we wait", "by_staff": "Otto",
                }),
            ),
        ),
        ("order.short", with(&order, json!({ "lines": [line] }))),
        (
            "order.promise_changed",
            with(
                &order,
                json!({
                    "lines": [with(&line, json!({ "was": null, "promised_date": "2026-12-03" }))],
                }),
            ),
        ),
        ("order.delivered", order.clone()),
        ("order.closed", order.clone()),
        ("order.reopened", order),
        ("password_reset.requested", json!({})),
        ("price_list.changed", json!({ "price_list": "BASE" })),
        ("price_list.changed", json!({ "price_list": "BASE", "prices": 2 })),
        (
            "price_list.announced",
            json!({
                "price_list": "C-NORD", "effective_on": "2027-04-01", "currency": "EUR", "count": 1,
                "prices": [{
                    "sku": "BOLT", "name": "A bolt", "unit": "H87", "min_quantity": "0", "base_unit": "H87", "was_price": "19",
                    "was_price_base": 100, "price": "19.95", "price_base": 100,
                }],
            }),
        ),
        (
            "receipt.booked",
            json!({ "warehouse": "NORTH", "lines": [{ "sku": "BOLT", "quantity": "50" }] }),
        ),
        (
            "shipment.created",
            with(
                &shipment,
                json!({
                    "lines": [{ "position": 1, "sku": "BOLT", "customer_part_number": "4711", "name": "Bolt", "unit": "XCT", "quantity": "2" }],
                }),
            ),
        ),
        (
            "shipment.created",
            with(
                &shipment,
                json!({
                    "tracking_url": "https://carrier.example/1", "lines": [],
                    "packages": [{ "sscc": "106141411234567897", "kind": "CT", "weight_grams": 12_500 }],
                }),
            ),
        ),
        (
            "shipment.changed",
            with(
                &shipment,
                json!({ "packages": [{ "sscc": "106141411234567897", "kind": "PX", "weight_grams": null }] }),
            ),
        ),
        (
            "shipment.delivered",
            with(&shipment, json!({ "received_by": "Jan Jansen" })),
        ),
        ("shipment.delivered", shipment),
    ]
}

#[test]
fn what_was_stored_is_read_and_written_as_it_was() {
    let mut seen = Vec::new();
    for (kind, data) in stored().into_iter().chain(money::stored()).chain(contracts::stored()) {
        let event = Event::read(kind, data.clone()).unwrap_or_else(|error| panic!("{kind}: {error}"));
        assert_eq!((event.kind(), event.data()), (kind, data));
        seen.push(kind);
    }
    for kind in EventType::NAMES {
        assert!(seen.contains(kind), "{kind}");
    }
}

#[test]
fn a_type_of_a_later_program_is_handed_on() {
    let data = json!({ "tail": 7 });
    let event = Event::read("comet.seen", data.clone()).expect("handed on");
    assert_eq!((event.kind(), event.data()), ("comet.seen", data));
    assert_eq!(event.subject(7), format!("comet_{}", ids::encode(7)));
}

#[test]
fn a_subject_is_told_by_its_outside_id() {
    for (kind, expected) in [
        ("order.closed", OrderId(7).to_string()),
        ("shipment.delivered", ShipmentId(7).to_string()),
        ("invoice.issued", InvoiceId(7).to_string()),
        ("payment.reversed", PaymentId(7).to_string()),
        ("invitation.created", InvitationId(7).to_string()),
    ] {
        let mut all = stored().into_iter().chain(money::stored()).chain(contracts::stored());
        let (_, data) = all.find(|(name, _)| *name == kind).expect("stored");
        assert_eq!(Event::read(kind, data).expect("read").subject(7), expected);
    }
}
