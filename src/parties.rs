//! Who stands on a document, in the terms of EN 16931, and whom somebody turns to.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::values;

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

/// A number and the list it is of, if it names one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifier {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scheme: Option<String>,
    pub number: String,
}

impl Identifier {
    /// The electronic address that a text is. BT-34, BT-49
    pub fn of_endpoint(text: &str) -> Option<Self> {
        values::electronic_address(text).map(|known| Self::new(known.scheme, known.number))
    }

    /// The number in a register that a text is. BT-30, BT-47
    pub fn of_register(text: &str) -> Option<Self> {
        values::register_number(text).map(|known| Self::new(known.scheme, known.number))
    }

    fn new(scheme: Option<&str>, number: &str) -> Self {
        Self {
            scheme: scheme.map(str::to_owned),
            number: number.to_owned(),
        }
    }
}

/// `0088:4012345000009`; without a scheme the number alone.
impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.scheme {
            Some(scheme) => write!(f, "{scheme}:{}", self.number),
            None => f.write_str(&self.number),
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
    /// BT-34. What stands from here on is missing in invoices that are older than it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<Identifier>,
    /// BT-30
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_id: Option<Identifier>,
    /// BT-32
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_number: Option<String>,
    /// BT-41
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// By which it collects direct debits. BT-90
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creditor_id: Option<String>,
}

/// That the seller may collect what is due from an account at a bank. BG-19
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// BT-89
    pub reference: String,
    /// BT-91
    pub iban: String,
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
    /// BT-49. What stands from here on is missing in invoices that are older than it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<Identifier>,
    /// BT-47
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_id: Option<Identifier>,
    /// BT-10
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// BT-12
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
    /// None where it pays by itself. BG-19
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate: Option<Mandate>,
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
