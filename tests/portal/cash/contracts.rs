//! What was agreed holds from the day it is signed for until it ends; how far its commitments are is summed from invoices.

use chrono::{Days, TimeDelta};
use portal::clock::Timestamp;
use portal::db::sql;
use portal::imports::Options;
use portal::worker::contracts::step;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Shop, id, line, texts, today};
use crate::client::{Answer, Client, unique};

/// Noon so many days from today.
fn days_on(days: i64) -> Timestamp {
    (today() + TimeDelta::days(days)).and_time(chrono::NaiveTime::MIN) + TimeDelta::hours(12)
}

/// A contract with GOLD over a year that began a hundred days ago.
fn frame() -> Value {
    json!({
        "contract": "K-GOLD", "account": "GOLD", "name": "Frame", "currency": "EUR",
        "valid_from": today() - Days::new(100), "valid_to": today() + Days::new(264), "notice_days": 30,
        "payment_terms_days": 45, "free_freight_from": "500.00",
    })
}

fn committed() -> Value {
    json!({"commitments": [
        {"commitment": "parts", "kind": "quantity", "scope": "sku", "key": "RARE", "period": "term", "committed": "73", "shortfall_rate": "0.5"},
        {"commitment": "turnover", "kind": "value", "scope": "all", "period": "term", "committed": "730.00", "shortfall_rate": "10"},
    ]})
}

struct Desk {
    manager: Client,
}

impl Desk {
    async fn at(shop: &Shop) -> Self {
        // Who hears of accounts without a team.
        shop.app.staff("admin").await;
        Self {
            manager: shop.app.staff("key_account_manager").await,
        }
    }

    async fn act(&self, contract: &Value, act: &str, body: Option<Value>) -> Answer {
        let path = format!("/supplier/contracts/{}/{act}", id(contract));
        let method = if act == "commitments" {
            Method::PUT
        } else {
            Method::POST
        };
        self.manager.change(method, &path, "*", body).await
    }

    async fn write(&self, draft: Value) -> Value {
        let made = self.manager.post("/supplier/contracts", draft).await.expect(201);
        self.act(&made, "commitments", Some(committed())).await.expect(200)
    }

    /// Written, offered and signed by both.
    async fn signed(&self, shop: &Shop, draft: Value) -> Value {
        let draft = self.write(draft).await;
        self.act(&draft, "offer", None).await.expect(200);
        let path = format!("/contracts/{}/accept", id(&draft));
        shop.gold
            .change(Method::POST, &path, "*", Some(json!({"name": "Ann Ames"})))
            .await
            .expect(200);
        self.act(&draft, "countersign", Some(json!({"name": "Willem"})))
            .await
            .expect(200)
    }
}

async fn kinds(client: &Client) -> Vec<String> {
    let events = client.get("/events?limit=200").await.expect(200);
    let all = events["data"].as_array().unwrap().iter();
    let kinds = all.map(|event| event["type"].as_str().unwrap().to_owned());
    kinds.filter(|kind| kind.starts_with("contract.")).collect()
}

#[tokio::test]
async fn a_contract_is_offered_accepted_and_countersigned_as_it_was_read() {
    let shop = Shop::open().await;
    let desk = Desk::at(&shop).await;
    let draft = desk.write(frame()).await;
    assert_eq!((&draft["state"], &draft["offered_at"]), (&json!("draft"), &Value::Null));
    assert_eq!(texts(&draft["commitments"], "committed"), ["73", "730.00"]);
    let own = format!("/contracts/{}", id(&draft));
    // Nobody of the account sees a draft.
    shop.gold.get(&own).await.problem(404, "not_found");
    assert_eq!(shop.gold.get("/contracts").await.expect(200)["data"], json!([]));
    let again = desk.manager.post("/supplier/contracts", frame()).await;
    assert_eq!(again.faults(), [("/contract".to_owned(), "duplicate_key".to_owned())]);

    desk.act(&draft, "offer", None).await.expect(200);
    desk.act(&draft, "offer", None).await.problem(409, "contract_state");
    desk.act(&draft, "commitments", Some(committed()))
        .await
        .problem(409, "contract_state");
    desk.act(&draft, "countersign", Some(json!({"name": "Willem"})))
        .await
        .problem(409, "contract_state");
    shop.silver.get(&own).await.problem(404, "not_found");
    let read = shop.gold.get(&own).await;
    let tag = read.header("etag").to_owned();
    assert_eq!(read.expect(200)["state"], "offered");
    let accept = format!("{own}/accept");
    let name = || Some(json!({"name": " Ann Ames "}));
    shop.gold
        .change(Method::POST, &accept, "\"1\"", name())
        .await
        .problem(412, "precondition_failed");
    let nameless = shop
        .gold
        .change(Method::POST, &accept, &tag, Some(json!({"name": " "})))
        .await;
    assert_eq!(nameless.faults(), [("/name".to_owned(), "value_invalid".to_owned())]);
    let accepted = shop.gold.change(Method::POST, &accept, &tag, name()).await.expect(200);
    assert_eq!(
        (&accepted["accepted_by"], &accepted["state"]),
        (&json!("Ann Ames"), &json!("offered"))
    );
    let said = accepted["accepted_text"].as_str().unwrap();
    assert!(said.contains("K-GOLD") && said.contains("Gold Works"), "{said}");
    shop.gold
        .change(Method::POST, &accept, "*", name())
        .await
        .problem(409, "contract_state");

    let signed = desk
        .act(&draft, "countersign", Some(json!({"name": "Willem"})))
        .await
        .expect(200);
    assert_eq!(
        (&signed["state"], &signed["signed_by"]),
        (&json!("active"), &json!("Willem"))
    );
    let paper = shop.gold.get(&format!("{own}/pdf")).await;
    assert_eq!(paper.status, 200);
    assert!(paper.text.starts_with("%PDF"), "no paper");
    assert_eq!(
        kinds(&shop.gold).await,
        [
            "contract.offered",
            "contract.accepted",
            "contract.changed",
            "contract.changed"
        ]
    );
    let mails = shop.app.mails().await;
    assert_eq!(mails.len(), 3, "offered, accepted, signed");
    shop.app.finish().await;
}

#[tokio::test]
async fn pace_is_what_was_invoiced_less_credits_for_both_sides() {
    let shop = Shop::open().await;
    let desk = Desk::at(&shop).await;
    let contract = desk.signed(&shop, frame()).await;
    let (_, invoice) = shop
        .billed(&[line("RARE", "H87", "10"), line("BOLT", "H87", "300")])
        .await;
    let own = format!("/contracts/{}/pace", id(&contract));
    let pace = shop.gold.get(&own).await.expect(200);
    let of = |pace: &Value, at: usize, name: &str| pace["commitments"][at][name].as_str().unwrap_or("none").to_owned();
    assert_eq!(texts(&pace["commitments"], "commitment"), ["parts", "turnover"]);
    // 101 of 365 days.
    assert_eq!([of(&pace, 0, "fulfilled"), of(&pace, 0, "expected")], ["10", "20.2"]);
    assert_eq!(of(&pace, 1, "fulfilled"), invoice["net_total"].as_str().unwrap());
    assert_eq!(
        [of(&pace, 1, "expected"), of(&pace, 1, "committed_here")],
        ["202.00", "730.00"]
    );
    assert_eq!(of(&pace, 0, "forecast_linear"), "36.138614");
    assert_eq!(of(&pace, 0, "shortfall"), "36.861386");
    assert_eq!(of(&pace, 0, "shortfall_cost"), "18.43");
    assert_eq!(of(&pace, 0, "forecast_season"), "none");
    assert_eq!(pace["commitments"][0]["is_low"], true);

    let credit =
        json!({"invoice_id": invoice["id"], "reason": "returned", "lines": [{"position": 1, "quantity": "4"}]});
    let noted = shop
        .finance
        .post_with_key("/supplier/credit-notes", &unique(), credit)
        .await;
    noted.expect(201);
    let pace = shop.gold.get(&own).await.expect(200);
    assert_eq!(of(&pace, 0, "fulfilled"), "6");
    let desk_pace = desk.manager.get(&format!("/supplier{own}")).await.expect(200);
    assert_eq!(desk_pace, pace);
    shop.silver.get(&own).await.problem(404, "not_found");
    let viewer = shop.app.browse_as("GOLD", "viewer").await;
    let page = viewer.get(&format!("/contracts/{}", id(&contract))).await.html;
    assert!(
        page.contains("<svg") && page.contains("parts"),
        "a picture with its table"
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn prices_and_terms_of_a_contract_hold_while_it_does() {
    let shop = Shop::open().await;
    let desk = Desk::at(&shop).await;
    let draft = desk.write(frame()).await;
    let lists = "price_list,name,currency,kind,account,contract\nC-GOLD,Contract prices,EUR,contract,GOLD,K-GOLD\n\
                 C-OLD,Older prices,EUR,contract,GOLD,\n";
    let prices = "price_list,sku,unit,min_quantity,price\nC-GOLD,RARE,H87,1,8\nC-OLD,FOOD,H87,1,1\n";
    shop.app
        .import(&[("price_lists.csv", lists), ("prices.csv", prices)])
        .await;
    let cost = async || {
        let lines = json!([line("RARE", "H87", "1"), line("FOOD", "H87", "1")]);
        let order = shop.gold.place_order(json!({ "lines": lines })).await.expect(201);
        [0, 1].map(|at| order["lines"][at]["net"].as_str().unwrap().to_owned())
    };
    // A list without a contract holds as ever.
    assert_eq!(cost().await, ["10.00", "1.00"]);
    let (_, before) = shop.billed(&[line("BOLT", "H87", "1")]).await;
    assert_eq!(before["payment_terms_days"], 30);
    desk.act(&draft, "offer", None).await.expect(200);
    let paper = json!({"name": "Willem", "accepted_by": "Ann Ames", "accepted_on": today() - Days::new(5)});
    desk.act(&draft, "countersign", Some(paper)).await.expect(200);
    assert_eq!(cost().await, ["8.00", "1.00"]);
    let (_, during) = shop.billed(&[line("BOLT", "H87", "1")]).await;
    assert_eq!(during["payment_terms_days"], 45);

    let late = json!({"reason": "They close.", "last_day": today() + Days::new(400)});
    let late = desk.act(&draft, "terminate", Some(late)).await;
    assert_eq!(late.faults(), [("/last_day".to_owned(), "value_invalid".to_owned())]);
    let ended = desk
        .act(&draft, "terminate", Some(json!({"reason": "They close."})))
        .await
        .expect(200);
    assert_eq!(ended["state"], "terminated");
    assert_eq!(cost().await, ["10.00", "1.00"]);
    let (_, after) = shop.billed(&[line("BOLT", "H87", "1")]).await;
    assert_eq!(after["payment_terms_days"], 30);
    let foreign = "price_list,name,currency,kind,account,contract\nC-S,Silver,EUR,contract,SILVER,K-GOLD\nB,Base,EUR,base,,K-GOLD\n";
    let report = shop
        .app
        .try_import(&[("price_lists.csv", foreign)], Options::default())
        .await;
    assert_eq!(report.faults.len(), 2, "{:#?}", report.faults);
    shop.app.finish().await;
}

#[tokio::test]
async fn files_write_drafts_and_leave_alone_what_was_offered() {
    let shop = Shop::open().await;
    let desk = Desk::at(&shop).await;
    let contracts = "contract,account,name,currency,valid_from,valid_to,notice_days,renewal,renewal_months\n\
                     K-1,GOLD,Frame,EUR,2026-01-01,2036-12-31,90,auto,12\nK-2,SILVER,Other,EUR,2026-01-01,2036-12-31,,,\n";
    let commitments = "contract,commitment,kind,scope,key,period,committed,shortfall_rate\n\
                       K-1,all,value,all,,year,1000.00,2.5\nK-1,rare,quantity,sku,RARE,month,12,\n";
    let files = [("contracts.csv", contracts), ("commitments.csv", commitments)];
    shop.app.import(&files).await;
    let found = desk.manager.get("/supplier/contracts?account=GOLD").await.expect(200);
    let draft = found["data"][0].clone();
    assert_eq!((&draft["contract"], &draft["renewal"]), (&json!("K-1"), &json!("auto")));
    let changed = contracts.replace("Frame", "Frames");
    shop.app.import(&[("contracts.csv", changed.as_str())]).await;
    desk.act(&draft, "offer", None).await.expect(200);
    // The same rows once more are no change, another one is a fault.
    shop.app
        .import(&[("contracts.csv", changed.as_str()), ("commitments.csv", commitments)])
        .await;
    let report = shop.app.try_import(&files, Options::default()).await;
    assert!(!report.applied && report.faults.len() == 1, "{:#?}", report.faults);
    let report = shop
        .app
        .try_import(
            &[("commitments.csv", &commitments.replace("1000.00", "900.00"))],
            Options::default(),
        )
        .await;
    assert_eq!(report.faults.len(), 1, "{:#?}", report.faults);
    for (bad, column) in [
        ("K-3,GOLD,X,USD,2026-01-01,2026-12-31,,,", "currency"),
        ("K-3,GOLD,X,EUR,2026-01-01,2025-12-31,,,", "valid_to"),
        ("K-3,GOLD,X,EUR,2026-01-01,2026-12-31,,auto,", "renewal_months"),
        ("K-3,GOLD,X,EUR,2026-01-01,2026-12-31,,none,3", "renewal_months"),
        ("K-3,NOBODY,X,EUR,2026-01-01,2026-12-31,,,", "account"),
    ] {
        let head = contracts.lines().next().unwrap();
        let text = format!("{head}\n{bad}\n");
        let report = shop
            .app
            .try_import(&[("contracts.csv", text.as_str())], Options::default())
            .await;
        let columns: Vec<_> = report.faults.iter().map(|fault| fault.column.as_str()).collect();
        assert_eq!(columns, [column], "{bad}");
    }
    for (bad, column) in [
        ("K-2,x,quantity,all,,month,1,", "scope"),
        ("K-2,x,value,sku,,month,1,", "key"),
        ("K-2,x,value,all,RARE,month,1,", "key"),
        ("K-2,x,value,all,,month,0,", "committed"),
        ("K-2,x,value,all,,month,1,101", "shortfall_rate"),
        ("K-9,x,value,all,,month,1,", "contract"),
    ] {
        let head = commitments.lines().next().unwrap();
        let text = format!("{head}\n{bad}\n");
        let report = shop
            .app
            .try_import(&[("commitments.csv", text.as_str())], Options::default())
            .await;
        let columns: Vec<_> = report.faults.iter().map(|fault| fault.column.as_str()).collect();
        assert_eq!(columns, [column], "{bad}");
    }
    shop.app.finish().await;
}

#[tokio::test]
async fn days_begin_renew_and_end_contracts_and_each_is_told_once() {
    let shop = Shop::open().await;
    let desk = Desk::at(&shop).await;
    let mut later = frame();
    later["valid_from"] = json!(today() + Days::new(2));
    later["valid_to"] = json!(today() + Days::new(200));
    (later["renewal"], later["renewal_months"]) = (json!("auto"), json!(12));
    let contract = desk.signed(&shop, later).await;
    assert_eq!(contract["state"], "signed");
    shop.app.mails().await;
    let path = format!("/supplier/contracts/{}", id(&contract));
    let state = async || desk.manager.get(&path).await.expect(200);

    assert_eq!(step(shop.app.db(), true, days_on(1)).await.unwrap(), 0);
    assert_eq!(step(shop.app.db(), false, days_on(2)).await.unwrap(), 1);
    assert_eq!(state().await["state"], "active");
    // Notice until the 170th day: 90, 60 and 30 days before, each once; two at once are one.
    let told = async |days: i64| {
        for _ in 0..2 {
            step(shop.app.db(), true, days_on(days)).await.unwrap();
        }
        let all = kinds(&shop.gold).await;
        let of = |kind: &str| all.iter().filter(|one| *one == kind).count();
        (of("contract.notice_due"), of("contract.pace_low"))
    };
    assert_eq!(told(10).await, (0, 0));
    // A quarter of the term is over, and nothing was bought: both commitments lag behind.
    assert_eq!(told(60).await, (0, 2));
    assert_eq!(told(80).await, (1, 2));
    assert_eq!(told(142).await, (2, 2));
    let notices = shop.gold.get("/events?limit=200").await.expect(200);
    let all = notices["data"].as_array().unwrap().iter();
    let days: Vec<_> = all
        .filter(|event| event["type"] == "contract.notice_due")
        .map(|event| event["data"]["days"].clone())
        .collect();
    assert_eq!(days, [90, 30]);
    let mails = shop.app.mails().await;
    assert_eq!(
        mails.len(),
        2 * (2 + 2),
        "two deadlines and two commitments, for the account and for its team"
    );

    let before = state().await["valid_to"].clone();
    assert_eq!(told(170).await.0, 2);
    assert_eq!(state().await["valid_to"], before);
    told(171).await;
    let renewed = state().await;
    assert_ne!(renewed["valid_to"], before);
    assert_eq!((&renewed["first_to"], &renewed["state"]), (&before, &json!("active")));

    let notice = json!({"reason": "They close.", "last_day": today() + Days::new(20)});
    let given = desk.act(&contract, "terminate", Some(notice)).await.expect(200);
    assert_eq!(given["state"], "active");
    step(shop.app.db(), false, days_on(20)).await.unwrap();
    assert_eq!(state().await["state"], "active");
    step(shop.app.db(), false, days_on(21)).await.unwrap();
    assert_eq!(state().await["state"], "terminated");
    shop.app.finish().await;
}

#[tokio::test]
async fn a_contract_that_is_not_what_was_offered_is_found() {
    let shop = Shop::open().await;
    let desk = Desk::at(&shop).await;
    desk.signed(&shop, frame()).await;
    let found = async || shop.app.db().read(portal::cli::check::everything).await.unwrap();
    assert!(found().await.is_empty());
    let change = |tx: &mut _| sql("UPDATE commitments SET committed = committed - 1").run(tx);
    shop.app.db().write(change).await.unwrap();
    let breaches = found().await;
    assert_eq!(breaches.len(), 1, "{breaches:#?}");
    assert_eq!(breaches[0].check, "a contract is what was offered");
}
