//! What money that is paid back is taken from.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use crate::ids::{CreditNoteId, PaymentId};

/// What is on account of a payment or a credit note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Payment(PaymentId),
    CreditNote(CreditNoteId),
}

/// Takes an amount from what is on account, the first first; none where there is less of it.
pub fn draw(minor: i64, left: &[(Source, i64)]) -> Option<Vec<(Source, i64)>> {
    let mut wanted = minor;
    let mut parts = Vec::new();
    for (source, left) in left {
        let part = wanted.min(*left);
        if part > 0 {
            wanted -= part;
            parts.push((*source, part));
        }
    }
    (wanted == 0).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_is_taken_first_and_never_more_than_there_is() {
        let (one, two) = (Source::Payment(PaymentId(1)), Source::CreditNote(CreditNoteId(2)));
        let left = [(one, 100), (two, 50)];
        assert_eq!(draw(60, &left), Some(vec![(one, 60)]));
        assert_eq!(draw(120, &left), Some(vec![(one, 100), (two, 20)]));
        assert_eq!(draw(150, &left), Some(vec![(one, 100), (two, 50)]));
        assert_eq!(draw(151, &left), None);
    }

    proptest! {
        #[test]
        fn parts_come_to_the_amount(minor in 1_i64..1_000, left in proptest::collection::vec(0_i64..300, 0..6)) {
            let left: Vec<_> = (1..).zip(left).map(|(id, minor)| (Source::Payment(PaymentId(id)), minor)).collect();
            let all: i64 = left.iter().map(|(_, minor)| minor).sum();
            match draw(minor, &left) {
                Some(parts) => prop_assert_eq!(parts.iter().map(|(_, minor)| minor).sum::<i64>(), minor),
                None => prop_assert!(minor > all),
            }
        }
    }
}
