//! What is told of prices to come.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

payloads! {
    /// Prices kept for the account will be others from a day on.
    PricesAnnounced {
        /// Code of the list.
        price_list: String,
        /// First day of the new prices, `YYYY-MM-DD`.
        effective_on: String,
        /// ISO 4217.
        currency: String,
        /// How many prices.
        count: usize,
        /// The first fifty of them by SKU.
        prices: Vec<AnnouncedPrice>,
    }

    /// A price that will be another.
    AnnouncedPrice {
        sku: String,
        name: String,
        unit: String,
        /// From how much on, in base units.
        min_quantity: String,
        base_unit: String,
        /// What it is until then; null where there is none.
        was_price: Option<String>,
        was_price_base: Option<i32>,
        price: String,
        price_base: i32,
    }
}
