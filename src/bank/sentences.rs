//! What is said of entries of a bank: why they belong to what is proposed, what speaks against it, and what is wrong with a file.

use crate::sentences::sentences;

sentences! {
    match_by_reference(invoice: text);
    match_by_number(invoice: text);
    match_by_short_number(invoice: text);
    match_by_amount(amount: money);
    match_by_payer(account: text);
    match_by_amount_alone(invoice: text);
    match_all_open(account: text);
    match_with_charges(charges: money);
    match_by_end_to_end();
    match_by_payer_and_amount();
    against_currency(currency: text, wanted: text);
    against_less(open: money);
    against_more(open: money);
    against_paid(invoice: text);
    against_other_payer(account: text);
    against_several_accounts(accounts: list);
    against_several_payments(count: number);
    against_several_invoices(count: number);
    against_day(day: date);
    against_alike(day: date);
    against_no_payment();
    against_other_iban(iban: text);
    against_other_bank_account();
    against_long_ago(day: date);
    bank_file_unknown();
    bank_file_version(version: text);
    bank_file_too_large(max: number);
    bank_file_too_many_entries(max: number);
    bank_file_too_many_statements(max: number);
    bank_file_broken(place: text, what: text);
    bank_file_lacks(place: text);
    bank_file_declares();
    bank_file_currency(place: text, currency: text);
    bank_file_empty();
    bank_file_missing();
    bank_file_unbalanced(account: text, opening: decimal, closing: decimal, derived: decimal, currency: text);
    bank_file_needs_column(column: text);
    bank_file_lacks_column(column: text);
    bank_file_unknown_column(column: text);
    bank_file_needs_account();
    bank_file_number_in_two_ways(place: text, what: text);
    bank_file_day_in_two_ways(place: text, what: text);
    bank_entry_is_no_payment();
    bank_entry_has_no_proposal();
    bank_entry_state_forbids(state: name "bank-entry-state");
    bank_entry_name_the_payment();
    bank_entry_names_no_payment();
    bank_entry_payment_amount(amount: money);
    bank_entry_split();
    bank_entry_taken_back();
    bank_entry_too_many_invoices(max: number);
}
