//! Rows name the fields they are about; and kinds that are sent seldom.

use portal::db::sql;
use serde_json::json;

use super::{NDJSON, counts, job, results, send, shop, work};

#[tokio::test]
async fn what_a_row_does_not_name_stays_as_it_is() {
    let app = shop().await;
    let desk = app.staff("catalogue").await;
    let body = [
        json!({"sku": "A-1", "name": "Bolt", "base_unit": "H87", "decimals": 0, "tax_category": "S", "category": "Fasteners"}),
        json!({"sku": "A-2", "name": "Nut", "base_unit": "H87", "decimals": 0, "tax_category": "S", "category": "Fasteners"}),
    ];
    let body = body.map(|row| row.to_string()).join("\n");
    let sent = send(&desk, "/supplier/bulk/products", NDJSON, &body).await.expect(202);
    work(&app).await;
    assert_eq!(counts(&job(&desk, &sent, "/supplier").await), (2, 2, 0, 0, "succeeded"));
    // One row names its category, the next doesn't, and one lacks what each needs.
    let body = [
        json!({"sku": "A-1", "name": "Bolt M8", "base_unit": "H87", "decimals": 0, "tax_category": "S"}),
        json!({"sku": "A-2", "name": "Nut M8", "base_unit": "H87", "decimals": 0, "tax_category": "S", "category": null}),
        json!({"sku": "A-3", "base_unit": "H87", "decimals": 0, "tax_category": "S"}),
        json!({"sku": "A-1", "name": "Again", "base_unit": "H87", "decimals": 0, "tax_category": "S", "category": "X"}),
    ];
    let body = body.map(|row| row.to_string()).join("\n");
    let sent = send(&desk, "/supplier/bulk/products", NDJSON, &body).await.expect(202);
    work(&app).await;
    assert_eq!(counts(&job(&desk, &sent, "/supplier").await), (4, 2, 2, 0, "succeeded"));
    let read =
        app.db().read(|connection| {
            sql("SELECT sku, name, COALESCE(category, '-') FROM products WHERE sku IN ('A-1', 'A-2') ORDER BY sku")
                .rows::<(String, String, String)>(connection)
        });
    let row = |sku: &str, name: &str, category: &str| (sku.to_owned(), name.to_owned(), category.to_owned());
    assert_eq!(
        read.await.unwrap(),
        [row("A-1", "Bolt M8", "Fasteners"), row("A-2", "Nut M8", "-")]
    );
    let all = results(&desk, &sent, ("/supplier", "?rejected=true")).await;
    let faults: Vec<_> = all
        .iter()
        .map(|row| {
            (
                row["row"].as_i64().unwrap(),
                row["errors"][0]["field"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(faults, [(3, "name"), (4, "sku")]);
    app.finish().await;
}

#[tokio::test]
async fn who_the_supplier_is_its_taxes_and_what_is_expected_come_in_bulk() {
    let app = shop().await;
    let desk = app.staff("admin").await;
    for (path, rows) in [
        (
            "/supplier/bulk/supplier",
            vec![json!({"name": "The Supplier", "country": "NL", "currency": "EUR", "city": "Rotterdam"})],
        ),
        (
            "/supplier/bulk/tax_rates",
            vec![
                json!({"country": "NL", "category": "AA", "rate": "9"}),
                json!({"country": "DE", "category": "S", "rate": 19, "valid_from": "2021-01-01"}),
            ],
        ),
        (
            "/supplier/bulk/expected_receipts",
            vec![
                json!({"reference": "PO-77", "warehouse": "NORTH", "sku": "A-3", "quantity": 40, "expected_on": "2030-01-15"}),
            ],
        ),
        (
            "/supplier/bulk/entitlements",
            vec![json!({"order_class": "priority", "per_month": 5, "account": "ACME"})],
        ),
        (
            "/supplier/bulk/early_access",
            vec![json!({"sku": "A-3", "tier": "gold", "from": "2030-01-01"})],
        ),
        (
            "/supplier/bulk/substitutes",
            vec![json!({"sku": "A-3", "substitute": "A-1", "kind": "alternative", "ratio": 1.5})],
        ),
    ] {
        let body = rows.iter().map(|row| format!("{row}\n")).collect::<String>();
        let sent = send(&desk, path, NDJSON, &body).await.expect(202);
        work(&app).await;
        let done = job(&desk, &sent, "/supplier").await;
        let rejected = results(&desk, &sent, ("/supplier", "?rejected=true")).await;
        let count = i64::try_from(rows.len()).unwrap();
        assert_eq!(counts(&done), (count, count, 0, 0, "succeeded"), "{path} {rejected:?}");
    }
    let expected = desk.get("/supplier/expected-receipts").await.expect(200);
    assert_eq!(expected["data"][0]["reference"], "PO-77");
    app.finish().await;
}
