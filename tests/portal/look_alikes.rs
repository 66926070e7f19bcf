//! Keys that look alike are one key: what is ordered under them is found, what is new under them is refused.

use portal::clock;
use portal::db::{folding, sql};
use portal::error::Code;
use portal::imports::{self, Folder, Options, Progress, Report};
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::client::Client;
use crate::price_editing::SHOP;

async fn shop() -> TestApp {
    let app = TestApp::start().await;
    app.import(SHOP).await;
    app
}

fn order(po_number: &str, sku: &str, unit: &str) -> Value {
    json!({"po_number": po_number, "lines": [{"sku": sku, "unit": unit, "quantity": "1"}]})
}

async fn import(app: &TestApp, file: &str, text: &str) -> Report {
    let options = Options {
        dry_run: false,
        keep_valid: false,
        numbers: None,
    };
    app.try_import(&[(file, text)], options).await
}

/// The faults as `row column code`, and what they say.
fn faults(report: &Report) -> (Vec<String>, String) {
    let shown = report.faults.iter();
    let codes = shown.map(|fault| format!("{} {} {}", fault.row, fault.column, fault.code.name()));
    let said: Vec<_> = report.faults.iter().map(|fault| fault.remedy.to_string()).collect();
    (codes.collect(), said.join(" "))
}

async fn first_fault(client: &Client, path: &str, body: Value) -> (String, String) {
    client.post(path, body).await.faults().remove(0)
}

fn fault(pointer: &str, code: &str) -> (String, String) {
    (pointer.to_owned(), code.to_owned())
}

#[tokio::test]
async fn an_order_number_that_looks_the_same_is_used() {
    let app = shop().await;
    let buyer = app.person("NORD", "buyer").await;
    buyer
        .place_order(order("PO \u{c4} 1", "BOLT-8", "H87"))
        .await
        .expect(201);
    for used in [
        "po \u{e4} 1",
        "PO  \u{c4} 1",
        "PO\u{a0}\u{c4}\u{2003}1",
        " PO A\u{308} 1 ",
        "\u{ff30}\u{ff2f} \u{c4} \u{ff11}",
    ] {
        let answer = buyer.place_order(order(used, "BOLT-8", "H87")).await;
        answer.problem(409, "po_number_used");
        let preview = buyer.post("/orders/preview", order(used, "BOLT-8", "H87")).await;
        preview.problem(409, "po_number_used");
    }
    for bad in [
        "PO \u{c4} 1\u{200f}",
        "PO\u{200b} 1",
        "PO\t1",
        "PO\u{7}1",
        "\u{feff}PO 1",
        // What spreadsheets make of a number.
        "=\"00123\"",
        "4.01E+12",
        " 4711.0 ",
    ] {
        let answer = buyer.place_order(order(bad, "BOLT-8", "H87")).await;
        assert_eq!(answer.faults(), [fault("/po_number", "value_invalid")], "{bad:?}");
    }
    let found = buyer.get("/orders?po_number=po%20%20%C3%A4%201").await.expect(200);
    assert_eq!(found["data"].as_array().unwrap().len(), 1);
    app.finish().await;
}

#[tokio::test]
async fn articles_units_sites_and_warehouses_are_found_by_keys_that_look_the_same() {
    let app = shop().await;
    import(
        &app,
        "assortment.csv",
        "account,sku,customer_part_number\nNORD,BOLT-8,N 7\n",
    )
    .await;
    let buyer = app.person("NORD", "buyer").await;
    for sku in ["bolt-8", "BOLT-8\u{200b}", "\u{ff22}OLT-8", " BOLT-8 "] {
        let placed =
            buyer.place_order(json!({"lines": [{"sku": sku, "unit": "bag", "quantity": "1"}], "ship_to": "main"}));
        let placed = placed.await.expect(201);
        let line = &placed["lines"][0];
        assert_eq!(
            (&line["sku"], &line["unit"]),
            (&json!("BOLT-8"), &json!("BAG")),
            "{sku:?}"
        );
        let typed = Some(sku.trim()).filter(|typed| *typed != "BOLT-8");
        assert_eq!(line["typed"], json!(typed), "{sku:?}");
    }
    let exact = json!({"lines": [{"sku": "BOLT-8", "unit": "H87", "quantity": "1"}]});
    assert_eq!(
        buyer.place_order(exact).await.expect(201)["lines"][0]["typed"],
        Value::Null
    );
    let own = json!({"lines": [{"customer_part_number": "n\u{a0}7", "unit": "H87", "quantity": "1"}]});
    assert_eq!(buyer.place_order(own).await.expect(201)["lines"][0]["sku"], "BOLT-8");
    let unknown = json!({"lines": [{"sku": "BOLT8", "unit": "H87", "quantity": "1"}]});
    buyer
        .post("/prices/quote", unknown)
        .await
        .problem(422, "validation_failed");
    let warehouse = app.staff("warehouse").await;
    let receipt = json!({"warehouse": "a", "lines": [{"sku": "bolt-8", "quantity": "5"}]});
    warehouse
        .post_with_key("/supplier/receipts", "r1", receipt)
        .await
        .expect(201);
    // What is told of it names the article, not what was typed.
    let told =
        |connection: &mut _| sql("SELECT data FROM events WHERE type = 'receipt.booked'").one::<String>(connection);
    let told: Value = serde_json::from_str(&app.db().read(told).await.unwrap()).unwrap();
    assert_eq!(
        (&told["warehouse"], &told["lines"][0]["sku"]),
        (&json!("A"), &json!("BOLT-8"))
    );
    let stock = warehouse.get("/supplier/stock?sku=bolt-8").await.expect(200);
    assert_eq!(stock["data"][0]["warehouse"], "A");
    for path in ["/supplier/orders?account=nord", "/supplier/price-lists?account=nord"] {
        let found = warehouse.get(path).await.expect(200);
        assert!(!found["data"].as_array().unwrap().is_empty(), "{path}");
    }
    let finance = app.staff("finance").await;
    let payment = json!({"account": "nord", "amount": "1.00", "currency": "EUR", "received_on": "2026-01-02"});
    finance
        .post_with_key("/supplier/payments", "p1", payment)
        .await
        .expect(201);
    app.finish().await;
}

#[tokio::test]
async fn what_is_new_and_looks_like_what_is_there_is_refused_and_named() {
    let app = shop().await;
    for (file, text, expected, named) in [
        (
            "products.csv",
            "sku,name,base_unit,decimals,tax_category\nbolt-8,n,H87,0,S\nNEW 1,n,H87,0,S\nnew  1,n,H87,0,S\nX\u{200b},n,H87,0,S\n",
            vec!["2 sku look_alike", "4 sku duplicate_key", "5 sku value_invalid"],
            "BOLT-8",
        ),
        (
            "accounts.csv",
            "account,name,country,currency,tier,payment_terms_days,credit_limit\nnord,n,NL,EUR,gold,30,\n",
            vec!["2 account look_alike"],
            "NORD",
        ),
        (
            "sites.csv",
            "account,site,name,country\nNORD,main,n,NL\nNord,B,n,NL\n",
            vec!["2 site look_alike", "3 account look_alike"],
            "MAIN",
        ),
        (
            "units.csv",
            "sku,unit,name,base_quantity,account\nBOLT-8,ct,n,5,\nBOLT-8,h87,n,5,\nBOLT-8,bag,n,5,RIVAL\nNUT,ct,n,5,\nNUT,CT,n,6,\nnut,X,n,1,\n",
            vec![
                "2 unit look_alike",
                "3 unit look_alike",
                "6 unit duplicate_key",
                "7 sku look_alike",
            ],
            "CT",
        ),
        (
            "price_lists.csv",
            "price_list,name,currency,kind,account\nbase,n,EUR,base,\n",
            vec!["2 price_list look_alike"],
            "BASE",
        ),
        (
            "prices.csv",
            "price_list,sku,unit,min_quantity,price\nbase,NUT,H87,0,1\nBASE,nut,H87,0,1\nBASE,BOLT-8,ct,0,1\n",
            vec!["2 price_list look_alike", "3 sku look_alike", "4 unit look_alike"],
            "NUT",
        ),
        (
            "assortment.csv",
            "account,sku,customer_part_number\nNORD,NUT,N-1\nNORD,CABLE,n-1\n",
            vec!["3 customer_part_number part_number_used"],
            "NUT",
        ),
        (
            "stock.csv",
            "warehouse,sku,on_hand\na,NUT,1\nB 2,NUT,1\nb  2,BOLT-8,1\n",
            vec!["2 warehouse look_alike", "4 warehouse look_alike"],
            "'A'",
        ),
        (
            "orders.csv",
            "po_number,account,line,sku,unit,quantity\n1,NORD,1,bolt-8,H87,1\n4.01E+12,NORD,1,BOLT-8,H87,1\n",
            vec!["2 sku look_alike", "3 po_number value_invalid"],
            "BOLT-8",
        ),
    ] {
        let (codes, said) = faults(&import(&app, file, text).await);
        assert_eq!(codes, expected, "{file}: {said}");
        assert!(said.contains(named), "{file}: {said}");
    }
}

#[tokio::test]
async fn what_staff_add_under_a_key_that_looks_like_another_is_refused_and_named() {
    let app = shop().await;
    let admin = app.staff("admin").await;
    let product = |sku: &str| json!({"sku": sku, "name": "n", "base_unit": "H87", "tax_category": "S"});
    let path = "/supplier/products";
    assert_eq!(
        first_fault(&admin, path, product("nut")).await,
        fault("/sku", "look_alike")
    );
    for bad in [
        "N\u{200b}",
        "=\"1\"",
        "4.01E+12",
        "4711.0",
        "4711,0",
        "#N/A",
        "####",
        "N\t1",
    ] {
        assert_eq!(
            first_fault(&admin, path, product(bad)).await,
            fault("/sku", "value_invalid"),
            "{bad:?}"
        );
    }
    let account = json!({"code": "rival", "name": "n", "country": "NL", "currency": "EUR", "tier": "gold", "payment_terms_days": 1});
    assert_eq!(
        first_fault(&admin, "/supplier/accounts", account).await,
        fault("/code", "look_alike")
    );
    let list = json!({"code": "Base", "name": "n", "currency": "EUR", "kind": "base"});
    assert_eq!(
        first_fault(&admin, "/supplier/price-lists", list).await,
        fault("/code", "look_alike")
    );
    let found = admin.get("/supplier/products?q=BOLT-8").await.expect(200);
    let units = format!("/supplier/products/{}/units", found["data"][0]["id"].as_str().unwrap());
    let unit = json!({"unit": "Ct", "name": "n", "base_quantity": "5"});
    assert_eq!(first_fault(&admin, &units, unit).await, fault("/unit", "look_alike"));
    // What only names what is there means it.
    let price = json!({"price_list": "base", "sku": "nut", "unit": "h87", "price": "0.05"});
    let price = admin.post("/supplier/prices", price).await.expect(201);
    assert_eq!(
        (&price["price_list"], &price["sku"], &price["unit"]),
        (&json!("BASE"), &json!("NUT"), &json!("H87"))
    );
}

#[tokio::test]
async fn keys_from_before_are_filled_and_each_is_found_by_exactly_itself() {
    let app = shop().await;
    let found = app.db().write(|tx| {
        sql("INSERT INTO products (id, sku, name, base_unit, decimals, tax_category) VALUES (7, 'nut', 'n', 'H87', 0, 'S'), \
             (8, 'Nut', 'n', 'H87', 0, 'S'), (9, 'Pin', 'n', 'H87', 0, 'S')")
        .run(tx)?;
        sql("INSERT INTO accounts (id, code, name, country, currency, tier, payment_terms_days) VALUES \
             (5, 'Old', 'n', 'NL', 'EUR', 'gold', 1), (6, 'OLD', 'n', 'NL', 'EUR', 'gold', 1)")
        .run(tx)?;
        // Each gets its key and what it is sorted or searched by.
        assert_eq!(folding::fill(tx)?, 2 * 5);
        assert_eq!(folding::fill(tx)?, 0);
        let wanted = ["NUT", "nut", "Nut", "nUt", "pin"].map(str::to_owned);
        let found = portal::catalogue::list_by_skus(tx, &wanted)?;
        let ids = ["Old", "OLD", "old"].map(|code| portal::accounts::find_by_code(tx, code).map(|found| found.unwrap().id.0));
        let ids: Vec<i64> = ids.into_iter().collect::<portal::error::Result<_>>()?;
        Ok((found, ids))
    });
    let (found, accounts) = found.await.unwrap();
    let ids: Vec<_> = found.iter().map(|(_, meant)| meant.id.0).collect();
    assert_eq!((&ids[1..3], ids[4]), (&[7, 8][..], 9));
    assert!(ids[0] > 9 && ids[3] == ids[0], "{ids:?}");
    assert_eq!(accounts, [5, 6, 5]);
}

/// Articles whose numbers differ from those of the other half only in case.
fn products(is_upper: bool) -> String {
    let mut text = "sku,name,base_unit,decimals,tax_category\n".to_owned();
    for number in 0..300 {
        let sku = if is_upper {
            format!("RACE-{number}")
        } else {
            format!("race-{number}")
        };
        text.push_str(&format!("{sku},Racer,H87,0,S\n"));
    }
    text
}

#[tokio::test]
async fn of_two_imports_with_look_alike_keys_at_once_one_is_refused_with_why() {
    let app = shop().await;
    let started = std::sync::Barrier::new(2);
    let import = |is_upper: bool| {
        let files = [("products.csv".to_owned(), products(is_upper).into_bytes())];
        let folder = Folder::from_memory(files.into_iter());
        started.wait();
        imports::run_folder(app.db(), &folder, Options::default(), clock::now(), &Progress::hidden())
    };
    let outcomes = std::thread::scope(|scope| {
        let both = [true, false].map(|is_upper| {
            scope.spawn({
                let import = &import;
                move || import(is_upper)
            })
        });
        both.map(|one| one.join().unwrap())
    });
    // Whichever checked first: the other one met the keys when it looked, or when it wrote.
    let applied = outcomes
        .iter()
        .filter(|outcome| matches!(outcome, Ok(report) if report.applied))
        .count();
    assert_eq!(applied, 1, "{outcomes:#?}");
    for outcome in outcomes {
        match outcome {
            Ok(report) if report.applied => assert!(report.faults.is_empty()),
            Ok(report) => assert!(
                report.faults.iter().all(|fault| fault.code == Code::LookAlike),
                "{report}"
            ),
            Err(error) => assert_eq!(error.code(), Code::ImportStateForbids, "{error}"),
        }
    }
    app.check().await;
}
