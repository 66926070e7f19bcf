//! The page that asks what of an order is called off, and what becomes of its form, for both sides.

use actix_web::HttpResponse;
use askama::Template;

use super::ending;
use crate::audit::Actor;
use crate::catalogue::words::amount;
use crate::clock;
use crate::db::seek::Scope;
use crate::error::{Error, Result};
use crate::ids::OrderId;
use crate::names::sets::Side;
use crate::orders;
use crate::orders::cancelling::Ending;
use crate::orders::rules::rest::{Wanted, What};
use crate::orders::rules::{Order, OrderLine, rest};
use crate::state::AppState;
use crate::web::{Fields, Form, Shell, Tone, see_other};

/// A line that may be called off.
struct Line {
    id: String,
    number: i32,
    article: String,
    name: String,
    ordered: String,
    /// What is still to leave.
    left: String,
    /// What waits of it, where something else is reserved.
    waits: Option<String>,
    /// How much of it, as typed.
    value: String,
}

#[derive(Template)]
#[template(path = "tracking/templates/rest.html")]
struct RestPage<'a> {
    shell: &'a Shell,
    orders: &'static str,
    link: String,
    number: String,
    by_staff: bool,
    lines: Vec<Line>,
    /// Something waits for stock, so that it alone may be called off.
    may_keep: bool,
    form: Form,
}

/// Where the order's page is.
fn link_of(by: Side, id: OrderId) -> String {
    match by {
        Side::Account => format!("/orders/{id}"),
        Side::Supplier => format!("/desk/orders/{id}"),
    }
}

fn line(shell: &Shell, line: &OrderLine, form: &Form) -> Line {
    let base = |steps| amount(shell.language, line.base_quantity(steps), &line.base_unit);
    Line {
        id: line.id.to_string(),
        number: line.position,
        article: match (&line.customer_part_number, shell.area == crate::web::Area::Desk) {
            (Some(own), false) => own.clone(),
            _ => line.sku.clone(),
        },
        name: line.name.clone(),
        ordered: base(line.quantity.base_steps),
        left: amount(shell.language, line.part(line.to_leave()).ordered, &line.unit_code),
        waits: (line.backordered > 0 && line.reserved > 0)
            .then(|| shell.t1("rest-of-it-waits", "quantity", base(line.backordered))),
        value: form.value(&format!("quantity-{}", line.id)).to_owned(),
    }
}

/// Somebody who may call off the rest of an order.
pub struct Rest<'a> {
    pub state: &'a AppState,
    pub shell: &'a Shell,
    pub id: OrderId,
    /// Whose orders they see: their account's, or all as staff.
    pub scope: Scope,
    /// For the audit record.
    pub actor: Actor,
}

impl Rest<'_> {
    fn side(&self) -> Side {
        match self.scope {
            Scope::Account(_) => Side::Account,
            Scope::All => Side::Supplier,
        }
    }

    /// Asks which lines are called off.
    pub async fn ask(&self, form: Form) -> Result<HttpResponse> {
        let (scope, id) = (self.scope, self.id);
        let read = move |connection: &mut _| match scope {
            Scope::Account(account_id) => orders::get(connection, account_id, id),
            Scope::All => orders::get_for_staff(connection, id),
        };
        ask(self.shell, &self.state.db.read(read).await?, self.side(), form)
    }

    /// Calls off what of the ticked lines is still to leave, or says what is wrong with the form.
    pub async fn cancel(self, fields: Fields) -> Result<HttpResponse> {
        let shell = self.shell;
        let mut form = Form::sent(shell, fields);
        let lines = ticked(&mut form);
        if form.is_refused() {
            return self.ask(form).await;
        }
        if lines.is_empty() {
            form.say(Tone::Bad, shell.t("rest-tick"));
            form.note("line", shell.t("rest-tick"));
            return self.ask(form).await;
        }
        let (by, scope, id) = (self.side(), self.scope, self.id);
        let (actor, reason) = (self.actor.clone(), form.filled("reason"));
        let what = match form.is("waiting", "on") {
            true => What::Waiting,
            false => What::Rest,
        };
        let write = move |tx: &mut _| {
            let ending = Ending {
                lines: &lines,
                what,
                reason: reason.as_deref(),
                by,
                ended_by: None,
                is_of_form: false,
            };
            match scope {
                Scope::Account(account_id) => ending::cancel_rest(tx, account_id, id, ending, &actor, clock::now()),
                Scope::All => {
                    let sent = ending::Sent::default();
                    ending::cancel_rest_as_staff(tx, id, (ending, sent), &actor, clock::now())
                }
            }
        };
        let to = see_other(link_of(by, id));
        match self.state.db.write(write).await {
            Ok(_) => Ok(to.flash(Tone::Ok, shell.t("rest-done")).into()),
            Err(error @ Error::Conflict { .. }) => Ok(to.flash(Tone::Warn, shell.error_text(&error)).into()),
            Err(error) => self.ask(form.refused(shell, error)?).await,
        }
    }
}

/// The page; where no line may be called off it leads back to the order, which says how it stands.
fn ask(shell: &Shell, order: &Order, by: Side, form: Form) -> Result<HttpResponse> {
    let link = link_of(by, order.id);
    if !rest::may_end_part(order, by) {
        return Ok(see_other(link).flash(Tone::Warn, shell.t("rest-none")).into());
    }
    let page = RestPage {
        shell,
        orders: match by {
            Side::Account => "/orders",
            Side::Supplier => "/desk/orders",
        },
        link,
        number: order.number.to_string(),
        by_staff: by == Side::Supplier,
        lines: rest::reducible(order, by).map(|one| line(shell, one, &form)).collect(),
        may_keep: order.lines.iter().any(|line| line.backordered > 0),
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// The lines that were ticked, with how much of each where that is typed; the page has a box for each that may be.
fn ticked(form: &mut Form) -> Vec<Wanted> {
    let ids: Vec<_> = form.fields().all("line").map(str::to_owned).collect();
    let mut wanted = Vec::new();
    for (place, id) in ids.iter().enumerate() {
        let Ok(line_id) = id.parse() else { continue };
        let typed = form.value(&format!("quantity-{id}")).to_owned();
        let quantity = match typed.is_empty() {
            true => None,
            false => form.quantity_at(&format!("lines/{place}/quantity"), &typed),
        };
        wanted.push(Wanted { line_id, quantity });
    }
    wanted
}
