//! The people of the supplier behind my account: who does what, who is away, who steps in.

use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use askama::Template;
use chrono::NaiveDate;

use crate::accounts::rules::{Absence, Place, Staff, Team};
use crate::accounts::team;
use crate::clock;
use crate::error::Result;
use crate::identity::caller::{MayRead, Visitor};
use crate::parties::Contact;
use crate::state::AppState;
use crate::web::{Chip, Shape, Shell, Tone};

#[derive(Template)]
#[template(path = "accounts/templates/our_team.html")]
struct TeamPage<'a> {
    shell: &'a Shell,
    people: Vec<Card>,
}

/// Somebody of the team.
struct Card {
    function: String,
    contact: Contact,
    chip: Chip,
    /// When they are away, today or later.
    away: Option<String>,
    /// Who steps in today.
    stand_in: Option<Contact>,
}

fn contact(staff: &Staff) -> Contact {
    Contact {
        name: staff.name.clone(),
        phone: staff.phone.clone(),
        email: Some(staff.email.clone()),
    }
}

fn days(shell: &Shell, absence: Absence, today: NaiveDate) -> String {
    let from = shell.day(absence.from);
    match absence.to.map(|day| shell.day(day)) {
        None if absence.covers(today) => shell.t("team-away-open"),
        None => shell.t1("team-away-open-from", "from", from),
        Some(to) if absence.covers(today) => shell.t1("team-away-until", "to", to),
        Some(to) => shell.t2("team-away-from", "from", from, "to", to),
    }
}

fn card(shell: &Shell, team: &Team, place: &Place, today: NaiveDate) -> Card {
    let absence = team.absence(place, today);
    let is_away = absence.is_some_and(|absence| absence.covers(today));
    Card {
        function: shell.name("team-function", place.function.name()),
        contact: contact(&place.staff),
        chip: match is_away {
            true => Chip::new(Tone::Warn, Shape::Ring, shell.t("word-away-today")),
            false => Chip::new(Tone::Ok, Shape::Dot, shell.t("team-here")),
        },
        away: absence.map(|absence| days(shell, absence, today)),
        stand_in: team.stand_in(place, today).map(contact),
    }
}

/// The team behind my account
#[get("/team")]
pub async fn show(state: Data<AppState>, visitor: Visitor<MayRead>) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut _| {
        let today = team::today(connection, clock::now())?;
        Ok((team::of_account(connection, account_id)?, today))
    };
    let (team, today) = state.db.read(read).await?;
    let shell = &visitor.shell;
    shell.page(&TeamPage {
        shell,
        people: team
            .places
            .iter()
            .map(|place| card(shell, &team, place, today))
            .collect(),
    })
}
