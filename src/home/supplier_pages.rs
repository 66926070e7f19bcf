//! Where the supplier's staff begin.

use actix_web::{HttpResponse, get};
use askama::Template;

use crate::accounts::caller::{Desk, MayReadDesk};
use crate::error::Result;
use crate::web::Shell;

#[derive(Template)]
#[template(path = "home/templates/today.html")]
struct TodayPage<'a> {
    shell: &'a Shell,
}

/// What the day asks of staff.
#[get("/desk")]
pub async fn today(desk: Desk<MayReadDesk>) -> Result<HttpResponse> {
    desk.shell.page(&TodayPage { shell: &desk.shell })
}
