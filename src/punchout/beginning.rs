//! A buyer's system asks what is taken here, or for a session.

use chrono::TimeDelta;
use url::Url;

use super::basket::Basket;
use super::cxml::{Element, writing};
use super::receiving::{Document, Reached, Said};
use super::restoring;
use super::rules::{self, Mode, Operation, Protocol};
use super::setup::Setup;
use super::shopping::{self, Beginning, Shopper};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};

/// What can be asked for here, and where.
pub(super) fn profile(reached: &Reached, now: Timestamp) -> Said {
    let url = reached
        .base
        .join("/punchout/cxml")
        .map(String::from)
        .unwrap_or_default();
    let kinds = [
        "ProfileRequest",
        "PunchOutSetupRequest",
        "OrderRequest",
        "StatusUpdateRequest",
    ];
    let transactions = kinds.map(|kind| {
        let transaction = Element::new("Transaction").with("requestName", kind);
        transaction.holding(Element::text_of("URL", &url))
    });
    let profile = Element::new("ProfileResponse")
        .with("effectiveDate", writing::moment(now - TimeDelta::minutes(1)))
        .holding_all(transactions);
    Said::new(200, "").with(profile)
}

/// Begins a session.
pub(super) fn begin(
    tx: &mut Connection,
    document: &Document,
    setup: &Setup,
    reached: &Reached,
    now: Timestamp,
) -> Result<Said> {
    let asked = document.asked();
    let operation = match asked.attribute("operation").and_then(Operation::from_name) {
        Some(operation) => operation,
        None => return Ok(Said::new(450, "The operations are create, edit and inspect.")),
    };
    let url = asked.value_at(&["BrowserFormPost", "URL"]).unwrap_or_default();
    let is_own =
        reached.tried_by_staff.is_some() && Url::parse(&url).is_ok_and(|url| url.origin() == reached.base.origin());
    if !is_own && rules::return_url(&url, &setup.setup.return_hosts).is_none() {
        return Ok(Said::new(
            403,
            "BrowserFormPost/URL is https and at one of the hosts that were agreed for this account.",
        ));
    }
    let basket = match operation {
        Operation::Create => Basket::default(),
        Operation::Edit | Operation::Inspect => {
            let items: Vec<_> = asked.all("ItemOut").collect();
            restoring::basket(tx, setup, &items)?
        }
    };
    let cookie = asked.at(&["BuyerCookie"]).map(Element::inner_xml).unwrap_or_default();
    let selected = asked.value_at(&["SelectedItem", "ItemID", "SupplierPartID"]);
    let beginning = Beginning {
        account_id: setup.account_id,
        protocol: Protocol::Cxml,
        operation,
        mode: match reached.tried_by_staff {
            Some(_) => Mode::Test,
            None => document.mode(),
        },
        shopper: shopper(asked),
        buyer_cookie: cookie,
        return_url: url,
        // Our own pages are shown in no frame.
        return_target: reached.tried_by_staff.map(|_| "_top".to_owned()),
        payload_id: Some(document.payload_id.clone()),
        selected,
        basket,
    };
    let start = shopping::begin(tx, beginning, now)?;
    let page = reached
        .base
        .join(&format!("/punchout/start/{start}"))
        .map_err(Error::internal)?;
    let response = Element::new("PunchOutSetupResponse")
        .holding(Element::new("StartPage").holding(Element::text_of("URL", page.as_str())));
    Ok(Said::new(200, "").with(response))
}

/// Who shops, by the extras that systems send, or by a contact.
fn shopper(asked: &Element) -> Shopper {
    let email = ["UserEmail", "User Email", "Email"]
        .into_iter()
        .find_map(|name| asked.extrinsic(name));
    let contact = asked.all("Contact").find_map(|contact| contact.value_at(&["Email"]));
    let names = [asked.extrinsic("FirstName"), asked.extrinsic("LastName")];
    let name = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let printed = asked
        .extrinsic("UserPrintableName")
        .or_else(|| asked.extrinsic("UserFullName"));
    Shopper {
        email: email.or(contact),
        name: Some(name).filter(|name| !name.is_empty()).or(printed),
    }
}
