//! What accounts of the demonstration may pay less, and which differences are given up.

use crate::accounts;
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::Result;
use crate::invoices::settling::rules::Bearer;
use crate::invoices::settling::{self, SettingsInput};
use crate::invoices::terms::rules::StatementMail;
use crate::invoices::terms::{self, TermsInput};

/// Who pays early, within how many days, and how much of a hundred is kept then.
const DISCOUNTS: [(&str, i32, &str); 2] = [("ELBTOR", 14, "2"), ("SAENTIS", 10, "1.5")];

/// Sets it before the year begins.
pub(super) fn set(tx: &mut Connection, at: Timestamp) -> Result<()> {
    let actor = Actor::program("demo");
    for (code, days, percent) in DISCOUNTS {
        let account = accounts::open_by_code(tx, code)?;
        let input = TermsInput {
            steps: vec![(days, percent.to_owned())],
            statement_mail: StatementMail::Off,
        };
        terms::set(tx, account.id, &input, &actor, at)?;
    }
    let input = SettingsInput {
        tolerance_percent: None,
        grace_days: 0,
        bank_charges: Bearer::Supplier,
        tolerances: vec![("EUR".to_owned(), "0.50".to_owned())],
    };
    settling::set(tx, &input, &actor, at).map(drop)
}
