//! Reminders as REST shows them.

use chrono::NaiveDate;
use serde::Serialize;

use super::holds::Hold;
use super::promises::{Promise, invoices_of};
use super::rules::policy::{Level, Policy};
use super::rules::{Excluded, PromiseState, RunState};
use super::runs::{Proposal, ProposedItem, Run, Whole};
use super::sent::{Item, Reminder};
use super::settings::AccountSettings;
use crate::clock::rfc3339;
use crate::money::Money;
use crate::tax::rules::percent;

/// How a house asks for what is overdue.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReminderPolicyView {
    #[schema(example = "rmp_0B9Q4Z8K2M3N4")]
    id: String,
    code: String,
    name: String,
    /// ISO 4217; for accounts of another one there is neither a fee nor a smallest amount.
    currency: &'static str,
    /// An account that owes less is not reminded.
    smallest_amount: String,
    /// A friendly reminder, a reminder, the last call.
    levels: Vec<ReminderLevelView>,
    /// New orders are held once an invoice has reached this level.
    #[schema(required)]
    hold_level: Option<i32>,
    /// New orders are held once an invoice is so many days late.
    #[schema(required)]
    hold_days: Option<i32>,
}

/// A level of a policy.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReminderLevelView {
    days_overdue: i32,
    days_between: i32,
    fee: String,
    /// Percent of a year.
    #[schema(example = "9.12")]
    interest: String,
    /// Null: the built-in words.
    #[schema(required)]
    text_en: Option<String>,
    #[schema(required)]
    text_de: Option<String>,
}

impl From<Policy> for ReminderPolicyView {
    fn from(policy: Policy) -> Self {
        let money = |minor| Money::new(minor, policy.currency).to_string();
        let level = |level: Level| ReminderLevelView {
            days_overdue: level.days_overdue,
            days_between: level.days_between,
            fee: money(level.fee_minor),
            interest: percent(level.interest_ppm),
            text_en: level.text_en,
            text_de: level.text_de,
        };
        Self {
            id: policy.id.to_string(),
            code: policy.code,
            name: policy.name,
            currency: policy.currency.code(),
            smallest_amount: money(policy.smallest_minor),
            levels: policy.levels.into_iter().map(level).collect(),
            hold_level: policy.hold_level,
            hold_days: policy.hold_days,
        }
    }
}

/// What is set for an account.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AccountRemindersView {
    /// Code of its own policy; null: the house's.
    #[schema(required)]
    policy: Option<String>,
    /// Why it is never reminded.
    #[schema(required)]
    excluded: Option<String>,
    /// Its new orders are held for what it owes.
    orders_held: bool,
    /// The last day on which they are not held, whatever it owes.
    #[schema(required)]
    hold_stopped_until: Option<NaiveDate>,
    #[schema(required)]
    hold_stop_reason: Option<String>,
}

impl From<AccountSettings> for AccountRemindersView {
    fn from(own: AccountSettings) -> Self {
        Self {
            policy: own.policy,
            excluded: own.excluded,
            orders_held: own.held_since.is_some(),
            hold_stopped_until: own.stopped_until,
            hold_stop_reason: own.stop_reason,
        }
    }
}

/// A run of reminders.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReminderRunHeadView {
    #[schema(example = "rmr_0B9Q4Z8K2M3N4")]
    id: String,
    /// The day whose lateness counts.
    as_of: NaiveDate,
    state: RunState,
    /// RFC 3339, UTC
    created_at: String,
    /// When it was released or dropped. RFC 3339, UTC
    #[schema(required)]
    ended_at: Option<String>,
}

impl From<Run> for ReminderRunHeadView {
    fn from(run: Run) -> Self {
        Self {
            id: run.id.to_string(),
            as_of: run.as_of,
            state: run.state,
            created_at: rfc3339(run.created_at),
            ended_at: run.ended_at.map(rfc3339),
        }
    }
}

/// A run with what it proposes, or what came of it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReminderRunView {
    #[serde(flatten)]
    head: ReminderRunHeadView,
    /// What it asks for, by currency.
    totals: Vec<ReminderTotalView>,
    /// Every account of which something is overdue, by code.
    accounts: Vec<ProposedReminderView>,
}

/// What a run asks for in a currency.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReminderTotalView {
    /// ISO 4217
    currency: &'static str,
    accounts: usize,
    overdue_total: String,
}

/// What a run proposes for an account.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProposedReminderView {
    /// Code of the account.
    account: String,
    account_name: String,
    /// 0 where it is not reminded.
    level: i32,
    /// ISO 4217
    currency: &'static str,
    /// What would be asked for.
    overdue_total: String,
    /// What it had paid or got credited and what had settled no invoice as this was proposed; null where that was not noted yet.
    #[schema(required)]
    on_account: Option<String>,
    /// Why it is not reminded; null where it is.
    #[schema(required)]
    excluded: Option<Excluded>,
    /// What staff said to it.
    #[schema(required)]
    note: Option<String>,
    /// Of the reminder that was sent.
    #[schema(required)]
    reminder_number: Option<String>,
    /// All that is open, the one due first first.
    items: Vec<ProposedItemView>,
}

/// What a run proposes for an invoice.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProposedItemView {
    invoice_id: String,
    invoice_number: String,
    due_on: NaiveDate,
    /// Below zero before it is due.
    overdue_days: i64,
    open_amount: String,
    /// After the reminder; 0 where it is not due yet or not asked for.
    level: i32,
    /// Why it is not asked for.
    #[schema(required)]
    excluded: Option<Excluded>,
    /// What staff said to it, or why it is disputed: what was said, or the number of the claim about it.
    #[schema(required)]
    note: Option<String>,
}

impl From<Whole> for ReminderRunView {
    fn from(whole: Whole) -> Self {
        let total = |(currency, accounts, minor)| ReminderTotalView {
            currency: crate::money::Currency::code(currency),
            accounts,
            overdue_total: Money::new(minor, currency).to_string(),
        };
        Self {
            totals: whole.sums().into_iter().map(total).collect(),
            head: whole.run.into(),
            accounts: whole.proposals.into_iter().map(proposed).collect(),
        }
    }
}

fn proposed((proposal, items): (Proposal, Vec<ProposedItem>)) -> ProposedReminderView {
    let money = |minor| Money::new(minor, proposal.currency).to_string();
    let item = |item: ProposedItem| ProposedItemView {
        invoice_id: item.invoice_id.to_string(),
        invoice_number: item.number,
        due_on: item.due_on,
        overdue_days: item.overdue_days,
        open_amount: money(item.open_minor),
        level: item.level,
        excluded: item.excluded,
        note: item.note,
    };
    ProposedReminderView {
        level: proposal.level,
        currency: proposal.currency.code(),
        overdue_total: money(proposal.overdue_minor),
        on_account: proposal.on_account_minor.map(money),
        excluded: proposal.excluded,
        items: items.into_iter().map(item).collect(),
        account: proposal.account,
        account_name: proposal.account_name,
        note: proposal.note,
        reminder_number: proposal.reminder,
    }
}

/// A reminder that was sent.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReminderHeadView {
    #[schema(example = "rem_0B9Q4Z8K2M3N4")]
    id: String,
    /// Without gaps in the year, in a series of its own.
    #[schema(example = "R-2026-000042")]
    number: String,
    /// Code of the account.
    account: String,
    /// 1 is a friendly reminder, 3 the last call.
    level: i32,
    sent_on: NaiveDate,
    /// RFC 3339, UTC
    sent_at: String,
    /// ISO 4217
    currency: &'static str,
    overdue_total: String,
    /// What was open and not due yet.
    not_due_total: String,
    fee: String,
    interest: String,
    /// What of both is to be paid still.
    charges: String,
    /// What had been paid or credited and had settled no invoice as it was sent; null where that was not noted yet.
    #[schema(required)]
    on_account: Option<String>,
    /// What was left to pay then: what was overdue with fee and interest, less what was on account. Null as that is.
    #[schema(required)]
    balance: Option<String>,
    /// When fee and interest were given up. RFC 3339, UTC
    #[schema(required)]
    waived_at: Option<String>,
    #[schema(required)]
    waive_reason: Option<String>,
}

impl From<Reminder> for ReminderHeadView {
    fn from(reminder: Reminder) -> Self {
        let money = |minor| reminder.money(minor).to_string();
        Self {
            id: reminder.own.id.to_string(),
            level: reminder.own.level,
            sent_on: reminder.own.sent_on,
            sent_at: rfc3339(reminder.own.sent_at),
            currency: reminder.own.currency.code(),
            overdue_total: money(reminder.own.overdue_minor),
            not_due_total: money(reminder.own.not_due_minor),
            fee: money(reminder.own.fee_minor),
            interest: money(reminder.own.interest_minor),
            charges: money(reminder.charges_minor),
            on_account: reminder.own.on_account_minor.map(money),
            balance: reminder.balance_minor().map(money),
            waived_at: reminder.waived_at.map(rfc3339),
            number: reminder.own.number,
            account: reminder.account,
            waive_reason: reminder.waive_reason,
        }
    }
}

/// A reminder with the invoices it names; it never changes but for its costs being given up.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReminderView {
    #[serde(flatten)]
    head: ReminderHeadView,
    /// All that was open, the one due first first.
    items: Vec<ReminderItemView>,
}

/// An invoice that a reminder names.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReminderItemView {
    invoice_id: String,
    invoice_number: String,
    po_number: String,
    due_on: NaiveDate,
    /// Below zero before it was due.
    overdue_days: i64,
    open_amount: String,
    /// 0 where it was not due yet, or late by too few days for the first level.
    level: i32,
    interest: String,
}

impl ReminderView {
    /// A reminder with what it names.
    pub fn new((reminder, items): (Reminder, Vec<Item>)) -> Self {
        let item = |item: Item| ReminderItemView {
            invoice_id: item.invoice_id.to_string(),
            invoice_number: item.number,
            po_number: item.po_number,
            due_on: item.due_on,
            overdue_days: item.overdue_days,
            open_amount: reminder.money(item.open_minor).to_string(),
            level: item.level,
            interest: reminder.money(item.interest_minor).to_string(),
        };
        Self {
            items: items.into_iter().map(item).collect(),
            head: reminder.into(),
        }
    }
}

/// A promise to pay.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PromiseView {
    #[schema(example = "ptp_0B9Q4Z8K2M3N4")]
    id: String,
    /// Code of the account.
    account: String,
    /// Ids of what is promised.
    invoices: Vec<String>,
    /// The last day.
    promised_on: NaiveDate,
    state: PromiseState,
    /// ISO 4217
    currency: &'static str,
    /// What of them is left to pay.
    open_amount: String,
    #[schema(required)]
    note: Option<String>,
    /// RFC 3339, UTC
    recorded_at: String,
}

impl PromiseView {
    /// A promise as it stands on a day.
    pub fn new(promise: Promise, today: NaiveDate) -> Self {
        Self {
            id: promise.id.to_string(),
            invoices: invoices_of(&promise).iter().map(ToString::to_string).collect(),
            promised_on: promise.promised_on,
            state: PromiseState::of(promise.open_minor, promise.promised_on, today),
            currency: promise.currency.code(),
            open_amount: Money::new(promise.open_minor, promise.currency).to_string(),
            recorded_at: rfc3339(promise.recorded_at),
            account: promise.account,
            note: promise.note,
        }
    }
}

/// Accounts whose new orders are held, or will be.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OrderHoldsView {
    /// By code.
    pub data: Vec<OrderHoldView>,
}

/// An account whose new orders are held, or will be.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OrderHoldView {
    account_id: String,
    /// Code of the account.
    account: String,
    account_name: String,
    /// False: they will be a day after the key account manager was told.
    orders_held: bool,
    /// When the key account manager was told.
    #[schema(required)]
    told_on: Option<NaiveDate>,
    /// ISO 4217
    currency: &'static str,
    overdue_total: String,
}

impl From<Hold> for OrderHoldView {
    fn from(hold: Hold) -> Self {
        Self {
            account_id: hold.account_id.to_string(),
            orders_held: hold.is_held,
            told_on: hold.told_on,
            currency: hold.overdue.currency.code(),
            overdue_total: hold.overdue.to_string(),
            account: hold.account,
            account_name: hold.account_name,
        }
    }
}
