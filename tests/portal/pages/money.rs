//! Deliveries, invoices, the statement and files of them: what is due first, every amount the same everywhere, nothing
//! of others.

use serde_json::{Value, json};

use super::orders::{id, place, screws, ship};
use super::quick_order::shop;
use crate::app::TestApp;
use crate::browser::Browser;
use crate::client::{Client, unique};

/// A shop where an order of two cartons of screws was shipped and invoiced: 26.10 and 21 % make 31.58.
async fn with_invoice() -> (TestApp, Browser, Client, Value, Value) {
    let (app, buyer) = shop().await;
    let client = app.person("NORD", "buyer").await;
    let order = place(&client, "PO-11873", screws("2")).await;
    let shipment = ship(&app, &order).await;
    let invoice = invoice(&app, &shipment).await;
    (app, buyer, client, shipment, invoice)
}

async fn invoice(app: &TestApp, shipment: &Value) -> Value {
    let finance = app.staff("finance").await;
    let body = json!({ "shipment_id": id(shipment) });
    finance
        .post_with_key("/supplier/invoices", &unique(), body)
        .await
        .expect(201)
}

async fn pay(app: &TestApp, amount: &str, reference: &str) {
    let finance = app.staff("finance").await;
    let today = portal::clock::now().date();
    let payment = json!({
        "account": "NORD", "amount": amount, "currency": "EUR", "reference": reference, "received_on": today,
    });
    finance
        .post_with_key("/supplier/payments", &unique(), payment)
        .await
        .expect(201);
}

#[tokio::test]
async fn deliveries_on_their_way_come_first() {
    let (app, buyer, client, shipment, _) = with_invoice().await;
    let second = ship(&app, &place(&client, "PO-2", screws("1")).await).await;
    let html = buyer.page("/shipments").await;
    assert!(
        html.contains("On the way (2)") && html.contains("Delivered (0)"),
        "{html}"
    );
    assert!(html.contains("expected "), "{html}");
    let place_of = |shipment: &Value| html.find(&format!("/shipments/{}\"", id(shipment))).unwrap();
    assert!(
        place_of(&shipment) < place_of(&second),
        "the first that left arrives first"
    );
    let staff = app.staff("warehouse").await;
    let path = format!("/supplier/shipments/{}/deliver", id(&shipment));
    staff.post(&path, json!({})).await.expect(200);
    let html = buyer.page("/shipments?view=delivered").await;
    assert!(html.contains("Delivered (1)") && html.contains("PO-11873"), "{html}");
    assert!(!html.contains("PO-2<"), "{html}");
    for (text, found) in [("0034", true), ("po-118", true), ("nothing", false)] {
        let html = buyer.page(&format!("/shipments?view=all&q={text}")).await;
        assert_eq!(html.contains("PO-11873"), found, "{text}");
    }
    let html = buyer.page(&format!("/shipments/{}", id(&shipment))).await;
    assert!(
        html.contains("2\u{a0}cartons") && html.contains("1,000\u{a0}pieces"),
        "{html}"
    );
    assert!(
        html.contains("Track delivery") && html.contains("DHL Freight"),
        "{html}"
    );
    assert!(
        html.contains("/orders/ord_") && html.contains("/invoices/inv_"),
        "{html}"
    );
}

#[tokio::test]
async fn invoices_tell_when_they_are_due_and_what_is_open() {
    let (app, buyer, _, _, invoice) = with_invoice().await;
    let html = buyer.page("/invoices").await;
    assert!(html.contains("Open (1)") && html.contains("Overdue (0)"), "{html}");
    assert!(html.contains("due in 30 days"), "{html}");
    assert_eq!(
        html.matches("EUR\u{a0}31.58").count(),
        3,
        "open in all, total, open: {html}"
    );
    pay(&app, "11.58", "Part").await;
    let html = buyer.page("/invoices").await;
    assert!(html.contains("Part paid") && html.contains("EUR\u{a0}20.00"), "{html}");
    let path = format!("/invoices/{}", id(&invoice));
    let html = buyer.page(&path).await;
    let number = invoice["number"].as_str().unwrap();
    assert!(html.contains("Payment reference") && html.contains(number), "{html}");
    assert!(
        html.contains("EUR\u{a0}20.00") && html.contains("31.58") && html.contains("26.10"),
        "{html}"
    );
    assert!(html.contains("21\u{a0}%") && html.contains("5.48"), "{html}");
    assert!(html.contains("EUR\u{a0}11.58") && html.contains("Part"), "{html}");
    assert!(
        html.contains("/orders/ord_") && html.contains("/shipments/shp_"),
        "{html}"
    );
    pay(&app, "20.00", "Rest").await;
    let html = buyer.page(&path).await;
    assert!(html.contains("This invoice is paid."), "{html}");
    let html = buyer.page("/invoices").await;
    assert!(
        html.contains("No invoices here.") && html.contains("Paid (1)"),
        "{html}"
    );
    let html = buyer.page("/invoices?view=paid&q=po-118").await;
    assert!(html.contains(number), "{html}");
    for (view, sort) in [
        ("all", "newest"),
        ("all", "oldest"),
        ("open", "due"),
        ("open", "due_last"),
    ] {
        buyer.page(&format!("/invoices?view={view}&sort={sort}")).await;
    }
    for query in [
        "view=overdue",
        "view=due_soon",
        "view=paid&q=nothing",
        "from=2100-01-01",
        "to=x",
    ] {
        let html = buyer.page(&format!("/invoices?{query}")).await;
        assert!(!html.contains(number), "{query}: {html}");
    }
}

#[tokio::test]
async fn the_statement_runs_from_balance_to_balance() {
    let (app, buyer, client, _, invoice) = with_invoice().await;
    pay(&app, "40.00", "Advance").await;
    let html = buyer.page("/statement").await;
    assert!(!html.contains("class=\"share\""), "nothing is open: {html}");
    let told = client.get("/account/statement").await.expect(200);
    assert_eq!(
        (&told["balance"], &told["on_account"]),
        (&json!("-8.42"), &json!("8.42"))
    );
    assert!(
        html.contains("EUR\u{a0}-8.42") && html.contains("EUR\u{a0}8.42"),
        "{html}"
    );
    assert!(
        html.contains(invoice["number"].as_str().unwrap()) && html.contains("Advance"),
        "{html}"
    );
    assert!(
        html.contains("Balance before") && html.contains("Balance at the end"),
        "{html}"
    );
    assert!(html.contains("31 to 60 days late"), "{html}");
    let html = buyer.page("/statement?from=2100-01-01").await;
    assert!(html.contains("Nothing was booked in this period."), "{html}");
    let html = buyer.page("/statement?from=2026-02-01&to=2026-01-01").await;
    assert!(html.contains("The period would end before it begins."), "{html}");
}

/// The rows of a CSV file without its byte order mark.
async fn csv(browser: &Browser, path: &str) -> Vec<Vec<String>> {
    let shown = browser.get(path).await;
    assert_eq!(shown.status, 200, "{path}: {}", shown.html);
    assert_eq!(shown.headers["content-type"], "text/csv; charset=utf-8");
    let disposition = shown.headers["content-disposition"].to_str().unwrap();
    assert!(
        disposition.starts_with("attachment; filename=\"") && disposition.ends_with(".csv\""),
        "{disposition}"
    );
    let text = shown.html.trim_start_matches('\u{feff}').to_owned();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

fn cell<'a>(rows: &'a [Vec<String>], row: usize, heading: &str) -> &'a str {
    let column = rows[0].iter().position(|name| name == heading).unwrap();
    &rows[row][column]
}

#[tokio::test]
async fn files_hold_all_rows_of_the_filter_with_raw_numbers() {
    let (app, buyer, client, ..) = with_invoice().await;
    let formula = json!({ "po_number": "=1+1", "lines": screws("1"), "note": "@home" });
    client.post_with_key("/orders", &unique(), formula).await.expect(201);
    let orders = csv(&buyer, "/orders/export.csv?view=all&sort=oldest").await;
    assert_eq!(orders.len(), 3);
    assert_eq!(cell(&orders, 1, "po_number"), "PO-11873");
    assert_eq!(cell(&orders, 1, "gross_total"), "31.58");
    assert_eq!(cell(&orders, 2, "po_number"), "'=1+1");
    assert_eq!(cell(&orders, 2, "note"), "'@home");
    let filtered = csv(&buyer, "/orders/export.csv?view=all&q=po-").await;
    assert_eq!(filtered.len(), 2);
    let lines = csv(&buyer, "/orders/lines.csv?view=all&sort=oldest").await;
    assert_eq!(lines.len(), 3);
    assert_eq!(cell(&lines, 1, "customer_part_number"), "NW-40012");
    assert_eq!(cell(&lines, 1, "shipped"), "1000");
    assert_eq!(cell(&lines, 1, "unit_price"), "2.61");
    let invoices = csv(&buyer, "/invoices/export.csv").await;
    assert_eq!(cell(&invoices, 1, "open_amount"), "31.58");
    pay(&app, "1.58", "x").await;
    let entries = csv(&buyer, "/statement/export.csv").await;
    assert_eq!(
        (cell(&entries, 2, "amount"), cell(&entries, 2, "balance")),
        ("-1.58", "30.00")
    );
    let shipments = csv(&buyer, "/shipments/export.csv?view=all").await;
    assert_eq!(cell(&shipments, 1, "state"), "shipped");
    assert_eq!(cell(&shipments, 1, "invoice_number"), cell(&invoices, 1, "number"));
    for path in [
        "/orders/export",
        "/orders/lines",
        "/shipments/export",
        "/invoices/export",
        "/statement/export",
    ] {
        let shown = buyer.get(&format!("{path}.xlsx")).await;
        assert_eq!(shown.status, 200, "{path}");
        assert!(shown.html.starts_with("PK"), "{path}");
        assert_eq!(buyer.get(&format!("{path}.pdf")).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn lists_of_the_desk_are_files_too_and_hold_what_the_page_finds() {
    let (app, _, client, ..) = with_invoice().await;
    place(&client, "PO-2", screws("1")).await;
    pay(&app, "1.58", "=now").await;
    let desk = app.browse_staff("admin").await;
    for (list, query, row, expected) in [
        (
            "orders",
            "?sort=oldest",
            1,
            [("account", "NORD"), ("po_number", "PO-11873")],
        ),
        ("orders", "?q=PO-2", 1, [("state", "placed"), ("po_number", "PO-2")]),
        (
            "shipments",
            "?view=on_the_way",
            1,
            [("account", "NORD"), ("line_count", "1")],
        ),
        ("invoices", "", 1, [("account", "NORD"), ("open_amount", "30.00")]),
        ("payments", "", 1, [("amount", "1.58"), ("reference", "'=now")]),
        ("accounts", "?q=nord", 1, [("code", "NORD"), ("currency", "EUR")]),
        ("products", "?q=HS-440", 1, [("sku", "HS-440"), ("decimals", "0")]),
        ("stock", "?q=HS-440", 1, [("sku", "HS-440"), ("backordered", "0")]),
    ] {
        let path = format!("/desk/{list}/export.csv{query}");
        let rows = csv(&desk, &path).await;
        for (heading, value) in expected {
            assert_eq!(cell(&rows, row, heading), value, "{path}: {rows:?}");
        }
        let link = format!("/desk/{list}/export.xlsx");
        let shown = desk.page(&format!("/desk/{list}")).await;
        assert!(shown.contains(&link), "{list}: {shown}");
        assert!(desk.get(&link).await.html.starts_with("PK"), "{list}");
        assert_eq!(desk.get(&format!("/desk/{list}/export.pdf")).await.status, 404);
    }
    let none = csv(&desk, "/desk/stock/export.csv?view=waiting").await;
    assert_eq!(none.len(), 1, "{none:?}");
}

#[tokio::test]
async fn lists_beside_orders_and_money_are_files_of_what_their_filter_finds() {
    let (app, _, client, ..) = with_invoice().await;
    place(&client, "PO-2", screws("1")).await;
    let desk = app.browse_staff("admin").await;
    let entitled = [
        ("tier", "gold"),
        ("account", ""),
        ("order_class", "priority"),
        ("per_month", "4"),
        ("lines_max", ""),
    ];
    desk.post("/desk/entitlements", &entitled).await.goes_to();
    let early = [
        ("sku", "HS-440"),
        ("category", ""),
        ("tier", ""),
        ("account", "NORD"),
        ("from", "2026-12-12"),
    ];
    desk.post("/desk/early-access", &early).await.goes_to();
    for (path, count, expected) in [
        (
            "queue/export.csv?q=PO-2",
            1,
            [("account", "NORD"), ("po_number", "PO-2")],
        ),
        (
            "price-lists/export.csv?kind=base",
            1,
            [("code", "BASE"), ("currency", "EUR")],
        ),
        ("assortments/export.csv", 2, [("account", "NORD"), ("articles", "5")]),
        ("entitlements/export.csv", 1, [("tier", "gold"), ("per_month", "4")]),
        (
            "early-access/export.csv?account=NORD",
            1,
            [("sku", "HS-440"), ("from", "2026-12-12")],
        ),
    ] {
        let rows = csv(&desk, &format!("/desk/{path}")).await;
        assert_eq!(rows.len(), count + 1, "{path}: {rows:?}");
        for (heading, value) in expected {
            assert_eq!(cell(&rows, 1, heading), value, "{path}: {rows:?}");
        }
    }
    for path in [
        "queue/export.csv?q=nothing",
        "price-lists/export.csv?kind=tier",
        "early-access/export.csv?account=RIVAL",
    ] {
        let rows = csv(&desk, &format!("/desk/{path}")).await;
        assert_eq!(rows.len(), 1, "{path}: {rows:?}");
    }
    let lists = csv(&desk, "/desk/price-lists/export.csv").await;
    let list = format!("/desk/price-lists/{}", cell(&lists, 1, "id"));
    assert!(desk.page(&list).await.contains(&format!("{list}/export.xlsx")));
    let prices = csv(&desk, &format!("{list}/export.csv?q=HS-WIRE")).await;
    assert_eq!(prices.len(), 2, "{prices:?}");
    assert_eq!(
        (cell(&prices, 1, "price_list"), cell(&prices, 1, "price")),
        ("BASE", "1.5")
    );
    let unknown = "/desk/price-lists/lst_0000000000000/export.csv";
    assert_eq!(desk.get(unknown).await.status, 404);
}

#[tokio::test]
async fn deliveries_and_money_of_others_are_not_found() {
    let (app, _, _, shipment, invoice) = with_invoice().await;
    let rival = app.browse_as("RIVAL", "admin").await;
    for path in [
        format!("/shipments/{}", id(&shipment)),
        format!("/shipments/{}/note.pdf", id(&shipment)),
        format!("/invoices/{}", id(&invoice)),
        format!("/invoices/{}/invoice.pdf", id(&invoice)),
    ] {
        assert_eq!(rival.get(&path).await.status, 404, "{path}");
    }
    for path in [
        "/shipments?view=all",
        "/invoices?view=all",
        "/statement",
        "/orders?view=all",
    ] {
        let html = rival.page(path).await;
        assert!(!html.contains("PO-11873") && !html.contains("31.58"), "{path}: {html}");
    }
    for path in [
        "/orders/export.csv?view=all",
        "/shipments/export.csv?view=all",
        "/invoices/export.csv",
        "/statement/export.csv",
    ] {
        assert_eq!(csv(&rival, path).await.len(), 1, "{path}");
    }
    let finance = app.browse_as("NORD", "finance").await;
    assert!(finance.page("/invoices").await.contains("31.58"));
    let staff = app.browse_staff("finance").await;
    for path in ["/shipments", "/invoices", "/statement"] {
        assert_eq!(staff.get(path).await.status, 403, "{path}");
    }
}
