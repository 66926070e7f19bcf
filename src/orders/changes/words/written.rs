//! What is typed into the form for a change: read into a request, and shown again as it was typed.

use crate::catalogue::words::amount;
use crate::error::Error;
use crate::orders::changes::naming::TypedLine;
use crate::orders::changes::rules::{AskedLine, Request};
use crate::orders::rules::{Order, OrderClass, OrderLine};
use crate::orders::words;
use crate::sentences::Value;
use crate::typed::to_type;
use crate::web::{Area, Form, Shell};

/// Quantities that can be ordered, at the places where others were refused.
#[derive(Debug, Default)]
pub(super) struct Fitting(Vec<(String, Vec<String>)>);

impl Fitting {
    /// What a refusal offers.
    pub(super) fn of(error: &Error) -> Self {
        let Error::Invalid(faults) = error else {
            return Self::default();
        };
        let offered = faults.iter().map(|fault| {
            let near = |wanted: &str| {
                let mut values = fault.detail.values();
                values.find_map(|(name, value)| match value {
                    Value::Number(number) if name == wanted => Some(number.to_string()),
                    Value::Decimal(number) if name == wanted => Some(number.clone()),
                    _ => None,
                })
            };
            let place = fault.pointer.trim_start_matches('/').to_owned();
            (place, ["lower", "upper"].into_iter().filter_map(near).collect())
        });
        Self(offered.collect())
    }

    /// Value and text of the buttons that set a field to what fits.
    fn buttons(&self, shell: &Shell, place: &str, field: &str) -> Vec<(String, String)> {
        let offered = self.0.iter().filter(|(known, _)| known == place);
        let offered = offered.flat_map(|(_, quantities)| quantities);
        let button = |quantity: &String| {
            let typed = to_type(shell.language, quantity);
            let shown = shell.language.decimal(quantity);
            (
                format!("set:{field}:{typed}"),
                shell.t1("draft-set-to", "quantity", shown),
            )
        };
        offered.map(button).collect()
    }
}

/// Rows for lines that are added.
pub(super) const ADDED: usize = 5;

/// A line that may be more, less or gone.
pub(super) struct Row {
    pub(super) position: i32,
    pub(super) article: String,
    pub(super) name: String,
    pub(super) ordered: String,
    pub(super) price: String,
    /// What of it has left or was called off.
    pub(super) left: String,
    pub(super) value: String,
    pub(super) is_removed: bool,
    pub(super) place: String,
    /// Value and text of buttons that set it to what fits.
    pub(super) fitting: Vec<(String, String)>,
}

/// A row for a line that is added.
pub(super) struct AddedRow {
    pub(super) number: usize,
    pub(super) article: String,
    pub(super) unit: String,
    pub(super) quantity: String,
    pub(super) fault: String,
    pub(super) place: String,
    pub(super) fitting: Vec<(String, String)>,
}

/// What is typed, and where what is said of each line stands: `3` for line 3, `add-1` for the first that is added.
pub(super) struct Written {
    pub(super) request: Request,
    pub(super) typed: Vec<TypedLine>,
    pub(super) places: Vec<String>,
}

/// Reads what is typed; notes at the form what can't be read.
pub(super) fn written(order: &Order, form: &mut Form) -> Written {
    let (mut request, mut places) = (Request::default(), Vec::new());
    for line in &order.lines {
        let name = format!("quantity-{}", line.position);
        if !form.fields().has(&name) {
            continue;
        }
        let quantity = match form.fields().has(&format!("remove-{}", line.position)) {
            true => None,
            false => {
                let typed = form.value(&name).to_owned();
                let at = format!("lines/{}/quantity", places.len());
                let Some(quantity) = form.quantity_at(&at, &typed) else {
                    places.push(line.position.to_string());
                    continue;
                };
                if line.parse_part(&quantity).is_ok_and(|part| part == line.quantity) {
                    continue;
                }
                Some(quantity)
            }
        };
        places.push(line.position.to_string());
        request.lines.push(AskedLine::Set {
            line: Some(line.id),
            quantity,
        });
    }
    let mut typed = Vec::new();
    for number in 1..=ADDED {
        let value = |what: &str| form.value(&format!("add-{what}-{number}")).trim().to_owned();
        let (article, unit, quantity) = (value("article"), value("unit"), value("quantity"));
        if article.is_empty() && quantity.is_empty() {
            continue;
        }
        let at = format!("lines/{}/quantity", places.len());
        places.push(format!("add-{number}"));
        if let Some(quantity) = form.quantity_at(&at, &quantity) {
            typed.push(TypedLine {
                article,
                unit,
                quantity,
            });
        }
    }
    if form.fields().has("ship_to") {
        request.ship_to = Some(form.value("ship_to").to_owned()).filter(|code| *code != order.ship_to);
        let class = OrderClass::from_name(form.value("order_class"));
        request.order_class = class.filter(|class| *class != order.order_class);
        if let Some(day) = form.optional_day("requested_date") {
            request.requested_on = (day != order.requested_on).then_some(day);
        }
        let note = Some(form.text("note").trim().to_owned()).filter(|note| !note.is_empty());
        request.note = (note != order.texts.note).then_some(note);
    }
    Written { request, typed, places }
}

/// Where the faults of a line stand: its place among those that were written.
fn place_of(places: &[String], own: &str) -> Option<usize> {
    places.iter().position(|place| place == own)
}

pub(super) fn row(
    shell: &Shell,
    order: &Order,
    line: &OrderLine,
    form: &Form,
    (places, fitting): (&[String], &Fitting),
) -> Row {
    let name = format!("quantity-{}", line.position);
    let place = place_of(places, &line.position.to_string());
    let place = place.map_or_else(String::new, |place| format!("lines/{place}/quantity"));
    let gone = line.part(line.shipped + line.cancelled).ordered;
    Row {
        position: line.position,
        article: match (&line.customer_part_number, shell.area == Area::Desk) {
            (Some(own), false) => own.clone(),
            _ => line.sku.clone(),
        },
        name: line.name.clone(),
        ordered: amount(shell.language, line.quantity.ordered, &line.unit_code),
        price: words::price(shell.language, line, order.currency),
        left: match gone.steps {
            0 => String::new(),
            _ => shell.t1("change-left", "quantity", amount(shell.language, gone, &line.unit_code)),
        },
        value: match form.fields().has(&name) {
            true => form.value(&name).to_owned(),
            false => to_type(shell.language, &line.quantity.ordered.to_string()),
        },
        is_removed: form.fields().has(&format!("remove-{}", line.position)),
        fitting: fitting.buttons(shell, &place, &name),
        place,
    }
}

pub(super) fn added_row(
    shell: &Shell,
    number: usize,
    form: &Form,
    (places, fitting): (&[String], &Fitting),
) -> AddedRow {
    let value = |what: &str| form.value(&format!("add-{what}-{number}")).to_owned();
    let place = place_of(places, &format!("add-{number}"));
    let fault = place.map(|place| {
        let ends = ["/sku", "/product_id", "/gtin", "/unit", "/quantity", ""];
        let faults = ends.iter().map(|end| form.fault(&format!("lines/{place}{end}")));
        faults.filter(|fault| !fault.is_empty()).collect::<Vec<_>>().join(" ")
    });
    let fault = fault.unwrap_or_default();
    let at = place.map_or_else(String::new, |place| format!("lines/{place}/quantity"));
    AddedRow {
        fitting: fitting.buttons(shell, &at, &format!("add-quantity-{number}")),
        number,
        article: value("article"),
        unit: value("unit"),
        quantity: value("quantity"),
        place: match fault.is_empty() {
            true => String::new(),
            false => format!("add-{number}"),
        },
        fault,
    }
}
