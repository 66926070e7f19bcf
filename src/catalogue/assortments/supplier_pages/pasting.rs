//! A pasted list of articles for the assortment of an account: good lines are taken, the others kept to be mended.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use crate::accounts;
use crate::accounts::rules::Account;
use crate::catalogue::assortments::{self, Outcome};
use crate::catalogue::inputs::pasted;
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{Desk, MayKeepCatalogue};
use crate::ids::AccountId;
use crate::state::AppState;
use crate::web::{Banner, Fields, Shell, Tone, see_other};

#[derive(Template)]
#[template(path = "catalogue/templates/assortment_paste.html")]
struct PastePage<'a> {
    shell: &'a Shell,
    account: &'a Account,
    text: String,
    banner: Option<Banner>,
    /// Lines that were not taken, and why.
    refused: Vec<(String, String)>,
    rows_max: usize,
}

/// Where a list is pasted
#[get("/desk/assortments/{id}/paste")]
pub async fn show_paste(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    let account = state.db.read(move |connection| accounts::get(connection, id)).await?;
    desk.shell.page(&PastePage {
        shell: &desk.shell,
        account: &account,
        text: String::new(),
        banner: None,
        refused: Vec::new(),
        rows_max: assortments::ROWS_MAX,
    })
}

/// Takes the good lines of a list and keeps the others to be mended
#[post("/desk/assortments/{id}/paste")]
pub async fn paste(
    state: web::Data<AppState>,
    desk: Desk<MayKeepCatalogue>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let lines = pasted(fields.raw("text"));
    let too_many = lines.len() > assortments::ROWS_MAX;
    let (actor, rows) = (
        desk.staff.actor(),
        lines.iter().map(|(_, row)| row.clone()).collect::<Vec<_>>(),
    );
    let outcome = match lines.is_empty() || too_many {
        true => Outcome::default(),
        false => {
            let put = move |tx: &mut Connection| {
                let account = accounts::get(tx, id)?;
                assortments::put(tx, &actor, &account, &rows, now())
            };
            state.db.write(put).await?
        }
    };
    let said = [
        ("assortment-pasted-added", outcome.added),
        ("assortment-pasted-changed", outcome.changed),
        ("assortment-pasted-same", outcome.same),
    ];
    let said: Vec<_> = said
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| shell.t1(key, "count", count))
        .collect();
    if outcome.faults.is_empty() && !too_many && !lines.is_empty() {
        let to = see_other(format!("/desk/assortments/{id}"));
        return Ok(to.flash(Tone::Ok, said.join(" ")).into());
    }
    let refused: Vec<_> = outcome
        .faults
        .iter()
        .filter_map(|(place, faults)| {
            let (line, _) = lines.get(*place)?;
            let texts: Vec<_> = faults.iter().map(|fault| shell.fault(fault)).collect();
            Some((line.clone(), texts.join(" ")))
        })
        .collect();
    let banner = if lines.is_empty() {
        Banner::new(Tone::Bad, shell.t("assortment-paste-empty"))
    } else if too_many {
        Banner::new(
            Tone::Bad,
            shell.t1("assortment-paste-too-many", "count", assortments::ROWS_MAX),
        )
    } else {
        let text = shell.t1("assortment-pasted-refused", "count", refused.len());
        Banner::new(Tone::Bad, text).with_details(said)
    };
    let kept: Vec<_> = refused.iter().map(|(line, _)| line.clone()).collect();
    let account = state.db.read(move |connection| accounts::get(connection, id)).await?;
    let page = PastePage {
        shell,
        account: &account,
        text: if too_many {
            fields.raw("text").to_owned()
        } else {
            kept.join("\n")
        },
        banner: Some(banner),
        refused,
        rows_max: assortments::ROWS_MAX,
    };
    shell.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
