//! How an account stands today: what needs its people, what is under way, what it ordered.

use chrono::NaiveDate;

use super::rules::soon;
use super::store;
pub use super::store::{Due, Held, OpenDraft, Short};
use crate::accounts::rules::Team;
use crate::accounts::team;
use crate::accounts::terms::{self, Terms};
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::db::seek::Scope;
use crate::error::Result;
use crate::ids::AccountId;
use crate::ledger;
use crate::orders::rules::months::first_day;
use crate::orders::{self, rules::Order};
use crate::shipments::{self, rules::Shipment};

/// Rows of each part.
pub const ROWS: i64 = 5;

#[derive(Debug)]
pub struct Standing {
    /// Terms of the account.
    pub terms: Terms,
    /// Today in the supplier's zone.
    pub today: NaiveDate,
    /// What it owes and has committed, minor units.
    pub exposure_minor: i64,
    /// Drafts with lines; one more than is shown where there are more.
    pub drafts: Vec<OpenDraft>,
    /// Orders on hold, the same.
    pub held: Vec<Held>,
    /// Orders with waiting lines, the same.
    pub short: Vec<Short>,
    /// Invoices that are late or soon due.
    pub due: Due,
    /// On their way, the newest first; one more than is shown where there are more.
    pub arriving: Vec<Shipment>,
    pub latest: Vec<Order>,
    /// Orders that are not over, by the name of their state.
    pub open_orders: Vec<(String, i64)>,
    /// Net ordered by month, `2026-11`; months without orders are missing.
    pub months: Vec<(String, i64)>,
    /// Who works for the account.
    pub team: Team,
}

/// Reads how the account stands; the same number of statements for any account.
pub fn load(connection: &mut Connection, account_id: AccountId, now: Timestamp) -> Result<Standing> {
    let terms = terms::load(connection, account_id)?;
    let today = day_in(terms.supplier_zone, now);
    let on_its_way = shipments::Filter {
        state: Some(shipments::rules::State::Shipped),
        ..shipments::Filter::default()
    };
    let (all, newest) = (orders::Filter::default(), orders::Sort::Newest);
    let scope = Scope::Account(account_id);
    let latest = orders::list(connection, scope, &all, newest, None, ROWS)?;
    let months = store::list_months(connection, account_id, first_day(today))?;
    Ok(Standing {
        exposure_minor: ledger::exposure(connection, account_id)?,
        drafts: store::list_open_drafts(connection, account_id, ROWS + 1)?,
        held: store::list_held(connection, account_id, ROWS + 1)?,
        short: store::list_short(connection, account_id, ROWS + 1)?,
        due: store::find_due(connection, account_id, today, soon(today))?,
        arriving: shipments::list(connection, scope, &on_its_way, Default::default(), None, ROWS + 1)?,
        latest: latest.into_iter().map(|listed| listed.order).collect(),
        open_orders: store::count_open_orders(connection, account_id)?,
        months: months.into_iter().map(|(month, minor, _)| (month, minor)).collect(),
        team: team::of_account(connection, account_id)?,
        terms,
        today,
    })
}
