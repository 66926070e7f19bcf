//! The page that asks what of an order is called off, and what becomes of its form, for both sides.

use actix_web::HttpResponse;
use askama::Template;

use super::ending;
use crate::audit::Actor;
use crate::catalogue::words::amount;
use crate::clock;
use crate::db::seek::Scope;
use crate::error::{Error, Result};
use crate::ids::{OrderId, OrderLineId};
use crate::names::sets::Side;
use crate::orders;
use crate::orders::cancelling::Ending;
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
    form: Form,
}

/// Where the order's page is.
fn link_of(by: Side, id: OrderId) -> String {
    match by {
        Side::Account => format!("/orders/{id}"),
        Side::Supplier => format!("/desk/orders/{id}"),
    }
}

fn line(shell: &Shell, line: &OrderLine) -> Line {
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
        left: base(line.to_leave()),
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
        let (shell, lines) = (self.shell, ticked(&fields));
        let mut form = Form::sent(shell, fields);
        if lines.is_empty() {
            form.say(Tone::Bad, shell.t("rest-tick"));
            form.note("line", shell.t("rest-tick"));
            return self.ask(form).await;
        }
        let (by, scope, id) = (self.side(), self.scope, self.id);
        let (actor, reason) = (self.actor.clone(), form.filled("reason"));
        let write = move |tx: &mut _| {
            let ending = Ending {
                lines: &lines,
                reason: reason.as_deref(),
                by,
            };
            match scope {
                Scope::Account(account_id) => ending::cancel_rest(tx, account_id, id, ending, &actor, clock::now()),
                Scope::All => ending::cancel_rest_as_staff(tx, id, ending, &actor, clock::now()),
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
        lines: rest::endable(order, by).map(|one| line(shell, one)).collect(),
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// The lines that were ticked; the page has a box for each that may be.
fn ticked(fields: &Fields) -> Vec<OrderLineId> {
    fields.all("line").filter_map(|id| id.parse().ok()).collect()
}
