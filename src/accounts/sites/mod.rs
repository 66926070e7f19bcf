//! The sites of an account.

pub mod files;
pub mod supplier_api;
pub mod supplier_pages;

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::accounts::editing::{Editor, lock, record, record_change};
use crate::accounts::rules::Site;
use crate::accounts::store;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::identity::rules::rights::MayManageAccounts;
use crate::ids::{AccountId, SiteId};
use crate::kept;
use crate::version::{self, Expected};

const COLUMNS: [&[&str]; 2] = [files::LAYOUT.required, files::LAYOUT.optional];

/// What to change of a site; what is left out stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChangeSiteBody)]
pub struct SiteInput {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    pub name: Option<String>,
    /// ISO 3166-1 alpha-2; decides the tax of later orders.
    pub country: Option<String>,
    /// Null = none.
    #[serde(default, deserialize_with = "kept::text")]
    pub street: Option<String>,
    /// Null = none.
    #[serde(default, deserialize_with = "kept::text")]
    pub city: Option<String>,
    /// Null = none.
    #[serde(default, deserialize_with = "kept::text")]
    pub postal_code: Option<String>,
}

/// A site to be added.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AddSiteBody)]
pub struct NewSite {
    /// What `ship_to` of an order names, 1 to 64 characters; stays for good.
    #[schema(min_length = 1, max_length = 64, example = "HAMBURG")]
    code: String,
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// ISO 3166-1 alpha-2; decides the tax.
    #[schema(example = "DE")]
    country: String,
    street: Option<String>,
    city: Option<String>,
    postal_code: Option<String>,
}

impl From<&Site> for SiteInput {
    fn from(site: &Site) -> Self {
        Self {
            name: Some(site.name.clone()),
            country: Some(site.country.clone()),
            street: site.street.clone(),
            city: site.city.clone(),
            postal_code: site.postal_code.clone(),
        }
    }
}

/// What of a site has a version.
pub fn version(site: &Site) -> Result<i64> {
    version::of_content(&SiteInput::from(site))
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
#[expect(clippy::indexing_slicing, reason = "a member of a JSON object")]
pub fn add(tx: &mut Connection, editor: &Editor, account_id: AccountId, new: &NewSite, now: Timestamp) -> Result<Site> {
    editor.require::<MayManageAccounts>()?;
    let account = lock(tx, account_id)?;
    let id = files::store_one(tx, &account, None, &new.code, kept::row(new, &COLUMNS)?)?;
    let site = get(tx, account_id, id)?;
    let mut details = json!(SiteInput::from(&site));
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
    change: &SiteInput,
    now: Timestamp,
) -> Result<Site> {
    editor.require::<MayManageAccounts>()?;
    let account = lock(tx, account_id)?;
    let stored = get(tx, account_id, id)?;
    expected.check(version(&stored)?)?;
    let before = SiteInput::from(&stored);
    let row = kept::overlaid(&before, change, &COLUMNS)?;
    files::store_one(tx, &account, Some(&stored), &stored.code, row)?;
    let site = get(tx, account_id, id)?;
    let (what, named) = (
        ("site.change", account_id, id.to_string()),
        json!({ "code": site.code }),
    );
    record_change(tx, editor, what, (&before, &SiteInput::from(&site)), named, now)?;
    Ok(site)
}
