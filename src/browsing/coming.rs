//! When articles come: of stock, and what of them is expected.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::accounts;
use crate::accounts::terms::Terms;
use crate::catalogue::rules::Article;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{ProductId, SiteId};
use crate::inventory::rules::{Stock, StockBook};
use crate::names::sets::ArticleState;
use crate::orders::promising::{self, Delivery, Next};

/// What a page or an answer tells of when articles come.
#[derive(Debug, Clone)]
pub struct Coming {
    delivery: Delivery,
    site: Option<SiteId>,
    next: HashMap<ProductId, Next>,
    /// The supplier's day.
    today: NaiveDate,
}

impl Coming {
    /// Of these products, to the account's first site; asks only where there are calendars, and where something is expected.
    pub fn load(
        connection: &mut Connection,
        terms: &Terms,
        product_ids: &[ProductId],
        (today, now): (NaiveDate, Timestamp),
    ) -> Result<Self> {
        let site = match terms.has_calendars {
            true => accounts::ship_to(connection, terms.account_id, None)?.map(|site| site.id),
            false => None,
        };
        let delivery = match terms.has_calendars {
            true => Delivery::to_sites(connection, site.as_slice(), terms.supplier_zone, now)?,
            false => Delivery::every_day(terms.supplier_zone, now),
        };
        let next = match terms.expects_goods {
            true => promising::next_of(connection, product_ids, today)?,
            false => HashMap::new(),
        };
        Ok(Self {
            delivery,
            site,
            next,
            today,
        })
    }

    /// The day from which on the account may order an article, where that is still to come.
    pub fn opens_on(&self, article: &Article) -> Option<NaiveDate> {
        article.coming(self.today)
    }

    /// The day on which it arrives if it is ordered now and there is enough.
    pub fn of_stock(&self, article: &Article, stock: &StockBook) -> Option<NaiveDate> {
        let rows = stock.of(article.product_id).iter().filter(|row| row.free() > 0);
        let most = rows.min_by_key(|row| (std::cmp::Reverse(row.free()), row.warehouse.as_str()));
        let warehouse = most.map(|row: &Stock| row.warehouse.as_str());
        self.delivery.stocked(article.lead_time_days, warehouse, self.site)
    }

    /// The first day on which more arrives that nobody was promised yet, and how much.
    pub fn next(&self, article: &Article) -> Option<(NaiveDate, i64)> {
        let next = self.next.get(&article.product_id);
        let next = next.filter(|_| article.state == ArticleState::Active)?;
        let (warehouse, lead) = (next.warehouse.as_str(), article.lead_time_days);
        let on = self.delivery.expected(next.expected_on, lead, warehouse, self.site)?;
        Some((on, next.quantity))
    }
}
