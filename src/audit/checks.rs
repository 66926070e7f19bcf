//! The record is whole: no sealed entry was changed, taken out or slipped in, and the chain ends where it was left.

use super::redacting::{self, Vouchers};
use super::sealing::{self, Head, Link};
use crate::checks::Breach;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::AuditId;

const CHAIN: &str = "the audit record is a chain without a gap";
/// Entries read at a time.
const ROWS_AT_ONCE: i64 = 2_000;
/// Breaks that are named; a record that was made up anew would name them all.
const BREACHES_MAX: usize = 100;

/// Whether the chain still holds a head that somebody kept elsewhere: only so it shows that the end was cut off and sealed
/// anew.
pub fn compare(connection: &mut Connection, kept: &Head) -> Result<Vec<Breach>> {
    if kept.place == 0 && kept.hash.is_empty() {
        // Kept before anything was sealed.
        return Ok(Vec::new());
    }
    let found = sealing::list(connection, kept.place.saturating_sub(1), 1)?
        .into_iter()
        .next();
    let found = found
        .filter(|link| link.place == Some(kept.place))
        .and_then(|link| link.hash);
    let detail = match found {
        Some(hash) if hash == kept.hash => return Ok(Vec::new()),
        Some(_) => "its hash is not the one that was kept",
        None => "it was kept and is missing",
    };
    Ok(vec![Breach {
        check: CHAIN,
        object: format!("place {}", kept.place),
        detail: detail.to_owned(),
    }])
}

/// Every place at which the chain is broken.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    // Entries that are not what was sealed, until a later one vouches for what they became.
    let (mut changed, mut vouchers) = (Vec::new(), Vouchers::default());
    let end = sealing::head(connection)?;
    let mut last = Head {
        place: 0,
        hash: String::new(),
    };
    loop {
        let links = sealing::list(connection, last.place, ROWS_AT_ONCE)?;
        for link in &links {
            last = follow((&mut breaches, &mut changed, &mut vouchers), &last, link)?;
        }
        if i64::try_from(links.len()).unwrap_or(i64::MAX) < ROWS_AT_ONCE {
            break;
        }
    }
    // What was just replaced has a voucher that is sealed within seconds.
    for link in sealing::list_unsealed(connection, redacting::ACTION)? {
        vouchers.take(&link)?;
    }
    for (id, place, digest) in changed {
        if !vouchers.vouch(id, &digest) {
            breaches.push(Breach {
                check: CHAIN,
                object: format!("{id} at place {place}"),
                detail: "it is not what was sealed".to_owned(),
            });
        }
    }
    if last.place < end.place {
        let missing = end.place - last.place;
        breaches.push(Breach {
            check: CHAIN,
            object: format!("the end, place {}", end.place),
            detail: format!("the last {missing} entries are missing"),
        });
    } else if last != end {
        breaches.push(Breach {
            check: CHAIN,
            object: format!("the end, place {}", last.place),
            detail: format!("the chain was left at place {} with another hash", end.place),
        });
    }
    breaches.truncate(BREACHES_MAX);
    Ok(breaches)
}

/// An entry, its place, and what it comes to.
type Changed = (AuditId, i64, String);

/// Goes on to the next entry; it is believed for what follows, so that each break is told once.
fn follow(
    (breaches, changed, vouchers): (&mut Vec<Breach>, &mut Vec<Changed>, &mut Vouchers),
    last: &Head,
    link: &Link,
) -> Result<Head> {
    let (place, hash) = (link.place.unwrap_or_default(), link.hash.clone().unwrap_or_default());
    let next = last.place + 1;
    if place != next {
        breaches.push(Breach {
            check: CHAIN,
            object: format!("{} at place {place}", link.id),
            detail: format!("{} entries before it are missing", place - next),
        });
    } else if hash != link.hash_at(place, &last.hash)? {
        changed.push((link.id, place, link.digest()?));
    } else {
        vouchers.take(link)?;
    }
    Ok(Head { place, hash })
}
