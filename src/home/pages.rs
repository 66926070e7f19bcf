//! Where the people of an account begin.

use actix_web::{HttpResponse, get};
use askama::Template;

use crate::accounts::caller::Anyone;
use crate::error::Result;
use crate::web::{Area, Shell, see_other};

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
