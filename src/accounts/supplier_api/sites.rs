//! REST for supplier staff: the sites of an account.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, Responder, get, patch, post};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::accounts::api::ListSites;
use crate::accounts::editing::sites::{self, SiteInput};
use crate::accounts::rules::Site;
use crate::accounts::{self, view::SiteView};
use crate::clock;
use crate::error::Result;
use crate::http::{Body, IfMatch, List, Params, PathId, etag, tag};
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

/// A field that is there, be it null.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// A site to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddSiteBody {
    /// What `ship_to` of an order names, 1 to 64 characters; stays for good.
    #[schema(min_length = 1, max_length = 64, example = "HAMBURG")]
    code: String,
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// ISO 3166-1 alpha-2; decides the tax.
    #[schema(example = "DE")]
    country: String,
    street: Option<String>,
    city: Option<String>,
    postal_code: Option<String>,
}

/// Add a site
///
/// Behind the others. The rules are those of `sites.csv`.
#[utoipa::path(tag = "supplier", operation_id = "addSite", request_body = AddSiteBody, responses(
    (status = 201, body = EditedSiteView, description = "The site", headers(("ETag" = String, description = "Wanted back by If-Match"))),
    (status = 409, description = "`account_closed`", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/accounts/{id}/sites")]
pub async fn add_site(
    staff: Staff<MayManageAccounts>,
    state: Data<AppState>,
    PathId(id): PathId<AccountId>,
    body: Body<AddSiteBody>,
) -> Result<impl Responder> {
    let body = body.0;
    let (editor, code) = (staff.editor(), body.code);
    let input = SiteInput {
        name: Some(body.name),
        country: Some(body.country),
        street: body.street,
        city: body.city,
        postal_code: body.postal_code,
    };
    let write = move |tx: &mut _| sites::add(tx, &editor, id, &code, &input, clock::now());
    let site = state.db.write(write).await?;
    let version = sites::version(&site)?;
    Ok(HttpResponse::Created().insert_header(etag(version)).json(view(site)?))
}

/// What to change of a site; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeSiteBody {
    /// 1 to 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    /// ISO 3166-1 alpha-2; decides the tax of later orders.
    country: Option<String>,
    /// Null = none.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    street: Option<Option<String>>,
    /// Null = none.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    city: Option<Option<String>>,
    /// Null = none.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    postal_code: Option<Option<String>>,
}

/// Change a site
///
/// The rules are those of `sites.csv`.
#[utoipa::path(tag = "supplier", operation_id = "changeSite", request_body = ChangeSiteBody,
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
    body: Body<ChangeSiteBody>,
) -> Result<impl Responder> {
    let body = body.0;
    let input = SiteInput {
        name: body.name,
        country: body.country,
        street: body.street.map(Option::unwrap_or_default),
        city: body.city.map(Option::unwrap_or_default),
        postal_code: body.postal_code.map(Option::unwrap_or_default),
    };
    let editor = staff.editor();
    let site = state
        .db
        .write(move |tx| {
            let account_id = sites::account_of(tx, id)?;
            sites::change(tx, &editor, account_id, id, &expected, &input, clock::now())
        })
        .await?;
    let version = sites::version(&site)?;
    Ok(HttpResponse::Ok().insert_header(etag(version)).json(view(site)?))
}
