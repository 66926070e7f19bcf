//! `orders.csv`: orders placed through the ordinary pipeline. A row is a line; rows of the same account and purchase order
//! number are one order, which is placed whole or not at all.

mod drafts;
mod stored;

use std::collections::HashSet;
use std::sync::Arc;

use self::drafts::Drafts;
use self::stored::{is_same, stored_lines};
use super::placing::{place, preview};
use super::planning::{OrderRequest, Orderer};
use crate::accounts::files::accounts::Accounts;
use crate::audit::Actor;
use crate::catalogue::products::files::Products;
use crate::clock::Timestamp;
use crate::db::{Connection, Database};
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::{AccountId, ProductId};
use crate::orders::sentences;
use crate::sheets::plan::{Checked, Scope, Step, Work, count};
use crate::sheets::report::Fault;
use crate::sheets::{Keys, Layout, Sheet};

/// The file.
pub const LAYOUT: Layout = Layout {
    file: "orders.csv",
    required: &["po_number", "account", "line", "sku", "unit", "quantity"],
    optional: &[],
    decimals: &["quantity"],
};

/// Account and purchase order number as it is compared.
type Key = (AccountId, String);

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
            by: None,
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
        remedy: sentences::other_row_is_bad(),
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
            // A savepoint: a refused order leaves nothing behind, and its refusal is reported, not failed on.
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

/// Reads the file and finds out which of its orders are stored already.
pub fn read(db: &Database, mut sheet: Sheet, accounts: &Accounts, products: &Products) -> Result<OrdersFile> {
    let mut drafts = Drafts::default();
    let mut keys = Keys::new();
    sheet.rows(|cells| drafts.take(cells, accounts, products, &mut keys));
    drafts.mark_unreadable(&sheet, accounts);
    let (bad, good): (Vec<_>, Vec<_>) = drafts.orders.into_iter().partition(|draft| draft.is_bad);
    let mut faults = Vec::new();
    for draft in bad {
        faults.extend(draft.lines.values().map(|(row, _)| left_out(*row, &draft.po_number)));
    }
    let keys: Vec<Key> = good.iter().map(drafts::Draft::key).collect();
    let stored = stored_lines(db, &keys)?;
    let (mut new, mut unchanged_rows) = (Vec::new(), 0);
    for draft in good {
        let orders = stored.get(&draft.key());
        let order = draft.finish();
        match orders {
            None => new.push(order),
            Some(orders) if orders.values().any(|lines| is_same(&order, lines)) => {
                unchanged_rows += count(order.lines());
            }
            Some(_) => {
                let detail = sentences::order_with_other_lines();
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
