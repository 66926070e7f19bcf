//! The page that asks what of an order is called off, for both sides.

use actix_web::HttpResponse;
use askama::Template;

use crate::catalogue::words::amount;
use crate::error::Result;
use crate::ids::{OrderId, OrderLineId};
use crate::names::sets::Side;
use crate::orders::rules::{Order, OrderLine, rest};
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
pub fn link_of(by: Side, id: OrderId) -> String {
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

/// The page; where no line may be called off it leads back to the order, which says how it stands.
pub fn ask(shell: &Shell, order: &Order, by: Side, form: Form) -> Result<HttpResponse> {
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
pub fn ticked(fields: &Fields) -> Vec<OrderLineId> {
    fields.all("line").filter_map(|id| id.parse().ok()).collect()
}
