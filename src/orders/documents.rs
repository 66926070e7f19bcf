//! An order as paper: what the supplier says to it, in the account's language.

use super::rules::choices::days_together;
use super::rules::{BackorderChoice, DeliveryChoice, Order, OrderLine, State};
use super::sentences;
use crate::accounts::parties::{self, Parties};
use crate::db::Connection;
use crate::documents::paper::{
    Amount, Article, Decided, Document, InvoiceLine, OrderConfirmation, OrderConfirmationLine, Paper, Price, Standing,
    Steps, Tax, TaxGroup, TaxReason, Totals,
};
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, OrderId};
use crate::languages::Language;
use crate::money::{Currency, Money};
use crate::pricing::rules::PriceSteps;
use crate::pricing::rules::discounts::DiscountKind;
use crate::tax::rules::tax_groups;

/// The confirmation of an order of the account, whatever has become of it.
pub fn confirmation(connection: &mut Connection, account_id: AccountId, id: OrderId) -> Result<Paper> {
    let order = days_together(super::get(connection, account_id, id)?);
    let parties = parties::load(connection, account_id, order.site_id)?;
    must_have_seller(&parties)?;
    let language = Language::from_locale(&parties.locale);
    Ok(Paper {
        language,
        xml: None,
        document: Document::OrderConfirmation(OrderConfirmation {
            number: order.number.to_string(),
            po_number: order.po_number.clone(),
            claim_number: order.claim.as_ref().map(|(_, number)| number.clone()),
            revision: (order.revision > 1).then_some(order.revision),
            ordered_on: order.placed_on,
            requested_on: order.requested_on,
            order_class: order.order_class.name(),
            standing: standing(order.state),
            texts: order
                .texts
                .written()
                .map(|(name, text)| (name, text.to_owned()))
                .collect(),
            decided: Decided {
                delivery: Some(order.choices.delivery)
                    .filter(|delivery| *delivery != DeliveryChoice::default())
                    .map(DeliveryChoice::name),
                backorder: Some(order.choices.backorder)
                    .filter(|backorder| *backorder != BackorderChoice::default())
                    .map(BackorderChoice::name),
                cancel_after: order.choices.cancel_after,
            },
            cancelled: (order.cancelled.minor > 0).then_some(order.cancelled),
            payment_terms_days: parties.payment_terms_days,
            seller: parties.seller,
            buyer: parties.buyer,
            ship_to: parties.ship_to,
            currency: order.currency,
            totals: totals(&order, language)?,
            lines: order.lines.iter().map(|one| line(&order, one)).collect(),
        }),
    })
}

/// Refuses papers of a supplier that has no name yet.
pub fn must_have_seller(parties: &Parties) -> Result<()> {
    if parties.seller.address.name.is_empty() {
        let detail = sentences::supplier_has_no_address();
        return Err(Error::conflict(Code::SupplierIncomplete, detail));
    }
    Ok(())
}

/// What the supplier says to an order in this state.
fn standing(state: State) -> Standing {
    match state {
        State::PendingApproval | State::Placed => Standing::Received,
        State::OnHold => Standing::OnHold,
        State::Accepted | State::PartlyShipped | State::Shipped | State::Delivered | State::Closed => {
            Standing::Confirmed
        }
        State::Cancelled | State::Rejected => Standing::Cancelled,
    }
}

/// The code of the unit a price is kept for: the ordered unit's, or the base unit's own.
pub fn price_unit_code(price_unit: &str, unit: &str, unit_code: &str) -> String {
    if price_unit == unit {
        unit_code.to_owned()
    } else {
        price_unit.to_owned()
    }
}

fn line(order: &Order, line: &OrderLine) -> OrderConfirmationLine {
    let price_unit = price_unit_code(&line.price_unit, &line.unit, &line.unit_code);
    // What is sent as something else is told by the line that is sent.
    let sent: i64 = order
        .sent_instead_of(line.id)
        .map(|(_, instead)| instead.quantity)
        .sum();
    let called_off = line.cancelled - sent;
    OrderConfirmationLine {
        promised_on: line.promised_on,
        note: line.note.clone(),
        decided: Decided {
            delivery: line.own.delivery.map(DeliveryChoice::name),
            backorder: line.own.backorder.map(BackorderChoice::name),
            cancel_after: line.own.cancel_after,
        },
        cancelled: (called_off > 0).then(|| line.part(called_off).ordered),
        instead_of: line.instead.and_then(|instead| {
            let other = order.lines.iter().find(|other| other.id == instead.line_id)?;
            Some(other.position)
        }),
        sent_as: order.sent_instead_of(line.id).map(|(sent, _)| sent.position).collect(),
        line: InvoiceLine {
            position: line.position,
            amount: Amount {
                quantity: line.quantity.ordered,
                base_quantity: line.base_quantity(line.quantity.base_steps),
                unit_code: line.unit_code.clone(),
                base_unit: line.base_unit.clone(),
            },
            price: Price {
                price: line.unit_price,
                base: line.price_base,
                unit_code: price_unit,
            },
            tax: line.treatment().map(|treatment| Tax {
                category: treatment.category,
                rate_ppm: treatment.rate_ppm,
            }),
            steps: line
                .explanation
                .whole_steps(line.net)
                .map(|steps| steps_on_paper(&steps, line.net.currency)),
            net: line.net,
            article: Article {
                name: line.name.clone(),
                customer_part_number: line.customer_part_number.clone(),
                sku: line.sku.clone(),
                gtin: None,
            },
        },
    }
}

/// How a line comes to its net, as papers tell it.
pub fn steps_on_paper(steps: &PriceSteps, currency: Currency) -> Steps {
    let amounts = steps.amounts(currency).unwrap_or_default();
    let discounts = steps.discounts.iter().zip(amounts).map(|(step, minor)| {
        let percent = (step.kind == DiscountKind::Percent).then(|| step.value.clone());
        (step.name.clone(), percent, Money::new(minor, currency))
    });
    Steps {
        is_graduated: steps.is_graduated,
        gross: Money::new(steps.gross_minor, currency),
        discounts: discounts.collect(),
    }
}

fn totals(order: &Order, language: Language) -> Result<Totals> {
    let taxed = order.lines.iter();
    let taxed = taxed.filter_map(|line| line.treatment().map(|treatment| (treatment, line.net.minor)));
    let groups = tax_groups(taxed).ok_or_else(|| Error::internal(format!("{}: its tax has no sum", order.id)))?;
    let money = |minor| Money::new(minor, order.currency);
    let group = |group: crate::tax::rules::TaxGroup| TaxGroup {
        reason: TaxReason::of(&group.treatment.category, language),
        base: money(group.base_minor),
        amount: money(group.amount_minor),
        tax: Tax {
            category: group.treatment.category,
            rate_ppm: group.treatment.rate_ppm,
        },
    };
    Ok(Totals {
        net: order.net,
        taxes: groups.into_iter().map(group).collect(),
        tax: order.tax,
        gross: order.gross,
    })
}
