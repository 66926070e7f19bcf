//! `sites.csv`: where accounts take goods. An account without any site gets one, `MAIN`, from its name and country; it
//! stays when rows come later, since orders may go there.

use std::collections::HashSet;

use diesel::prelude::*;
use serde::Serialize;

use crate::accounts::files::accounts::Accounts;
use crate::accounts::rules;
use crate::accounts::sentences;
use crate::db::schema::sites;
use crate::db::sets::{Kind, Table};
use crate::db::violations::is_unique_violation;
use crate::db::{Connection, Database};
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, SiteId};
use crate::kept;
use crate::limits;
use crate::sheets::plan::{Checked, Row, Scope};
use crate::sheets::report::refused;
use crate::sheets::{Cells, Keys, Layout, Sheet, one_row};

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "sites.csv",
    required: &["account", "site", "name", "country"],
    optional: &["street", "city", "postal_code"],
};

/// The code of a generated site.
pub const GENERATED: &str = "MAIN";

static TABLE: Table = Table::new(
    "sites",
    &[
        ("id", Kind::BigInt),
        ("account_id", Kind::BigInt),
        ("code", Kind::Text),
        ("name", Kind::Text),
        ("country", Kind::Text),
        ("street", Kind::Text),
        ("city", Kind::Text),
        ("postal_code", Kind::Text),
    ],
);

const KEY: [&str; 2] = ["account_id", "code"];
const STORED: [&str; 5] = ["name", "country", "street", "city", "postal_code"];

#[derive(Debug, Serialize)]
struct SiteRow {
    id: SiteId,
    account_id: AccountId,
    code: String,
    name: String,
    country: String,
    street: Option<String>,
    city: Option<String>,
    postal_code: Option<String>,
}

impl Row for SiteRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    fn concerns(&self, scope: &Scope) -> bool {
        scope.accounts.contains(&self.account_id)
    }
}

/// The accounts that have a site.
pub type Housed = HashSet<AccountId>;

/// The accounts that have a stored site.
pub fn load_housed(connection: &mut Connection) -> Result<Housed> {
    let ids: Vec<AccountId> = sites::table.select(sites::account_id).distinct().load(connection)?;
    Ok(ids.into_iter().collect())
}

/// Checks the file; `housed` gets the accounts of its good rows. New sites get ids in the file's order: an account's
/// first one is its default.
pub fn check(db: &Database, mut sheet: Sheet, accounts: &Accounts, housed: &mut Housed) -> Result<Checked> {
    let mut keys = Keys::new();
    let rows = sheet.rows(|cells| site(cells, accounts, &mut keys));
    housed.extend(rows.iter().map(|row| row.account_id));
    let stored = STORED.map(|column| (column, column));
    let upsert = TABLE.upsert(&KEY, None, &sheet.brings(&stored));
    let mut checked = Checked::new(sheet);
    checked.upsert(db, rows, upsert)?;
    Ok(checked)
}

/// One site of `account` from the cells that a form or a request gives, under the same rules. `stored` is the site as it was, nothing
/// for a new one. Codes never change.
pub fn store_one(
    tx: &mut Connection,
    account: &rules::Account,
    stored: Option<&rules::Site>,
    code: &str,
    mut cells: kept::Row,
) -> Result<SiteId> {
    let known = Accounts::of(account);
    cells.extend([("account", account.code.clone()), ("site", code.to_owned())]);
    let row = one_row(&LAYOUT, 1, &cells, |cells| site(cells, &known, &mut Keys::new()));
    let row = row.map_err(|faults| refused(faults, pointer))?;
    if let Some(stored) = stored {
        TABLE
            .upsert(&KEY, None, &STORED)
            .run(tx, &crate::db::sets::json(&[row])?)?;
        return Ok(stored.id);
    }
    let id = row.id;
    TABLE.insert(tx, &[row]).map_err(|error| {
        match is_unique_violation(&error, "sites_code", &["account_id", "code"]) {
            true => Error::invalid("/code", Code::DuplicateKey, sentences::site_code_used()),
            false => error,
        }
    })?;
    Ok(id)
}

/// Requests call the key what it is.
fn pointer(column: &str) -> String {
    match column {
        "site" => "/code".to_owned(),
        other => format!("/{other}"),
    }
}

/// The site of an account that was given none.
pub fn generate_one(tx: &mut Connection, account: &rules::Account) -> Result<()> {
    let cells = vec![("name", account.name.clone()), ("country", account.country.clone())];
    store_one(tx, account, None, GENERATED, cells).map(drop)
}

/// Adds a site for every account that has none.
pub fn house_others(checked: &mut Checked, accounts: &Accounts, housed: &Housed) {
    let mut homeless: Vec<_> = accounts.all().filter(|account| !housed.contains(&account.id)).collect();
    homeless.sort_unstable_by_key(|account| account.id);
    let rows: Vec<_> = homeless
        .into_iter()
        .map(|account| SiteRow {
            id: SiteId::new(),
            account_id: account.id,
            code: GENERATED.to_owned(),
            name: account.name.clone(),
            country: account.country.clone(),
            street: None,
            city: None,
            postal_code: None,
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    checked.notes.push(sentences::sites_generated(GENERATED, rows.len()));
    let upsert = TABLE.upsert(&KEY, None, &[]);
    checked.add_work(rows, move |tx, chunk| {
        upsert.run(tx, &chunk.json)?;
        Ok(Vec::new())
    });
}

fn site(cells: &mut Cells<'_>, accounts: &Accounts, keys: &mut Keys<(AccountId, String)>) -> Option<SiteRow> {
    let account = accounts.named(cells, "account");
    let code = cells.code("site", limits::CODE);
    let key = account.zip(code).map(|(account, code)| (account.id, code.to_owned()));
    let once = key.clone().and_then(|key| keys.note(cells, "site", key));
    let name = cells.text("name", limits::NAME);
    let country = cells.country("country");
    let street = cells.optional_text("street", limits::ADDRESS);
    let city = cells.optional_text("city", limits::ADDRESS);
    let postal_code = cells.optional_text("postal_code", limits::POSTAL_CODE);
    let ((account_id, code), ()) = (key?, once?);
    Some(SiteRow {
        id: SiteId::new(),
        account_id,
        code,
        name: name?.to_owned(),
        country: country?.to_owned(),
        street: street?.map(str::to_owned),
        city: city?.map(str::to_owned),
        postal_code: postal_code?.map(str::to_owned),
    })
}
