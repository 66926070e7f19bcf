//! Agreements of rebates as REST shows them.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::rules::{Basis, Cause, Method, Next, Period, Scope, Settlement};
use super::{Accrued, Agreement, Standing, Whole, tier_texts};
use crate::clock::rfc3339;
use crate::money::{Currency, Money};
use crate::tax::rules::percent;

/// From a turnover on so much of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RebateTierView {
    /// Turnover without tax.
    threshold: String,
    /// Percent.
    rate: String,
}

/// What was agreed to be given back.
#[derive(Debug, Serialize, ToSchema)]
pub struct RebateAgreementHeadView {
    #[schema(example = "rba_0BGK1J3Z00004")]
    id: String,
    /// Its code.
    rebate: String,
    /// Code of the account.
    account: String,
    name: String,
    /// ISO 4217
    currency: &'static str,
    period: Period,
    method: Method,
    basis: Basis,
    scope: Scope,
    /// Name of the category or number of the article.
    #[schema(required)]
    key: Option<String>,
    valid_from: NaiveDate,
    #[schema(required)]
    valid_to: Option<NaiveDate>,
    settlement: Settlement,
    /// The lowest first.
    tiers: Vec<RebateTierView>,
}

impl From<Agreement> for RebateAgreementHeadView {
    fn from(agreement: Agreement) -> Self {
        let tiers = tier_texts(&agreement).into_iter();
        let kept = agreement.kept;
        Self {
            id: kept.id.to_string(),
            scope: kept.scope(),
            key: kept.key().map(str::to_owned),
            rebate: kept.code,
            account: kept.account,
            name: kept.name,
            currency: kept.currency.code(),
            period: kept.period,
            method: kept.method,
            basis: kept.basis,
            valid_from: kept.valid_from,
            valid_to: kept.valid_to,
            settlement: kept.settlement,
            tiers: tiers
                .map(|(threshold, rate)| RebateTierView { threshold, rate })
                .collect(),
        }
    }
}

/// The next tier.
#[derive(Debug, Serialize, ToSchema)]
pub struct NextTierView {
    /// The turnover from which on it counts.
    threshold: String,
    /// Percent.
    rate: String,
    /// What is still to be bought, without tax, within the days of the period.
    missing: String,
    /// What having bought it earns on top of what is accrued.
    worth: String,
}

fn next(next: Next, currency: Currency) -> NextTierView {
    let money = |minor| Money::new(minor, currency).to_string();
    NextTierView {
        threshold: money(next.tier.threshold_minor),
        rate: percent(next.tier.rate_ppm),
        missing: money(next.missing_minor),
        worth: money(next.worth_minor),
    }
}

/// How far a period of an agreement is.
#[derive(Debug, Serialize, ToSchema)]
pub struct RebatePeriodView {
    /// Its days, both included.
    from: NaiveDate,
    to: NaiveDate,
    /// What counts of what was bought, without tax.
    turnover: String,
    /// Of the tier that it has reached, percent; 0 below the first.
    rate: String,
    /// What that earns.
    accrued: String,
    /// Null where there is no higher tier, or the period is over.
    #[schema(required)]
    next: Option<NextTierView>,
}

fn period(standing: &Standing, today: NaiveDate) -> Option<RebatePeriodView> {
    let (from, to) = standing.days?;
    let (agreement, sums) = (&standing.agreement, standing.sums);
    Some(RebatePeriodView {
        from,
        to,
        turnover: agreement.money(sums.turnover_minor).to_string(),
        rate: percent(agreement.scale.rate_ppm(sums.turnover_minor)),
        accrued: agreement.money(sums.accrued_minor).to_string(),
        next: standing
            .next()
            .filter(|_| today <= to)
            .map(|ahead| next(ahead, agreement.kept.currency)),
    })
}

/// An agreement with its periods.
#[derive(Debug, Serialize, ToSchema)]
pub struct RebateAgreementView {
    #[serde(flatten)]
    head: RebateAgreementHeadView,
    /// The newest first; the running one too where nothing was bought in it yet.
    periods: Vec<RebatePeriodView>,
    /// What all periods earned.
    accrued: String,
    /// What was paid of it.
    settled: String,
    /// What is left.
    open: String,
}

impl From<Whole> for RebateAgreementView {
    fn from(whole: Whole) -> Self {
        let money = |minor| whole.agreement.money(minor).to_string();
        Self {
            periods: whole
                .periods
                .iter()
                .filter_map(|standing| period(standing, whole.today))
                .collect(),
            accrued: money(whole.accrued_minor()),
            settled: money(whole.settled_minor),
            open: money(whole.open_minor()),
            head: whole.agreement.into(),
        }
    }
}

/// All agreements of the account.
#[derive(Debug, Serialize, ToSchema)]
pub struct RebateAgreementsView {
    pub(super) data: Vec<RebateAgreementView>,
}

/// By how much more or less is owed, and which invoiced line that comes from.
#[derive(Debug, Serialize, ToSchema)]
pub struct RebateAccrualView {
    /// First day of its period.
    period_from: NaiveDate,
    invoice_id: String,
    /// Number of the invoice.
    invoice: String,
    /// Of the line on the invoice.
    position: i32,
    sku: String,
    name: String,
    cause: Cause,
    /// By how much more or less counts.
    turnover: String,
    /// By how much more or less is owed.
    accrued: String,
    /// What of it trues up what was accrued before, at another rate.
    true_up: String,
    /// Of the tier that it ended in, percent.
    rate: String,
    /// RFC 3339, UTC
    booked_at: String,
}

pub(super) fn accrual(accrued: Accrued, currency: Currency) -> RebateAccrualView {
    let money = |minor| Money::new(minor, currency).to_string();
    RebateAccrualView {
        period_from: accrued.period_from,
        invoice_id: accrued.invoice_id.to_string(),
        invoice: accrued.invoice,
        position: accrued.position,
        sku: accrued.sku,
        name: accrued.name,
        cause: accrued.cause,
        turnover: money(accrued.turnover_minor),
        accrued: money(accrued.accrued_minor),
        true_up: money(accrued.true_up_minor),
        rate: percent(accrued.rate_ppm),
        booked_at: rfc3339(accrued.booked_at),
    }
}

/// Accruals.
#[derive(Debug, Serialize, ToSchema)]
pub struct RebateAccrualList {
    pub(super) data: Vec<RebateAccrualView>,
    /// Of the next page; null on the last.
    #[schema(required)]
    pub(super) next_cursor: Option<String>,
}

/// What a period of an agreement accrued, and what is to be expected of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExpectedRebateView {
    agreement_id: String,
    /// Code of the agreement.
    rebate: String,
    name: String,
    /// Code of the account.
    account: String,
    /// ISO 4217
    currency: &'static str,
    #[serde(flatten)]
    period: RebatePeriodView,
    /// The turnover at the period's end if it goes on as until today.
    forecast_turnover: String,
    /// What of the rebate at that turnover is earned by what was bought so far.
    expected: String,
    /// What is expected beyond what is accrued.
    difference: String,
}

impl ExpectedRebateView {
    pub(super) fn of(standing: Standing, today: NaiveDate) -> Option<Self> {
        let expected = standing.expected(today)?;
        let period = period(&standing, today)?;
        let kept = &standing.agreement.kept;
        let money = |minor| standing.agreement.money(minor).to_string();
        Some(Self {
            agreement_id: kept.id.to_string(),
            rebate: kept.code.clone(),
            name: kept.name.clone(),
            account: kept.account.clone(),
            currency: kept.currency.code(),
            period,
            forecast_turnover: money(expected.forecast_minor),
            expected: money(expected.accrued_minor),
            difference: money(expected.accrued_minor - standing.sums.accrued_minor),
        })
    }
}

/// Periods with what they accrued.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExpectedRebateList {
    pub(super) data: Vec<ExpectedRebateView>,
    /// Of the next page; null on the last.
    #[schema(required)]
    pub(super) next_cursor: Option<String>,
}
