//! The import file of what accounts keep, and its one check: of rows of the file, of requests and of forms.

use super::Kept;
use super::store::{self, KeptRow};
use crate::accounts::files::accounts::Accounts;
use crate::accounts::rules::Account;
use crate::db::{Connection, Database};
use crate::error::Result;
use crate::ids::AccountId;
use crate::kept;
use crate::keys;
use crate::limits;
use crate::sheets::plan::Checked;
use crate::sheets::report::refused;
use crate::sheets::{Cells, Keys, Sheet, one_row};

/// The good rows of a file, in its order; so are their ids.
pub fn rows<T: Kept>(db: &Database, sheet: &mut Sheet, accounts: &Accounts, known: &T::Known) -> Result<Vec<KeptRow>> {
    let codes = db.read_now(store::codes::<T>)?;
    let mut seen = Keys::new();
    Ok(sheet.rows(|cells| row::<T>(cells, accounts, (known, &codes), &mut seen)))
}

/// The file with these good rows.
pub fn checked<T: Kept>(db: &Database, sheet: Sheet, rows: Vec<KeptRow>) -> Result<Checked> {
    let noun = T::noun();
    let columns: Vec<_> = noun.fields.iter().map(|field| (field.name, field.name)).collect();
    let upsert = noun.upsert(&sheet.brings(&columns));
    let mut checked = Checked::new(sheet);
    checked.upsert(db, rows, upsert)?;
    Ok(checked)
}

/// Stores one of the account from cells that a request or a form gives, under the rules of the file.
pub fn put<T: Kept>(
    tx: &mut Connection,
    account: &Account,
    code: &str,
    mut cells: kept::Row,
    is_new: bool,
) -> Result<()> {
    let (noun, known) = (T::noun(), T::known(tx, account.id)?);
    cells.extend([("account", account.code.clone()), (noun.name, code.to_owned())]);
    // What is not given is none; a file's missing column would leave what is stored.
    let left_out = noun
        .names()
        .into_iter()
        .filter(|name| cells.iter().all(|(known, _)| known != name));
    let left_out: Vec<_> = left_out.collect();
    cells.extend(left_out.into_iter().map(|name| (name, String::new())));
    let accounts = Accounts::of(account);
    let codes = store::codes_of::<T>(tx, account.id)?;
    let row = one_row(&noun.layout, 1, &cells, |cells| {
        row::<T>(cells, &accounts, (&known, &codes), &mut Keys::new())
    });
    // Requests call the key what it is.
    let pointer = |column: &str| format!("/{}", if column == noun.name { "code" } else { column });
    let row = row.map_err(|faults| refused(faults, pointer))?;
    match is_new {
        true => store::insert(tx, noun, row),
        false => store::update(tx, noun, row),
    }
}

fn row<T: Kept>(
    cells: &mut Cells<'_>,
    accounts: &Accounts,
    (known, codes): (&T::Known, &store::Codes),
    seen: &mut Keys<(AccountId, String)>,
) -> Option<KeptRow> {
    let noun = T::noun();
    let owner = accounts.named(cells, "account").map(|account| account.id);
    let code = cells.code(noun.name, limits::CODE);
    let key = owner.zip(code.map(str::to_owned));
    let form = key.as_ref().and_then(|(owner, code)| match codes.get(owner) {
        Some(codes) => cells.unlike(noun.name, code, codes),
        None => Some(keys::folded(code)),
    });
    let once = owner.zip(form).and_then(|form| seen.note(cells, noun.name, form));
    let values = noun.read(cells);
    let fits = owner.and_then(|owner| T::fits(cells, owner, known));
    let ((account_id, code), (), ()) = (key?, once?, fits?);
    Some(KeptRow::new(account_id, &code, values?))
}
