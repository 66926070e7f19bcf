//! The prices of a list: found, added, changed in place.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::lists::{for_whom, kind_chip, path_of};
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Page, PathId};
use crate::identity::caller::{Confirmed, Desk, MayReadDesk, MaySetPrices};
use crate::ids::{PriceId, PriceListId};
use crate::pricing::concessions::{self, Program};
use crate::pricing::costs::rules::{Costs, PERCENT_DECIMALS, price_margin_ppm};
use crate::pricing::editing::{self, Outcome};
use crate::pricing::inputs::NewPrice;
use crate::pricing::rules::PRICE_BASES;
use crate::pricing::rules::keeping::{KeptList, KeptPrice};
use crate::pricing::view::kept::{priced_unit, span, typed_price, validity_chip};
use crate::pricing::{changes, costs};
use crate::quantity::{Content, Quantity};
use crate::state::AppState;
use crate::typed::to_type;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::lists::filled;
use crate::web::{Cells, Chip, Edits, Fields, Form, Pager, Shell, Tone, see_other};

/// The fields of a row that can be changed in place, called as the columns of the import file.
const CHANGEABLE: [&str; 5] = ["min_quantity", "price", "price_base", "valid_from", "valid_to"];
/// Those of them that are numbers.
const NUMBERS: [&str; 2] = ["min_quantity", "price"];

/// Which rows to show.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct PageParams {
    q: String,
    cursor: Option<String>,
}

impl PageParams {
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
    /// What the account's program is worth.
    program: Vec<(String, String)>,
    asked: &'a PageParams,
    /// The form of a new row.
    new: Form,
    /// The form of the rows.
    form: Form,
    bases: Vec<String>,
    rows: Vec<Row>,
    pager: Pager,
}

impl ListPage<'_> {
    /// Of the input in this column.
    fn attributes(&self, column: &usize) -> &'static str {
        match *column < NUMBERS.len() {
            true => r#"class="qty" inputmode="decimal" autocomplete="off""#,
            false => r#"type="date""#,
        }
    }
}

/// A row of the table.
struct Row {
    id: PriceId,
    sku: String,
    name: String,
    unit: String,
    base_unit: String,
    cells: Cells<5>,
    seen: i64,
    price_text: String,
    /// What is earned of it, for who may see that and where it is known.
    margin: String,
    span: String,
    validity: Chip,
}

impl Row {
    fn has_base(&self, base: &str) -> bool {
        let [_, _, chosen, ..] = &self.cells.values;
        chosen == base
    }
}

fn shown(shell: &Shell, price: &KeptPrice) -> [String; 5] {
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    [
        to_type(shell.language, &price.min_quantity.to_string()),
        typed_price(shell.language, price.price, price.currency.exponent()),
        price.price_base.to_string(),
        day(price.validity.from),
        day(price.validity.to),
    ]
}

fn row(shell: &Shell, price: KeptPrice, form: &Form, costs: &Costs) -> Row {
    let text = shell.language.price(price.price, price.currency.exponent());
    let price_text = match price.price_base {
        1 => text,
        base => shell.t2("price-per", "price", text, "base", base),
    };
    Row {
        id: price.id,
        seen: editing::price_version(&price),
        cells: Cells::new(form, price.id, CHANGEABLE, shown(shell, &price)),
        price_text,
        margin: margin(shell, &price, costs),
        span: span(shell, price.validity),
        validity: validity_chip(shell, price.validity),
        unit: priced_unit(shell, &price),
        base_unit: shell.language.unit(&price.base_unit, price.min_quantity),
        sku: price.sku,
        name: price.name,
    }
}

/// What is earned of a price that is kept for the base unit, where the product's cost is known.
fn margin(shell: &Shell, price: &KeptPrice, costs: &Costs) -> String {
    let one = Content::new(1, 1).filter(|_| price.unit == price.base_unit);
    let cost = costs.0.get(&price.product_id);
    let ppm = one
        .zip(cost)
        .and_then(|(one, cost)| price_margin_ppm(price.price, price.price_base, one, *cost));
    ppm.map_or_else(String::new, |ppm| {
        let percent = shell.language.decimal(Quantity::new(ppm, PERCENT_DECIMALS));
        shell.t1("price-margin", "percent", percent)
    })
}

/// What the program of the list's account is worth: text and amount.
fn told(shell: &Shell, program: &Program) -> Vec<(String, String)> {
    let amounts = [
        ("price-program-invoiced", program.invoiced),
        ("price-program-rebates", program.rebates),
        ("price-program-credits", program.price_credits),
        ("price-program-discounts", program.cash_discounts),
    ];
    amounts.map(|(key, amount)| (shell.t(key), shell.money(amount))).into()
}

async fn show(
    state: &AppState,
    desk: (&Shell, bool),
    id: PriceListId,
    asked: &PageParams,
    (new, form): (Form, Form),
) -> Result<HttpResponse> {
    let (shell, may_edit) = desk;
    let page = Page::shown(asked.cursor.clone());
    let filter = ("desk-prices", id, asked.q.as_str());
    let (after, fetch, text) = (page.after(&filter)?, page.fetch(), asked.q.trim().to_owned());
    let read = move |connection: &mut Connection| {
        let list = editing::get_list(connection, id)?;
        let text = Some(text.as_str()).filter(|text| !text.is_empty());
        let prices = editing::list_prices(connection, id, text, after.clone(), fetch)?;
        // Who changes prices sees what is earned, and what the account gets already.
        let (mut costs, mut program) = (Costs::default(), None);
        if may_edit {
            let ids: Vec<_> = prices.iter().map(|price| price.product_id).collect();
            let today = changes::today(connection, now())?;
            costs = costs::load(connection, &ids, list.currency, today)?;
            if let Some(owner) = &list.owner {
                program = Some(concessions::program(connection, &owner.code, now())?);
            }
        }
        Ok((list, prices, costs, program))
    };
    let (list, prices, costs, program) = state.db.read(read).await?;
    let (prices, next) = page.cut(&filter, prices, editing::place_of)?;
    let query = [("q", asked.q.as_str())];
    let path = format!("/desk/price-lists/{id}");
    let shown = shell.t2("price-shown", "shown", prices.len(), "count", list.prices);
    let rows: Vec<_> = prices
        .into_iter()
        .map(|price| row(shell, price, &form, &costs))
        .collect();
    let status = new.status().max(form.status());
    let answer = ListPage {
        shell,
        may_edit,
        kind: kind_chip(shell, list.kind),
        for_whom: for_whom(shell, &list),
        span: span(shell, list.validity),
        validity: validity_chip(shell, list.validity),
        count: shell.language.decimal(list.prices),
        program: program.map(|program| told(shell, &program)).unwrap_or_default(),
        list: &list,
        asked,
        rows,
        new,
        form,
        bases: PRICE_BASES.iter().map(ToString::to_string).collect(),
        pager: Pager::new(shell, &path, &query, asked.cursor.as_deref(), next.as_deref(), shown),
    };
    shell.page_with(status, &answer)
}

/// The prices of a list
#[get("/desk/price-lists/{id}")]
pub async fn show_list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<PriceListId>,
    asked: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let may_edit = desk.may::<MaySetPrices>();
    show(&state, (&desk.shell, may_edit), id, &asked, Default::default()).await
}

/// It has the columns of the import file.
const FILE: Export<KeptPrice> = Export {
    name: "prices",
    columns: &[&[
        ("price_list", |price| Value::text(&price.list_code)),
        ("sku", |price| Value::text(&price.sku)),
        ("unit", |price| Value::text(&price.unit)),
        ("min_quantity", |price| Value::number(price.min_quantity)),
        ("price", |price| Value::number(price.price)),
        ("price_base", |price| Value::number(price.price_base)),
        ("valid_from", |price| Value::maybe(price.validity.from, Value::Day)),
        ("valid_to", |price| Value::maybe(price.validity.to, Value::Day)),
        ("price_group", |price| {
            Value::maybe(price.price_group.as_ref(), Value::text)
        }),
    ]],
};

/// The prices of a list as a file
#[get("/desk/price-lists/{id}/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    PathId(id): PathId<PriceListId>,
    asked: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let text = filled(&asked.q);
    let read = move |connection: &mut Connection| {
        editing::get_list(connection, id)?;
        editing::list_prices(connection, id, text.as_deref(), None, READ_MAX)
    };
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

/// Adds a price to a list
#[post("/desk/price-lists/{id}/prices")]
pub async fn add(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MaySetPrices>>,
    PathId(id): PathId<PriceListId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, asked) = (desk.staff.actor(), PageParams::of(&fields));
    let mut new = Form::sent(&desk.shell, fields);
    let list = state
        .db
        .read(move |connection| editing::get_list(connection, id))
        .await?;
    new.set("price_list", list.code);
    if let Some(given) = new.input::<NewPrice>(&NUMBERS) {
        let add = move |tx: &mut Connection| editing::add_price(tx, &actor, given.clone(), now());
        match state.db.write(add).await {
            Ok(price) => {
                let text = desk.shell.t1("price-added", "sku", price.sku.as_str());
                return Ok(see_other(path_of(id, &asked.query())).flash(Tone::Ok, text).into());
            }
            Err(error) => new = new.refused(&desk.shell, error)?,
        }
    }
    show(&state, (&desk.shell, true), id, &asked, (new, Form::default())).await
}

/// Changes rows of a list
#[post("/desk/price-lists/{id}/rows")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MaySetPrices>>,
    PathId(id): PathId<PriceListId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, asked, shell) = (desk.staff.actor(), PageParams::of(&fields), &desk.shell);
    let mut form = Form::sent(shell, fields);
    let Edits { clear, unclear } = form.edits(&CHANGEABLE, &NUMBERS)?;
    let outcome = match clear.is_empty() {
        true => Outcome::default(),
        false => {
            let reason = form.filled("reason");
            let change =
                move |tx: &mut Connection| editing::change_prices(tx, &actor, id, (&clear, reason.as_deref()), now());
            state.db.write(change).await?
        }
    };
    let (changed, refused) = (outcome.changed, unclear + outcome.faults.len());
    if refused == 0 {
        let said = match changed {
            0 => (Tone::Info, shell.t("price-none-changed")),
            changed => (Tone::Ok, shell.t1("price-changed", "count", changed)),
        };
        return Ok(see_other(path_of(id, &asked.query())).flash(said.0, said.1).into());
    }
    form.refuse_rows(shell, &outcome.faults, &CHANGEABLE, "price");
    form.say(
        Tone::Bad,
        shell.t2("price-some-refused", "changed", changed, "refused", refused),
    );
    show(&state, (shell, true), id, &asked, (Form::default(), form)).await
}
