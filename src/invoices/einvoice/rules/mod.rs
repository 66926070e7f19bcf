//! E-invoices as values and decisions.
//!
//! - [`document`]: the semantic model; [`building`]: an invoice becomes one
//! - [`checks`]: the rules that receivers hold it against, [`reckoning`]: what its amounts must come to
//! - [`outgoing`]: files for an access point
//! - [`units`]: codes of units that may stand in it
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

pub mod building;
pub mod checks;
pub mod document;
pub mod outgoing;
pub mod reckoning;
#[cfg(test)]
pub mod samples;
pub mod units;

use self::document::Document;
pub use crate::accounts::rules::EinvoiceFormat as Format;
use crate::names::names;

names! {
    /// Whose rules a document keeps beside those of EN 16931.
    #[derive(Default)]
    pub enum Profile as EinvoiceProfile {
        /// Peppol BIS Billing 3.0.
        #[default]
        Peppol = "peppol",
        /// None.
        En16931 = "en16931",
        /// The German administration's.
        Xrechnung = "xrechnung",
    }
}

names! {
    /// Whose rules a document in CII keeps, alone or inside its paper.
    pub enum CiiProfile as EinvoiceCiiProfile {
        /// Those of EN 16931 alone.
        En16931 = "en16931",
    }
}

impl Profile {
    /// BT-24
    pub fn customization(self) -> &'static str {
        match self {
            Self::Peppol => "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0",
            Self::En16931 => "urn:cen.eu:en16931:2017",
            Self::Xrechnung => "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
        }
    }

    /// BT-23
    pub fn process(self) -> Option<&'static str> {
        (self != Self::En16931).then_some("urn:fdc:peppol.eu:2017:poacc:billing:01:1.0")
    }
}

/// How the document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    Ubl,
    Cii,
    /// CII inside of the paper.
    FacturX,
}

/// What a format is made of; none where an account wants no e-invoices.
pub fn parts(format: Format) -> Option<(Syntax, Profile)> {
    match format {
        Format::None => None,
        Format::Peppol => Some((Syntax::Ubl, Profile::Peppol)),
        Format::Ubl => Some((Syntax::Ubl, Profile::En16931)),
        Format::Xrechnung => Some((Syntax::Ubl, Profile::Xrechnung)),
        Format::Cii => Some((Syntax::Cii, Profile::En16931)),
        Format::FacturX => Some((Syntax::FacturX, Profile::En16931)),
    }
}

/// A document that keeps the rules of a profile: nothing else is ever written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    document: Document,
    profile: Profile,
}

impl Checked {
    /// The document, or the rules that it breaks.
    pub fn new(document: Document, profile: Profile) -> Result<Self, Vec<checks::Fault>> {
        let faults = checks::faults(&document, profile);
        if faults.is_empty() {
            Ok(Self { document, profile })
        } else {
            Err(faults)
        }
    }

    pub fn document(&self) -> &Document {
        &self.document
    }

    pub fn profile(&self) -> Profile {
        self.profile
    }
}
