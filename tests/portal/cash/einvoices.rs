//! E-invoices: what an account asks for, what is refused before a number is given, and what the documents say.

use std::path::Path;

use actix_web::web::Data;
use chrono::TimeDelta;
use portal::clock;
use portal::cpu::{Pool, Priority};
use portal::documents::Typesetter;
use portal::state::AppState;
use portal::worker::einvoices::Einvoices;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Shop, id, line, reread};
use crate::client::{Answer, Client, unique};

/// What a supplier keeps who sends e-invoices.
const SUPPLIER: (&str, &str) = (
    "supplier.csv",
    "name,country,currency,vat_id,street,city,postal_code,iban,bic,time_zone,email,phone,contact,endpoint,legal_id\n\
     The Supplier,NL,EUR,NL001234567B01,Kade 1,Rotterdam,3011,NL91ABNA0417164300,ABNANL2A,Europe/Amsterdam,\
     sales@supplier.example,+31 10 1234567,Ada Byron,0106:12345678,0106:12345678\n",
);

const SITES: (&str, &str) = (
    "sites.csv",
    "account,site,name,country,street,city,postal_code\n\
     GOLD,MAIN,Gold Works,NL,Gate 1,Delft,2611 AA\nSILVER,MAIN,Silver Works,NL,Gate 2,Delft,2611 AB\n",
);

pub(super) async fn open() -> Shop {
    let shop = Shop::open().await;
    shop.app.import(&[SUPPLIER, SITES]).await;
    shop
}

async fn account(staff: &Client, code: &str) -> Value {
    let all = staff.get("/supplier/accounts").await.expect(200);
    let mut rows = all["data"].as_array().unwrap().iter();
    rows.find(|row| row["code"] == code).unwrap().clone()
}

/// Changes what the supplier keeps of an account.
pub(super) async fn change(shop: &Shop, code: &str, body: Value) -> Answer {
    let admin = shop.app.staff("admin").await;
    let path = format!("/supplier/accounts/{}", id(&account(&admin, code).await));
    let etag = admin.get(&path).await.header("etag").to_owned();
    admin.change(Method::PATCH, &path, &etag, Some(body)).await
}

async fn issue(shop: &Shop, shipment: &Value) -> Answer {
    let body = json!({"shipment_id": id(shipment)});
    shop.finance.post_with_key("/supplier/invoices", &unique(), body).await
}

/// The document, kept for the official rules where a folder for it is named.
pub(super) async fn taken(client: &Client, path: &str) -> String {
    let answer = client.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    if let Some(folder) = std::env::var_os("PORTAL_TEST_EINVOICES") {
        let name = path.trim_start_matches('/').replace(['/', '?', '='], "-");
        let ending = if path.contains("factur-x") { "pdf" } else { "xml" };
        let file = std::path::Path::new(&folder).join(format!("{}-{name}.{ending}", unique()));
        std::fs::write(file, &answer.bytes).unwrap();
    }
    answer.text
}

/// What stands in the first element of this name.
pub(super) fn within<'x>(xml: &'x str, element: &str) -> &'x str {
    let (_, rest) = xml
        .split_once(&format!("<{element}"))
        .unwrap_or_else(|| panic!("{element} in {xml}"));
    let (_, rest) = rest.split_once('>').unwrap();
    rest.split_once('<').unwrap().0
}

#[tokio::test]
async fn an_invoice_that_its_receiver_would_refuse_gets_no_number() {
    let shop = open().await;
    let order = shop.accepted(&shop.gold, &[line("BOLT", "H87", "7")]).await;
    let shipment = shop.ship_part(&order, 0, "3").await;
    change(&shop, "GOLD", json!({"einvoice": "peppol"})).await.expect(200);
    let problem = issue(&shop, &shipment).await.problem(422, "einvoice_refused");
    assert_eq!(problem["params"]["rules"], "PEPPOL-EN16931-R010", "{problem}");
    assert!(
        problem["detail"].as_str().unwrap().contains("buyer-endpoint"),
        "{problem}"
    );
    let none = shop.finance.get("/supplier/invoices").await.expect(200);
    assert_eq!(none["data"], json!([]));
    let progress = reread(&shop.gold, &order).await;
    assert_eq!(progress["lines"][0]["invoiced"], "0");

    change(&shop, "GOLD", json!({"endpoint": "0088:4012345000009"}))
        .await
        .expect(200);
    let invoice = issue(&shop, &shipment).await.expect(201);
    assert!(invoice["number"].as_str().unwrap().ends_with("-000001"), "{invoice}");
    let ubl = taken(&shop.gold, &format!("/invoices/{}/ubl", id(&invoice))).await;
    assert_eq!(within(&ubl, "cbc:PayableAmount"), invoice["gross_total"]);
    assert!(
        ubl.contains("<cbc:EndpointID schemeID=\"0088\">4012345000009</cbc:EndpointID>"),
        "{ubl}"
    );
    assert!(
        within(&ubl, "cbc:Note").contains(invoice["number"].as_str().unwrap()),
        "{ubl}"
    );

    // The reference that the account must have.
    change(&shop, "GOLD", json!({"needs_buyer_reference": true}))
        .await
        .expect(200);
    let rest = shop.ship(&order).await;
    let problem = issue(&shop, &rest).await.problem(422, "einvoice_refused");
    assert_eq!(problem["params"]["rules"], "BT-10");
    change(
        &shop,
        "GOLD",
        json!({"buyer_reference": "CC-4711", "contract_reference": "K-7"}),
    )
    .await
    .expect(200);
    let second = issue(&shop, &rest).await.expect(201);
    assert!(second["number"].as_str().unwrap().ends_with("-000002"));
    let ubl = taken(&shop.gold, &format!("/invoices/{}/ubl", id(&second))).await;
    assert_eq!(within(&ubl, "cbc:BuyerReference"), "CC-4711");
    // What was issued stays as it was.
    let first = taken(&shop.gold, &format!("/invoices/{}/ubl", id(&invoice))).await;
    assert!(!first.contains("CC-4711"));
    shop.app.finish().await;
}

#[tokio::test]
async fn settings_of_e_invoices_are_checked_wherever_they_come_in() {
    let shop = open().await;
    for (field, wrong) in [
        ("einvoice", "pdf"),
        ("einvoice_by", "pigeon"),
        ("endpoint", "0088:4012345000008"),
        ("endpoint", "GOLD"),
        ("legal_id", "0002:732829321"),
        ("needs_buyer_reference", "perhaps"),
    ] {
        let answer = change(&shop, "GOLD", json!({ field: wrong })).await;
        let faults = answer.faults();
        assert_eq!(faults[0].0, format!("/{field}"), "{wrong}");
    }
    let known = json!({
        "einvoice": "factur_x", "einvoice_by": "mail", "endpoint": "9930:DE123456789", "legal_id": "HRB 1",
        "buyer_reference": "R", "needs_buyer_reference": true, "contract_reference": "C",
    });
    let kept = change(&shop, "GOLD", known.clone()).await.expect(200);
    for (name, value) in known.as_object().unwrap() {
        assert_eq!(&kept[name], value, "{name}");
    }
    // A file without the columns leaves them, one with them sets them.
    let row = "account,name,country,currency,tier,payment_terms_days,credit_limit";
    shop.app
        .import(&[("accounts.csv", &format!("{row}\nGOLD,Gold,NL,EUR,gold,30,\n"))])
        .await;
    let admin = shop.app.staff("admin").await;
    let path = format!("/supplier/accounts/{}", id(&account(&admin, "GOLD").await));
    let stays = admin.get(&path).await.expect(200);
    assert_eq!(
        (&stays["endpoint"], &stays["einvoice"]),
        (&json!("9930:DE123456789"), &json!("factur_x"))
    );
    shop.app
        .import(&[(
            "accounts.csv",
            &format!("{row},endpoint,einvoice\nGOLD,Gold,NL,EUR,gold,30,,,\n"),
        )])
        .await;
    let emptied = admin.get(&path).await.expect(200);
    assert_eq!(
        (&emptied["endpoint"], &emptied["einvoice"]),
        (&json!(null), &json!("none"))
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn every_tax_case_is_an_e_invoice_in_each_syntax() {
    let shop = open().await;
    let lines: &[Value] = &[
        line("BOLT", "H87", "31"),
        line("CABLE", "MTR", "3.35"),
        line("FOOD", "H87", "3"),
        line("EXEMPT", "H87", "1"),
        line("RARE", "BX12", "1"),
    ];
    for (code, lines, categories) in [
        ("GOLD", lines, "S E S"),
        ("FAR", &lines[..2], "K"),
        ("OVERSEAS", &lines[..1], "G"),
    ] {
        change(
            &shop,
            code,
            json!({"endpoint": "0088:4012345000009", "buyer_reference": "R-1"}),
        )
        .await
        .expect(200);
        let buyer = shop.app.person(code, "buyer").await;
        let order = shop.accepted(&buyer, lines).await;
        let shipment = shop.ship(&order).await;
        let invoice = shop.invoice(&shipment).await;
        let path = |format: &str| format!("/invoices/{}/{format}", id(&invoice));
        let ubl = taken(&buyer, &path("ubl")).await;
        let plain = taken(&buyer, &path("ubl?profile=en16931")).await;
        let cii = taken(&buyer, &path("cii")).await;
        let pdf = taken(&buyer, &path("factur-x")).await;
        assert_eq!(within(&ubl, "cbc:PayableAmount"), invoice["gross_total"]);
        assert_eq!(within(&plain, "cbc:PayableAmount"), invoice["gross_total"]);
        assert_eq!(within(&cii, "ram:DuePayableAmount"), invoice["gross_total"]);
        let subtotals = ubl.split("<cac:TaxSubtotal>").skip(1);
        let found: Vec<_> = subtotals
            .map(|one| within(one.split_once("<cac:TaxCategory>").unwrap().1, "cbc:ID"))
            .collect();
        assert_eq!(found.join(" "), categories);
        assert!(pdf.starts_with("%PDF-1.7") && pdf.contains("<fx:ConformanceLevel>EN 16931"));
        assert!(pdf.matches("factur-x.xml").count() > 2);
        // Under the supplier's own address they are the same to the byte.
        let of_staff = taken(&shop.finance, &format!("/supplier{}", path("ubl"))).await;
        assert_eq!(of_staff, ubl);
    }
    shop.app.finish().await;
}

#[tokio::test]
async fn parts_of_a_line_add_up_in_e_invoices_too() {
    let shop = open().await;
    let order = shop.accepted(&shop.gold, &[line("BOLT", "H87", "31")]).await;
    let mut adjusted = Vec::new();
    for quantity in ["10", "10", "11"] {
        let shipment = shop.ship_part(&order, 0, quantity).await;
        let invoice = shop.invoice(&shipment).await;
        let ubl = taken(&shop.gold, &format!("/invoices/{}/ubl?profile=en16931", id(&invoice))).await;
        assert_eq!(within(&ubl, "cbc:LineExtensionAmount"), invoice["net_total"]);
        adjusted.push(
            ubl.contains("AllowanceCharge")
                .then(|| within(&ubl, "cbc:ChargeIndicator").to_owned()),
        );
    }
    // 0.73, then a cent more, then one less than the price times the quantity.
    assert_eq!(adjusted, [None, Some("true".to_owned()), Some("false".to_owned())]);
    shop.app.finish().await;
}

#[tokio::test]
async fn what_an_invoice_lacks_is_told() {
    let shop = Shop::open().await;
    let order = shop.accepted(&shop.gold, &[line("BOLT", "H87", "1")]).await;
    let shipment = shop.ship(&order).await;
    let invoice = shop.invoice(&shipment).await;
    let path = format!("/invoices/{}/ubl", id(&invoice));
    let problem = shop.gold.get(&path).await.problem(409, "einvoice_incomplete");
    let rules = problem["params"]["rules"].as_str().unwrap();
    assert!(
        rules.contains("PEPPOL-EN16931-R010") && rules.contains("R020"),
        "{problem}"
    );
    let german = shop.gold.get(&format!("{path}?profile=xrechnung")).await;
    let problem = german.problem(409, "einvoice_incomplete");
    assert!(
        problem["params"]["rules"].as_str().unwrap().contains("BR-DE-15"),
        "{problem}"
    );
    // What it has is enough for the standard alone.
    taken(&shop.gold, &format!("{path}?profile=en16931")).await;
    taken(&shop.gold, &format!("/invoices/{}/cii", id(&invoice))).await;
    let unknown = shop.gold.get(&format!("{path}?profile=edifact")).await;
    assert_eq!(unknown.faults()[0].0, "/profile");
    shop.app.finish().await;
}

/// What writes e-invoices into the folder.
pub(super) fn writer(shop: &Shop, folder: &Path) -> Einvoices {
    let state = AppState::new(shop.app.db().clone(), 0, Typesetter::new(None).unwrap()).unwrap();
    let thread = Pool::new("einvoices", 1, Priority::Patient).unwrap();
    Einvoices::new(Data::new(state), folder.to_owned(), thread)
}

pub(super) fn files(folder: &Path) -> Vec<String> {
    let all = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = all
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn an_access_point_gets_each_e_invoice_once() {
    let shop = open().await;
    let endpoint = "0088:4012345000009";
    for (code, format) in [("GOLD", "peppol"), ("SILVER", "factur_x")] {
        let wanted = json!({"einvoice": format, "einvoice_by": "access_point", "endpoint": endpoint});
        change(&shop, code, wanted).await.expect(200);
    }
    let mut invoices = Vec::new();
    for buyer in [&shop.gold, &shop.silver] {
        let order = shop.accepted(buyer, &[line("BOLT", "H87", "10")]).await;
        let shipment = shop.ship(&order).await;
        invoices.push(shop.invoice(&shipment).await);
    }
    let name = |place: usize, ending: &str| {
        let invoice: &Value = &invoices[place];
        format!("{}-{}.{ending}", invoice["number"].as_str().unwrap(), id(invoice))
    };
    let folder = tempfile::TempDir::new().unwrap();
    let there = folder.path().join("access-point");
    let now = clock::now();
    // The folder is gone: it is tried again, later and later.
    let writer = writer(&shop, &there);
    assert_eq!(writer.step(now).await.unwrap(), 2);
    assert_eq!(writer.step(now).await.unwrap(), 0);
    std::fs::create_dir(&there).unwrap();
    assert_eq!(writer.step(now + TimeDelta::seconds(11)).await.unwrap(), 2);
    assert_eq!(files(&there), [name(0, "xml"), name(1, "pdf")]);
    let written = std::fs::read_to_string(there.join(name(0, "xml"))).unwrap();
    let asked = taken(&shop.gold, &format!("/invoices/{}/ubl", id(&invoices[0]))).await;
    assert_eq!(written, asked);
    // Once taken away it does not come back.
    std::fs::remove_file(there.join(name(0, "xml"))).unwrap();
    assert_eq!(writer.step(now + TimeDelta::days(1)).await.unwrap(), 0);
    assert_eq!(files(&there), [name(1, "pdf")]);
    shop.app.finish().await;
}

#[tokio::test]
async fn two_that_write_e_invoices_share_them() {
    let shop = open().await;
    let wanted = json!({"einvoice": "cii", "einvoice_by": "access_point"});
    change(&shop, "GOLD", wanted).await.expect(200);
    for _ in 0..5 {
        let order = shop.accepted(&shop.gold, &[line("BOLT", "H87", "1")]).await;
        let shipment = shop.ship(&order).await;
        shop.invoice(&shipment).await;
    }
    let folder = tempfile::TempDir::new().unwrap();
    let (one, other) = (writer(&shop, folder.path()), writer(&shop, folder.path()));
    let now = clock::now();
    let (first, second) = tokio::join!(one.step(now), other.step(now));
    assert_eq!(first.unwrap() + second.unwrap(), 5);
    assert_eq!(files(folder.path()).len(), 5);
    shop.app.finish().await;
}

#[tokio::test]
async fn the_mail_brings_the_e_invoice_where_the_account_wants_it_so() {
    let shop = open().await;
    let payer = shop.app.add_person("GOLD", "finance").await;
    for (wanted, files) in [
        (json!({"einvoice": "none"}), 1),
        (json!({"einvoice": "cii", "einvoice_by": "link"}), 1),
        (json!({"einvoice": "cii", "einvoice_by": "mail"}), 2),
        (json!({"einvoice": "factur_x"}), 1),
    ] {
        change(&shop, "GOLD", wanted.clone()).await.expect(200);
        let order = shop.accepted(&shop.gold, &[line("BOLT", "H87", "1")]).await;
        let shipment = shop.ship(&order).await;
        shop.app.mails().await;
        let invoice = shop.invoice(&shipment).await;
        let mails = shop.app.mails().await;
        let mail = mails.iter().find(|mail| mail.email == payer).unwrap();
        let number = invoice["number"].as_str().unwrap();
        assert_eq!(mail.files.len(), files, "{wanted}: {:?}", mail.files);
        assert_eq!(mail.files[0], format!("invoice-{number}.pdf"));
        assert!(files == 1 || mail.files[1] == format!("invoice-{number}-cii.xml"));
    }
    shop.app.finish().await;
}

/// What stands behind `name="…"` as the value of a hidden field.
fn hidden<'h>(html: &'h str, name: &str) -> &'h str {
    let (_, rest) = html.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
    rest.split_once('"').unwrap().0
}

#[tokio::test]
async fn the_desk_sets_up_e_invoices_and_says_why_one_is_not_issued() {
    let shop = open().await;
    let manager = shop.app.browse_german_staff("admin").await;
    let terms = format!("/desk/accounts/{}/terms", id(&account(&shop.finance, "GOLD").await));
    let html = manager.page(&terms).await;
    let wrong = [
        ("version", hidden(&html, "version")),
        ("endpoint", "0088:4012345000008"),
    ];
    let shown = manager.post(&terms, &wrong).await;
    assert!(
        shown.status == 422 && shown.html.contains("id=\"e-endpoint\"") && shown.html.contains("Prüfziffern"),
        "{}",
        shown.html
    );
    let right = [
        ("version", hidden(&html, "version")),
        ("einvoice", "peppol"),
        ("einvoice_by", "access_point"),
        ("needs_buyer_reference", "false"),
    ];
    assert_eq!(manager.post(&terms, &right).await.goes_to(), terms);
    let html = manager.page(&terms).await;
    assert!(html.contains("value=\"peppol\" selected"), "{html}");

    let order = shop.accepted(&shop.gold, &[line("BOLT", "H87", "1")]).await;
    let shipment = shop.ship(&order).await;
    let path = format!("/desk/shipments/{}", id(&shipment));
    let html = manager.page(&path).await;
    let key = [("form_key", hidden(&html, "form_key"))];
    let back = manager.post(&format!("{path}/invoice"), &key).await.goes_to();
    let html = manager.page(&back).await;
    for part in [
        "die elektronische Adresse des Käufers (BT-49)",
        "PEPPOL-EN16931-R010",
        "Konditionen",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }

    change(&shop, "GOLD", json!({"endpoint": "0088:4012345000009"}))
        .await
        .expect(200);
    let invoice = issue(&shop, &shipment).await.expect(201);
    let page = format!("/desk/invoices/{}", id(&invoice));
    let html = manager.page(&page).await;
    assert!(html.contains("wartet darauf, geschrieben zu werden"), "{html}");
    let folder = tempfile::TempDir::new().unwrap();
    writer(&shop, folder.path()).step(clock::now()).await.unwrap();
    let html = manager.page(&page).await;
    assert!(html.contains(&files(folder.path())[0]), "{html}");
    let ubl = manager.get(&format!("{page}/ubl")).await;
    assert_eq!(ubl.headers["content-type"], "application/xml");
    let attached = ubl.headers["content-disposition"].to_str().unwrap();
    assert!(attached.starts_with("attachment; filename=\"invoice-"), "{attached}");
    shop.app.finish().await;
}
