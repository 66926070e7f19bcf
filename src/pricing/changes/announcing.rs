//! Buyers of accounts whose contract or list changes are told so many days before, with old and new prices.

use chrono::{Days, NaiveDate};
use serde_json::json;

use super::rules::State;
use super::{Change, record, store, today};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::events;
use crate::events::payloads::{AnnouncedPrice, PricesAnnounced};
use crate::ids::PriceChangeId;
use crate::mail::letter::LINES_MAX;
use crate::money::UnitPrice;

/// It is told on this day, or should have been; not once it holds.
fn is_due(change: &Change, today: NaiveDate) -> bool {
    let notice = change.notice_days.and_then(|days| u64::try_from(days).ok());
    let from = notice.and_then(|days| change.effective_on.checked_sub_days(Days::new(days)));
    from.is_some_and(|from| from <= today) && today <= change.effective_on
}

/// The first price change that is to be told.
pub fn find(connection: &mut Connection, now: Timestamp) -> Result<Option<PriceChangeId>> {
    let untold = store::list_untold(connection)?;
    if untold.is_empty() {
        return Ok(None);
    }
    let today = today(connection, now)?;
    Ok(untold
        .iter()
        .find(|change| is_due(change, today))
        .map(|change| change.id))
}

fn price(row: &store::Row) -> AnnouncedPrice {
    AnnouncedPrice {
        sku: row.sku.clone(),
        name: row.name.clone(),
        unit: row.unit.clone(),
        min_quantity: row.min_quantity.to_string(),
        base_unit: row.base_unit.clone(),
        was_price: row.was_micros.map(|micros| UnitPrice { micros }.to_string()),
        was_price_base: row.was_base,
        price: row.price.to_string(),
        price_base: row.price_base,
    }
}

/// Tells it: an event for each list of an account, which become mails.
pub fn tell(tx: &mut Connection, id: PriceChangeId, now: Timestamp) -> Result<()> {
    let Some(mut change) = store::lock(tx, id)? else {
        return Ok(());
    };
    // Told by somebody else, or taken back meanwhile.
    if change.announced_at.is_some() || change.state != State::Applied {
        return Ok(());
    }
    let lists = store::list_account_lists(tx, id)?;
    for (account_id, list_id, list, count) in &lists {
        let limit = i64::try_from(LINES_MAX).map_err(Error::internal)?;
        let rows = store::list_rows_of(tx, id, *list_id, limit)?;
        let Some(first) = rows.first() else { continue };
        let payload = PricesAnnounced {
            price_list: list.clone(),
            effective_on: change.effective_on.to_string(),
            currency: first.currency.code().to_owned(),
            count: usize::try_from(*count).map_err(Error::internal)?,
            prices: rows.iter().map(price).collect(),
        };
        events::recording(&events::Entry::new(Some(*account_id), *list_id, payload), now).run(tx)?;
    }
    change.announced_at = Some(now);
    store::update(tx, &change)?;
    let details = json!({ "title": change.title, "lists": lists.len(), "effective_on": change.effective_on });
    record(
        tx,
        &Actor::program("worker"),
        &change,
        ("price_change.announce", details),
        now,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(notice_days: Option<i32>) -> Change {
        let day: NaiveDate = "2027-04-01".parse().unwrap();
        Change {
            id: PriceChangeId(1),
            title: "Spring".to_owned(),
            note: None,
            state: State::Applied,
            effective_on: day,
            notice_days,
            row_count: 1,
            authors: "[]".to_owned(),
            created_at: Timestamp::default(),
            created_by: "worker".to_owned(),
            submitted_at: None,
            submitted_by: None,
            decided_at: None,
            decided_by: None,
            decision_note: None,
            applied_at: None,
            rolled_back_at: None,
            rolled_back_by: None,
            work: None,
            work_at: 0,
            preview: None,
            preview_run: 0,
            preview_at: 0,
            previewed_at: None,
            announced_at: None,
        }
    }

    #[test]
    fn it_is_told_so_many_days_before_and_not_afterwards() {
        let due = |notice, day: &str| is_due(&change(notice), day.parse().unwrap());
        assert!(!due(Some(14), "2027-03-17"));
        assert!(due(Some(14), "2027-03-18") && due(Some(14), "2027-04-01"));
        assert!(!due(Some(14), "2027-04-02") && !due(None, "2027-03-20"));
    }
}
