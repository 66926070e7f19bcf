//! Delivery windows: when a site takes goods in. Pick lists, labels and delivery notes say them, and what is promised from now on
//! keeps to their weekdays, unless the site's calendar has none of them.

pub mod files;
pub mod rules;
pub mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use serde_json::json;

use self::rules::{Window, clock, grouped};
use super::{editing, sites};
use crate::audit::{self, Actor};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::ids::{AccountId, SiteId};
use crate::languages::Language;
use crate::version::{Expected, of_content};

pub use self::store::{list_of_sites, of_site};

/// The spans as people read them: `Mon-Fri 08:00-12:00, Sat 09:00-11:00`.
pub fn text(windows: &[Window], language: Language) -> Option<String> {
    let day = |weekday: i32| language.text(&format!("mail-weekday-{weekday}"));
    let group = |(first, last, spans): (i32, i32, Vec<(i32, i32)>)| {
        let days = match first == last {
            true => day(first),
            false => format!("{}-{}", day(first), day(last)),
        };
        let spans = spans
            .into_iter()
            .map(|(from, to)| format!("{}-{}", clock(from), clock(to)));
        format!("{days} {}", spans.collect::<Vec<_>>().join(" + "))
    };
    let text = grouped(windows).into_iter().map(group).collect::<Vec<_>>().join(", ");
    Some(text).filter(|text| !text.is_empty())
}

/// The windows of a site and whose it is, for staff.
pub fn get(connection: &mut Connection, site_id: SiteId) -> Result<(AccountId, Vec<Window>)> {
    let account_id = sites::account_of(connection, site_id)?;
    Ok((account_id, of_site(connection, account_id, site_id)?))
}

/// Says when a site of the account takes goods in, all of it anew.
pub fn replace(
    tx: &mut Connection,
    (account_id, site_id): (AccountId, SiteId),
    expected: &Expected,
    windows: &[Window],
    actor: &Actor,
    now: Timestamp,
) -> Result<Vec<Window>> {
    editing::lock(tx, account_id)?;
    let before = of_site(tx, account_id, site_id)?;
    expected.check(of_content(&before)?)?;
    let faults = rules::faults(windows, |place| format!("/windows/{place}"));
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    store::replace(tx, (account_id, site_id), windows)?;
    store::mark_promises(tx, account_id)?;
    let after = of_site(tx, account_id, site_id)?;
    let entry = audit::Entry {
        action: "delivery_windows.change",
        account_id: Some(account_id),
        object: site_id.to_string(),
        details: json!({ "before": before, "after": after }),
    };
    audit::record(tx, actor, &entry, now)?;
    Ok(after)
}
