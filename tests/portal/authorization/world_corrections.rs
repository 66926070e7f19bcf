//! Corrections of prices.

use std::sync::atomic::{AtomicU16, Ordering};

use chrono::{Days, NaiveDate};
use serde_json::json;

use super::world::{World, today};

/// Each row of prices begins a day later than the one before, so that it is the one that counts.
static ROWS: AtomicU16 = AtomicU16::new(0);

impl World {
    /// A preview that finds something: of an invoice of ACME whose price is another one since.
    pub(super) async fn price_correction(&self) -> String {
        self.invoice().await;
        let row = ROWS.fetch_add(1, Ordering::Relaxed);
        let begun = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap();
        let valid_from = begun.checked_add_days(Days::new(row.into())).unwrap();
        // Another amount each time, even of one piece.
        let price = (2 + row).to_string();
        self.made(
            "prices",
            json!({"price_list": "BASE", "sku": "SHARED", "unit": "H87", "min_quantity": "1", "price": price, "valid_from": valid_from}),
        )
        .await;
        let (from, to) = (today() - Days::new(2), today() + Days::new(2));
        self.made("price-corrections", json!({"from": from, "to": to})).await
    }

    /// A rebate on an invoice of ACME.
    pub(super) async fn rebate(&self) -> String {
        self.invoice().await;
        let from = today() - Days::new(2);
        self.made(
            "rebates",
            json!({"account": "ACME", "from": from, "to": today(), "net": "0.01", "again": true}),
        )
        .await
    }
}
