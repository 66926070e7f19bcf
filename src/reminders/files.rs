//! `reminder_policies.csv`: policies with their levels, and the tiers that have them. `account_reminders.csv`: accounts with a
//! policy of their own, or that are never reminded.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::policies::{self, FIELDS, LevelInput, PolicyInput};
use super::rules::policy::Policy;
use super::store::{keeping, tiers};
use super::{TEXT_CHARS_MAX, sentences};
use crate::accounts::files::accounts::Accounts;
use crate::accounts::rules::Tier;
use crate::db::{Batch, Connection, Database, sql};
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, ReminderPolicyId};
use crate::kept::DecimalText;
use crate::keys::Keyed;
use crate::limits;
use crate::sheets::plan::{Checked, Chunk, Row, Scope};
use crate::sheets::{Cells, Keys, Layout, Sheet};

/// The file of policies.
pub const POLICIES: Layout = Layout {
    file: "reminder_policies.csv",
    required: &["policy", "name", "currency", "days_overdue_1"],
    optional: &[
        "smallest_amount",
        "hold_level",
        "hold_days",
        "tiers",
        "days_between_1",
        "fee_1",
        "interest_1",
        "text_en_1",
        "text_de_1",
        "days_overdue_2",
        "days_between_2",
        "fee_2",
        "interest_2",
        "text_en_2",
        "text_de_2",
        "days_overdue_3",
        "days_between_3",
        "fee_3",
        "interest_3",
        "text_en_3",
        "text_de_3",
    ],
    decimals: &[
        "smallest_amount",
        "fee_1",
        "interest_1",
        "fee_2",
        "interest_2",
        "fee_3",
        "interest_3",
    ],
};

/// The file of accounts.
pub const ACCOUNTS: Layout = Layout {
    file: "account_reminders.csv",
    required: &["account"],
    optional: &["policy", "excluded"],
    decimals: &[],
};

/// An invoice may be so late.
const DAYS_MAX: i64 = 3_650;

/// A policy as it is to be stored, with the tiers that have it; none where the file says nothing of tiers.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct PolicyRow {
    id: ReminderPolicyId,
    code: String,
    name: String,
    currency: String,
    smallest_minor: i64,
    /// As JSON.
    levels: String,
    hold_level: Option<i32>,
    hold_days: Option<i32>,
    tiers: Option<Vec<Tier>>,
}

impl PolicyRow {
    fn of(policy: &Policy, tiers: Option<Vec<Tier>>) -> Option<Self> {
        Some(Self {
            id: policy.id,
            code: policy.code.clone(),
            name: policy.name.clone(),
            currency: policy.currency.code().to_owned(),
            smallest_minor: policy.smallest_minor,
            levels: serde_json::to_string(&policy.levels).ok()?,
            hold_level: policy.hold_level,
            hold_days: policy.hold_days,
            tiers,
        })
    }

    /// True if the policies are the same, whatever tiers have them.
    fn is_like(&self, other: &Self) -> bool {
        let told = |row: &Self| {
            let texts = [&row.code, &row.name, &row.currency, &row.levels].map(Clone::clone);
            (texts, row.smallest_minor, row.hold_level, row.hold_days)
        };
        told(self) == told(other)
    }
}

impl Row for PolicyRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    fn concerns(&self, _: &Scope) -> bool {
        // What an order costs does not depend on how somebody is reminded.
        false
    }
}

/// The codes of all policies, with those of the file.
pub type Policies = Keyed<ReminderPolicyId>;

/// The stored policies by code.
pub fn load(connection: &mut Connection) -> Result<Policies> {
    let rows: Vec<(String, ReminderPolicyId)> = sql("SELECT code, id FROM reminder_policies").rows(connection)?;
    Ok(rows.into_iter().collect())
}

/// A whole number in the cell, or none where it is empty.
fn number(cells: &mut Cells<'_>, column: &'static str, least: i64) -> Option<Option<i32>> {
    match cells.given(column) {
        None => Some(None),
        Some(_) => {
            let number = cells.integer(column, least..=DAYS_MAX)?;
            i32::try_from(number).ok().map(Some)
        }
    }
}

/// A number as it is checked with the whole policy.
fn decimal(cells: &mut Cells<'_>, column: &'static str) -> Option<Option<DecimalText>> {
    match cells.given(column) {
        None => Some(None),
        Some(_) => cells
            .plain_number(column)
            .map(|text| Some(DecimalText(text.into_owned()))),
    }
}

/// The level of these columns; none where its first is empty.
fn level(cells: &mut Cells<'_>, columns: [&'static str; 6]) -> Option<Option<LevelInput>> {
    let [days_overdue, days_between, fee, interest, text_en, text_de] = columns;
    let Some(overdue) = number(cells, days_overdue, 1)? else {
        return match columns.into_iter().find(|column| cells.given(column).is_some()) {
            Some(_) => cells.refuse(days_overdue, Code::Required, crate::sentences::fill_it_in()),
            None => Some(None),
        };
    };
    let (between, fee, interest) = (
        number(cells, days_between, 0),
        decimal(cells, fee),
        decimal(cells, interest),
    );
    let text = |cells: &Cells<'_>, column| cells.given(column).map(str::to_owned);
    let (en, de) = (text(cells, text_en), text(cells, text_de));
    Some(Some(LevelInput::new((overdue, between?), (fee?, interest?), (en, de))))
}

/// The column that a fault of a policy is about.
fn column(pointer: &str) -> &'static str {
    let mut parts = pointer.split('/').skip(1);
    match (parts.next(), parts.next(), parts.next()) {
        (Some("levels"), Some(place), Some(field)) => {
            let columns = place.parse::<usize>().ok().and_then(|place| FIELDS.get(place));
            let mut columns = columns.into_iter().flatten();
            columns
                .find(|column| column.starts_with(field))
                .copied()
                .unwrap_or("days_overdue_1")
        }
        (Some("code"), ..) => "policy",
        (Some(field), ..) => {
            let mut all = POLICIES.required.iter().chain(POLICIES.optional);
            all.find(|column| **column == field)
                .copied()
                .unwrap_or("days_overdue_1")
        }
        _ => "policy",
    }
}

fn policy(cells: &mut Cells<'_>, known: &Policies, stored: &HashMap<ReminderPolicyId, Policy>) -> Option<PolicyRow> {
    let code = cells.code("policy", limits::CODE)?;
    cells.unlike("policy", code, known)?;
    let name = cells.text("name", limits::NAME);
    let currency = cells.required("currency");
    let smallest = decimal(cells, "smallest_amount");
    let (hold_level, hold_days) = (number(cells, "hold_level", 1), number(cells, "hold_days", 1));
    let tiers = match (cells.has("tiers"), cells.given("tiers")) {
        (false, _) => None,
        (true, None) => Some(Some(Vec::new())),
        (true, Some(_)) => Some(cells.some_of("tiers", Tier::NAMES)),
    };
    let mut levels = Vec::new();
    for (place, columns) in FIELDS.into_iter().enumerate() {
        match level(cells, columns)? {
            Some(level) if levels.len() == place => levels.push(level),
            // A level behind one that is missing.
            Some(_) => {
                let missing = FIELDS.get(levels.len()).and_then(|columns| columns.first())?;
                return cells.refuse(missing, Code::Required, crate::sentences::fill_it_in());
            }
            None => {}
        }
    }
    let is_given = |column| cells.has(column);
    let (gives_smallest, gives_level, gives_days) = (
        is_given("smallest_amount"),
        is_given("hold_level"),
        is_given("hold_days"),
    );
    let before = known.get(code).and_then(|(_, id)| stored.get(id));
    let (smallest, hold_level, hold_days) = (smallest?, hold_level?, hold_days?);
    // A column that is not there keeps what is stored.
    let input = PolicyInput::new(
        (name?.to_owned(), currency?.to_owned()),
        match before {
            Some(before) if !gives_smallest => Some(DecimalText(before.smallest_amount().to_string())),
            _ => smallest,
        },
        levels,
        (
            if gives_level {
                hold_level
            } else {
                before.and_then(|before| before.hold_level)
            },
            if gives_days {
                hold_days
            } else {
                before.and_then(|before| before.hold_days)
            },
        ),
    );
    let id = before.map_or_else(ReminderPolicyId::new, |before| before.id);
    let checked = match policies::checked(id, code, &input) {
        Ok(policy) => policy,
        Err(Error::Invalid(faults)) => {
            let mut none = None;
            for fault in faults {
                none = cells.refuse(column(&fault.pointer), fault.code, fault.detail);
            }
            return none;
        }
        Err(_) => return None,
    };
    let tiers = match tiers {
        Some(names) => Some(names?.into_iter().filter_map(Tier::from_name).collect()),
        None => None,
    };
    PolicyRow::of(&checked, tiers)
}

/// Checks the file of policies; `known` gets those that it brings.
pub fn check_policies(db: &Database, mut sheet: Sheet, known: &mut Policies) -> Result<Checked> {
    let (stored, of_tiers) = db.read_now(|connection| {
        let all = keeping::list_policies(connection, crate::db::seek::Walk::First, i64::MAX)?;
        Ok((all, tiers::list(connection)?))
    })?;
    let stored: HashMap<_, _> = stored.into_iter().map(|policy| (policy.id, policy)).collect();
    let (mut keys, mut seen) = (Keys::new(), HashMap::new());
    let mut rows = sheet.rows(|cells| {
        let row = policy(cells, known, &stored)?;
        keys.note(cells, "policy", row.id)?;
        for tier in row.tiers.iter().flatten() {
            if seen.insert(*tier, row.id).is_some_and(|other| other != row.id) {
                return cells.refuse("tiers", Code::DuplicateKey, sentences::tier_has_policy(tier.name()));
            }
        }
        Some(row)
    });
    for row in &rows {
        known.insert(&row.code, row.id);
    }
    let mut checked = Checked::new(sheet);
    rows.retain(|row| {
        let own: Vec<_> = of_tiers
            .iter()
            .filter(|(_, code)| *code == row.code)
            .map(|(tier, _)| *tier)
            .collect();
        let same_tiers = row
            .tiers
            .as_ref()
            .is_none_or(|tiers| tiers.len() == own.len() && tiers.iter().all(|tier| own.contains(tier)));
        let before = stored.get(&row.id).and_then(|before| PolicyRow::of(before, None));
        match before {
            None => checked.report.new += 1,
            Some(before) if same_tiers && before.is_like(row) => {
                checked.report.unchanged += 1;
                return false;
            }
            Some(_) => checked.report.changed += 1,
        }
        true
    });
    checked.add_work(rows, write_policies);
    Ok(checked)
}

fn write_policies(tx: &mut Connection, chunk: &Chunk) -> Result<Vec<crate::sheets::report::Fault>> {
    let rows: Vec<PolicyRow> = serde_json::from_str(&chunk.json).map_err(Error::internal)?;
    keeping::put_policies(tx, &chunk.json)?;
    let mut batch = Batch::new();
    let (mut put, mut removed) = (Vec::new(), Vec::new());
    let known = tiers::list(tx)?;
    for row in &rows {
        let Some(own) = &row.tiers else { continue };
        let gone = known
            .iter()
            .filter(|(tier, code)| *code == row.code && !own.contains(tier));
        removed.extend(gone.map(|(tier, _)| *tier));
        put.extend(own.iter().map(|tier| (*tier, row.id)));
    }
    removed.retain(|tier| !put.iter().any(|(other, _)| other == tier));
    tiers::remove(&mut batch, &removed)?;
    tiers::put(&mut batch, &put)?;
    batch.run(tx)?;
    Ok(Vec::new())
}

/// What is set for an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct AccountRow {
    account_id: AccountId,
    policy_id: Option<ReminderPolicyId>,
    excluded: Option<String>,
}

impl Row for AccountRow {
    fn id(&self) -> i64 {
        self.account_id.0
    }

    fn concerns(&self, _: &Scope) -> bool {
        false
    }
}

/// Checks the file of accounts.
pub fn check_accounts(db: &Database, mut sheet: Sheet, accounts: &Accounts, known: &Policies) -> Result<Checked> {
    let stored: Vec<(AccountId, Option<ReminderPolicyId>, Option<String>)> = db
        .read_now(|connection| sql("SELECT account_id, policy_id, excluded FROM account_reminders").rows(connection))?;
    let stored: HashMap<_, _> = stored
        .into_iter()
        .map(|(id, policy, excluded)| (id, (policy, excluded)))
        .collect();
    let brings = (sheet.has("policy"), sheet.has("excluded"));
    let mut keys = Keys::new();
    let mut rows = sheet.rows(|cells| {
        let account_id = accounts.named(cells, "account")?.id;
        keys.note(cells, "account", account_id)?;
        let policy_id = match cells.given("policy") {
            None => Some(None),
            Some(code) => {
                let unknown = (Code::UnknownReminderPolicy, sentences::no_reminder_policy(code));
                cells.named("policy", known, unknown).map(|(_, id)| Some(*id))
            }
        };
        let excluded = cells.optional_text("excluded", TEXT_CHARS_MAX);
        Some(AccountRow {
            account_id,
            policy_id: policy_id?,
            excluded: excluded?.map(str::to_owned),
        })
    });
    // A column that is not there keeps what is stored.
    for row in &mut rows {
        let (policy, excluded) = stored.get(&row.account_id).cloned().unwrap_or_default();
        if !brings.0 {
            row.policy_id = policy;
        }
        if !brings.1 {
            row.excluded = excluded;
        }
    }
    let mut checked = Checked::new(sheet);
    rows.retain(|row| {
        let (policy, excluded) = stored.get(&row.account_id).cloned().unwrap_or_default();
        let is_same = policy == row.policy_id && excluded == row.excluded;
        match (is_same, stored.contains_key(&row.account_id)) {
            (true, _) => checked.report.unchanged += 1,
            (false, true) => checked.report.changed += 1,
            (false, false) => checked.report.new += 1,
        }
        !is_same
    });
    checked.add_work(rows, |tx, chunk| {
        keeping::put_of_accounts(tx, &chunk.json)?;
        Ok(Vec::new())
    });
    Ok(checked)
}
