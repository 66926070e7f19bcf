//! Key accounts and the supplier; who edits them, and parties of documents.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

pub use super::members::rules::{INVITATION_LIFETIME, INVITATIONS_A_DAY_MAX, Member, leaves_no_admin, may_give};
pub use super::team::rules::{Absence, Outsider, Place, Staff, Team, TeamFunction};
use crate::accounts::choices::rules::UsualChoices;
use crate::ids::AccountId;
use crate::money::{Currency, Money};
use crate::names::names;
use crate::names::sets::PriceStrategy;
pub use crate::parties::{Address, Buyer, Mandate, Seller};

names! {
    /// How much an account matters; the best one is the smallest.
    #[derive(PartialOrd, Ord)]
    pub enum Tier as Tier {
        Platinum = "platinum",
        Gold = "gold",
        Silver = "silver",
        Bronze = "bronze",
    }
}

names! {
    /// What the country that gave a VAT id said of it.
    pub enum VatState as VatState {
        /// Nobody has asked.
        Unchecked = "unchecked",
        Valid = "valid",
        Invalid = "invalid",
        /// It was asked and gave no answer.
        ServiceAway = "service_away",
    }
}

names! {
    /// What invoices of an account are written in beside paper.
    pub enum EinvoiceFormat as EinvoiceFormat {
        /// Nothing: whoever wants one may take it.
        None = "none",
        /// UBL by Peppol BIS Billing 3.0.
        Peppol = "peppol",
        /// UBL by EN 16931 alone.
        Ubl = "ubl",
        /// UBL by XRechnung 3.0.
        Xrechnung = "xrechnung",
        /// UN/CEFACT's Cross Industry Invoice.
        Cii = "cii",
        /// Factur-X, which is ZUGFeRD: the paper with the invoice in it.
        FacturX = "factur_x",
    }
}

names! {
    /// How an account gets its e-invoices.
    pub enum EinvoiceWay as EinvoiceWay {
        /// It takes them from the portal: the mail has a link.
        Link = "link",
        /// The mail has them with it.
        Mail = "mail",
        /// An access point takes them from a folder.
        AccessPoint = "access_point",
    }
}

/// What invoices of an account are like for programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Einvoicing {
    /// None: invoices are issued whatever e-invoices would lack.
    pub format: EinvoiceFormat,
    pub way: EinvoiceWay,
    /// Electronic address, `SCHEME:NUMBER`. BT-49
    pub endpoint: Option<String>,
    /// Number in a register, perhaps with its scheme. BT-47
    pub legal_id: Option<String>,
    /// What the buyer wants to read on every invoice. BT-10
    pub buyer_reference: Option<String>,
    /// No invoice without it.
    pub needs_buyer_reference: bool,
    /// BT-12
    pub contract: Option<String>,
    /// In which its invoices are written beside `format`.
    pub also: Vec<EinvoiceFormat>,
    /// Where they are sent by mail; to whoever pays where it is none.
    pub email: Option<String>,
    /// Reference of its direct debit mandate. BT-89
    pub mandate_reference: Option<String>,
    /// The account that is debited. BT-91
    pub mandate_iban: Option<String>,
}

impl Einvoicing {
    /// The formats beside the first, as people write them; none where there are none.
    pub fn also_text(&self) -> Option<String> {
        let names: Vec<_> = self.also.iter().map(|format| format.name()).collect();
        (!names.is_empty()).then(|| names.join(" "))
    }

    /// All that its invoices are written in, each once, the first first.
    pub fn formats(&self) -> Vec<EinvoiceFormat> {
        let mut formats = Vec::new();
        for format in std::iter::once(self.format).chain(self.also.iter().copied()) {
            if format != EinvoiceFormat::None && !formats.contains(&format) {
                formats.push(format);
            }
        }
        formats
    }
}

/// A check of a VAT id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VatCheck {
    pub state: VatState,
    /// When it was asked.
    pub on: Option<NaiveDate>,
    /// What shows it: the number of the request, where the answer lies.
    pub evidence: Option<String>,
}

impl VatCheck {
    /// Nobody has asked.
    pub const NONE: Self = Self {
        state: VatState::Unchecked,
        on: None,
        evidence: None,
    };
}

impl Tier {
    /// 0 for the best tier, growing; the first key of every queue.
    pub fn rank(self) -> i32 {
        match self {
            Self::Platinum => 0,
            Self::Gold => 1,
            Self::Silver => 2,
            Self::Bronze => 3,
        }
    }
}

/// A key account and its terms.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    pub id: AccountId,
    /// The supplier's own key for it.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// What it is priced, invoiced and limited in.
    pub currency: Currency,
    /// How much it matters.
    pub tier: Tier,
    /// Days from invoice to due date.
    pub payment_terms_days: i32,
    /// What it may owe and have committed together; `None` = no limit, zero holds every order.
    pub credit_limit: Option<Money>,
    /// Its VAT identification number.
    pub vat_id: Option<String>,
    /// What is known of that number.
    pub vat_check: VatCheck,
    pub einvoicing: Einvoicing,
    /// Language of its people (BCP 47).
    pub locale: String,
    /// Where its people are.
    pub time_zone: Tz,
    /// How a price is chosen among candidates.
    pub price_strategy: PriceStrategy,
    /// Days that the supplier has to answer its claims; as for all where nothing is agreed.
    pub claim_answer_days: Option<i32>,
    /// What it usually decides about what is not there.
    pub usual: UsualChoices,
    /// Since when nobody of it has access.
    pub closed_at: Option<NaiveDateTime>,
}

/// Who runs the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supplier {
    /// What it is called.
    pub name: String,
    /// ISO 3166-1 alpha-2; without one there is no tax.
    pub country: Option<String>,
    /// What it keeps its books in.
    pub currency: Currency,
    /// Its VAT identification number.
    pub vat_id: Option<String>,
    /// Where its business days begin and end.
    pub time_zone: Tz,
}

/// What of the credit limit is left; negative when it is exceeded, `None` without a limit.
pub fn available(credit_limit: Option<Money>, exposure: Money) -> Option<Money> {
    let limit = credit_limit?;
    Some(Money::new(limit.minor.saturating_sub(exposure.minor), limit.currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers_are_ordered_best_first() {
        assert!(Tier::ALL.windows(2).all(|pair| pair.first() < pair.last()));
    }

    #[test]
    fn what_is_available_is_the_limit_less_the_exposure() {
        let euro = Currency::from_code("EUR").expect("known");
        for (limit, exposure, expected) in [
            (None, 500, None),
            (Some(1_000), 400, Some(600)),
            (Some(1_000), 1_000, Some(0)),
            (Some(0), 250, Some(-250)),
        ] {
            let left = available(limit.map(|minor| Money::new(minor, euro)), Money::new(exposure, euro));
            assert_eq!(left.map(|money| money.minor), expected);
        }
    }
}
