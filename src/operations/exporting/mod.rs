//! All that is kept of an account, row by row: JSON lines, a table each. Rows are read a thousand at a time in one snapshot, so that
//! an account of any size takes the same memory and everything is of the same moment.

pub mod rules;
pub mod tables;

use serde_json::{Map, Value};

use self::rules::{outside, prefix_of};
use self::tables::Table;
use crate::accounts;
use crate::claims::evidence;
use crate::db::{Connection, Statement, composed};
use crate::documents::paper::Paper;
use crate::error::{Error, Result};
use crate::ids::{AccountId, ClaimFileId, CreditNoteId, DeliveryProofId, InvoiceId, OrderId, ReminderId, ShipmentId};
use crate::shipments::proof;
use crate::{invoices, orders, reminders, shipments};

/// Rows that are in memory at a time.
const ROWS_AT_ONCE: i64 = 1_000;

/// The account with this code, closed ones too.
pub fn find(connection: &mut Connection, code: &str) -> Result<AccountId> {
    let account = accounts::find_by_code(connection, code)?;
    account.map(|account| account.id).ok_or(Error::NotFound)
}

/// Gives every row of a table to `take`, as a line of JSON; how many it were.
pub fn rows(
    connection: &mut Connection,
    account_id: AccountId,
    table: &Table,
    take: &mut dyn FnMut(&Map<String, Value>) -> Result<()>,
) -> Result<u64> {
    let columns = columns(connection, table)?;
    let mut after: Option<Vec<String>> = None;
    let mut count = 0;
    loop {
        let page = page(connection, account_id, table, &columns, after.as_deref())?;
        let is_last = i64::try_from(page.len()).unwrap_or(i64::MAX) < ROWS_AT_ONCE;
        for text in &page {
            let mut row: Map<String, Value> = serde_json::from_str(text).map_err(Error::internal)?;
            after = Some(table.key.iter().map(|key| plain(row.get(*key))).collect());
            row.iter_mut().for_each(|(column, value)| {
                let prefix = prefix_of(table.name, column);
                outside(prefix, column, value);
            });
            take(&row)?;
            count += 1;
        }
        if is_last {
            return Ok(count);
        }
    }
}

fn plain(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// The columns that are written, as the database has them.
fn columns(connection: &mut Connection, table: &Table) -> Result<Vec<String>> {
    let all: Vec<String> = Statement::per_engine(
        "SELECT name FROM pragma_table_info($1)",
        "SELECT column_name::text FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1 \
         ORDER BY ordinal_position",
    )
    .bind(table.name)
    .rows(connection)?;
    Ok(all
        .into_iter()
        .filter(|column| !table.without.contains(&column.as_str()))
        .collect())
}

/// True for a column that holds a number.
fn is_number(column: &str) -> bool {
    column == "id" || column.ends_with("_id") || matches!(column, "position" | "rate_ppm")
}

fn page(
    connection: &mut Connection,
    account_id: AccountId,
    table: &Table,
    columns: &[String],
    after: Option<&[String]>,
) -> Result<Vec<String>> {
    let members: Vec<_> = columns.iter().map(|column| format!("'{column}', t.{column}")).collect();
    let key: Vec<_> = table.key.iter().map(|column| format!("t.{column}")).collect();
    let key = key.join(", ");
    let behind = match after {
        None => String::new(),
        Some(values) => {
            let places: Vec<_> = (0..values.len()).map(|index| format!("${}", index + 2)).collect();
            format!(" AND ({key}) > ({})", places.join(", "))
        }
    };
    let mut statement = composed(format!(
        "SELECT CAST({{sqlite: json_object}}{{postgres: json_build_object}}({}) AS TEXT) FROM {} t WHERE ({}){behind} \
         ORDER BY {key} LIMIT {ROWS_AT_ONCE}",
        members.join(", "),
        table.name,
        table.whose
    ))
    .bind(account_id);
    for (column, value) in table.key.iter().zip(after.unwrap_or_default()) {
        statement = match is_number(column) {
            true => statement.bind(value.parse::<i64>().map_err(Error::internal)?),
            false => statement.bind(value.as_str()),
        };
    }
    statement.rows(connection)
}

/// A paper, or a file that somebody sent.
pub enum Document {
    Paper(Box<Paper>),
    File { name: String, content: Vec<u8> },
}

/// The kinds of documents, as the folders are called that they go into.
pub const DOCUMENTS: [&str; 7] = [
    "orders",
    "shipments",
    "invoices",
    "credit-notes",
    "reminders",
    "claims",
    "deliveries",
];

/// Up to a thousand ids of what has documents of a kind, behind one of them.
pub fn list_documented(connection: &mut Connection, account_id: AccountId, kind: &str, after: i64) -> Result<Vec<i64>> {
    let table = match kind {
        "orders" => "orders",
        "shipments" => "shipments",
        "invoices" => "invoices",
        "credit-notes" => "credit_notes",
        "reminders" => "reminders",
        "claims" => "claim_files",
        _ => "delivery_proofs",
    };
    composed(format!(
        "SELECT id FROM {table} WHERE account_id = $1 AND id > $2 ORDER BY id LIMIT {ROWS_AT_ONCE}"
    ))
    .bind(account_id)
    .bind(after)
    .rows(connection)
}

/// One document; nothing where the paper can't be made: of an order before the supplier had an address, for one.
pub fn document(connection: &mut Connection, account_id: AccountId, kind: &str, id: i64) -> Result<Option<Document>> {
    let paper = |paper: Result<Paper>| match paper {
        Ok(paper) => Ok(Some(Document::Paper(Box::new(paper)))),
        Err(Error::NotFound | Error::Conflict { .. } | Error::Refused { .. } | Error::Invalid(_)) => Ok(None),
        Err(other) => Err(other),
    };
    match kind {
        "orders" => paper(orders::documents::confirmation(connection, account_id, OrderId(id))),
        "shipments" => paper(shipments::documents::note(connection, account_id, ShipmentId(id))),
        "invoices" => paper(invoices::documents::invoice(connection, account_id, InvoiceId(id))),
        "credit-notes" => paper(invoices::credits::documents::credit_note(
            connection,
            account_id,
            CreditNoteId(id),
        )),
        "reminders" => paper(reminders::documents::reminder(connection, account_id, ReminderId(id))),
        "claims" => {
            let file = evidence::get(connection, account_id, ClaimFileId(id))?;
            let name = format!("{}-{}", ClaimFileId(id), file.name);
            Ok(Some(Document::File {
                name,
                content: file.bytes,
            }))
        }
        _ => {
            let file = proof::get(connection, account_id, DeliveryProofId(id))?;
            let name = format!("{}-{}", DeliveryProofId(id), file.name);
            Ok(Some(Document::File {
                name,
                content: file.bytes,
            }))
        }
    }
}
