//! The account itself: its name, tier, language, its terms of credit and payment.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::accounts;
use crate::accounts::editing::{Editor, lock, record};
use crate::accounts::files;
use crate::accounts::rules::{Account, EinvoiceFormat, EinvoiceWay, Tier, VatState};
use crate::accounts::sites;
use crate::accounts::store;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::identity::rules::rights::{MayLend, MayManageAccounts, Right};
use crate::ids::AccountId;
use crate::kept::{self, Difference, FlagText, IntegerText};
use crate::names::sets::{BackorderChoice, DeliveryChoice, PriceStrategy};
use crate::version::{self, Expected};

const COLUMNS: [&[&str]; 2] = [files::accounts::LAYOUT.required, files::accounts::LAYOUT.optional];

/// What to change of an account; what is left out stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChangeAccountBody)]
pub struct ChangeAccount {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    /// ISO 3166-1 alpha-2.
    #[schema(example = "DE")]
    pub country: Option<String>,
    /// ISO 4217; stays once there are orders or price lists.
    #[schema(example = "EUR")]
    pub currency: Option<String>,
    #[schema(value_type = Option<Tier>)]
    tier: Option<String>,
    /// Days from invoice to due date, 0 to 3650; for finance.
    #[schema(value_type = Option<i64>, example = 30)]
    payment_terms_days: Option<IntegerText>,
    /// For finance. Null = no limit, zero holds every order.
    #[serde(default, deserialize_with = "kept::text")]
    #[schema(example = "250000.00")]
    credit_limit: Option<String>,
    /// Null = none.
    #[serde(default, deserialize_with = "kept::text")]
    #[schema(example = "DE123456789")]
    vat_id: Option<String>,
    /// What the country that gave the VAT id said of it; another VAT id is `unchecked` again.
    #[serde(default, deserialize_with = "kept::text")]
    #[schema(value_type = Option<VatState>)]
    vat_check: Option<String>,
    /// When it was asked; needed beside any answer.
    #[serde(default, deserialize_with = "kept::text")]
    #[schema(value_type = Option<String>, format = Date)]
    vat_checked_on: Option<String>,
    /// What shows the answer: the number of the request, where it lies. At most 200 characters.
    #[serde(default, deserialize_with = "kept::text")]
    vat_evidence: Option<String>,
    /// What invoices are written in beside paper; unless `none`, an invoice that its receiver would refuse is not issued.
    #[schema(value_type = Option<EinvoiceFormat>)]
    einvoice: Option<String>,
    /// How the account gets its e-invoices.
    #[schema(value_type = Option<EinvoiceWay>)]
    einvoice_by: Option<String>,
    /// Electronic address, scheme of the EAS list and number (BT-49). Null = none.
    #[serde(default, deserialize_with = "kept::text")]
    #[schema(example = "0088:4012345000009", max_length = 120)]
    endpoint: Option<String>,
    /// Number in a register, perhaps with its ISO 6523 scheme before it (BT-47). Null = none.
    #[serde(default, deserialize_with = "kept::text")]
    #[schema(example = "HRB 12345", max_length = 64)]
    legal_id: Option<String>,
    /// What the buyer wants to read on every invoice (BT-10), at most 100 characters. Null = none.
    #[serde(default, deserialize_with = "kept::text")]
    #[schema(example = "04011000-12345-34", max_length = 100)]
    buyer_reference: Option<String>,
    /// True: no invoice is issued without a buyer reference.
    #[schema(value_type = Option<bool>)]
    needs_buyer_reference: Option<FlagText>,
    /// The contract that invoices name (BT-12), at most 100 characters. Null = none.
    #[serde(default, deserialize_with = "kept::text")]
    #[schema(max_length = 100)]
    contract_reference: Option<String>,
    /// Days to answer its claims, 0 to 365; null = as for all.
    #[serde(default, deserialize_with = "kept::integer")]
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 365, example = 5)]
    claim_answer_days: Option<IntegerText>,
    /// Formats in which its invoices are written beside `einvoice`, parted by blanks; null = none.
    #[serde(default, deserialize_with = "kept::text")]
    #[schema(example = "cii factur_x")]
    einvoice_also: Option<String>,
    /// Where invoices and credit notes are sent by mail, beside those who pay. Null = nowhere else.
    #[serde(default, deserialize_with = "kept::text")]
    #[schema(format = Email, max_length = 254)]
    einvoice_email: Option<String>,
    /// Reference of the direct debit mandate (BT-89); goes with `mandate_iban`. Null = it pays by itself.
    #[serde(default, deserialize_with = "kept::text")]
    #[schema(example = "MREF-2026-0042", max_length = 35)]
    mandate_reference: Option<String>,
    /// The account that is debited (BT-91).
    #[serde(default, deserialize_with = "kept::text")]
    #[schema(example = "DE75512108001245126199", max_length = 42)]
    mandate_iban: Option<String>,
    /// Whether orders leave in parts that say nothing else.
    #[schema(value_type = Option<DeliveryChoice>)]
    delivery: Option<String>,
    /// What becomes of what is not there, where an order says nothing else; `until` wants `cancel_after_days`.
    #[schema(value_type = Option<BackorderChoice>)]
    backorder: Option<String>,
    /// How many days it waits, of `until`, 1 to 365; null = none.
    #[serde(default, deserialize_with = "kept::integer")]
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 365, example = 14)]
    cancel_after_days: Option<IntegerText>,
    /// How its prices are chosen: by the first kind of list that has one, or the one at which a line costs least.
    #[schema(value_type = Option<PriceStrategy>)]
    price_strategy: Option<String>,
    /// BCP 47.
    #[schema(example = "de-DE")]
    locale: Option<String>,
    /// IANA time zone.
    #[schema(example = "Europe/Berlin")]
    time_zone: Option<String>,
}

/// An account to be opened.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OpenAccountBody)]
pub struct NewAccount {
    /// The supplier's own key for it, 1 to 64 characters; stays for good.
    #[schema(min_length = 1, max_length = 64, example = "NORDWIND")]
    code: String,
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// ISO 3166-1 alpha-2.
    #[schema(example = "DE")]
    pub country: String,
    /// ISO 4217; every amount of the account is in it.
    #[schema(example = "EUR")]
    pub currency: String,
    #[schema(value_type = Tier)]
    tier: String,
    /// Days from invoice to due date, 0 to 3650.
    #[schema(value_type = i64, example = 30)]
    payment_terms_days: IntegerText,
    /// For finance and `admin`: null or absent = no limit. Opened by others an account has the limit zero, so that its
    /// orders wait for finance.
    #[schema(example = "250000.00")]
    credit_limit: Option<String>,
    /// Its VAT identification number.
    vat_id: Option<String>,
    /// BCP 47; default `en`.
    #[schema(example = "de-DE")]
    locale: Option<String>,
    /// IANA time zone; default `UTC`.
    #[schema(example = "Europe/Berlin")]
    time_zone: Option<String>,
}

impl From<&Account> for ChangeAccount {
    fn from(account: &Account) -> Self {
        let limit = account.credit_limit.map(|limit| limit.to_string());
        Self {
            name: Some(account.name.clone()),
            country: Some(account.country.clone()),
            currency: Some(account.currency.code().to_owned()),
            tier: Some(account.tier.name().to_owned()),
            payment_terms_days: Some(IntegerText(account.payment_terms_days.to_string())),
            credit_limit: limit,
            vat_id: account.vat_id.clone(),
            vat_check: Some(account.vat_check.state.name().to_owned()),
            vat_checked_on: account.vat_check.on.map(|on| on.to_string()),
            vat_evidence: account.vat_check.evidence.clone(),
            einvoice: Some(account.einvoicing.format.name().to_owned()),
            einvoice_by: Some(account.einvoicing.way.name().to_owned()),
            endpoint: account.einvoicing.endpoint.clone(),
            legal_id: account.einvoicing.legal_id.clone(),
            buyer_reference: account.einvoicing.buyer_reference.clone(),
            needs_buyer_reference: Some(FlagText(account.einvoicing.needs_buyer_reference.to_string())),
            contract_reference: account.einvoicing.contract.clone(),
            claim_answer_days: account.claim_answer_days.map(|days| IntegerText(days.to_string())),
            einvoice_also: account.einvoicing.also_text(),
            einvoice_email: account.einvoicing.email.clone(),
            mandate_reference: account.einvoicing.mandate_reference.clone(),
            mandate_iban: account.einvoicing.mandate_iban.clone(),
            delivery: Some(account.usual.delivery.name().to_owned()),
            backorder: Some(account.usual.backorder.name().to_owned()),
            cancel_after_days: account
                .usual
                .cancel_after_days
                .map(|days| IntegerText(days.to_string())),
            price_strategy: Some(account.price_strategy.name().to_owned()),
            locale: Some(account.locale.clone()),
            time_zone: Some(account.time_zone.name().to_owned()),
        }
    }
}

pub fn version(account: &Account) -> Result<i64> {
    version::of_content(&(facts(account), account.closed_at.is_some()))
}

/// The account as the audit record has it.
fn facts(account: &Account) -> Value {
    json!({
        "name": account.name,
        "country": account.country,
        "currency": account.currency.code(),
        "tier": account.tier.name(),
        "payment_terms_days": account.payment_terms_days,
        "credit_limit": account.credit_limit.map(|limit| limit.to_string()),
        "vat_id": account.vat_id,
        "vat_check": account.vat_check.state,
        "vat_checked_on": account.vat_check.on,
        "vat_evidence": account.vat_check.evidence,
        "einvoice": account.einvoicing.format,
        "einvoice_by": account.einvoicing.way,
        "endpoint": account.einvoicing.endpoint,
        "legal_id": account.einvoicing.legal_id,
        "buyer_reference": account.einvoicing.buyer_reference,
        "needs_buyer_reference": account.einvoicing.needs_buyer_reference,
        "contract_reference": account.einvoicing.contract,
        "claim_answer_days": account.claim_answer_days,
        "einvoice_also": account.einvoicing.also,
        "einvoice_email": account.einvoicing.email,
        "mandate_reference": account.einvoicing.mandate_reference,
        "mandate_iban": account.einvoicing.mandate_iban,
        "delivery": account.usual.delivery,
        "backorder": account.usual.backorder,
        "cancel_after_days": account.usual.cancel_after_days,
        "price_strategy": account.price_strategy,
        "locale": account.locale,
        "time_zone": account.time_zone.name(),
    })
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
    let mut stored = ChangeAccount::from(&before);
    if change.vat_id.is_some() && change.vat_id != stored.vat_id {
        // What is known is known of the id before.
        (stored.vat_check, stored.vat_checked_on, stored.vat_evidence) = (None, None, None);
    }
    if change
        .backorder
        .as_deref()
        .is_some_and(|backorder| backorder != BackorderChoice::Until.name())
    {
        // Nothing waits for days any more.
        stored.cancel_after_days = None;
    }
    let mut row = kept::overlaid(&stored, change, &COLUMNS)?;
    let checks = [&change.vat_check, &change.vat_checked_on, &change.vat_evidence];
    if checks.into_iter().all(Option::is_none) {
        // The same id keeps what is known of it, another one is unchecked.
        row.retain(|(column, _)| !["vat_check", "vat_checked_on", "vat_evidence"].contains(column));
    }
    row.push(("account", before.code.clone()));
    files::accounts::store_one(tx, Some(&before), &row)?;
    let after = accounts::get(tx, id)?;
    let Some(difference) = Difference::between(&facts(&before), &facts(&after))? else {
        return Ok(after);
    };
    let is_credit = |name: &String| ["payment_terms_days", "credit_limit"].contains(&name.as_str());
    let changed = || difference.is.as_object().into_iter().flat_map(|is| is.keys());
    if changed().any(is_credit) {
        editor.require::<MayLend>()?;
    }
    if changed().any(|name| !is_credit(name)) {
        editor.require::<MayManageAccounts>()?;
    }
    let details = json!({ "was": difference.was, "is": difference.is });
    record(tx, editor, "account.change", id, id.to_string(), details, now)?;
    Ok(after)
}

/// Opens an account with one site of its name. Where the editor does not decide on credit, its limit is zero: its orders
/// wait for finance.
#[expect(clippy::indexing_slicing, reason = "a member of a JSON object")]
pub fn open(tx: &mut Connection, editor: &Editor, new: &NewAccount, now: Timestamp) -> Result<Account> {
    editor.require::<MayManageAccounts>()?;
    let lends = MayLend::allows(&editor.roles);
    if !lends && new.credit_limit.is_some() {
        return Err(Error::Forbidden);
    }
    let mut row = kept::row(new, &COLUMNS)?;
    row.push(("account", new.code.clone()));
    if !lends {
        row.push(("credit_limit", "0".to_owned()));
    }
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
    editor.require::<MayManageAccounts>()?;
    let account = store::find(tx, id)?.ok_or(Error::NotFound)?;
    accounts::close(tx, &editor.actor, &account.code, now)?;
    accounts::get(tx, id)
}
