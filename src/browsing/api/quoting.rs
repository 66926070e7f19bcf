//! Prices of lines without an order, with what could be ordered instead.

use std::collections::HashMap;

use actix_web::{post, web};
use serde::{Deserialize, Serialize};

use crate::accounts::terms::{self, Terms};
use crate::catalogue::ArticleKey;
use crate::clock::{Timestamp, day_in, now};
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::http::{Body, JsonText};
use crate::identity::caller::{Customer, MayOrder};
use crate::inventory::{self, Purpose};
use crate::kept::DecimalText;
use crate::money::{Currency, Money};
use crate::pricing::view::ExplanationView;
use crate::pricing::{LineRequest, PricedLine, price_lines};
use crate::sentences::too_large_a_total;
use crate::state::AppState;
use crate::substitutes::offering::{Offer, Want, explained, offers};
use crate::substitutes::rules::is_due;
use crate::substitutes::shapes::{SubstituteView, views};

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
    /// What could be ordered instead, where the article comes no more and there is too little of it, or it would have to be waited
    /// for; else null.
    #[schema(required)]
    substitutes: Option<Vec<SubstituteView>>,
}

/// Prices of lines
///
/// For today, without ordering: those an order would get. All faults come back at once; those of what has ended name what could be
/// ordered instead in `params`.
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
    let read = move |connection: &mut Connection| {
        let (terms, now) = (terms::load(connection, account_id)?, now());
        let today = day_in(terms.supplier_zone, now);
        let lines = match price_lines(connection, &terms, &requests, today) {
            Err(error @ Error::Invalid(_)) => {
                return Err(explained(connection, &terms, &requests, error, now)?);
            }
            lines => lines?,
        };
        let zero = Money::zero(terms.currency);
        let net = |line: &PricedLine| Money::new(line.priced.net_minor, terms.currency);
        let net_total = lines
            .iter()
            .map(net)
            .try_fold(zero, Money::checked_add)
            .ok_or_else(|| Error::invalid("/lines", Code::AmountTooLarge, too_large_a_total()))?;
        let mut offers = instead(connection, &terms, &lines, now)?;
        let views = lines.into_iter().enumerate().map(|(place, line)| QuotedLineView {
            substitutes: offers.remove(&place).map(views),
            ..view(line, terms.currency)
        });
        Ok(QuoteView {
            currency: terms.currency.code(),
            lines: views.collect(),
            net_total: net_total.to_string(),
        })
    };
    let view = state.db.read(read).await?;
    state.long_bodies.write(count, || Ok(view)).await
}

/// What could be ordered instead of lines, by their place; asks for stock only if anything is offered at all.
fn instead(
    connection: &mut Connection,
    terms: &Terms,
    lines: &[PricedLine],
    now: Timestamp,
) -> Result<HashMap<usize, Vec<Offer>>> {
    if !terms.has_substitutes {
        return Ok(HashMap::new());
    }
    let ids: Vec<_> = lines.iter().map(|line| line.article.product_id).collect();
    let today = day_in(terms.supplier_zone, now);
    let stock = inventory::load_seen_by(connection, &ids, terms.into(), Purpose::Preview, today)?;
    let due = lines.iter().enumerate().filter(|(_, line)| {
        let (free, wanted) = (
            stock.availability(line.article.product_id).free,
            line.quantity.base_steps,
        );
        is_due(line.article.state, free, wanted, free < wanted)
    });
    let (places, wants): (Vec<_>, Vec<_>) = due
        .map(|(place, line)| {
            let want = Want {
                product_id: line.article.product_id,
                decimals: line.article.decimals,
                base_steps: line.quantity.base_steps,
                unit: line.unit.unit.clone(),
            };
            (place, want)
        })
        .unzip();
    let found = offers(connection, terms, &wants, now)?;
    Ok(places.into_iter().zip(found).collect())
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
        explanation: ExplanationView::of(priced.explanation, Money::new(priced.net_minor, currency)),
        substitutes: None,
    }
}
