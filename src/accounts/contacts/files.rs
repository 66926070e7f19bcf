//! `contacts.csv`: people of accounts who do not sign in. `mails` are names of kinds of mails, parted by blanks.

use super::Contact;
use crate::accounts::files::accounts::Accounts;
use crate::accounts::keeping::files;
use crate::accounts::sites::files::Sites;
use crate::db::Database;
use crate::error::Result;
use crate::sheets::Sheet;
use crate::sheets::plan::Checked;

pub const FILE: &str = "contacts.csv";

/// Checks the file; `sites` are the stored ones and those of the folder.
pub fn check(db: &Database, mut sheet: Sheet, accounts: &Accounts, sites: &Sites) -> Result<Checked> {
    let rows = files::rows::<Contact>(db, &mut sheet, accounts, sites)?;
    files::checked::<Contact>(db, sheet, rows)
}
