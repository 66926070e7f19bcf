//! A purchase order of a buyer's system becomes an order of ours, by the one way that all orders take: the same checks,
//! the same sentences. What it says of prices, units and currency is compared with ours; where they differ it is held.

use chrono::NaiveDate;

use super::cxml::Element;
use super::purchases::{self, PurchaseRow};
use super::receiving::Said;
use super::restoring::{self, Named};
use super::rules::{self, Mode};
use super::setup::{PunchoutSetup, Setup};
use super::store;
use super::{PROGRAM, amending, sentences};
use crate::accounts;
use crate::audit::Actor;
use crate::catalogue::{ArticleKey, Articles};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::AccountId;
use crate::languages::Language;
use crate::money::UnitPrice;
use crate::orders::entitlements::rules::IfNotEntitled;
use crate::orders::rules::{Order, OrderClass, OrderLine, OrderTexts, PlacedBy, Source, State, Wishes};
use crate::orders::{self, OrderRequest, Orderer, RequestedLine};
use crate::pricing::LineRequest;
use crate::quantity::Decimal;

/// Characters of a reason that are kept.
pub(super) const REASON_CHARS_MAX: usize = 1_000;

/// A purchase order as it came.
pub(super) struct Came<'a> {
    pub(super) setup: &'a Setup,
    pub(super) header: &'a Element,
    pub(super) po_id: &'a str,
    pub(super) payload_id: &'a str,
    pub(super) mode: Mode,
    pub(super) items: Vec<&'a Element>,
    pub(super) named: Vec<Named>,
}

/// Takes an order, changes one, or calls one off.
pub fn take(
    tx: &mut Connection,
    asked: &Element,
    (payload_id, mode): (&str, Mode),
    setup: &Setup,
    now: Timestamp,
) -> Result<Said> {
    let none = Element::default();
    let header = asked.at(&["OrderRequestHeader"]).unwrap_or(&none);
    let po_id = header.attribute("orderID").unwrap_or_default().trim();
    if let Some(said) = not_taken(asked, header, mode, setup) {
        return Ok(said);
    }
    let items: Vec<_> = asked.all("ItemOut").collect();
    let came = Came {
        named: items.iter().map(|item| Named::of(item)).collect(),
        setup,
        header,
        po_id,
        payload_id,
        mode,
        items,
    };
    let kind = header.attribute("type").unwrap_or("new");
    if kind == "new" {
        return place(tx, &came, now);
    }
    let Some(before) = purchases::find_purchase(tx, setup.account_id, po_id)? else {
        let detail = format!("There is no order {po_id} to change or call off.");
        return Ok(Said::new(417, detail));
    };
    let before = amending::settled(tx, before, now)?;
    let stands = amending::newest(tx, &before)?;
    if let Some(said) = older(header, &stands) {
        return Ok(said);
    }
    match kind {
        "delete" => amending::call_off(tx, &came, &before, now),
        _ => amending::update(tx, &came, before, now),
    }
}

/// Why an order is not taken here, whatever it says of articles.
fn not_taken(asked: &Element, header: &Element, mode: Mode, setup: &Setup) -> Option<Said> {
    if header.attribute("orderType").is_some_and(|kind| kind != "regular") {
        return Some(Said::new(450, "Only regular orders are taken here."));
    }
    if mode == Mode::Production && setup.setup.is_test() {
        return Some(Said::new(
            403,
            "The account is set up for tests: send deploymentMode \"test\", or have it switched.",
        ));
    }
    let is_blanket = |item: &Element| item.at(&["BlanketItemDetail"]).is_some();
    asked
        .all("ItemOut")
        .any(is_blanket)
        .then(|| Said::new(450, "Only regular orders are taken here: no BlanketItemDetail."))
}

/// Places a new order.
fn place(tx: &mut Connection, came: &Came<'_>, now: Timestamp) -> Result<Said> {
    let (orderer, request, _) = request(tx, came)?;
    if came.mode == Mode::Test {
        let order = orders::preview(tx, &orderer, &request, now)?.order;
        let differences = differences(came, &order, &in_turn(&order));
        let detail = match differences.is_empty() {
            true => "Checked. In test mode nothing is ordered.".to_owned(),
            false => format!("Checked. In test mode nothing is ordered. {}", differs(&differences)),
        };
        return Ok(Said::new(200, detail));
    }
    let order = orders::place(tx, &orderer, &Actor::program(PROGRAM), None, &request, now)?.order;
    orders::note_source(tx, order.id, Source::Punchout)?;
    keep(tx, &order, came, now)?;
    let mut said = Said::new(200, "");
    said.order_id = Some(order.id);
    let differing = differences(came, &order, &in_turn(&order));
    hold_if_differing(tx, &order, &differing, &mut said, now)?;
    Ok(said)
}

/// The lines of an order that was just placed: those of the items in their turn.
fn in_turn(order: &Order) -> Vec<(usize, &OrderLine)> {
    order.lines.iter().enumerate().collect()
}

/// Holds an order that differs from the purchase order, and says so.
pub(super) fn hold_if_differing(
    tx: &mut Connection,
    order: &Order,
    differing: &[String],
    said: &mut Said,
    now: Timestamp,
) -> Result<()> {
    if differing.is_empty() {
        return Ok(());
    }
    let (actor, reason) = (Actor::program(PROGRAM), differs(differing));
    let why = rules::cut(&reason, REASON_CHARS_MAX);
    match order.state {
        State::Placed => orders::hold(tx, order.id, why, &actor, now).map(drop)?,
        // It is held for another reason: both have to be settled.
        State::OnHold => orders::hold_also(tx, order.id, why, &actor, now).map(drop)?,
        _ => {}
    }
    said.detail = reason;
    Ok(())
}

pub(super) fn differs(details: &[String]) -> String {
    sentences::punchout_po_differs(details).in_language(Language::En)
}

/// What is said of a change that is no newer than what stands, where both say their version by a number.
fn older(header: &Element, stands: &str) -> Option<Said> {
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let comes = number(header.attribute("orderVersion")?)?;
    let stands = number(stands)?;
    (comes <= stands).then(|| {
        let detail = format!("Version {stands} of the order stands already; version {comes} is not newer.");
        Said::new(409, detail)
    })
}

/// Writes down what the order is called in the buyer's system.
fn keep(tx: &mut Connection, order: &Order, came: &Came<'_>, now: Timestamp) -> Result<()> {
    let numbers: Vec<_> = (1_usize..)
        .zip(&came.items)
        .map(|(place, item)| number(item).map_or_else(|| place.to_string(), str::to_owned))
        .collect();
    let row = PurchaseRow {
        order_id: order.id,
        account_id: order.account_id,
        po_id: came.po_id.to_owned(),
        po_version: came.header.attribute("orderVersion").unwrap_or("1").to_owned(),
        po_date: came.header.attribute("orderDate").unwrap_or_default().to_owned(),
        payload_id: came.payload_id.to_owned(),
        line_numbers: serde_json::to_string(&numbers).map_err(Error::internal)?,
        created_at: now,
    };
    purchases::insert_purchase(tx, row)
}

pub(super) fn number(item: &Element) -> Option<&str> {
    item.attribute("lineNumber").filter(|number| !number.is_empty())
}

/// What is said beside a line, or the order.
pub(super) fn comments(element: &Element) -> Option<String> {
    let text = element.value_at(&["Comments"])?;
    Some(rules::cut(&text, REASON_CHARS_MAX).to_owned())
}

/// The first day that is wished for, of the order or of a line.
pub(super) fn days(came: &Came<'_>) -> Option<NaiveDate> {
    let days = std::iter::once(came.header.attribute("requestedDeliveryDate"));
    let days = days.chain(came.items.iter().map(|item| item.attribute("requestedDeliveryDate")));
    days.flatten().filter_map(day).min()
}

/// What the order asks for, as the pipeline takes it.
pub(super) fn request(tx: &mut Connection, came: &Came<'_>) -> Result<(Orderer, OrderRequest, Articles)> {
    let setup = came.setup;
    let articles = restoring::articles(tx, setup, &came.named)?;
    let lines = came.items.iter().zip(&came.named).map(|(item, named)| {
        let article = articles.get(&ArticleKey::Sku(named.sku.clone()));
        let unit = article
            .and_then(|article| named.meant(article, &setup.setup))
            .map(str::to_owned);
        // What is no unit of the article is refused by the pipeline, by its name.
        let unit = unit.or_else(|| named.unit_code.clone()).or_else(|| named.unit.clone());
        RequestedLine {
            line: LineRequest {
                key: ArticleKey::Sku(named.sku.clone()),
                unit: Some(unit.unwrap_or_default()),
                quantity: named.quantity.clone(),
            },
            note: comments(item),
            typed: None,
            choices: Wishes::default(),
        }
    });
    let lines = lines.collect();
    let orderer = Orderer {
        account_id: setup.account_id,
        by: orderer(tx, setup.account_id, came.header)?,
    };
    let request = OrderRequest {
        po_number: came.po_id.to_owned(),
        ship_to: ship_to(tx, setup, came.header, &came.items)?,
        requested_on: days(came),
        order_class: OrderClass::default(),
        if_not_entitled: IfNotEntitled::default(),
        choices: Wishes::default(),
        texts: OrderTexts {
            note: comments(came.header),
        },
        lines,
    };
    Ok((orderer, request, articles))
}

/// The member of the account who is named with the order, if one is.
fn orderer(tx: &mut Connection, account_id: AccountId, header: &Element) -> Result<Option<PlacedBy>> {
    let contact = header.all("Contact").find_map(|contact| contact.value_at(&["Email"]));
    let email = header.extrinsic("UserEmail").or(contact);
    let Some(email) = email else { return Ok(None) };
    let member = store::find_member(tx, account_id, &email.trim().to_lowercase())?;
    Ok(member.map(PlacedBy::Person))
}

/// `2026-12-03T00:00:00+01:00`: the day as it is said there.
fn day(text: &str) -> Option<NaiveDate> {
    text.get(..10)?.parse().ok()
}

/// The site that is meant by the buyer's `addressID`; the first one where no address is said. An address that is only
/// written out is not guessed at.
fn ship_to(tx: &mut Connection, setup: &Setup, header: &Element, items: &[&Element]) -> Result<Option<String>> {
    let path = ["ShipTo", "Address"];
    let of = |element: &Element| {
        let address = element.at(&path)?;
        Some(address.attribute("addressID").unwrap_or_default().trim().to_owned())
    };
    let mut named: Vec<_> = items.iter().filter_map(|item| of(item)).chain(of(header)).collect();
    if named.iter().any(String::is_empty) {
        let detail = sentences::punchout_address_id();
        return Err(Error::invalid("/ship_to", Code::UnknownShipTo, detail));
    }
    named.sort_unstable();
    named.dedup();
    let id = match named.as_slice() {
        [] => return Ok(None),
        [only] => only.as_str(),
        [_, other, ..] => other.as_str(),
    };
    let unknown = |id: &str| {
        let detail = orders::sentences::no_own_site(id);
        Error::Invalid(vec![FieldError::new("/ship_to", Code::UnknownShipTo, detail)])
    };
    if named.len() > 1 {
        return Err(unknown(&named.join(", ")));
    }
    let code = setup.setup.sites.get(id).map_or(id, String::as_str);
    match accounts::ship_to(tx, setup.account_id, Some(code))? {
        Some(site) => Ok(Some(site.code)),
        None => Err(unknown(id)),
    }
}

/// Where the purchase order and our order differ, a sentence each; of each line the place of its item.
pub(super) fn differences(came: &Came<'_>, order: &Order, lines: &[(usize, &OrderLine)]) -> Vec<String> {
    let mut found = differences_of_lines(came, order, lines);
    let is_priced = came.items.iter().all(|item| price(item).is_some());
    if !is_priced {
        found.extend(difference_of_total(&came.setup.setup, order, came.header));
    }
    found
}

/// The same of the lines alone.
pub(super) fn differences_of_lines(came: &Came<'_>, order: &Order, lines: &[(usize, &OrderLine)]) -> Vec<String> {
    let of = |(place, line): &(usize, &OrderLine)| {
        let item = came.items.get(*place)?;
        let number = number(item).map_or_else(|| place.saturating_add(1).to_string(), str::to_owned);
        let what = difference(&came.setup.setup, order, item, line)?;
        Some(format!("line {number}: {what}"))
    };
    lines.iter().filter_map(of).collect()
}

/// The price that a line says.
fn price(item: &Element) -> Option<&Element> {
    item.at(&["ItemDetail", "UnitPrice", "Money"])
}

/// Where lines have no price their sum is what was agreed to.
fn difference_of_total(setup: &PunchoutSetup, order: &Order, header: &Element) -> Option<String> {
    let money = header.at(&["Total", "Money"]);
    let theirs = money.map(Element::value).unwrap_or_default();
    let currency = money.and_then(|money| money.attribute("currency")).unwrap_or_default();
    let (ours, net) = (setup.currency(order.currency.code()), order.net.to_string());
    let is_ours = currency == ours || currency == order.currency.code();
    let is_same = match (Decimal::parse(theirs.trim()), Decimal::parse(&net)) {
        (Ok(theirs), Ok(net)) => theirs == net,
        _ => false,
    };
    (!is_ours || !is_same).then(|| format!("lines without a price, total {theirs} {currency}, not {net} {ours}"))
}

fn difference(setup: &PunchoutSetup, order: &Order, item: &Element, line: &OrderLine) -> Option<String> {
    let detail = item.at(&["ItemDetail"])?;
    if let Some(code) = detail.value_at(&["UnitOfMeasure"])
        && !setup.means_unit(&code, &line.unit_code)
        && !code.eq_ignore_ascii_case(&line.unit)
    {
        return Some(format!("unit {code}, not {}", setup.unit(&line.unit_code)));
    }
    let money = price(item)?;
    let ours = setup.currency(order.currency.code());
    let currency = money.attribute("currency").unwrap_or_default();
    if currency != ours && currency != order.currency.code() {
        return Some(format!("currency {currency}, not {ours}"));
    }
    let theirs = money.value();
    let is_same = same_price(&theirs, detail.at(&["PriceBasisQuantity"]), line);
    (!is_same).then(|| {
        let (price, base, unit) = (line.unit_price, line.price_base, &line.price_unit);
        format!("price {theirs} {currency}, not {price} for {base} {unit}")
    })
}

/// True if both prices come to the same for one ordered unit, to the last digit.
fn same_price(theirs: &str, basis: Option<&Element>, line: &OrderLine) -> bool {
    let decimal = |name, usual: &str| {
        let text = basis
            .and_then(|basis| basis.attribute(name))
            .unwrap_or(usual)
            .to_owned();
        Decimal::parse(&text).ok()?.scaled(6).ok().map(i128::from)
    };
    let sides = || {
        let theirs = i128::from(UnitPrice::parse(theirs).ok()?.micros);
        let (basis, factor) = (decimal("quantity", "1")?, decimal("conversionFactor", "1")?);
        let (above, below) = match line.price_unit == line.unit {
            true => (1, 1),
            false => (line.content.numerator(), line.content.denominator()),
        };
        let left = theirs
            .checked_mul(factor)?
            .checked_mul(i128::from(line.price_base))?
            .checked_mul(i128::from(below))?;
        let right = i128::from(line.unit_price.micros)
            .checked_mul(i128::from(above))?
            .checked_mul(basis)?;
        Some(left == right)
    };
    sides() == Some(true)
}
