//! The account itself: its name, tier, language, its terms of credit and payment.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::accounts;
use crate::accounts::editing::{Editor, cell, lock, record};
use crate::accounts::files;
use crate::accounts::rules::{Account, Part, may_edit};
use crate::accounts::sites;
use crate::accounts::store;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::kept::Difference;
use crate::version::{self, Expected};

/// What to change of an account; what is left out stays. Texts as they are typed.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct ChangeAccount {
    /// What it is called.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// ISO 4217; stays once there are orders or price lists.
    pub currency: Option<String>,
    /// The name of its tier.
    pub tier: Option<String>,
    /// Days from invoice to due date.
    pub payment_terms_days: Option<String>,
    /// A decimal; empty = no limit.
    pub credit_limit: Option<String>,
    /// Empty = none.
    pub vat_id: Option<String>,
    /// BCP 47.
    pub locale: Option<String>,
    /// IANA name.
    pub time_zone: Option<String>,
}

/// What of an account has a version.
pub fn version(account: &Account) -> Result<i64> {
    version::of_content(&(facts(account), account.closed_at.is_some()))
}

/// The account as the record tells it.
fn facts(account: &Account) -> Value {
    json!({
        "name": account.name,
        "country": account.country,
        "currency": account.currency.code(),
        "tier": account.tier.name(),
        "payment_terms_days": account.payment_terms_days,
        "credit_limit": account.credit_limit.map(|limit| limit.to_string()),
        "vat_id": account.vat_id,
        "locale": account.locale,
        "time_zone": account.time_zone.name(),
    })
}

/// The row of the import file that says what the change makes of the account.
fn row(account: &Account, change: &ChangeAccount) -> Vec<(&'static str, String)> {
    let changed = |change: &Option<String>, stored: String| change.clone().unwrap_or(stored);
    let limit = account.credit_limit.map(|limit| limit.to_string());
    vec![
        ("account", account.code.clone()),
        ("name", changed(&change.name, account.name.clone())),
        ("country", changed(&change.country, account.country.clone())),
        (
            "currency",
            changed(&change.currency, account.currency.code().to_owned()),
        ),
        ("tier", changed(&change.tier, account.tier.name().to_owned())),
        (
            "payment_terms_days",
            changed(&change.payment_terms_days, account.payment_terms_days.to_string()),
        ),
        ("credit_limit", changed(&change.credit_limit, cell(limit.as_deref()))),
        ("vat_id", changed(&change.vat_id, cell(account.vat_id.as_deref()))),
        ("locale", changed(&change.locale, account.locale.clone())),
        (
            "time_zone",
            changed(&change.time_zone, account.time_zone.name().to_owned()),
        ),
        ("price_strategy", account.price_strategy.clone()),
    ]
}

/// Changes an account; how it is now. The limit and the days to pay are finance's, the rest the account manager's.
pub fn change(
    tx: &mut Connection,
    editor: &Editor,
    id: AccountId,
    expected: &Expected,
    change: &ChangeAccount,
    now: Timestamp,
) -> Result<Account> {
    let before = lock(tx, id)?;
    expected.check(version(&before)?)?;
    files::accounts::store_one(tx, Some(&before), &row(&before, change))?;
    let after = accounts::get(tx, id)?;
    let Some(difference) = Difference::between(&facts(&before), &facts(&after))? else {
        return Ok(after);
    };
    let is_credit = |name: &String| ["payment_terms_days", "credit_limit"].contains(&name.as_str());
    let changed = || difference.is.as_object().into_iter().flat_map(|is| is.keys());
    if changed().any(is_credit) {
        editor.require(Part::Credit)?;
    }
    if changed().any(|name| !is_credit(name)) {
        editor.require(Part::Account)?;
    }
    let details = json!({ "was": difference.was, "is": difference.is });
    record(tx, editor, "account.change", id, id.to_string(), details, now)?;
    Ok(after)
}

/// An account to be opened. Texts as they are typed.
#[derive(Debug, Clone, Default)]
pub struct NewAccount {
    /// The supplier's own key for it.
    pub code: String,
    /// Everything else; what is left out has the import file's default, where there is one.
    pub terms: ChangeAccount,
}

/// Opens an account with one site of its name. Where the editor does not decide on credit, its limit is zero: its orders
/// wait for finance.
pub fn open(tx: &mut Connection, editor: &Editor, new: &NewAccount, now: Timestamp) -> Result<Account> {
    editor.require(Part::Account)?;
    let terms = &new.terms;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let lends = may_edit(&editor.roles, Part::Credit);
    if !lends && terms.credit_limit.is_some() {
        return Err(Error::Forbidden);
    }
    let credit_limit = if lends {
        text(&terms.credit_limit)
    } else {
        "0".to_owned()
    };
    let row = [
        ("account", new.code.clone()),
        ("name", text(&terms.name)),
        ("country", text(&terms.country)),
        ("currency", text(&terms.currency)),
        ("tier", text(&terms.tier)),
        ("payment_terms_days", text(&terms.payment_terms_days)),
        ("credit_limit", credit_limit),
        ("vat_id", text(&terms.vat_id)),
        ("locale", text(&terms.locale)),
        ("time_zone", text(&terms.time_zone)),
    ];
    let id = files::accounts::store_one(tx, None, &row)?;
    let account = accounts::get(tx, id)?;
    sites::files::generate_one(tx, &account)?;
    let mut details = facts(&account);
    details["code"] = json!(account.code);
    record(tx, editor, "account.open", id, id.to_string(), details, now)?;
    Ok(account)
}

/// Closes an account: the access of all its people ends. Doing it twice changes nothing.
pub fn close(tx: &mut Connection, editor: &Editor, id: AccountId, now: Timestamp) -> Result<Account> {
    editor.require(Part::Account)?;
    let account = store::find(tx, id)?.ok_or(Error::NotFound)?;
    accounts::close(tx, &editor.actor, &account.code, now)?;
    accounts::get(tx, id)
}
