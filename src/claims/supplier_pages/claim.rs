//! One claim on the desk: what it says, and the forms to answer, decide, settle and find out.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use crate::accounts;
use crate::claims::deciding;
use crate::claims::pages::claim::{back, returned_row};
use crate::claims::rules::reading::Decided;
use crate::claims::rules::{Action, Analysis, Claim, Outcome, Side};
use crate::claims::settling::{self, Settlement, may_settle};
use crate::claims::words::{self, Line, Said};
use crate::claims::{self, evidence, returns, shapes, talking};
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::{PathId, Upload};
use crate::identity::caller::{Desk, MayReadDesk, MaySettle, MaySteer};
use crate::identity::idempotency;
use crate::ids::{ClaimFileId, ClaimId};
use crate::state::AppState;
use crate::typed::to_type;
use crate::web::{Chip, Fields, Form, Shell, Tone, form_key, see_other};

/// A line with what is typed about it.
struct Row {
    line: Line,
    /// As typed, at first what was decided before, else all of it.
    quantity: String,
    /// The same of the amount and the reason.
    net: String,
    reason: String,
    /// Where its faults are told.
    place: String,
}

#[derive(Template)]
#[template(path = "claims/templates/desk_claim.html")]
struct ClaimPage<'a> {
    shell: &'a Shell,
    link: String,
    claim: &'a Claim,
    chip: Chip,
    clock: String,
    is_late: bool,
    filed: String,
    kind: String,
    wish: String,
    outcome: String,
    rows: Vec<Row>,
    is_decided: bool,
    messages: Vec<Said>,
    /// Path, name and size.
    files: Vec<(String, String, String)>,
    /// Path, number and state.
    returned: Vec<(String, String, Chip)>,
    may_steer: bool,
    may_return: bool,
    may_review: bool,
    may_decide: bool,
    may_send: bool,
    /// Ways in which the reader may settle it: value and text.
    ways: Vec<(String, String)>,
    /// What is decided.
    form: Form,
    /// What was found out.
    analysis: Form,
    form_key: String,
}

fn analysis_form(shell: &Shell, claim: &Claim) -> Form {
    let analysis = &claim.analysis;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    Form::of(
        shell,
        [
            ("root_cause", text(&analysis.root_cause)),
            ("corrective_action", text(&analysis.corrective_action)),
            ("owner", text(&analysis.owner)),
            ("due_on", day(analysis.due_on)),
            ("verified_on", day(analysis.verified_on)),
            ("version", claim.version.to_string()),
        ],
    )
}

async fn page<R>(
    state: &AppState,
    desk: &Desk<R>,
    id: ClaimId,
    form: Form,
    analysis: Option<Form>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let claim = claims::get_for_staff(connection, id)?;
        let returned = returns::of_claim(connection, &claim)?;
        let has_more = returns::may_come_back(connection, &claim)?;
        Ok((claim, accounts::supplier_zone(connection)?, returned, has_more))
    };
    let (claim, zone, returned, has_more) = state.db.read(read).await?;
    let (shell, today) = (&desk.shell, day_in(zone, now()));
    let steers = desk.may::<MaySteer>();
    let row = |(index, line): (usize, &claims::rules::ClaimLine)| {
        let typed = |what: &str, otherwise: String| {
            let name = format!("{what}-{}", line.position);
            match form.fields().has(&name) {
                true => form.value(&name).to_owned(),
                false => otherwise,
            }
        };
        let decision = line.decision.as_ref();
        let quantity = decision.map_or(line.quantity.ordered, |one| one.accepted.ordered);
        let net = decision.and_then(|one| one.net);
        let net = net.map(|net| to_type(shell.language, &net.to_string()));
        let reason = decision.and_then(|one| one.reason.clone());
        Row {
            line: words::line(shell, line, Side::Supplier),
            quantity: typed("quantity", to_type(shell.language, &quantity.to_string())),
            net: typed("net", net.unwrap_or_default()),
            reason: typed("reason", reason.unwrap_or_default()),
            place: format!("lines/{index}"),
        }
    };
    let ways = Outcome::ALL
        .into_iter()
        .filter(|way| may_settle(&desk.staff.roles, *way));
    let ways = ways.filter(|_| claim.state.after(Action::Settle).is_some());
    let status = analysis.as_ref().map_or(form.status(), Form::status);
    let page = ClaimPage {
        shell,
        link: format!("/desk/claims/{id}"),
        chip: words::state_chip(shell, claim.state),
        clock: words::clock(shell, &claim, today),
        is_late: claim.is_overdue(today),
        filed: shell.moment(claim.opened_at),
        kind: shell.name("claim-kind", claim.kind.name()),
        wish: shell.name("claim-outcome", claim.wish.name()),
        outcome: claim
            .outcome
            .map(|outcome| shell.name("claim-outcome", outcome.name()))
            .unwrap_or_default(),
        rows: claim.lines.iter().enumerate().map(row).collect(),
        is_decided: claim.decided_at.is_some(),
        messages: claim
            .messages
            .iter()
            .map(|message| words::said(shell, &claim, message, Side::Supplier))
            .collect(),
        files: claim
            .files
            .iter()
            .map(|file| words::file(shell, file, "/desk"))
            .collect(),
        returned: returned.iter().map(|one| returned_row(shell, one, "/desk")).collect(),
        may_return: steers && has_more,
        may_steer: steers,
        may_review: steers && claim.state.after(Action::Review).is_some(),
        may_decide: steers && claim.state.after(Action::Reject).is_some(),
        may_send: steers && !claim.state.is_over(),
        ways: ways
            .map(|way| (way.name().to_owned(), shell.name("claim-outcome", way.name())))
            .collect(),
        analysis: analysis.unwrap_or_else(|| analysis_form(shell, &claim)),
        form,
        form_key: form_key(),
        claim: &claim,
    };
    shell.page_with(status, &page)
}

/// One claim
#[get("/desk/claims/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<ClaimId>,
) -> Result<HttpResponse> {
    let form = Form::new(&desk.shell);
    page(&state, &desk, id, form, None).await
}

/// Looks at it
#[post("/desk/claims/{id}/review")]
pub async fn review(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<ClaimId>,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let done = state.db.write(move |tx| deciding::review(tx, id, &actor, now())).await;
    back(&desk.shell, format!("/desk/claims/{id}"), done, "desk-claim-reviewed")
}

/// Decides it
#[post("/desk/claims/{id}/decide")]
pub async fn decide(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<ClaimId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, actor) = (&desk.shell, desk.staff.actor());
    let read = move |connection: &mut Connection| claims::get_for_staff(connection, id);
    let claim = state.db.read(read).await?;
    let mut form = Form::sent(shell, fields);
    let mut decided = Vec::new();
    for (index, line) in claim.lines.iter().enumerate() {
        let typed = |form: &Form, what: &str| form.value(&format!("{what}-{}", line.position)).to_owned();
        let (quantity, net) = (typed(&form, "quantity"), typed(&form, "net"));
        let quantity = form.quantity_at(&format!("lines/{index}/quantity"), &quantity);
        let net = match net.is_empty() {
            true => None,
            false => form.amount_at(&format!("lines/{index}/net"), &net, claim.currency.code()),
        };
        decided.extend(quantity.map(|quantity| Decided {
            position: line.position,
            quantity,
            net,
            reason: Some(typed(&form, "reason")),
        }));
    }
    if form.is_refused() {
        return page(&state, &desk, id, form, None).await;
    }
    let write = move |tx: &mut Connection| deciding::decide(tx, id, &decided, &actor, now());
    match state.db.write(write).await {
        Ok(claim) => {
            let text = shell.t1("desk-claim-decided", "number", claim.number);
            Ok(see_other(format!("/desk/claims/{id}")).flash(Tone::Ok, text).into())
        }
        Err(error) => {
            let form = form.refused(shell, error)?;
            page(&state, &desk, id, form, None).await
        }
    }
}

/// Settles it
#[post("/desk/claims/{id}/settle")]
pub async fn settle(
    state: web::Data<AppState>,
    desk: Desk<MaySettle>,
    PathId(id): PathId<ClaimId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, roles) = (desk.staff.actor(), desk.staff.roles.clone());
    let settlement = Settlement {
        outcome: Outcome::from_name(fields.get("outcome")),
        text: fields.filled("said").map(str::to_owned),
        of_return: None,
    };
    let write = move |tx: &mut Connection| settling::settle(tx, id, &settlement, &roles, &actor, now());
    let done = state.db.write(write).await;
    back(&desk.shell, format!("/desk/claims/{id}"), done, "desk-claim-settled")
}

/// Answers in it
#[post("/desk/claims/{id}/messages")]
pub async fn say(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<ClaimId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let text = fields.get("text").to_owned();
    let (key, sent) = (fields.form_key()?, (id.to_string(), &text));
    let key = idempotency::Request::new(desk.staff.person_id, "POST /desk/claims/{id}/messages", key, &sent)?;
    let write = move |tx: &mut Connection| {
        let said = talking::say(tx, &key, (None, id), &text, &actor, now());
        said.map(|(claim, _)| claim)
    };
    let said = state.db.write(write).await;
    back(&desk.shell, format!("/desk/claims/{id}"), said, "claim-is-said")
}

/// Sends photos and papers
#[post("/desk/claims/{id}/files")]
pub async fn send(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<ClaimId>,
    form: Upload,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let added = match shapes::receive(&state, form).await {
        Ok(files) => {
            let write = move |tx: &mut Connection| evidence::add(tx, (None, id), &files, &actor, now());
            state.db.write(write).await
        }
        Err(error) => Err(error),
    };
    back(&desk.shell, format!("/desk/claims/{id}"), added, "claim-files-added")
}

/// Notes why it came, and what is done about it
#[post("/desk/claims/{id}/analysis")]
pub async fn analyse(
    state: web::Data<AppState>,
    desk: Desk<MaySteer>,
    PathId(id): PathId<ClaimId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, actor) = (&desk.shell, desk.staff.actor());
    let expected = fields.seen();
    let mut form = Form::sent(shell, fields);
    let (due_on, verified_on) = (form.optional_day("due_on"), form.optional_day("verified_on"));
    let (Some(due_on), Some(verified_on)) = (due_on, verified_on) else {
        return page(&state, &desk, id, Form::new(shell), Some(form)).await;
    };
    let analysis = Analysis {
        root_cause: form.filled("root_cause"),
        corrective_action: form.filled("corrective_action"),
        owner: form.filled("owner"),
        due_on,
        verified_on,
    };
    let write = move |tx: &mut Connection| deciding::analyse(tx, id, &expected, &analysis, &actor, now());
    match state.db.write(write).await {
        Ok(claim) => {
            let text = shell.t1("desk-claim-analysed", "number", claim.number);
            Ok(see_other(format!("/desk/claims/{id}")).flash(Tone::Ok, text).into())
        }
        Err(Error::NotFound) => Err(Error::NotFound),
        Err(error) => {
            let form = form.refused(shell, error)?;
            page(&state, &desk, id, Form::new(shell), Some(form)).await
        }
    }
}

/// A photo or paper
#[get("/desk/claim-files/{id}")]
pub async fn take_file(
    state: web::Data<AppState>,
    _desk: Desk<MayReadDesk>,
    PathId(id): PathId<ClaimFileId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut _| evidence::get_for_staff(connection, id);
    Ok(state.db.read(read).await?.into())
}
