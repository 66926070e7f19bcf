//! Whatever is credited of whatever invoice, in whatever parts: each credit note keeps the rules of receivers, and all of them
//! are the invoice.

use proptest::prelude::{any, prop, prop_assert_eq, prop_assume, proptest};

use super::{both, ordered};
use crate::invoices::credits::rules::{Asked, Credited, What, credit};
use crate::invoices::einvoice::rules::building;
use crate::invoices::einvoice::rules::document::amount;
use crate::invoices::einvoice::rules::samples::{add, credited, invoice};
use crate::languages::Language;
use crate::money::Money;
use crate::quantity::Quantity;

proptest! {
    #[test]
    fn any_part_of_an_invoice_is_credited_to_the_cent(
        code in prop::sample::select(vec!["EUR", "JPY", "HUF"]),
        lines in prop::collection::vec(ordered(), 1..6),
        parts in prop::collection::vec((1_i32..7, any::<bool>(), 1_i64..100_000), 0..5),
    ) {
        let invoice = invoice(code, &lines);
        prop_assume!(invoice.lines.iter().all(|line| line.net.minor >= 0) && invoice.net.minor > 0);
        let mut before = Credited::default();
        let mut payable = 0;
        let asked = parts.into_iter().map(|(position, is_amount, size)| {
            let decimals = invoice.lines.iter().find(|line| line.position == position).map_or(0, |line| line.quantity.ordered.decimals);
            let what = match is_amount {
                true => What::Net(Money::new(size, invoice.currency).to_string()),
                false => What::Quantity(Quantity::new(size, decimals).to_string()),
            };
            Some([Asked { position, what }])
        });
        for asked in asked.chain([None]) {
            // What is too much is refused.
            let Ok(part) = credit(&invoice, &before, asked.as_ref().map(|asked| asked.as_slice())) else { continue };
            add(&mut before, &part);
            let note = credited(&invoice, part);
            let document = building::credit_note(&note, Language::En);
            let (head, told) = both(&document);
            prop_assert_eq!(&head["BT-3"], &["381"]);
            prop_assert_eq!(&head["BT-25"], &[invoice.number.as_str()]);
            prop_assert_eq!(&head["BT-115"], &[amount(note.gross)]);
            for (line, told) in note.lines.iter().zip(told) {
                prop_assert_eq!(&told["BT-131"], &[amount(line.line.net)]);
            }
            payable += note.gross.minor;
        }
        prop_assert_eq!(payable, invoice.gross.minor);
    }
}
