//! When so much of an article would come if it were ordered now: what placing the order would promise.

use chrono::NaiveDate;

use super::rules::whole_day;
use super::{Delivery, look};
use crate::accounts::sites::Site;
use crate::accounts::terms::Terms;
use crate::catalogue::rules::{Article, OrderQuantity, SaleUnit};
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{OrderId, OrderLineId};
use crate::inventory::{self, Purpose};
use crate::names::sets::ArticleState;
use crate::orders::allocation::rules::{Rank, Waiting, decide};
use crate::orders::allocation::{list_waiting, stocked};
use crate::orders::rules::OrderClass;
use crate::orders::rules::order::{LinePromise, PromiseKind, portion};

/// What would be promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The day of all of it, where it has one.
    pub promised_on: Option<NaiveDate>,
    /// By day: of stock, then of what is expected. Base steps.
    pub promises: Vec<LinePromise>,
    /// What has no day yet.
    pub open: i64,
}

/// Answers for an account that orders in the usual way, to a site.
pub fn ask(
    connection: &mut Connection,
    terms: &Terms,
    site: &Site,
    (article, unit, quantity): (&Article, &SaleUnit, OrderQuantity),
    now: Timestamp,
) -> Result<Answer> {
    let product_id = article.product_id;
    let today = day_in(terms.supplier_zone, now);
    let mut stock = inventory::load_seen_by(connection, &[product_id], terms.into(), Purpose::Preview, today)?;
    let rank = Rank {
        tier: terms.tier,
        order_class: OrderClass::Standard,
        requested_on: None,
        queued_at: now,
        order_id: OrderId::new(),
        position: 1,
    };
    let mut line = Waiting {
        order_line_id: OrderLineId::new(),
        product_id,
        account_id: Some(terms.account_id),
        rank,
        backordered: quantity.base_steps,
        portion: portion(&unit.unit, &article.base_unit, unit.content, article.decimals),
        lead_time_days: article.lead_time_days,
        site_id: Some(site.id),
        has: 0,
    };
    let zone = terms.supplier_zone;
    let delivery = match terms.has_calendars {
        true => Delivery::to_sites(connection, &[site.id], zone, now)?,
        false => Delivery::every_day(zone, now),
    };
    let decision = decide(product_id, vec![line.clone()], &mut stock);
    let share = decision.shares.first().filter(|share| share.quantity > 0);
    let (got, on) = match share {
        Some(share) => (share.quantity, stocked(&line, &share.takes, &stock, &delivery)),
        None => (0, None),
    };
    let mut promises = Vec::new();
    promises.extend(on.map(|on| LinePromise {
        on,
        quantity: got,
        kind: PromiseKind::Stock,
    }));
    line.backordered -= got;
    if line.backordered > 0 && terms.expects_goods && article.state == ArticleState::Active {
        let outlook = look(connection, &[product_id], today)?;
        let mut queue = list_waiting(connection, outlook.products())?;
        queue.push(line.clone());
        let waiting: Vec<_> = queue.iter().map(|line| (line, line.backordered)).collect();
        let mut parts = outlook.parts(&waiting, &stock, &delivery);
        for part in parts.remove(&line.order_line_id).unwrap_or_default() {
            promises.push(LinePromise {
                on: part.promised_on,
                quantity: part.quantity,
                kind: PromiseKind::Expected,
            });
        }
    }
    let expected = promises.iter().filter(|promise| promise.kind == PromiseKind::Expected);
    let expected: Vec<_> = expected.map(|promise| (promise.on, promise.quantity)).collect();
    let covered: i64 = expected.iter().map(|(_, quantity)| quantity).sum();
    Ok(Answer {
        promised_on: whole_day(on, line.backordered, expected),
        promises,
        open: line.backordered - covered,
    })
}
