//! Who stands on a document, in the terms of EN 16931.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use serde::{Deserialize, Serialize};

use super::Site;

/// Name and address. BG-5, BG-8, BG-15
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Who is there.
    pub name: String,
    /// Street and number.
    pub street: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country: String,
}

impl From<Site> for Address {
    fn from(site: Site) -> Self {
        Self {
            name: site.name,
            street: site.street,
            postal_code: site.postal_code,
            city: site.city,
            country: site.country,
        }
    }
}

/// Who sells. BG-4
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seller {
    /// BG-5
    pub address: Address,
    /// BT-31
    pub vat_id: Option<String>,
    /// BT-43
    pub email: Option<String>,
    /// BT-42
    pub phone: Option<String>,
    /// BT-84
    pub iban: Option<String>,
    /// BT-86
    pub bic: Option<String>,
}

/// Who buys. BG-7
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buyer {
    /// The supplier's key for it. BT-46
    pub code: String,
    /// BG-8
    pub address: Address,
    /// BT-48
    pub vat_id: Option<String>,
}
