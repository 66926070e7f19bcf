//! REST for supplier staff: the sites of an account.

use actix_web::web::Data;
use actix_web::{HttpResponse, Responder, get, patch, post};
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::keeping::api::{self, Told};
use crate::accounts::shapes::SiteView;
use crate::accounts::sites::{self, NewSite, Site, SiteInput};
use crate::error::Result;
use crate::http::{Body, FollowedPage, IfMatch, List, Params, PathId};
use crate::identity::caller::{MayManageAccounts, MayReadDesk, Staff};
use crate::ids::{AccountId, SiteId};
use crate::state::AppState;

/// A site with its version.
#[derive(Serialize, ToSchema)]
pub struct EditedSiteView {
    #[serde(flatten)]
    site: SiteView,
    /// What `If-Match` of a change wants.
    #[schema(example = "\"3\"")]
    etag: String,
}

impl Told for Site {
    type View = EditedSiteView;

    fn told(self, etag: String) -> EditedSiteView {
        let site = SiteView::from(self);
        EditedSiteView { site, etag }
    }
}

/// Sites of an account
///
/// In the order in which they are kept; the first one is the default of `ship_to`.
#[utoipa::path(tag = "supplier", operation_id = "listSitesAsStaff", params(FollowedPage), responses(
    (status = 200, body = List<EditedSiteView>, description = "A page of sites"),
))]
#[get("/supplier/accounts/{id}/sites")]
pub async fn list_sites(
    _staff: Staff<MayReadDesk>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
    params: Params<FollowedPage>,
) -> Result<impl Responder> {
    api::list::<Site>(&state, id, params).await
}

/// Add a site
///
/// Behind the others. The rules are those of `sites.csv`.
#[utoipa::path(tag = "supplier", operation_id = "addSite", security(("bearer" = ["accounts.manage"])), request_body = NewSite, responses(
    (status = 201, body = EditedSiteView, description = "The site", headers(("ETag" = String, description = "Wanted back by If-Match"))),
    (status = 409, description = "`account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/accounts/{id}/sites")]
pub async fn add_site(
    staff: Staff<MayManageAccounts>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
    Body(new): Body<NewSite>,
) -> Result<HttpResponse> {
    api::add::<Site>(&state, staff.actor(), id, new).await
}

/// Change a site
///
/// The rules are those of `sites.csv`.
#[utoipa::path(tag = "supplier", operation_id = "changeSite", security(("bearer" = ["accounts.manage"])), request_body = SiteInput,
    params(("If-Match" = String, Header, description = "The site's ETag")),
    responses(
        (status = 200, body = EditedSiteView, description = "The site", headers(("ETag" = String, description = "Of the new version"))),
        (status = 409, description = "`account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
    ))]
#[patch("/supplier/sites/{id}")]
pub async fn change_site(
    staff: Staff<MayManageAccounts>,
    state: Data<AppState>,
    PathId(id): PathId<SiteId>,
    IfMatch(expected): IfMatch,
    Body(change): Body<SiteInput>,
) -> Result<HttpResponse> {
    let account_id = state
        .db
        .read(move |connection| sites::account_of(connection, id))
        .await?;
    api::change::<Site>(&state, staff.actor(), (account_id, id), expected, change).await
}
