//! The rules of EN 16931, of Peppol BIS Billing 3.0 with those for Germany and the Netherlands, and of XRechnung 3.0, as far as a
//! document of ours can break them: each by its id. Where the rule allows a difference, here there is none.

mod amounts;
mod lines;
mod parties;
mod taxes;
#[cfg(test)]
mod tests;

use super::Profile;
use super::document::{Document, Kind};

/// A rule that is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Its id: `BR-CO-10`.
    pub rule: &'static str,
    /// What is wrong.
    pub field: Field,
    /// In which line; none where it is of the whole document.
    pub line: Option<i32>,
}

macro_rules! fields {
    ($($variant:ident $name:literal $place:ident;)*) => {
        /// What of a document is wrong.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Field { $($variant),* }

        impl Field {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Ends the key of its text.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// Where it is mended.
            pub fn place(self) -> Place {
                match self { $(Self::$variant => Place::$place),* }
            }
        }
    };
}

fields! {
    Number "number" Portal;
    BuyerReference "buyer-reference" Account;
    OrderReference "order-reference" Order;
    Preceding "preceding" Portal;
    Period "period" Portal;
    Due "due" Portal;
    SellerName "seller-name" Supplier;
    SellerAddress "seller-address" Supplier;
    SellerEndpoint "seller-endpoint" Supplier;
    SellerIds "seller-ids" Supplier;
    SellerVatId "seller-vat-id" Supplier;
    SellerContact "seller-contact" Supplier;
    Payment "payment" Supplier;
    Mandate "mandate" Account;
    Creditor "creditor" Supplier;
    Exemption "exemption" Supplier;
    BuyerName "buyer-name" Account;
    BuyerAddress "buyer-address" Account;
    BuyerEndpoint "buyer-endpoint" Account;
    BuyerIds "buyer-ids" Account;
    BuyerVatId "buyer-vat-id" Account;
    ShipTo "ship-to" Account;
    Delivered "delivered" Portal;
    Lines "lines" Portal;
    Name "name" Catalogue;
    Quantity "quantity" Portal;
    Unit "unit" Catalogue;
    Price "price" Catalogue;
    Net "net" Portal;
    Adjustment "adjustment" Portal;
    Category "category" Taxes;
    Rate "rate" Taxes;
    TaxTable "tax-table" Taxes;
    Reason "reason" Taxes;
    Totals "totals" Portal;
    Decimals "decimals" Account;
}

/// Where something is mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// `supplier.csv`
    Supplier,
    /// The account's data and sites.
    Account,
    Order,
    /// Products, units, prices.
    Catalogue,
    /// Categories of products and rates.
    Taxes,
    /// Nowhere: it is a fault of the portal.
    Portal,
}

impl Place {
    /// Ends the key of its text.
    pub fn name(self) -> &'static str {
        match self {
            Self::Supplier => "supplier",
            Self::Account => "account",
            Self::Order => "order",
            Self::Catalogue => "catalogue",
            Self::Taxes => "taxes",
            Self::Portal => "portal",
        }
    }
}

/// Gathers what is wrong.
struct Findings {
    faults: Vec<Fault>,
    line: Option<i32>,
}

impl Findings {
    /// Notes a fault unless the rule is kept.
    fn must(&mut self, is_kept: bool, rule: &'static str, field: Field) {
        if !is_kept {
            self.faults.push(Fault {
                rule,
                field,
                line: self.line,
            });
        }
    }
}

/// Everything that receivers of the profile would refuse, in the order in which a document is read.
pub fn faults(document: &Document, profile: Profile) -> Vec<Fault> {
    let mut findings = Findings {
        faults: Vec::new(),
        line: None,
    };
    head(document, profile, &mut findings);
    parties::check(document, profile, &mut findings);
    lines::check(document, &mut findings);
    taxes::check(document, &mut findings);
    amounts::check(document, &mut findings);
    findings.faults
}

fn is_filled(text: Option<&String>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}

/// Both are in Germany, where Peppol's own rules for it hold.
fn is_german(document: &Document, profile: Profile) -> bool {
    let is_there = |country: &str| country == "DE";
    match profile {
        Profile::Xrechnung => true,
        Profile::Peppol => is_there(&document.seller.address.country) && is_there(&document.buyer.address.country),
        Profile::En16931 => false,
    }
}

fn head(document: &Document, profile: Profile, findings: &mut Findings) {
    findings.must(!document.number.trim().is_empty(), "BR-02", Field::Number);
    let reference = is_filled(document.buyer_reference.as_ref());
    if profile == Profile::Peppol {
        let either = reference || is_filled(document.po_number.as_ref());
        findings.must(either, "PEPPOL-EN16931-R003", Field::OrderReference);
    }
    if is_german(document, profile) {
        findings.must(reference, "BR-DE-15", Field::BuyerReference);
    }
    if document.totals.payable.minor > 0 {
        let is_said = document.due_on.is_some() || is_filled(document.terms.as_ref());
        findings.must(is_said, "BR-CO-25", Field::Due);
    }
    if let Some(period) = document.period {
        findings.must(period.from <= period.to, "BR-29", Field::Period);
    }
    // The law wants a credit note to say what it corrects; the standard leaves it open.
    let names = document
        .preceding
        .as_ref()
        .is_some_and(|one| !one.number.trim().is_empty());
    findings.must(names || document.kind == Kind::Invoice, "BR-55", Field::Preceding);
    if document.kind == Kind::Corrected {
        findings.must(names, "BR-DE-26", Field::Preceding);
        let parties = [&document.seller, &document.buyer];
        let is_german = parties.into_iter().all(|party| party.address.country == "DE");
        let is_taken = is_german || profile != Profile::Peppol;
        findings.must(is_taken, "PEPPOL-EN16931-P0112", Field::Preceding);
    }
}
