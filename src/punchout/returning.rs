//! The basket goes back: as a `PunchOutOrderMessage` in a form that the browser posts to the buyer's system.

use data_encoding::BASE64;

use super::basket::{Shown, ShownLine};
use super::cxml::{Element, read, writing};
use super::rules::prices::{Price, basis};
use super::rules::{Ended, Operation, Transport};
use super::setup::PunchoutSetup;
use super::shopping::Session;
use crate::catalogue::rules::{Article, SaleUnit};
use crate::clock::Timestamp;
use crate::money::Money;
use crate::pricing::PricedLine;
use crate::quantity::Quantity;

/// A form that the browser posts to another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub url: String,
    pub target: Option<String>,
    pub fields: Vec<(String, String)>,
    /// `utf-8` or `iso-8859-1`
    pub charset: &'static str,
}

/// The form that brings a basket back, or says that nothing comes.
pub fn form(session: &Session, shown: &Shown, ended: Ended, now: Timestamp) -> Form {
    let document = message(session, shown, ended, now);
    let xml = writing::written(&document, "cXML");
    let field = match session.setup.setup.transport() {
        Transport::Base64 => ("cXML-base64".to_owned(), BASE64.encode(xml.as_bytes())),
        Transport::Urlencoded => ("cXML-urlencoded".to_owned(), xml),
    };
    Form {
        url: session.row.return_url.clone(),
        target: session.row.return_target.clone(),
        fields: vec![field],
        charset: "utf-8",
    }
}

/// What is said: the lines, or by 204 that all stays as it was.
pub fn message(session: &Session, shown: &Shown, ended: Ended, now: Timestamp) -> Element {
    let setup = &session.setup;
    let is_cancelled = ended == Ended::Cancelled || session.row.operation == Operation::Inspect;
    let total = match is_cancelled {
        true => Money::zero(shown.total.currency),
        false => shown.total,
    };
    let head = Element::new("PunchOutOrderMessageHeader")
        .with("operationAllowed", "edit")
        .with("quoteStatus", "final")
        .holding(Element::new("Total").holding(money(&setup.setup, &total.to_string(), total)));
    let items = shown.lines.iter().filter(|_| !is_cancelled);
    let items = (1_i64..)
        .zip(items)
        .filter_map(|(number, line)| item(session, shown, number, line));
    let order = Element::new("PunchOutOrderMessage")
        .holding(cookie(&session.row.buyer_cookie))
        .holding(head)
        .holding_all(items);
    let message = Element::new("Message").with("deploymentMode", session.row.mode.name());
    let message = message.with_some("inReplyTo", session.row.payload_id.clone());
    let message = match is_cancelled {
        // An empty basket would delete the lines of a requisition; this leaves them.
        true => message.holding(writing::status(204, writing::status_text(204), "")),
        false => message.holding(writing::status(200, writing::status_text(200), "")),
    };
    let own = &setup.setup;
    let header = writing::header(
        (&own.supplier_domain, &own.supplier_identity),
        (&own.buyer_domain, &own.buyer_identity),
        None,
    );
    writing::document([header, message.holding(order)], &writing::payload_id(now), now)
}

/// The cookie as it came, markup too.
fn cookie(inner: &str) -> Element {
    let whole = read(format!("<BuyerCookie>{inner}</BuyerCookie>").as_bytes());
    whole.unwrap_or_else(|_| Element::new("BuyerCookie").text(inner))
}

fn money(setup: &PunchoutSetup, amount: &str, of: Money) -> Element {
    writing::money_of(amount, setup.currency(of.currency.code()))
}

/// A price of ours with what it is for.
pub fn price_of<'a>(article: &'a Article, unit: &'a SaleUnit, priced: &'a PricedLine) -> Price<'a> {
    Price {
        price: priced.priced.unit_price,
        base: priced.priced.price_base,
        unit: &priced.priced.price_unit,
        ordered: &unit.unit,
        content: unit.content,
        base_unit: &article.base_unit,
    }
}

/// The code by which documents know a unit of an article.
pub fn unit_code<'a>(article: &'a Article, unit: &'a str) -> &'a str {
    article.unit(unit).map_or(unit, |unit| unit.unit_code.as_str())
}

fn item(session: &Session, shown: &Shown, number: i64, line: &ShownLine) -> Option<Element> {
    let (article, unit, priced) = (line.article.as_ref()?, line.unit.as_ref()?, line.priced.as_ref().ok()?);
    let own = &session.setup.setup;
    let id = Element::new("ItemID")
        .holding(Element::text_of("SupplierPartID", &article.sku))
        .holding(Element::text_of(
            "SupplierPartAuxiliaryID",
            auxiliary(line.line.key, &unit.unit),
        ))
        .holding_all(
            article
                .customer_part_number
                .as_ref()
                .map(|number| Element::text_of("BuyerPartID", number)),
        );
    let zero = Money::zero(shown.total.currency);
    let (price, basis) = price_and_basis(own, article, unit, priced);
    let description = Element::new("Description")
        .with("xml:lang", session.language.name())
        .text(&article.name);
    let (domain, code) = own.classification(article.category.as_deref());
    let detail = Element::new("ItemDetail")
        .holding(Element::new("UnitPrice").holding(money(own, &price, zero)))
        .holding(description)
        .holding(Element::text_of("UnitOfMeasure", own.unit(&unit.unit_code)))
        .holding_all(basis)
        .holding(Element::text_of("Classification", code).with("domain", domain))
        .holding(Element::text_of("LeadTime", article.lead_time_days.to_string()))
        .holding(Element::text_of("Extrinsic", &unit.name).with("name", "Packaging"));
    let item = Element::new("ItemIn")
        .with("quantity", priced.quantity.ordered.to_string())
        .with("lineNumber", number.to_string());
    Some(item.holding(id).holding(detail))
}

/// Tells a line and its unit apart from all others when it comes again.
pub fn auxiliary(key: u32, unit: &str) -> String {
    format!("{key}/{unit}")
}

/// The price and, where it is not for one ordered unit, what it is for.
fn price_and_basis(
    setup: &PunchoutSetup,
    article: &Article,
    unit: &SaleUnit,
    priced: &PricedLine,
) -> (String, Option<Element>) {
    let own = price_of(article, unit, priced);
    match basis(&own) {
        None => (own.price.to_string(), None),
        Some(Some(basis)) => {
            let element = Element::new("PriceBasisQuantity")
                .with("quantity", basis.quantity.to_string())
                .with("conversionFactor", basis.factor)
                .holding(Element::text_of(
                    "UnitOfMeasure",
                    setup.unit(unit_code(article, &basis.unit)),
                ));
            (own.price.to_string(), Some(element))
        }
        // A pack of thirds has no factor: its price is said for as many packs as are whole base units.
        Some(None) => {
            let element = Element::new("PriceBasisQuantity")
                .with(
                    "quantity",
                    i64::from(own.base)
                        .saturating_mul(unit.content.denominator())
                        .to_string(),
                )
                .with(
                    "conversionFactor",
                    Quantity::new(unit.content.numerator(), 0).to_string(),
                )
                .holding(Element::text_of(
                    "UnitOfMeasure",
                    setup.unit(unit_code(article, &article.base_unit)),
                ));
            (own.price.to_string(), Some(element))
        }
    }
}
