//! `sites.csv`: where accounts take goods. An account without any site gets one, `MAIN`, from its name and country; it
//! stays when rows come later, since orders may go there.

use std::collections::{HashMap, HashSet};

use super::Site;
use crate::accounts::files::accounts::Accounts;
use crate::accounts::keeping::store::KeptRow;
use crate::accounts::keeping::{Kept, files};
use crate::accounts::rules::Account;
use crate::accounts::sentences;
use crate::db::{Connection, Database, sql};
use crate::error::Result;
use crate::ids::AccountId;
use crate::sheets::Sheet;
use crate::sheets::plan::Checked;

pub const FILE: &str = "sites.csv";

/// The code of a generated site.
pub const GENERATED: &str = "MAIN";

/// The codes of the sites of accounts.
pub type Sites = HashMap<AccountId, HashSet<String>>;

/// The stored ones.
pub fn load(connection: &mut Connection) -> Result<Sites> {
    let rows = sql("SELECT account_id, code FROM sites").rows(connection)?;
    Ok(by_account(rows))
}

/// Those of one account.
pub fn load_of(connection: &mut Connection, account_id: AccountId) -> Result<Sites> {
    let rows = sql("SELECT account_id, code FROM sites WHERE account_id = $1").bind(account_id);
    Ok(by_account(rows.rows(connection)?))
}

fn by_account(rows: Vec<(AccountId, String)>) -> Sites {
    let mut sites = Sites::new();
    for (account_id, code) in rows {
        sites.entry(account_id).or_default().insert(code);
    }
    sites
}

/// Checks the file; `sites` gets its good rows. New sites get ids in the file's order: an account's
/// first one is its default.
pub fn check(db: &Database, mut sheet: Sheet, accounts: &Accounts, sites: &mut Sites) -> Result<Checked> {
    let rows = files::rows::<Site>(db, &mut sheet, accounts, &())?;
    for row in &rows {
        sites.entry(row.account_id).or_default().insert(row.code.clone());
    }
    files::checked::<Site>(db, sheet, rows)
}

/// The site of an account that was given none.
pub fn generate_one(tx: &mut Connection, account: &Account) -> Result<()> {
    let cells = vec![("name", account.name.clone()), ("country", account.country.clone())];
    files::put::<Site>(tx, account, GENERATED, cells, true)
}

/// Adds a site for every account that has none.
pub fn house_others(checked: &mut Checked, accounts: &Accounts, sites: &mut Sites) {
    let mut homeless: Vec<_> = accounts
        .all()
        .filter(|account| !sites.contains_key(&account.id))
        .collect();
    homeless.sort_unstable_by_key(|account| account.id);
    let rows = homeless.into_iter().map(|account| {
        let values = [("name", account.name.as_str()), ("country", account.country.as_str())];
        KeptRow::new(
            account.id,
            GENERATED,
            values.map(|(name, text)| (name, text.into())).into(),
        )
    });
    let rows: Vec<_> = rows.collect();
    for row in &rows {
        sites.entry(row.account_id).or_default().insert(row.code.clone());
    }
    if rows.is_empty() {
        return;
    }
    checked.notes.push(sentences::sites_generated(GENERATED, rows.len()));
    let upsert = Site::noun().upsert(&[]);
    checked.add_work(rows, move |tx, chunk| {
        upsert.run(tx, &chunk.json)?;
        Ok(Vec::new())
    });
}
