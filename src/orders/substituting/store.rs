//! Proposals of the supplier's staff. Every query of an account's takes the account.

use super::proposing::Proposal;
use super::rules::State;
use crate::clock::Timestamp;
use crate::db::{Batch, Connection, insertion, select, sql, violations};
use crate::error::{Error, Result};
use crate::ids::{AccountId, OrderId, OrderLineId, ProductId, ProposalId};
use crate::row;

row! {
    #[derive(Debug)]
    struct ProposalRow in substitute_proposals {
        id: ProposalId,
        account_id: AccountId,
        order_id: OrderId,
        order_line_id: OrderLineId,
        product_id: ProductId,
        ratio_micros: i64,
        note: Option<String>,
        state: State,
        made_by: String,
        created_at: Timestamp,
        decided_by: Option<String>,
        decided_at: Option<Timestamp>,
        decision_reason: Option<String>,
    }
}

impl From<ProposalRow> for Proposal {
    fn from(row: ProposalRow) -> Self {
        Self {
            id: row.id,
            account_id: row.account_id,
            order_id: row.order_id,
            line_id: row.order_line_id,
            product_id: row.product_id,
            ratio_micros: row.ratio_micros,
            note: row.note,
            state: row.state,
            made_by: row.made_by,
            created_at: row.created_at,
            decided_at: row.decided_at,
            decision_reason: row.decision_reason,
        }
    }
}

/// Stores a new one; see [`is_open_elsewhere`].
pub fn insert(batch: &mut Batch, proposal: &Proposal) -> Result<()> {
    batch.add(insertion(&[ProposalRow {
        id: proposal.id,
        account_id: proposal.account_id,
        order_id: proposal.order_id,
        order_line_id: proposal.line_id,
        product_id: proposal.product_id,
        ratio_micros: proposal.ratio_micros,
        note: proposal.note.clone(),
        state: proposal.state,
        made_by: proposal.made_by.clone(),
        created_at: proposal.created_at,
        decided_by: None,
        decided_at: None,
        decision_reason: None,
    }])?);
    Ok(())
}

/// True where something is proposed for the line already.
pub fn is_open_elsewhere(error: &Error) -> bool {
    violations::is_unique_violation(error, "substitute_proposals_open", &["order_line_id"])
}

/// Whose it is, and of which order; for staff and for locks, which go by the order.
pub fn find_order(connection: &mut Connection, id: ProposalId) -> Result<Option<(OrderId, AccountId)>> {
    sql("SELECT order_id, account_id FROM substitute_proposals WHERE id = $1")
        .bind(id)
        .first(connection)
}

/// The proposal to the account.
pub fn find(connection: &mut Connection, account_id: AccountId, id: ProposalId) -> Result<Option<Proposal>> {
    let found: Option<ProposalRow> = select::<ProposalRow>("WHERE account_id = $1 AND id = $2")
        .bind(account_id)
        .bind(id)
        .first(connection)?;
    Ok(found.map(Proposal::from))
}

/// What is proposed for lines of an order of the account and not decided yet.
pub fn list_open(connection: &mut Connection, account_id: AccountId, order_id: OrderId) -> Result<Vec<Proposal>> {
    let rows: Vec<ProposalRow> = select::<ProposalRow>(
        "WHERE order_id = $1 AND account_id = $2 AND state = {substitute_proposal_state open} ORDER BY id",
    )
    .bind(order_id)
    .bind(account_id)
    .rows(connection)?;
    Ok(rows.into_iter().map(Proposal::from).collect())
}

pub fn update_decided(
    batch: &mut Batch,
    id: ProposalId,
    state: State,
    (by, reason): (String, Option<&str>),
    now: Timestamp,
) {
    batch.add(
        sql(
            "UPDATE substitute_proposals SET state = $2, decided_by = $3, decided_at = $4, decision_reason = $5 \
             WHERE id = $1",
        )
        .bind(id)
        .bind(state)
        .bind(by)
        .bind(now)
        .bind(reason.map(str::to_owned)),
    );
}
