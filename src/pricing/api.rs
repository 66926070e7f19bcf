//! Prices without an order: of everything.

use actix_web::{HttpResponse, get, web};
use serde::Serialize;

use crate::accounts::terms;
use crate::catalogue::Filter;
use crate::catalogue::rules::{Article, SaleUnit};
use crate::clock::{day_in, now};
use crate::error::Result;
use crate::http::{ExportAfter, Params, export_many};
use crate::identity::caller::{Customer, MayRead};
use crate::pricing::rules::{Offers, Rung, ladder};
use crate::state::AppState;

/// What an article costs in one of its units.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ArticlePriceView {
    product_id: String,
    sku: String,
    #[schema(required)]
    customer_part_number: Option<String>,
    name: String,
    /// The unit it is ordered in.
    #[schema(example = "XCT")]
    unit: String,
    /// ISO 4217.
    #[schema(example = "GBP")]
    currency: &'static str,
    /// From how many on it costs what, the smallest order first; empty where it has no price.
    prices: Vec<PriceStepView>,
}

/// A step of the prices of a unit.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PriceStepView {
    /// The smallest order that gets this price, in the unit.
    from: String,
    /// The price kept for `price_base` × `price_unit`.
    unit_price: String,
    price_unit: String,
    price_base: i32,
    /// One ordered unit; null if that needs more than six decimals.
    #[schema(required)]
    pack_price: Option<String>,
}

/// All my prices
///
/// For today, those a quote gives: of each article of the assortment each unit with its quantity breaks, by SKU, an object a line. Behind
/// every 500 articles stands a line `{"cursor":"…"}`: whoever was cut off goes on there by `after`. The last line is `{"end":true,…}` with
/// the number of lines.
#[utoipa::path(tag = "prices", operation_id = "exportPrices", params(ExportAfter), responses(
    (status = 200, body = ArticlePriceView, content_type = "application/x-ndjson", description = "The prices"),
))]
#[get("/export/prices")]
pub async fn export_prices(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<ExportAfter>,
) -> Result<HttpResponse> {
    let account_id = customer.account_id;
    export_many(
        &state.db,
        "export-prices",
        params.after.as_deref(),
        move |connection, after, limit| {
            let terms = terms::load(connection, account_id)?;
            let today = day_in(terms.supplier_zone, now());
            let filter = Filter {
                after_sku: after,
                ..Filter::default()
            };
            let articles = crate::catalogue::list(connection, account_id, &filter, limit)?;
            let product_ids: Vec<_> = articles.iter().map(|article| article.product_id).collect();
            let book = super::load(connection, &terms, &product_ids, today)?;
            let prices = |article: Article| {
                let offers = book.offers(article.product_id);
                let units = article.units.iter();
                let views = units.map(|unit| article_price(&article, unit, &offers));
                let views: Vec<_> = views.collect();
                (article.sku, views)
            };
            Ok(articles.into_iter().map(prices).collect())
        },
    )
}

fn article_price(article: &Article, unit: &SaleUnit, offers: &Offers<'_>) -> ArticlePriceView {
    let step = |rung: Rung<'_>| PriceStepView {
        from: rung.from.ordered.to_string(),
        unit_price: rung.unit_price.to_string(),
        price_unit: rung.price_unit.to_owned(),
        price_base: rung.price_base,
        pack_price: rung.pack_price.map(|price| price.to_string()),
    };
    ArticlePriceView {
        product_id: article.product_id.to_string(),
        sku: article.sku.clone(),
        customer_part_number: article.customer_part_number.clone(),
        name: article.name.clone(),
        unit: unit.unit.clone(),
        currency: offers.deal.currency.code(),
        prices: ladder(article, unit, offers).into_iter().map(step).collect(),
    }
}
