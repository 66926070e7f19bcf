//! REST: the contacts of my account.

use actix_web::web::Data;
use actix_web::{HttpResponse, Responder, delete, get, patch, post};
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::contacts::{Contact, ContactInput, NewContact};
use crate::accounts::keeping::api::{self, Told};
use crate::error::Result;
use crate::http::{Body, FollowedPage, IfMatch, List, Params, PathId};
use crate::identity::caller::{Customer, MayManage, MayRead};
use crate::ids::ContactId;
use crate::languages::Language;
use crate::mail::rules::Kind;
use crate::state::AppState;

/// A contact.
#[derive(Serialize, ToSchema)]
pub struct ContactView {
    #[schema(example = "con_0BGK1J3Z00004")]
    id: String,
    /// The key within the account.
    #[schema(example = "AP")]
    code: String,
    name: String,
    /// What they do there.
    #[schema(required)]
    job_title: Option<String>,
    #[schema(required)]
    email: Option<String>,
    #[schema(required)]
    phone: Option<String>,
    /// Code of the site they are at; null: they hear of all sites.
    #[schema(required)]
    site: Option<String>,
    /// Null: the account's language.
    #[schema(required)]
    language: Option<Language>,
    /// The kinds of mails they get.
    mails: Vec<Kind>,
    /// What `If-Match` of a change wants.
    #[schema(example = "\"3\"")]
    etag: String,
}

impl Told for Contact {
    type View = ContactView;

    fn told(self, etag: String) -> ContactView {
        ContactView {
            id: self.id.to_string(),
            mails: self.kinds(),
            code: self.code,
            name: self.name,
            job_title: self.job_title,
            email: self.email,
            phone: self.phone,
            site: self.site,
            language: self.language,
            etag,
        }
    }
}

/// The contacts of my account
///
/// People who do not sign in, in the order in which they were added.
#[utoipa::path(tag = "people", operation_id = "listContacts", params(FollowedPage), responses(
    (status = 200, body = List<ContactView>, description = "A page of contacts"),
))]
#[get("/account/contacts")]
pub async fn list_contacts(
    customer: Customer<MayRead>,
    state: Data<AppState>,
    params: Params<FollowedPage>,
) -> Result<impl Responder> {
    api::list::<Contact>(&state, customer.account_id, params).await
}

/// Add a contact
///
/// They get mails of the kinds that are named, from now on. The rules are those of `contacts.csv`.
#[utoipa::path(tag = "people", operation_id = "addContact", security(("bearer" = ["account.manage"])), request_body = NewContact, responses(
    (status = 201, body = ContactView, description = "The contact", headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/account/contacts")]
pub async fn add_contact(
    customer: Customer<MayManage>,
    state: Data<AppState>,
    Body(new): Body<NewContact>,
) -> Result<HttpResponse> {
    api::add::<Contact>(&state, customer.actor(), customer.account_id, new).await
}

/// Change a contact
#[utoipa::path(tag = "people", operation_id = "changeContact", security(("bearer" = ["account.manage"])), request_body = ContactInput,
    params(("If-Match" = String, Header, description = "The contact's ETag")),
    responses((status = 200, body = ContactView, description = "The contact", headers(("ETag" = String, description = "Of the new version")))))]
#[patch("/account/contacts/{id}")]
pub async fn change_contact(
    customer: Customer<MayManage>,
    state: Data<AppState>,
    PathId(id): PathId<ContactId>,
    IfMatch(expected): IfMatch,
    Body(change): Body<ContactInput>,
) -> Result<HttpResponse> {
    api::change::<Contact>(&state, customer.actor(), (customer.account_id, id), expected, change).await
}

/// Remove a contact
///
/// They get no mails any more.
#[utoipa::path(tag = "people", operation_id = "removeContact", security(("bearer" = ["account.manage"])),
    params(("If-Match" = String, Header, description = "The contact's ETag")),
    responses((status = 204, description = "Removed")))]
#[delete("/account/contacts/{id}")]
pub async fn remove_contact(
    customer: Customer<MayManage>,
    state: Data<AppState>,
    PathId(id): PathId<ContactId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse> {
    api::remove::<Contact>(&state, customer.actor(), (customer.account_id, id), expected).await
}
