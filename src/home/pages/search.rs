//! One box for everything an account has.

use std::sync::Arc;

use actix_web::{HttpResponse, get, web};
use askama::Template;
use serde::Deserialize;

use crate::catalogue::rules::Article;
use crate::error::Result;
use crate::home::searching::{self, Answer, Found, LATEST, Object};
use crate::home::words::{Group, Row};
use crate::http::Params;
use crate::identity::caller::{MayRead, Visitor};
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
#[template(path = "home/templates/search.html")]
struct SearchPage<'a> {
    shell: &'a Shell,
    text: String,
    groups: Vec<Group>,
    latest: String,
}

fn path(object: Object) -> String {
    match object {
        Object::Order(id) => format!("/orders/{id}"),
        Object::Shipment(id) => format!("/shipments/{id}"),
        Object::Invoice(id) => format!("/invoices/{id}"),
        Object::Product(id) => format!("/products/{id}"),
    }
}

/// What has the text in its number or name; an exact number leads straight to its object
#[get("/search")]
pub async fn find(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    Params(asked): Params<PageParams>,
) -> Result<HttpResponse> {
    let text = searching::tidied(&asked.q);
    let (account_id, wanted) = (visitor.customer.account_id, text.clone());
    let answer = state
        .db
        .read(move |connection| searching::search(connection, account_id, &wanted))
        .await?;
    let shell = &visitor.shell;
    let found = match answer {
        Answer::Only(object) => return Ok(see_other(path(object)).into()),
        Answer::Several(found) => found,
    };
    let page = SearchPage {
        shell,
        text: text.clone(),
        groups: groups(shell, &text, &found),
        latest: shell.language.decimal(LATEST),
    };
    shell.page(&page)
}

fn groups(shell: &Shell, text: &str, found: &Found) -> Vec<Group> {
    let numbered = |id, rows: &[searching::Row], list| {
        let row = |row: &searching::Row| Row {
            path: path(row.object),
            number: row.number.clone(),
            name: row.other.clone(),
            under: shell.day(row.on),
        };
        Group::new(shell, id, rows.iter().map(row).collect(), list)
    };
    let article = |article: &Arc<Article>| Row {
        path: path(Object::Product(article.product_id)),
        number: article
            .customer_part_number
            .clone()
            .unwrap_or_else(|| article.sku.clone()),
        name: article.name.clone(),
        under: match &article.customer_part_number {
            Some(_) => shell.t1("draft-our-number", "sku", article.sku.as_str()),
            None => String::new(),
        },
    };
    let articles = found.articles.iter().map(article).collect();
    let all = |list| address(list, [("view", "all"), ("q", text)]);
    let mut groups = vec![
        numbered("orders", &found.orders, all("/orders")),
        Group::new(shell, "products", articles, address("/products", [("q", text)])),
        numbered("shipments", &found.shipments, all("/shipments")),
        numbered("invoices", &found.invoices, all("/invoices")),
    ];
    groups.retain(|group| !group.rows.is_empty());
    groups
}
