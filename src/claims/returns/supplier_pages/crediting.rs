//! The form on the desk that credits what came back.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use crate::claims::returns;
use crate::claims::returns::crediting::{self, CreditOfReturn};
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
    /// What can be credited, in the ordered unit.
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

/// What can be credited of which line.
type Left = Vec<(i32, Quantity)>;

/// The lines of which something is to be credited: position and quantity as typed.
fn written(left: &[(i32, Quantity)], form: &Form) -> Vec<(i32, String)> {
    let typed = |(position, _): &(i32, Quantity)| {
        let text = form.value(&format!("quantity-{position}")).to_owned();
        (!text.is_empty()).then_some((*position, text))
    };
    left.iter().filter_map(typed).collect()
}

fn page(shell: &Shell, (returned, left): &(Return, Left), form: Form) -> Result<HttpResponse> {
    let written = written(left, &form);
    let row = |line: &ReturnLine| {
        let (_, quantity) = left.iter().find(|(position, _)| *position == line.position)?;
        let came = Quantity::new(line.found.and_then(Found::all).unwrap_or_default(), line.base_decimals);
        let index = written.iter().position(|(position, _)| *position == line.position);
        Some(Row {
            position: line.position,
            article: line.sku.clone(),
            name: line.name.clone(),
            came: shell.quantity(came, &line.base_unit),
            left: shell.quantity(*quantity, &line.unit_code),
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

/// The return and what can be credited of it; else where to look instead.
async fn read(
    state: &AppState,
    shell: &Shell,
    id: ReturnId,
) -> Result<std::result::Result<(Return, Left), HttpResponse>> {
    let read = move |connection: &mut Connection| {
        let returned = returns::get_for_staff(connection, id)?;
        let left = match returned.claim {
            Some(_) => Ok(Vec::new()),
            None => crediting::left(connection, &returned),
        };
        match left {
            Err(error @ Error::Conflict { .. }) => Ok((returned, Err(error))),
            left => Ok((returned, Ok(left?))),
        }
    };
    let (returned, left) = state.db.read(read).await?;
    if let Some((claim_id, _)) = &returned.claim {
        return Ok(Err(see_other(format!("/desk/claims/{claim_id}")).into()));
    }
    Ok(match left {
        Ok(left) => Ok((returned, left)),
        Err(error) => Err(see_other(format!("/desk/returns/{id}"))
            .flash(Tone::Warn, shell.error_text(&error))
            .into()),
    })
}

/// A form for a credit note of a return
#[get("/desk/returns/{id}/credit")]
pub async fn ask(
    state: web::Data<AppState>,
    desk: Desk<MayKeepBooks>,
    PathId(id): PathId<ReturnId>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let found = match read(&state, shell, id).await? {
        Ok(found) => found,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let quantity = |(position, left): &(i32, Quantity)| {
        let text = to_type(shell.language, &left.to_string());
        (format!("quantity-{position}"), text)
    };
    let reason = ("reason".to_owned(), Reason::Returned.name().to_owned());
    let form = Form::of(shell, found.1.iter().map(quantity).chain([reason]));
    page(shell, &found, form)
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
    let found = match read(&state, shell, id).await? {
        Ok(found) => found,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let mut lines = Vec::new();
    for (index, (position, text)) in written(&found.1, &form).into_iter().enumerate() {
        let quantity = form.quantity_at(&format!("lines/{index}/quantity"), &text);
        lines.extend(quantity.map(|quantity| Asked {
            position,
            quantity: Some(quantity),
        }));
    }
    if lines.is_empty() && !form.is_refused() {
        form.note("lines", shell.t("desk-credit-nothing"));
    }
    if form.is_refused() {
        return page(shell, &found, form);
    }
    let wanted = CreditOfReturn {
        reason: Reason::from_name(form.value("reason")),
        note: form.filled("note"),
        lines: Some(lines),
    };
    let (actor, roles) = (desk.staff.actor(), desk.staff.roles.clone());
    let write = move |tx: &mut Connection| crediting::credit(tx, &key, (id, &wanted), &roles, &actor, now());
    match state.db.write(write).await {
        Ok((credit, _)) => {
            let text = shell.t1("desk-credited", "number", credit.number.as_str());
            Ok(see_other(format!("/desk/credit-notes/{}", credit.id))
                .flash(Tone::Ok, text)
                .into())
        }
        Err(error) => page(shell, &found, form.refused(shell, error)?),
    }
}
