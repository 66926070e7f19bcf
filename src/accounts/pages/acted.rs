//! Who of the supplier acted for the account, when and why.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use serde::Deserialize;

use crate::error::Result;
use crate::http::{Limit, Page};
use crate::identity::acting::{self, Acted};
use crate::identity::caller::{MayRead, Visitor};
use crate::ids::ActingId;
use crate::state::AppState;
use crate::web::{Pager, Shell};

/// Where the list goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/templates/acted.html")]
struct ActedPage<'a> {
    shell: &'a Shell,
    rows: Vec<Acted>,
    pager: Pager,
}

/// Who acted for the account
#[get("/account/acted-for")]
pub async fn list(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    wanted: web::Query<Wanted>,
) -> Result<HttpResponse> {
    const FILTER: &str = "acted-for";
    let cursor = wanted.into_inner().cursor;
    let page = Page::new(Limit::default(), cursor.clone());
    let (before, rows_max): (Option<ActingId>, _) = (page.after(FILTER)?, page.fetch());
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut _| acting::list(connection, account_id, before, rows_max);
    let found = state.db.read(read).await?;
    let (rows, next) = page.cut(FILTER, found, |acted| acted.id)?;
    let shell = &visitor.shell;
    let shown = shell.t1("acting-shown", "count", rows.len());
    let pager = Pager::new(
        shell,
        "/account/acted-for",
        &[],
        cursor.as_deref(),
        next.as_deref(),
        shown,
    );
    shell.page(&ActedPage { shell, rows, pager })
}
