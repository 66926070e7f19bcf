//! What contracts say.

use crate::sentences::sentences;

sentences! {
    contract_is_in_state(contract: text, state: name "contract-state");
    contract_exists(contract: text);
    contract_not_in_file();
    contract_ends_before_it_begins();
    contract_renewal_needs_months();
    contract_months_without_renewal();
    contract_in_account_currency(currency: text);
    contract_is_not_a_draft(contract: text);
    contract_accepted_already(contract: text);
    contract_not_accepted(contract: text);
    contract_name_who_accepts();
    contract_accepted_on_a_day_to_come();
    contract_ends_within(from: date, to: date);
    contract_give_a_reason(max: number);
    contract_over_before_signing(contract: text, day: date);
    give_contract_renewal();
    give_commitment_kind();
    give_commitment_scope();
    give_commitment_period();
    contract_without_supplier();
    commitment_exists(commitment: text);
    commitment_quantity_of_an_article();
    commitment_of_all_has_no_key();
    commitment_needs_a_key();
    commitment_of_nothing();
    commitment_rate_too_high();
    commitment_too_many(max: number);
    contract_has_price_lists(contract: text, price_lists: list);
}
