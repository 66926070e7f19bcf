//! The worked example as what is collected, what takes the place of another, what is exempt by a code, and what is of a period.

use super::{day, worked};
use crate::invoices::einvoice::rules::document::{DirectDebit, Document, Kind, Period, Preceding};

/// It is collected by SEPA.
pub fn collected() -> Document {
    let mut document = worked("S", 21);
    let payment = document.payment.as_mut().expect("one");
    (payment.means, payment.account) = ("59", None);
    payment.mandate = Some(DirectDebit {
        reference: "MREF-2026-0042".to_owned(),
        creditor_id: Some("DE98ZZZ09999999999".to_owned()),
        iban: "DE75512108001245126199".to_owned(),
    });
    document
}

/// It takes the place of another, between two German parties.
pub fn corrected() -> Document {
    let mut document = worked("S", 21);
    document.kind = Kind::Corrected;
    document.seller.address.country = "DE".to_owned();
    document.preceding = Some(Preceding {
        number: "2026-000041".to_owned(),
        issued_on: day("2026-11-01"),
    });
    document.note = Some("The buyer has another name".to_owned());
    document
}

/// It is exempt for a reason of the list.
pub fn exempt() -> Document {
    let mut document = worked("E", 0);
    document.taxes[0].reason_code = Some("VATEX-EU-132-1C".to_owned());
    document
}

/// It adds to another what lines of a month cost more.
pub fn of_period() -> Document {
    let mut document = corrected();
    document.kind = Kind::Invoice;
    document.period = Some(Period {
        from: day("2026-11-01"),
        to: day("2026-11-30"),
    });
    document
}

/// All of them.
pub fn all() -> Vec<Document> {
    vec![collected(), corrected(), exempt(), of_period()]
}
