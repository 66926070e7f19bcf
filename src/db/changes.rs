//! What changed of a list since a moment, whatever it was: added, changed, removed, or gone out of somebody's sight.
//!
//! The tables of lists have triggers that note in `changes` when a row last changed, by the clock of the database. A number of a
//! row is noted once, so there are never more notes than rows. What a follower is told to ask with next time is no moment of this
//! clock but the [`horizon`]: before it nothing more will be committed.

use chrono::{DateTime, TimeDelta};

use super::seek::Scope;
use super::{Connection, Database, Engine, composed, sql};
use crate::clock::Timestamp;
use crate::error::Result;
use crate::ids::AccountId;

/// How long a change is told of.
pub const KEPT_DAYS: i64 = 90;
/// A follower asks again from so long before the horizon: a clock that is set back, or a writer of PostgreSQL that has read the clock
/// and not yet got its number, costs a row that is told twice instead of one that is never told.
const OVERLAP: TimeDelta = TimeDelta::seconds(5);

/// Where a walk through changes goes on: behind the change with this moment and id.
pub type Place = (i64, i64);

/// Whose changes of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Everybodys,
    /// An account's, or of what belongs to none.
    Of(i64),
    /// An account's, and those of what is everybody's.
    SeenBy(AccountId),
}

/// Which of these ids of what is everybody's an account may hear of though it sees them no more.
pub type Known = fn(&mut Connection, AccountId, &[i64]) -> Result<Vec<i64>>;

/// A list whose changes are noted.
#[derive(Debug, Clone, Copy)]
pub struct Followed {
    list: &'static str,
    also: Option<&'static str>,
    whose: Whose,
    known: Option<Known>,
}

/// That a row changed, by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted {
    pub id: i64,
    /// Whose list it stands in, or 0.
    account_id: i64,
    changed_us: i64,
}

impl Noted {
    /// Behind which a walk goes on.
    pub fn place(&self) -> Place {
        (self.changed_us, self.id)
    }

    /// When it last changed.
    pub fn at(&self) -> Timestamp {
        moment(self.changed_us)
    }
}

impl Followed {
    /// Everybody's rows of a list.
    pub const fn all(list: &'static str) -> Self {
        Self::whose(list, Whose::Everybodys)
    }

    /// The rows of an account, or those that belong to none.
    pub fn of(list: &'static str, account_id: Option<AccountId>) -> Self {
        Self::whose(list, Whose::Of(account_id.map_or(0, |id| id.0)))
    }

    /// The rows that the scope shows.
    pub fn in_scope(list: &'static str, scope: Scope) -> Self {
        match scope {
            Scope::All => Self::all(list),
            Scope::Account(id) => Self::of(list, Some(id)),
        }
    }

    /// What an account sees of a list that is everybody's.
    pub const fn seen_by(list: &'static str, account_id: AccountId, known: Known) -> Self {
        Self {
            known: Some(known),
            ..Self::whose(list, Whose::SeenBy(account_id))
        }
    }

    /// With the changes of another list of the same things.
    #[must_use]
    pub const fn and(self, also: &'static str) -> Self {
        Self {
            also: Some(also),
            ..self
        }
    }

    const fn whose(list: &'static str, whose: Whose) -> Self {
        Self {
            list,
            also: None,
            whose,
            known: None,
        }
    }

    /// The moment up to which nobody can be told what changed: then the notes began, or the list became another one.
    pub fn told_from(self, connection: &mut Connection) -> Result<i64> {
        let account_id = match self.whose {
            Whose::Everybodys => 0,
            Whose::Of(id) => id,
            Whose::SeenBy(id) => id.0,
        };
        sql(
            "SELECT COALESCE(MAX(c.changed_us), 0) FROM changes c WHERE c.list IN ('', $1, $3) AND c.id = 0 \
             AND c.account_id IN (0, $2)",
        )
        .bind(self.list)
        .bind(account_id)
        .bind(self.also.unwrap_or_default())
        .one(connection)
    }

    /// At most `limit` changes behind a place, the first first; of several lists a row may come more than once.
    pub fn list(self, connection: &mut Connection, (changed_us, id): Place, limit: i64) -> Result<Vec<Noted>> {
        const OF_ALL: &str = "SELECT c.id, c.account_id, c.changed_us FROM changes c WHERE c.list = $1 AND c.id <> 0 \
             AND (c.changed_us, c.id) > ($2, $3) ORDER BY c.changed_us, c.id LIMIT $4";
        let of = |list: &str, account: &str| {
            format!(
                "SELECT c.id, c.account_id, c.changed_us FROM changes c WHERE c.list = {list} AND {account} AND c.id <> 0 \
                 AND (c.changed_us, c.id) > ($2, $3) ORDER BY c.changed_us, c.id LIMIT $4"
            )
        };
        // As its index has it: what is an account's own is little beside what is everybody's.
        let (nobodys, an_accounts) = ("c.account_id = 0", "c.account_id = $5 AND c.account_id <> 0");
        // An account's own note comes before everybody's of the same moment and thing: it may be told, whatever is cut off behind it.
        // Each part along the index; as one condition all would be sorted.
        let together = |parts: &[String]| {
            let parts: Vec<_> = parts
                .iter()
                .map(|part| format!("SELECT * FROM ({part}) part"))
                .collect();
            let parts = parts.join(" UNION ALL ");
            format!(
                "SELECT u.id, u.account_id, u.changed_us FROM ({parts}) u ORDER BY u.changed_us, u.id, u.account_id DESC \
                 LIMIT $4"
            )
        };
        let own = || [of("$1", nobodys), of("$1", an_accounts)];
        let others = || [of("$6", nobodys), of("$6", an_accounts)];
        let statement = match (self.whose, self.also) {
            (Whose::Everybodys, _) => sql(OF_ALL),
            (Whose::Of(0), _) => composed(of("$1", nobodys)),
            (Whose::Of(_), _) => composed(of("$1", an_accounts)),
            (Whose::SeenBy(_), None) => composed(together(&own())),
            (Whose::SeenBy(_), Some(_)) => composed(together(&[own(), others()].concat())),
        };
        let statement = statement.bind(self.list).bind(changed_us).bind(id).bind(limit);
        let statement = match self.whose {
            Whose::Everybodys | Whose::Of(0) => statement,
            Whose::Of(account_id) => statement.bind(account_id),
            Whose::SeenBy(account_id) => statement.bind(account_id),
        };
        let statement = match (self.whose, self.also) {
            (Whose::SeenBy(_), Some(also)) => statement.bind(also),
            _ => statement,
        };
        let rows: Vec<(i64, i64, i64)> = statement.rows(connection)?;
        let noted = |(id, account_id, changed_us)| Noted {
            id,
            account_id,
            changed_us,
        };
        Ok(rows.into_iter().map(noted).collect())
    }

    /// Those of `gone`, which are in the list no more, that may be told.
    pub fn told_gone(self, connection: &mut Connection, gone: Vec<Noted>) -> Result<Vec<Noted>> {
        let (Whose::SeenBy(account_id), Some(known)) = (self.whose, self.known) else {
            return Ok(gone);
        };
        let everybodys: Vec<_> = gone
            .iter()
            .filter(|noted| noted.account_id == 0)
            .map(|noted| noted.id)
            .collect();
        if everybodys.is_empty() {
            return Ok(gone);
        }
        let known = known(connection, account_id, &everybodys)?;
        let is_told = |noted: &Noted| noted.account_id != 0 || known.contains(&noted.id);
        Ok(gone.into_iter().filter(is_told).collect())
    }
}

impl Database {
    /// A moment before which nothing more will be committed: whatever is committed later was noted at it or after. Whoever reads
    /// after asking for it misses nothing by asking for what changed since.
    ///
    /// On SQLite it is the present of a write: writes come one after the other. On PostgreSQL it is when the oldest transaction began
    /// that has written something and still runs, by the database's own clock.
    pub async fn horizon(&self) -> Result<i64> {
        let read = |connection: &mut Connection| {
            let now: i64 = sql(
                "{sqlite: SELECT CAST(ROUND((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000}\
                 {postgres: SELECT CAST(EXTRACT(EPOCH FROM LEAST(statement_timestamp(), \
                 (SELECT MIN(a.xact_start) FROM pg_stat_activity a WHERE a.datname = current_database() \
                 AND a.backend_xid IS NOT NULL))) * 1000000 AS BIGINT)}",
            )
            .one(connection)?;
            // Before the notes began nothing was noted that could be missed.
            let begun: i64 = sql("SELECT COALESCE(MAX(c.changed_us), 0) FROM changes c WHERE c.list = '' AND c.id = 0")
                .one(connection)?;
            Ok((now - OVERLAP.num_microseconds().unwrap_or_default()).max(begun + 1))
        };
        match self.engine() {
            Engine::Sqlite => self.in_line(read).await,
            Engine::Postgres => self.read(read).await,
        }
    }
}

/// The lists whose changes are noted.
pub const LISTS: [&str; 51] = [
    "accounts",
    "allocation_modes",
    "assortment",
    "availability",
    "bank_entries",
    "bank_statements",
    "bulk_jobs",
    "calendars",
    "catalogue",
    "claims",
    "clients",
    "consignments",
    "contacts",
    "contracts",
    "credit_notes",
    "discounts",
    "early_access",
    "entitlements",
    "erasures",
    "expected_receipts",
    "imports",
    "invitations",
    "invoices",
    "messages",
    "order_changes",
    "order_minimums",
    "orders",
    "packings",
    "payment_promises",
    "payments",
    "people",
    "price_changes",
    "price_corrections",
    "price_lists",
    "prices",
    "product_costs",
    "products",
    "punchout_documents",
    "quotas",
    "rebate_agreements",
    "refunds",
    "returns",
    "reminder_policies",
    "reminder_runs",
    "reminders",
    "shipments",
    "sites",
    "stock",
    "substitutes",
    "webhook_endpoints",
    "write_offs",
];

/// Deletes notes from before a moment, at most so many.
pub fn delete(tx: &mut Connection, before: Timestamp, rows_max: i64) -> Result<usize> {
    let (mut deleted, most) = (0, usize::try_from(rows_max).unwrap_or(usize::MAX));
    for list in LISTS {
        if deleted >= most {
            break;
        }
        // The moment is asked for twice: a note that is renewed while this waits for it stays.
        deleted += sql(
            "DELETE FROM changes WHERE (list, id, account_id) IN (SELECT c.list, c.id, c.account_id \
             FROM changes c WHERE c.list = $1 AND c.changed_us < $2 ORDER BY c.changed_us LIMIT $3) \
             AND changed_us < $2",
        )
        .bind(list)
        .bind(micros(before))
        .bind(rows_max - i64::try_from(deleted).unwrap_or(rows_max))
        .run(tx)?;
    }
    Ok(deleted)
}

/// A moment as it is noted.
pub fn micros(at: Timestamp) -> i64 {
    at.and_utc().timestamp_micros()
}

/// The reverse of [`micros`].
pub fn moment(micros: i64) -> Timestamp {
    DateTime::from_timestamp_micros(micros).unwrap_or_default().naive_utc()
}
