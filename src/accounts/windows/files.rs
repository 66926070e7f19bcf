//! `delivery_windows.csv`: when sites take goods in. A row is a span of a weekday, told apart by where it begins.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::rules::{WEEKDAYS, clock, minute, weekday};
use crate::accounts::files::accounts::Accounts;
use crate::accounts::sentences;
use crate::accounts::sites::files::Sites;
use crate::db::{Connection, Database, sql};
use crate::error::{Code, Result};
use crate::ids::{AccountId, DeliveryWindowId};
use crate::limits;
use crate::sentences::Sentence;
use crate::sheets::plan::{Checked, Row, Scope};
use crate::sheets::{Cells, Keys, Layout, Sheet};

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "delivery_windows.csv",
    required: &["account", "site", "weekday", "from", "to"],
    optional: &[],
    decimals: &[],
};

/// A span, by the code of its site: the site may come with the same folder.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct SpanRow {
    id: DeliveryWindowId,
    account_id: AccountId,
    site: String,
    weekday: i32,
    from_minute: i32,
    to_minute: i32,
}

impl Row for SpanRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    fn concerns(&self, _: &Scope) -> bool {
        // Whether an order is right does not depend on when it is taken in.
        false
    }
}

/// Account, site, weekday and where it begins.
type Key = (AccountId, String, i32, i32);

fn load(connection: &mut Connection) -> Result<HashMap<Key, i32>> {
    let rows: Vec<(AccountId, String, i32, i32, i32)> = sql(
        "SELECT w.account_id, s.code, w.weekday, w.from_minute, w.to_minute FROM delivery_windows w \
         JOIN sites s ON s.id = w.site_id",
    )
    .rows(connection)?;
    let keyed = |(account, site, weekday, from, to)| ((account, site, weekday, from), to);
    Ok(rows.into_iter().map(keyed).collect())
}

/// Checks the file; `changed` is what becomes of promises once windows are others, in the same transaction.
pub fn check(
    db: &Database,
    mut sheet: Sheet,
    (accounts, sites): (&Accounts, &Sites),
    changed: fn(&mut Connection) -> Result<()>,
) -> Result<Checked> {
    let stored = db.read_now(load)?;
    let mut keys = Keys::new();
    let rows = sheet.rows(|cells| {
        let row = span(cells, accounts, sites)?;
        keys.note(cells, "from", row.key())?;
        Some((cells.line(), row))
    });
    let mut rows = without_overlaps(&mut sheet, rows, &stored);
    let mut checked = Checked::new(sheet);
    rows.retain(|row| match stored.get(&row.key()) {
        None => {
            checked.report.new += 1;
            true
        }
        Some(to) if *to == row.to_minute => {
            checked.report.unchanged += 1;
            false
        }
        Some(_) => {
            checked.report.changed += 1;
            true
        }
    });
    checked.add_work(rows, move |tx, chunk| {
        sql(
            "INSERT INTO delivery_windows (id, site_id, account_id, weekday, from_minute, to_minute) \
             SELECT r.id, s.id, r.account_id, r.weekday, r.from_minute, r.to_minute FROM {rows $1: id bigint, \
             account_id bigint, site text, weekday integer, from_minute integer, to_minute integer} r \
             {cross} sites s ON s.account_id = r.account_id AND s.code = r.site WHERE true \
             ON CONFLICT (site_id, weekday, from_minute) DO UPDATE SET to_minute = excluded.to_minute",
        )
        .bind(chunk.json.as_str())
        .run(tx)?;
        changed(tx)?;
        Ok(Vec::new())
    });
    Ok(checked)
}

/// What is told of a span that lies over another one of its day: the row of that one, or that it is kept already.
fn overlap(span: &SpanRow, other: Other) -> Sentence {
    let (from, to) = (clock(span.from_minute), clock(span.to_minute));
    match other {
        Other::Row(row) => sentences::window_overlaps_row(from, to, row),
        Other::Stored(start, end) => sentences::window_overlaps_stored(from, to, clock(start), clock(end)),
    }
}

#[derive(Debug, Clone, Copy)]
enum Other {
    Row(u64),
    Stored(i32, i32),
}

/// The rows that lie over no other span of their site's day, be it in the file or kept already; the others are faults. A row that
/// begins when a kept one does takes its place.
fn without_overlaps(sheet: &mut Sheet, rows: Vec<(u64, SpanRow)>, stored: &HashMap<Key, i32>) -> Vec<SpanRow> {
    type Day = (AccountId, String, i32);
    let named: HashSet<Key> = rows.iter().map(|(_, row)| row.key()).collect();
    let mut spans: HashMap<Day, Vec<(i32, i32, Other)>> = HashMap::new();
    for ((account, site, weekday, from), to) in stored {
        let key = (*account, site.clone(), *weekday, *from);
        if !named.contains(&key) {
            let of_day = spans.entry((*account, site.clone(), *weekday)).or_default();
            of_day.push((*from, *to, Other::Stored(*from, *to)));
        }
    }
    let mut good = Vec::with_capacity(rows.len());
    for (line, row) in rows {
        let of_day = spans
            .entry((row.account_id, row.site.clone(), row.weekday))
            .or_default();
        let over = of_day
            .iter()
            .find(|(from, to, _)| *from < row.to_minute && row.from_minute < *to);
        match over.map(|(_, _, other)| *other) {
            Some(other) => {
                let value = clock(row.from_minute);
                sheet.add_fault(line, "from", Code::ValueInvalid, value, overlap(&row, other));
            }
            None => {
                of_day.push((row.from_minute, row.to_minute, Other::Row(line)));
                good.push(row);
            }
        }
    }
    good
}

impl SpanRow {
    fn key(&self) -> Key {
        (self.account_id, self.site.clone(), self.weekday, self.from_minute)
    }
}

fn span(cells: &mut Cells<'_>, accounts: &Accounts, sites: &Sites) -> Option<SpanRow> {
    let account = accounts.named(cells, "account").map(|account| account.id);
    let code = cells.code("site", limits::CODE);
    let site = match (account, code) {
        (Some(account), Some(code)) if sites.get(&account).is_some_and(|codes| codes.contains(code)) => Some(code),
        (Some(_), Some(code)) => cells.refuse("site", Code::UnknownSite, sentences::no_site(code)),
        _ => None,
    };
    let days = WEEKDAYS.join(", ");
    let day = cells.parsed(
        "weekday",
        Code::ValueInvalid,
        sentences::write_the_weekday(days),
        weekday,
    );
    let from = cells.parsed("from", Code::ValueInvalid, sentences::write_the_time(), minute);
    let to = cells.parsed("to", Code::ValueInvalid, sentences::write_the_time(), minute);
    let (from, to) = (from?, to?);
    if from >= to {
        let detail = sentences::window_ends_before(cells.raw("from"), cells.raw("to"));
        return cells.refuse("to", Code::ValueInvalid, detail);
    }
    Some(SpanRow {
        id: DeliveryWindowId::new(),
        account_id: account?,
        site: site?.to_owned(),
        weekday: day?,
        from_minute: from,
        to_minute: to,
    })
}
