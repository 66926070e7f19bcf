//! Stock on the supplier's desk: what lies where, what of it is promised, and who waits for more.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use chrono_tz::Tz;
use serde::Deserialize;

use crate::accounts;
use crate::clock::day_in;
use crate::error::{Error, Result};
use crate::http::{Page, PathId};
use crate::identity::caller::{Desk, MayMoveGoods, MayReadDesk};
use crate::ids::ProductId;
use crate::inventory::rules::Stock;
use crate::inventory::{ProductStock, Purpose};
use crate::orders::allocation::rules::{Waiting, importance};
use crate::orders::allocation::{self, Short};
use crate::orders::{Listed, view};
use crate::quantity::Quantity;
use crate::state::AppState;
use crate::views;
use crate::web::charts::{Caption, Figure, Gauge, Share};
use crate::web::components::address;
use crate::web::list::{Cell, List, ListPage};
use crate::web::lists::Tab;
use crate::web::{Chip, Shape, Shell, Tone};

/// Lines that wait for one product, before the rest is only counted.
const WAITING_MAX: usize = 200;
const PATH: &str = "/desk/stock";

/// Which products, and from where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Query {
    view: String,
    q: String,
    cursor: String,
}

/// What the table says of a product.
struct Figures {
    id: ProductId,
    sku: String,
    name: String,
    on_hand: String,
    reserved: String,
    /// How much of it is reserved; none where nothing is on hand.
    gauge: Option<Gauge>,
    free: String,
    waiting: String,
    waiting_lines: String,
    chip: Chip,
}

impl Figures {
    fn into_cells(self) -> Vec<Cell> {
        let reserved = Cell::text(self.reserved);
        vec![
            Cell::code(format!("{PATH}/{}", self.id), self.sku),
            Cell::text(self.name),
            Cell::text(self.on_hand),
            match self.gauge {
                Some(gauge) => reserved.and_part(gauge),
                None => reserved,
            },
            Cell::text(self.free),
            Cell::text(self.waiting).and_under(self.waiting_lines),
            Cell::chip(self.chip),
        ]
    }
}

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
    let parts = vec![part("desk-reserved", product.reserved), part("desk-free", free)];
    Some(Share::new(
        shell,
        Caption::new(shell.t("desk-stock-share"), finding),
        parts,
    ))
}

fn row(shell: &Shell, stock: &ProductStock, waiting: Option<(i64, i64)>) -> Figures {
    let amount = |steps| shell.language.quantity(stock.quantity(steps));
    let free = stock.on_hand - stock.reserved;
    let (lines, steps) = waiting.unwrap_or_default();
    Figures {
        id: stock.product_id,
        sku: stock.sku.clone(),
        name: stock.name.clone(),
        on_hand: shell.quantity(stock.quantity(stock.on_hand), &stock.base_unit),
        reserved: amount(stock.reserved),
        gauge: gauge(shell, stock.reserved, stock.on_hand),
        free: amount(free),
        waiting: if lines > 0 { amount(steps) } else { String::new() },
        waiting_lines: if lines > 0 {
            shell.t1("desk-stock-lines", "lines", lines)
        } else {
            String::new()
        },
        chip: chip(shell, free, stock.on_hand, lines),
    }
}

fn short_row(shell: &Shell, short: &Short, stock: &[Stock]) -> Figures {
    let amount = |steps| shell.language.quantity(Quantity::new(steps, short.decimals));
    let on_hand = stock.iter().map(|row| row.on_hand).sum();
    let reserved = stock.iter().map(|row| row.reserved).sum();
    let free = stock.iter().map(Stock::free).sum();
    Figures {
        id: short.product_id,
        sku: short.sku.clone(),
        name: short.name.clone(),
        on_hand: shell.quantity(Quantity::new(on_hand, short.decimals), &short.base_unit),
        reserved: amount(reserved),
        gauge: gauge(shell, reserved, on_hand),
        free: amount(free),
        waiting: amount(short.waiting),
        waiting_lines: shell.t1("desk-stock-lines", "lines", short.lines),
        chip: chip(shell, free, on_hand, short.lines),
    }
}

/// Stock
#[get("/desk/stock")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    query: web::Query<Query>,
) -> Result<HttpResponse> {
    let query = query.into_inner();
    let shell = &desk.shell;
    let is_waiting = query.view == "waiting";
    let view = if is_waiting { "waiting" } else { "" };
    let text = query.q.trim().to_owned();
    let parameters = [("view", view), ("q", if is_waiting { "" } else { text.as_str() })];
    let cursor = Some(query.cursor).filter(|text| !text.is_empty());
    let page = Page::shown(cursor.clone());
    let (after, limit): (Option<String>, _) = (page.after(&parameters)?, page.fetch());
    let after = after.unwrap_or_default();
    // Rows and the number of each, for the cursor.
    let rows: Vec<(Figures, String)> = if is_waiting {
        let read = move |connection: &mut _| {
            let short = allocation::list_short(connection, &after, limit)?;
            let ids: Vec<_> = short.iter().map(|short| short.product_id).collect();
            let book = crate::inventory::load(connection, &ids, Purpose::Preview)?;
            Ok((short, book))
        };
        let (short, book) = state.db.read(read).await?;
        let row = |short: &Short| (short_row(shell, short, book.of(short.product_id)), short.sku.clone());
        short.iter().map(row).collect()
    } else {
        let asked = Some(text.clone()).filter(|text| !text.is_empty());
        let read = move |connection: &mut _| {
            let found = crate::inventory::list_products(connection, asked.as_deref(), None, &after, limit)?;
            let ids: Vec<_> = found.iter().map(|stock| stock.product_id).collect();
            let sums = allocation::sum_waiting(connection, &ids)?;
            Ok((found, sums))
        };
        let (found, sums) = state.db.read(read).await?;
        let row = |stock: &ProductStock| {
            (
                row(shell, stock, sums.get(&stock.product_id).copied()),
                stock.sku.clone(),
            )
        };
        found.iter().map(row).collect()
    };
    let (rows, next) = page.cut(&parameters, rows, |(_, sku)| sku.clone())?;
    let tab = |name: &'static str| Tab {
        path: address(PATH, [("view", name)]),
        text: shell.name("desk-stock-view", if name.is_empty() { "all" } else { name }),
        count: String::new(),
        is_current: name == view,
    };
    let shown = shell.t1("desk-products-shown", "count", rows.len());
    let mut list = List::new(shell, PATH).keep("view", view);
    if !is_waiting {
        list = list
            .by_text("q", "desk-stock-find", &text)
            .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    }
    let list = list
        .column("desk-sku", "id")
        .column("line-product", "plain")
        .column("desk-on-hand", "num")
        .column("desk-reserved", "num")
        .column("desk-free", "num")
        .column("desk-waited-for", "num")
        .column("desk-state", "")
        .rows(rows.into_iter().map(|(figures, _)| figures.into_cells()))
        .none(match is_waiting {
            true => "desk-stock-nobody-waits",
            false => "desk-stock-none-found",
        })
        .none_found("desk-stock-none-found")
        .pages(shown, cursor.as_deref(), next.as_deref());
    let page = ListPage::new("desk-stock", list)
        .tabs(["", "waiting"].map(tab))
        .action("/desk/receipts", "desk-receipts");
    match desk.may::<MayMoveGoods>() {
        true => page.primary("/desk/receipts/new", "desk-receive").answer(),
        false => page.answer(),
    }
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
        tier: view::tier_chip(shell, listed.map_or(key.tier, |listed| listed.account.tier)),
        class: view::class_chip(shell, key.order_class),
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
) -> Result<HttpResponse> {
    let read = move |connection: &mut _| {
        let found = crate::inventory::list_products(connection, None, Some(id), "", 1)?;
        let product = found.into_iter().next().ok_or(Error::NotFound)?;
        let book = crate::inventory::load(connection, &[id], Purpose::Preview)?;
        let (lines, heads) = allocation::list_waiting_for(connection, id)?;
        Ok((product, book, lines, heads, accounts::supplier_zone(connection)?))
    };
    let (product, book, lines, heads, zone) = state.db.read(read).await?;
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
        sku: product.sku,
        name: product.name,
    };
    shell.page(&page)
}
