//! What several letters about orders say alike.

use chrono::NaiveDate;

use crate::languages::Argument;
use crate::mail::letter::{Fact, LINES_MAX, Letter, Line, Lines, Link};
use crate::mail::writing::Writing;
use crate::orders::rules::order::LinePromise;
use crate::orders::rules::promise::{Arrival, Outstanding};
use crate::orders::rules::{Order, OrderClass, OrderLine};

/// A letter about an order that links to it and hangs with its other mails.
pub fn about(writing: &Writing, order: &Order) -> Letter {
    let number = order.number.to_string();
    Letter {
        link: Some(Link {
            label: writing.text_with("mail-order-link", &[("number", number.into())]),
            url: writing.link(&format!("/orders/{}", order.id)),
        }),
        thread: Some(order.id.to_string()),
        ..Letter::default()
    }
}

/// The sentence on when an order arrives.
pub const ARRIVAL: &str = "mail-arrival";

/// The text of what is still to leave of the order: `KEY-by` with the day,
/// `KEY-waiting` with the number of lines, or `KEY-gone`; of [`ARRIVAL`] also `KEY-expected` where some of it is expected.
pub fn by_arrival(writing: &Writing, key: &str, order: &Order) -> String {
    let own = |ending: &str, word: &[(&'static str, Argument<'_>)]| {
        of_order_with(writing, &format!("{key}-{ending}"), order, word)
    };
    match Outstanding::of(order).arrival() {
        Arrival::By(date) if key == ARRIVAL && order.lines.iter().any(|line| !line.expected.is_empty()) => {
            own("expected", &[("date", writing.day(date).into())])
        }
        Arrival::By(date) => own("by", &[("date", writing.day(date).into())]),
        Arrival::Waiting(lines) => own("waiting", &[("lines", lines.into())]),
        Arrival::Gone => own("gone", &[]),
    }
}

/// The text with the order's numbers filled in.
pub fn of_order(writing: &Writing, key: &str, order: &Order) -> String {
    of_order_with(writing, key, order, &[])
}

/// The same with more places.
pub fn of_order_with(writing: &Writing, key: &str, order: &Order, more: &[(&'static str, Argument<'_>)]) -> String {
    let number = order.number.to_string();
    let own = [("po", order.po_number.as_str().into()), ("number", number.into())];
    writing.text_with(key, &[own.as_slice(), more].concat())
}

/// The order's head as facts.
pub fn facts(writing: &Writing, order: &Order) -> Vec<Fact> {
    let class = match order.order_class {
        // What nobody chose needs no line.
        OrderClass::Standard => String::new(),
        class => writing.text(&format!("mail-class-{}", class.name())),
    };
    let money = |amount| writing.language.money(amount);
    let all = [
        writing.fact("word-own-number", &order.po_number),
        writing.fact("mail-fact-ship-to", &order.ship_to),
        writing.fact("word-urgency", class),
        writing.fact(
            "word-wanted-on",
            order.requested_on.map(|date| writing.day(date)).unwrap_or_default(),
        ),
        writing.fact("word-net", money(order.net)),
        writing.fact("mail-fact-gross", order.gross.map(money).unwrap_or_default()),
    ];
    let written = order.texts.written();
    let texts = written.filter_map(|(name, text)| writing.fact(&format!("order-text-{name}"), text));
    all.into_iter().flatten().chain(texts).collect()
}

/// Every line of the order with quantity, net and day.
pub fn order_lines(writing: &Writing, order: &Order) -> Lines {
    let row = |line: &OrderLine| Line {
        name: line.name.clone(),
        number: line.customer_part_number.clone().unwrap_or_else(|| line.sku.clone()),
        cells: vec![
            writing.quantity(line.quantity.ordered, &line.unit_code),
            writing.language.money(line.net),
            day_or_open(writing, line.promised_on),
        ],
    };
    lines(
        writing,
        &["word-quantity", "word-net", "mail-column-arrives"],
        order.lines.iter().map(row),
    )
}

/// A line that an event names; the account's own number goes before ours.
pub fn event_line(name: &str, sku: &str, customer_part_number: Option<&str>, cells: Vec<String>) -> Line {
    Line {
        name: name.to_owned(),
        number: customer_part_number.unwrap_or(sku).to_owned(),
        cells,
    }
}

/// As many lines as a mail shows, and the sentence that says how many more there are.
pub fn lines(writing: &Writing, columns: &[&str], rows: impl Iterator<Item = Line>) -> Lines {
    let mut rows: Vec<_> = rows.collect();
    let more = rows.len().saturating_sub(LINES_MAX);
    rows.truncate(LINES_MAX);
    Lines {
        item: writing.text("mail-column-article"),
        columns: columns.iter().map(|key| writing.text(key)).collect(),
        rows,
        more: (more > 0).then(|| writing.text_with("mail-more-lines", &[("count", more.into())])),
    }
}

/// When what of a line is still to leave arrives: on its day, or how much on which where that is not one.
pub fn days_of(writing: &Writing, line: &OrderLine) -> String {
    let promises = line.promises();
    let expected: i64 = line.expected.iter().map(|part| part.quantity).sum();
    let open = line.backordered - expected;
    if line.leaves_whole() || promises.is_empty() || (promises.len() == 1 && open == 0) {
        return day_or_open(writing, line.promised_on);
    }
    let quantity = |steps| writing.language.quantity(line.base_quantity(steps));
    let part = |promise: &LinePromise| {
        let words = [
            ("quantity", quantity(promise.quantity).into()),
            ("day", writing.day(promise.on).into()),
        ];
        writing.text_with("mail-part-on-day", &words)
    };
    let mut parts: Vec<_> = promises.iter().map(part).collect();
    if open > 0 {
        parts.push(writing.text_with("mail-part-open", &[("quantity", quantity(open).into())]));
    }
    parts.join(", ")
}

/// The day, or that there is none yet.
pub fn day_or_open(writing: &Writing, date: Option<NaiveDate>) -> String {
    date.map_or_else(|| writing.text("mail-no-day"), |date| writing.day(date))
}
