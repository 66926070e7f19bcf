//! What a payment settles: invoices, then what reminders cost.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

/// What a payment settles: what and minor units; and what of it stays on account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched<Id> {
    /// In the order of the items.
    pub applied: Vec<(Id, i64)>,
    /// Left over.
    pub on_account_minor: i64,
}

/// Settles `open` items (what, and what is left of it, in the order to settle them) with `amount_minor`: each as far
/// as the money goes.
pub fn settle<Id>(amount_minor: i64, open: impl IntoIterator<Item = (Id, i64)>) -> Matched<Id> {
    let mut left = amount_minor;
    let mut applied = Vec::new();
    for (id, open_minor) in open {
        let part = open_minor.min(left);
        if part > 0 {
            left -= part;
            applied.push((id, part));
        }
    }
    Matched {
        applied,
        on_account_minor: left,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::InvoiceId;
    use proptest::prelude::*;

    #[test]
    fn the_first_invoice_is_settled_first() {
        let open = [(InvoiceId(1), 100), (InvoiceId(2), 50), (InvoiceId(3), 70)];
        let check = |amount, expected: &[(i64, i64)], rest| {
            let matched = settle(amount, open);
            let applied: Vec<_> = matched.applied.iter().map(|(id, minor)| (id.0, *minor)).collect();
            assert_eq!(
                (applied.as_slice(), matched.on_account_minor),
                (expected, rest),
                "{amount}"
            );
        };
        check(60, &[(1, 60)], 0);
        check(100, &[(1, 100)], 0);
        check(120, &[(1, 100), (2, 20)], 0);
        check(250, &[(1, 100), (2, 50), (3, 70)], 30);
    }

    proptest! {
        #[test]
        fn no_money_comes_or_goes(amount in 1_i64..10_000, open in proptest::collection::vec(0_i64..2_000, 0..10)) {
            let items: Vec<_> = (1..).map(InvoiceId).zip(open.iter().copied()).collect();
            let matched = settle(amount, items.clone());
            let applied: i64 = matched.applied.iter().map(|(_, minor)| minor).sum();
            prop_assert_eq!(applied + matched.on_account_minor, amount);
            for (id, minor) in &matched.applied {
                let left = items.iter().find(|(item, _)| item == id).map(|(_, left)| *left);
                prop_assert!(*minor > 0 && Some(*minor) <= left);
            }
            // Something stays on account only if nothing is left open.
            prop_assert!(matched.on_account_minor == 0 || applied == open.iter().sum::<i64>());
        }
    }
}
