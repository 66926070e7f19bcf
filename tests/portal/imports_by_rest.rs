//! Staff import files by REST and on the desk: checked first, applied on demand, beside the requests.

use std::io::{Cursor, Write};

use portal::cpu::{Pool, Priority};
use portal::worker::importing;
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::{PASSWORD, TestApp};
use crate::browser::Browser;
use crate::client::Answer;

const PRODUCTS: &str =
    "sku,name,base_unit,decimals,tax_category\nA-1,Bolt,H87,0,S\nA-2,Nut,H87,0,S\nA-3,Washer,H8,x,S\n";

fn form(files: &[(&str, &[u8])]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    // What browsers send where nothing was chosen.
    let nothing: &[(&str, &[u8])] = &[("", b"")];
    for (name, content) in if files.is_empty() { nothing } else { files } {
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n"
        );
        body.extend(head.into_bytes());
        body.extend(*content);
        body.extend(b"\r\n");
    }
    body.extend(b"--edge--\r\n");
    ("multipart/form-data; boundary=edge".to_owned(), body)
}

/// Does all the work that waits.
async fn work(app: &TestApp) {
    let pool = Pool::new("imports", 1, Priority::Patient).unwrap();
    while importing::step(app.db(), &pool).await.unwrap() {}
}

/// Sends files as one of the staff in `role`.
async fn send(app: &TestApp, role: &str, files: &[(&str, &[u8])]) -> (reqwest::StatusCode, Value) {
    let email = format!("{role}-{}@supplier.example", crate::client::unique());
    app.add_staff_named(&email, role).await;
    let login = json!({"email": email, "password": PASSWORD});
    let token = app.anonymous().post("/auth/login", login).await.expect(200);
    let (kind, body) = form(files);
    let sent = crate::client::http_client()
        .build()
        .unwrap()
        .post(format!("{}/api/v1/supplier/imports", app.base()))
        .bearer_auth(token["access_token"].as_str().unwrap())
        .header("content-type", kind)
        .body(body)
        .send()
        .await
        .unwrap();
    (sent.status(), sent.json().await.unwrap())
}

async fn products(app: &TestApp) -> usize {
    let client = app.person("ACME", "buyer").await;
    client.get("/products").await.expect(200)["data"]
        .as_array()
        .unwrap()
        .len()
}

#[tokio::test]
async fn a_dry_run_changes_nothing_and_what_is_valid_is_applied() {
    let app = TestApp::with_accounts().await;
    let admin = app.staff("admin").await;
    let files: &[(&str, &[u8])] = &[("products.csv", PRODUCTS.as_bytes()), ("notes.txt", b"hello")];
    let (status, begun) = send(&app, "catalogue", files).await;
    assert_eq!((status.as_u16(), &begun["state"]), (201, &json!("checking")), "{begun}");
    let path = format!("/supplier/imports/{}", begun["id"].as_str().unwrap());
    let early = admin.post(&format!("{path}/apply"), json!({})).await;
    early.problem(409, "import_state");
    work(&app).await;
    let ready = admin.get(&path).await.expect(200);
    assert_eq!(
        (&ready["state"], &ready["bad"], &ready["left_alone"]),
        (&json!("ready"), &json!(1), &json!(["notes.txt"]))
    );
    assert_eq!(
        ready["files"],
        json!([{"file": "products.csv", "new": 2, "changed": 0, "unchanged": 0, "bad": 1}])
    );
    assert_eq!(products(&app).await, 0);
    let rows = admin.get(&format!("{path}/bad-rows")).await.expect(200);
    let places: Vec<_> = rows["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (&row["row"], &row["column"]))
        .collect();
    assert!(places.contains(&(&json!(4), &json!("decimals"))), "{rows}");
    let one = admin
        .get(&format!("{path}/bad-rows?file=products.csv&code=bad_number"))
        .await
        .expect(200);
    assert_eq!(one["data"][0]["value"], "x");
    assert_eq!(one["data"][0]["detail"], "Give a whole number from 0 to 6.");
    assert_eq!(one["data"][0]["params"], json!({"from": 0, "to": 6}));
    assert_eq!(
        admin.get(&format!("{path}/bad-rows?file=prices.csv")).await.expect(200)["data"],
        json!([])
    );

    // Not while there are bad rows, unless they are left out.
    admin
        .post(&format!("{path}/apply"), json!({}))
        .await
        .problem(409, "import_state");
    let applying = admin
        .post(&format!("{path}/apply"), json!({"keep_valid": true}))
        .await
        .expect(200);
    assert_eq!(applying["state"], "applying");
    admin
        .post(&format!("{path}/apply"), json!({"keep_valid": true}))
        .await
        .problem(409, "import_state");
    work(&app).await;
    let done = admin.get(&path).await.expect(200);
    assert_eq!((&done["state"], &done["bad"]), (&json!("done"), &json!(1)));
    assert!(done["applied_by"].is_string(), "{done}");
    assert_eq!(products(&app).await, 2);
    let list = admin.get("/supplier/imports").await.expect(200);
    assert_eq!(list["data"][0]["id"], begun["id"]);
    let entries = admin.get("/supplier/audit?action=import.").await.expect(200);
    let actions: Vec<_> = entries["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["action"])
        .collect();
    assert_eq!(actions, ["import.apply", "import.check"]);
    app.check().await;
}

#[tokio::test]
async fn archives_are_unpacked_and_roles_import_what_they_may_change() {
    let app = TestApp::with_accounts().await;
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("data/products.csv", options).unwrap();
    zip.write_all(PRODUCTS.as_bytes()).unwrap();
    zip.start_file("data/stock.csv", options).unwrap();
    zip.write_all(b"warehouse,sku,on_hand\nNORTH,A-1,10\n").unwrap();
    let archive = zip.finish().unwrap().into_inner();
    let (status, refused) = send(&app, "catalogue", &[("all.zip", &archive)]).await;
    assert_eq!(status.as_u16(), 422, "{refused}");
    assert!(refused.to_string().contains("stock.csv") && refused.to_string().contains("role_not_allowed"));
    let (status, begun) = send(&app, "admin", &[("all.zip", &archive)]).await;
    assert_eq!(status.as_u16(), 201, "{begun}");
    work(&app).await;
    let admin = app.staff("admin").await;
    let path = format!("/supplier/imports/{}", begun["id"].as_str().unwrap());
    let ready = admin.get(&path).await.expect(200);
    assert_eq!(ready["files"].as_array().unwrap().len(), 2, "{ready}");
    let warehouse = app.staff("warehouse").await;
    let refused = warehouse
        .post(&format!("{path}/apply"), json!({"keep_valid": true}))
        .await;
    assert_eq!(refused.faults()[0].1, "role_not_allowed");
    for (files, expected) in [
        (&[][..], 422),
        (&[("x.zip", &b"PK\x03\x04 broken"[..])][..], 422),
        (&[("stock.csv", &b"a"[..]), ("stock.csv", &b"b"[..])][..], 422),
    ] {
        let (status, answer) = send(&app, "admin", files).await;
        assert_eq!(status.as_u16(), expected, "{answer}");
    }
    // None of the import's files: nothing to check.
    let (_, begun) = send(&app, "admin", &[("notes.txt", b"hello")]).await;
    work(&app).await;
    let failed = admin
        .get(&format!("/supplier/imports/{}", begun["id"].as_str().unwrap()))
        .await
        .expect(200);
    assert_eq!(failed["state"], "failed");
    assert!(
        failed["failure"]
            .as_str()
            .is_some_and(|why| why.contains("none of the import files")),
        "{failed}"
    );
    admin
        .get("/supplier/imports/imp_0000000000001")
        .await
        .problem(404, "not_found");
    admin
        .get("/supplier/imports/nonsense/bad-rows")
        .await
        .problem(404, "not_found");
    let buyer: Answer = app.person("ACME", "admin").await.get("/supplier/imports").await;
    buyer.problem(403, "forbidden");
}

async fn upload(browser: &Browser, files: &[(&str, &[u8])]) -> crate::browser::Shown {
    let (kind, body) = form(files);
    let request = browser
        .request(Method::POST, "/desk/imports")
        .header("content-type", kind)
        .header("sec-fetch-site", "same-origin")
        .body(body);
    browser.send(request).await
}

/// The browser of one of the staff who reads German.
async fn german(app: &TestApp) -> Browser {
    let email = "deutsch@supplier.example";
    let rest = app.staff_named(email, "admin").await;
    let german = Some(json!({"locale": "de"}));
    rest.change(Method::PATCH, "/me", "*", german).await.expect(200);
    app.browse_as_person(email).await
}

#[tokio::test]
async fn an_import_is_followed_on_the_desk() {
    let app = TestApp::with_accounts().await;
    let admin = app.browse_staff("admin").await;
    let html = admin.page("/desk/imports").await;
    assert!(
        html.contains("at most 32 MB") && html.contains("Nothing was imported here yet"),
        "{html}"
    );
    let refused = upload(&admin, &[]).await;
    assert!(
        refused.status == 422 && refused.html.contains("Choose at least one file"),
        "{}",
        refused.html
    );
    let path = upload(&admin, &[("products.csv", PRODUCTS.as_bytes())]).await.goes_to();
    let html = admin.page(&path).await;
    assert!(
        html.contains("http-equiv=\"refresh\"") && html.contains("It goes on when you leave"),
        "{html}"
    );
    work(&app).await;
    let html = admin.page(&path).await;
    assert!(!html.contains("http-equiv=\"refresh\""), "{html}");
    for text in ["Apply 2 valid rows", "products.csv", "Download as CSV", ">x</td>"] {
        assert!(html.contains(text), "{text}: {html}");
    }
    let csv = admin.get(&format!("{path}/bad-rows.csv")).await;
    assert!(
        csv.html.contains("products.csv,4,decimals,bad_number,x,"),
        "{}",
        csv.html
    );
    let german = german(&app).await;
    let said = "Geben Sie eine ganze Zahl von 0 bis 6 an.";
    let html = german.page(&path).await;
    assert!(html.contains(said), "{html}");
    let csv = german.get(&format!("{path}/bad-rows.csv")).await;
    assert!(csv.html.contains(said), "{}", csv.html);
    let filtered = admin.page(&format!("{path}?file=products.csv&code=bad_number")).await;
    assert!(filtered.contains("1 bad row"), "{filtered}");
    let warehouse = app.browse_staff("warehouse").await;
    assert!(!warehouse.page(&path).await.contains("Apply 2 valid rows"));
    assert_eq!(
        warehouse
            .post(&format!("{path}/apply"), &[("rows", "valid")])
            .await
            .status,
        403
    );
    assert_eq!(
        admin
            .post(&format!("{path}/apply"), &[("rows", "valid")])
            .await
            .goes_to(),
        path
    );
    assert!(admin.page(&path).await.contains("The rows are being written"));
    work(&app).await;
    let html = admin.page(&path).await;
    assert!(
        html.contains("2 rows are written") && html.contains("Done with 1 error"),
        "{html}"
    );
    assert_eq!(
        admin
            .post(&format!("{path}/apply"), &[("rows", "valid")])
            .await
            .goes_to(),
        path
    );
    assert!(admin.page("/desk/imports").await.contains("Done with 1 error"));
    // The same again brings nothing new.
    let good = "sku,name,base_unit,decimals,tax_category\nA-1,Bolt,H87,0,S\n";
    let again = upload(&admin, &[("products.csv", good.as_bytes())]).await.goes_to();
    work(&app).await;
    assert!(admin.page(&again).await.contains("there is nothing to apply"));
    let german = app.browse_german_staff("admin").await;
    assert!(german.page(&path).await.contains("Fehlerhafte Zeilen"));
}
