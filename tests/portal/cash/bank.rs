//! What banks tell: sure money is booked, the rest waits; nothing twice, whichever files it comes in.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Shop, id, lately, line, texts};
use crate::client::Answer;

/// An invoice of 121.00 for each of these buyers.
pub async fn invoices(shop: &Shop, count: usize) -> Vec<Value> {
    let mut made = Vec::new();
    for _ in 0..count {
        let order = shop.accepted(&shop.gold, &[line("RARE", "H87", "10")]).await;
        let shipment = shop.ship(&order).await;
        shop.deliver(&shipment).await;
        made.push(shop.invoice(&shipment).await);
    }
    made
}

pub fn number(invoice: &Value) -> &str {
    invoice["number"].as_str().unwrap()
}

/// A movement as it stands in a file: amount in cents, below zero where it goes out; the bank's reference, the payer's, text and IBAN.
pub struct Told<'a> {
    pub minor: i64,
    pub bank: &'a str,
    pub own: &'a str,
    pub text: &'a str,
    pub iban: &'a str,
    pub is_reversal: bool,
}

pub fn told<'a>(minor: i64, bank: &'a str, text: &'a str) -> Told<'a> {
    Told {
        minor,
        bank,
        own: "NOTPROVIDED",
        text,
        iban: "DE89370400440532013000",
        is_reversal: false,
    }
}

fn decimal(minor: i64) -> String {
    format!("{}.{:02}", minor.abs() / 100, minor.abs() % 100)
}

fn side(minor: i64) -> &'static str {
    if minor < 0 { "DBIT" } else { "CRDT" }
}

/// camt.053.001.08 with balances that fit, or camt.054.001.08.
pub fn camt(is_statement: bool, number: &str, entries: &[Told<'_>]) -> String {
    let day = lately();
    let entry = |told: &Told<'_>| {
        let (amount, side) = (decimal(told.minor), side(told.minor));
        format!(
            "<Ntry><Amt Ccy=\"EUR\">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd><RvslInd>{}</RvslInd><Sts><Cd>BOOK</Cd></Sts>\
             <BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>{}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>{}</EndToEndId></Refs>\
             <RltdPties><Dbtr><Pty><Nm>Somebody</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>{}</IBAN></Id></DbtrAcct></RltdPties>\
             <RmtInf><Ustrd>{}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>",
            told.is_reversal, told.bank, told.own, told.iban, told.text
        )
    };
    let moved: i64 = entries.iter().map(|told| told.minor).sum();
    let balance = |code: &str, minor: i64| {
        format!(
            "<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">{}</Amt><CdtDbtInd>{}</CdtDbtInd></Bal>",
            decimal(minor),
            side(minor)
        )
    };
    let (kind, outer, inner, balances) = match is_statement {
        true => (
            "camt.053",
            "BkToCstmrStmt",
            "Stmt",
            format!("{}{}", balance("OPBD", 0), balance("CLBD", moved)),
        ),
        false => ("camt.054", "BkToCstmrDbtCdtNtfctn", "Ntfctn", String::new()),
    };
    let entries: String = entries.iter().map(entry).collect();
    format!(
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:{kind}.001.08\"><{outer}><{inner}><Id>{number}</Id>\
         <Acct><Id><IBAN>NL91ABNA0417164300</IBAN></Id><Ccy>EUR</Ccy></Acct>{balances}{entries}</{inner}></{outer}></Document>"
    )
}

pub async fn try_take(shop: &Shop, file: &str) -> Answer {
    let body = format!(
        "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"bank.xml\"\r\ncontent-type: application/xml\r\n\r\n{file}\r\n--edge--\r\n"
    );
    let headers = [("content-type", "multipart/form-data; boundary=edge")];
    shop.finance
        .send(Method::POST, "/supplier/bank-statements", &headers, Some(body))
        .await
}

pub async fn take(shop: &Shop, file: &str) -> Value {
    try_take(shop, file).await.expect(201)
}

pub async fn entries(shop: &Shop, query: &str) -> Vec<Value> {
    let list = shop
        .finance
        .get(&format!("/supplier/bank-entries?limit=200{query}"))
        .await
        .expect(200);
    list["data"].as_array().unwrap().clone()
}

pub async fn act(shop: &Shop, entry: &Value, what: &str, body: Value) -> Answer {
    let path = format!("/supplier/bank-entries/{}/{what}", id(entry));
    shop.finance.post(&path, body).await
}

pub async fn balance(shop: &Shop) -> String {
    let statement = shop.gold.get("/account/statement").await.expect(200);
    statement["balance"].as_str().unwrap().to_owned()
}

/// One value is refused with this code.
#[track_caller]
fn refused(answer: Answer, code: &str) {
    let faults = answer.faults();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(faults[0].1, code);
}

fn codes(entry: &Value) -> Vec<&str> {
    texts(&entry["reasons"], "code")
}

#[tokio::test]
async fn sure_money_is_booked_and_the_rest_waits_with_its_reasons() {
    let shop = Shop::open().await;
    let made = invoices(&shop, 3).await;
    let (first, second) = (number(&made[0]), number(&made[1]));
    let short = second.replace("-0000", "-");
    let file = camt(
        true,
        "1",
        &[
            told(12_100, "R1", first),
            told(10_000, "R2", second),
            told(4_711, "R3", "thank you"),
            told(-450, "R4", "fee"),
            told(100, "R5", &short),
        ],
    );
    let taken = take(&shop, &file).await;
    let statement = &taken["statements"][0];
    let counts =
        ["entries", "known", "booked", "proposed", "unknown", "outgoing"].map(|name| statement[name].as_i64().unwrap());
    assert_eq!(
        (counts, &taken["is_new"]),
        ([5, 0, 1, 3, 0, 1], &json!(true)),
        "{taken}"
    );
    assert_eq!(statement["closing_balance"], "264.61");
    assert_eq!(balance(&shop).await, "242.00");
    let booked = &entries(&shop, "&state=booked").await[0];
    assert_eq!((&booked["is_sure"], &booked["account"]), (&json!(true), &json!("GOLD")));
    assert_eq!(codes(booked), ["match_by_number", "match_by_amount"]);
    assert_eq!(booked["reasons"][0]["params"]["invoice"], first);
    let payment = shop
        .finance
        .get(&format!(
            "/supplier/payments/{}",
            booked["payment_id"].as_str().unwrap()
        ))
        .await
        .expect(200);
    assert_eq!(texts(&payment["applied"], "invoice_number"), [first]);
    assert_eq!(payment["amount"], "121.00");
    let waiting = entries(&shop, "&state=proposed").await;
    let reasons: Vec<_> = waiting.iter().map(codes).collect();
    assert_eq!(reasons.len(), 3, "{reasons:?}");
    let part = waiting.iter().find(|entry| entry["amount"] == "100.00").unwrap();
    assert_eq!(codes(part), ["match_by_number", "match_by_payer", "against_less"]);
    // Whose the payer's bank account is, the first has shown.
    let thanks = waiting.iter().find(|entry| entry["amount"] == "47.11").unwrap();
    assert_eq!(codes(thanks), ["match_by_payer"]);
    // As proposed: a part of the second.
    let done = act(&shop, part, "book", json!({})).await.expect(200);
    assert_eq!((&done["state"], &done["is_sure"]), (&json!("booked"), &json!(false)));
    assert_eq!(balance(&shop).await, "142.00");
    act(&shop, part, "book", json!({}))
        .await
        .problem(409, "bank_entry_state");
    // Events and webhooks know of it.
    let again = take(&shop, &file).await;
    assert_eq!(
        (&again["is_new"], &again["statements"][0]["id"]),
        (&json!(false), &statement["id"])
    );
    assert_eq!(balance(&shop).await, "142.00");
    shop.app.finish().await;
}

#[tokio::test]
async fn an_entry_is_booked_once_whichever_files_it_comes_in() {
    let shop = Shop::open().await;
    let made = invoices(&shop, 2).await;
    let (first, second) = (number(&made[0]), number(&made[1]));
    take(&shop, &camt(false, "N1", &[told(12_100, "R1", first)])).await;
    let statement = take(
        &shop,
        &camt(true, "S1", &[told(12_100, "R1", first), told(12_100, "R2", second)]),
    )
    .await;
    let statement = &statement["statements"][0];
    assert_eq!((&statement["known"], &statement["booked"]), (&json!(1), &json!(1)));
    let overlapping = camt(true, "S2", &[told(12_100, "R2", second), told(12_100, "R1", first)]);
    let last = take(&shop, &overlapping).await;
    assert_eq!(last["statements"][0]["known"], 2);
    assert_eq!(balance(&shop).await, "0.00");
    let payments = shop.finance.get("/supplier/payments").await.expect(200);
    assert_eq!(payments["data"].as_array().unwrap().len(), 2);
    // The same movement in a form without the bank's reference is not booked without anybody looking.
    let more = invoices(&shop, 1).await;
    let day = lately().format("%y%m%d");
    let page = format!(
        ":20:A\n:25:NL91ABNA0417164300\n:28C:1\n:60F:C{day}EUR0,\n:61:{day}C121,NTRFNONREF\n:86:{}\n:62F:C{day}EUR121,\n",
        number(&more[0])
    );
    let page = take(&shop, &page).await;
    assert_eq!(page["statements"][0]["booked"], 0);
    let waiting = entries(&shop, "&state=proposed").await;
    assert!(codes(&waiting[0]).contains(&"against_alike"), "{waiting:?}");
    shop.app.finish().await;
}

#[tokio::test]
async fn money_that_the_bank_takes_back_opens_its_invoice_again() {
    let shop = Shop::open().await;
    let made = invoices(&shop, 1).await;
    let came = Told {
        own: "E2E-1",
        ..told(12_100, "R1", number(&made[0]))
    };
    take(&shop, &camt(true, "S1", &[came])).await;
    assert_eq!(balance(&shop).await, "0.00");
    let back = Told {
        own: "E2E-1",
        is_reversal: true,
        ..told(-12_100, "R2", "account closed")
    };
    take(&shop, &camt(true, "S2", &[back])).await;
    assert_eq!(balance(&shop).await, "121.00");
    let list = entries(&shop, "&state=booked").await;
    let (back, came) = (&list[0], &list[1]);
    assert_eq!(back["takes_back"], came["payment_id"]);
    act(&shop, back, "reopen", json!({"reason": "a slip"}))
        .await
        .problem(409, "bank_entry_state");
    // What the bank took back is not booked a second time.
    act(&shop, came, "reopen", json!({"reason": "it came after all"}))
        .await
        .problem(409, "bank_entry_state");
    assert_eq!(balance(&shop).await, "121.00");
    shop.app.finish().await;
}

#[tokio::test]
async fn finance_chooses_account_and_invoices_or_ignores() {
    let shop = Shop::open().await;
    let made = invoices(&shop, 2).await;
    let ids: Vec<&str> = made.iter().map(id).collect();
    let file = camt(
        true,
        "1",
        &[
            told(24_200, "R1", "?"),
            told(1_000, "R2", "?"),
            told(500, "R3", "?"),
            told(-100, "R4", "?"),
        ],
    );
    take(&shop, &file).await;
    let of = async |amount: &str| {
        let all = entries(&shop, "").await;
        all.into_iter().find(|entry| entry["amount"] == amount).unwrap()
    };
    let (large, small, none, out) = (
        of("242.00").await,
        of("10.00").await,
        of("5.00").await,
        of("1.00").await,
    );
    refused(act(&shop, &small, "book", json!({})).await, "required");
    refused(
        act(&shop, &small, "book", json!({"account": "NOBODY"})).await,
        "unknown_account",
    );
    refused(
        act(&shop, &small, "book", json!({"account": "SILVER", "invoice_ids": ids})).await,
        "unknown_invoice",
    );
    refused(
        act(&shop, &small, "book", json!({"account": "OVERSEAS"})).await,
        "wrong_currency",
    );
    refused(
        act(&shop, &small, "book", json!({"payment_id": "pay_0000000000000"})).await,
        "value_invalid",
    );
    act(&shop, &out, "book", json!({"account": "GOLD"}))
        .await
        .problem(409, "nothing_to_refund");
    let many = vec![ids[0]; 201];
    let many = act(&shop, &large, "book", json!({"invoice_ids": many})).await;
    assert_eq!(many.status, 422, "{}", many.text);
    // An invoice that is named twice is paid once.
    let twice = [ids[0], ids[1], ids[0]];
    act(&shop, &large, "book", json!({"invoice_ids": twice}))
        .await
        .expect(200);
    assert_eq!(balance(&shop).await, "0.00");
    let stays = act(&shop, &small, "book", json!({"account": "GOLD"})).await.expect(200);
    assert_eq!(stays["account"], "GOLD");
    assert_eq!(balance(&shop).await, "-10.00");
    refused(act(&shop, &none, "ignore", json!({"reason": ""})).await, "required");
    let ignored = act(&shop, &none, "ignore", json!({"reason": "a refund of a supplier"}))
        .await
        .expect(200);
    assert_eq!(
        (&ignored["state"], &ignored["note"]),
        (&json!("ignored"), &json!("a refund of a supplier"))
    );
    act(&shop, &none, "reopen", json!({"reason": "look again"}))
        .await
        .expect(200);
    assert_eq!(of("5.00").await["state"], "unknown");
    // Whose bank account it was is remembered.
    take(&shop, &camt(true, "2", &[told(700, "R9", "?")])).await;
    let known = of("7.00").await;
    assert_eq!(
        (&known["state"], &known["account"]),
        (&json!("proposed"), &json!("GOLD"))
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn a_file_that_does_not_add_up_changes_nothing() {
    let shop = Shop::open().await;
    let made = invoices(&shop, 1).await;
    let file = camt(true, "1", &[told(12_100, "R1", number(&made[0]))]);
    let odd = file.replacen(">121.00<", ">121.01<", 1);
    refused(try_take(&shop, &odd).await, "unreadable_file");
    refused(try_take(&shop, "hello").await, "unreadable_file");
    assert!(entries(&shop, "").await.is_empty());
    assert_eq!(balance(&shop).await, "121.00");
    shop.app.finish().await;
}

#[tokio::test]
async fn the_number_of_statements_does_not_grow_with_the_entries() {
    let shop = Shop::open().await;
    let count = async |entries: usize, number: &str| {
        let references: Vec<_> = (0..entries).map(|place| format!("{number}-{place}")).collect();
        let told: Vec<_> = references
            .iter()
            .map(|reference| told(100, reference, reference))
            .collect();
        let file = camt(true, number, &told);
        let before = shop.app.statements_before(&[&shop.finance]).await;
        take(&shop, &file).await;
        shop.app.db().statements() - before
    };
    count(3, "A").await;
    let (few, many) = (count(3, "B").await, count(300, "C").await);
    assert!(many <= few + 5, "{few} for 3, {many} for 300");
    shop.app.finish().await;
}

#[tokio::test]
async fn the_desk_shows_what_waits_and_takes_files() {
    let shop = Shop::open().await;
    let made = invoices(&shop, 1).await;
    take(&shop, &camt(true, "1", &[told(12_000, "R1", number(&made[0]))])).await;
    let browser = shop.app.browse_staff("finance").await;
    let page = browser.page("/desk/bank").await;
    assert!(page.contains("120.00") && page.contains(number(&made[0])), "{page}");
    let entry = &entries(&shop, "").await[0];
    let path = format!("/desk/bank/{}", id(entry));
    let page = browser.page(&path).await;
    assert!(page.contains("It is less than the"), "{page}");
    let posted = browser.post(&format!("{path}/book"), &[("do", "proposal")]).await;
    assert_eq!(posted.goes_to(), "/desk/bank");
    assert_eq!(balance(&shop).await, "1.00");
    assert!(browser.page("/desk/bank/statements").await.contains("camt.053"));
    shop.app.finish().await;
}

#[tokio::test]
async fn an_invoice_has_its_reference_and_a_statement_is_printed() {
    let shop = Shop::open().await;
    let made = invoices(&shop, 1).await;
    let reference = made[0]["payment_reference"].as_str().unwrap();
    assert_eq!(reference.get(4..), Some(number(&made[0]).replace('-', "").as_str()));
    assert_eq!(
        shop.gold.get(&format!("/invoices/{}", id(&made[0]))).await.expect(200)["payment_reference"],
        reference
    );
    // What the payer copies from the paper is found.
    take(&shop, &camt(true, "1", &[told(12_100, "R1", reference)])).await;
    let booked = &entries(&shop, "&state=booked").await[0];
    assert_eq!(codes(booked), ["match_by_reference", "match_by_amount"]);
    let account = shop.gold.get("/account").await.expect(200);
    let desk = format!("/supplier/accounts/{}", id(&account));
    for (client, path) in [
        (&shop.gold, "/account/statement/pdf".to_owned()),
        (&shop.gold, "/account/statement/pdf?from=2026-01-01".to_owned()),
        (&shop.finance, format!("{desk}/statement/pdf")),
        (&shop.finance, format!("{desk}/balance-confirmation/pdf")),
    ] {
        let paper = client.get(&path).await;
        assert_eq!(
            (paper.status, paper.header("content-type")),
            (200, "application/pdf"),
            "{path}"
        );
        assert!(paper.bytes.starts_with(b"%PDF"), "{path}");
    }
    let late = shop
        .gold
        .get("/account/statement/pdf?from=2026-02-01&to=2026-01-01")
        .await;
    assert_eq!(late.status, 422);
    let later = (lately() + chrono::TimeDelta::days(40)).format("%Y-%m-%d");
    let path = format!("{desk}/balance-confirmation/pdf?to={later}");
    assert_eq!(shop.finance.get(&path).await.faults()[0].0, "/to");
    shop.app.finish().await;
}
