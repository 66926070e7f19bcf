//! When a site takes goods in, on the desk: a field for each weekday.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use super::rules::{WEEKDAYS, Window, clock, spans};
use crate::accounts::windows;
use crate::accounts::{self, keeping, sentences, sites::Site};
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathIds;
use crate::identity::caller::{Desk, MayManageAccounts};
use crate::ids::{AccountId, SiteId};
use crate::state::AppState;
use crate::version::of_content;
use crate::web::{Fields, Form, Shell, Tone, see_other};

#[derive(Template)]
#[template(path = "accounts/templates/windows.html")]
struct WindowsPage<'a> {
    shell: &'a Shell,
    link: String,
    account_link: String,
    account: String,
    site: String,
    /// Name of the field and the day.
    days: Vec<(&'static str, String)>,
    version: String,
    form: Form,
}

async fn page(
    state: &AppState,
    desk: &Desk<MayManageAccounts>,
    (account_id, id): (AccountId, SiteId),
    form: Option<Form>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let account = accounts::get(connection, account_id)?;
        let site: Site = keeping::get(connection, account_id, id)?;
        Ok((account, site, windows::of_site(connection, account_id, id)?))
    };
    let (account, site, windows) = state.db.read(read).await?;
    let shell = &desk.shell;
    let stored = |weekday: i32| {
        let spans = windows.iter().filter(|window| window.weekday == weekday);
        let spans = spans.map(|window| format!("{}-{}", clock(window.from), clock(window.to)));
        spans.collect::<Vec<_>>().join(", ")
    };
    let form = form.unwrap_or_else(|| Form::of(shell, (1..).zip(WEEKDAYS).map(|(day, name)| (name, stored(day)))));
    let status = form.status();
    let days = (1..)
        .zip(WEEKDAYS)
        .map(|(day, name)| (name, shell.t(&format!("mail-weekday-{day}"))));
    let account_link = format!("/desk/accounts/{account_id}");
    let page = WindowsPage {
        shell,
        link: format!("{account_link}/sites/{id}/windows"),
        account_link,
        account: account.name,
        site: site.name,
        days: days.collect(),
        version: of_content(&windows)?.to_string(),
        form,
    };
    shell.page_with(status, &page)
}

/// When a site takes goods in
#[get("/desk/accounts/{id}/sites/{site}/windows")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathIds(account_id, id): PathIds<AccountId, SiteId>,
) -> Result<HttpResponse> {
    page(&state, &desk, (account_id, id), None).await
}

/// Says when a site takes goods in
#[post("/desk/accounts/{id}/sites/{site}/windows")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathIds(account_id, id): PathIds<AccountId, SiteId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, actor, expected) = (&desk.shell, desk.staff.actor(), fields.seen());
    let mut form = Form::sent(shell, fields);
    let mut windows = Vec::new();
    for (weekday, name) in (1..).zip(WEEKDAYS) {
        match spans(form.value(name)) {
            Some(spans) => windows.extend(spans.into_iter().map(|(from, to)| Window { weekday, from, to })),
            None => {
                let sentence = shell.say(&sentences::write_the_spans());
                form.note(name, sentence);
            }
        }
    }
    if form.is_refused() {
        return page(&state, &desk, (account_id, id), Some(form)).await;
    }
    let days: Vec<_> = windows.iter().map(|window| window.weekday).collect();
    let write = move |tx: &mut Connection| {
        let _: Site = keeping::get(tx, account_id, id)?;
        windows::replace(tx, (account_id, id), &expected, &windows, &actor, now())
    };
    match state.db.write(write).await {
        Ok(_) => {
            let to = see_other(format!("/desk/accounts/{account_id}/sites"));
            Ok(to.flash(Tone::Ok, shell.t("windows-changed")).into())
        }
        Err(Error::Invalid(faults)) => {
            // Each fault stands at the field of its day.
            for fault in faults {
                let place = fault
                    .pointer
                    .rsplit('/')
                    .next()
                    .and_then(|place| place.parse::<usize>().ok());
                let day = place.and_then(|place| days.get(place).copied()).unwrap_or(1);
                let sentence = shell.say(&fault.detail);
                form.note(super::rules::weekday_name(day), sentence);
            }
            page(&state, &desk, (account_id, id), Some(form)).await
        }
        Err(error) => page(&state, &desk, (account_id, id), Some(form.refused(shell, error)?)).await,
    }
}
