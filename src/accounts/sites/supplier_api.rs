//! REST for supplier staff: the sites of an account.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, HttpResponseBuilder, Responder, get, patch, post};
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts;
use crate::accounts::api::ListSites;
use crate::accounts::rules::Site;
use crate::accounts::sites::{self, NewSite, SiteInput};
use crate::accounts::view::SiteView;
use crate::clock;
use crate::error::Result;
use crate::http::{Body, IfMatch, List, Params, PathId, tag, versioned};
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

fn view(site: Site) -> Result<EditedSiteView> {
    Ok(EditedSiteView {
        etag: tag(sites::version(&site)?),
        site: SiteView::from(site),
    })
}

fn answer(builder: HttpResponseBuilder, site: Site) -> Result<HttpResponse> {
    let version = sites::version(&site)?;
    Ok(versioned(builder, version, &view(site)?))
}

/// Sites of an account
///
/// In the order in which they are kept; the first one is the default of `ship_to`.
#[utoipa::path(tag = "supplier", operation_id = "listSitesAsStaff", params(ListSites), responses(
    (status = 200, body = List<EditedSiteView>, description = "A page of sites"),
))]
#[get("/supplier/accounts/{id}/sites")]
pub async fn list_sites(
    _staff: Staff<MayReadDesk>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
    params: Params<ListSites>,
) -> Result<impl Responder> {
    let page = params.0.page();
    let filter = ("sites", id);
    let after = page.after(&filter)?;
    let rows_max = page.fetch();
    let found = state
        .db
        .read(move |connection| {
            accounts::get(connection, id)?;
            let found = accounts::list_sites(connection, id, after, rows_max)?;
            found
                .into_iter()
                .map(|site| Ok((site.id, view(site)?)))
                .collect::<Result<Vec<_>>>()
        })
        .await?;
    Ok(Json(List::of(&page, &filter, found, |(id, _)| *id, |(_, view)| view)?))
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
    body: Body<NewSite>,
) -> Result<impl Responder> {
    let editor = staff.editor();
    let write = move |tx: &mut _| sites::add(tx, &editor, id, &body.0, clock::now());
    answer(HttpResponse::Created(), state.db.write(write).await?)
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
    body: Body<SiteInput>,
) -> Result<impl Responder> {
    let editor = staff.editor();
    let site = state
        .db
        .write(move |tx| {
            let account_id = sites::account_of(tx, id)?;
            sites::change(tx, &editor, account_id, id, &expected, &body.0, clock::now())
        })
        .await?;
    answer(HttpResponse::Ok(), site)
}
