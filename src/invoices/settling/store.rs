//! What is given up, and what is open of invoices with the discounts they offer.

use std::collections::HashMap;

use super::rules::{Bearer, Discount, Item, Tolerance};
use super::{Limit, Settings};
use crate::db::{Batch, Connection, insertion, sets, sql};
use crate::error::{Error, Result};
use crate::ids::{AccountId, InvoiceId};
use crate::invoices::terms::rules::{Offer, part};
use crate::money::Currency;
use crate::row;
use crate::tax::rules::{TaxGroup, Treatment};

/// What is set: one statement.
pub fn find_settings(connection: &mut Connection) -> Result<Settings> {
    type Row = (Option<i64>, i32, Bearer, Option<Currency>, Option<i64>);
    let rows: Vec<Row> = sql(
        "SELECT s.tolerance_ppm, s.grace_days, s.bank_charges, t.currency, t.max_minor \
         FROM settlement_settings s LEFT JOIN settlement_tolerances t ON t.max_minor > 0 WHERE s.id = 1 ORDER BY t.currency",
    )
    .rows(connection)?;
    let missing = || Error::internal("there are no settings of settlements");
    let (tolerance_ppm, grace_days, bank_charges, ..) = *rows.first().ok_or_else(missing)?;
    let limit = |(_, _, _, currency, max_minor): &Row| {
        Some(Limit {
            currency: (*currency)?,
            max_minor: (*max_minor)?,
        })
    };
    Ok(Settings {
        tolerance_ppm,
        grace_days,
        bank_charges,
        limits: rows.iter().filter_map(limit).collect(),
    })
}

/// Locks the settings until the transaction ends.
pub fn lock_settings(tx: &mut Connection) -> Result<()> {
    let _: i64 = sql("SELECT id FROM settlement_settings WHERE id = 1 {lock}").one(tx)?;
    Ok(())
}

row! {
    struct LimitRow into settlement_tolerances {
        currency: Currency,
        max_minor: i64,
    }
}

pub fn update_settings(tx: &mut Connection, settings: &Settings) -> Result<()> {
    let mut batch = Batch::new();
    batch.add(
        sql("UPDATE settlement_settings SET tolerance_ppm = $1, grace_days = $2, bank_charges = $3 WHERE id = 1")
            .bind(settings.tolerance_ppm)
            .bind(i64::from(settings.grace_days))
            .bind(settings.bank_charges),
    );
    batch.add(sql("DELETE FROM settlement_tolerances WHERE max_minor > 0"));
    batch.run(tx)?;
    if settings.limits.is_empty() {
        return Ok(());
    }
    let row = |limit: &Limit| LimitRow {
        currency: limit.currency,
        max_minor: limit.max_minor,
    };
    let mut batch = Batch::new();
    batch.add(insertion(&settings.limits.iter().map(row).collect::<Vec<_>>())?);
    batch.run(tx)
}

row! {
    struct ItemRow {
        invoice_id: InvoiceId,
        account_id: AccountId,
        number: String,
        open_minor: i64,
        gross_minor: i64,
        cash_discount: Option<String>,
        credited_minor: i64,
        discounted: i64,
        rates: i64,
    }
}

/// An invoice that money may close: whose, its number, and what is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub account_id: AccountId,
    pub number: String,
    pub gross_minor: i64,
    pub item: Item,
}

/// These invoices, in no order.
pub fn list_items(
    connection: &mut Connection,
    settings: &Settings,
    ids: &[InvoiceId],
) -> Result<HashMap<InvoiceId, Found>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<ItemRow> = sql(
        "SELECT o.invoice_id, o.account_id, i.number, o.open_minor, i.gross_minor, i.cash_discount, \
         CAST(COALESCE((SELECT SUM(c.gross_minor) FROM credit_notes c WHERE c.invoice_id = i.id), 0) AS BIGINT), \
         (SELECT COUNT(*) FROM write_offs w WHERE w.invoice_id = i.id AND w.kind = 'cash_discount' AND w.reversed_at IS NULL), \
         (SELECT COUNT(*) FROM invoice_taxes t WHERE t.invoice_id = i.id) \
         FROM open_items o JOIN invoices i ON i.id = o.invoice_id WHERE o.invoice_id {in ids $1}",
    )
    .bind(sets::json(ids)?)
    .rows(connection)?;
    let found = |row: ItemRow| {
        let offers: Vec<Offer> = match (&row.cash_discount, row.discounted) {
            (Some(text), 0) => serde_json::from_str(text).map_err(Error::internal)?,
            _ => Vec::new(),
        };
        // Of what was credited nobody keeps a part.
        let left = row.gross_minor - row.credited_minor;
        let discount = |offer: &Offer| Discount {
            until: offer.until,
            taken_until: settings.taken_until(offer.until),
            percent_ppm: offer.percent_ppm,
            minor: part(left, offer.percent_ppm),
        };
        let item = Item {
            id: row.invoice_id,
            open_minor: row.open_minor,
            discounts: offers.iter().map(discount).filter(|one| one.minor > 0).collect(),
            slack_minor: row.rates.max(1),
        };
        let found = Found {
            account_id: row.account_id,
            number: row.number,
            gross_minor: row.gross_minor,
            item,
        };
        Ok((row.invoice_id, found))
    };
    rows.into_iter().map(found).collect()
}

/// What is left of the tax tables of these invoices: what they say less what was credited.
pub fn list_groups(connection: &mut Connection, ids: &[InvoiceId]) -> Result<HashMap<InvoiceId, Vec<TaxGroup>>> {
    let rows: Vec<(InvoiceId, String, i64, i64, i64)> = sql(
        "SELECT g.invoice_id, g.category, g.rate_ppm, CAST(SUM(g.base_minor) AS BIGINT), CAST(SUM(g.amount_minor) AS BIGINT) FROM (\
         SELECT t.invoice_id, t.category, t.rate_ppm, t.base_minor, t.amount_minor FROM invoice_taxes t \
         WHERE t.invoice_id {in ids $1} UNION ALL \
         SELECT c.invoice_id, t.category, t.rate_ppm, -t.base_minor, -t.amount_minor FROM credit_note_taxes t \
         JOIN credit_notes c ON c.id = t.credit_note_id WHERE c.invoice_id {in ids $1}) g \
         GROUP BY g.invoice_id, g.category, g.rate_ppm ORDER BY g.invoice_id, g.category, g.rate_ppm DESC",
    )
    .bind(sets::json(ids)?)
    .rows(connection)?;
    let mut groups: HashMap<InvoiceId, Vec<TaxGroup>> = HashMap::new();
    for (id, category, rate_ppm, base_minor, amount_minor) in rows {
        groups.entry(id).or_default().push(TaxGroup {
            treatment: Treatment { category, rate_ppm },
            base_minor,
            amount_minor,
        });
    }
    Ok(groups)
}

impl Settings {
    /// What of a currency is given up.
    pub fn tolerance(&self, currency: Currency) -> Tolerance {
        let limit = self.limits.iter().find(|limit| limit.currency == currency);
        Tolerance {
            max_minor: limit.map_or(0, |limit| limit.max_minor),
            max_ppm: self.tolerance_ppm,
        }
    }
}
