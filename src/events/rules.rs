//! What readers of events see.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use crate::ids::{
    self, AccountId, AssortmentId, InvitationId, InvoiceId, MessageId, OrderId, PasswordResetId, PaymentId, PersonId,
    PriceListId, ReceiptId, ShipmentId, TeamMemberId,
};

/// What the events of a type are about, by the first part of the type.
const SUBJECTS: [(&str, &str); 13] = [
    ("account", AccountId::PREFIX),
    ("assortment", AssortmentId::PREFIX),
    ("invitation", InvitationId::PREFIX),
    ("invoice", InvoiceId::PREFIX),
    ("mail", MessageId::PREFIX),
    ("member", PersonId::PREFIX),
    ("order", OrderId::PREFIX),
    ("password_reset", PasswordResetId::PREFIX),
    ("payment", PaymentId::PREFIX),
    ("price_list", PriceListId::PREFIX),
    ("receipt", ReceiptId::PREFIX),
    ("shipment", ShipmentId::PREFIX),
    ("team", TeamMemberId::PREFIX),
];

/// What events of this type are about: `order` for `order.placed`.
pub fn noun(kind: &str) -> &str {
    kind.split_once('.').map_or(kind, |(noun, _)| noun)
}

/// The outside id of what an event of this type is about.
pub fn subject(kind: &str, id: i64) -> String {
    let known = SUBJECTS.iter().find(|(known, _)| *known == noun(kind));
    // A type that an older program doesn't know yet still has a subject that is always written the same.
    let prefix = known.map_or(noun(kind), |(_, prefix)| prefix);
    format!("{prefix}_{}", ids::encode(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_told_by_its_outside_id() {
        for (kind, expected) in [
            ("order.placed", OrderId(7).to_string()),
            ("shipment.created", ShipmentId(7).to_string()),
            ("invoice.issued", InvoiceId(7).to_string()),
            ("payment.reversed", PaymentId(7).to_string()),
            ("invitation.created", InvitationId(7).to_string()),
            ("comet.seen", format!("comet_{}", ids::encode(7))),
        ] {
            assert_eq!(subject(kind, 7), expected);
        }
    }
}
