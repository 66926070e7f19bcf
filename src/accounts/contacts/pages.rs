//! The contacts of my account: everybody reads them, admins keep them.

use actix_web::web::Data;
use actix_web::{HttpResponse, get, post};

use crate::accounts::contacts::{Contact, ContactInput, NewContact};
use crate::accounts::keeping::pages::{self, Listed, Room};
use crate::accounts::sites::files::Sites;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{MayManage, MayRead, Visitor};
use crate::ids::{AccountId, ContactId};
use crate::state::AppState;
use crate::web::list::Cell;
use crate::web::{Fields, Form, Shell};

impl Listed for Contact {
    const FORM: &'static [&'static str] = &["name", "job_title", "email", "phone", "site", "language", "mails"];
    const HEADS: &'static [(&'static str, &'static str)] = &[
        ("acct-name", ""),
        ("acct-email", ""),
        ("acct-phone", "p3"),
        ("acct-mails", ""),
    ];
    const CAN_BE_REMOVED: bool = true;

    fn codes(field: &str, owner: AccountId, sites: &Sites) -> Option<Vec<String>> {
        let own = (field == "site").then(|| sites.get(&owner).into_iter().flatten().cloned());
        let mut codes: Vec<_> = own?.collect();
        codes.sort();
        Some(codes)
    }

    fn cells(&self, shell: &Shell, _: usize) -> Vec<Cell> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let kinds: Vec<_> = self
            .kinds()
            .iter()
            .map(|kind| shell.name("notify-kind", kind.name()))
            .collect();
        vec![
            Cell::text(self.name.as_str()).and_under(text(&self.job_title)),
            Cell::text(text(&self.email)),
            Cell::text(text(&self.phone)),
            Cell::text(kinds.join(", ")).and_under(text(&self.site)),
        ]
    }
}

/// The contacts of my account
#[get("/account/contacts")]
pub async fn list(state: Data<AppState>, visitor: Visitor<MayRead>) -> Result<HttpResponse> {
    pages::list::<Contact>(&Room::in_portal(&state, &visitor), Form::default()).await
}

/// Adds a contact
#[post("/account/contacts")]
pub async fn add(state: Data<AppState>, visitor: Visitor<MayManage>, fields: Fields) -> Result<HttpResponse> {
    pages::add::<Contact, NewContact>(&Room::in_portal(&state, &visitor), fields).await
}

/// A form for one contact
#[get("/account/contacts/{id}")]
pub async fn edit(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    PathId(id): PathId<ContactId>,
) -> Result<HttpResponse> {
    pages::edit::<Contact>(&Room::in_portal(&state, &visitor), id, None).await
}

/// Changes a contact
#[post("/account/contacts/{id}")]
pub async fn change(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    PathId(id): PathId<ContactId>,
    fields: Fields,
) -> Result<HttpResponse> {
    pages::change::<Contact, ContactInput>(&Room::in_portal(&state, &visitor), id, fields).await
}

/// Removes a contact
#[post("/account/contacts/{id}/remove")]
pub async fn remove(
    state: Data<AppState>,
    visitor: Visitor<MayManage>,
    PathId(id): PathId<ContactId>,
    fields: Fields,
) -> Result<HttpResponse> {
    pages::remove::<Contact>(&Room::in_portal(&state, &visitor), id, fields).await
}
