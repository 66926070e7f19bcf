//! The sites of an account, on the desk.

use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};

use crate::accounts::keeping::pages::{self, Listed, Room};
use crate::accounts::sites::{NewSite, Site, SiteInput};
use crate::accounts::supplier_pages::Reader;
use crate::error::Result;
use crate::http::{PathId, PathIds};
use crate::identity::caller::{Desk, MayManageAccounts};
use crate::ids::{AccountId, SiteId};
use crate::state::AppState;
use crate::web::list::Cell;
use crate::web::{Fields, Form, Shell};

impl Listed for Site {
    const FORM: &'static [&'static str] = &["name", "country", "street", "postal_code", "city"];
    const HEADS: &'static [(&'static str, &'static str)] =
        &[("acct-name", ""), ("acct-address", ""), ("acct-country", "")];
    const LINKS: &'static [(&'static str, &'static str)] = &[("site-windows", "windows")];

    fn cells(&self, shell: &Shell, place: usize) -> Vec<Cell> {
        let default = if place == 0 {
            shell.t("acct-site-default")
        } else {
            String::new()
        };
        vec![
            Cell::text(self.name.as_str()).and_under(default),
            Cell::text(self.address()),
            Cell::text(shell.language.country(&self.country)),
        ]
    }
}

async fn room<'a, R>(state: &'a AppState, desk: &'a Desk<R>, id: AccountId) -> Result<Room<'a>> {
    Room::on_desk(state, desk, id, "sites", |head| head.may_account).await
}

/// The sites of the account
#[get("/desk/accounts/{id}/sites")]
pub async fn list(state: Data<AppState>, desk: Reader, PathId(id): PathId<AccountId>) -> Result<HttpResponse> {
    pages::list::<Site>(&room(&state, &desk, id).await?, Form::default()).await
}

/// Adds a site
#[post("/desk/accounts/{id}/sites")]
pub async fn add(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    pages::add::<Site, NewSite>(&room(&state, &desk, id).await?, fields).await
}

/// A form for one site
#[get("/desk/accounts/{id}/sites/{site}")]
pub async fn edit(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathIds(account_id, id): PathIds<AccountId, SiteId>,
) -> Result<HttpResponse> {
    pages::edit::<Site>(&room(&state, &desk, account_id).await?, id, None).await
}

/// Changes a site
#[post("/desk/accounts/{id}/sites/{site}")]
pub async fn change(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathIds(account_id, id): PathIds<AccountId, SiteId>,
    fields: Fields,
) -> Result<HttpResponse> {
    pages::change::<Site, SiteInput>(&room(&state, &desk, account_id).await?, id, fields).await
}
