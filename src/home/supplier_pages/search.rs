//! One box for everything the desk knows.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use serde::Deserialize;

use crate::error::Result;
use crate::home::desk_searching::{self, Answer, Object};
use crate::home::searching::{LATEST, tidied};
use crate::home::words::{Group, Row};
use crate::http::Params;
use crate::identity::caller::{Desk, MayReadDesk};
use crate::state::AppState;
use crate::web::components::address;
use crate::web::{Shell, see_other};

/// What to look for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageParams {
    q: String,
}

#[derive(Template)]
#[template(path = "home/templates/desk_search.html")]
struct SearchPage<'a> {
    shell: &'a Shell,
    text: String,
    groups: Vec<Group>,
    latest: String,
}

fn path(object: Object) -> String {
    match object {
        Object::Order(id) => format!("/desk/orders/{id}"),
        Object::Account(id) => format!("/desk/accounts/{id}"),
        Object::Shipment(id) => format!("/desk/shipments/{id}"),
        Object::Invoice(id) => format!("/desk/invoices/{id}"),
        Object::Product(id) => format!("/desk/products/{id}"),
    }
}

/// What has the text in its number or name; an exact number leads straight to its object
#[get("/desk/search")]
pub async fn find(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Params(asked): Params<PageParams>,
) -> Result<HttpResponse> {
    let text = tidied(&asked.q);
    let wanted = text.clone();
    let answer = state
        .db
        .read(move |connection| desk_searching::search(connection, &wanted))
        .await?;
    let shell = &desk.shell;
    let found = match answer {
        Answer::Only(object) => return Ok(see_other(path(object)).into()),
        Answer::Several(found) => found,
    };
    let mut groups = vec![
        group(shell, "orders", &found.orders, &text),
        group(shell, "accounts", &found.accounts, &text),
        group(shell, "products", &found.products, &text),
        group(shell, "shipments", &found.shipments, &text),
        group(shell, "invoices", &found.invoices, &text),
    ];
    groups.retain(|group| !group.rows.is_empty());
    let page = SearchPage {
        shell,
        text: text.clone(),
        groups,
        latest: shell.language.decimal(LATEST),
    };
    shell.page(&page)
}

fn group(shell: &Shell, id: &'static str, rows: &[desk_searching::Row], text: &str) -> Group {
    let row = |row: &desk_searching::Row| {
        let day = row.on.map(|on| shell.day(on));
        let under: Vec<_> = row.other.iter().cloned().chain(day).collect();
        Row {
            path: path(row.object),
            number: row.number.clone(),
            name: row.name.clone(),
            under: under.join(" · "),
        }
    };
    let list = address(&format!("/desk/{id}"), [("q", text)]);
    Group::new(shell, id, rows.iter().map(row).collect(), list)
}
