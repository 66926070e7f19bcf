//! By what an invoice or credit note goes out, and how far that is.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use crate::names::names;
use crate::names::states::{EinvoiceFileState, MailState, WebhookDeliveryState};

names! {
    /// By what a document goes out.
    pub enum Way as TransportWay {
        Mail = "mail",
        /// The event about it, with the addresses of its documents.
        Webhook = "webhook",
        /// A file in the folder of an access point.
        AccessPoint = "access_point",
    }
}

names! {
    /// How far a document is on one of its ways.
    pub enum State as TransportState {
        /// It is sent next, or tried again.
        Waiting = "waiting",
        /// The mail server, the endpoint or the folder has it.
        Sent = "sent",
        /// It failed too often; staff may send it again.
        GivenUp = "given_up",
    }
}

impl From<MailState> for State {
    fn from(state: MailState) -> Self {
        match state {
            MailState::Due => Self::Waiting,
            MailState::Sent => Self::Sent,
            MailState::Parked => Self::GivenUp,
        }
    }
}

impl From<WebhookDeliveryState> for State {
    fn from(state: WebhookDeliveryState) -> Self {
        match state {
            WebhookDeliveryState::Due | WebhookDeliveryState::Behind => Self::Waiting,
            WebhookDeliveryState::Delivered => Self::Sent,
            WebhookDeliveryState::Parked => Self::GivenUp,
        }
    }
}

impl From<EinvoiceFileState> for State {
    fn from(state: EinvoiceFileState) -> Self {
        match state {
            EinvoiceFileState::Due => Self::Waiting,
            EinvoiceFileState::Written => Self::Sent,
        }
    }
}

/// The address of an endpoint without what may be a secret in it.
pub fn without_query(url: &str) -> &str {
    url.split_once(['?', '#']).map_or(url, |(address, _)| address)
}

/// What everybody of an account may know of where a document went: of a person the domain, of an endpoint the host.
pub fn hint(way: Way, to: &str) -> String {
    match way {
        Way::Mail => to
            .rsplit_once('@')
            .map(|(_, domain)| format!("…@{domain}"))
            .unwrap_or_default(),
        Way::Webhook => to.splitn(4, '/').take(3).collect::<Vec<_>>().join("/"),
        Way::AccessPoint => to.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_without_its_query() {
        assert_eq!(
            without_query("https://erp.example/in?key=secret"),
            "https://erp.example/in"
        );
        assert_eq!(without_query("https://erp.example/in#part"), "https://erp.example/in");
        assert_eq!(without_query("https://erp.example/in"), "https://erp.example/in");
    }

    #[test]
    fn a_hint_names_neither_people_nor_paths() {
        assert_eq!(hint(Way::Mail, "anna@acme.example"), "…@acme.example");
        assert_eq!(
            hint(Way::Webhook, "https://erp.example:8443/in/secret"),
            "https://erp.example:8443"
        );
        assert_eq!(hint(Way::Webhook, "https://erp.example"), "https://erp.example");
        assert_eq!(hint(Way::AccessPoint, "INV-1.xml"), "INV-1.xml");
    }
}
