//! The prices of a list: found, added, changed in place.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::by_field;
use super::lists::{for_whom, kind_chip, path_of};
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, FieldError, Result};
use crate::http::{Page, PathId};
use crate::identity::caller::{Desk, MayReadDesk, MaySetPrices};
use crate::ids::{PriceId, PriceListId};
use crate::pricing::editing::{self, Edit, Outcome, Values};
use crate::pricing::rules::PRICE_BASES;
use crate::pricing::rules::keeping::{KeptList, KeptPrice};
use crate::pricing::view::kept::{number, priced_unit, span, typed, typed_price, validity_chip};
use crate::state::AppState;
use crate::web::{Banner, Chip, Fields, Pager, Shell, Tone, see_other};

/// The fields of a row that can be changed in place, called as the columns of the import file.
const CHANGEABLE: [&str; 5] = ["min_quantity", "price", "price_base", "valid_from", "valid_to"];
/// The fields of a new row.
const NEW: [&str; 7] = [
    "sku",
    "unit",
    "min_quantity",
    "price",
    "price_base",
    "valid_from",
    "valid_to",
];
/// Between what the fields of a row showed.
const BETWEEN: &str = "|";

/// Which rows to show.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    cursor: Option<String>,
}

impl Asked {
    fn of(fields: &Fields) -> Self {
        Self {
            q: fields.get("q").to_owned(),
            cursor: fields.filled("cursor").map(str::to_owned),
        }
    }

    fn query(&self) -> [(&str, &str); 2] {
        [("q", &self.q), ("cursor", self.cursor.as_deref().unwrap_or_default())]
    }
}

#[derive(Template)]
#[template(path = "pricing/templates/price_list.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    may_edit: bool,
    list: &'a KeptList,
    kind: Chip,
    for_whom: String,
    span: String,
    validity: Chip,
    count: String,
    asked: &'a Asked,
    banner: Option<Banner>,
    /// What was typed into the form of a new row.
    new: HashMap<&'static str, String>,
    new_faults: HashMap<String, String>,
    bases: Vec<String>,
    rows: Vec<Row>,
    pager: Pager,
}

impl ListPage<'_> {
    fn new_value(&self, field: &str) -> &str {
        self.new.get(field).map_or("", String::as_str)
    }

    fn is_new_base(&self, base: &str) -> bool {
        self.new_value("price_base") == base
    }

    fn new_fault(&self, field: &str) -> &str {
        self.new_faults.get(field).map_or("", String::as_str)
    }
}

/// A row of the table.
struct Row {
    id: PriceId,
    sku: String,
    name: String,
    unit: String,
    base_unit: String,
    /// What the fields show, in the order of [`CHANGEABLE`].
    shown: [String; 5],
    /// What they showed when the row was read.
    was: String,
    seen: i64,
    /// Faults by field, in the same order.
    faults: [String; 5],
    price_text: String,
    span: String,
    validity: Chip,
    is_wrong: bool,
}

impl Row {
    fn has_base(&self, base: &str) -> bool {
        let [_, _, shown, ..] = &self.shown;
        shown == base
    }
}

fn shown(shell: &Shell, price: &KeptPrice) -> [String; 5] {
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    [
        typed(shell.language, &price.min_quantity.to_string()),
        typed_price(shell.language, price.price, price.currency.exponent()),
        price.price_base.to_string(),
        day(price.validity.from),
        day(price.validity.to),
    ]
}

fn row(shell: &Shell, price: KeptPrice, typed_row: Option<(&[String; 5], &[FieldError])>) -> Row {
    let shown = shown(shell, &price);
    let was = shown.join(BETWEEN);
    let text = shell.language.price(price.price, price.currency.exponent());
    let price_text = match price.price_base {
        1 => text,
        base => shell.t2("price-per", "price", text, "base", base),
    };
    let mut faults: [String; 5] = Default::default();
    if let Some((_, found)) = typed_row {
        let mut by_field = by_field(shell, found);
        for (fault, field) in faults.iter_mut().zip(CHANGEABLE) {
            *fault = by_field.remove(field).unwrap_or_default();
        }
        // A fault of the whole row stands at its price.
        let rest: Vec<_> = by_field.into_values().collect();
        if let [_, at_price, ..] = &mut faults
            && !rest.is_empty()
        {
            *at_price = [at_price.clone(), rest.join(" ")].join(" ").trim().to_owned();
        }
    }
    Row {
        id: price.id,
        seen: editing::price_version(&price),
        was,
        shown: typed_row.map_or(shown, |(typed, _)| typed.clone()),
        faults,
        price_text,
        span: span(shell, price.validity),
        validity: validity_chip(shell, price.validity),
        is_wrong: typed_row.is_some(),
        unit: priced_unit(shell, &price),
        base_unit: shell.language.unit(&price.base_unit, price.min_quantity),
        sku: price.sku,
        name: price.name,
    }
}

/// What a form was sent with, to be shown again.
#[derive(Default)]
struct Sent {
    banner: Option<Banner>,
    new: HashMap<&'static str, String>,
    new_faults: Vec<FieldError>,
    typed: HashMap<PriceId, [String; 5]>,
    faults: HashMap<PriceId, Vec<FieldError>>,
}

async fn show(
    state: &AppState,
    desk: (&Shell, bool),
    id: PriceListId,
    asked: &Asked,
    sent: Sent,
) -> Result<HttpResponse> {
    let (shell, may_edit) = desk;
    let page = Page::shown(asked.cursor.clone());
    let filter = ("desk-prices", id, asked.q.as_str());
    let (after, fetch, text) = (page.after(&filter)?, page.fetch(), asked.q.trim().to_owned());
    let read = move |connection: &mut Connection| {
        let list = editing::get_list(connection, id)?;
        let text = Some(text.as_str()).filter(|text| !text.is_empty());
        let prices = editing::list_prices(connection, id, text, after.clone(), fetch)?;
        Ok((list, prices))
    };
    let (list, prices) = state.db.read(read).await?;
    let (prices, next) = page.cut(&filter, prices, editing::place_of)?;
    let query = [("q", asked.q.as_str())];
    let path = format!("/desk/price-lists/{id}");
    let shown = shell.t2("price-shown", "shown", prices.len(), "count", list.prices);
    let typed_row = |id: PriceId| Some((sent.typed.get(&id)?, sent.faults.get(&id)?.as_slice()));
    let rows = prices.into_iter().map(|price| {
        let typed = typed_row(price.id);
        row(shell, price, typed)
    });
    let answer = ListPage {
        shell,
        may_edit,
        kind: kind_chip(shell, list.kind),
        for_whom: for_whom(shell, &list),
        span: span(shell, list.validity),
        validity: validity_chip(shell, list.validity),
        count: shell.language.decimal(list.prices),
        list: &list,
        asked,
        rows: rows.collect(),
        new_faults: by_field(shell, &sent.new_faults),
        new: sent.new,
        bases: PRICE_BASES.iter().map(ToString::to_string).collect(),
        pager: Pager::new(shell, &path, &query, asked.cursor.as_deref(), next.as_deref(), shown),
        banner: sent.banner,
    };
    let status = match answer.banner {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    shell.page_with(status, &answer)
}

/// The prices of a list
#[get("/desk/price-lists/{id}")]
pub async fn show_list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<PriceListId>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse> {
    let may_edit = desk.may::<MaySetPrices>();
    show(&state, (&desk.shell, may_edit), id, &asked, Sent::default()).await
}

/// Numbers as people type them become plain decimals.
fn plain(values: Values) -> Result<Values, Vec<FieldError>> {
    let (mut plain, mut faults) = (Vec::with_capacity(values.len()), Vec::new());
    for (field, value) in values {
        if !["min_quantity", "price"].contains(&field) {
            plain.push((field, value));
            continue;
        }
        match number(field, &value) {
            Ok(number) => plain.push((field, number)),
            Err(fault) => faults.push(fault),
        }
    }
    match faults.is_empty() {
        true => Ok(plain),
        false => Err(faults),
    }
}

/// Adds a price to a list
#[post("/desk/price-lists/{id}/prices")]
pub async fn add(
    state: web::Data<AppState>,
    desk: Desk<MaySetPrices>,
    PathId(id): PathId<PriceListId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, asked) = (desk.staff.actor(), Asked::of(&fields));
    let typed = NEW.map(|field| (field, fields.get(field).to_owned())).to_vec();
    let added = match plain(typed.clone()) {
        Err(faults) => Err(Error::Invalid(faults)),
        Ok(mut values) => {
            for (field, value) in &mut values {
                if *field == "min_quantity" && value.is_empty() {
                    "0".clone_into(value);
                }
            }
            let add = move |tx: &mut Connection| {
                let list = editing::get_list(tx, id)?;
                let mut values = values.clone();
                values.push(("price_list", list.code));
                editing::add_price(tx, &actor, &values, now())
            };
            state.db.write(add).await
        }
    };
    match added {
        Ok(price) => {
            let text = desk.shell.t1("price-added", "sku", price.sku.as_str());
            Ok(see_other(path_of(id, &asked.query())).flash(Tone::Ok, text).into())
        }
        Err(Error::Invalid(new_faults)) => {
            let sent = Sent {
                banner: Some(Banner::new(Tone::Bad, desk.shell.t("form-refused"))),
                new: typed.into_iter().collect(),
                new_faults,
                ..Sent::default()
            };
            show(&state, (&desk.shell, true), id, &asked, sent).await
        }
        Err(error) => Err(error),
    }
}

/// A form of rows.
#[derive(Default)]
struct RowForm {
    /// What was typed into rows in which something was changed.
    typed: HashMap<PriceId, [String; 5]>,
    edits: Vec<Edit>,
    /// Rows whose numbers can't be read.
    faults: HashMap<PriceId, Vec<FieldError>>,
}

fn row_form(fields: &Fields) -> RowForm {
    let named: HashMap<_, _> = fields.pairs().collect();
    let value = |field: &str, id: PriceId| {
        named
            .get(format!("{field}-{id}").as_str())
            .map_or("", |text| text.trim())
    };
    let mut form = RowForm::default();
    for (name, was) in fields.pairs() {
        let Some(id) = name.strip_prefix("was-").and_then(|id| id.parse::<PriceId>().ok()) else {
            continue;
        };
        let now = CHANGEABLE.map(|field| value(field, id));
        let pairs = CHANGEABLE.iter().zip(now).zip(was.split(BETWEEN));
        let changed = pairs.filter(|((_, now), was)| now != was);
        let changes: Values = changed.map(|((field, now), _)| (*field, now.to_owned())).collect();
        if changes.is_empty() {
            continue;
        }
        form.typed.insert(id, now.map(str::to_owned));
        match plain(changes) {
            Ok(changes) => form.edits.push(Edit {
                id,
                // A version that can't be read was never seen.
                seen: value("seen", id).parse().unwrap_or(-1),
                changes,
            }),
            Err(found) => {
                form.faults.insert(id, found);
            }
        }
    }
    form
}

/// Changes rows of a list
#[post("/desk/price-lists/{id}/rows")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Desk<MaySetPrices>,
    PathId(id): PathId<PriceListId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, asked) = (desk.staff.actor(), Asked::of(&fields));
    let RowForm {
        typed,
        edits,
        mut faults,
    } = row_form(&fields);
    let outcome = match edits.is_empty() {
        true => Outcome::default(),
        false => {
            let change = move |tx: &mut Connection| editing::change_prices(tx, &actor, id, &edits, now());
            state.db.write(change).await?
        }
    };
    let shell = &desk.shell;
    faults.extend(outcome.faults);
    if faults.is_empty() {
        let said = match outcome.changed {
            0 => (Tone::Info, shell.t("price-none-changed")),
            changed => (Tone::Ok, shell.t1("price-changed", "count", changed)),
        };
        return Ok(see_other(path_of(id, &asked.query())).flash(said.0, said.1).into());
    }
    let text = shell.t2(
        "price-some-refused",
        "changed",
        outcome.changed,
        "refused",
        faults.len(),
    );
    let sent = Sent {
        banner: Some(Banner::new(Tone::Bad, text)),
        typed,
        faults,
        ..Sent::default()
    };
    show(&state, (shell, true), id, &asked, sent).await
}
