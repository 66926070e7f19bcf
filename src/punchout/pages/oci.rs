//! Where OCI calls come to: a browser of the buyer's, by GET or POST. What stands in the address opens a basket only; it is
//! never logged.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use url::form_urlencoded;

use super::leaving::LeavingPage;
use super::{framed, over};
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::{self, client_address};
use crate::identity::caller::Guest;
use crate::ids::PunchoutSessionId;
use crate::punchout::basket;
use crate::punchout::oci;
use crate::punchout::oci::opening::{self, Asked, Opened};
use crate::punchout::returning::Form;
use crate::punchout::rules;
use crate::state::AppState;
use crate::web::{Fields, see_other};

fn asked(request: &HttpRequest, pairs: &[(String, String)]) -> Asked {
    let of = |names: &[&str]| {
        let found = names
            .iter()
            .find_map(|name| pairs.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)));
        found
            .map(|(_, value)| rules::storable(value.trim()))
            .filter(|value| !value.is_empty())
    };
    let text = |names: &[&str]| of(names).unwrap_or_default();
    let target = of(&["returntarget", "~TARGET"]);
    // A frame's name, or one of the four that browsers know.
    let is_target = |target: &String| {
        target
            .chars()
            .all(|sign| sign.is_ascii_alphanumeric() || "_-".contains(sign))
            && target.len() <= 50
    };
    Asked {
        user: text(&["USERNAME"]),
        password: text(&["PASSWORD"]),
        hook_url: text(&["HOOK_URL"]),
        target: target.filter(is_target),
        charset: of(&["http_content_charset"]),
        function: text(&["FUNCTION"]),
        product_id: text(&["PRODUCTID"]),
        quantity: text(&["QUANTITY"]),
        search: text(&["SEARCHSTRING"]),
        address: client_address(request),
    }
}

/// Opens the shop by OCI
#[get("/punchout/oci")]
pub async fn open_by_address(state: Data<AppState>, request: HttpRequest, guest: Guest) -> Result<HttpResponse> {
    let pairs: Vec<_> = form_urlencoded::parse(request.query_string().as_bytes())
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    open(&state, &request, guest, &pairs).await
}

/// Opens the shop by OCI
#[post("/punchout/oci")]
pub async fn open_by_form(
    state: Data<AppState>,
    request: HttpRequest,
    guest: Guest,
    fields: Fields,
) -> Result<HttpResponse> {
    let in_address = form_urlencoded::parse(request.query_string().as_bytes());
    let in_address = in_address.map(|(name, value)| (name.into_owned(), value.into_owned()));
    let sent = fields.pairs().map(|(name, value)| (name.to_owned(), value.to_owned()));
    let pairs: Vec<_> = sent.chain(in_address).collect();
    open(&state, &request, guest, &pairs).await
}

/// True where what is sent can be read by nobody on the way: by https, or on this machine.
fn is_safe(request: &HttpRequest) -> bool {
    http::is_https(request)
        || request
            .peer_addr()
            .is_some_and(|peer| peer.ip().to_canonical().is_loopback())
}

async fn open(
    state: &AppState,
    request: &HttpRequest,
    guest: Guest,
    pairs: &[(String, String)],
) -> Result<HttpResponse> {
    let shell = guest.shell.signed_out();
    if !is_safe(request) {
        return Err(Error::Forbidden);
    }
    let asked = asked(request, pairs);
    let write = move |tx: &mut Connection| {
        let opened = opening::open(tx, &asked, now())?;
        let Opened::Lines(setup, basket, charset) = &opened else {
            return Ok((opened, None));
        };
        let mut shown = basket::show(tx, setup.account_id, basket, now())?;
        // What can't be sold in this way is no hit.
        shown.lines.retain(oci::can_be_said);
        let lines = (shown.lines.as_slice(), shown.terms.currency.code());
        let fields = oci::fields(&setup.setup, lines, &PunchoutSessionId::new().to_string(), *charset)?;
        let form = Form {
            url: asked.hook_url.clone(),
            target: asked.target.clone(),
            fields,
            charset: charset.name(),
        };
        let frames = setup.setup.frame_ancestors.clone();
        Ok((opened, Some((form, frames))))
    };
    match state.db.write(write).await {
        Ok((Opened::Session(start), _)) => Ok(see_other(format!("/punchout/start/{start}")).into()),
        Ok((Opened::Refused(error), _)) => over(&shell, &error, &[]),
        Ok((Opened::Lines(..), Some((form, frames)))) => {
            let to = form.url.clone();
            let page = LeavingPage { shell: &shell, form };
            framed(shell.page(&page)?, &frames, Some(&to))
        }
        Ok((Opened::Lines(..), None)) => Err(Error::internal("lines without a form")),
        Err(error) if matches!(error, Error::Invalid(_) | Error::Conflict { .. } | Error::NotFound) => {
            over(&shell, &error, &[])
        }
        Err(error) => Err(error),
    }
}
