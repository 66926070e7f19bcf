//! Assortments of accounts, by REST.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, delete, get, patch, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::accounts;
use crate::accounts::rules::Account;
use crate::catalogue::assortments;
use crate::catalogue::inputs::{ArticleChange, NewArticle};
use crate::catalogue::rules::keeping::KeptArticle;
use crate::catalogue::sentences;
use crate::clock::now;
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::db::seek::Walk;
use crate::error::{Code, Error, FieldError, Result};
use crate::http::{Body, IfMatch, Limit, List, Page, Params, PathId, Since, etag};
use crate::identity::caller::{MayKeepCatalogue, MayReadDesk, Staff};
use crate::ids::{AssortmentId, ProductId};
use crate::sentences::unknown_account;
use crate::state::AppState;

/// Whose assortment to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListAssortment {
    /// Code of the account.
    account: String,
    /// Words or numbers, the supplier's or the account's.
    q: Option<String>,
    /// Only what was added, changed or removed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    #[param(required = false)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// An article in the assortment of an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssortmentRowView {
    #[schema(example = "asm_0BGK1J3Z00004")]
    id: String,
    /// Code of the account.
    account: String,
    product_id: String,
    sku: String,
    /// What the supplier calls it.
    name: String,
    #[schema(required)]
    customer_part_number: Option<String>,
    /// What the account's label calls it.
    #[schema(required)]
    label_name: Option<String>,
    #[schema(required)]
    label_brand: Option<String>,
    /// 14 digits
    #[schema(required)]
    label_gtin: Option<String>,
}

impl From<KeptArticle> for AssortmentRowView {
    fn from(article: KeptArticle) -> Self {
        Self {
            id: article.id.to_string(),
            account: article.owner.code,
            product_id: article.product_id.to_string(),
            sku: article.sku,
            name: article.name,
            customer_part_number: article.customer_part_number,
            label_name: article.label_name,
            label_brand: article.label_brand,
            label_gtin: article.label_gtin,
        }
    }
}

/// Articles for the assortment of an account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutAssortment {
    /// Code of the account.
    account: String,
    /// 1 to 2,000 articles, each product once.
    #[schema(min_items = 1, max_items = 2000)]
    articles: Vec<NewArticle>,
}

/// What came of articles that were put.
#[derive(Debug, Serialize, ToSchema)]
pub struct PutAssortmentView {
    added: usize,
    changed: usize,
    /// How many were so already.
    same: usize,
}

fn account_named(connection: &mut Connection, code: &str) -> Result<Account> {
    accounts::find_by_code(connection, code)?.ok_or_else(|| {
        let detail = unknown_account(code);
        Error::invalid("/account", Code::UnknownAccount, detail)
    })
}

/// The assortment of an account
///
/// By product. An account without any row sees every product that isn't exclusive to another.
#[utoipa::path(tag = "supplier", operation_id = "listAssortment", params(ListAssortment), responses((status = 200, body = List<AssortmentRowView>)))]
#[get("/supplier/assortments")]
pub async fn list_assortment(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListAssortment>,
) -> Result<Json<List<AssortmentRowView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let filter = ("assortments", params.account.clone(), params.q.clone());
    let account = params.account.clone();
    let account = state
        .db
        .read(move |connection| account_named(connection, &account))
        .await?;
    let read = move |connection: &mut Connection, walk: Walk<ProductId>, fetch| {
        assortments::list(connection, account.id, params.q.as_deref(), walk, fetch)
    };
    let product = |article: &KeptArticle| article.product_id;
    let list = (Followed::of("assortment", Some(account.id)), &filter);
    let list = page.list(
        &state.db,
        list,
        read,
        (product, |article: &KeptArticle| article.id, AssortmentRowView::from),
    );
    Ok(Json(list.await?))
}

/// Put articles into the assortment of an account
///
/// New ones, or in the place of those with the same product. Checked as rows of `assortment.csv`; one bad article
/// refuses all, every fault with its place. The first article of an account narrows what it sees to its assortment.
#[utoipa::path(tag = "supplier", operation_id = "putAssortment", security(("bearer" = ["catalogue.keep"])), request_body = PutAssortment, responses((status = 200, body = PutAssortmentView)))]
#[post("/supplier/assortments")]
pub async fn put_assortment(
    state: Data<AppState>,
    staff: Staff<MayKeepCatalogue>,
    Body(body): Body<PutAssortment>,
) -> Result<Json<PutAssortmentView>> {
    let count = body.articles.len();
    if count == 0 || count > assortments::ROWS_MAX {
        let detail = sentences::give_articles(assortments::ROWS_MAX);
        return Err(Error::invalid("/articles", Code::TooManyLines, detail));
    }
    let actor = staff.actor();
    let change = move |tx: &mut Connection| {
        let account = account_named(tx, &body.account)?;
        let outcome = assortments::put(tx, &actor, &account, &body.articles, now())?;
        if outcome.faults.is_empty() {
            return Ok(PutAssortmentView {
                added: outcome.added,
                changed: outcome.changed,
                same: outcome.same,
            });
        }
        let faults = outcome.faults.into_iter().flat_map(|(place, faults)| {
            faults.into_iter().map(move |fault| FieldError {
                pointer: format!("/articles/{place}{}", fault.pointer),
                ..fault
            })
        });
        Err(Error::Invalid(faults.collect()))
    };
    Ok(Json(state.db.write(change).await?))
}

/// One article of an assortment
#[utoipa::path(tag = "supplier", operation_id = "getAssortmentRow", responses(
    (status = 200, body = AssortmentRowView, headers(("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[get("/supplier/assortments/{id}")]
pub async fn get_assortment_row(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<AssortmentId>,
) -> Result<HttpResponse> {
    let article = state
        .db
        .read(move |connection| assortments::get(connection, id))
        .await?;
    let tag = etag(assortments::version(&article));
    Ok(HttpResponse::Ok()
        .insert_header(tag)
        .json(AssortmentRowView::from(article)))
}

/// Change number or label of an article
///
/// Account and product stay.
#[utoipa::path(tag = "supplier", operation_id = "changeAssortmentRow", security(("bearer" = ["catalogue.keep"])), request_body = ArticleChange,
    params(("If-Match" = String, Header, description = "The ETag of the row")),
    responses((status = 200, body = AssortmentRowView, headers(("ETag" = String, description = "Of the new version")))))]
#[patch("/supplier/assortments/{id}")]
pub async fn change_assortment_row(
    state: Data<AppState>,
    staff: Staff<MayKeepCatalogue>,
    PathId(id): PathId<AssortmentId>,
    IfMatch(expected): IfMatch,
    Body(wanted): Body<ArticleChange>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let change = move |tx: &mut Connection| assortments::change(tx, &actor, id, &expected, &wanted, now());
    let article = state.db.write(change).await?;
    let tag = etag(assortments::version(&article));
    Ok(HttpResponse::Ok()
        .insert_header(tag)
        .json(AssortmentRowView::from(article)))
}

/// Take an article out of an assortment
///
/// Once the last one is gone, the account sees every product that isn't exclusive to another.
#[utoipa::path(tag = "supplier", operation_id = "removeAssortmentRow", security(("bearer" = ["catalogue.keep"])),
    params(("If-Match" = String, Header, description = "The ETag of the row")),
    responses((status = 204, description = "The account sees it no more")))]
#[delete("/supplier/assortments/{id}")]
pub async fn remove_assortment_row(
    state: Data<AppState>,
    staff: Staff<MayKeepCatalogue>,
    PathId(id): PathId<AssortmentId>,
    IfMatch(expected): IfMatch,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let remove = move |tx: &mut Connection| assortments::remove(tx, &actor, id, &expected, now());
    state.db.write(remove).await?;
    Ok(HttpResponse::NoContent().finish())
}
