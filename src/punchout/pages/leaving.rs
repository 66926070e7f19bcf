//! The basket goes back to the buyer's system: by a form that the browser posts there, by itself or by a press.

use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, post};
use askama::Template;

use super::shop::{show, told};
use super::{framed, is_told};
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::identity::caller::Guest;
use crate::punchout::oci;
use crate::punchout::returning::{self, Form};
use crate::punchout::rules::{Ended, Mode, Protocol};
use crate::punchout::shopping;
use crate::state::AppState;
use crate::web::Shell;

#[derive(Template)]
#[template(path = "punchout/templates/leaving.html")]
pub(super) struct LeavingPage<'a> {
    pub(super) shell: &'a Shell,
    pub(super) form: Form,
}

/// Takes the basket back
#[post("/punchout/s/{token}/return")]
pub async fn take_back(state: Data<AppState>, guest: Guest, path: Path<String>) -> Result<HttpResponse> {
    leave(&state, &guest.shell.signed_out(), path.into_inner(), Ended::Returned).await
}

/// Goes back without the basket
#[post("/punchout/s/{token}/cancel")]
pub async fn cancel(state: Data<AppState>, guest: Guest, path: Path<String>) -> Result<HttpResponse> {
    leave(&state, &guest.shell.signed_out(), path.into_inner(), Ended::Cancelled).await
}

async fn leave(state: &AppState, shell: &Shell, token: String, ended: Ended) -> Result<HttpResponse> {
    let by = token.clone();
    let write = move |tx: &mut Connection| {
        let (session, shown) = shopping::end(tx, &by, ended, now())?;
        let form = match session.row.protocol {
            Protocol::Cxml => returning::form(&session, &shown, ended, now()),
            Protocol::Oci => oci::form(&session, &shown, ended)?,
        };
        Ok((session, form))
    };
    match state.db.write(write).await {
        Ok((session, form)) => {
            let mut frames = session.setup.setup.frame_ancestors.clone();
            if session.row.mode == Mode::Test {
                frames.push("'self'".to_owned());
            }
            let to = form.url.clone();
            let page = LeavingPage { shell, form };
            framed(shell.page(&page)?, &frames, Some(&to))
        }
        Err(error @ (Error::Invalid(_) | Error::Conflict { .. })) if !is_told(&error) => {
            show(state, shell, &token, Some(error), String::new()).await
        }
        Err(error) => told(state, shell, &token, error).await,
    }
}
