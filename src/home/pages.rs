//! Where the people of an account begin.

use actix_web::{HttpResponse, get};
use askama::Template;

use crate::accounts::caller::{Anyone, Caller};
use crate::db::Connection;
use crate::drafts;
use crate::error::Result;
use crate::web::{Area, Badges, Shell, see_other};

/// The numbers beside entries of the navigation.
pub fn badges(connection: &mut Connection, caller: &Caller) -> Result<Badges> {
    let draft_lines = match caller.account_id() {
        Some(account_id) => drafts::count(connection, account_id, caller.person_id)?,
        None => 0,
    };
    Ok(Badges { draft_lines })
}

#[derive(Template)]
#[template(path = "home/templates/home.html")]
struct HomePage<'a> {
    shell: &'a Shell,
}

/// Home; staff go to their desk.
#[get("/")]
pub async fn home(anyone: Anyone) -> Result<HttpResponse> {
    let shell = anyone.shell;
    if shell.area == Area::Desk {
        return Ok(see_other("/desk").into());
    }
    shell.page(&HomePage { shell: &shell })
}
