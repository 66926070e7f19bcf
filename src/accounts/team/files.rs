//! `team.csv`: the supplier's staff behind each account.
//!
//! A row is somebody with a function; the position is where it stands. A position that a row takes is taken from whoever
//! has it and isn't named for the account with the same function: the file's order is the team's order.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::accounts::files::accounts::Accounts;
use crate::accounts::rules::{self, TeamFunction};
use crate::accounts::sentences;
use crate::db::{Connection, Database, Stored, insert, select, sql};
use crate::error::{Code, Error, Result};
use crate::identity::rules::normal_email;
use crate::ids::{AccountId, PersonId, TeamMemberId};
use crate::limits;
use crate::row;
use crate::sheets::plan::{Checked, Chunk, Row, Scope};
use crate::sheets::report::refused;
use crate::sheets::{Cells, Keys, Layout, Sheet, one_row};

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "team.csv",
    required: &["email", "account", "function", "position"],
    optional: &["phone", "deputy_email", "absent_from", "absent_to"],
    decimals: &[],
};

const KEY: [&str; 3] = ["account_id", "person_id", "function"];
/// Every column is written, because a row whose column is absent brings the stored value.
const STORED: [&str; 5] = ["position", "phone", "deputy_id", "absent_from", "absent_to"];
/// Teams are shown whole.
const POSITION_MAX: i64 = 99;

row! {
    #[derive(Debug, Clone)]
    struct TeamRow in team_members {
        id: TeamMemberId,
        account_id: AccountId,
        position: i32,
        person_id: PersonId,
        function: TeamFunction,
        phone: Option<String>,
        deputy_id: Option<PersonId>,
        absent_from: Option<NaiveDate>,
        absent_to: Option<NaiveDate>,
    }
}

impl TeamRow {
    fn key(&self) -> Key {
        (self.account_id, self.person_id, self.function)
    }
}

impl Row for TeamRow {
    fn id(&self) -> i64 {
        self.id.0
    }

    /// No order depends on who serves the account.
    fn concerns(&self, _: &Scope) -> bool {
        false
    }
}

/// Whose place it is: account, person, function.
type Key = (AccountId, PersonId, TeamFunction);

/// The staff by mail address, and the stored places.
#[derive(Debug, Default)]
struct Known {
    staff: HashMap<String, PersonId>,
    places: HashMap<Key, TeamRow>,
}

impl Known {
    /// Everybody, and the places in every team; or in the team of one account only.
    fn load(connection: &mut Connection, of: Option<AccountId>) -> Result<Self> {
        let staff: Vec<(String, PersonId)> =
            sql("SELECT email, id FROM people WHERE account_id IS NULL AND ended_at IS NULL").rows(connection)?;
        let places: Vec<TeamRow> = select::<TeamRow>("WHERE CAST($1 AS BIGINT) IS NULL OR account_id = $1")
            .bind(of.map(|id| id.0))
            .rows(connection)?;
        Ok(Self {
            staff: staff.into_iter().collect(),
            places: places.into_iter().map(|place| (place.key(), place)).collect(),
        })
    }

    /// The person of the staff that a cell names; an unknown one is a fault.
    fn named(&self, cells: &mut Cells<'_>, column: &'static str) -> Option<PersonId> {
        let email = cells.text(column, limits::EMAIL)?;
        match self.staff.get(&normal_email(email)) {
            None => cells.refuse(column, Code::UnknownPerson, sentences::nobody_of_staff()),
            known => known.copied(),
        }
    }
}

/// Keys of the file's rows.
struct Seen {
    places: Keys<Key>,
    positions: Keys<(AccountId, i32)>,
}

/// Checks the file.
pub fn check(db: &Database, mut sheet: Sheet, accounts: &Accounts) -> Result<Checked> {
    let known = db.read_now(|connection| Known::load(connection, None))?;
    let brings = Brings {
        phone: sheet.has("phone"),
        deputy: sheet.has("deputy_email"),
        absent_from: sheet.has("absent_from"),
        absent_to: sheet.has("absent_to"),
    };
    let mut seen = Seen {
        places: Keys::new(),
        positions: Keys::new(),
    };
    let rows = sheet.rows(|cells| place(cells, accounts, &known, brings, &mut seen));
    let given_up = given_up(&known, &rows);
    let upsert = TeamRow::TABLE.upsert(&KEY, None, &STORED);
    let mut checked = Checked::new(sheet);
    if given_up > 0 {
        checked.notes.push(sentences::places_given_up(given_up));
    }
    checked.add(db, rows, upsert, move |tx, chunk| {
        free_positions(tx, chunk)?;
        upsert.run(tx, &chunk.json)?;
        Ok(Vec::new())
    })?;
    Ok(checked)
}

/// The whole team of an account as a form or a request gives it: for each place `values` by column of the file, under
/// the same rules. Whoever isn't in it leaves the team.
pub fn store_all(tx: &mut Connection, account: &rules::Account, places: &[Vec<(&'static str, String)>]) -> Result<()> {
    let known = Known::load(tx, Some(account.id))?;
    let accounts = Accounts::of(account);
    let brings = Brings {
        phone: true,
        deputy: true,
        absent_from: true,
        absent_to: true,
    };
    let mut seen = Seen {
        places: Keys::new(),
        positions: Keys::new(),
    };
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for (line, (index, values)) in (1..).zip(places.iter().enumerate()) {
        let mut values = values.clone();
        values.push(("account", account.code.clone()));
        let row = one_row(&LAYOUT, line, &values, |cells| {
            place(cells, &accounts, &known, brings, &mut seen)
        });
        match row {
            Ok(row) => rows.push(row),
            Err(found) => match refused(found, |column| format!("/members/{index}/{column}")) {
                Error::Invalid(found) => faults.extend(found),
                other => return Err(other),
            },
        }
    }
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    sql("DELETE FROM team_members WHERE account_id = $1")
        .bind(account.id)
        .run(tx)?;
    insert(tx, &rows)
}

/// Which optional columns the file has.
#[derive(Debug, Clone, Copy)]
struct Brings {
    phone: bool,
    deputy: bool,
    absent_from: bool,
    absent_to: bool,
}

fn place(
    cells: &mut Cells<'_>,
    accounts: &Accounts,
    known: &Known,
    brings: Brings,
    seen: &mut Seen,
) -> Option<TeamRow> {
    let person_id = known.named(cells, "email");
    let account_id = accounts.named(cells, "account").map(|account| account.id);
    let function = cells.parsed(
        "function",
        Code::ValueInvalid,
        sentences::give_function(),
        TeamFunction::from_name,
    );
    let position = cells.integer("position", 1..=POSITION_MAX);
    let position = position.and_then(|position| i32::try_from(position).ok());
    if position == Some(1) && function.is_some_and(|function| function != TeamFunction::KeyAccountManager) {
        cells.refuse::<()>("function", Code::ValueInvalid, sentences::first_is_the_managers());
    }
    let phone = cells.phone("phone");
    let deputy_id = match cells.given("deputy_email") {
        None => Some(None),
        Some(_) => known.named(cells, "deputy_email").map(Some),
    };
    let absent_from = cells.optional_day("absent_from");
    let absent_to = cells.optional_day("absent_to");
    let key = (account_id?, person_id?, function?);
    let taken = account_id.zip(position);
    let once = seen.places.note(cells, "email", key);
    let alone = taken.and_then(|taken| seen.positions.note(cells, "position", taken));

    let stored = known.places.get(&key);
    let row = TeamRow {
        id: stored.map_or_else(TeamMemberId::new, |place| place.id),
        account_id: key.0,
        position: position?,
        person_id: key.1,
        function: key.2,
        phone: kept(
            brings.phone,
            phone?.map(str::to_owned),
            stored.map(|place| &place.phone),
        ),
        deputy_id: kept(brings.deputy, deputy_id?, stored.map(|place| &place.deputy_id)),
        absent_from: kept(brings.absent_from, absent_from?, stored.map(|place| &place.absent_from)),
        absent_to: kept(brings.absent_to, absent_to?, stored.map(|place| &place.absent_to)),
    };
    let ((), ()) = (once?, alone?);
    check_absence(cells, &row)?;
    Some(row)
}

/// The cell's value, or the stored one where the column is absent.
fn kept<T: Clone>(brought: bool, cell: Option<T>, stored: Option<&Option<T>>) -> Option<T> {
    if brought { cell } else { stored.cloned().flatten() }
}

fn check_absence(cells: &mut Cells<'_>, row: &TeamRow) -> Option<()> {
    if row.deputy_id == Some(row.person_id) {
        return cells.refuse("deputy_email", Code::ValueInvalid, sentences::deputy_is_another());
    }
    match (row.absent_from, row.absent_to) {
        (None, Some(_)) => cells.refuse("absent_from", Code::Required, sentences::absence_begins_when()),
        (Some(from), Some(to)) if to < from => {
            cells.refuse("absent_to", Code::ValueInvalid, sentences::absence_ends_early())
        }
        _ => Some(()),
    }
}

/// How many stored places the file doesn't name lose their position to one of its rows.
fn given_up(known: &Known, rows: &[TeamRow]) -> usize {
    let named: HashSet<_> = rows.iter().map(TeamRow::key).collect();
    let taken: HashSet<_> = rows.iter().map(|row| (row.account_id, row.position)).collect();
    let is_lost =
        |place: &&TeamRow| !named.contains(&place.key()) && taken.contains(&(place.account_id, place.position));
    known.places.values().filter(is_lost).count()
}

/// Frees the positions that the chunk's rows take from others. Of those the rows themselves move, each is written again
/// with all it has.
fn free_positions(tx: &mut Connection, chunk: &Chunk) -> Result<()> {
    sql(
        "DELETE FROM team_members WHERE id IN (SELECT t.id FROM {rows $1: account_id bigint, position integer, \
         person_id bigint, function text} r JOIN team_members t ON t.account_id = r.account_id AND t.position = \
         r.position WHERE t.person_id <> r.person_id OR t.function <> r.function)",
    )
    .bind(chunk.json.as_str())
    .run(tx)
    .map(drop)
}
