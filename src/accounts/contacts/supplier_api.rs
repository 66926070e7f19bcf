//! REST for supplier staff: the contacts of an account.

use actix_web::web::Data;
use actix_web::{HttpResponse, Responder, delete, get, patch, post};

use crate::accounts::contacts::api::ContactView;
use crate::accounts::contacts::{Contact, ContactInput, NewContact};
use crate::accounts::keeping::api;
use crate::error::Result;
use crate::http::{Body, FollowedPage, IfMatch, List, Params, PathId, PathIds};
use crate::identity::caller::{MayManagePeople, MayReadDesk, Staff};
use crate::ids::{AccountId, ContactId};
use crate::state::AppState;

/// Contacts of an account
///
/// In the order in which they were added.
#[utoipa::path(tag = "supplier", operation_id = "listContactsAsStaff", params(FollowedPage), responses(
    (status = 200, body = List<ContactView>, description = "A page of contacts"),
))]
#[get("/supplier/accounts/{id}/contacts")]
pub async fn list_contacts(
    _staff: Staff<MayReadDesk>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
    params: Params<FollowedPage>,
) -> Result<impl Responder> {
    api::list::<Contact>(&state, id, params).await
}

/// Add a contact to an account
///
/// The rules are those of `contacts.csv`.
#[utoipa::path(tag = "supplier", operation_id = "addContactAsStaff", security(("bearer" = ["accounts.people"])), request_body = NewContact, responses(
    (status = 201, body = ContactView, description = "The contact", headers(("ETag" = String, description = "Wanted back by If-Match"))),
    (status = 409, description = "`account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/accounts/{id}/contacts")]
pub async fn add_contact(
    staff: Staff<MayManagePeople>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
    Body(new): Body<NewContact>,
) -> Result<HttpResponse> {
    api::add::<Contact>(&state, staff.actor(), id, new).await
}

/// Change a contact of an account
#[utoipa::path(tag = "supplier", operation_id = "changeContactAsStaff", security(("bearer" = ["accounts.people"])), request_body = ContactInput,
    params(("If-Match" = String, Header, description = "The contact's ETag")),
    responses(
        (status = 200, body = ContactView, description = "The contact", headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "`account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[patch("/supplier/accounts/{id}/contacts/{contact}")]
pub async fn change_contact(
    staff: Staff<MayManagePeople>,
    state: Data<AppState>,
    PathIds(account_id, id): PathIds<AccountId, ContactId>,
    IfMatch(expected): IfMatch,
    Body(change): Body<ContactInput>,
) -> Result<HttpResponse> {
    api::change::<Contact>(&state, staff.actor(), (account_id, id), expected, change).await
}

/// Remove a contact of an account
///
/// They get no mails any more.
#[utoipa::path(tag = "supplier", operation_id = "removeContactAsStaff", security(("bearer" = ["accounts.people"])),
    params(("If-Match" = String, Header, description = "The contact's ETag")),
    responses(
        (status = 204, description = "Removed"),
        (status = 409, description = "`account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[delete("/supplier/accounts/{id}/contacts/{contact}")]
pub async fn remove_contact(
    staff: Staff<MayManagePeople>,
    state: Data<AppState>,
    PathIds(account_id, id): PathIds<AccountId, ContactId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse> {
    api::remove::<Contact>(&state, staff.actor(), (account_id, id), expected).await
}
