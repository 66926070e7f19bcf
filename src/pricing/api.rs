//! Prices without an order: of lines, and of everything.

use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};

use super::view::ExplanationView;
use super::{LineRequest, PricedLine, price_lines};
use crate::accounts::terms;
use crate::catalogue::rules::{Article, SaleUnit};
use crate::catalogue::{ArticleKey, Filter};
use crate::clock::{day_in, now};
use crate::error::{Code, Error, FieldError, Result};
use crate::http::{Body, ExportAfter, JsonText, Params, export_many};
use crate::identity::caller::{Customer, MayOrder, MayRead};
use crate::kept::DecimalText;
use crate::money::{Currency, Money};
use crate::pricing::rules::{Candidate, Rung, ladder};
use crate::sentences::too_large_a_total;
use crate::state::AppState;

/// Lines to price.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteRequest {
    /// 1 to 5,000 lines.
    #[schema(min_items = 1, max_items = 5000)]
    lines: Vec<QuoteLine>,
}

/// An article by exactly one key, a unit and a quantity.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteLine {
    /// The supplier's number.
    #[schema(example = "22633")]
    sku: Option<String>,
    /// The account's own number.
    customer_part_number: Option<String>,
    /// GTIN of the article or of one of its packs, which then sets the unit.
    gtin: Option<String>,
    /// The product's id.
    product_id: Option<String>,
    /// One of the article's units; may be left out with a GTIN.
    #[schema(example = "XCT")]
    unit: Option<String>,
    /// In that unit.
    #[schema(example = "2")]
    quantity: DecimalText,
}

/// The prices of the lines, in their order.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct QuoteView {
    /// ISO 4217.
    #[schema(example = "GBP")]
    currency: &'static str,
    /// The priced lines.
    lines: Vec<QuotedLineView>,
    /// Sum of the nets.
    #[schema(example = "22.20")]
    net_total: String,
}

/// A priced line.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct QuotedLineView {
    product_id: String,
    sku: String,
    #[schema(required)]
    customer_part_number: Option<String>,
    name: String,
    unit: String,
    quantity: String,
    /// The quantity in base units.
    base_quantity: String,
    /// The price kept for `price_base` × `price_unit`.
    unit_price: String,
    price_unit: String,
    price_base: i32,
    /// One ordered unit; null if that needs more than six decimals.
    #[schema(required)]
    pack_price: Option<String>,
    net: String,
    explanation: ExplanationView,
}

/// Prices of lines
///
/// For today, without ordering: those an order would get. All faults come back at once.
#[utoipa::path(tag = "prices", operation_id = "quote", security(("bearer" = ["account.order"])), request_body = QuoteRequest, responses((status = 200, body = QuoteView)))]
#[post("/prices/quote")]
pub async fn quote(
    state: web::Data<AppState>,
    customer: Customer<MayOrder>,
    Body(request): Body<QuoteRequest>,
) -> Result<JsonText> {
    let requests = line_requests(request.lines)?;
    let count = requests.len();
    let account_id = customer.account_id;
    let view = state.db.read(move |connection| {
        let terms = terms::load(connection, account_id)?;
        let today = day_in(terms.supplier_zone, now());
        let lines = price_lines(connection, &terms, &requests, today)?;
        let zero = Money::zero(terms.currency);
        let net = |line: &PricedLine| Money::new(line.priced.net_minor, terms.currency);
        let net_total = lines
            .iter()
            .map(net)
            .try_fold(zero, Money::checked_add)
            .ok_or_else(|| Error::invalid("/lines", Code::AmountTooLarge, too_large_a_total()))?;
        let lines = lines.into_iter().map(|line| view(line, terms.currency)).collect();
        Ok(QuoteView {
            currency: terms.currency.code(),
            lines,
            net_total: net_total.to_string(),
        })
    });
    let view = view.await?;
    state.long_bodies.write(count, || Ok(view)).await
}

fn line_requests(lines: Vec<QuoteLine>) -> Result<Vec<LineRequest>> {
    let (mut requests, mut faults) = (Vec::with_capacity(lines.len()), Vec::new());
    for (index, line) in lines.into_iter().enumerate() {
        match ArticleKey::only_one_of(line.sku, line.customer_part_number, line.gtin, line.product_id) {
            Ok(key) => requests.push(LineRequest {
                key,
                unit: line.unit,
                quantity: line.quantity.0,
            }),
            Err(fault) => faults.push(FieldError::new(format!("/lines/{index}"), fault.code, fault.detail)),
        }
    }
    if faults.is_empty() {
        Ok(requests)
    } else {
        Err(Error::Invalid(faults))
    }
}

fn view(line: PricedLine, currency: Currency) -> QuotedLineView {
    let PricedLine {
        article,
        unit,
        quantity,
        priced,
    } = line;
    QuotedLineView {
        product_id: article.product_id.to_string(),
        sku: article.sku.clone(),
        customer_part_number: article.customer_part_number.clone(),
        name: article.name.clone(),
        unit: unit.unit,
        quantity: quantity.ordered.to_string(),
        base_quantity: article.base_quantity(quantity.base_steps).to_string(),
        unit_price: priced.unit_price.to_string(),
        price_unit: priced.price_unit,
        price_base: priced.price_base,
        pack_price: priced.pack_price.map(|price| price.to_string()),
        net: Money::new(priced.net_minor, currency).to_string(),
        explanation: priced.explanation.into(),
    }
}

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
                let candidates = book.candidates(article.product_id);
                let units = article.units.iter();
                let views = units.map(|unit| article_price(&article, unit, &candidates, terms.currency));
                let views: Vec<_> = views.collect();
                (article.sku, views)
            };
            Ok(articles.into_iter().map(prices).collect())
        },
    )
}

fn article_price(
    article: &Article,
    unit: &SaleUnit,
    candidates: &[Candidate<'_>],
    currency: Currency,
) -> ArticlePriceView {
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
        currency: currency.code(),
        prices: ladder(article, unit, candidates).into_iter().map(step).collect(),
    }
}
