//! Products, by REST.

use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, patch, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::catalogue::inputs::{NewProduct, ProductChange};
use crate::catalogue::products::{self, Wanted};
use crate::catalogue::rules::keeping::{KeptProduct, Lack};
use crate::catalogue::units;
use crate::catalogue::units::supplier_api::SupplierUnitView;
use crate::clock::now;
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::db::seek::Walk;
use crate::error::Result;
use crate::http::{Body, ExportSince, IfMatch, Limit, Lines, List, Page, Params, PathId, Since, etag, export};
use crate::identity::caller::{MayKeepCatalogue, MayReadDesk, Staff};
use crate::ids::ProductId;
use crate::names::sets::ArticleState;
use crate::state::AppState;
use crate::tax;

/// Which products to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ListSupplierProducts {
    /// Words, numbers or a GTIN.
    q: Option<String>,
    /// Exactly this category.
    category: Option<String>,
    /// Only products of this state.
    state: Option<ArticleState>,
    /// Only products that lack this.
    lacks: Option<Lack>,
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

/// A product as the supplier keeps it.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupplierProductView {
    #[schema(example = "prd_0BGK1J3Z00004")]
    id: String,
    #[schema(example = "22633")]
    sku: String,
    name: String,
    /// UN/ECE Rec 20
    #[schema(example = "H87")]
    base_unit: String,
    /// Decimals of a quantity in the base unit.
    decimals: u8,
    /// UNCL5305
    #[schema(example = "S")]
    tax_category: String,
    #[schema(required)]
    description: Option<String>,
    /// Of the base unit, 14 digits.
    #[schema(required)]
    gtin: Option<String>,
    #[schema(required)]
    category: Option<String>,
    /// Code of the only account that ever sees it.
    #[schema(required)]
    exclusive_account: Option<String>,
    lead_time_days: i32,
    state: ArticleState,
    /// True: a quote is asked for, and only prices of contracts and of accounts hold.
    price_on_request: bool,
    /// What it lacks.
    lacks: Vec<Lack>,
}

impl From<KeptProduct> for SupplierProductView {
    fn from(product: KeptProduct) -> Self {
        Self {
            id: product.id.to_string(),
            sku: product.sku,
            name: product.name,
            base_unit: product.base_unit,
            decimals: product.decimals,
            tax_category: product.tax_category,
            description: product.description,
            gtin: product.gtin,
            category: product.category,
            exclusive_account: product.exclusive.map(|owner| owner.code),
            lead_time_days: product.lead_time_days,
            state: product.state,
            price_on_request: product.price_on_request,
            lacks: product.lacks,
        }
    }
}

/// A product with its packs.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupplierProductDetailView {
    #[serde(flatten)]
    product: SupplierProductView,
    /// Its packs, the general ones first; the base unit is none.
    units: Vec<SupplierUnitView>,
}

fn detail(connection: &mut Connection, product: KeptProduct) -> Result<SupplierProductDetailView> {
    let units = units::list(connection, product.id)?;
    Ok(SupplierProductDetailView {
        product: product.into(),
        units: units.into_iter().map(SupplierUnitView::from).collect(),
    })
}

/// Products as the supplier keeps them
///
/// All, by number.
#[utoipa::path(tag = "supplier", operation_id = "listSupplierProducts", params(ListSupplierProducts), responses((status = 200, body = List<SupplierProductView>)))]
#[get("/supplier/products")]
pub async fn list_products(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListSupplierProducts>,
) -> Result<Json<List<SupplierProductView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let wanted = Wanted {
        text: params.q,
        category: params.category,
        state: params.state,
        lack: params.lacks.map(|lack| lack.name().to_owned()),
    };
    let asked = wanted.clone();
    let read =
        move |connection: &mut Connection, walk: Walk<String>, fetch| products::list(connection, &asked, walk, fetch);
    let sku = |product: &KeptProduct| product.sku.clone();
    let list = (Followed::all("products"), &wanted);
    let list = page.list(
        &state.db,
        list,
        read,
        (sku, |product: &KeptProduct| product.id, SupplierProductView::from),
    );
    Ok(Json(list.await?))
}

/// One product as the supplier keeps it
///
/// With its packs, those of accounts too.
#[utoipa::path(tag = "supplier", operation_id = "getSupplierProduct", responses(
    (status = 200, body = SupplierProductDetailView, headers(("ETag" = String, description = "Of the product without its packs; wanted back by If-Match"))),
))]
#[get("/supplier/products/{id}")]
pub async fn get_product(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    PathId(id): PathId<ProductId>,
) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let product = products::get(connection, id)?;
        let tag = etag(products::version(&product));
        Ok((tag, detail(connection, product)?))
    };
    let (tag, view) = state.db.read(read).await?;
    Ok(HttpResponse::Ok().insert_header(tag).json(view))
}

/// Make a product
///
/// Checked as a row of `products.csv`.
#[utoipa::path(tag = "supplier", operation_id = "createProduct", security(("bearer" = ["catalogue.keep"])), request_body = NewProduct, responses(
    (status = 201, body = SupplierProductDetailView, headers(("Location" = String, description = "Path of the product"), ("ETag" = String, description = "Wanted back by If-Match"))),
))]
#[post("/supplier/products")]
pub async fn create_product(
    state: Data<AppState>,
    staff: Staff<MayKeepCatalogue>,
    Body(new): Body<NewProduct>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let make = move |tx: &mut Connection| {
        let is_taxed = tax::taxable(tx, now())?;
        let product = products::add(tx, &actor, &new, &is_taxed, now())?;
        let (id, tag) = (product.id, etag(products::version(&product)));
        Ok((id, tag, detail(tx, product)?))
    };
    let (id, tag, view) = state.db.write(make).await?;
    Ok(HttpResponse::Created()
        .insert_header(("Location", format!("/api/v1/supplier/products/{id}")))
        .insert_header(tag)
        .json(view))
}

/// Change a product
///
/// Its number stays; base unit and decimals too once it has units, prices, stock or orders.
#[utoipa::path(tag = "supplier", operation_id = "changeProduct", security(("bearer" = ["catalogue.keep"])), request_body = ProductChange,
    params(("If-Match" = String, Header, description = "The ETag of the product")),
    responses((status = 200, body = SupplierProductDetailView, headers(("ETag" = String, description = "Of the new version")))))]
#[patch("/supplier/products/{id}")]
pub async fn change_product(
    state: Data<AppState>,
    staff: Staff<MayKeepCatalogue>,
    PathId(id): PathId<ProductId>,
    IfMatch(expected): IfMatch,
    Body(wanted): Body<ProductChange>,
) -> Result<HttpResponse> {
    let actor = staff.actor();
    let change = move |tx: &mut Connection| {
        let is_taxed = tax::taxable(tx, now())?;
        let product = products::change(tx, &actor, id, &expected, &wanted, &is_taxed, now())?;
        let tag = etag(products::version(&product));
        Ok((tag, detail(tx, product)?))
    };
    let (tag, view) = state.db.write(change).await?;
    Ok(HttpResponse::Ok().insert_header(tag).json(view))
}

/// All products
///
/// As the supplier keeps them, by number, an object a line. Behind every 500 stands a line `{"cursor":"…"}`: whoever was cut off goes on
/// there by `after`. The last line is `{"end":true,…}` with the number of products.
#[utoipa::path(tag = "supplier", operation_id = "exportSupplierProducts", params(ExportSince), responses(
    (status = 200, body = SupplierProductView, content_type = "application/x-ndjson", description = "The products"),
))]
#[get("/supplier/export/products")]
pub async fn export_products(
    state: Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ExportSince>,
) -> Result<HttpResponse> {
    let read = |connection: &mut Connection, walk: Walk<String>, limit| {
        let found = products::list(connection, &Wanted::default(), walk, limit)?;
        let view = |product: KeptProduct| (product.sku.clone(), product.id, SupplierProductView::from(product));
        Ok(found.into_iter().map(view).collect())
    };
    let list = (Followed::all("products"), "export-supplier-products");
    export(&state.db, list, &params, Lines::Rows, read).await
}
