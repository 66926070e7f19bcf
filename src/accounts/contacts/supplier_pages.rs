//! The contacts of an account, on the desk.

use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};

use crate::accounts::contacts::{Contact, ContactInput, NewContact};
use crate::accounts::keeping::pages::{self, Room};
use crate::accounts::supplier_pages::Reader;
use crate::error::Result;
use crate::http::{PathId, PathIds};
use crate::identity::caller::{Desk, MayManagePeople};
use crate::ids::{AccountId, ContactId};
use crate::state::AppState;
use crate::web::{Fields, Form};

async fn room<'a, R>(state: &'a AppState, desk: &'a Desk<R>, id: AccountId) -> Result<Room<'a>> {
    Room::on_desk(state, desk, id, "contacts", |head| head.may_people).await
}

/// The contacts of the account
#[get("/desk/accounts/{id}/contacts")]
pub async fn list(state: Data<AppState>, desk: Reader, PathId(id): PathId<AccountId>) -> Result<HttpResponse> {
    pages::list::<Contact>(&room(&state, &desk, id).await?, Form::default()).await
}

/// Adds a contact
#[post("/desk/accounts/{id}/contacts")]
pub async fn add(
    state: Data<AppState>,
    desk: Desk<MayManagePeople>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    pages::add::<Contact, NewContact>(&room(&state, &desk, id).await?, fields).await
}

/// A form for one contact
#[get("/desk/accounts/{id}/contacts/{contact}")]
pub async fn edit(
    state: Data<AppState>,
    desk: Desk<MayManagePeople>,
    PathIds(account_id, id): PathIds<AccountId, ContactId>,
) -> Result<HttpResponse> {
    pages::edit::<Contact>(&room(&state, &desk, account_id).await?, id, None).await
}

/// Changes a contact
#[post("/desk/accounts/{id}/contacts/{contact}")]
pub async fn change(
    state: Data<AppState>,
    desk: Desk<MayManagePeople>,
    PathIds(account_id, id): PathIds<AccountId, ContactId>,
    fields: Fields,
) -> Result<HttpResponse> {
    pages::change::<Contact, ContactInput>(&room(&state, &desk, account_id).await?, id, fields).await
}

/// Removes a contact
#[post("/desk/accounts/{id}/contacts/{contact}/remove")]
pub async fn remove(
    state: Data<AppState>,
    desk: Desk<MayManagePeople>,
    PathIds(account_id, id): PathIds<AccountId, ContactId>,
    fields: Fields,
) -> Result<HttpResponse> {
    pages::remove::<Contact>(&room(&state, &desk, account_id).await?, id, fields).await
}
