//! Stock on the supplier's desk: what lies where, what of it is promised, and who waits for more.

mod sharing;

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, web};
use askama::Template;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use self::sharing::Asked;
use self::sharing::Sharing;
use crate::accounts;
use crate::accounts::words::tier_chip;
use crate::catalogue::rules::search_words;
use crate::catalogue::search_query;
use crate::clock::day_in;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Desk, MayMoveGoods, MayReadDesk};
use crate::ids::ProductId;
use crate::inventory::rules::Stock;
use crate::inventory::{self, ProductStock, Purpose};
use crate::orders::allocation::rules::{Waiting, importance};
use crate::orders::allocation::{self, Short};
use crate::orders::{Listed, words};
use crate::quantity::Quantity;
use crate::state::AppState;
use crate::views;
use crate::web::charts::{Caption, Figure, Gauge, Share};
use crate::web::components::address;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::filled;
use crate::web::{Chip, Shape, Shell, Tone};

/// Lines that wait for one product, before the rest is only counted.
const WAITING_MAX: usize = 200;
const PATH: &str = "/desk/stock";

/// Which products, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    view: String,
    q: String,
    cursor: Option<String>,
}

/// What of the stock is sought.
#[derive(Debug, Clone, Serialize)]
struct Filter {
    /// Only what somebody waits for.
    waiting: bool,
    text: Option<String>,
}

impl ListParams {
    fn filter(&self) -> Filter {
        let waiting = self.view == "waiting";
        Filter {
            waiting,
            text: filled(&self.q).filter(|_| !waiting),
        }
    }
}

/// What lies of a product in all warehouses, and who waits for more; all but the lines are steps.
struct StockRow {
    id: ProductId,
    sku: String,
    name: String,
    base_unit: String,
    decimals: u8,
    on_hand: i64,
    reserved: i64,
    /// What new orders may take: nothing where a count found less than what is reserved.
    free: i64,
    waiting: i64,
    waiting_lines: i64,
}

impl StockRow {
    fn new(stock: ProductStock, waiting: Option<(i64, i64)>) -> Self {
        let (waiting_lines, waiting) = waiting.unwrap_or_default();
        Self {
            id: stock.product_id,
            sku: stock.sku,
            name: stock.name,
            base_unit: stock.base_unit,
            decimals: stock.decimals,
            on_hand: stock.on_hand,
            reserved: stock.reserved,
            free: stock.on_hand - stock.reserved,
            waiting,
            waiting_lines,
        }
    }

    fn short(short: Short, stock: &[Stock]) -> Self {
        Self {
            id: short.product_id,
            sku: short.sku,
            name: short.name,
            base_unit: short.base_unit,
            decimals: short.decimals,
            on_hand: stock.iter().map(|row| row.on_hand).sum(),
            reserved: stock.iter().map(|row| row.reserved).sum(),
            free: stock.iter().map(Stock::free).sum(),
            waiting: short.waiting,
            waiting_lines: short.lines,
        }
    }

    fn quantity(&self, steps: i64) -> Quantity {
        Quantity::new(steps, self.decimals)
    }

    fn cells(&self, shell: &Shell) -> Vec<Cell> {
        let amount = |steps| shell.language.quantity(self.quantity(steps));
        let waits = self.waiting_lines > 0;
        let waiting =
            || Cell::text(amount(self.waiting)).and_under(shell.t1("desk-stock-lines", "lines", self.waiting_lines));
        let reserved = Cell::text(amount(self.reserved));
        vec![
            Cell::code(format!("{PATH}/{}", self.id), &self.sku),
            Cell::text(&self.name),
            Cell::text(shell.quantity(self.quantity(self.on_hand), &self.base_unit)),
            match gauge(shell, self.reserved, self.on_hand) {
                Some(gauge) => reserved.and_part(gauge),
                None => reserved,
            },
            Cell::text(amount(self.free)),
            if waits { waiting() } else { Cell::default() },
            Cell::chip(chip(shell, self.free, self.on_hand, self.waiting_lines)),
        ]
    }
}

const FILE: Export<StockRow> = Export {
    name: "stock",
    columns: &[&[
        ("sku", |row| Value::text(&row.sku)),
        ("name", |row| Value::text(&row.name)),
        ("base_unit", |row| Value::text(&row.base_unit)),
        ("on_hand", |row| Value::number(row.quantity(row.on_hand))),
        ("reserved", |row| Value::number(row.quantity(row.reserved))),
        ("free", |row| Value::number(row.quantity(row.free))),
        ("backordered", |row| Value::number(row.quantity(row.waiting))),
        ("backordered_lines", |row| Value::number(row.waiting_lines)),
    ]],
};

fn chip(shell: &Shell, free: i64, on_hand: i64, waiting: i64) -> Chip {
    let (tone, shape, key) = match (free, waiting) {
        (_, 1..) => (Tone::Bad, Shape::Diamond, "short"),
        (..=0, _) => (Tone::Warn, Shape::Ring, "none"),
        _ if i128::from(free) * 10 < i128::from(on_hand) => (Tone::Warn, Shape::Half, "low"),
        _ => (Tone::Ok, Shape::Dot, "enough"),
    };
    Chip::new(tone, shape, shell.name("desk-stock-state", key))
}

/// The part of what is on hand that is reserved, as the reader reads it.
fn percent(shell: &Shell, reserved: i64, on_hand: i64) -> String {
    let ppm = i128::from(reserved) * 100 / i128::from(on_hand.max(1)) * 10_000;
    shell.language.percent(i64::try_from(ppm).unwrap_or(i64::MAX))
}

fn gauge(shell: &Shell, reserved: i64, on_hand: i64) -> Option<Gauge> {
    let finding = || shell.t1("desk-stock-gauge", "percent", percent(shell, reserved, on_hand));
    (on_hand > 0).then(|| Gauge::new(finding(), reserved, on_hand))
}

/// What is on hand against what orders ask of it; none where there is nothing to see.
fn share(shell: &Shell, product: &ProductStock, waiting_steps: i64) -> Option<Share> {
    if product.on_hand <= 0 {
        return None;
    }
    let amount = |steps| shell.quantity(product.quantity(steps), &product.base_unit);
    let free = product.on_hand - product.reserved;
    let mut finding = shell.t2(
        "desk-stock-share-finding",
        "percent",
        percent(shell, product.reserved, product.on_hand),
        "on_hand",
        amount(product.on_hand),
    );
    if waiting_steps > 0 {
        finding.push(' ');
        finding.push_str(&shell.t1("desk-stock-share-waiting", "sum", amount(waiting_steps)));
    }
    let part = |name: &str, steps| (Figure::new(shell.t(name), steps, amount(steps)), None);
    let parts = vec![part("word-reserved", product.reserved), part("desk-free", free)];
    Some(Share::new(
        shell,
        Caption::new(shell.t("desk-stock-share"), finding),
        parts,
    ))
}

/// At most `limit` products by number behind `after`: those that somebody waits for, or all that are sought.
fn read(connection: &mut Connection, filter: &Filter, after: &str, limit: i64) -> Result<Vec<StockRow>> {
    if filter.waiting {
        let short = allocation::list_short(connection, after, limit)?;
        let ids: Vec<_> = short.iter().map(|short| short.product_id).collect();
        let book = inventory::load(connection, &ids, Purpose::Preview)?;
        let row = |short: Short| {
            let stock = book.of(short.product_id);
            StockRow::short(short, stock)
        };
        return Ok(short.into_iter().map(row).collect());
    }
    let words = filter.text.as_deref().map(|text| search_words(&[text]));
    if words.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let query = search_query(connection.engine(), &words.unwrap_or_default());
    let found = inventory::list_products(connection, &query, None, after, limit)?;
    let ids: Vec<_> = found.iter().map(|stock| stock.product_id).collect();
    let sums = allocation::sum_waiting(connection, &ids)?;
    let row = |stock: ProductStock| {
        let waiting = sums.get(&stock.product_id).copied();
        StockRow::new(stock, waiting)
    };
    Ok(found.into_iter().map(row).collect())
}

/// Stock
#[get("/desk/stock")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let (shell, filter) = (&desk.shell, params.filter());
    let is_waiting = filter.waiting;
    let part = Part::read(
        &state.db,
        params.cursor.as_deref(),
        filter,
        |row: &StockRow| row.sku.clone(),
        |connection, filter, after: Option<String>, limit| read(connection, filter, &after.unwrap_or_default(), limit),
    )
    .await?;
    let mut list = List::new(shell, PATH).keep("view", if is_waiting { "waiting" } else { "" });
    if !is_waiting {
        list = list
            .by_text("q", "desk-stock-find", &params.q)
            .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    }
    let list = list
        .column("desk-sku", "id")
        .column("line-product", "plain")
        .column("desk-on-hand", "num")
        .column("word-reserved", "num")
        .column("desk-free", "num")
        .column("desk-waited-for", "num")
        .column("word-state", "")
        .rows(part.rows.iter().map(|row| row.cells(shell)))
        .none(match is_waiting {
            true => "desk-stock-nobody-waits",
            false => "desk-stock-none-found",
        })
        .none_found("desk-stock-none-found")
        .export()
        .counted("desk-products-shown", &part);
    ListPage::new("word-stock", list)
        .views("desk-stock-view", &["", "waiting"])
        .action("/desk/expected-receipts", "expected")
        .action("/desk/receipts", "desk-receipts")
        .primary_if(desk.may::<MayMoveGoods>(), "/desk/receipts/new", "word-book-receipt")
        .answer()
}

/// The stock of the list as a file
#[get("/desk/stock/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let filter = params.filter();
    let rows = state
        .db
        .read(move |connection| read(connection, &filter, "", READ_MAX))
        .await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

struct InWarehouse {
    code: String,
    on_hand: String,
    reserved: String,
    free: String,
}

struct WaitingRow {
    rank: usize,
    order_link: String,
    order_number: String,
    account: String,
    tier: Chip,
    class: Option<Chip>,
    waits_for: String,
    why: String,
}

#[derive(Template)]
#[template(path = "orders/templates/desk_product_stock.html")]
struct ProductPage<'a> {
    shell: &'a Shell,
    id: ProductId,
    sku: String,
    name: String,
    chip: Chip,
    unit: String,
    share: Option<Share>,
    warehouses: Vec<InWarehouse>,
    on_hand: String,
    reserved: String,
    free: String,
    waiting: Vec<WaitingRow>,
    waiting_count: usize,
    waiting_sum: String,
    more: usize,
    receive: Option<String>,
    sharing: Sharing,
}

fn waiting_row(
    shell: &Shell,
    (rank, line): (usize, &Waiting),
    listed: Option<&Listed>,
    decimals: u8,
    zone: Tz,
) -> WaitingRow {
    let key = &line.rank;
    let since = day_in(zone, key.queued_at);
    WaitingRow {
        rank,
        order_link: format!("/desk/orders/{}", key.order_id),
        order_number: listed.map(|listed| listed.order.number.to_string()).unwrap_or_default(),
        account: listed.map(|listed| listed.account.name.clone()).unwrap_or_default(),
        tier: tier_chip(shell, listed.map_or(key.tier, |listed| listed.account.tier)),
        class: words::class_chip(shell, key.order_class),
        waits_for: shell.language.quantity(Quantity::new(line.backordered, decimals)),
        why: shell.say(&importance(
            key.tier,
            key.order_class,
            key.requested_on,
            since,
            shell.today(),
        )),
    }
}

/// The stock of one product, and who waits for it
#[get("/desk/stock/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    PathId(id): PathId<ProductId>,
    Query(asked): Query<Asked>,
) -> Result<HttpResponse> {
    let (typed, reader) = (asked.clone(), desk.shell.clone());
    let read = move |connection: &mut _| {
        let found = inventory::list_products(connection, "", Some(id), "", 1)?;
        let product = found.into_iter().next().ok_or(Error::NotFound)?;
        let (arriving, fault) = match typed.steps(&reader, product.decimals) {
            Ok(steps) => (steps, String::new()),
            Err(fault) => (None, fault),
        };
        let shared = sharing::read(connection, id, &product.sku, arriving)?;
        let book = inventory::load(connection, &[id], Purpose::Preview)?;
        let (lines, heads) = allocation::list_waiting_for(connection, id)?;
        let zone = accounts::supplier_zone(connection)?;
        Ok(((product, book), (lines, heads), (shared, fault), zone))
    };
    let ((product, book), (lines, heads), (shared, fault), zone) = state.db.read(read).await?;
    let shell = &desk.shell;
    let amount = |steps| shell.language.quantity(product.quantity(steps));
    let mut warehouses: Vec<_> = book.of(id).to_vec();
    warehouses.sort_by(|a, b| a.warehouse.cmp(&b.warehouse));
    let in_warehouse = |stock: &Stock| InWarehouse {
        code: stock.warehouse.clone(),
        on_hand: amount(stock.on_hand),
        reserved: amount(stock.reserved),
        free: amount(stock.free()),
    };
    let free = product.on_hand - product.reserved;
    let waiting_steps: i64 = lines.iter().map(|line| line.backordered).sum();
    let shown = (1..).zip(&lines).take(WAITING_MAX);
    let page = ProductPage {
        shell,
        id,
        chip: chip(
            shell,
            free,
            product.on_hand,
            i64::try_from(lines.len()).unwrap_or(i64::MAX),
        ),
        unit: shell.language.unit(&product.base_unit, Quantity::new(2, 0)),
        share: share(shell, &product, waiting_steps),
        warehouses: warehouses.iter().map(in_warehouse).collect(),
        on_hand: amount(product.on_hand),
        reserved: amount(product.reserved),
        free: amount(free),
        waiting: shown
            .map(|(rank, line)| {
                waiting_row(
                    shell,
                    (rank, line),
                    heads.get(&line.rank.order_id),
                    product.decimals,
                    zone,
                )
            })
            .collect(),
        waiting_count: lines.len(),
        waiting_sum: shell.quantity(product.quantity(waiting_steps), &product.base_unit),
        more: lines.len().saturating_sub(WAITING_MAX),
        receive: desk
            .may::<MayMoveGoods>()
            .then(|| address("/desk/receipts/new", [("sku", product.sku.as_str())])),
        sharing: sharing::parts(&desk, &product, zone, &asked, &shared, fault),
        sku: product.sku,
        name: product.name,
    };
    shell.page(&page)
}
