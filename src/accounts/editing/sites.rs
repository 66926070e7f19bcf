//! The sites of an account.

use serde_json::{Value, json};

use super::{Difference, Editor, cell, lock, record};
use crate::accounts::rules::{Part, Site};
use crate::accounts::{files, store};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::ids::{AccountId, SiteId};
use crate::version::{self, Expected};

/// What a site is to be; of a stored one what is left out stays. Texts as they are typed, empty ones are none.
#[derive(Debug, Clone, Default)]
pub struct SiteInput {
    /// What it is called.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-2; decides the tax of later orders.
    pub country: Option<String>,
    /// Street and number.
    pub street: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
}

/// What of a site has a version.
pub fn version(site: &Site) -> Result<i64> {
    version::of_content(&facts(site))
}

fn facts(site: &Site) -> Value {
    json!({
        "name": site.name,
        "country": site.country,
        "street": site.street,
        "city": site.city,
        "postal_code": site.postal_code,
    })
}

fn row(code: &str, stored: Option<&Site>, input: &SiteInput) -> Vec<(&'static str, String)> {
    let given = |input: &Option<String>, stored: Option<&str>| input.clone().unwrap_or_else(|| cell(stored));
    let name = stored.map(|site| site.name.as_str());
    let country = stored.map(|site| site.country.as_str());
    let street = stored.and_then(|site| site.street.as_deref());
    let city = stored.and_then(|site| site.city.as_deref());
    let postal_code = stored.and_then(|site| site.postal_code.as_deref());
    vec![
        ("site", code.to_owned()),
        ("name", given(&input.name, name)),
        ("country", given(&input.country, country)),
        ("street", given(&input.street, street)),
        ("city", given(&input.city, city)),
        ("postal_code", given(&input.postal_code, postal_code)),
    ]
}

/// The account that has this site: for staff, who name no account.
pub fn account_of(connection: &mut Connection, id: SiteId) -> Result<AccountId> {
    store::find_account_of_site(connection, id)?.ok_or(Error::NotFound)
}

/// A site of the account.
pub fn get(connection: &mut Connection, account_id: AccountId, id: SiteId) -> Result<Site> {
    store::find_site_by_id(connection, account_id, id)?.ok_or(Error::NotFound)
}

/// Adds a site behind the others.
pub fn add(
    tx: &mut Connection,
    editor: &Editor,
    account_id: AccountId,
    code: &str,
    input: &SiteInput,
    now: Timestamp,
) -> Result<Site> {
    editor.require(Part::Account)?;
    let account = lock(tx, account_id)?;
    let id = files::sites::store_one(tx, &account, None, &row(code, None, input))?;
    let site = get(tx, account_id, id)?;
    let mut details = facts(&site);
    details["code"] = json!(site.code);
    record(tx, editor, "site.add", account_id, id.to_string(), details, now)?;
    Ok(site)
}

/// Changes a site; how it is now. Orders that were placed keep the address they went to on their papers.
pub fn change(
    tx: &mut Connection,
    editor: &Editor,
    account_id: AccountId,
    id: SiteId,
    expected: &Expected,
    input: &SiteInput,
    now: Timestamp,
) -> Result<Site> {
    editor.require(Part::Account)?;
    let account = lock(tx, account_id)?;
    let before = get(tx, account_id, id)?;
    expected.check(version(&before)?)?;
    files::sites::store_one(tx, &account, Some(&before), &row(&before.code, Some(&before), input))?;
    let after = get(tx, account_id, id)?;
    if let Some(difference) = Difference::between(&facts(&before), &facts(&after)) {
        let details = json!({ "code": after.code, "was": difference.was, "is": difference.is });
        record(tx, editor, "site.change", account_id, id.to_string(), details, now)?;
    }
    Ok(after)
}
