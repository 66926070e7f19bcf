//! The team behind an account: who does what, who is away, who steps in.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use crate::accounts;
use crate::accounts::rules::{Place, Team, TeamFunction};
use crate::accounts::supplier_pages::{Head, Reader, choices, pair};
use crate::accounts::team as teams;
use crate::accounts::team::editing::{self, PlaceInput};
use crate::clock;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity;
use crate::identity::caller::{Desk, MayManageAccounts};
use crate::ids::AccountId;
use crate::kept::IntegerText;
use crate::state::AppState;
use crate::web::{Chip, Fields, Form, Shape, Shell, Tone, see_other};

/// An account and a position of its team.
type At = web::Path<(String, String)>;
type Choices = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "accounts/templates/team.html")]
struct TeamPage<'a> {
    shell: &'a Shell,
    head: Head,
    rows: Vec<Row>,
    form: Form,
    /// The form is open: something in it is wrong.
    adding: bool,
    staff: Choices,
    deputies: Choices,
    functions: Choices,
    version: i64,
}

struct Row {
    position: i32,
    name: String,
    email: String,
    function: String,
    phone: String,
    /// Whether it is now, and the days.
    absence: Option<(Chip, String)>,
    deputy: String,
}

fn row(shell: &Shell, team: &Team, place: &Place, today: chrono::NaiveDate) -> Row {
    let absence = team.absence(place, today).map(|absence| {
        let from = shell.day(absence.from);
        let text = match absence.to {
            Some(to) => shell.t2("acct-away-until", "from", from, "to", shell.day(to)),
            None => shell.t1("acct-away-from", "from", from),
        };
        let (tone, key) = match absence.covers(today) {
            true => (Tone::Warn, "acct-away-now"),
            false => (Tone::Neutral, "acct-away-soon"),
        };
        (Chip::new(tone, Shape::Ring, shell.t(key)), text)
    });
    let named = place.deputy.and_then(|id| team.find(id));
    Row {
        position: place.position,
        name: place.staff.name.clone(),
        email: place.staff.email.clone(),
        function: shell.name("acct-function", place.function.name()),
        phone: place.staff.phone.clone().unwrap_or_default(),
        absence,
        deputy: named.map(|staff| staff.name.clone()).unwrap_or_default(),
    }
}

/// What a form for a place chooses from.
struct Offered {
    staff: Choices,
    deputies: Choices,
    functions: Choices,
}

fn offered(shell: &Shell, staff: Vec<identity::Contact>) -> Offered {
    let staff: Choices = staff
        .into_iter()
        .map(|one| (one.email.clone(), format!("{} ({})", one.name, one.email)))
        .collect();
    let mut deputies = vec![(String::new(), shell.t("acct-deputy-next"))];
    deputies.extend(staff.iter().cloned());
    Offered {
        staff,
        deputies,
        functions: choices(
            shell,
            "acct-function",
            TeamFunction::ALL.iter().map(|function| function.name()),
        ),
    }
}

async fn page<R>(state: &AppState, desk: &Desk<R>, id: AccountId, typed: Option<Form>) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let account = accounts::get(connection, id)?;
        let today = teams::today(connection, clock::now())?;
        let team = teams::of_account(connection, id)?;
        Ok((account, team, today, identity::all_staff(connection)?))
    };
    let (account, team, today, staff) = state.db.read(read).await?;
    let shell = &desk.shell;
    let next = team.places.last().map_or(1, |place| place.position + 1);
    let function = if next == 1 {
        TeamFunction::KeyAccountManager
    } else {
        TeamFunction::CustomerService
    };
    let adding = typed.is_some();
    let fresh = || {
        Form::of(
            shell,
            [("position", next.to_string().as_str()), ("function", function.name())],
        )
    };
    let form = typed.unwrap_or_else(fresh);
    let status = form.status();
    let Offered {
        staff,
        deputies,
        functions,
    } = offered(shell, staff);
    let page = TeamPage {
        shell,
        head: Head::new(desk, &account, "team"),
        rows: team
            .places
            .iter()
            .map(|place| row(shell, &team, place, today))
            .collect(),
        adding,
        form,
        staff,
        deputies,
        functions,
        version: editing::version(&team)?,
    };
    shell.page_with(status, &page)
}

/// The team of the account
#[get("/desk/accounts/{id}/team")]
pub async fn list(state: web::Data<AppState>, desk: Reader, PathId(id): PathId<AccountId>) -> Result<HttpResponse> {
    page(&state, &desk, id, None).await
}

/// Where a request for the whole team has the place `index`.
fn part(index: usize) -> String {
    format!("/members/{index}/")
}

/// Adds a place; whoever has the position and those behind them move on by one.
#[post("/desk/accounts/{id}/team")]
pub async fn add(
    state: web::Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        accounts::get(connection, id)?;
        teams::of_account(connection, id)
    };
    let mut inputs = editing::inputs(&state.db.read(read).await?);
    let mut form = Form::sent(&desk.shell, fields);
    let Some(added) = form.input::<PlaceInput>(&[]) else {
        return page(&state, &desk, id, Some(form)).await;
    };
    if inputs.iter().any(|place| place.position == added.position) {
        let wanted: i64 = added.position.0.parse().unwrap_or(i64::MAX);
        for place in &mut inputs {
            let position: i64 = place.position.0.parse().unwrap_or(0);
            if position >= wanted {
                place.position = IntegerText((position + 1).to_string());
            }
        }
    }
    let index = inputs.len();
    inputs.push(added);
    match store(&state, &desk, id, form.fields(), inputs).await {
        Ok(()) => {
            let to = format!("/desk/accounts/{id}/team");
            Ok(see_other(to).flash(Tone::Ok, desk.shell.t("acct-team-changed")).into())
        }
        Err(error) => {
            let form = form.refused_at(&part(index), &desk.shell, error)?;
            page(&state, &desk, id, Some(form)).await
        }
    }
}

async fn store(
    state: &AppState,
    desk: &Desk<MayManageAccounts>,
    id: AccountId,
    fields: &Fields,
    inputs: Vec<PlaceInput>,
) -> Result<()> {
    let (editor, expected) = (desk.staff.editor(), fields.seen());
    let write = move |tx: &mut Connection| editing::replace(tx, &editor, id, &expected, &inputs, clock::now());
    state.db.write(write).await.map(drop)
}

#[derive(Template)]
#[template(path = "accounts/templates/place.html")]
struct PlacePage<'a> {
    shell: &'a Shell,
    head: Head,
    position: i32,
    name: String,
    form: Form,
    staff: Choices,
    deputies: Choices,
    functions: Choices,
    version: i64,
}

fn at(place: &At) -> Result<(AccountId, i32)> {
    pair(place)
}

fn find(team: &Team, position: i32) -> Result<usize> {
    let index = team.places.iter().position(|place| place.position == position);
    index.ok_or(Error::NotFound)
}

async fn edit_page(
    state: &AppState,
    desk: &Desk<MayManageAccounts>,
    (id, position): (AccountId, i32),
    typed: Option<Form>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let account = accounts::get(connection, id)?;
        let team = teams::of_account(connection, id)?;
        Ok((account, team, identity::all_staff(connection)?))
    };
    let (account, team, staff) = state.db.read(read).await?;
    let index = find(&team, position)?;
    let stored = editing::inputs(&team).swap_remove(index);
    let shell = &desk.shell;
    let Offered {
        staff,
        deputies,
        functions,
    } = offered(shell, staff);
    let form = typed.unwrap_or_else(|| Form::stored(shell, &stored));
    let status = form.status();
    let page = PlacePage {
        shell,
        head: Head::new(desk, &account, "team"),
        position,
        name: team
            .places
            .get(index)
            .map(|place| place.staff.name.clone())
            .unwrap_or_default(),
        form,
        staff,
        deputies,
        functions,
        version: editing::version(&team)?,
    };
    shell.page_with(status, &page)
}

/// A form for one place
#[get("/desk/accounts/{id}/team/{position}")]
pub async fn edit(state: web::Data<AppState>, desk: Desk<MayManageAccounts>, place: At) -> Result<HttpResponse> {
    edit_page(&state, &desk, at(&place)?, None).await
}

/// Changes a place; whoever has the new position gets the old one. `do=remove` takes the place away.
#[post("/desk/accounts/{id}/team/{position}")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Desk<MayManageAccounts>,
    place: At,
    fields: Fields,
) -> Result<HttpResponse> {
    let (id, position) = at(&place)?;
    let team = state
        .db
        .read(move |connection| teams::of_account(connection, id))
        .await?;
    let index = find(&team, position)?;
    let mut inputs = editing::inputs(&team);
    let mut form = Form::sent(&desk.shell, fields);
    if form.is("do", "remove") {
        inputs.remove(index);
    } else {
        let Some(new) = form.input::<PlaceInput>(&[]) else {
            return edit_page(&state, &desk, (id, position), Some(form)).await;
        };
        if let Some(other) = inputs.iter_mut().find(|place| place.position == new.position) {
            other.position = IntegerText(position.to_string());
        }
        if let Some(changed) = inputs.get_mut(index) {
            *changed = new;
        }
    }
    match store(&state, &desk, id, form.fields(), inputs).await {
        Ok(()) => {
            let to = format!("/desk/accounts/{id}/team");
            Ok(see_other(to).flash(Tone::Ok, desk.shell.t("acct-team-changed")).into())
        }
        Err(error) => {
            let form = form.refused_at(&part(index), &desk.shell, error)?;
            edit_page(&state, &desk, (id, position), Some(form)).await
        }
    }
}
