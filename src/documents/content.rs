//! A paper as its template reads it: `paper.json` and `lines.json`, with every number, date and unit written out in
//! the reader's language. Nothing of it is ever markup, so a product's name may hold any letter. Every text may be
//! missing (null). An amount has no currency, which stands once in `currency`.

mod contracts;
mod deliveries;
mod orders;
mod reminders;
mod returns;
mod slips;
mod statements;

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::paper::{
    Amount, Article, CreditNote, Discount, Document, Invoice, InvoiceLine, Paper, Price, Tax, TaxGroup, Totals,
};
use super::{epc, swiss};
use crate::languages::Language;
use crate::money::{Currency, Money};
use crate::parties::{Address, Buyer, Seller};
use crate::quantity::Quantity;
use crate::values::references;

/// What the templates call things; the keys of the texts without `paper-`, with `_` for `-`.
const LABELS: &[&str] = &[
    "amount",
    "article",
    "balance",
    "base-quantity",
    "bic",
    "buyer",
    "charged",
    "contents",
    "date",
    "date-and-signature",
    "delivered",
    "due",
    "due-date",
    "email",
    "gross-total",
    "iban",
    "invoice",
    "invoice-date",
    "late",
    "location",
    "net",
    "net-total",
    "open-by-age",
    "open",
    "order",
    "ordered",
    "our-number",
    "package",
    "packages",
    "paid",
    "pay-by-code",
    "payment-reference",
    "phone",
    "po-number",
    "position",
    "price",
    "promised",
    "quantity",
    "put-into-parcel",
    "sender-of-return",
    "received-intact",
    "remark",
    "reminder-total",
    "ship-to",
    "sscc",
    "tax",
    "tax-base",
    "tax-total",
    "vat-id",
    "your-number",
];

/// Countries that write the postal code behind the town.
const POSTAL_CODE_LAST: &[&str] = &["AU", "BR", "CA", "GB", "IE", "IN", "NZ", "SG", "US"];

/// What a template reads. The lines lie apart: the typesetter hashes what a function is given, at every call.
#[derive(Debug)]
pub struct Content {
    /// `paper.json`
    pub paper: Value,
    /// `lines.json`
    pub lines: Value,
}

/// The paper as its template reads it.
#[expect(clippy::indexing_slicing, reason = "a member of a JSON object")]
pub fn content(paper: &Paper) -> Content {
    let text = |key: &str| paper.language.text(key);
    let mut data = match &paper.document {
        Document::Invoice(invoice) => of_invoice(invoice, paper.language),
        Document::CreditNote(credit) => of_credit_note(credit, paper.language),
        Document::OrderConfirmation(order) => orders::of_order(order, paper.language),
        Document::DeliveryNote(note) => deliveries::of_delivery(note, paper.language),
        Document::Statement(statement) => statements::of_statement(statement, paper.language),
        Document::ReturnLabel(label) => returns::of_return(label, paper.language),
        Document::Reminder(reminder) => reminders::of_reminder(reminder, paper.language),
        Document::PackageLabels(labels) => deliveries::of_labels(labels, paper.language),
        Document::Contract(contract) => contracts::of_contract(contract, paper.language),
        Document::PickList(list) => deliveries::of_pick_list(list, paper.language),
    };
    let labels: Map<_, _> = LABELS
        .iter()
        .map(|name| (name.replace('-', "_"), text(&format!("paper-{name}")).into()))
        .collect();
    // The template counts the pages.
    let page = [("page", "@page".into()), ("pages", "@pages".into())];
    let lines = data["lines"].take();
    let shared = json!({
        "language": paper.language.name(),
        "labels": labels,
        "page": paper.language.text_with("paper-page", &page),
        "seller": seller(paper.seller(), paper.language),
        "widest": widest(&lines),
    });
    if let (Some(data), Value::Object(shared)) = (data.as_object_mut(), shared) {
        data.extend(shared);
        data.remove("lines");
    }
    Content { paper: data, lines }
}

fn of_invoice(invoice: &Invoice, language: Language) -> Value {
    let mut facts = Facts::new(language);
    facts.add("invoice-number", Some(invoice.number.clone()));
    facts.add("invoice-date", Some(language.date(invoice.issued_on)));
    let correcting = invoice.correcting.as_ref();
    facts.add(
        "preceding-invoice",
        correcting.map(|one| {
            let words = [
                ("number", one.number.clone().into()),
                ("date", language.date(one.issued_on).into()),
            ];
            language.text_with("paper-number-of-day", &words)
        }),
    );
    facts.add("delivery-date", invoice.delivered_on.map(|day| language.date(day)));
    facts.add("po-number", Some(invoice.po_number.clone()));
    facts.add("order-number", Some(invoice.order_number.clone()));
    facts.add("delivery-note-number", invoice.shipment_number.clone());
    facts.add("due-date", Some(language.date(invoice.due_on)));
    facts.add("your-vat-id", invoice.buyer.vat_id.clone());
    let mandate = invoice.buyer.mandate.as_ref();
    facts.add("mandate", mandate.map(|mandate| mandate.reference.clone()));
    let lines = invoice.lines.iter().map(|line| of_invoice_line(line, language));
    let reference = references::of_payment(invoice.seller.iban.as_deref(), &invoice.number);
    let gross = invoice.totals.gross;
    // Nobody scans a code to pay what is collected.
    let bill = gross
        .filter(|_| mandate.is_none())
        .and_then(|gross| swiss::bill(&invoice.seller, &invoice.buyer, gross, &invoice.number));
    // Two codes of one payment would be paid twice.
    let code = gross
        .filter(|_| mandate.is_none() && bill.is_none())
        .zip(reference.as_deref().filter(|reference| reference.starts_with("RF")))
        .and_then(|(gross, reference)| {
            let payload = epc::payload(&invoice.seller, gross, reference)?;
            epc::code(&payload)
        });
    json!({
        "title": language.text(match correcting {
            None => "paper-invoice",
            Some(one) if one.is_difference => "paper-invoice-difference",
            Some(_) => "paper-invoice-corrected",
        }),
        "number": invoice.number,
        "note": correcting.and_then(|one| one.note.clone()),
        "facts": facts.0,
        "recipient": recipient(&invoice.buyer, &invoice.seller, language),
        "ship_to": one_line(&invoice.ship_to, language),
        "currency": invoice.currency.code(),
        "lines": lines.collect::<Vec<_>>(),
        "totals": of_totals(&invoice.totals, language),
        "payment": payment(invoice, language),
        "payment_reference": reference.as_deref().map(references::printed),
        "pay_code": code.map(|code| json!({ "size": code.size, "runs": code.runs })),
        "swiss": bill.and_then(|bill| slips::of_bill(&bill, language)),
    })
}

fn of_credit_note(credit: &CreditNote, language: Language) -> Value {
    let mut facts = Facts::new(language);
    for (key, text) in [
        ("credit-note-number", credit.number.clone()),
        ("credit-note-date", language.date(credit.issued_on)),
        ("invoice-number", credit.invoice_number.clone()),
        ("invoice-date", language.date(credit.invoice_issued_on)),
        ("po-number", credit.po_number.clone()),
        ("order-number", credit.order_number.clone()),
        ("credit-reason", credit.reason.clone()),
    ] {
        facts.add(key, Some(text));
    }
    facts.add("your-vat-id", credit.buyer.vat_id.clone());
    let lines = credit.lines.iter().map(|line| of_invoice_line(line, language));
    json!({
        "title": language.text("paper-credit-note"),
        "number": credit.number,
        "facts": facts.0,
        "recipient": recipient(&credit.buyer, &credit.seller, language),
        "note": credit.note,
        "currency": credit.currency.code(),
        "lines": lines.collect::<Vec<_>>(),
        "totals": of_totals(&credit.totals, language),
    })
}

fn payment(invoice: &Invoice, language: Language) -> String {
    let due = (invoice.due_on, invoice.payment_terms_days);
    let stated = references::stated(invoice.seller.iban.as_deref(), &invoice.number);
    payment_text(due, &stated, &invoice.discounts, language)
}

/// When and how to pay: first what may be paid less and until when, then by which day all of it.
pub fn payment_text(
    (due_on, days): (NaiveDate, i32),
    number: &str,
    discounts: &[Discount],
    language: Language,
) -> String {
    let money = |money: Money| format!("{}\u{a0}{}", language.amount(money), money.currency.code());
    let discount = |one: &Discount| {
        language.text_with(
            "paper-cash-discount",
            &[
                ("date", language.date(one.until).into()),
                ("percent", language.percent(one.percent_ppm).into()),
                ("pay", money(one.pay).into()),
                ("less", money(one.less).into()),
            ],
        )
    };
    let mut texts: Vec<String> = discounts.iter().map(discount).collect();
    texts.push(language.text_with(
        if days == 0 { "paper-pay-at-once" } else { "paper-pay-by" },
        &[
            ("date", language.date(due_on).into()),
            ("days", days.into()),
            ("number", number.to_owned().into()),
        ],
    ));
    texts.join(" ")
}

fn of_invoice_line(line: &InvoiceLine, language: Language) -> Value {
    let (quantity, base_quantity) = of_amount(&line.amount, language);
    let (price, price_per) = of_price(&line.price, line.net.currency, language);
    json!({
        "position": line.position.to_string(),
        "article": with_steps(of_article(&line.article), line, language),
        "quantity": quantity,
        "base_quantity": base_quantity,
        "price": price,
        "price_per": price_per,
        "tax": line.tax.as_ref().map(|tax| of_tax(tax, language)),
        "net": language.amount(line.net),
    })
}

/// The article with how its line comes to its net, a line of text for each step.
fn with_steps(mut article: Value, line: &InvoiceLine, language: Language) -> Value {
    let Some(steps) = &line.steps else { return article };
    let mut told = Vec::new();
    if steps.is_graduated || !steps.discounts.is_empty() {
        let key = match steps.is_graduated {
            true => "paper-graduated",
            false => "paper-before-discounts",
        };
        told.push(language.text_with(key, &[("amount", language.amount(steps.gross).into())]));
    }
    for (name, percent, amount) in &steps.discounts {
        let name = match percent {
            Some(percent) => format!("{name} {}\u{a0}%", language.decimal(percent)),
            None => name.clone(),
        };
        told.push(format!("{name}: {}", language.amount(*amount)));
    }
    if let Some(article) = article.as_object_mut() {
        article.insert("steps".to_owned(), json!(told));
    }
    article
}

fn of_article(article: &Article) -> Value {
    json!({
        "name": article.name,
        "your_number": article.customer_part_number,
        "our_number": article.sku,
        "gtin": article.gtin,
    })
}

/// In the ordered unit, and in base units where those are others.
fn of_amount(amount: &Amount, language: Language) -> (String, Option<String>) {
    let is_base = amount.unit_code == amount.base_unit && amount.quantity == amount.base_quantity;
    let base = || with_unit(amount.base_quantity, &amount.base_unit, language);
    (
        with_unit(amount.quantity, &amount.unit_code, language),
        (!is_base).then(base),
    )
}

fn with_unit(quantity: Quantity, unit_code: &str, language: Language) -> String {
    format!("{} {}", language.quantity(quantity), language.unit(unit_code, quantity))
}

/// The price, and what it buys: `7.333` and `100 pieces`, `4.50` and `carton`.
fn of_price(price: &Price, currency: Currency, language: Language) -> (String, String) {
    let base = Quantity::new(price.base.into(), 0);
    let unit = language.unit(&price.unit_code, base);
    let per = match price.base {
        1 => unit,
        _ => format!("{} {unit}", language.quantity(base)),
    };
    (language.price(price.price, currency.exponent()), per)
}

/// The rate; with its category where the rate alone does not tell why.
fn of_tax(tax: &Tax, language: Language) -> String {
    let rate = language.percent(tax.rate_ppm);
    match tax.category.as_str() {
        "S" | "AA" => rate,
        category => format!("{rate} {category}"),
    }
}

fn of_totals(totals: &Totals, language: Language) -> Value {
    let amount = |money: Option<Money>| money.map(|money| language.amount(money));
    let group = |group: &TaxGroup| {
        json!({
            "tax": of_tax(&group.tax, language),
            "category": group.tax.category,
            "base": language.amount(group.base),
            "amount": language.amount(group.amount),
            "reason": group.reason.as_ref().map(|reason| &reason.text),
            "reason_code": group.reason.as_ref().and_then(|reason| reason.code.as_ref()),
        })
    };
    json!({
        "net": language.amount(totals.net),
        "taxes": totals.taxes.iter().map(group).collect::<Vec<_>>(),
        "tax": amount(totals.tax),
        "gross": amount(totals.gross),
    })
}

fn seller(seller: &Seller, language: Language) -> Value {
    // The bank's country is in the IBAN; an address abroad names its own.
    json!({
        "name": seller.address.name,
        "address": address(&seller.address, None, language),
        "sender": sender(&seller.address),
        "vat_id": seller.vat_id,
        "email": seller.email,
        "phone": seller.phone,
        "iban": seller.iban.as_deref().map(grouped),
        "bic": seller.bic,
    })
}

/// An IBAN as it is printed, in groups of four.
fn grouped(iban: &str) -> String {
    let digits: Vec<char> = iban.chars().filter(|c| !c.is_whitespace()).collect();
    let groups: Vec<String> = digits.chunks(4).map(String::from_iter).collect();
    groups.join("\u{a0}")
}

/// The line of small print above the address.
fn sender(address: &Address) -> String {
    let parts = [Some(address.name.clone()), address.street.clone(), place(address)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn recipient(buyer: &Buyer, seller: &Seller, language: Language) -> Vec<String> {
    address(&buyer.address, seller.address.country(), language)
}

/// The lines of an address; with its country, in capitals as the posts want it, where that is not `home`.
fn address(address: &Address, home: Option<&str>, language: Language) -> Vec<String> {
    let abroad = address.country().filter(|country| Some(*country) != home);
    let country = abroad.map(|code| match home {
        Some(_) => language.country(code).to_uppercase(),
        None => language.country(code),
    });
    let lines = [
        Some(address.name.clone()),
        address.street.clone(),
        place(address),
        country,
    ];
    lines.into_iter().flatten().collect()
}

fn one_line(of: &Address, language: Language) -> String {
    address(of, None, language).join(", ")
}

/// Town and postal code as the country writes them.
fn place(address: &Address) -> Option<String> {
    let is_last = address
        .country()
        .is_some_and(|country| POSTAL_CODE_LAST.contains(&country));
    let (city, code) = (address.city.as_deref(), address.postal_code.as_deref());
    let parts = if is_last { [city, code] } else { [code, city] };
    let place = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    (!place.is_empty()).then_some(place)
}

/// Label and value pairs, those without a value left out.
struct Facts(Vec<Value>, Language);

impl Facts {
    fn new(language: Language) -> Self {
        Self(Vec::new(), language)
    }

    fn add(&mut self, name: &str, value: Option<String>) {
        if let Some(value) = value {
            let label = self.1.text(&format!("paper-{name}"));
            self.0.push(json!({ "name": name, "label": label, "value": value }));
        }
    }
}

/// Letters of the longest number in each column: measuring every cell is the slow part of a long table.
fn widest(lines: &Value) -> Value {
    const COLUMNS: [&str; 5] = ["position", "quantity", "base_quantity", "price", "net"];
    let lines = lines.as_array().map(Vec::as_slice).unwrap_or_default();
    let longest = |name: &str| {
        // The unit behind a quantity may stand on a line of its own.
        let numbers = lines
            .iter()
            .filter_map(|line| line[name].as_str()?.split_whitespace().next());
        numbers.map(|number| number.chars().count()).max().unwrap_or_default()
    };
    COLUMNS.into_iter().map(|name| (name, longest(name))).collect()
}

#[cfg(test)]
mod tests;
