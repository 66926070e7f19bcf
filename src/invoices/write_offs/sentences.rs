//! Why something of an invoice is settled without money, and why it is not.

use crate::sentences::sentences;

sentences! {
    by_cash_discount(percent: decimal, until: date);
    by_tolerance(max: money);
    by_bank_charges();
    by_allocation();
    cash_discount_late(invoice: text, amount: money, until: date);
    no_invoice_to_write_off();
    nothing_open(invoice: text);
    no_cash_discount(invoice: text);
    no_tolerance(currency: text);
    write_off_out_of_range(amount: money, most: money);
    write_off_reversed();
    allocation_twice(invoice: text);
    allocation_of_nothing();
    allocation_above_open(invoice: text, amount: money, open: money);
    allocations_above_payment(amount: money, given: money);
    allocations_alone();
    too_many_allocations(max: number);
}
