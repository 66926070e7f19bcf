//! What invoices say.

use crate::sentences::sentences;

sentences! {
    due_sorts_unpaid();
    no_shipment();
    supplier_has_no_country();
    no_tax_rate(category: text, country: text);
    no_invoice(account: text);
    no_open_invoice(account: text);
    no_open_charge(account: text);
    invoice_or_reminder();
    invoice_paid_already(invoice: text, amount: money);
    no_account(account: text);
    kept_in(account: text, currency: text);
    amount_not_above_zero(amount: text);
    amount_unreadable(amount: text, why: sentence, currency: text, decimals: number);
    day_too_long_ago(day: date, today: date);
    day_in_future(day: date, today: date);
    reference_too_long(characters: number, max: number);
    reason_too_long(max: number);
    reversed_already();
    payment_refunded(amount: money);
    tolerance_percent_invalid(percent: text);
    grace_days_out_of_range(days: number, max: number);
    too_many_tolerances(max: number);
    no_such_currency(currency: text);
    currency_twice(currency: text);
    discount_days_out_of_range(days: number, max: number);
    discount_percent_invalid(percent: text);
    discounts_out_of_order();
    too_many_discounts(max: number);
    invoice_too_large();
    statement_too_long(max: number);
    period_ends_early(to: date);
    einvoice_fault(field: name "einvoice-field", rule: text, place: name "einvoice-place");
    einvoice_line_fault(line: number, field: name "einvoice-field", rule: text, place: name "einvoice-place");
    einvoice_refused(fault: sentence, rules: list);
    einvoice_incomplete(fault: sentence, rules: list);
    invoiced_already(shipment: text);
    invoiced_already_by(shipment: text, invoice: text);
}
