//! What claims say.

use crate::sentences::sentences;

sentences! {
    claim_about_one_thing();
    claim_without_lines();
    claim_without_text();
    claim_text_too_long(characters: number, max: number);
    claim_line_unknown(line: number);
    claim_line_twice(line: number);
    claim_more_than_left(quantity: decimal, left: decimal, line: number);
    claim_too_many_lines(max: number);
    claim_state_forbids(claim: text, state: name "claim-state");
    claim_line_undecided(line: number);
    claim_accepted_beyond(quantity: decimal, claimed: decimal, line: number);
    claim_amount_unreadable(amount: text, why: sentence);
    claim_amount_not_above_zero(amount: money);
    claim_accepted_below_returned(quantity: decimal, returned: decimal, line: number);
    claim_amount_beyond(amount: money, most: money, line: number);
    claim_amount_missing(line: number);
    claim_amount_without_quantity(line: number);
    claim_reason_missing(line: number);
    claim_not_invoiced(claim: text, shipment: number);
    claim_not_creditable(claim: text, why: sentence);
    claim_not_replaceable(claim: text, why: sentence);
    claim_made_good_already(line: number);
    claim_file_too_large(name: text, max: number);
    claim_file_empty(name: text);
    claim_file_unknown(name: text);
    claim_file_broken(name: text);
    claim_file_too_many_pixels(name: text, width: number, height: number, max: number);
    claim_too_many_files(max: number);
    claim_no_files();
    return_of_one_thing();
    return_of_no_claim();
    return_too_many_lines(max: number);
    return_more_than_left(quantity: decimal, left: decimal, line: number);
    return_credit_beyond(quantity: decimal, left: decimal, line: number);
    return_credit_before_inspection(return_number: text);
    return_not_invoiced(return_number: text, shipment: number);
    return_credited_already(return_number: text);
    return_made_good_already(return_number: text);
    return_less_than_a_unit(line: number);
    claim_line_not_billed(line: number, invoice: text);
    return_line_not_billed(line: number, invoice: text);
    return_of_settled_claim(return_number: text, claim: text);
    return_less_than_accepted(return_number: text, claim: text, line: number);
    return_credited_as_decided(return_number: text, claim: text);
    return_state_forbids(return_number: text, state: name "return-state");
    return_more_than_announced(found: decimal, announced: decimal, line: number);
    return_line_missing(line: number);
    return_nothing_left(claim: text);
    return_of_what_never_came(claim: text);
    return_of_another_article(claim: text, line: number);
    claim_answer_days_out_of_range(days: number, max: number);
}
