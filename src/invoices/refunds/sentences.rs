//! What refunds say.

use crate::sentences::sentences;

sentences! {
    nothing_to_refund(account: text);
    refund_above_account(amount: money, left: money);
    refund_of_one();
    refund_iban(iban: text);
    refund_reversed();
    refund_left_by_bank();
}
