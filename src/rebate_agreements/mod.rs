//! Rebates that earn by themselves: what was agreed to be given back of what an account buys, by its turnover in a period. What is owed
//! is a ledger of its own, whose rows name the invoiced lines they come from; it is paid by [`crate::invoices::rebates`].

pub mod accruing;
pub mod api;
pub mod checks;
pub mod files;
pub mod inputs;
pub mod pages;
pub mod routes;
pub mod rules;
pub mod sentences;
pub mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;
pub mod words;

use chrono::NaiveDate;

pub use self::accruing::{accrue, derive};
use self::inputs::{AgreementChange, NewAgreement, TierInput, cells, tier_input};
pub use self::rules::Cause;
use self::rules::{Expected, Next, Scale, Sums, TIERS_MAX, Tier, days_of, expected};
pub use self::store::accruals::{Accrued, list as list_accruals};
pub use self::store::{Kept, list_due, list_standings};
use crate::accounts;
use crate::accounts::files::accounts::Accounts;
use crate::audit::{self, Actor, Entry};
use crate::catalogue::products::files::Products;
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{AccountId, ProductId, RebateAgreementId};
use crate::kept;
use crate::ledger;
use crate::money::{Currency, Money};
use crate::version::Expected as Version;

/// An agreement with its tiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    pub kept: Kept,
    pub scale: Scale,
}

impl Agreement {
    pub fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.kept.currency)
    }
}

/// How far a period of an agreement is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub agreement: Agreement,
    /// Its days, both included; none where the agreement is not valid then.
    pub days: Option<(NaiveDate, NaiveDate)>,
    pub sums: Sums,
    /// 0 where nothing was accrued yet.
    pub period_id: i64,
}

impl Standing {
    /// What the next tier is and what reaching it is worth.
    pub fn next(&self) -> Option<Next> {
        self.days?;
        self.agreement.scale.next(self.sums.turnover_minor)
    }

    /// What it is expected to come to, as things go until today.
    pub fn expected(&self, today: NaiveDate) -> Option<Expected> {
        expected(&self.agreement.scale, self.sums.turnover_minor, self.days?, today)
    }
}

/// An agreement with all that staff see of it, and its account.
#[derive(Debug, Clone)]
pub struct Whole {
    pub agreement: Agreement,
    /// The running one first, then those before it.
    pub periods: Vec<Standing>,
    /// What was settled, minor units.
    pub settled_minor: i64,
    pub today: NaiveDate,
}

impl Whole {
    /// What all its periods together accrued.
    pub fn accrued_minor(&self) -> i64 {
        self.periods.iter().map(|standing| standing.sums.accrued_minor).sum()
    }

    /// What is earned and not settled.
    pub fn open_minor(&self) -> i64 {
        self.accrued_minor() - self.settled_minor
    }
}

/// Agreements behind a code, by code; of one account where it is named.
pub fn list(
    connection: &mut Connection,
    account: Option<&str>,
    walk: impl Into<Walk<String>>,
    limit: i64,
) -> Result<Vec<Agreement>> {
    store::list(connection, account, walk.into(), limit)
}

/// The agreement with this id.
pub fn get(connection: &mut Connection, id: RebateAgreementId) -> Result<Agreement> {
    store::find(connection, id)?.ok_or(Error::NotFound)
}

/// The version of an agreement.
pub fn version(agreement: &Agreement) -> i64 {
    kept::version(&NewAgreement::from(agreement))
}

/// The supplier's day.
pub fn today(connection: &mut Connection, now: Timestamp) -> Result<NaiveDate> {
    Ok(day_in(accounts::supplier_zone(connection)?, now))
}

/// These agreements with their periods: two statements.
pub fn with_periods(connection: &mut Connection, agreements: Vec<Agreement>, today: NaiveDate) -> Result<Vec<Whole>> {
    if agreements.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = agreements.iter().map(|agreement| agreement.kept.id).collect();
    let periods = store::list_periods(connection, &ids)?;
    let settled = store::list_settled(connection, &ids)?;
    let whole = |agreement: Agreement| {
        let own = periods.iter().filter(|period| period.agreement_id == agreement.kept.id);
        let mut standings: Vec<_> = own
            .map(|period| Standing {
                agreement: agreement.clone(),
                days: Some((period.period_from, period.period_to)),
                sums: period.sums(),
                period_id: period.id,
            })
            .collect();
        let running = days_of(agreement.kept.period, agreement.kept.days(), today);
        let is_there = standings.iter().any(|standing| standing.days == running);
        if let (Some(days), false) = (running, is_there) {
            standings.push(Standing {
                agreement: agreement.clone(),
                days: Some(days),
                sums: Sums::default(),
                period_id: 0,
            });
        }
        standings.sort_by_key(|standing| std::cmp::Reverse(standing.days));
        Whole {
            settled_minor: settled.get(&agreement.kept.id.0).copied().unwrap_or_default(),
            periods: standings,
            agreement,
            today,
        }
    };
    Ok(agreements.into_iter().map(whole).collect())
}

/// One with its periods, for staff.
pub fn get_whole(connection: &mut Connection, id: RebateAgreementId, now: Timestamp) -> Result<Whole> {
    let agreement = get(connection, id)?;
    let today = today(connection, now)?;
    with_periods(connection, vec![agreement], today)?
        .pop()
        .ok_or(Error::NotFound)
}

/// All of an account with their periods.
pub fn of_account(connection: &mut Connection, account_id: AccountId, now: Timestamp) -> Result<Vec<Whole>> {
    let agreements = store::list_of_accounts(connection, &[account_id])?;
    match agreements.is_empty() {
        true => Ok(Vec::new()),
        false => {
            let today = today(connection, now)?;
            with_periods(connection, agreements, today)
        }
    }
}

/// One of the account with its periods.
pub fn get_of_account(
    connection: &mut Connection,
    account_id: AccountId,
    id: RebateAgreementId,
    now: Timestamp,
) -> Result<Whole> {
    let all = of_account(connection, account_id, now)?;
    all.into_iter()
        .find(|whole| whole.agreement.kept.id == id)
        .ok_or(Error::NotFound)
}

/// What an order would add to an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    pub standing: Standing,
    /// What of it counts, minor units without tax.
    pub turnover_minor: i64,
    /// What that earns, with what it trues up.
    pub earns_minor: i64,
}

impl Added {
    /// How far the next tier is then.
    pub fn next(&self) -> Option<Next> {
        let after = self.standing.sums.turnover_minor.checked_add(self.turnover_minor)?;
        self.standing.agreement.scale.next(after)
    }
}

/// What lines of an order would add to the account's agreements once they are invoiced on a day: one statement where it has none.
pub fn would_add(
    connection: &mut Connection,
    account_id: AccountId,
    lines: &[(ProductId, Money)],
    today: NaiveDate,
) -> Result<Vec<Added>> {
    let agreements = store::list_of_accounts(connection, &[account_id])?;
    if agreements.is_empty() {
        return Ok(Vec::new());
    }
    let product_ids: Vec<_> = lines.iter().map(|(id, _)| *id).collect();
    let categories = store::list_categories(connection, &product_ids)?;
    let mut added = Vec::new();
    for whole in with_periods(connection, agreements, today)? {
        let kept = &whole.agreement.kept;
        let running = days_of(kept.period, kept.days(), today);
        let Some(standing) = whole
            .periods
            .iter()
            .find(|standing| standing.days == running && running.is_some())
        else {
            continue;
        };
        let counts = |(id, net): &&(ProductId, Money)| {
            net.currency == kept.currency && kept.is_of(*id, categories.get(&id.0).map(String::as_str))
        };
        let turnover_minor: i64 = lines.iter().filter(counts).map(|(_, net)| net.minor).sum();
        let before = standing.sums.turnover_minor;
        let after = before.saturating_add(turnover_minor);
        let scale = &whole.agreement.scale;
        if let (1.., Some(owed), Some(was)) = (turnover_minor, scale.entitlement(after), scale.entitlement(before)) {
            added.push(Added {
                standing: standing.clone(),
                turnover_minor,
                earns_minor: owed - was,
            });
        }
    }
    Ok(added)
}

fn record(
    tx: &mut Connection,
    actor: &Actor,
    act: &'static str,
    (was, is): (Option<&Agreement>, &Agreement),
    now: Timestamp,
) -> Result<()> {
    let (old, new) = (was.map(NewAgreement::from), NewAgreement::from(is));
    let kept = &is.kept;
    let entry = Entry::kept(
        act,
        Some(kept.account_id),
        kept.id.to_string(),
        old.as_ref(),
        Some(&new),
    );
    audit::record(tx, actor, &entry, now)
}

/// Tiers as they are kept: each checked as a row of the file, the lowest first.
fn tiers(inputs: &[TierInput], code: &str, currency: Currency) -> Result<Vec<Tier>> {
    if inputs.len() > TIERS_MAX {
        let detail = sentences::rebate_tiers_at_most(TIERS_MAX);
        return Err(Error::invalid("/tiers", Code::ValueInvalid, detail));
    }
    let mut tiers: Vec<Tier> = Vec::with_capacity(inputs.len());
    let mut faults = Vec::new();
    for (place, input) in inputs.iter().enumerate() {
        let row = vec![
            ("rebate", code.to_owned()),
            ("threshold", input.threshold.0.clone()),
            ("rate", input.rate.0.clone()),
        ];
        match files::read_tier(&row, currency) {
            Ok(tier) if tiers.iter().any(|one| one.threshold_minor == tier.threshold_minor) => {
                let at = format!("/tiers/{place}/threshold");
                faults.push(FieldError::new(at, Code::DuplicateKey, sentences::rebate_tier_twice()));
            }
            Ok(tier) => tiers.push(tier),
            Err(found) => faults.extend(found.into_iter().map(|fault| FieldError {
                pointer: format!("/tiers/{place}{}", fault.pointer),
                ..fault
            })),
        }
    }
    tiers.sort_by_key(|tier| tier.threshold_minor);
    match faults.is_empty() {
        true => Ok(tiers),
        false => Err(Error::Invalid(faults)),
    }
}

fn check(tx: &mut Connection, new: &NewAgreement) -> Result<files::AgreementRow> {
    let skus: Vec<_> = new.key.as_deref().into_iter().collect();
    let (accounts, products) = (Accounts::load(tx)?, Products::with_skus(tx, &skus)?);
    let known = files::load(tx)?;
    let cells = cells(new, &files::AGREEMENTS)?;
    files::read_agreement(&cells, &accounts, &products, &known).map_err(Error::Invalid)
}

/// Adds an agreement. What was invoiced before counts from the first day on that it is valid.
pub fn add(tx: &mut Connection, new: &NewAgreement, actor: &Actor, now: Timestamp) -> Result<Agreement> {
    let row = check(tx, new)?;
    let id = row.id;
    if store::find(tx, id)?.is_some() {
        return Err(Error::invalid(
            "/rebate",
            Code::DuplicateKey,
            sentences::rebate_exists(),
        ));
    }
    let currency = Currency::from_code(&new.currency).ok_or_else(|| Error::internal("a currency that was checked"))?;
    let tiers = tiers(&new.tiers, &new.rebate, currency)?;
    ledger::lock_exposure(tx, row.account_id)?;
    files::store(tx, row)?;
    store::replace_tiers(tx, id, &tiers)?;
    derive(tx, id, now)?;
    // Whoever invoices at this moment may not see the agreement yet.
    store::insert_due(tx, id)?;
    let agreement = get(tx, id)?;
    record(tx, actor, "rebate_agreement.add", (None, &agreement), now)?;
    Ok(agreement)
}

/// Changes an agreement; what was accrued by it is trued up.
pub fn change(
    tx: &mut Connection,
    id: RebateAgreementId,
    expected: &Version,
    change: &AgreementChange,
    actor: &Actor,
    now: Timestamp,
) -> Result<Agreement> {
    let before = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    expected.check(version(&before))?;
    let was = NewAgreement::from(&before);
    let new = NewAgreement {
        name: change.name.clone().unwrap_or_else(|| was.name.clone()),
        valid_to: change.valid_to.clone().or_else(|| was.valid_to.clone()),
        settlement: change.settlement.clone().or_else(|| was.settlement.clone()),
        tiers: change.tiers.clone().unwrap_or_else(|| was.tiers.clone()),
        ..was
    };
    let row = check(tx, &new)?;
    let tiers = tiers(&new.tiers, &new.rebate, before.kept.currency)?;
    ledger::lock_exposure(tx, before.kept.account_id)?;
    files::store(tx, row)?;
    if tiers != before.scale.tiers {
        store::replace_tiers(tx, id, &tiers)?;
    }
    let after = get(tx, id)?;
    if after != before {
        derive(tx, id, now)?;
        record(tx, actor, "rebate_agreement.change", (Some(&before), &after), now)?;
    }
    Ok(after)
}

/// What a tier is as people write it.
pub fn tier_texts(agreement: &Agreement) -> Vec<(String, String)> {
    let text = |tier: &Tier| {
        let input = tier_input(tier, agreement.kept.currency);
        (input.threshold.0, input.rate.0)
    };
    agreement.scale.tiers.iter().map(text).collect()
}
