//! The form on the desk that credits what came back.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use crate::claims::returns;
use crate::claims::returns::crediting::{self, CreditOfReturn, Left};
use crate::claims::returns::rules::{Found, Return, ReturnLine};
use crate::claims::rules::reading::Asked;
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepBooks};
use crate::identity::idempotency;
use crate::ids::ReturnId;
use crate::invoices::credits::rules::Reason;
use crate::quantity::Quantity;
use crate::state::AppState;
use crate::typed::to_type;
use crate::web::{Fields, Form, Shell, Tone, see_other};

struct Row {
    position: i32,
    article: String,
    name: String,
    /// In the base unit.
    came: String,
    /// What can be credited at most, in the ordered unit.
    left: String,
    /// Where its faults are told.
    place: String,
}

#[derive(Template)]
#[template(path = "claims/templates/desk_return_credit.html")]
struct CreditPage<'a> {
    shell: &'a Shell,
    link: String,
    returned: &'a Return,
    /// Value and text.
    reasons: Vec<(String, String)>,
    rows: Vec<Row>,
    form: Form,
}

/// The lines of which something is to be credited: position and quantity as typed.
fn written(returned: &Return, form: &Form) -> Vec<(i32, String)> {
    let typed = |line: &ReturnLine| {
        let text = form.value(&format!("quantity-{}", line.position)).to_owned();
        (!text.is_empty()).then_some((line.position, text))
    };
    returned.lines.iter().filter_map(typed).collect()
}

fn page(shell: &Shell, returned: &Return, left: &[Left], form: Form) -> Result<HttpResponse> {
    let written = written(returned, &form);
    let row = |line: &ReturnLine| {
        let left = left.iter().find(|left| left.position == line.position);
        let index = written.iter().position(|(position, _)| *position == line.position);
        // What is typed stays, also where nothing is left of it.
        if left.is_none() && index.is_none() {
            return None;
        }
        let came = Quantity::new(line.found.and_then(Found::all).unwrap_or_default(), line.base_decimals);
        let most = left.map_or_else(|| Quantity::new(0, 0), |left| left.most);
        Some(Row {
            position: line.position,
            article: line.sku.clone(),
            name: line.name.clone(),
            came: shell.quantity(came, &line.base_unit),
            left: shell.quantity(most, &line.unit_code),
            place: index.map_or_else(String::new, |index| format!("lines/{index}")),
        })
    };
    let reason = |reason: Reason| (reason.name().to_owned(), shell.name("credit-reason", reason.name()));
    let page = CreditPage {
        shell,
        link: format!("/desk/returns/{}", returned.id),
        reasons: Reason::ALL.into_iter().map(reason).collect(),
        rows: returned.lines.iter().filter_map(row).collect(),
        returned,
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// Where a return of a claim is credited: by settling the claim.
fn elsewhere(returned: &Return) -> Option<HttpResponse> {
    let (claim_id, _) = returned.claim.as_ref()?;
    Some(see_other(format!("/desk/claims/{claim_id}")).into())
}

async fn left(state: &AppState, returned: &Return) -> Result<Vec<Left>> {
    let returned = returned.clone();
    let read = move |connection: &mut Connection| crediting::left(connection, &returned);
    state.db.read(read).await
}

/// A form for a credit note of a return
#[get("/desk/returns/{id}/credit")]
pub async fn ask(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<ReturnId>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let read = move |connection: &mut Connection| returns::get_for_staff(connection, id);
    let returned = state.db.read(read).await?;
    if let Some(elsewhere) = elsewhere(&returned) {
        return Ok(elsewhere);
    }
    let left = match left(&state, &returned).await {
        Ok(left) => left,
        Err(error @ Error::Conflict { .. }) => {
            let to = see_other(format!("/desk/returns/{id}"));
            return Ok(to.flash(Tone::Warn, shell.error_text(&error)).into());
        }
        Err(error) => return Err(error),
    };
    let free = left.iter().filter(|line| line.free.steps > 0).map(|line| {
        let text = to_type(shell.language, &line.free.to_string());
        (format!("quantity-{}", line.position), text)
    });
    let reason = ("reason".to_owned(), Reason::Returned.name().to_owned());
    let form = Form::of(shell, free.chain([reason]));
    page(shell, &returned, &left, form)
}

/// The form again, with what can be credited by now.
async fn refused(state: &AppState, shell: &Shell, returned: &Return, form: Form) -> Result<HttpResponse> {
    let left = match left(state, returned).await {
        Err(Error::Conflict { .. }) => Vec::new(),
        left => left?,
    };
    page(shell, returned, &left, form)
}

/// Reads what is to be credited; notes at the form what can't be read.
fn wanted(shell: &Shell, form: &mut Form, returned: &Return) -> CreditOfReturn {
    let reason = Reason::from_name(form.value("reason"));
    if reason.is_none() {
        form.note("reason", shell.t("credit-reason-missing"));
    }
    let mut lines = Vec::new();
    for (index, (position, text)) in written(returned, form).into_iter().enumerate() {
        let quantity = form.quantity_at(&format!("lines/{index}/quantity"), &text);
        lines.extend(quantity.map(|quantity| Asked {
            position,
            quantity: Some(quantity),
        }));
    }
    if lines.is_empty() && !form.is_refused() {
        form.note("lines", shell.t("desk-credit-nothing"));
    }
    CreditOfReturn {
        reason,
        note: form.filled("note"),
        lines: Some(lines),
    }
}

/// Credits what came back
#[post("/desk/returns/{id}/credit")]
pub async fn issue(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<ReturnId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut form = Form::sent(shell, fields);
    let (form_key, sent) = (form.fields().form_key()?, (id.to_string(), form.content()));
    let route = "POST /desk/returns/{id}/credit";
    let key = idempotency::Request::new(desk.staff.person_id, route, form_key, &sent)?;
    let read = move |connection: &mut Connection| returns::get_for_staff(connection, id);
    let returned = state.db.read(read).await?;
    if let Some(elsewhere) = elsewhere(&returned) {
        return Ok(elsewhere);
    }
    let wanted = wanted(shell, &mut form, &returned);
    if form.is_refused() {
        return refused(&state, shell, &returned, form).await;
    }
    let (actor, roles) = (desk.staff.actor(), desk.staff.roles.clone());
    let write = move |tx: &mut Connection| crediting::credit(tx, &key, (id, &wanted), &roles, &actor, now());
    match state.db.write(write).await {
        Ok((credit, _)) => {
            let text = shell.t1("desk-credited", "number", credit.number.as_str());
            Ok(see_other(format!("/desk/credit-notes/{}", credit.id))
                .flash(Tone::Ok, text)
                .into())
        }
        Err(error) => {
            let form = form.refused(shell, error)?;
            refused(&state, shell, &returned, form).await
        }
    }
}
