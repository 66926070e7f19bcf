//! What is said about erasures.

use crate::sentences::sentences;

sentences! {
    nobody_has_address();
    erase_not_oneself();
    address_differs();
    address_receives_invoices(account: text);
}
