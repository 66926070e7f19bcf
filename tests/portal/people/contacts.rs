//! Contacts of accounts, people who do not sign in: by file, REST and page.

use portal::imports::Options;
use reqwest::Method;
use serde_json::{Value, json};

use super::{actions, text};
use crate::app::TestApp;
use crate::browser::Browser;
use crate::client::Client;
use crate::pages::quick_order::value_behind;

const PATH: &str = "/account/contacts";

/// ACME and RIVAL with a site more of each.
async fn shop() -> TestApp {
    let app = TestApp::with_accounts().await;
    app.import(&[(
        "sites.csv",
        "account,site,name,country\nACME,NORTH,North,NL\nRIVAL,EAST,Secret yard,NL\n",
    )])
    .await;
    app
}

async fn account_id(client: &Client) -> String {
    let accounts = client.get("/supplier/accounts").await.expect(200);
    let mut accounts = accounts["data"].as_array().unwrap().iter();
    text(accounts.find(|account| account["code"] == "ACME").unwrap(), "id")
}

fn codes(list: &Value) -> Vec<&str> {
    let contacts = list["data"].as_array().unwrap().iter();
    contacts.map(|contact| contact["code"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_admin_keeps_the_contacts_of_the_account() {
    let app = shop().await;
    let admin = app.person("ACME", "admin").await;
    let contact = json!({
        "code": "AP", "name": "Accounts payable", "job_title": "Pays", "email": "ap@acme.example", "phone": "+31 20 1",
        "site": "NORTH", "language": "de", "mails": ["invoiced", "order_placed"],
    });
    let added = admin.post(PATH, contact.clone()).await;
    let etag = added.header("etag").to_owned();
    let added = added.expect(201);
    assert_eq!(added["etag"], json!(etag));
    // In the order of the kinds, however they were sent.
    assert_eq!(added["mails"], json!(["order_placed", "invoiced"]));
    let again = admin.post(PATH, contact).await.faults();
    assert_eq!(again, [("/code".to_owned(), "duplicate_key".to_owned())]);
    let one = format!("{PATH}/{}", text(&added, "id"));
    let change = json!({"job_title": null, "mails": ["shipped"], "language": null});
    let changed = admin
        .change(Method::PATCH, &one, &etag, Some(change.clone()))
        .await
        .expect(200);
    assert_eq!(
        [
            &changed["job_title"],
            &changed["mails"],
            &changed["language"],
            &changed["phone"]
        ],
        [&Value::Null, &json!(["shipped"]), &Value::Null, &json!("+31 20 1")]
    );
    let late = admin.change(Method::PATCH, &one, &etag, Some(change)).await;
    late.problem(412, "precondition_failed");
    let viewer = app.person("ACME", "viewer").await;
    assert_eq!(codes(&viewer.get(PATH).await.expect(200)), ["AP"]);
    viewer
        .post(PATH, json!({"code": "X", "name": "X"}))
        .await
        .problem(403, "forbidden");
    // Another account has none of it, by its own path or by that of this one.
    let rival = app.person("RIVAL", "admin").await;
    assert!(codes(&rival.get(PATH).await.expect(200)).is_empty());
    for method in [Method::PATCH, Method::DELETE] {
        let body = (method == Method::PATCH).then(|| json!({"name": "Stolen"}));
        rival.change(method, &one, "*", body).await.problem(404, "not_found");
    }
    let feed = viewer.get("/events").await.expect(200);
    let told = |kind: &str| {
        let mut events = feed["data"].as_array().unwrap().iter();
        events
            .find(|event| event["type"] == kind)
            .map(|event| event["data"].clone())
    };
    assert_eq!(
        told("contact.added"),
        Some(json!({"code": "AP", "name": "Accounts payable"}))
    );
    let differs = told("contact.changed").unwrap()["changed"].clone();
    assert_eq!(differs, json!(["job_title", "language", "mails"]));
    let etag = text(&changed, "etag");
    assert_eq!(admin.change(Method::DELETE, &one, &etag, None).await.status, 204);
    assert!(codes(&viewer.get(PATH).await.expect(200)).is_empty());
    let feed = viewer.get("/events").await.expect(200).to_string();
    assert!(feed.contains("contact.removed"), "{feed}");
    assert!(!rival.get("/events").await.expect(200).to_string().contains("contact."));
    let done = actions(&app).await;
    for action in ["contact.add", "contact.change", "contact.remove"] {
        assert_eq!(done.iter().filter(|known| *known == action).count(), 1, "{action}");
    }
}

#[tokio::test]
async fn everything_wrong_with_a_contact_is_told_at_once() {
    let app = shop().await;
    let admin = app.person("ACME", "admin").await;
    let wrong = json!({
        "code": "X", "name": "", "email": "nobody", "site": "EAST", "language": "fr", "mails": ["invoiced", "invitation"],
    });
    let mut faults = admin.post(PATH, wrong).await.faults();
    faults.sort();
    let expected = [
        ("/email", "value_invalid"),
        ("/language", "value_invalid"),
        ("/mails", "value_invalid"),
        ("/name", "required"),
        ("/site", "unknown_site"),
    ];
    assert_eq!(
        faults,
        expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned()))
    );
    let nowhere = json!({"code": "X", "name": "X", "mails": ["invoiced"]});
    let faults = admin.post(PATH, nowhere).await.faults();
    assert_eq!(faults, [("/email".to_owned(), "required".to_owned())]);
    // A code that was free before the file brought it is taken.
    let row = "account,contact,name\nACME,X,From the file\n";
    app.import(&[("contacts.csv", row)]).await;
    let taken = admin.post(PATH, json!({"code": "X", "name": "X"})).await.faults();
    assert_eq!(taken, [("/code".to_owned(), "duplicate_key".to_owned())]);
}

#[tokio::test]
async fn staff_keep_the_contacts_of_an_account() {
    let app = shop().await;
    let (service, warehouse) = (app.staff("customer_service").await, app.staff("warehouse").await);
    let account = account_id(&service).await;
    let path = format!("/supplier/accounts/{account}/contacts");
    let added = service
        .post(&path, json!({"code": "GATE", "name": "Goods in"}))
        .await
        .expect(201);
    warehouse
        .post(&path, json!({"code": "X", "name": "X"}))
        .await
        .problem(403, "forbidden");
    assert_eq!(codes(&warehouse.get(&path).await.expect(200)), ["GATE"]);
    let one = format!("{path}/{}", text(&added, "id"));
    let change = Some(json!({"phone": "+31 20 2"}));
    let changed = service
        .change(Method::PATCH, &one, &text(&added, "etag"), change.clone())
        .await
        .expect(200);
    assert_eq!(changed["phone"], "+31 20 2");
    // Under another account there is no such contact.
    let rival = app.person("RIVAL", "admin").await;
    let other = text(&rival.get("/account").await.expect(200), "id");
    let elsewhere = one.replace(&account, &other);
    service
        .change(Method::PATCH, &elsewhere, "*", change.clone())
        .await
        .problem(404, "not_found");
    service
        .change(Method::DELETE, &elsewhere, "*", None)
        .await
        .problem(404, "not_found");
    app.close_account("ACME").await;
    service
        .change(Method::PATCH, &one, "*", change)
        .await
        .problem(409, "account_closed");
}

#[tokio::test]
async fn a_file_brings_contacts_and_changes_what_it_names() {
    let app = TestApp::with_accounts().await;
    let files = [
        ("sites.csv", "account,site,name,country\nACME,NORTH,North,NL\n"),
        (
            "contacts.csv",
            "account,contact,name,email,site,language,mails\n\
             ACME,AP,Accounts payable,ap@acme.example,,en,\"invoiced, payment_received\"\n\
             ACME,GATE,Goods in,gate@acme.example,NORTH,,shipped\nRIVAL,AP,Rival payables,,,,\n",
        ),
    ];
    app.import(&files).await;
    let again = app.try_import(&files, Options::default()).await;
    let report = again.files.iter().find(|report| report.file == "contacts.csv").unwrap();
    assert_eq!((report.new, report.changed, report.unchanged), (0, 0, 3));
    // What the file doesn't name stays.
    app.import(&[(
        "contacts.csv",
        "account,contact,name,mails\nACME,AP,Payables,payment_received;invoiced\n",
    )])
    .await;
    let admin = app.person("ACME", "admin").await;
    let list = admin.get(PATH).await.expect(200);
    assert_eq!(codes(&list), ["AP", "GATE"]);
    let payables = &list["data"][0];
    assert_eq!(
        (&payables["name"], &payables["email"]),
        (&json!("Payables"), &json!("ap@acme.example"))
    );
    assert_eq!(payables["mails"], json!(["invoiced", "payment_received"]));
    let wrong = "account,contact,name,email,site,language,mails\n\
                 ACME,AP,,x,EAST,xx,newsletter\nNOBODY,B,B,,,,\nACME,C,C,,,,shipped\nACME,GATE,G,,,,\nACME,GATE,G,,,,\n";
    let report = app.try_import(&[("contacts.csv", wrong)], Options::default()).await;
    let faults: Vec<_> = report
        .faults
        .iter()
        .map(|fault| format!("{} {} {}", fault.row, fault.column, fault.code.name()))
        .collect();
    let expected = [
        "2 name required",
        "2 email value_invalid",
        "2 language value_invalid",
        "2 mails value_invalid",
        "2 site unknown_site",
        "3 account unknown_account",
        "4 email required",
        "6 contact duplicate_key",
    ];
    assert_eq!(faults, expected);
}

/// The path of the page of the contact, as the list links it.
async fn page_of(browser: &Browser, list: &str, code: &str) -> String {
    let html = browser.page(list).await;
    let (before, _) = html
        .split_once(&format!("class=\"mono\">{code}</a>"))
        .expect("it is listed");
    before
        .rsplit_once("href=\"")
        .unwrap()
        .1
        .split('"')
        .next()
        .unwrap()
        .to_owned()
}

/// Adds, refuses, changes and removes a contact on the pages below `list`.
async fn keep_by_pages(browser: &Browser, list: &str, added: &str) {
    let sent = [
        ("code", "AP"),
        ("name", "Accounts payable"),
        ("email", "ap@acme.example"),
        ("language", "en"),
        ("mails", ""),
        ("mails", "shipped"),
        ("mails", "invoiced"),
    ];
    let wrong = sent.map(|(name, value)| match name {
        "email" => (name, "nowhere"),
        _ => (name, value),
    });
    let refused = browser.post(list, &wrong).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.html.contains("id=\"e-email\"") && refused.html.contains("value=\"nowhere\""),
        "{}",
        refused.html
    );
    assert!(refused.html.contains("value=\"invoiced\" checked"), "{}", refused.html);
    assert_eq!(browser.post(list, &sent).await.goes_to(), list);
    assert!(browser.page(list).await.contains(added));
    // Only sites of the account are offered.
    let offered = browser.page(list).await;
    assert!(
        offered.contains("value=\"NORTH\"") && !offered.contains("EAST"),
        "{offered}"
    );
    let one = page_of(browser, list, "AP").await;
    let html = browser.page(&one).await;
    assert!(
        html.contains("value=\"shipped\" checked") && !html.contains("value=\"order_placed\" checked"),
        "{html}"
    );
    let version = value_behind(&html, "name=\"version\" ", "value");
    let change = [("version", version.as_str()), ("name", "Payables"), ("mails", "")];
    assert_eq!(browser.post(&one, &change).await.goes_to(), list);
    let stale = browser.post(&one, &change).await;
    assert_eq!(stale.status, 412);
    let html = browser.page(&one).await;
    assert!(
        html.contains("value=\"Payables\"") && !html.contains(" checked"),
        "{html}"
    );
    let version = value_behind(&html, "name=\"version\" ", "value");
    let removed = browser
        .post(&format!("{one}/remove"), &[("version", version.as_str())])
        .await;
    assert_eq!(removed.goes_to(), list);
    assert_eq!(browser.get(&one).await.status, 404);
}

#[tokio::test]
async fn admins_and_staff_keep_contacts_by_page() {
    let app = shop().await;
    let admin = app.browse_as("ACME", "admin").await;
    keep_by_pages(&admin, PATH, "Contact AP is added.").await;
    let account = account_id(&app.staff("admin").await).await;
    let list = format!("/desk/accounts/{account}/contacts");
    let german = app.browse_german_staff("customer_service").await;
    keep_by_pages(&german, &list, "Kontakt AP ist hinzugefügt.").await;
    app.import(&[("contacts.csv", "account,contact,name\nACME,GATE,Goods in\n")])
        .await;
    // Whoever only reads sees no form and no way to one.
    for (reader, path) in [
        (app.browse_as("ACME", "viewer").await, PATH),
        (app.browse_staff("warehouse").await, list.as_str()),
    ] {
        let html = reader.page(path).await;
        let is_a_tab = html.contains(&format!("<a href=\"{path}\" aria-current=\"page\">"));
        assert!(is_a_tab, "{html}");
        assert!(html.contains("Goods in") && !html.contains("name=\"code\""), "{html}");
        assert!(!html.contains(&format!("href=\"{path}/con_")), "{html}");
    }
    let rival = app.browse_as("RIVAL", "admin").await;
    assert!(!rival.page(PATH).await.contains("Goods in"));
}
