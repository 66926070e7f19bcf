//! The team behind an account: who does what, who is away, who steps in.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::NaiveDate;

use crate::ids::PersonId;
use crate::languages::Language;
use crate::names::names;

names! {
    /// What somebody does for an account.
    pub enum TeamFunction as TeamFunction {
        KeyAccountManager = "key_account_manager",
        Deputy = "deputy",
        CustomerService = "customer_service",
        Shipping = "shipping",
        Scheduling = "scheduling",
        Inventory = "inventory",
        Finance = "finance",
        Quality = "quality",
    }
}

/// Days somebody is away, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Absence {
    /// The first one.
    pub from: NaiveDate,
    /// The last one; `None` = until further notice.
    pub to: Option<NaiveDate>,
}

impl Absence {
    /// True if it includes this day.
    pub fn covers(self, day: NaiveDate) -> bool {
        self.from <= day && !self.is_over(day)
    }

    fn is_over(self, day: NaiveDate) -> bool {
        self.to.is_some_and(|to| to < day)
    }
}

/// One of the supplier's staff and how to reach them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    pub id: PersonId,
    /// Mail address.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// The language they chose.
    pub language: Option<Language>,
    /// Phone number.
    pub phone: Option<String>,
}

/// A place in a team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where in the team; 1 is the key account manager.
    pub position: i32,
    pub function: TeamFunction,
    pub staff: Staff,
    /// When they are away.
    pub absence: Option<Absence>,
    /// Who steps in then.
    pub deputy: Option<PersonId>,
}

/// A deputy without a place in the team: when they are away is known from their places in other teams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outsider {
    pub staff: Staff,
    /// When they are away.
    pub absences: Vec<Absence>,
}

/// Everybody behind an account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Team {
    /// By position.
    pub places: Vec<Place>,
    /// Deputies who have no place.
    pub outsiders: Vec<Outsider>,
}

impl Team {
    /// The absence of the place's person that lasts on `today` or, if they are here, the next one.
    pub fn absence(&self, place: &Place, today: NaiveDate) -> Option<Absence> {
        let coming = |absence: &Absence| !absence.is_over(today);
        self.absences(place.staff.id).into_iter().filter(coming).min()
    }

    /// Who steps in for the place on `today`; `None` when nobody need to or nobody can. The named deputy does; when
    /// they are away too, or none is named, the next in the team who is there, after the last one the first.
    pub fn stand_in(&self, place: &Place, today: NaiveDate) -> Option<&Staff> {
        let away = |id: PersonId| self.absences(id).iter().any(|absence| absence.covers(today));
        if !away(place.staff.id) {
            return None;
        }
        let named = place.deputy.filter(|id| *id != place.staff.id && !away(*id));
        if let Some(deputy) = named.and_then(|id| self.find(id)) {
            return Some(deputy);
        }
        let (before, behind): (Vec<_>, Vec<_>) = self.places.iter().partition(|other| other.position < place.position);
        let mut next = behind.into_iter().chain(before).map(|other| &other.staff);
        next.find(|staff| staff.id != place.staff.id && !away(staff.id))
    }

    /// Who does the work of the place on `today`: its person, or who steps in. With everybody away it stays with its
    /// person.
    pub fn on_duty<'t>(&'t self, place: &'t Place, today: NaiveDate) -> &'t Staff {
        self.stand_in(place, today).unwrap_or(&place.staff)
    }

    /// All absences of a person: those of their places here, else those known from elsewhere.
    fn absences(&self, id: PersonId) -> Vec<Absence> {
        let here: Vec<_> = self.places.iter().filter(|place| place.staff.id == id).collect();
        if here.is_empty() {
            let outsider = self.outsiders.iter().find(|outsider| outsider.staff.id == id);
            return outsider.map(|outsider| outsider.absences.clone()).unwrap_or_default();
        }
        here.into_iter().filter_map(|place| place.absence).collect()
    }

    /// One of the team, or a deputy from outside it.
    pub fn find(&self, id: PersonId) -> Option<&Staff> {
        let here = self.places.iter().map(|place| &place.staff);
        let elsewhere = self.outsiders.iter().map(|outsider| &outsider.staff);
        here.chain(elsewhere).find(|staff| staff.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, number).expect("a day")
    }

    fn staff(id: i64) -> Staff {
        Staff {
            id: PersonId(id),
            email: format!("{id}@supplier.example"),
            name: format!("Number {id}"),
            language: None,
            phone: None,
        }
    }

    fn away(from: u32, to: u32) -> Option<Absence> {
        Some(Absence {
            from: day(from),
            to: Some(day(to)),
        })
    }

    /// Places by position: person, absence, deputy.
    fn team(places: &[(i64, Option<Absence>, Option<i64>)]) -> Team {
        let place = |(position, (id, absence, deputy)): (i32, &(i64, Option<Absence>, Option<i64>))| Place {
            position,
            function: TeamFunction::Shipping,
            staff: staff(*id),
            absence: *absence,
            deputy: deputy.map(PersonId),
        };
        Team {
            places: (1..).zip(places).map(place).collect(),
            outsiders: vec![Outsider {
                staff: staff(9),
                absences: vec![Absence {
                    from: day(20),
                    to: None,
                }],
            }],
        }
    }

    #[test]
    fn the_deputy_steps_in_and_the_next_one_for_the_deputy() {
        let check = |places: &[(i64, Option<Absence>, Option<i64>)], position: usize, today, expected: Option<i64>| {
            let team = team(places);
            let found = team.stand_in(&team.places[position - 1], day(today));
            let found = found.map(|staff| staff.id.0);
            assert_eq!(found, expected, "{places:?}: {position} on {today}");
        };
        let holiday = away(10, 12);
        // Nobody steps in for who is there: before, after, and without an absence.
        check(&[(1, holiday, Some(2)), (2, None, None)], 1, 9, None);
        check(&[(1, holiday, Some(2)), (2, None, None)], 1, 13, None);
        check(&[(1, None, Some(2)), (2, None, None)], 1, 10, None);
        // First and last day count.
        check(
            &[(1, holiday, Some(3)), (2, None, None), (3, None, None)],
            1,
            10,
            Some(3),
        );
        check(
            &[(1, holiday, Some(3)), (2, None, None), (3, None, None)],
            1,
            12,
            Some(3),
        );
        // A deputy from outside the team, until they are away themselves.
        check(&[(1, away(10, 30), Some(9)), (2, None, None)], 1, 19, Some(9));
        check(&[(1, away(10, 30), Some(9)), (2, None, None)], 1, 20, Some(2));
        // The deputy is away: the next in the team, round to the first.
        check(
            &[(1, holiday, Some(3)), (2, None, None), (3, holiday, None)],
            1,
            11,
            Some(2),
        );
        check(
            &[(1, None, None), (2, None, None), (3, holiday, Some(4))],
            3,
            11,
            Some(1),
        );
        check(
            &[(1, holiday, Some(2)), (2, away(11, 11), None), (3, None, None)],
            1,
            11,
            Some(3),
        );
        // Nobody named.
        check(&[(1, holiday, None), (2, None, None)], 1, 11, Some(2));
        // Another place of the same person is no help, and their absence holds for both.
        check(&[(1, holiday, None), (1, None, None), (3, None, None)], 1, 11, Some(3));
        check(&[(1, holiday, None), (1, None, None), (3, None, None)], 2, 11, Some(3));
        // Nobody is left.
        check(&[(1, holiday, Some(2)), (2, holiday, Some(1))], 1, 11, None);
        check(&[(1, holiday, Some(1))], 1, 11, None);
        // Two who name each other.
        check(&[(1, holiday, Some(2)), (2, None, Some(1))], 1, 11, Some(2));
    }

    #[test]
    fn the_absence_shown_is_todays_or_the_next() {
        let check = |absence, today, expected| {
            let team = team(&[(1, absence, None)]);
            assert_eq!(
                team.absence(&team.places[0], day(today)),
                expected,
                "{absence:?} {today}"
            );
        };
        check(away(10, 12), 1, away(10, 12));
        check(away(10, 12), 12, away(10, 12));
        check(away(10, 12), 13, None);
        let for_ever = Some(Absence {
            from: day(10),
            to: None,
        });
        check(for_ever, 30, for_ever);
        check(None, 1, None);
    }

    #[test]
    fn work_stays_where_it_is_when_everybody_is_away() {
        let team = team(&[(1, away(10, 12), Some(2)), (2, away(10, 12), None)]);
        assert_eq!(team.on_duty(&team.places[0], day(11)).id, PersonId(1));
        assert_eq!(team.on_duty(&team.places[0], day(13)).id, PersonId(1));
    }
}
