//! One claim in the portal: what became of it, what is said about it, photos and papers.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use crate::accounts;
use crate::claims::returns::rules::Return;
use crate::claims::rules::{Claim, Side};
use crate::claims::words::{self, Line, Said};
use crate::claims::{self, evidence, filing, returns, shapes, talking};
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::{PathId, Upload};
use crate::identity::caller::{MayOrder, MayRead, Visitor};
use crate::identity::idempotency;
use crate::ids::{ClaimFileId, ClaimId};
use crate::state::AppState;
use crate::web::{Chip, Fields, Shell, Tone, form_key, see_other};

#[derive(Template)]
#[template(path = "claims/templates/claim.html")]
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
    lines: Vec<Line>,
    is_decided: bool,
    messages: Vec<Said>,
    /// Path, name and size.
    files: Vec<(String, String, String)>,
    /// Path, number and state.
    returned: Vec<(String, String, Chip)>,
    may_speak: bool,
    may_withdraw: bool,
    may_send: bool,
    form_key: String,
}

/// A return of the claim: its address, number and state.
pub(in crate::claims) fn returned_row(shell: &Shell, returned: &Return, below: &str) -> (String, String, Chip) {
    let path = format!("{below}/returns/{}", returned.id);
    (
        path,
        returned.number.clone(),
        returns::words::state_chip(shell, returned.state),
    )
}

/// One of my claims
#[get("/claims/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<ClaimId>,
) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut Connection| {
        let claim = claims::get(connection, account_id, id)?;
        let returned = returns::of_claim(connection, &claim)?;
        Ok((claim, accounts::supplier_zone(connection)?, returned))
    };
    let (claim, zone, returned) = state.db.read(read).await?;
    let (shell, today) = (&visitor.shell, day_in(zone, now()));
    let may = visitor.may::<MayOrder>();
    shell.page(&ClaimPage {
        shell,
        link: format!("/claims/{id}"),
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
        lines: claim
            .lines
            .iter()
            .map(|line| words::line(shell, line, Side::Account))
            .collect(),
        is_decided: claim.decided_at.is_some(),
        messages: claim
            .messages
            .iter()
            .map(|message| words::said(shell, &claim, message, Side::Account))
            .collect(),
        files: claim.files.iter().map(|file| words::file(shell, file, "")).collect(),
        returned: returned.iter().map(|one| returned_row(shell, one, "")).collect(),
        may_speak: may,
        may_withdraw: may && claim.state.is_undecided(),
        may_send: may && !claim.state.is_over(),
        form_key: form_key(),
        claim: &claim,
    })
}

/// Back to the claim, saying what was refused.
pub(in crate::claims) fn back(shell: &Shell, link: String, done: Result<Claim>, key: &str) -> Result<HttpResponse> {
    match done {
        Ok(claim) => {
            let text = shell.t1(key, "number", claim.number);
            Ok(see_other(link).flash(Tone::Ok, text).into())
        }
        Err(error @ (Error::Invalid(_) | Error::Conflict { .. } | Error::Refused { .. } | Error::Malformed { .. })) => {
            Ok(see_other(link).flash(Tone::Bad, shell.error_text(&error)).into())
        }
        Err(error) => Err(error),
    }
}

/// Says something
#[post("/claims/{id}/messages")]
pub async fn say(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<ClaimId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let customer = &visitor.customer;
    let text = fields.get("text").to_owned();
    let (key, sent) = (fields.form_key()?, (id.to_string(), &text));
    let key = idempotency::Request::new(customer.person_id, "POST /claims/{id}/messages", key, &sent)?;
    let (account_id, actor) = (customer.account_id, customer.actor());
    let write = move |tx: &mut Connection| {
        let said = talking::say(tx, &key, (Some(account_id), id), &text, &actor, now());
        said.map(|(claim, _)| claim)
    };
    let said = state.db.write(write).await;
    back(&visitor.shell, format!("/claims/{id}"), said, "claim-is-said")
}

/// Sends photos and papers
#[post("/claims/{id}/files")]
pub async fn send(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<ClaimId>,
    form: Upload,
) -> Result<HttpResponse> {
    let (account_id, actor) = (visitor.customer.account_id, visitor.customer.actor());
    let added = match shapes::receive(&state, form).await {
        Ok(files) => {
            let write = move |tx: &mut Connection| evidence::add(tx, (Some(account_id), id), &files, &actor, now());
            state.db.write(write).await
        }
        Err(error) => {
            let own = move |connection: &mut Connection| claims::get(connection, account_id, id);
            state.db.read(own).await.and(Err(error))
        }
    };
    back(&visitor.shell, format!("/claims/{id}"), added, "claim-files-added")
}

/// Takes it back
#[post("/claims/{id}/withdraw")]
pub async fn withdraw(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    PathId(id): PathId<ClaimId>,
) -> Result<HttpResponse> {
    let (account_id, actor) = (visitor.customer.account_id, visitor.customer.actor());
    let write = move |tx: &mut Connection| filing::withdraw(tx, account_id, id, &actor, now());
    let withdrawn = state.db.write(write).await;
    back(&visitor.shell, format!("/claims/{id}"), withdrawn, "claim-is-withdrawn")
}

/// A photo or paper
#[get("/claim-files/{id}")]
pub async fn take_file(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<ClaimFileId>,
) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut _| evidence::get(connection, account_id, id);
    Ok(state.db.read(read).await?.into())
}
