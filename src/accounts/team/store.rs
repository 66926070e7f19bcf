//! Rows of the teams behind accounts.

use chrono::NaiveDate;

use crate::accounts::rules::{Absence, Outsider, Place, Staff, Team, TeamFunction};
use crate::db::{Connection, sets, sql};
use crate::error::Result;
use crate::ids::{AccountId, PersonId};
use crate::languages::Language;

/// Everybody behind an account who still works there, by position, with the deputies who have no place.
pub fn find(connection: &mut Connection, account_id: AccountId) -> Result<Team> {
    let places = list_places(connection, account_id)?;
    let outsiders = list_outsiders(connection, account_id)?;
    Ok(Team { places, outsiders })
}

type PersonRow = (PersonId, String, String, Option<Language>, Option<String>);
type AbsenceRow = (Option<NaiveDate>, Option<NaiveDate>);

fn staff((id, email, name, language, phone): PersonRow) -> Staff {
    Staff {
        id,
        email,
        name,
        language,
        phone,
    }
}

fn absence((from, to): AbsenceRow) -> Option<Absence> {
    from.map(|from| Absence { from, to })
}

fn list_places(connection: &mut Connection, account_id: AccountId) -> Result<Vec<Place>> {
    type Row = (PersonRow, (i32, TeamFunction, Option<PersonId>), AbsenceRow);
    let rows: Vec<Row> = sql(
        "SELECT p.id, p.email, p.name, p.locale, t.phone, t.position, t.function, t.deputy_id, t.absent_from, t.absent_to \
         FROM team_members t JOIN people p ON p.id = t.person_id AND p.ended_at IS NULL \
         WHERE t.account_id = $1 ORDER BY t.position",
    )
    .bind(account_id)
    .rows(connection)?;
    let place = |(person, (position, function, deputy), days): Row| Place {
        position,
        function,
        staff: staff(person),
        absence: absence(days),
        deputy,
    };
    Ok(rows.into_iter().map(place).collect())
}

/// Deputies of the account's team without a place in it: where they are reached and when they are away stands with
/// their places in other teams.
fn list_outsiders(connection: &mut Connection, account_id: AccountId) -> Result<Vec<Outsider>> {
    let rows: Vec<(PersonRow, AbsenceRow)> = sql(
        "SELECT p.id, p.email, p.name, p.locale, e.phone, e.absent_from, e.absent_to \
         FROM (SELECT DISTINCT deputy_id FROM team_members WHERE account_id = $1) d \
         JOIN people p ON p.id = d.deputy_id AND p.ended_at IS NULL \
         LEFT JOIN team_members e ON e.person_id = p.id \
         WHERE NOT EXISTS (SELECT 1 FROM team_members h WHERE h.account_id = $1 AND h.person_id = p.id) \
         ORDER BY p.id, e.id",
    )
    .bind(account_id)
    .rows(connection)?;
    let mut outsiders: Vec<Outsider> = Vec::new();
    for (person, days) in rows {
        let person = staff(person);
        match outsiders.last_mut().filter(|known| known.staff.id == person.id) {
            Some(known) => {
                known.staff.phone = known.staff.phone.take().or(person.phone);
                known.absences.extend(absence(days));
            }
            None => outsiders.push(Outsider {
                staff: person,
                absences: absence(days).into_iter().collect(),
            }),
        }
    }
    Ok(outsiders)
}

/// What a person does for these accounts, by position.
pub fn list_functions(
    connection: &mut Connection,
    person_id: PersonId,
    account_ids: &[AccountId],
) -> Result<Vec<(AccountId, String)>> {
    sql(
        "SELECT account_id, function FROM team_members WHERE person_id = $1 AND account_id {in ids $2} ORDER BY \
         position",
    )
    .bind(person_id)
    .bind(sets::json(account_ids)?)
    .rows(connection)
}
