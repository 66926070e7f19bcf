//! The catalogue for accounts and partners: what they see, at their prices.

pub mod availability;
pub mod quoting;

use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::accounts::terms::{self, Terms};
use crate::browsing::coming::Coming;
use crate::catalogue::Filter;
use crate::catalogue::rules::{Article, Rounding, SaleUnit, search_words};
use crate::catalogue::sentences;
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::error::{Code, Error, Result};
use crate::http::{ExportSince, Limit, Lines, List, Page, Params, PathId, Since, export};
use crate::identity::caller::{Customer, MayRead};
use crate::ids::{AccountId, ProductId};
use crate::inventory::rules::{Availability, Status, StockBook};
use crate::inventory::{self, Purpose};
use crate::names::sets::ArticleState;
use crate::pricing::{self, PriceBook, rules as prices};
use crate::state::AppState;

/// Longest search text, in characters.
const QUERY_CHARS_MAX: usize = 200;

/// Which articles to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListProducts {
    /// Words, each the beginning of a word of the article: of its SKU, your part number, GTIN, name, label, description or
    /// category; 200 characters at most.
    q: Option<String>,
    /// Exactly this category.
    category: Option<String>,
    /// Only what was added, changed or removed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// An article of your assortment.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProductView {
    id: String,
    sku: String,
    #[schema(required)]
    customer_part_number: Option<String>,
    /// Your label's name where there is one.
    name: String,
    /// Your label's brand.
    #[schema(required)]
    brand: Option<String>,
    /// True where your own label is on it.
    private_label: bool,
    #[schema(required)]
    description: Option<String>,
    #[schema(required)]
    category: Option<String>,
    /// `phase_out`: only what is in stock; `ended`: no more, and in no list.
    state: ArticleState,
    /// While the article is to come for you: the first day you can order it; null once you can.
    #[schema(required)]
    orderable_from: Option<NaiveDate>,
    /// True where a quote is asked for: it can't be ordered until a price is agreed.
    price_on_request: bool,
    /// ISO 4217
    currency: &'static str,
    /// The base unit first, then by content.
    units: Vec<UnitView>,
    /// What the smallest whole base unit costs; null if it has no price.
    #[schema(required)]
    price: Option<PriceView>,
    availability: AvailabilityView,
}

/// A unit the article is ordered in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct UnitView {
    /// Its key in orders.
    unit: String,
    /// UN/ECE Rec 20/21
    unit_code: String,
    name: String,
    /// Base units in one; null where that is no decimal of at most six places, see numerator and denominator.
    #[schema(required)]
    base_quantity: Option<String>,
    /// Base units in one are `numerator / denominator`.
    numerator: i64,
    denominator: i64,
    /// Smallest order, in this unit.
    min_quantity: String,
    /// Ordered in multiples of this, counted from 0.
    multiple: String,
    /// Most that can be ordered with one line, in this unit; null for no bound.
    #[schema(required)]
    max_quantity: Option<String>,
    /// What becomes of a quantity that it isn't sold in.
    rounding: Rounding,
    #[schema(required)]
    gtin: Option<String>,
    /// With packing; null where it isn't known.
    #[schema(required, example = "12.5")]
    gross_weight_kg: Option<String>,
    #[schema(required)]
    length_mm: Option<i64>,
    #[schema(required)]
    width_mm: Option<i64>,
    #[schema(required)]
    height_mm: Option<i64>,
    /// Units of the next smaller pack that make a layer of this one.
    #[schema(required)]
    layer: Option<i64>,
    /// One unit, when `min_quantity` is ordered; null without a price or if it needs more than six decimals.
    #[schema(required)]
    pack_price: Option<String>,
}

/// A price kept for `price_base` × `price_unit`.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PriceView {
    unit_price: String,
    price_unit: String,
    price_base: i32,
    /// ISO 4217
    currency: &'static str,
}

/// How well the article is in stock.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AvailabilityView {
    status: Status,
    /// Free base units.
    quantity: String,
    /// The first day on which more arrives that nobody was promised yet, if that is known.
    #[schema(required)]
    next_date: Option<NaiveDate>,
    /// How much more, in base units.
    #[schema(required)]
    next_quantity: Option<String>,
}

/// My assortment
///
/// By SKU, with prices and availability. Articles that have ended are in no list.
#[utoipa::path(tag = "products", operation_id = "listProducts", params(ListProducts), responses((status = 200, body = List<ProductView>)))]
#[get("/products")]
pub async fn list_products(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<ListProducts>,
) -> Result<web::Json<List<ProductView>>> {
    if params.q.as_ref().is_some_and(|q| q.chars().count() > QUERY_CHARS_MAX) {
        let detail = sentences::search_has_at_most(QUERY_CHARS_MAX);
        return Err(Error::invalid("/q", Code::ValueTooLong, detail));
    }
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let mark = (&params.q, &params.category);
    let words = params.q.as_deref().map(|q| search_words(&[q]));
    // Nothing that could be a word was asked for, so nothing has it.
    let is_of_none =
        words.as_ref().is_some_and(Vec::is_empty) && params.q.as_ref().is_some_and(|q| !q.trim().is_empty());
    let (words, category) = (words.unwrap_or_default(), params.category.clone());
    let account_id = customer.account_id;
    let read = move |connection: &mut Connection, walk, fetch| {
        if is_of_none {
            return Ok(Vec::new());
        }
        let filter = Filter {
            words: words.clone(),
            category: category.clone(),
            ..Filter::part(walk)
        };
        let articles = crate::catalogue::list(connection, account_id, &filter, fetch)?;
        shown(connection, account_id, articles)
    };
    let list = page.list(
        &state.db,
        (followed(account_id), &mark),
        read,
        (sku, id, |(_, view)| view),
    );
    Ok(web::Json(list.await?))
}

/// One article
#[utoipa::path(tag = "products", operation_id = "getProduct", responses((status = 200, body = ProductView)))]
#[get("/products/{id}")]
pub async fn get_product(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    PathId(id): PathId<ProductId>,
) -> Result<web::Json<ProductView>> {
    let account_id = customer.account_id;
    let view = state.db.read(move |connection| {
        let article = crate::catalogue::get(connection, account_id, id)?;
        views(connection, account_id, vec![article])?
            .pop()
            .ok_or(Error::NotFound)
    });
    Ok(web::Json(view.await?))
}

/// An article as it is shown, with its id.
type Shown = (ProductId, ProductView);

fn sku((_, view): &Shown) -> String {
    view.sku.clone()
}

fn id((id, _): &Shown) -> ProductId {
    *id
}

fn shown(connection: &mut Connection, account_id: AccountId, articles: Vec<Article>) -> Result<Vec<Shown>> {
    let ids: Vec<_> = articles.iter().map(|article| article.product_id).collect();
    Ok(ids.into_iter().zip(views(connection, account_id, articles)?).collect())
}

/// What an account sees of the catalogue.
fn followed(account_id: AccountId) -> Followed {
    Followed::seen_by("catalogue", account_id, crate::catalogue::known_among)
}

/// The articles with prices and stock: four statements for any number of them, and some more where goods are expected or there are
/// calendars.
fn views(connection: &mut Connection, account_id: AccountId, articles: Vec<Article>) -> Result<Vec<ProductView>> {
    let terms = terms::load(connection, account_id)?;
    let product_ids: Vec<_> = articles.iter().map(|article| article.product_id).collect();
    let now = now();
    let today = day_in(terms.supplier_zone, now);
    let book = pricing::load(connection, &terms, &product_ids, today)?;
    let stock = inventory::load_seen_by(connection, &product_ids, (&terms).into(), Purpose::Preview, today)?;
    let coming = Coming::load(connection, &terms, &product_ids, (today, now))?;
    Ok(articles
        .into_iter()
        .map(|article| view(article, (&terms, today), &book, (&stock, &coming)))
        .collect())
}

fn view(
    article: Article,
    (terms, today): (&Terms, NaiveDate),
    book: &PriceBook,
    supply: (&StockBook, &Coming),
) -> ProductView {
    let offers = book.offers(article.product_id);
    let currency = terms.currency.code();
    let price = prices::shown_price(&article, &offers).map(|row| PriceView {
        unit_price: row.price.to_string(),
        price_unit: row.unit.clone(),
        price_base: row.price_base,
        currency,
    });
    let units = article
        .units
        .iter()
        .map(|unit| unit_view(&article, unit, &offers))
        .collect();
    let availability = availability_view(&article, supply);
    let orderable_from = article.coming(today);
    ProductView {
        id: article.product_id.to_string(),
        sku: article.sku,
        customer_part_number: article.customer_part_number,
        name: article.name,
        brand: article.brand,
        private_label: article.private_label,
        description: article.description,
        category: article.category,
        state: article.state,
        orderable_from,
        price_on_request: article.price_on_request && price.is_none(),
        currency,
        units,
        price,
        availability,
    }
}

fn unit_view(article: &Article, unit: &SaleUnit, offers: &prices::Offers<'_>) -> UnitView {
    let pack_price = prices::shown_quantity(article, unit).and_then(|quantity| {
        prices::pack_price(
            prices::Line {
                article,
                unit,
                quantity,
            },
            offers,
        )
    });
    let smallest = |count: i64| {
        if unit.is_base {
            article.base_quantity(1).to_string()
        } else {
            count.to_string()
        }
    };
    UnitView {
        unit: unit.unit.clone(),
        unit_code: unit.unit_code.clone(),
        name: unit.name.clone(),
        base_quantity: unit.content.as_decimal().map(|quantity| quantity.to_string()),
        numerator: unit.content.numerator(),
        denominator: unit.content.denominator(),
        min_quantity: smallest(unit.min_quantity),
        multiple: smallest(unit.multiple),
        max_quantity: unit.max_quantity.map(|most| most.to_string()),
        rounding: unit.rounding,
        gross_weight_kg: unit.size.gross_weight_kg(),
        length_mm: unit.size.length_mm,
        width_mm: unit.size.width_mm,
        height_mm: unit.size.height_mm,
        layer: unit.size.layer,
        gtin: unit.gtin.clone(),
        pack_price: pack_price.map(|price| price.to_string()),
    }
}

/// My whole assortment
///
/// By SKU, as `GET /products` shows it, an object a line. Behind every 500 stands a line `{"cursor":"…"}`: whoever was cut off goes on
/// there by `after`. The last line is `{"end":true,…}` with the number of articles.
#[utoipa::path(tag = "products", operation_id = "exportProducts", params(ExportSince), responses(
    (status = 200, body = ProductView, content_type = "application/x-ndjson", description = "The articles"),
))]
#[get("/export/products")]
pub async fn export_products(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<ExportSince>,
) -> Result<HttpResponse> {
    let account_id = customer.account_id;
    let read = move |connection: &mut Connection, walk, limit| {
        let articles = crate::catalogue::list(connection, account_id, &Filter::part(walk), limit)?;
        let shown = shown(connection, account_id, articles)?.into_iter();
        Ok(shown.map(|(id, view)| (view.sku.clone(), id, view)).collect())
    };
    export(
        &state.db,
        (followed(account_id), "export-products"),
        &params,
        Lines::Rows,
        read,
    )
    .await
}

/// How well an article is in stock.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ArticleStockView {
    product_id: String,
    sku: String,
    #[schema(required)]
    customer_part_number: Option<String>,
    availability: AvailabilityView,
}

/// What of my assortment is in stock
///
/// By SKU, an object a line. Behind every 500 stands a line `{"cursor":"…"}`: whoever was cut off goes on there by `after`. The last
/// line is `{"end":true,…}` with the number of articles.
#[utoipa::path(tag = "products", operation_id = "exportStock", params(ExportSince), responses(
    (status = 200, body = ArticleStockView, content_type = "application/x-ndjson", description = "The articles"),
))]
#[get("/export/stock")]
pub async fn export_stock(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<ExportSince>,
) -> Result<HttpResponse> {
    let account_id = customer.account_id;
    let read = move |connection: &mut Connection, walk, limit| {
        let articles = crate::catalogue::list(connection, account_id, &Filter::part(walk), limit)?;
        let product_ids: Vec<_> = articles.iter().map(|article| article.product_id).collect();
        let (terms, now) = (terms::load(connection, account_id)?, now());
        let today = day_in(terms.supplier_zone, now);
        let stock = inventory::load_seen_by(connection, &product_ids, (&terms).into(), Purpose::Preview, today)?;
        let coming = Coming::load(connection, &terms, &product_ids, (today, now))?;
        let view = |article: Article| {
            let view = ArticleStockView {
                availability: availability_view(&article, (&stock, &coming)),
                product_id: article.product_id.to_string(),
                customer_part_number: article.customer_part_number,
                sku: article.sku.clone(),
            };
            (article.sku, article.product_id, view)
        };
        Ok(articles.into_iter().map(view).collect())
    };
    let followed = followed(account_id).and("availability");
    export(&state.db, (followed, "export-stock"), &params, Lines::Rows, read).await
}

fn availability_view(article: &Article, (stock, coming): (&StockBook, &Coming)) -> AvailabilityView {
    let Availability { status, free } = stock.availability(article.product_id);
    let next = coming.next(article);
    AvailabilityView {
        status,
        quantity: article.base_quantity(free).to_string(),
        next_date: next.map(|(on, _)| on),
        next_quantity: next.map(|(_, steps)| article.base_quantity(steps).to_string()),
    }
}
