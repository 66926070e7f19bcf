//! Mail addresses, phone numbers, VAT ids, bank accounts, GTINs, countries, currencies: one check wherever they come in.

use portal::db::sql;
use portal::imports::Options;
use reqwest::Method;
use serde_json::{Value, json};

use crate::app::TestApp;
use crate::client::Client;
use crate::price_editing::SHOP;
use crate::program::Installation;

const BAD_ADDRESSES: [&str; 5] = [
    "a,b@nord.example",
    "<x@nord.example>",
    "orders at vale",
    "x@nord..example",
    "\u{ff41}da@nord.example",
];

async fn shop() -> TestApp {
    let app = TestApp::start().await;
    app.import(SHOP).await;
    app
}

/// The faults of a file as `row column code`.
async fn faults(app: &TestApp, file: &str, text: &str) -> Vec<String> {
    let options = Options {
        dry_run: true,
        keep_valid: false,
        numbers: None,
    };
    let report = app.try_import(&[(file, text)], options).await;
    let shown = report.faults.iter();
    shown
        .map(|fault| format!("{} {} {}", fault.row, fault.column, fault.code.name()))
        .collect()
}

async fn refused(client: &Client, path: &str, body: Value, pointer: &str) {
    let found = client.post(path, body.clone()).await.faults();
    assert!(found.iter().any(|(at, _)| at == pointer), "{path} {body}: {found:?}");
}

async fn account_path(staff: &Client, code: &str) -> String {
    let list = staff.get(&format!("/supplier/accounts?q={code}")).await.expect(200);
    format!("/supplier/accounts/{}", list["data"][0]["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_mail_address_that_no_mail_can_be_written_to_comes_in_nowhere() {
    let app = shop().await;
    let admin = app.person("NORD", "admin").await;
    let staff = app.staff("admin").await;
    let account = account_path(&staff, "NORD").await;
    for bad in BAD_ADDRESSES {
        refused(&admin, "/invitations", json!({"email": bad, "role": "buyer"}), "/email").await;
        let path = format!("{account}/invitations");
        refused(&staff, &path, json!({"email": bad, "role": "buyer"}), "/email").await;
        let contact = json!({"code": "AP", "name": "n", "email": bad});
        refused(&admin, "/account/contacts", contact, "/email").await;
        let row = format!("account,contact,name,email\nNORD,AP,n,\"{bad}\"\n");
        assert_eq!(
            faults(&app, "contacts.csv", &row).await,
            ["2 email value_invalid"],
            "{bad}"
        );
        let row = format!("name,country,currency,email\nS,NL,EUR,\"{bad}\"\n");
        assert_eq!(
            faults(&app, "supplier.csv", &row).await,
            ["2 email value_invalid"],
            "{bad}"
        );
    }
}

#[test]
fn the_command_line_refuses_such_an_address_too() {
    let installation = Installation::by_default();
    for bad in BAD_ADDRESSES {
        let arguments = [
            "user",
            "add",
            "--email",
            bad,
            "--staff-role",
            "admin",
            "--password-stdin",
        ];
        let output = installation.run(&arguments, "a long enough password\n");
        assert_eq!(output.code, Some(1), "{output:?}");
        assert!(output.stderr.contains("is not a mail address"), "{output:?}");
    }
}

#[tokio::test]
async fn an_address_from_before_parks_its_mail_at_once_and_the_inviter_is_told() {
    let app = TestApp::with_accounts().await;
    app.add_person_named("ada@acme.example", "ACME", "admin").await;
    let admin = app.sign_in("ada@acme.example").await;
    let invitation = json!({"email": "bert@acme.example", "role": "buyer"});
    admin.post("/invitations", invitation).await.expect(201);
    let spoil = "UPDATE invitations SET email = 'a,b@acme.example' WHERE email = 'bert@acme.example'";
    app.db().write(move |tx| sql(spoil).run(tx)).await.unwrap();
    let mails = app.mails().await;
    let told: Vec<_> = mails.iter().filter(|mail| mail.email == "ada@acme.example").collect();
    assert_eq!(told.len(), 1, "{mails:?}");
    assert!(
        told[0].texts.text.contains("a,b@acme.example"),
        "{}",
        told[0].texts.text
    );
    assert!(
        told[0].texts.subject.contains("invitation"),
        "{}",
        told[0].texts.subject
    );
    let parked = app.db().read(|connection| {
        sql("SELECT kind, state, attempts FROM messages WHERE email = 'a,b@acme.example'")
            .rows::<(String, String, i32)>(connection)
    });
    assert_eq!(
        parked.await.unwrap(),
        [("invitation".to_owned(), "parked".to_owned(), 1)]
    );
}

#[tokio::test]
async fn a_bad_address_of_the_supplier_from_before_costs_no_mail() {
    let app = TestApp::with_accounts().await;
    let spoil = "UPDATE supplier SET email = 'orders at vale'";
    app.db().write(move |tx| sql(spoil).run(tx)).await.unwrap();
    let admin = app.person("ACME", "admin").await;
    let invitation = json!({"email": "bert@acme.example", "role": "buyer"});
    admin.post("/invitations", invitation).await.expect(201);
    let mails = app.mails().await;
    assert!(mails.iter().any(|mail| mail.email == "bert@acme.example"), "{mails:?}");
    app.finish().await;
}

#[tokio::test]
async fn phone_numbers_bank_accounts_countries_and_currencies_have_their_form_everywhere() {
    let app = shop().await;
    let admin = app.person("NORD", "admin").await;
    let staff = app.staff("admin").await;
    app.add_staff_named("kim@supplier.example", "key_account_manager").await;
    for (file, text, expected) in [
        (
            "supplier.csv",
            "name,country,currency,iban,bic,phone\nS,NL,EUR,NL91ABNA0417164301,ABNANL2,call us\n",
            vec!["2 iban value_invalid", "2 bic value_invalid", "2 phone value_invalid"],
        ),
        (
            "supplier.csv",
            "name,country,currency,iban,bic\nS,xx,XXX,DE89 3704 0044 0532 0130 01,ABNAXX2A\n",
            vec![
                "2 country unknown_country",
                "2 currency unknown_currency",
                "2 iban value_invalid",
                "2 bic value_invalid",
            ],
        ),
        (
            "team.csv",
            "email,account,function,position,phone\nkim@supplier.example,NORD,key_account_manager,1,ask me\n",
            vec!["2 phone value_invalid"],
        ),
        (
            "contacts.csv",
            "account,contact,name,phone\nNORD,AP,n,12\n",
            vec!["2 phone value_invalid"],
        ),
        (
            "sites.csv",
            "account,site,name,country\nNORD,B,n,xx\nNORD,C,n,UK\n",
            vec!["2 country unknown_country", "3 country unknown_country"],
        ),
        (
            "accounts.csv",
            "account,name,country,currency,tier,payment_terms_days,credit_limit\nB,n,nl,CHE,gold,1,\n",
            vec!["2 country unknown_country", "2 currency unknown_currency"],
        ),
        (
            "tax_rates.csv",
            "country,category,rate\nXX,S,20\n",
            vec!["2 country unknown_country"],
        ),
        (
            "price_lists.csv",
            "price_list,name,currency,kind,account\nB,n,XAU,base,\nC,n,eur,base,\n",
            vec!["2 currency unknown_currency", "3 currency unknown_currency"],
        ),
        (
            "products.csv",
            "sku,name,base_unit,decimals,tax_category,gtin\nB,n,H87,0,S,0000000000000\n",
            vec!["2 gtin bad_gtin"],
        ),
        (
            "units.csv",
            "sku,unit,name,base_quantity,gtin\nNUT,BX,n,5,00000000\n",
            vec!["2 gtin bad_gtin"],
        ),
        (
            "assortment.csv",
            "account,sku,customer_part_number,label_gtin\nNORD,NUT,,00000000000000\n",
            vec!["2 label_gtin bad_gtin"],
        ),
    ] {
        assert_eq!(faults(&app, file, text).await, expected, "{file}");
    }
    let contact = json!({"code": "AP", "name": "n", "phone": "ask me"});
    refused(&admin, "/account/contacts", contact, "/phone").await;
    let account = account_path(&staff, "NORD").await;
    let site = json!({"code": "B", "name": "n", "country": "xx"});
    refused(&staff, &format!("{account}/sites"), site, "/country").await;
    let opened =
        json!({"code": "B", "name": "n", "country": "xx", "currency": "USN", "tier": "gold", "payment_terms_days": 1});
    refused(&staff, "/supplier/accounts", opened.clone(), "/country").await;
    refused(&staff, "/supplier/accounts", opened, "/currency").await;
    let list = json!({"code": "B", "name": "n", "currency": "XTS", "kind": "base"});
    refused(&staff, "/supplier/price-lists", list, "/currency").await;
    let product = json!({"sku": "B", "name": "n", "base_unit": "H87", "tax_category": "S", "gtin": "00000000"});
    refused(&staff, "/supplier/products", product, "/gtin").await;
    let path = format!("{account}/team");
    let tag = staff.get(&path).await.header("etag").to_owned();
    let member =
        json!({"email": "kim@supplier.example", "function": "key_account_manager", "position": 1, "phone": "x"});
    let put = staff
        .change(Method::PUT, &path, &tag, Some(json!({"members": [member]})))
        .await;
    assert_eq!(
        put.faults(),
        [("/members/0/phone".to_owned(), "value_invalid".to_owned())]
    );
}

#[tokio::test]
async fn a_vat_id_has_the_form_of_its_country_everywhere() {
    let app = shop().await;
    let staff = app.staff("admin").await;
    let path = account_path(&staff, "NORD").await;
    for bad in [
        "N/A",
        "-",
        "TBD",
        "DE12345678",
        "GR123456789",
        "de123456789",
        "XX123456789",
    ] {
        let row = format!("name,country,currency,vat_id\nS,NL,EUR,{bad}\n");
        assert_eq!(
            faults(&app, "supplier.csv", &row).await,
            ["2 vat_id value_invalid"],
            "{bad}"
        );
        let row = format!(
            "account,name,country,currency,tier,payment_terms_days,credit_limit,vat_id\nNORD,n,NL,EUR,gold,30,,{bad}\n"
        );
        assert_eq!(
            faults(&app, "accounts.csv", &row).await,
            ["2 vat_id value_invalid"],
            "{bad}"
        );
        let changed = staff
            .change(Method::PATCH, &path, "*", Some(json!({"vat_id": bad})))
            .await;
        assert_eq!(
            changed.faults(),
            [("/vat_id".to_owned(), "value_invalid".to_owned())],
            "{bad}"
        );
        let opened = json!({"code": "B", "name": "n", "country": "DE", "currency": "EUR", "tier": "gold",
            "payment_terms_days": 1, "vat_id": bad});
        refused(&staff, "/supplier/accounts", opened, "/vat_id").await;
    }
}

/// A German supplier, and French sites of accounts with VAT ids of several states.
const TRADE: &[(&str, &str)] = &[
    ("supplier.csv", "name,country,currency,vat_id\nS,DE,EUR,DE111111111\n"),
    (
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit,vat_id\n\
         DE,n,DE,EUR,gold,30,,DE123456789\nFR,n,FR,EUR,gold,30,,FRK7399859412\nAT,n,AT,EUR,gold,30,,ATU12345678\n\
         NONE,n,FR,EUR,gold,30,,\nGB,n,GB,EUR,gold,30,,GB123456789\n",
    ),
    (
        "sites.csv",
        "account,site,name,country\nDE,LYON,n,FR\nFR,LYON,n,FR\nAT,LYON,n,FR\nNONE,LYON,n,FR\nGB,LYON,n,FR\n",
    ),
    (
        "products.csv",
        "sku,name,base_unit,decimals,tax_category\nBOLT,n,H87,0,S\n",
    ),
    (
        "price_lists.csv",
        "price_list,name,currency,kind,account\nBASE,n,EUR,base,\n",
    ),
    (
        "prices.csv",
        "price_list,sku,unit,min_quantity,price\nBASE,BOLT,H87,0,1\n",
    ),
    ("stock.csv", "warehouse,sku,on_hand\nA,BOLT,100000\n"),
];

async fn tax(app: &TestApp, account: &str) -> Value {
    let buyer = app.person(account, "buyer").await;
    let order = json!({"lines": [{"sku": "BOLT", "unit": "H87", "quantity": "100"}]});
    buyer.place_order(order).await.expect(201)["tax_total"].clone()
}

#[tokio::test]
async fn only_an_id_of_another_member_state_frees_goods_to_another_member_state_from_tax() {
    let app = TestApp::start().await;
    app.import(TRADE).await;
    for (account, expected) in [
        ("DE", "19.00"),
        ("FR", "0.00"),
        ("AT", "0.00"),
        ("NONE", "19.00"),
        ("GB", "19.00"),
    ] {
        assert_eq!(tax(&app, account).await, expected, "{account}");
    }
    // What came in before ids were checked frees nothing either.
    let spoil = "UPDATE accounts SET vat_id = 'N/A' WHERE code = 'FR'";
    app.db().write(move |tx| sql(spoil).run(tx)).await.unwrap();
    assert_eq!(tax(&app, "FR").await, "19.00");
    app.finish().await;
}

#[tokio::test]
async fn the_answer_to_a_check_of_a_vat_id_is_kept_counts_and_ends_with_the_id() {
    let app = TestApp::start().await;
    app.import(TRADE).await;
    let staff = app.staff("admin").await;
    let path = account_path(&staff, "FR").await;
    let patch = async |change: Value| staff.change(Method::PATCH, &path, "*", Some(change)).await;
    let seen = |account: &Value| ["vat_check", "vat_checked_on", "vat_evidence"].map(|name| account[name].clone());
    let account = staff.get(&path).await.expect(200);
    assert_eq!(seen(&account), [json!("unchecked"), Value::Null, Value::Null]);
    for (change, pointer) in [
        (json!({"vat_check": "valid"}), "/vat_checked_on"),
        (
            json!({"vat_check": "maybe", "vat_checked_on": "2026-01-02"}),
            "/vat_check",
        ),
        (
            json!({"vat_check": "valid", "vat_checked_on": "2.1.2026"}),
            "/vat_checked_on",
        ),
        (
            json!({"vat_id": null, "vat_check": "valid", "vat_checked_on": "2026-01-02"}),
            "/vat_check",
        ),
    ] {
        let found = patch(change.clone()).await.faults();
        assert_eq!(
            found.first().map(|(at, _)| at.as_str()),
            Some(pointer),
            "{change}: {found:?}"
        );
    }
    let answer = json!({"vat_check": "invalid", "vat_checked_on": "2026-01-02", "vat_evidence": "VIES WAPIAAAA"});
    let account = patch(answer).await.expect(200);
    let kept = [json!("invalid"), json!("2026-01-02"), json!("VIES WAPIAAAA")];
    assert_eq!(seen(&account), kept);
    assert_eq!(tax(&app, "FR").await, "19.00");
    // A file or a change that says nothing of it leaves it.
    let rows = "account,name,country,currency,tier,payment_terms_days,credit_limit,vat_id\n";
    app.import(&[("accounts.csv", &format!("{rows}FR,m,FR,EUR,gold,30,,FRK7399859412\n"))])
        .await;
    let account = patch(json!({"tier": "silver"})).await.expect(200);
    assert_eq!(seen(&account), kept);
    // Another id is unchecked, whoever brings it.
    app.import(&[("accounts.csv", &format!("{rows}FR,m,FR,EUR,gold,30,,FRX7399859412\n"))])
        .await;
    let account = staff.get(&path).await.expect(200);
    assert_eq!(seen(&account), [json!("unchecked"), Value::Null, Value::Null]);
    assert_eq!(tax(&app, "FR").await, "0.00");
    for state in ["service_away", "valid"] {
        let account = patch(json!({"vat_check": state, "vat_checked_on": "2026-01-03"}))
            .await
            .expect(200);
        assert_eq!(seen(&account)[0], state);
        assert_eq!(tax(&app, "FR").await, "0.00");
    }
    let account = patch(json!({"vat_id": "FRK7399859412"})).await.expect(200);
    assert_eq!(seen(&account), [json!("unchecked"), Value::Null, Value::Null]);
    app.finish().await;
}
