//! What the seller says to an order, as its template reads it.

use serde_json::{Value, json};

use super::{Facts, of_invoice_line, of_totals, one_line, recipient, with_unit};
use crate::documents::paper::{Decided, OrderConfirmation, OrderConfirmationLine, Standing};
use crate::languages::Language;

pub(super) fn of_order(order: &OrderConfirmation, language: Language) -> Value {
    let (title, remark) = match order.standing {
        Standing::Received => ("paper-order-received", Some("paper-order-received-remark")),
        Standing::OnHold => ("paper-order-received", Some("paper-order-on-hold-remark")),
        Standing::Confirmed => ("paper-order-confirmation", None),
        Standing::Cancelled => ("paper-order-cancelled", Some("paper-order-cancelled-remark")),
    };
    let terms = match order.payment_terms_days {
        0 => language.text("paper-terms-at-once"),
        days => language.text_with("paper-terms-days", &[("days", days.into())]),
    };
    let mut facts = Facts::new(language);
    facts.add("order-number", Some(order.number.clone()));
    facts.add("revision", order.revision.map(|revision| revision.to_string()));
    facts.add("order-date", Some(language.date(order.ordered_on)));
    facts.add("po-number", Some(order.po_number.clone()));
    facts.add("claim-number", order.claim_number.clone());
    facts.add("requested-date", order.requested_on.map(|day| language.date(day)));
    let class = format!("paper-order-class-{}", order.order_class);
    facts.add("order-class", Some(language.text(&class)));
    facts.add("what-is-not-there", decided(&order.decided, language));
    facts.add("called-off", order.cancelled.map(|money| language.money(money)));
    facts.add("payment-terms", Some(terms));
    facts.add("your-vat-id", order.buyer.vat_id.clone());
    let lines = order.lines.iter().map(|line| of_order_line(line, language));
    let texts = order
        .texts
        .iter()
        .map(|(name, text)| json!([language.text(&format!("paper-{name}")), text]));
    json!({
        "title": language.text(title),
        "number": order.number,
        "remark": remark.map(|key| language.text(key)),
        "facts": facts.0,
        "recipient": recipient(&order.buyer, &order.seller, language),
        "ship_to": one_line(&order.ship_to, language),
        "currency": order.currency.code(),
        "lines": lines.collect::<Vec<_>>(),
        "totals": of_totals(&order.totals, language),
        "texts": texts.collect::<Vec<_>>(),
    })
}

/// What the buyer decided, in phrases; nothing where it is what is usual.
fn decided(decided: &Decided, language: Language) -> Option<String> {
    let name = |set: &str, name: &str| language.text(&format!("paper-line-{set}-{}", name.replace('_', "-")));
    let delivery = decided.delivery.map(|delivery| name("delivery", delivery));
    let waits = match (decided.backorder, decided.cancel_after) {
        (_, Some(day)) => {
            let day = language.date(day);
            Some(language.text_with("paper-line-backorder-until", &[("day", day.into())]))
        }
        (Some(backorder), None) => Some(name("backorder", backorder)),
        (None, None) => None,
    };
    let said: Vec<_> = delivery.into_iter().chain(waits).collect();
    Some(said.join(", ")).filter(|text| !text.is_empty())
}

#[expect(clippy::indexing_slicing, reason = "a member of a JSON object")]
fn of_order_line(line: &OrderConfirmationLine, language: Language) -> Value {
    let mut data = of_invoice_line(&line.line, language);
    data["promised"] = match line.promised_on {
        Some(day) => language.date(day).into(),
        None => language.text("paper-promised-later").into(),
    };
    let numbered = |key: &str, number: i32| language.text_with(key, &[("number", number.into())]);
    let instead = line.instead_of.map(|number| numbered("paper-instead-of", number));
    let sent = line.sent_as.iter().map(|number| numbered("paper-sent-as", *number));
    let cancelled = line.cancelled.map(|quantity| {
        let quantity = with_unit(quantity, &line.line.amount.unit_code, language);
        language.text_with("paper-line-cancelled", &[("quantity", quantity.into())])
    });
    let said = [line.note.clone(), decided(&line.decided, language), instead, cancelled];
    let said: Vec<_> = said.into_iter().flatten().chain(sent).collect();
    data["note"] = Some(said.join(" · ")).filter(|text| !text.is_empty()).into();
    data
}
