//! What is kept of an account as files: all of it, nothing of anybody else, and no secret.

use std::collections::BTreeSet;
use std::path::Path;

use portal::db::Connection;
use portal::error::Result;
use portal::operations::exporting::tables::{LEFT_OUT, TABLES};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{columns, tables};
use crate::app::TestApp;
use crate::client::unique;
use crate::fresh::Fresh;
use crate::orders::shop;
use crate::program::{Installation, Output};

/// Tables without a column `account_id` whose rows are nobody's, or only serve the program.
const OF_NOBODY: &[&str] = &[
    "__diesel_schema_migrations",
    "allocation_decisions",
    "allocation_modes",
    "allocations",
    "audit_chain",
    "audit_redactions",
    "audit_tallies",
    "bank_statements",
    "bulk_pieces",
    "carriers",
    "claim_numbers",
    "client_assertions",
    "counters",
    "credit_note_numbers",
    "credit_settings",
    "expected_receipts",
    "holidays",
    "idempotency_keys",
    "import_faults",
    "import_files",
    "import_runs",
    "invoice_numbers",
    "nodes",
    "operation_marks",
    "password_resets",
    "margin_floors",
    "price_change_rows",
    "price_changes",
    "product_costs",
    "price_correction_numbers",
    "price_corrections",
    "promises_due",
    "punchout_attempts",
    "quota_uses",
    "receipt_lines",
    "receipts",
    "recovery_codes",
    "refresh_tokens",
    "reminder_numbers",
    "reminder_policies",
    "reminder_runs",
    "reminder_settings",
    "reminder_tiers",
    "rebates_due",
    "reservations",
    "return_numbers",
    "revoked_tokens",
    "sandbox_databases",
    "sandbox_failures",
    "sandbox_requests",
    "sandbox_runs",
    "search_tokens",
    "second_factors",
    "sign_in_failures",
    "settlement_settings",
    "settlement_tolerances",
    "signing_keys",
    "sscc_serials",
    "stock",
    "stock_movements",
    "substitutes",
    "supplier",
    "tax_rates",
    "warehouses",
    "webhook_attempts",
];

fn all_columns(connection: &mut Connection) -> Result<Vec<(String, Vec<String>)>> {
    let tables = tables(connection)?;
    tables
        .into_iter()
        .map(|table| Ok((table.clone(), columns(connection, &table)?)))
        .collect()
}

#[tokio::test]
async fn every_table_is_exported_or_says_why_not() {
    let fresh = Fresh::migrated();
    let all = fresh.db().read(all_columns).await.unwrap();
    let exported: BTreeSet<_> = TABLES.iter().map(|table| table.name).collect();
    assert_eq!(exported.len(), TABLES.len(), "a table stands twice");
    let left: BTreeSet<_> = LEFT_OUT.iter().map(|(name, _)| *name).collect();
    let mut faults = Vec::new();
    for (table, columns) in &all {
        let name = table.as_str();
        let is_of_accounts = columns.iter().any(|column| column == "account_id");
        let is_told = exported.contains(name) || left.contains(name);
        let is_search = name.starts_with("search") || name.contains("_words") || name.starts_with("sqlite_");
        if is_of_accounts && !is_told {
            faults.push(format!("{name} is of accounts: export it, or say in LEFT_OUT why not"));
        } else if !is_told && !is_search && !OF_NOBODY.contains(&name) {
            faults.push(format!("{name}: export it, or say here that it is nobody's"));
        }
    }
    let known: BTreeSet<_> = all.iter().map(|(table, _)| table.as_str()).collect();
    faults.extend(
        exported
            .iter()
            .chain(&left)
            .filter(|name| !known.contains(*name))
            .map(|name| format!("{name} is no table")),
    );
    assert!(faults.is_empty(), "{faults:#?}");
}

#[tokio::test]
async fn no_column_that_is_exported_is_a_secret() {
    let fresh = Fresh::migrated();
    let all = fresh.db().read(all_columns).await.unwrap();
    for table in TABLES {
        let (_, columns) = all.iter().find(|(name, _)| name == table.name).unwrap();
        for column in table.without.iter().chain(table.key) {
            assert!(columns.iter().any(|known| known == column), "{}.{column}", table.name);
        }
        let written = columns
            .iter()
            .filter(|column| !table.without.contains(&column.as_str()));
        for column in written {
            let is_secret = ["secret", "hash", "password", "token", "nonce", "public_key"]
                .iter()
                .any(|word| column.contains(word) && !column.ends_with("secret_end") && !column.ends_with("_until"));
            // The chain of the record is told to everybody who may read it; keys of programs are public.
            let is_fine = matches!(
                (table.name, column.as_str()),
                ("audit_entries", "hash") | ("clients", "public_keys")
            );
            assert!(!is_secret || is_fine, "{}.{column}", table.name);
        }
    }
}

/// What the shop's GOLD and SILVER have.
async fn traded() -> TestApp {
    let app = shop().await;
    for account in ["GOLD", "SILVER"] {
        let buyer = app.person(account, "admin").await;
        let lines = json!([{"sku": "BOLT", "unit": "H87", "quantity": "3"}, {"sku": "CABLE", "unit": "MTR", "quantity": "2.5"}]);
        let note = format!("A note of {account}");
        buyer
            .place_order(json!({"lines": lines, "note": note}))
            .await
            .expect(201);
        let program = json!({"name": "ERP", "scopes": ["orders:read"]});
        buyer.post_with_key("/clients", &unique(), program).await.expect(201);
    }
    app
}

/// The rows of a file.
fn rows(folder: &Path, name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join(name)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test]
async fn an_export_has_everything_of_one_account_and_nothing_of_another() {
    let app = traded().await;
    let installation = Installation::on(app.db().target());
    let folder = TempDir::new().unwrap();
    let to = folder.path().join("gold");
    let output = installation.run(&["export", "GOLD", to.to_str().unwrap()], "");
    assert_eq!(output.code, Some(0), "{output:?}");
    assert!(output.stdout.contains("orders.ndjson\t1\n"), "{output:?}");

    let orders = rows(&to, "orders.ndjson");
    assert_eq!(orders.len(), 1);
    let order = &orders[0];
    let staff = app.staff("admin").await;
    let listed = staff.get("/supplier/orders").await.expect(200);
    let ids: Vec<_> = listed["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|order| &order["id"])
        .collect();
    assert!(ids.contains(&&order["id"]), "{order}");
    assert_eq!(order["note"], "A note of GOLD");
    let placed = order["placed_at"].as_str().unwrap();
    assert!(placed.ends_with('Z') && placed.contains('T'), "{placed}");
    let lines = rows(&to, "order_lines.ndjson");
    assert_eq!(lines.len(), 2);
    assert!(lines.iter().all(|line| line["order_id"] == order["id"]), "{lines:?}");
    assert_eq!(lines[1]["quantity"], 250);
    assert_eq!(rows(&to, "accounts.ndjson")[0]["code"], "GOLD");

    let manifest: Value = serde_json::from_str(&std::fs::read_to_string(to.join("manifest.json")).unwrap()).unwrap();
    assert_eq!((&manifest["format"], &manifest["account"]), (&json!(1), &json!("GOLD")));
    let guide = std::fs::read_to_string(to.join("README.md")).unwrap();
    let mut files = 0;
    for entry in std::fs::read_dir(&to).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            continue;
        }
        let mode = std::os::unix::fs::PermissionsExt::mode(&path.metadata().unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600, "{name}");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains("SILVER") && !text.contains("Silver"), "{name}: {text}");
        assert!(!text.contains("argon2"), "{name}");
        if name.ends_with(".ndjson") {
            files += 1;
            assert!(guide.contains(&format!("`{name}`")), "{name}");
            assert_eq!(manifest["files"][&name], text.lines().count(), "{name}");
        }
    }
    assert_eq!(files, TABLES.len());
    let papers: Vec<_> = std::fs::read_dir(to.join("papers/orders")).unwrap().collect();
    assert_eq!(papers.len(), 1);
    let paper = std::fs::read(papers[0].as_ref().unwrap().path()).unwrap();
    assert!(paper.starts_with(b"%PDF-"));
}

#[tokio::test]
async fn an_export_is_a_zip_where_its_name_says_so_and_replaces_nothing() {
    let app = traded().await;
    let installation = Installation::on(app.db().target());
    let folder = TempDir::new().unwrap();
    let to = folder.path().join("gold.zip");
    let name = to.to_str().unwrap();
    let arguments = ["export", "GOLD", name, "--rows-only"];
    installation.succeed(&arguments, "");
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&to).unwrap()).unwrap();
    let names: Vec<_> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert!(names.contains(&"orders.ndjson".to_owned()) && names.contains(&"README.md".to_owned()));
    assert!(!names.iter().any(|name| name.starts_with("papers/")), "{names:?}");
    let orders = std::io::read_to_string(archive.by_name("orders.ndjson").unwrap()).unwrap();
    assert_eq!(orders.lines().count(), 1);
    let refused = |output: Output, why: &str| {
        assert_eq!(output.code, Some(1), "{output:?}");
        assert!(output.stderr.contains(why), "{output:?}");
    };
    refused(installation.run(&arguments, ""), "is there already");
    let other = folder.path().join("other");
    let other = other.to_str().unwrap();
    refused(
        installation.run(&["export", "NOBODY", other], ""),
        "There is no account NOBODY",
    );
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[tokio::test]
async fn an_account_of_many_rows_is_read_page_by_page_and_each_row_once() {
    let app = shop().await;
    let rows_wanted = 2_345;
    let mut sites = "account,site,name,country\n".to_owned();
    for number in 0..rows_wanted {
        sites.push_str(&format!("GOLD,S{number},Site {number},NL\n"));
    }
    app.import(&[("sites.csv", &sites)]).await;
    let installation = Installation::on(app.db().target());
    let folder = TempDir::new().unwrap();
    let to = folder.path().join("gold");
    installation.succeed(&["export", "GOLD", to.to_str().unwrap(), "--rows-only"], "");
    let found = rows(&to, "sites.ndjson");
    let of_file = |site: &&Value| site["code"].as_str().is_some_and(|code| code.starts_with('S'));
    let ids: BTreeSet<_> = found
        .iter()
        .filter(of_file)
        .map(|site| site["id"].as_str().unwrap())
        .collect();
    assert_eq!(
        (found.iter().filter(of_file).count(), ids.len()),
        (rows_wanted, rows_wanted)
    );
}
