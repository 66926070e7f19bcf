//! What is offered instead of articles, as staff keep it by REST.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, HttpResponseBuilder, delete, get, post, put};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::rules::{Substitute, SubstituteKind};
use super::{NewSubstitute, SubstituteInput};
use crate::clock::now;
use crate::db::changes::Followed;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::{Body, IfMatch, Limit, List, Page, Params, PathId, Since, etag, filled};
use crate::identity::caller::{MayKeepCatalogue, MayReadDesk, Staff};
use crate::ids::SubstituteId;
use crate::names::sets::ArticleState;
use crate::state::AppState;

/// Which to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListSubstitutes {
    /// Only what is offered instead of this article, or what it is offered instead of.
    sku: Option<String>,
    /// Only what was added, changed or removed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// An article that is offered instead of another one.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptSubstituteView {
    #[schema(example = "sub_0BGK1J3Z00004")]
    id: String,
    /// The article.
    #[schema(example = "22633")]
    sku: String,
    /// Whether that is still sold.
    state: ArticleState,
    /// What is offered instead of it.
    #[schema(example = "22634")]
    substitute: String,
    kind: SubstituteKind,
    /// How many base units of the substitute stand for one base unit of the article.
    #[schema(example = "1.5")]
    ratio: String,
}

impl From<Substitute> for KeptSubstituteView {
    fn from(one: Substitute) -> Self {
        Self {
            id: one.id.to_string(),
            ratio: one.ratio().to_string(),
            sku: one.article.sku,
            state: one.article.state,
            substitute: one.substitute.sku,
            kind: one.kind,
        }
    }
}

/// What is offered instead of articles
///
/// The oldest first.
#[utoipa::path(tag = "supplier", operation_id = "listSubstitutes", params(ListSubstitutes), responses((status = 200, body = List<KeptSubstituteView>)))]
#[get("/supplier/substitutes")]
pub async fn list_substitutes(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListSubstitutes>,
) -> Result<Json<List<KeptSubstituteView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let sku = filled(params.sku);
    let filter = ("substitutes", sku.clone());
    let read =
        move |connection: &mut _, walk: Walk<SubstituteId>, fetch| super::list(connection, sku.as_deref(), walk, fetch);
    let id = |one: &Substitute| one.id;
    let list = (Followed::all("substitutes"), &filter);
    let page = page.list(&state.db, list, read, (id, id, KeptSubstituteView::from));
    Ok(Json(page.await?))
}

fn answer(mut answer: HttpResponseBuilder, one: Substitute) -> HttpResponse {
    let tag = etag(super::version(&one));
    answer.insert_header(tag).json(KeptSubstituteView::from(one))
}

/// Offer an article instead of another one
///
/// Accounts that see both are offered it where the first one has ended, comes no more, or has to be waited for; it is never taken
/// without their yes.
#[utoipa::path(tag = "supplier", operation_id = "addSubstitute", security(("bearer" = ["catalogue.keep"])), request_body = NewSubstitute, responses(
    (status = 201, body = KeptSubstituteView, headers(("Location" = String, description = "Path of the row"), ("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/supplier/substitutes")]
pub async fn add_substitute(
    state: Data<AppState>,
    staff: Staff<MayKeepCatalogue>,
    Body(new): Body<NewSubstitute>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let add = move |tx: &mut _| super::add(tx, &new, &actor, now());
    let one = state.db.write(add).await?;
    let mut created = HttpResponse::Created();
    created.insert_header(("Location", format!("/api/v1/supplier/substitutes/{}", one.id)));
    Ok(answer(created, one))
}

/// One of them
#[utoipa::path(tag = "supplier", operation_id = "getSubstitute", responses(
    (status = 200, body = KeptSubstituteView, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/substitutes/{id}")]
pub async fn get_substitute(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<SubstituteId>,
) -> Result<HttpResponse> {
    let one = state.db.read(move |connection| super::get(connection, id)).await?;
    Ok(answer(HttpResponse::Ok(), one))
}

/// Change how an article is offered instead of another one
#[utoipa::path(tag = "supplier", operation_id = "putSubstitute", security(("bearer" = ["catalogue.keep"])), request_body = SubstituteInput,
    params(("If-Match" = String, Header, description = "The ETag of the row")),
    responses((status = 200, body = KeptSubstituteView, headers(("ETag" = String, description = "Of the new version")))))]
#[put("/supplier/substitutes/{id}")]
pub async fn put_substitute(
    state: Data<AppState>,
    staff: Staff<MayKeepCatalogue>,
    PathId(id): PathId<SubstituteId>,
    IfMatch(expected): IfMatch,
    Body(input): Body<SubstituteInput>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let change = move |tx: &mut _| super::change(tx, id, &expected, &input, &actor, now());
    Ok(answer(HttpResponse::Ok(), state.db.write(change).await?))
}

/// Offer it no more
#[utoipa::path(tag = "supplier", operation_id = "removeSubstitute", security(("bearer" = ["catalogue.keep"])),
    params(("If-Match" = String, Header, description = "The ETag of the row")),
    responses((status = 204, description = "It is offered no more")))]
#[delete("/supplier/substitutes/{id}")]
pub async fn remove_substitute(
    state: Data<AppState>,
    staff: Staff<MayKeepCatalogue>,
    PathId(id): PathId<SubstituteId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let remove = move |tx: &mut _| super::remove(tx, id, &expected, &actor, now());
    state.db.write(remove).await?;
    Ok(HttpResponse::NoContent().finish())
}
