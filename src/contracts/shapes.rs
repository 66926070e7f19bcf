//! Contracts as REST shows them, for both sides.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::Whole;
use super::pacing::Paced;
use super::rules::pace::Basis;
use super::rules::{About, Commitment, Contract, Kind, Period, Renewal, State};
use crate::clock::rfc3339;
use crate::money::{Currency, Money};

/// A contract without what is committed by it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractHeadView {
    #[schema(example = "ctr_0BGK1J3Z00004")]
    id: String,
    /// Its code, by which files and price lists name it.
    #[schema(example = "K-2026-NORD")]
    contract: String,
    /// Code of the account.
    account: String,
    name: String,
    /// ISO 4217
    currency: &'static str,
    state: State,
    /// First day.
    valid_from: NaiveDate,
    /// Last day of the first term.
    first_to: NaiveDate,
    /// Last day, as things stand.
    valid_to: NaiveDate,
    #[schema(required)]
    notice_days: Option<i32>,
    /// The last day on which notice can be given for the end of the last term.
    notice_by: NaiveDate,
    renewal: Renewal,
    #[schema(required)]
    renewal_months: Option<i32>,
    /// Days from invoice to due date while it is in force; null: as of the account.
    #[schema(required)]
    payment_terms_days: Option<i32>,
    /// From which amount without tax on freight is free.
    #[schema(required)]
    free_freight_from: Option<String>,
    /// RFC 3339, UTC
    #[schema(required)]
    offered_at: Option<String>,
    /// RFC 3339, UTC
    #[schema(required)]
    accepted_at: Option<String>,
    /// The name that was given with the acceptance.
    #[schema(required)]
    accepted_by: Option<String>,
    /// The sentence that was accepted.
    #[schema(required)]
    accepted_text: Option<String>,
    /// When the supplier countersigned it; RFC 3339, UTC
    #[schema(required)]
    signed_at: Option<String>,
    /// The name of who did.
    #[schema(required)]
    signed_by: Option<String>,
    /// The last day, where it ends before its time.
    #[schema(required)]
    ends_on: Option<NaiveDate>,
    /// Why.
    #[schema(required)]
    end_reason: Option<String>,
}

impl From<Contract> for ContractHeadView {
    fn from(contract: Contract) -> Self {
        let (valid_to, notice_by) = (contract.last_day(), contract.notice_by());
        let acceptance = contract.acceptance;
        let signed = contract.signed;
        Self {
            id: contract.id.to_string(),
            contract: contract.code,
            account: contract.account.0,
            name: contract.name,
            currency: contract.currency.code(),
            state: contract.state,
            valid_from: contract.valid_from,
            first_to: contract.first_to,
            valid_to,
            notice_days: contract.notice_days,
            notice_by,
            renewal: contract.renewal,
            renewal_months: contract.renewal_months,
            payment_terms_days: contract.payment_terms_days,
            free_freight_from: contract.free_freight_from.map(|money| money.to_string()),
            offered_at: contract.offered_at.map(rfc3339),
            accepted_at: acceptance.as_ref().map(|one| rfc3339(one.at)),
            accepted_by: acceptance.as_ref().map(|one| one.name.clone()),
            accepted_text: acceptance.map(|one| one.text),
            signed_at: signed.as_ref().map(|(at, _)| rfc3339(*at)),
            signed_by: signed.map(|(_, name)| name),
            ends_on: contract.ends_on,
            end_reason: contract.end_reason,
        }
    }
}

/// What the account commits itself to.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommitmentView {
    #[schema(example = "cmt_0BGK1J3Z00004")]
    id: String,
    /// Its code in the contract.
    #[schema(example = "turnover")]
    commitment: String,
    kind: Kind,
    scope: About,
    /// Number of the article or name of the category; null of whatever is bought.
    #[schema(required)]
    key: Option<String>,
    period: Period,
    /// In each period: an amount without tax, or base units of the article.
    committed: String,
    /// Of a value a percentage of what is missing, of a quantity a price for each base unit that is.
    #[schema(required)]
    shortfall_rate: Option<String>,
}

fn commitment(one: &Commitment, currency: Currency) -> CommitmentView {
    CommitmentView {
        id: one.id.to_string(),
        commitment: one.code.clone(),
        kind: one.kind,
        scope: one.about,
        key: one.key().map(str::to_owned),
        period: one.period,
        committed: one.decimal(one.committed, currency),
        shortfall_rate: one.rate(),
    }
}

/// A contract with what is committed by it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractView {
    #[serde(flatten)]
    head: ContractHeadView,
    commitments: Vec<CommitmentView>,
}

impl From<Whole> for ContractView {
    fn from(whole: Whole) -> Self {
        let currency = whole.contract.currency;
        Self {
            commitments: whole.commitments.iter().map(|one| commitment(one, currency)).collect(),
            head: whole.contract.into(),
        }
    }
}

/// How far the commitments of a contract are.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractPaceView {
    /// The supplier's day on which this holds.
    today: NaiveDate,
    /// ISO 4217
    currency: &'static str,
    commitments: Vec<PaceView>,
}

/// How far a commitment is, in the period that runs.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaceView {
    #[serde(flatten)]
    commitment: CommitmentView,
    /// First day of the period.
    period_from: NaiveDate,
    /// Last day.
    period_to: NaiveDate,
    /// What is committed for it: less for one that the end of the term cuts short.
    committed_here: String,
    /// What was invoiced, less credits.
    fulfilled: String,
    /// What should be fulfilled by today.
    expected: String,
    /// What it comes to by the end, every day alike; null before it begins.
    #[schema(required)]
    forecast_linear: Option<String>,
    /// The same as the year before went; null where that tells no season.
    #[schema(required)]
    forecast_season: Option<String>,
    /// By what the shortfall is foreseen.
    basis: Basis,
    /// What would be missing at the end.
    shortfall: String,
    /// What that would cost, in the currency of the contract; null where nothing was agreed.
    #[schema(required)]
    shortfall_cost: Option<String>,
    /// Less is fulfilled than nine tenths of what is expected, and a quarter of the period is over.
    is_low: bool,
    /// The period in parts.
    points: Vec<PacePointView>,
}

/// A part of a period.
#[derive(Debug, Serialize, ToSchema)]
pub struct PacePointView {
    /// Its last day.
    until: NaiveDate,
    /// What should be fulfilled by then.
    expected: String,
    /// What was; null of a part that has not begun.
    #[schema(required)]
    fulfilled: Option<String>,
}

impl ContractPaceView {
    /// How far these commitments are on a day.
    pub fn new(paced: &[Paced], currency: Currency, today: NaiveDate) -> Self {
        let one = |paced: &Paced| {
            let (own, pace) = (&paced.commitment, &paced.pace);
            let amount = |amount: i64| own.decimal(amount, currency);
            let point = |(until, expected, fulfilled): &(NaiveDate, i64, Option<i64>)| PacePointView {
                until: *until,
                expected: amount(*expected),
                fulfilled: fulfilled.map(amount),
            };
            PaceView {
                commitment: commitment(own, currency),
                period_from: pace.window.from,
                period_to: pace.window.to,
                committed_here: amount(pace.committed),
                fulfilled: amount(pace.fulfilled),
                expected: amount(pace.expected),
                forecast_linear: pace.linear.map(amount),
                forecast_season: pace.season.map(amount),
                basis: pace.basis,
                shortfall: amount(pace.shortfall),
                shortfall_cost: pace.cost.map(|cost| Money::new(cost, currency).to_string()),
                is_low: pace.is_low(today),
                points: pace.points.iter().map(point).collect(),
            }
        };
        Self {
            today,
            currency: currency.code(),
            commitments: paced.iter().map(one).collect(),
        }
    }
}
