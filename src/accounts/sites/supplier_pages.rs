//! The sites of an account.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;

use crate::accounts;
use crate::accounts::rules::Site;
use crate::accounts::sites::{self, SiteInput};
use crate::accounts::supplier_pages::{Head, Reader, pair};
use crate::accounts::team;
use crate::clock;
use crate::db::Connection;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{Desk, MayManageAccounts};
use crate::ids::{AccountId, SiteId};
use crate::state::AppState;
use crate::web::{Fields, Form, Shell, Tone, see_other};

/// An account and one of its sites.
type Place = web::Path<(String, String)>;

#[derive(Template)]
#[template(path = "accounts/templates/sites.html")]
struct SitesPage<'a> {
    shell: &'a Shell,
    head: Head,
    rows: Vec<Row>,
    form: Form,
    /// The form is open: something in it is wrong.
    adding: bool,
}

struct Row {
    id: SiteId,
    code: String,
    name: String,
    address: String,
    country: String,
    is_default: bool,
}

fn row(shell: &Shell, index: usize, site: Site) -> Row {
    let town = [site.postal_code, site.city]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    let parts = [site.street, Some(town).filter(|town| !town.is_empty())];
    Row {
        id: site.id,
        code: site.code,
        name: site.name,
        address: parts.into_iter().flatten().collect::<Vec<_>>().join(", "),
        country: shell.language.country(&site.country),
        is_default: index == 0,
    }
}

async fn page<R>(state: &AppState, desk: &Desk<R>, id: AccountId, form: Form) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let account = accounts::get(connection, id)?;
        Ok((account, team::all_sites(connection, id)?))
    };
    let (account, sites) = state.db.read(read).await?;
    let shell = &desk.shell;
    let rows = sites
        .into_iter()
        .enumerate()
        .map(|(index, site)| row(shell, index, site));
    let status = form.status();
    let page = SitesPage {
        shell,
        head: Head::new(desk, &account, "sites"),
        rows: rows.collect(),
        adding: form.is_refused(),
        form,
    };
    shell.page_with(status, &page)
}

/// The sites of the account
#[get("/desk/accounts/{id}/sites")]
pub async fn list(state: web::Data<AppState>, desk: Reader, PathId(id): PathId<AccountId>) -> Result<HttpResponse> {
    page(&state, &desk, id, Form::default()).await
}

/// Adds a site
#[post("/desk/accounts/{id}/sites")]
pub async fn add(
    state: web::Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let mut form = Form::sent(&desk.shell, fields);
    if let Some(new) = form.input(&[]) {
        let editor = desk.staff.editor();
        let add = move |tx: &mut Connection| sites::add(tx, &editor, id, &new, clock::now());
        match state.db.write(add).await {
            Ok(site) => {
                let text = desk.shell.t1("acct-site-added", "code", site.code.as_str());
                let to = see_other(format!("/desk/accounts/{id}/sites"));
                return Ok(to.flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(&desk.shell, error)?,
        }
    }
    page(&state, &desk, id, form).await
}

#[derive(Template)]
#[template(path = "accounts/templates/site.html")]
struct SitePage<'a> {
    shell: &'a Shell,
    head: Head,
    id: SiteId,
    code: String,
    form: Form,
    version: i64,
}

async fn edit_page<R>(
    state: &AppState,
    desk: &Desk<R>,
    (account_id, id): (AccountId, SiteId),
    typed: Option<Form>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let account = accounts::get(connection, account_id)?;
        Ok((account, sites::get(connection, account_id, id)?))
    };
    let (account, site) = state.db.read(read).await?;
    let form = typed.unwrap_or_else(|| Form::stored(&desk.shell, &SiteInput::from(&site)));
    let status = form.status();
    let page = SitePage {
        shell: &desk.shell,
        head: Head::new(desk, &account, "sites"),
        id,
        code: site.code.clone(),
        form,
        version: sites::version(&site)?,
    };
    desk.shell.page_with(status, &page)
}

/// A form for one site
#[get("/desk/accounts/{id}/sites/{site}")]
pub async fn edit(state: web::Data<AppState>, desk: Desk<MayManageAccounts>, place: Place) -> Result<HttpResponse> {
    edit_page(&state, &desk, pair(&place)?, None).await
}

/// Changes a site
#[post("/desk/accounts/{id}/sites/{site}")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Desk<MayManageAccounts>,
    place: Place,
    fields: Fields,
) -> Result<HttpResponse> {
    let (account_id, id) = pair(&place)?;
    let (editor, input, expected) = (desk.staff.editor(), fields.input()?, fields.seen());
    let change = move |tx: &mut Connection| sites::change(tx, &editor, account_id, id, &expected, &input, clock::now());
    match state.db.write(change).await {
        Ok(site) => {
            let text = desk.shell.t1("acct-site-changed", "code", site.code.as_str());
            let to = format!("/desk/accounts/{account_id}/sites");
            Ok(see_other(to).flash(Tone::Ok, text).into())
        }
        Err(error) => {
            let form = Form::sent(&desk.shell, fields).refused(&desk.shell, error)?;
            edit_page(&state, &desk, (account_id, id), Some(form)).await
        }
    }
}
