//! Loads the terms of an account.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::Terms;
use crate::accounts::choices::rules::UsualChoices;
use crate::accounts::credit::rules::{CreditCheck, CreditTerms, GroupLimit, InsuranceRule, Insured};
use crate::accounts::rules::Tier;
use crate::clock::Timestamp;
use crate::db::{Connection, select};
use crate::error::{Error, Result};
use crate::ids::AccountId;
use crate::money::{Currency, Money};
use crate::names::sets::{BackorderChoice, DeliveryChoice, PriceStrategy};
use crate::row;

row! {
    struct TermsRow from "accounts a LEFT JOIN supplier s ON s.id = 1 LEFT JOIN account_reminders r ON r.account_id = a.id \
        JOIN credit_settings d ON d.id = 1 LEFT JOIN account_credits c ON c.account_id = a.id \
        LEFT JOIN account_credits g ON g.account_id = COALESCE(c.parent_id, a.id)" {
        code: String = "a.code",
        currency: Currency = "a.currency",
        tier: Tier = "a.tier",
        limit_minor: Option<i64> = "a.credit_limit_minor",
        vat_id: Option<String> = "CASE WHEN a.vat_check <> 'invalid' THEN a.vat_id END",
        supplier_country: Option<String> = "s.country",
        supplier_zone: Option<String> = "s.time_zone",
        held_since: Option<Timestamp> = "r.held_since",
        has_calendars: bool = "EXISTS (SELECT 1 FROM calendars k WHERE k.code > '') \
            OR EXISTS (SELECT 1 FROM delivery_windows v WHERE v.site_id > 0)",
        expects_goods: bool = "EXISTS (SELECT 1 FROM expected_receipts e WHERE e.state = {expected_receipt_state open} AND e.product_id > 0)",
        has_substitutes: bool = "EXISTS (SELECT 1 FROM substitutes u WHERE u.id > 0)",
        delivery: DeliveryChoice = "a.delivery",
        backorder: BackorderChoice = "a.backorder",
        cancel_after_days: Option<i32> = "a.cancel_after_days",
        zone: String = "a.time_zone",
        insured_minor: Option<i64> = "c.insured_minor",
        insured_until: Option<NaiveDate> = "c.insured_until",
        insurance: InsuranceRule = "COALESCE(c.insurance, d.insurance)",
        at_order: CreditCheck = "COALESCE(c.check_order, d.check_order)",
        at_acceptance: CreditCheck = "COALESCE(c.check_acceptance, d.check_acceptance)",
        at_shipment: CreditCheck = "COALESCE(c.check_shipment, d.check_shipment)",
        group_root: Option<AccountId> = "g.account_id",
        group_minor: Option<i64> = "g.group_limit_minor",
        price_strategy: PriceStrategy = "a.price_strategy",
        order_minimum_minor: Option<i64> = "(SELECT o.minimum_minor FROM order_minimums o WHERE o.account_id = a.id)",
        has_discounts: bool = "EXISTS (SELECT 1 FROM discounts n WHERE n.account_id = a.id) \
            OR EXISTS (SELECT 1 FROM discounts m WHERE m.account_id IS NULL)",
    }
}

/// The terms of an account that exists: one statement.
pub fn load(connection: &mut Connection, account_id: AccountId) -> Result<Terms> {
    let row: TermsRow = select::<TermsRow>("WHERE a.id = $1").bind(account_id).one(connection)?;
    let supplier_zone = match row.supplier_zone {
        Some(name) => name.parse::<Tz>().map_err(Error::internal)?,
        None => Tz::UTC,
    };
    let insured = row.insured_minor.map(|minor| Insured {
        minor,
        until: row.insured_until,
    });
    let group = row.group_root.zip(row.group_minor);
    Ok(Terms {
        account_id,
        credit_limit: row.limit_minor.map(|minor| Money::new(minor, row.currency)),
        credit: CreditTerms {
            insured,
            insurance: row.insurance,
            at_order: row.at_order,
            at_acceptance: row.at_acceptance,
            at_shipment: row.at_shipment,
            group: group.map(|(root, minor)| GroupLimit { root, minor }),
        },
        code: row.code,
        currency: row.currency,
        tier: row.tier,
        vat_id: row.vat_id,
        supplier_country: row.supplier_country,
        supplier_zone,
        zone: row.zone.parse::<Tz>().map_err(Error::internal)?,
        orders_held: row.held_since.is_some(),
        has_calendars: row.has_calendars,
        expects_goods: row.expects_goods,
        has_substitutes: row.has_substitutes,
        usual: UsualChoices {
            delivery: row.delivery,
            backorder: row.backorder,
            cancel_after_days: row.cancel_after_days,
        },
        price_strategy: row.price_strategy,
        order_minimum: row.order_minimum_minor.map(|minor| Money::new(minor, row.currency)),
        has_discounts: row.has_discounts,
    })
}
