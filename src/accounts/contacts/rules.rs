//! Which mails a contact gets.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use super::Contact;
use crate::names::sets::MailKind as Kind;

impl Contact {
    /// The kinds of mails they get.
    pub fn kinds(&self) -> Vec<Kind> {
        let names = self.mails.as_deref().unwrap_or_default().split_whitespace();
        names.filter_map(Kind::from_name).collect()
    }

    /// Where they get mails of the kind about this site: their address.
    pub fn address_for(&self, kind: Kind, site: Option<&str>) -> Option<&str> {
        let is_theirs = match (self.site.as_deref(), site) {
            (Some(own), Some(about)) => own == about,
            _ => true,
        };
        let email = self.email.as_deref()?;
        (is_theirs && self.kinds().contains(&kind)).then_some(email)
    }

    /// The kinds they get once `kind` is switched off.
    pub fn kinds_without(&self, kind: Kind) -> Vec<Kind> {
        let kinds = self.kinds().into_iter();
        kinds.filter(|known| *known != kind).collect()
    }
}

/// Addresses that reach the same mailbox, as far as anybody else can tell.
pub fn is_same_address(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ContactId;

    #[test]
    fn a_contact_gets_the_kinds_they_chose_about_their_site() {
        let contact = |email: Option<&str>, site: Option<&str>| Contact {
            id: ContactId(1),
            code: "AP".to_owned(),
            name: "Accounts payable".to_owned(),
            job_title: None,
            email: email.map(str::to_owned),
            phone: None,
            site: site.map(str::to_owned),
            language: None,
            mails: Some("shipped invoiced".to_owned()),
        };
        let everywhere = contact(Some("ap@acme.example"), None);
        let north = contact(Some("ap@acme.example"), Some("NORTH"));
        for (contact, kind, site, gets) in [
            (&everywhere, Kind::Invoiced, Some("NORTH"), true),
            (&everywhere, Kind::Invoiced, None, true),
            (&everywhere, Kind::OrderPlaced, None, false),
            (&north, Kind::Shipped, Some("NORTH"), true),
            (&north, Kind::Shipped, Some("SOUTH"), false),
            // What is about no site is about all.
            (&north, Kind::Shipped, None, true),
            (&contact(None, None), Kind::Shipped, None, false),
        ] {
            let address = contact.address_for(kind, site);
            assert_eq!(address.is_some(), gets, "{kind} {site:?}");
        }
        assert_eq!(everywhere.kinds_without(Kind::Invoiced), [Kind::Shipped]);
        assert!(is_same_address("AP@Acme.example", "ap@acme.example"));
    }
}
