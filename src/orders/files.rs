//! `orders.csv`: orders placed through the ordinary pipeline. A row is a line; rows of the same account and purchase order
//! number are one order, which is placed whole or not at all.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use diesel::sql_types::{BigInt, Integer, Text};

use super::placing::{place, preview};
use super::planning::{OrderRequest, Orderer, RequestedLine};
use super::rules::OrderClass;
use super::rules::order::{PO_NUMBER_CHARS_MAX, po_key};
use crate::accounts::files::accounts::Accounts;
use crate::audit::Actor;
use crate::catalogue::ArticleKey;
use crate::catalogue::files::products::Products;
use crate::clock::Timestamp;
use crate::db::{Connection, Database, Statement, sets};
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{AccountId, OrderId, ProductId};
use crate::imports::plan::{Checked, Scope, Step, Work, count};
use crate::imports::report::Fault;
use crate::imports::sheet::{Cells, Keys, Layout, Sheet};
use crate::pricing::LineRequest;
use crate::quantity::Decimal;

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "orders.csv",
    required: &["po_number", "account", "line", "sku", "unit", "quantity"],
    optional: &[],
};

/// The largest number of a line.
const LINE_MAX: i64 = 1_000_000_000;

/// Account and purchase order number as it is compared.
type Key = (AccountId, String);

/// An order of the file.
#[derive(Debug, Clone)]
pub struct FileOrder {
    account_id: AccountId,
    request: OrderRequest,
    /// The line in the file of each line of the request.
    rows: Vec<u64>,
    products: Vec<ProductId>,
}

impl FileOrder {
    /// How many lines it has.
    pub fn lines(&self) -> usize {
        self.rows.len()
    }

    /// Adds what the order is about to `scope`.
    pub fn widen(&self, scope: &mut Scope) {
        scope.accounts.insert(self.account_id);
        scope.products.extend(&self.products);
    }

    fn orderer(&self) -> Orderer {
        Orderer {
            account_id: self.account_id,
            person_id: None,
        }
    }

    /// Its faults in the file's terms, and that its other lines are left out too.
    fn faults(&self, errors: &[FieldError]) -> Vec<Fault> {
        let mut faults: Vec<_> = errors.iter().map(|error| self.fault(error)).collect();
        let bad: HashSet<_> = faults.iter().map(|fault| fault.row).collect();
        let others = self.rows.iter().filter(|row| !bad.contains(row));
        faults.extend(others.map(|row| left_out(*row, &self.request.po_number)));
        faults
    }

    /// `/lines/3/quantity` is the column `quantity` in the row of the fourth line; what concerns the whole order is shown
    /// at its first row.
    fn fault(&self, error: &FieldError) -> Fault {
        let mut parts = error.pointer.split('/').skip(1);
        let (field, index, column) = (parts.next(), parts.next(), parts.next());
        let index: usize = index.and_then(|index| index.parse().ok()).unwrap_or_default();
        let line = self.request.lines.get(index).map(|line| &line.line);
        let (column, value) = match (field, column) {
            (Some("lines"), Some("sku")) => ("sku", line.map(|line| line.key.text())),
            (Some("lines"), Some("unit")) => ("unit", line.and_then(|line| line.unit.clone())),
            (Some("lines"), Some("quantity")) => ("quantity", line.map(|line| line.quantity.clone())),
            (Some("lines"), _) => ("sku", line.map(|line| line.key.text())),
            _ => ("po_number", Some(self.request.po_number.clone())),
        };
        Fault {
            file: LAYOUT.file,
            row: self.rows.get(index).copied().unwrap_or_default(),
            column: column.to_owned(),
            code: error.code,
            value: value.unwrap_or_default(),
            remedy: error.detail.clone(),
        }
    }
}

fn left_out(row: u64, po_number: &str) -> Fault {
    Fault {
        file: LAYOUT.file,
        row,
        column: "po_number".to_owned(),
        code: Code::BadOrderLine,
        value: po_number.to_owned(),
        remedy: "Another row of the order is bad; the order is left out whole.".to_owned(),
    }
}

/// What a refusal says, field by field; errors that are no refusal stay errors.
fn refusal(error: Error) -> Result<Vec<FieldError>> {
    match error {
        Error::Invalid(errors) => Ok(errors),
        Error::Conflict { code, detail } | Error::Refused { code, detail } => {
            Ok(vec![FieldError::new("/po_number", code, detail)])
        }
        other => Err(other),
    }
}

/// The faults of each order as placing would find them; good orders have none.
pub fn preview_all(connection: &mut Connection, orders: &[FileOrder], now: Timestamp) -> Result<Vec<Vec<Fault>>> {
    let faults = orders.iter().map(
        |order| match preview(connection, &order.orderer(), &order.request, now) {
            Ok(_) => Ok(Vec::new()),
            Err(error) => refusal(error).map(|errors| order.faults(&errors)),
        },
    );
    faults.collect()
}

/// The file with its rows read and its orders put together.
pub struct OrdersFile {
    sheet: Sheet,
    faults: Vec<Fault>,
    new: Vec<FileOrder>,
    good: Vec<FileOrder>,
    unchanged_rows: u64,
}

impl OrdersFile {
    /// The orders that are not stored, to be checked.
    pub fn take_new(&mut self) -> Vec<FileOrder> {
        std::mem::take(&mut self.new)
    }

    /// Takes checked orders in, each with its faults.
    pub fn add_checked(&mut self, orders: Vec<FileOrder>, faults: Vec<Vec<Fault>>) {
        for (order, faults) in orders.into_iter().zip(faults) {
            if faults.is_empty() {
                self.good.push(order);
            } else {
                self.faults.extend(faults);
            }
        }
    }

    /// The file with all its orders checked.
    pub fn finish(mut self, now: Timestamp) -> Checked {
        for fault in self.faults {
            self.sheet.add(fault);
        }
        let mut checked = Checked::new(self.sheet);
        checked.report.new = self.good.iter().map(|order| count(order.lines())).sum();
        checked.report.unchanged = self.unchanged_rows;
        checked.work.push(Box::new(Placing {
            orders: self.good.into_iter().map(Arc::new).collect(),
            now,
        }));
        checked
    }
}

/// Orders to place, one transaction each.
struct Placing {
    orders: Vec<Arc<FileOrder>>,
    now: Timestamp,
}

impl Work for Placing {
    fn len(&self) -> usize {
        self.orders.len()
    }

    fn step(&self, from: usize) -> Result<Option<Step>> {
        let Some(order) = self.orders.get(from).cloned() else {
            return Ok(None);
        };
        let now = self.now;
        let run = move |tx: &mut Connection| {
            // A savepoint: a refused order leaves nothing behind, and its refusal is told, not failed on.
            let placed = diesel::Connection::transaction(tx, |tx| {
                place(
                    tx,
                    &order.orderer(),
                    &Actor::program("import"),
                    None,
                    &order.request,
                    now,
                )
            });
            match placed {
                Ok(_) => Ok(Vec::new()),
                Err(error) => refusal(error).map(|errors| order.faults(&errors)),
            }
        };
        Ok(Some(Step {
            rows: 1,
            run: Box::new(run),
        }))
    }

    fn widen(&self, _: &mut Scope) {}

    fn concerning(&self, _: &Scope) -> Result<Option<Step>> {
        Ok(None)
    }
}

/// An order while its rows come in.
#[derive(Debug)]
struct Draft {
    account_id: AccountId,
    po_number: String,
    /// Row, article, unit, quantity by number of the line.
    lines: BTreeMap<i64, (u64, RequestedLine)>,
    products: Vec<ProductId>,
    is_bad: bool,
}

/// Reads the file and finds out which of its orders are stored already.
pub fn read(db: &Database, mut sheet: Sheet, accounts: &Accounts, products: &Products) -> Result<OrdersFile> {
    let mut drafts = Drafts::default();
    let mut keys = Keys::new();
    sheet.rows(|cells| drafts.take(cells, accounts, products, &mut keys));
    drafts.spoil_unreadable(&sheet, accounts);
    let (bad, good): (Vec<_>, Vec<_>) = drafts.orders.into_iter().partition(|draft| draft.is_bad);
    let mut faults = Vec::new();
    for draft in bad {
        faults.extend(draft.lines.values().map(|(row, _)| left_out(*row, &draft.po_number)));
    }
    let stored = stored_lines(db, &good)?;
    let (mut new, mut unchanged_rows) = (Vec::new(), 0);
    for draft in good {
        let orders = stored.get(&(draft.account_id, po_key(&draft.po_number)));
        let order = draft.finish();
        match orders {
            None => new.push(order),
            Some(orders) if orders.values().any(|lines| is_same(&order, lines)) => {
                unchanged_rows += count(order.lines());
            }
            Some(_) => {
                let detail = "The account has an order of this number with other lines.";
                faults.extend(order.faults(&[FieldError::new("/po_number", Code::PoNumberUsed, detail)]));
            }
        }
    }
    Ok(OrdersFile {
        sheet,
        faults,
        new,
        good: Vec::new(),
        unchanged_rows,
    })
}

#[derive(Default)]
struct Drafts {
    /// In the order of their first rows.
    orders: Vec<Draft>,
    places: HashMap<Key, usize>,
    /// The order of each row, for rows that name none.
    of_rows: BTreeMap<u64, usize>,
}

impl Drafts {
    fn take(
        &mut self,
        cells: &mut Cells<'_>,
        accounts: &Accounts,
        products: &Products,
        keys: &mut Keys<(usize, i64)>,
    ) -> Option<()> {
        let account = accounts.named(cells, "account");
        let po_number = po_number(cells);
        let place = match (account, po_number) {
            (Some(account), Some(po_number)) => Some(self.place(account.id, po_number)),
            _ => None,
        };
        if account.is_some_and(|account| account.is_closed) {
            cells.refuse::<()>("account", Code::UnknownAccount, "The account is closed.");
        }
        let line = cells.integer("line", 1..=LINE_MAX);
        let draft = place.and_then(|place| self.orders.get_mut(place).map(|draft| (place, draft)));
        let (place, draft) = draft?;
        self.of_rows.insert(cells.line(), place);
        let once = line.and_then(|line| keys.note(cells, "line", (place, line)));
        if cells.has_faults() || once.is_none() {
            draft.is_bad = true;
            return None;
        }
        let sku = cells.raw("sku");
        draft.products.extend(products.get(sku).map(|(_, product)| product.id));
        // Article, unit and quantity are checked where every channel's are.
        let requested = RequestedLine {
            line: LineRequest {
                key: ArticleKey::Sku(sku.to_owned()),
                unit: Some(cells.raw("unit").to_owned()),
                quantity: cells.raw("quantity").to_owned(),
            },
            note: None,
        };
        draft.lines.insert(line?, (cells.line(), requested));
        Some(())
    }

    fn place(&mut self, account_id: AccountId, po_number: &str) -> usize {
        *self.places.entry((account_id, po_key(po_number))).or_insert_with(|| {
            self.orders.push(Draft {
                account_id,
                po_number: po_number.to_owned(),
                lines: BTreeMap::new(),
                products: Vec::new(),
                is_bad: false,
            });
            self.orders.len() - 1
        })
    }

    /// A row whose form is wrong spoils the order it names as far as can be told, else the order of the row before it.
    fn spoil_unreadable(&mut self, sheet: &Sheet, accounts: &Accounts) {
        for row in sheet.unreadable() {
            let account = sheet.likely_cell(row, "account");
            let po_number = sheet.likely_cell(row, "po_number");
            let place = match account.zip(po_number) {
                Some((account, po_number)) => accounts
                    .get(account)
                    .and_then(|account| self.places.get(&(account.id, po_key(po_number)))),
                None => self.of_rows.range(..row.line).next_back().map(|(_, place)| place),
            };
            if let Some(draft) = place.and_then(|place| self.orders.get_mut(*place)) {
                draft.is_bad = true;
            }
        }
    }
}

/// A purchase order number: not blank, not too long when trimmed.
fn po_number<'a>(cells: &mut Cells<'a>) -> Option<&'a str> {
    let text = cells.required("po_number")?;
    match text.trim().chars().count() {
        0 => cells.refuse("po_number", Code::Required, "Fill the cell in."),
        chars if chars > PO_NUMBER_CHARS_MAX => {
            let remedy = format!("At most {PO_NUMBER_CHARS_MAX} characters fit.");
            cells.refuse("po_number", Code::ValueTooLong, remedy)
        }
        _ => Some(text),
    }
}

impl Draft {
    fn finish(self) -> FileOrder {
        let (rows, lines) = self.lines.into_values().unzip();
        FileOrder {
            account_id: self.account_id,
            request: OrderRequest {
                po_number: self.po_number,
                ship_to: None,
                requested_on: None,
                order_class: OrderClass::Standard,
                note: None,
                lines,
            },
            rows,
            products: self.products,
        }
    }
}

/// A stored line: sku, unit, ordered quantity with its decimals.
type StoredLine = (String, String, i64, u8);

/// The lines of stored orders, cancelled ones too, that have the number of one of the drafts.
fn stored_lines(db: &Database, drafts: &[Draft]) -> Result<HashMap<Key, HashMap<OrderId, Vec<StoredLine>>>> {
    type Columns = (BigInt, BigInt, Text, Text, Text, BigInt, Integer);
    type Row = (OrderId, AccountId, String, String, String, i64, i32);
    let mut accounts: Vec<_> = drafts.iter().map(|draft| draft.account_id).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let numbers: HashSet<_> = drafts.iter().map(|draft| po_key(&draft.po_number)).collect();
    let (accounts, numbers) = (sets::json(&accounts)?, sets::json(&numbers)?);
    let rows: Vec<Row> = db.read_now(|connection| {
        Statement::<Columns>::per_engine(
            "SELECT o.id, o.account_id, o.po_key, l.sku, l.unit, l.quantity, l.unit_decimals \
             FROM json_each($1) a CROSS JOIN orders o ON o.account_id = a.value \
             CROSS JOIN order_lines l ON l.order_id = o.id WHERE o.po_key IN (SELECT value FROM json_each($2))",
            "SELECT o.id, o.account_id, o.po_key, l.sku, l.unit, l.quantity, l.unit_decimals \
             FROM orders o JOIN order_lines l ON l.order_id = o.id \
             WHERE o.account_id = ANY(ARRAY(SELECT json_array_elements_text($1::json)::bigint)) \
             AND o.po_key = ANY(ARRAY(SELECT json_array_elements_text($2::json)))",
        )
        .bind(accounts.as_str())
        .bind(numbers.as_str())
        .rows(connection)
    })?;
    let mut stored = HashMap::<Key, HashMap<OrderId, Vec<StoredLine>>>::new();
    for (order_id, account_id, number, sku, unit, quantity, decimals) in rows {
        let decimals = u8::try_from(decimals).map_err(Error::internal)?;
        let orders = stored.entry((account_id, number)).or_default();
        let lines = orders.entry(order_id).or_default();
        lines.push((sku, unit, quantity, decimals));
    }
    Ok(stored)
}

/// True if the order has the stored lines by sku, unit and numeric quantity, in whatever order.
fn is_same(order: &FileOrder, stored: &[StoredLine]) -> bool {
    let mut open: Vec<_> = stored.iter().collect();
    let same = order.request.lines.iter().all(|requested| {
        let line = &requested.line;
        let is_line = |(sku, unit, quantity, decimals): &StoredLine| {
            line.key.text() == *sku
                && line.unit.as_ref() == Some(unit)
                && Decimal::parse(&line.quantity).and_then(|value| value.scaled(*decimals)) == Ok(*quantity)
        };
        let found = open.iter().position(|stored| is_line(stored));
        found.map(|index| open.swap_remove(index)).is_some()
    });
    same && open.is_empty()
}
