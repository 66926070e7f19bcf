//! Settlements of agreements.

use chrono::NaiveDate;

use crate::binds;
use crate::clock::Timestamp;
use crate::db::seek::{Seek, Walk, Way};
use crate::db::{Batch, Connection, insertion, select, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, RebateAgreementId, RebateId, RebateSettlementId};
use crate::money::Currency;
pub use crate::names::states::RebateSettlementState as State;
use crate::rebate_agreements::rules::Settlement as PaidBy;
use crate::row;

row! {
    /// What of an agreement is to be paid, or was.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Settlement from "rebate_settlements s JOIN rebate_agreements g ON g.id = s.agreement_id JOIN accounts a ON a.id = s.account_id" {
        pub id: RebateSettlementId = "s.id",
        pub agreement_id: RebateAgreementId = "s.agreement_id",
        /// Code of the agreement.
        pub code: String = "g.code",
        pub name: String = "g.name",
        pub account_id: AccountId = "s.account_id",
        /// Code of the account.
        pub account: String = "a.code",
        pub account_name: String = "a.name",
        pub currency: Currency = "g.currency",
        pub settlement: PaidBy = "g.settlement",
        /// Days of the last period it is about, both included.
        pub period_from: NaiveDate = "s.period_from",
        pub period_to: NaiveDate = "s.period_to",
        pub state: State = "s.state",
        /// Without tax: what was proposed, or what was paid.
        pub amount_minor: i64 = "s.amount_minor",
        pub rebate_id: Option<RebateId> = "s.rebate_id",
        pub proposed_at: Timestamp = "s.proposed_at",
        pub decided_at: Option<Timestamp> = "s.decided_at",
        pub decided_by: Option<String> = "s.decided_by",
    }
}

row! {
    /// A new proposal.
    #[derive(Debug)]
    pub struct ProposalRow into rebate_settlements {
        pub id: RebateSettlementId,
        pub agreement_id: RebateAgreementId,
        pub account_id: AccountId,
        pub period_from: NaiveDate,
        pub period_to: NaiveDate,
        pub state: State,
        pub amount_minor: i64,
        pub proposed_at: Timestamp,
    }
}

row! {
    /// An agreement with periods that are over, of which something else is due than is proposed.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Ended {
        pub agreement_id: RebateAgreementId,
        pub account_id: AccountId,
        /// The last of them.
        pub period_from: NaiveDate,
        pub period_to: NaiveDate,
        /// What they earned less what was settled.
        pub due_minor: i64,
        pub proposed_id: Option<RebateSettlementId>,
    }
}

/// Agreements with periods that ended before a day, of which something else is due than is proposed.
pub fn list_ended(connection: &mut Connection, today: NaiveDate, limit: i64) -> Result<Vec<Ended>> {
    sql(
        "SELECT d.agreement_id, d.account_id, d.period_from, d.period_to, d.due_minor, d.proposed_id FROM (\
         SELECT w.agreement_id, w.account_id, MAX(w.period_from) AS period_from, MAX(w.period_to) AS period_to, \
         CAST(SUM(w.accrued_minor) - COALESCE((SELECT SUM(s.amount_minor) FROM rebate_settlements s \
         WHERE s.agreement_id = w.agreement_id AND s.state = {rebate_settlement_state settled}), 0) AS BIGINT) AS due_minor, \
         (SELECT MAX(p.id) FROM rebate_settlements p WHERE p.agreement_id = w.agreement_id AND p.state = {rebate_settlement_state proposed}) AS proposed_id, \
         (SELECT MAX(p.amount_minor) FROM rebate_settlements p WHERE p.agreement_id = w.agreement_id AND p.state = {rebate_settlement_state proposed}) \
         AS proposed_minor FROM rebate_periods w WHERE w.period_to < $1 GROUP BY w.agreement_id, w.account_id) d \
         WHERE (d.proposed_id IS NULL AND d.due_minor > 0) OR d.due_minor <> d.proposed_minor \
         ORDER BY d.agreement_id LIMIT $2",
    )
    .bind(today)
    .bind(limit)
    .rows(connection)
}

/// What an agreement earned in periods that end on a day or before, less what was settled.
pub fn due(connection: &mut Connection, id: RebateAgreementId, until: NaiveDate) -> Result<i64> {
    sql(
        "SELECT CAST(COALESCE((SELECT SUM(w.accrued_minor) FROM rebate_periods w WHERE w.agreement_id = $1 AND w.period_to <= $2), 0) \
         - COALESCE((SELECT SUM(s.amount_minor) FROM rebate_settlements s WHERE s.agreement_id = $1 AND s.state = {rebate_settlement_state settled}), 0) AS BIGINT)",
    )
    .bind(id)
    .bind(until)
    .one(connection)
}

/// Stores new proposals, and what others come to now; one of nothing goes.
pub fn propose(
    batch: &mut Batch,
    new: &[ProposalRow],
    changed: &[(RebateSettlementId, NaiveDate, NaiveDate, i64)],
) -> Result<()> {
    if !new.is_empty() {
        batch.add(insertion(new)?);
    }
    let (gone, kept): (Vec<_>, Vec<_>) = changed.iter().copied().partition(|(.., due)| *due <= 0);
    if !gone.is_empty() {
        let ids: Vec<_> = gone.iter().map(|(id, ..)| *id).collect();
        batch.add(
            sql("DELETE FROM rebate_settlements WHERE id {in ids $1} AND state = {rebate_settlement_state proposed}")
                .bind(sets::json(&ids)?),
        );
    }
    if !kept.is_empty() {
        let rows: Vec<_> = kept
            .iter()
            .map(|(id, from, to, due)| (*id, from.to_string(), to.to_string(), *due))
            .collect();
        batch.add(
            sql(
                "UPDATE rebate_settlements SET amount_minor = d.due, period_from = {sqlite: d.starts}{postgres: CAST(d.starts AS DATE)}, \
                 period_to = {sqlite: d.ends}{postgres: CAST(d.ends AS DATE)} \
                 FROM {tuples $1: id bigint, starts text, ends text, due bigint} d \
                 WHERE rebate_settlements.id = d.id AND rebate_settlements.state = {rebate_settlement_state proposed}",
            )
            .bind(sets::json(&rows)?),
        );
    }
    Ok(())
}

/// Says that one is paid.
pub fn settle(
    batch: &mut Batch,
    id: RebateSettlementId,
    (minor, rebate_id): (i64, RebateId),
    by: &str,
    now: Timestamp,
) {
    batch.add(
        sql(
            "UPDATE rebate_settlements SET state = {rebate_settlement_state settled}, amount_minor = $2, rebate_id = $3, decided_at = $4, decided_by = $5 \
             WHERE id = $1",
        )
        .bind(id)
        .bind(minor)
        .bind(rebate_id)
        .bind(now)
        .bind(by),
    );
}

pub fn find(connection: &mut Connection, id: RebateSettlementId) -> Result<Option<Settlement>> {
    select::<Settlement>("WHERE s.id = $1").bind(id).first(connection)
}

/// Settlements, the newest first, behind the one with this id; only those in a state, and of one account, where that is asked for.
pub fn list(
    connection: &mut Connection,
    (account, state): (Option<&str>, Option<State>),
    walk: Walk<RebateSettlementId>,
    limit: i64,
) -> Result<Vec<Settlement>> {
    let mut seek = Seek::new(connection, "SELECT s.id FROM rebate_settlements s");
    seek.of_account("s.account_id", account);
    seek.and_if("s.state = $1", state);
    let ids: Vec<RebateSettlementId> = seek
        .part(["s.id"], Way::Down, "s.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    select::<Settlement>("WHERE s.id {in ids $1} ORDER BY s.id DESC")
        .bind(sets::json(&ids)?)
        .rows(connection)
}
