//! Who stands on a document, in the terms of EN 16931, and whom somebody turns to.

use serde::{Deserialize, Serialize};

/// Name and address. BG-5, BG-8, BG-15
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Who is there.
    pub name: String,
    /// Street and number.
    pub street: Option<String>,
    pub postal_code: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// ISO 3166-1 alpha-2; empty where it isn't known.
    pub country: String,
}

impl Address {
    /// The country, if it is known.
    pub fn country(&self) -> Option<&str> {
        Some(self.country.as_str()).filter(|code| !code.is_empty())
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

/// Whom somebody turns to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    pub name: String,
    /// Phone number.
    pub phone: Option<String>,
    /// Mail address.
    pub email: Option<String>,
}

impl Contact {
    /// The phone number as a link dials it.
    pub fn dial(&self) -> String {
        let phone = self.phone.as_deref().unwrap_or_default();
        phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
}
