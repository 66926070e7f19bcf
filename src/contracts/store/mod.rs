//! Contracts and commitments as they are stored. An account's own queries take the account.

pub mod pace;
pub mod warnings;

use std::collections::HashMap;

use chrono::NaiveDate;

use super::rules::{About, Acceptance, Commitment, Contract, Kind, Period, Renewal, State};
use crate::clock::Timestamp;
use crate::db::seek::{Scope, Seek, Walk, Way};
use crate::db::{Connection, select, selection, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, CommitmentId, ContractId, ProductId};
use crate::money::{Currency, Money};
use crate::{binds, row};

row! {
    struct ContractRow from "contracts c JOIN accounts a ON a.id = c.account_id" {
        id: ContractId = "c.id",
        account_id: AccountId = "c.account_id",
        account_code: String = "a.code",
        account_name: String = "a.name",
        code: String = "c.code",
        name: String = "c.name",
        currency: Currency = "c.currency",
        valid_from: NaiveDate = "c.valid_from",
        first_to: NaiveDate = "c.first_to",
        valid_to: NaiveDate = "c.valid_to",
        notice_days: Option<i32> = "c.notice_days",
        renewal: Renewal = "c.renewal",
        renewal_months: Option<i32> = "c.renewal_months",
        payment_terms_days: Option<i32> = "c.payment_terms_days",
        free_freight_minor: Option<i64> = "c.free_freight_minor",
        state: State = "c.state",
        offered_at: Option<Timestamp> = "c.offered_at",
        accepted_at: Option<Timestamp> = "c.accepted_at",
        accepted_by: Option<String> = "c.accepted_by",
        accepted_text: Option<String> = "c.accepted_text",
        signed_at: Option<Timestamp> = "c.signed_at",
        signed_by: Option<String> = "c.signed_by",
        ends_on: Option<NaiveDate> = "c.ends_on",
        end_reason: Option<String> = "c.end_reason",
    }
}

impl From<ContractRow> for Contract {
    fn from(row: ContractRow) -> Self {
        let acceptance = row.accepted_at.zip(row.accepted_by).map(|(at, name)| Acceptance {
            at,
            name,
            text: row.accepted_text.unwrap_or_default(),
        });
        Self {
            id: row.id,
            account_id: row.account_id,
            account: (row.account_code, row.account_name),
            code: row.code,
            name: row.name,
            currency: row.currency,
            valid_from: row.valid_from,
            first_to: row.first_to,
            valid_to: row.valid_to,
            notice_days: row.notice_days,
            renewal: row.renewal,
            renewal_months: row.renewal_months,
            payment_terms_days: row.payment_terms_days,
            free_freight_from: row.free_freight_minor.map(|minor| Money::new(minor, row.currency)),
            state: row.state,
            offered_at: row.offered_at,
            acceptance,
            signed: row.signed_at.zip(row.signed_by),
            ends_on: row.ends_on,
            end_reason: row.end_reason,
        }
    }
}

/// Which contracts to show.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Filter {
    /// Code of an account.
    pub account: Option<String>,
    pub states: Vec<State>,
    /// Part of the code or the name.
    pub text: Option<String>,
    /// Only those whose last day is this one or before it.
    pub ends_by: Option<NaiveDate>,
}

/// At most `limit` contracts by code. An account sees no draft.
pub fn list(
    connection: &mut Connection,
    scope: Scope,
    filter: &Filter,
    walk: Walk<String>,
    limit: i64,
) -> Result<Vec<Contract>> {
    let mut seek = Seek::new(connection, &selection::<ContractRow>());
    if let Some(account_id) = scope.account_id() {
        seek.and(
            "c.account_id = $1 AND c.state <> {contract_state draft}",
            binds![account_id],
        );
    }
    seek.of_account("c.account_id", filter.account.as_deref());
    let states: Vec<_> = filter.states.iter().map(|state| state.name()).collect();
    seek.one_of("c.state", &states)?;
    seek.and_if("c.valid_to <= $1", filter.ends_by);
    let text = filter.text.as_ref().map(|text| {
        let escaped = text.to_lowercase().replace('\\', "\\\\");
        format!("%{}%", escaped.replace('%', "\\%").replace('_', "\\_"))
    });
    seek.and_if(
        "(lower(c.code) LIKE $1 ESCAPE '\\' OR lower(c.name) LIKE $1 ESCAPE '\\')",
        text,
    );
    let rows: Vec<ContractRow> = seek
        .part(["c.code"], Way::Up, "c.id", walk.map(|code| binds![code]), limit)?
        .rows(connection)?;
    Ok(rows.into_iter().map(Contract::from).collect())
}

/// The contract with this id, whoever it is with: for staff.
pub fn find(connection: &mut Connection, id: ContractId) -> Result<Option<Contract>> {
    let row: Option<ContractRow> = select::<ContractRow>("WHERE c.id = $1").bind(id).first(connection)?;
    Ok(row.map(Contract::from))
}

/// The account's contract with this id; a draft is none.
pub fn find_of(connection: &mut Connection, account_id: AccountId, id: ContractId) -> Result<Option<Contract>> {
    let row: Option<ContractRow> =
        select::<ContractRow>("WHERE c.account_id = $1 AND c.id = $2 AND c.state <> {contract_state draft}")
            .bind(account_id)
            .bind(id)
            .first(connection)?;
    Ok(row.map(Contract::from))
}

/// The contract with this id; nobody else changes it until the transaction ends.
pub fn lock(tx: &mut Connection, id: ContractId) -> Result<Option<Contract>> {
    let row: Option<ContractRow> = select::<ContractRow>("WHERE c.id = $1 {lock of c}")
        .bind(id)
        .first(tx)?;
    Ok(row.map(Contract::from))
}

/// The contracts that a worker looks at: those whose days may have come. By id, behind `after`.
pub fn list_due(connection: &mut Connection, after: ContractId, limit: i64) -> Result<Vec<Contract>> {
    let rows: Vec<ContractRow> = select::<ContractRow>(
        "WHERE c.state IN ({contract_state signed}, {contract_state active}) AND c.id > $1 ORDER BY c.id LIMIT $2",
    )
    .bind(after)
    .bind(limit)
    .rows(connection)?;
    Ok(rows.into_iter().map(Contract::from).collect())
}

row! {
    struct CommitmentRow from "commitments m LEFT JOIN products p ON p.id = m.product_id" {
        id: CommitmentId = "m.id",
        contract_id: ContractId = "m.contract_id",
        code: String = "m.code",
        kind: Kind = "m.kind",
        scope: About = "m.scope",
        product_id: Option<ProductId> = "m.product_id",
        sku: Option<String> = "p.sku",
        product_name: Option<String> = "p.name",
        base_unit: Option<String> = "p.base_unit",
        category: Option<String> = "m.category",
        period: Period = "m.period",
        committed: i64 = "m.committed",
        shortfall_micros: Option<i64> = "m.shortfall_micros",
    }
}

impl From<CommitmentRow> for Commitment {
    fn from(row: CommitmentRow) -> Self {
        Self {
            id: row.id,
            contract_id: row.contract_id,
            code: row.code,
            kind: row.kind,
            about: row.scope,
            product_id: row.product_id,
            sku: row.sku,
            product_name: row.product_name,
            base_unit: row.base_unit,
            category: row.category,
            period: row.period,
            committed: row.committed,
            shortfall_micros: row.shortfall_micros,
        }
    }
}

/// The commitments of a contract of the account, by code.
pub fn commitments(
    connection: &mut Connection,
    account_id: AccountId,
    contract_id: ContractId,
) -> Result<Vec<Commitment>> {
    let rows: Vec<CommitmentRow> =
        select::<CommitmentRow>("WHERE m.account_id = $1 AND m.contract_id = $2 ORDER BY m.code")
            .bind(account_id)
            .bind(contract_id)
            .rows(connection)?;
    Ok(rows.into_iter().map(Commitment::from).collect())
}

/// Those of several contracts, whoever they are with: for staff.
pub fn commitments_of(connection: &mut Connection, ids: &[ContractId]) -> Result<Vec<Commitment>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<CommitmentRow> =
        select::<CommitmentRow>("WHERE m.contract_id {in ids $1} ORDER BY m.contract_id, m.code")
            .bind(sets::json(ids)?)
            .rows(connection)?;
    Ok(rows.into_iter().map(Commitment::from).collect())
}

/// The terms as they were offered.
pub fn find_offered_terms(
    connection: &mut Connection,
    account_id: AccountId,
    id: ContractId,
) -> Result<Option<String>> {
    let terms: Option<Option<String>> =
        sql("SELECT c.offered_terms FROM contracts c WHERE c.account_id = $1 AND c.id = $2")
            .bind(account_id)
            .bind(id)
            .first(connection)?;
    Ok(terms.flatten())
}

/// It is offered from now on, by these terms.
pub fn set_offered(tx: &mut Connection, id: ContractId, terms: &str, now: Timestamp) -> Result<()> {
    sql("UPDATE contracts SET state = {contract_state offered}, offered_terms = $2, offered_at = $3 WHERE id = $1")
        .bind(id)
        .bind(terms)
        .bind(now)
        .run(tx)
        .map(drop)
}

/// Somebody accepts it.
pub fn set_accepted(
    tx: &mut Connection,
    (account_id, id): (AccountId, ContractId),
    acceptance: &Acceptance,
    actor: &str,
) -> Result<()> {
    sql(
        "UPDATE contracts SET accepted_at = $3, accepted_by = $4, accepted_text = $5, accepted_actor = $6 \
         WHERE account_id = $1 AND id = $2",
    )
    .bind(account_id)
    .bind(id)
    .bind(acceptance.at)
    .bind(&acceptance.name)
    .bind(&acceptance.text)
    .bind(actor)
    .run(tx)
    .map(drop)
}

/// The supplier signs it, too.
pub fn set_signed(tx: &mut Connection, id: ContractId, name: &str, now: Timestamp) -> Result<()> {
    sql("UPDATE contracts SET state = {contract_state signed}, signed_at = $2, signed_by = $3 WHERE id = $1")
        .bind(id)
        .bind(now)
        .bind(name)
        .run(tx)
        .map(drop)
}

pub fn set_state(tx: &mut Connection, id: ContractId, state: State) -> Result<()> {
    sql("UPDATE contracts SET state = $2 WHERE id = $1")
        .bind(id)
        .bind(state)
        .run(tx)
        .map(drop)
}

/// It goes on until a day.
pub fn set_renewed(tx: &mut Connection, id: ContractId, to: NaiveDate) -> Result<()> {
    sql("UPDATE contracts SET valid_to = $2 WHERE id = $1")
        .bind(id)
        .bind(to)
        .run(tx)
        .map(drop)
}

/// It ends on a day, and why.
pub fn set_ending(tx: &mut Connection, id: ContractId, on: NaiveDate, reason: &str) -> Result<()> {
    sql("UPDATE contracts SET ends_on = $2, end_reason = $3 WHERE id = $1")
        .bind(id)
        .bind(on)
        .bind(reason)
        .run(tx)
        .map(drop)
}

/// Removes a draft with its commitments; price lists that name it are refused before.
pub fn delete(tx: &mut Connection, id: ContractId) -> Result<()> {
    sql("DELETE FROM commitments WHERE contract_id = $1").bind(id).run(tx)?;
    sql("DELETE FROM contracts WHERE id = $1").bind(id).run(tx).map(drop)
}

/// Removes one commitment.
pub fn delete_commitment(tx: &mut Connection, contract_id: ContractId, id: CommitmentId) -> Result<()> {
    sql("DELETE FROM commitments WHERE contract_id = $1 AND id = $2")
        .bind(contract_id)
        .bind(id)
        .run(tx)
        .map(drop)
}

/// Codes of the price lists that name a contract.
pub fn list_price_lists(connection: &mut Connection, id: ContractId) -> Result<Vec<String>> {
    sql("SELECT l.code FROM price_lists l WHERE l.contract_id = $1 ORDER BY l.code LIMIT 200")
        .bind(id)
        .rows(connection)
}

/// The terms as they were offered, of each of these contracts; for what derives them again.
pub fn list_offered_terms(connection: &mut Connection, ids: &[ContractId]) -> Result<HashMap<ContractId, String>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(ContractId, String)> =
        sql("SELECT c.id, c.offered_terms FROM contracts c WHERE c.id {in ids $1} AND c.offered_terms IS NOT NULL")
            .bind(sets::json(ids)?)
            .rows(connection)?;
    Ok(rows.into_iter().collect())
}
