//! What agreements of rebates say.

use crate::sentences::sentences;

sentences! {
    rebate_exists();
    rebate_not_known();
    rebate_key_of_all();
    rebate_term_needs_an_end();
    rebate_ends_before();
    rebate_in_use();
    rebate_ends_earlier();
    rebate_currency(given: text, account: text);
    rebate_rate_too_high();
    rebate_tier_twice();
    rebate_tiers_at_most(max: number);
}
