//! What could be taken instead of an article, as REST shows it to its account.

use serde::Serialize;
use utoipa::ToSchema;

use super::offering::Offer;
use super::rules::SubstituteKind;
use crate::inventory::rules::Status;
use crate::money::Money;
use crate::pricing::view::ExplanationView;

/// What could be taken instead: so much of another article, at today's price.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubstituteView {
    product_id: String,
    #[schema(example = "22634")]
    sku: String,
    #[schema(required)]
    customer_part_number: Option<String>,
    name: String,
    kind: SubstituteKind,
    /// How many base units of it stand for one base unit of the article.
    #[schema(example = "1.5")]
    ratio: String,
    unit: String,
    /// How much of it is offered, in that unit: by the ratio, rounded up to what can be ordered.
    quantity: String,
    /// The same in its base unit.
    base_quantity: String,
    /// More than the ratio asks for.
    rounded_up: bool,
    available: SubstituteAvailabilityView,
    /// The price kept for `price_base` × `price_unit`.
    unit_price: String,
    price_unit: String,
    price_base: i32,
    /// What that quantity costs today.
    net: String,
    /// ISO 4217
    currency: &'static str,
    explanation: ExplanationView,
}

/// How well it is in stock.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubstituteAvailabilityView {
    status: Status,
    /// Free base units.
    quantity: String,
}

impl From<Offer> for SubstituteView {
    fn from(offer: Offer) -> Self {
        let Offer { article, priced, .. } = &offer;
        Self {
            product_id: article.product_id.to_string(),
            sku: article.sku.clone(),
            customer_part_number: article.customer_part_number.clone(),
            name: article.name.clone(),
            kind: offer.kind,
            ratio: offer.ratio.to_string(),
            unit: offer.unit.unit.clone(),
            quantity: offer.quantity.ordered.to_string(),
            base_quantity: article.base_quantity(offer.quantity.base_steps).to_string(),
            rounded_up: offer.is_more,
            available: SubstituteAvailabilityView {
                status: offer.availability.status,
                quantity: article.base_quantity(offer.availability.free).to_string(),
            },
            unit_price: priced.unit_price.to_string(),
            price_unit: priced.price_unit.clone(),
            price_base: priced.price_base,
            net: Money::new(priced.net_minor, offer.currency).to_string(),
            currency: offer.currency.code(),
            explanation: ExplanationView::of(priced.explanation.clone(), Money::new(priced.net_minor, offer.currency)),
        }
    }
}

/// The same of each.
pub fn views(offers: Vec<Offer>) -> Vec<SubstituteView> {
    offers.into_iter().map(SubstituteView::from).collect()
}
