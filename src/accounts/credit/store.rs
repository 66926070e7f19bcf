//! What is set for the credit of accounts, and which accounts stand under one parent.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::rules::{CreditCheck, InsuranceRule};
use crate::db::{Connection, select, sql};
use crate::error::Result;
use crate::ids::AccountId;
use crate::row;

row! {
    /// What holds for accounts that say nothing else.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Defaults from "credit_settings" {
        pub check_order: CreditCheck = "check_order",
        pub check_acceptance: CreditCheck = "check_acceptance",
        pub check_shipment: CreditCheck = "check_shipment",
        pub insurance: InsuranceRule = "insurance",
    }
}

row! {
    /// What is set for an account. Amounts are minor units of its currency.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Settings from "accounts a LEFT JOIN account_credits c ON c.account_id = a.id \
        LEFT JOIN accounts p ON p.id = c.parent_id" {
        pub parent_id: Option<AccountId> = "c.parent_id",
        /// Code of the account above it.
        pub parent: Option<String> = "p.code",
        pub group_limit_minor: Option<i64> = "c.group_limit_minor",
        pub insured_minor: Option<i64> = "c.insured_minor",
        pub insurer: Option<String> = "c.insurer",
        pub insurance_policy: Option<String> = "c.insurance_policy",
        pub insured_until: Option<NaiveDate> = "c.insured_until",
        pub insurance: Option<InsuranceRule> = "c.insurance",
        pub check_order: Option<CreditCheck> = "c.check_order",
        pub check_acceptance: Option<CreditCheck> = "c.check_acceptance",
        pub check_shipment: Option<CreditCheck> = "c.check_shipment",
    }
}

row! {
    /// An account of a group, with what it owes and has committed, minor units.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Member from "accounts a LEFT JOIN ledger_balances b ON b.account_id = a.id" {
        pub id: AccountId = "a.id",
        pub code: String = "a.code",
        pub name: String = "a.name",
        pub exposure_minor: i64 = "COALESCE(b.committed_minor + b.receivable_minor, 0)",
    }
}

pub fn find_defaults(connection: &mut Connection) -> Result<Defaults> {
    select::<Defaults>("WHERE id = 1").one(connection)
}

/// The same, locked until the transaction ends: who stands under whom is changed one after the other.
pub fn lock_defaults(tx: &mut Connection) -> Result<Defaults> {
    select::<Defaults>("WHERE id = 1 {lock}").one(tx)
}

pub fn update_defaults(tx: &mut Connection, defaults: &Defaults) -> Result<()> {
    sql("UPDATE credit_settings SET check_order = $1, check_acceptance = $2, check_shipment = $3, insurance = $4 WHERE id = 1")
        .bind(defaults.check_order)
        .bind(defaults.check_acceptance)
        .bind(defaults.check_shipment)
        .bind(defaults.insurance)
        .run(tx)
        .map(drop)
}

pub fn find(connection: &mut Connection, account_id: AccountId) -> Result<Settings> {
    select::<Settings>("WHERE a.id = $1").bind(account_id).one(connection)
}

/// Which account stands above which.
pub fn list_parents(connection: &mut Connection) -> Result<HashMap<AccountId, AccountId>> {
    let rows: Vec<(AccountId, AccountId)> =
        sql("SELECT account_id, parent_id FROM account_credits WHERE parent_id IS NOT NULL").rows(connection)?;
    Ok(rows.into_iter().collect())
}

/// The accounts of a group, the parent first, the others by code.
pub fn list_members(connection: &mut Connection, root: AccountId) -> Result<Vec<Member>> {
    select::<Member>(
        "WHERE a.id = $1 OR a.id IN (SELECT c.account_id FROM account_credits c WHERE c.parent_id = $1) \
         ORDER BY CASE WHEN a.id = $1 THEN 0 ELSE 1 END, a.code",
    )
    .bind(root)
    .rows(connection)
}
