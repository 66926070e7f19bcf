//! Accepting, holding, releasing and cancelling: one order on its page, or many in the queue, with a result for each.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;

use super::order;
use crate::clock::now;
use crate::error::{Code, Error, Result};
use crate::http::PathId;
use crate::identity::caller::{self, Desk, MayReadDesk, MayRelease, MaySteer, Proven};
use crate::identity::prove_again;
use crate::ids::OrderId;
use crate::names::names;
use crate::orders::rules::{Action, Order, State};
use crate::orders::sentences;
use crate::orders::{self, Releasing, words};
use crate::state::AppState;
use crate::web::list::{Cell, List, ListPage};
use crate::web::redirect::own_path;
use crate::web::{Chip, Fields, Form, Shape, Shell, Tone, see_other};

/// Orders that are steered at once: as many as a page of the queue shows.
const AT_ONCE_MAX: usize = 200;

names! {
    /// What staff do to an order.
    enum Step as SteeringStep {
        Accept = "accept",
        Hold = "hold",
        Release = "release",
        Cancel = "cancel",
    }
}

impl Step {
    fn action(self) -> Action {
        match self {
            Self::Accept => Action::Accept,
            Self::Hold => Action::Hold,
            Self::Release => Action::Release,
            Self::Cancel => Action::CancelAsStaff,
        }
    }
}

/// What came of a step.
enum Outcome {
    Done(Order),
    /// Somebody was quicker: nothing was done.
    Changed(Order),
}

/// Takes one order a step further, unless it has changed since somebody saw it in version `seen`.
async fn steer<R>(
    state: &AppState,
    desk: &Desk<R>,
    id: OrderId,
    seen: i64,
    step: Step,
    (reason, is_fresh): (&str, bool),
) -> Result<Outcome> {
    let (actor, reason) = (desk.staff.actor(), reason.to_owned());
    let roles = desk.staff.roles.clone();
    let write = move |tx: &mut _| {
        let order = orders::get_for_staff(tx, id)?;
        if order.version != seen || order.state.after(step.action()).is_none() {
            return Ok(Outcome::Changed(order));
        }
        let order = match step {
            Step::Accept => orders::accept(tx, id, &actor, now()),
            Step::Hold => orders::hold(tx, id, &reason, &actor, now()),
            Step::Release => {
                let by = Releasing {
                    reason: &reason,
                    roles: &roles,
                    is_fresh,
                };
                orders::release(tx, id, by, &actor, now())
            }
            Step::Cancel => {
                let reason = Some(reason.trim()).filter(|reason| !reason.is_empty());
                orders::cancel_as_staff(tx, id, reason, &actor, now())
            }
        };
        order.map(Outcome::Done)
    };
    state.db.write(write).await
}

fn done(shell: &Shell, step: Step, order: &Order) -> String {
    shell.t1(
        &format!("desk-done-{}", step.name()),
        "number",
        order.number.to_string(),
    )
}

fn changed(shell: &Shell, order: &Order) -> String {
    let state = words::state_name(shell, order.state);
    shell.t2("desk-changed", "number", order.number.to_string(), "state", state)
}

/// Steers the order of a page and shows the page again, with the form where its reason was refused.
async fn on_its_page<R>(
    state: &AppState,
    desk: &Desk<R>,
    id: OrderId,
    fields: Fields,
    (step, is_fresh): (Step, bool),
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let to = see_other(format!("/desk/orders/{id}"));
    let seen: i64 = fields.parse("version")?;
    match steer(state, desk, id, seen, step, (fields.get("reason"), is_fresh)).await {
        Ok(Outcome::Done(order)) => Ok(to.flash(Tone::Ok, done(shell, step, &order)).into()),
        Ok(Outcome::Changed(order)) => Ok(to.flash(Tone::Warn, changed(shell, &order)).into()),
        Err(error @ Error::Conflict { .. }) => Ok(to.flash(Tone::Bad, shell.error_text(&error)).into()),
        Err(error) if error.code() == Code::StepUpRequired => Err(error),
        Err(error) => {
            let form = Form::sent(shell, fields).refused(shell, error)?;
            match step {
                Step::Cancel => ask_cancel(state, desk, id, form).await,
                _ => order::page(state, desk, id, 0, form).await,
            }
        }
    }
}

/// Accepts an order
#[post("/desk/orders/{id}/accept")]
pub async fn accept(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<OrderId>,
    fields: Fields,
) -> Result<HttpResponse> {
    on_its_page(&state, &desk, id, fields, (Step::Accept, true)).await
}

/// Puts an order on hold
#[post("/desk/orders/{id}/hold")]
pub async fn hold(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<OrderId>,
    fields: Fields,
) -> Result<HttpResponse> {
    on_its_page(&state, &desk, id, fields, (Step::Hold, true)).await
}

/// Releases a held order
#[post("/desk/orders/{id}/release")]
pub async fn release(
    state: web::Data<AppState>,
    desk: Desk<MayRelease>,
    PathId(id): PathId<OrderId>,
    request: HttpRequest,
    fields: Fields,
) -> Result<HttpResponse> {
    let is_fresh = caller::is_fresh(&request, desk.proof()).await?;
    on_its_page(&state, &desk, id, fields, (Step::Release, is_fresh)).await
}

#[derive(Template)]
#[template(path = "tracking/templates/desk_cancel.html")]
struct CancelPage<'a> {
    shell: &'a Shell,
    link: String,
    number: String,
    account: String,
    version: i64,
    lines: i32,
    net: String,
    form: Form,
}

async fn ask_cancel<R>(state: &AppState, desk: &Desk<R>, id: OrderId, form: Form) -> Result<HttpResponse> {
    let read = move |connection: &mut _| {
        let order = orders::get_for_staff(connection, id)?;
        let account = crate::accounts::get(connection, order.account_id)?;
        Ok((order, account))
    };
    let (order, account) = state.db.read(read).await?;
    let shell = &desk.shell;
    let link = format!("/desk/orders/{id}");
    if order.state.after(Action::CancelAsStaff).is_none() {
        return Ok(see_other(link).flash(Tone::Warn, changed(shell, &order)).into());
    }
    let page = CancelPage {
        shell,
        link,
        number: order.number.to_string(),
        account: account.name,
        version: order.version,
        lines: order.line_count,
        net: shell.money(order.net),
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// Asks before an order is called off
#[get("/desk/orders/{id}/cancel")]
pub async fn confirm_cancel(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<OrderId>,
) -> Result<HttpResponse> {
    ask_cancel(&state, &desk, id, Form::new(&desk.shell)).await
}

/// Calls an order off
#[post("/desk/orders/{id}/cancel")]
pub async fn cancel(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<OrderId>,
    fields: Fields,
) -> Result<HttpResponse> {
    on_its_page(&state, &desk, id, fields, (Step::Cancel, true)).await
}

/// A ticked order: id and the version that was seen.
fn ticked(value: &str) -> Result<(OrderId, i64)> {
    let parts = value.split_once('.');
    let read = parts.and_then(|(id, version)| Some((id.parse().ok()?, version.parse().ok()?)));
    read.ok_or(Error::NotFound)
}

/// What came of a step for one of many orders; only what is nobody's fault ends them all.
fn result_row(shell: &Shell, id: OrderId, number: i64, step: Step, outcome: Result<Outcome>) -> Result<Vec<Cell>> {
    let row = |tone, shape, key: &str, text: String| {
        vec![
            Cell::link(format!("/desk/orders/{id}"), number.to_string()),
            Cell::chip(Chip::new(tone, shape, shell.t(key))),
            Cell::text(text),
        ]
    };
    Ok(match outcome {
        Ok(Outcome::Done(order)) => row(Tone::Ok, Shape::Dot, "desk-result-done", done(shell, step, &order)),
        Ok(Outcome::Changed(order)) if step == Step::Accept && order.state == State::Accepted => {
            let text = shell.t1("desk-accepted-already", "number", order.number.to_string());
            row(Tone::Neutral, Shape::Dot, "desk-result-before", text)
        }
        Ok(Outcome::Changed(order)) => row(
            Tone::Warn,
            Shape::Diamond,
            "desk-result-changed",
            changed(shell, &order),
        ),
        Err(error @ (Error::Conflict { .. } | Error::Invalid(_) | Error::Forbidden | Error::NotFound)) => row(
            Tone::Bad,
            Shape::Diamond,
            "desk-result-failed",
            shell.error_text(&error),
        ),
        Err(error) => return Err(error),
    })
}

/// Steers all ticked orders, each on its own: what fails for one doesn't hold up the others
#[post("/desk/queue/steer")]
pub async fn steer_many(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    // Orders are called off one by one.
    let step = Step::from_name(fields.get("do"))
        .filter(|step| *step != Step::Cancel)
        .ok_or_else(|| Error::invalid("/do", Code::ValueInvalid, sentences::choose_what_to_do()))?;
    let may = match step {
        Step::Release => desk.may::<MayRelease>(),
        _ => desk.may::<MaySteer>(),
    };
    if !may {
        return Err(Error::Forbidden);
    }
    let back = own_path(fields.get("back"))
        .filter(|path| path.starts_with("/desk/queue"))
        .unwrap_or("/desk/queue")
        .to_owned();
    let chosen: Vec<_> = fields.all("order").map(ticked).collect::<Result<_>>()?;
    let reason = fields.get("reason");
    let told = match chosen.len() {
        0 => Some(shell.t("desk-nothing-chosen")),
        count if count > AT_ONCE_MAX => Some(shell.t1("desk-too-many-chosen", "count", AT_ONCE_MAX)),
        _ if step != Step::Accept && reason.is_empty() => Some(shell.t("desk-reason-missing")),
        _ => None,
    };
    if let Some(text) = told {
        return Ok(see_other(back).flash(Tone::Bad, text).into());
    }
    let ids: Vec<_> = chosen.iter().map(|(id, _)| *id).collect();
    let read = move |connection: &mut _| {
        let lends = step == Step::Release && orders::are_held_for_money(connection, &ids)?;
        Ok((orders::numbers(connection, &ids)?, lends))
    };
    let (numbers, lends) = state.db.read(read).await?;
    let is_fresh = caller::is_fresh(&request, desk.proof()).await?;
    // Asked for before the first is released: the form goes on as a whole.
    if lends && !is_fresh {
        return Err(prove_again());
    }
    let mut rows = Vec::new();
    let mut count = 0;
    for (id, seen) in chosen {
        let outcome = steer(&state, &desk, id, seen, step, (reason, is_fresh)).await;
        count += usize::from(matches!(outcome, Ok(Outcome::Done(_))));
        let number = numbers.get(&id).copied().unwrap_or_default();
        rows.push(result_row(shell, id, number, step, outcome)?);
    }
    let key = format!("desk-many-{}", step.name());
    let heading = shell.t2(&key, "count", count, "all", rows.len());
    let list = List::new(shell, "/desk/queue/steer")
        .column("word-order", "id")
        .column("desk-result", "")
        .column("word-what-happened", "")
        .rows(rows);
    ListPage::called(heading, list)
        .below("/desk/queue", "desk-queue")
        .primary(&back, "desk-back-to-queue")
        .answer()
}
