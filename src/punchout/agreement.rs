//! What is agreed with a buyer: whom we talk with, where baskets go back to, which codes mean what. One struct that JSON and
//! forms fill, and that is stored; one check.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::rules::{self, CODE_CHARS_MAX, Charset, Mode, ROWS_MAX, Transport};
use super::sentences;
use crate::error::{Code, FieldError};
use crate::outbound::Hosts;
use crate::sentences::{at_most_characters, fill_this_in, no_control_characters};

/// How an account punches out: what people and programs set.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PunchoutSetup {
    /// Of the buyer's credential: `NetworkID`, `DUNS` or what is agreed; compared in any case.
    #[schema(example = "DUNS", max_length = 200)]
    pub buyer_domain: String,
    #[schema(example = "123456789", max_length = 200)]
    pub buyer_identity: String,
    #[schema(example = "DUNS", max_length = 200)]
    pub supplier_domain: String,
    #[schema(example = "987654321", max_length = 200)]
    pub supplier_identity: String,
    /// Of who sends for the buyer, such as a marketplace; the buyer where this is left out.
    #[schema(max_length = 200)]
    pub sender_domain: Option<String>,
    #[schema(max_length = 200)]
    pub sender_identity: Option<String>,
    #[schema(value_type = Mode)]
    pub mode: String,
    /// Where baskets may go back to: `erp.example`, `erp.example:8443`.
    #[serde(default)]
    #[schema(max_items = 500)]
    pub return_hosts: Vec<String>,
    /// Pages that may show the shop in a frame: `https://erp.example`.
    #[serde(default)]
    #[schema(max_items = 500)]
    pub frame_ancestors: Vec<String>,
    /// How a basket is packed into the form that brings it back; `base64` where this is left out.
    #[schema(value_type = Option<Transport>)]
    pub transport: Option<String>,
    /// Our codes of units and what the buyer calls them.
    #[serde(default)]
    pub units: BTreeMap<String, String>,
    /// The same of currencies.
    #[serde(default)]
    pub currencies: BTreeMap<String, String>,
    /// The same of tax categories.
    #[serde(default)]
    pub taxes: BTreeMap<String, String>,
    /// The buyer's `addressID` and the code of our site.
    #[serde(default)]
    pub sites: BTreeMap<String, String>,
    /// `UNSPSC` where this is left out.
    #[schema(max_length = 200)]
    pub classification_domain: Option<String>,
    /// What stands for articles that have no code of their own.
    #[schema(max_length = 200)]
    pub classification_code: Option<String>,
    /// Our categories of articles and the code of each.
    #[serde(default)]
    pub classifications: BTreeMap<String, String>,
    /// Where order confirmations are sent.
    #[schema(max_length = 2000)]
    pub confirmation_url: Option<String>,
    /// Where ship notices are sent.
    #[schema(max_length = 2000)]
    pub ship_notice_url: Option<String>,
    /// Where invoices are sent.
    #[schema(max_length = 2000)]
    pub invoice_url: Option<String>,
    /// Where it is sent what became of changes that were asked for after the order was accepted.
    #[schema(max_length = 2000)]
    pub status_url: Option<String>,
    /// The user name of OCI; none where it is not used.
    #[schema(max_length = 200)]
    pub oci_user: Option<String>,
    /// Signs of the form that goes back by OCI; `utf-8` where this is left out.
    #[schema(value_type = Option<Charset>)]
    pub oci_charset: Option<String>,
    /// Our number among the buyer's suppliers.
    #[schema(max_length = 10)]
    pub oci_vendor: Option<String>,
    /// The buyer's material group for all that comes back.
    #[schema(max_length = 10)]
    pub oci_material_group: Option<String>,
}

impl PunchoutSetup {
    pub fn is_test(&self) -> bool {
        self.mode != Mode::Production.name()
    }

    /// What the buyer calls a unit; the units of the document without one.
    pub fn unit<'a>(&'a self, code: &'a str) -> &'a str {
        self.units.get(code).map_or(code, String::as_str)
    }

    /// True where the buyer's code for a unit means ours.
    pub fn means_unit(&self, theirs: &str, ours: &str) -> bool {
        let mapped = self.unit(ours);
        mapped.eq_ignore_ascii_case(theirs) || ours.eq_ignore_ascii_case(theirs)
    }

    pub fn currency<'a>(&'a self, code: &'a str) -> &'a str {
        self.currencies.get(code).map_or(code, String::as_str)
    }

    pub fn tax<'a>(&'a self, category: &'a str) -> &'a str {
        self.taxes.get(category).map_or(category, String::as_str)
    }

    /// Domain and code that say what kind of thing an article of this category is.
    pub fn classification(&self, category: Option<&str>) -> (&str, &str) {
        let domain = self.classification_domain.as_deref().unwrap_or("UNSPSC");
        let own = category.and_then(|category| self.classifications.get(category));
        (
            domain,
            own.or(self.classification_code.as_ref()).map_or("", String::as_str),
        )
    }

    pub fn transport(&self) -> Transport {
        self.transport
            .as_deref()
            .and_then(Transport::from_name)
            .unwrap_or_default()
    }

    pub fn charset(&self) -> Charset {
        self.oci_charset
            .as_deref()
            .and_then(Charset::from_name)
            .unwrap_or_default()
    }

    /// With blanks around texts taken away and empty ones as none.
    pub(super) fn tidied(mut self) -> Self {
        for text in [
            &mut self.buyer_domain,
            &mut self.buyer_identity,
            &mut self.supplier_domain,
            &mut self.supplier_identity,
            &mut self.mode,
        ] {
            *text = text.trim().to_owned();
        }
        for text in [
            &mut self.sender_domain,
            &mut self.sender_identity,
            &mut self.transport,
            &mut self.classification_domain,
            &mut self.classification_code,
            &mut self.confirmation_url,
            &mut self.ship_notice_url,
            &mut self.invoice_url,
            &mut self.status_url,
            &mut self.oci_user,
            &mut self.oci_charset,
            &mut self.oci_vendor,
            &mut self.oci_material_group,
        ] {
            *text = text
                .take()
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty());
        }
        self
    }

    fn texts(&self) -> Vec<(&'static str, &str, usize)> {
        let mut texts = vec![
            ("buyer_domain", self.buyer_domain.as_str(), CODE_CHARS_MAX),
            ("buyer_identity", self.buyer_identity.as_str(), CODE_CHARS_MAX),
            ("supplier_domain", self.supplier_domain.as_str(), CODE_CHARS_MAX),
            ("supplier_identity", self.supplier_identity.as_str(), CODE_CHARS_MAX),
        ];
        for (name, text, most) in [
            ("sender_domain", &self.sender_domain, CODE_CHARS_MAX),
            ("sender_identity", &self.sender_identity, CODE_CHARS_MAX),
            ("classification_domain", &self.classification_domain, CODE_CHARS_MAX),
            ("classification_code", &self.classification_code, CODE_CHARS_MAX),
            ("oci_user", &self.oci_user, CODE_CHARS_MAX),
            ("oci_vendor", &self.oci_vendor, 10),
            ("oci_material_group", &self.oci_material_group, 10),
        ] {
            if let Some(text) = text {
                texts.push((name, text, most));
            }
        }
        texts
    }

    fn faults_of_texts(&self) -> Vec<FieldError> {
        let mut faults = Vec::new();
        let mut add = |pointer: String, code, detail| faults.push(FieldError::new(pointer, code, detail));
        for (name, text, most) in self.texts() {
            if text.is_empty() {
                add(format!("/{name}"), Code::Required, fill_this_in());
            } else if text.chars().count() > most {
                add(format!("/{name}"), Code::ValueTooLong, at_most_characters(most));
            } else if text.chars().any(char::is_control) {
                add(format!("/{name}"), Code::ValueInvalid, no_control_characters());
            }
        }
        faults
    }

    /// What is wrong with it, all at once.
    pub(super) fn faults(&self, reachable: &Hosts) -> Vec<FieldError> {
        let mut faults = self.faults_of_texts();
        let mut add = |pointer: String, code, detail| faults.push(FieldError::new(pointer, code, detail));
        if self.sender_domain.is_some() != self.sender_identity.is_some() {
            add(
                "/sender_identity".to_owned(),
                Code::ValueInvalid,
                sentences::punchout_pair(),
            );
        }
        if Mode::from_name(&self.mode).is_none() {
            add(
                "/mode".to_owned(),
                Code::ValueInvalid,
                sentences::punchout_choice(Mode::NAMES),
            );
        }
        if self
            .transport
            .as_deref()
            .is_some_and(|name| Transport::from_name(name).is_none())
        {
            let detail = sentences::punchout_choice(Transport::NAMES);
            add("/transport".to_owned(), Code::ValueInvalid, detail);
        }
        if self
            .oci_charset
            .as_deref()
            .is_some_and(|name| Charset::from_name(name).is_none())
        {
            let detail = sentences::punchout_choice(Charset::NAMES);
            add("/oci_charset".to_owned(), Code::ValueInvalid, detail);
        }
        for (name, list) in [
            ("return_hosts", &self.return_hosts),
            ("frame_ancestors", &self.frame_ancestors),
        ] {
            if list.len() > ROWS_MAX {
                add(
                    format!("/{name}"),
                    Code::ValueInvalid,
                    sentences::punchout_rows(ROWS_MAX),
                );
            }
        }
        for (place, host) in self
            .return_hosts
            .iter()
            .enumerate()
            .filter(|(_, host)| !rules::is_host(host))
        {
            add(
                format!("/return_hosts/{place}"),
                Code::ValueInvalid,
                sentences::punchout_host(host),
            );
        }
        for (place, frame) in self
            .frame_ancestors
            .iter()
            .enumerate()
            .filter(|(_, frame)| !rules::is_frame(frame))
        {
            add(
                format!("/frame_ancestors/{place}"),
                Code::ValueInvalid,
                sentences::punchout_frame(frame),
            );
        }
        for (name, map) in [
            ("units", &self.units),
            ("currencies", &self.currencies),
            ("taxes", &self.taxes),
            ("sites", &self.sites),
            ("classifications", &self.classifications),
        ] {
            let is_fine = |text: &String| {
                !text.trim().is_empty() && text.chars().count() <= CODE_CHARS_MAX && !text.chars().any(char::is_control)
            };
            if map.len() > ROWS_MAX {
                add(
                    format!("/{name}"),
                    Code::ValueInvalid,
                    sentences::punchout_rows(ROWS_MAX),
                );
            } else if !map.iter().all(|(own, theirs)| is_fine(own) && is_fine(theirs)) {
                add(format!("/{name}"), Code::ValueInvalid, sentences::punchout_pair());
            }
        }
        for (name, url) in [
            ("confirmation_url", &self.confirmation_url),
            ("ship_notice_url", &self.ship_notice_url),
            ("invoice_url", &self.invoice_url),
            ("status_url", &self.status_url),
        ] {
            if let Some(url) = url.as_deref().filter(|url| reachable.check(url).is_err()) {
                add(format!("/{name}"), Code::UrlRefused, sentences::punchout_url(url));
            }
        }
        faults
    }
}
