//! Who has which policy, policies from files and on the desk, accounts that nobody can remind, days to answer claims.

use portal::clock;
use portal::imports::Options;
use reqwest::Method;
use serde_json::{Value, json};

use super::reminders::{account, day_after};
use super::{Shop, id};

impl Shop {
    async fn settings(&self, body: Value) -> Value {
        let put = self
            .finance
            .change(Method::PUT, "/supplier/reminder-settings", "*", Some(body));
        put.await.expect(200)
    }

    async fn add_policy(&self, code: &str, days: i64) -> Value {
        let policy = json!({"code": code, "name": code, "currency": "EUR", "levels": [{"days_overdue": days}]});
        self.finance
            .post("/supplier/reminder-policies", policy)
            .await
            .expect(201)
    }
}

#[tokio::test]
async fn an_account_has_its_own_policy_or_its_parents_or_its_tiers_or_the_houses() {
    let shop = Shop::open().await;
    for (code, days) in [("HOUSE", 50), ("SILVERS", 5), ("GROUP", 50), ("OWN", 5)] {
        shop.add_policy(code, days).await;
    }
    shop.late(&shop.silver, "1", 6).await;
    shop.late(&shop.gold, "1", 6).await;
    let told = shop
        .settings(json!({"default_policy": "HOUSE", "automatic": "off"}))
        .await;
    assert_eq!(told["tiers"].as_array().unwrap().len(), 4, "{told}");
    let reaches = async |shop: &Shop| {
        let run = shop.propose().await;
        let path = format!("/supplier/reminder-runs/{}/drop", id(&run));
        shop.finance.post(&path, json!({})).await.expect(200);
        ["SILVER", "GOLD"].map(|code| account(&run, code)["excluded"].is_null())
    };
    assert_eq!(reaches(&shop).await, [false, false], "the house waits for fifty days");
    let tiers = json!([{"tier": "silver", "policy": "SILVERS"}]);
    shop.settings(json!({"default_policy": "HOUSE", "automatic": "off", "tiers": tiers}))
        .await;
    assert_eq!(reaches(&shop).await, [true, false]);
    // Those that are not named keep theirs.
    let kept = shop
        .settings(json!({"default_policy": "HOUSE", "automatic": "off"}))
        .await;
    assert!(
        kept["tiers"]
            .as_array()
            .unwrap()
            .contains(&json!({"tier": "silver", "policy": "SILVERS"}))
    );

    shop.set_credit("SILVER", json!({"parent": "GOLD"})).await;
    let own = async |shop: &Shop, code: &str, policy: Value| {
        let path = format!("/supplier/accounts/{}/reminder-settings", shop.account_id(code).await);
        let put = shop
            .finance
            .change(Method::PUT, &path, "*", Some(json!({ "policy": policy })));
        put.await.expect(200);
    };
    own(&shop, "GOLD", json!("GROUP")).await;
    assert_eq!(
        reaches(&shop).await,
        [false, false],
        "what the account above has goes before the tier's"
    );
    own(&shop, "SILVER", json!("OWN")).await;
    assert_eq!(reaches(&shop).await, [true, false]);
    let unknown = json!({"default_policy": "HOUSE", "automatic": "off", "tiers": [{"tier": "gold", "policy": "NONE"}]});
    let put = shop
        .finance
        .change(Method::PUT, "/supplier/reminder-settings", "*", Some(unknown))
        .await;
    assert_eq!(
        put.problem(422, "validation_failed")["errors"][0]["code"],
        "unknown_reminder_policy"
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn policies_and_who_has_them_come_with_files() {
    let shop = Shop::open().await;
    let policies = "policy,name,currency,smallest_amount,hold_level,hold_days,tiers,days_overdue_1,fee_1,interest_1,days_overdue_2,days_between_2,text_de_2\n\
                    STRICT,Strict,EUR,10.50,2,30,gold silver,3,0.00,,10,5,Bitte zahlen.\nMILD,Mild,EUR,,,,,14,,,,,\n";
    let accounts = "account,policy,excluded\nSILVER,MILD,\nTIGHT,,They are friends\n";
    let files = [("reminder_policies.csv", policies), ("account_reminders.csv", accounts)];
    shop.app.import(&files).await;
    let list = shop.finance.get("/supplier/reminder-policies").await.expect(200);
    let strict = &list["data"][1];
    assert_eq!(
        (&strict["code"], &strict["smallest_amount"], &strict["hold_days"]),
        (&json!("STRICT"), &json!("10.50"), &json!(30))
    );
    assert_eq!(strict["levels"][1]["text_de"], "Bitte zahlen.");
    let settings = shop.finance.get("/supplier/reminder-settings").await.expect(200);
    let gold = json!({"tier": "gold", "policy": "STRICT"});
    assert!(settings["tiers"].as_array().unwrap().contains(&gold), "{settings}");
    let own = format!(
        "/supplier/accounts/{}/reminder-settings",
        shop.account_id("SILVER").await
    );
    assert_eq!(shop.finance.get(&own).await.expect(200)["policy"], "MILD");

    let again = shop.app.try_import(&files, Options::default()).await;
    for (file, _) in files {
        let counted = again.file(file).unwrap();
        assert_eq!((counted.new, counted.changed, counted.unchanged), (0, 0, 2), "{file}");
    }
    // What a file does not name stays; tiers that it leaves out of a policy's are the house's again.
    let less = "policy,name,currency,tiers,hold_level,days_overdue_1\nSTRICT,Stricter,EUR,gold,1,3\n";
    shop.app
        .import(&[
            ("reminder_policies.csv", less),
            ("account_reminders.csv", "account,excluded\nSILVER,Never\n"),
        ])
        .await;
    let list = shop.finance.get("/supplier/reminder-policies").await.expect(200);
    let strict = &list["data"][1];
    assert_eq!(
        (&strict["name"], &strict["smallest_amount"]),
        (&json!("Stricter"), &json!("10.50"))
    );
    let settings = shop.finance.get("/supplier/reminder-settings").await.expect(200);
    assert!(
        settings["tiers"]
            .as_array()
            .unwrap()
            .contains(&json!({"tier": "silver", "policy": null})),
        "{settings}"
    );
    let silver = shop.finance.get(&own).await.expect(200);
    assert_eq!(
        (&silver["policy"], &silver["excluded"]),
        (&json!("MILD"), &json!("Never"))
    );

    let bad = "policy,name,currency,tiers,days_overdue_1,fee_1,days_overdue_2,hold_level\n\
               A,A,EUR,gold,3,,2,\nB,B,XXX,,3,,,\nC,C,EUR,gold,,,4,\nD,D,EUR,,3,1.234,,\nE,E,EUR,,3,,,2\n";
    let report = shop
        .app
        .try_import(&[("reminder_policies.csv", bad)], Options::default())
        .await;
    assert!(!report.applied);
    let told: Vec<_> = report
        .faults
        .iter()
        .map(|fault| (fault.row, fault.column.to_string()))
        .collect();
    let expected = [
        (2, "days_overdue_2"),
        (3, "currency"),
        (4, "days_overdue_1"),
        (5, "fee_1"),
        (6, "hold_level"),
    ];
    assert_eq!(
        told,
        expected.map(|(row, column)| (row, column.to_owned())),
        "{:#?}",
        report.faults
    );
    let unknown = shop
        .app
        .try_import(
            &[("account_reminders.csv", "account,policy\nGOLD,NONE\n")],
            Options::default(),
        )
        .await;
    assert_eq!(unknown.faults[0].code.name(), "unknown_reminder_policy");
    shop.app.finish().await;
}

#[tokio::test]
async fn policies_are_added_and_changed_on_the_desk() {
    let shop = Shop::open().await;
    let desk = shop.app.browse_staff("finance").await;
    assert!(
        desk.page("/desk/reminder-policies")
            .await
            .contains("There is no policy yet")
    );
    let bad = [
        ("code", "HOUSE"),
        ("name", "House"),
        ("currency", "eur"),
        ("days_overdue_1", "10"),
        ("days_overdue_2", "5"),
        ("fee_2", "much"),
    ];
    let refused = desk.post("/desk/reminder-policies/new", &bad).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.html.contains("value=\"much\"") && refused.html.contains("e-fee_2"),
        "{}",
        refused.html
    );
    let rising = [
        ("code", "HOUSE"),
        ("name", "House"),
        ("currency", "eur"),
        ("days_overdue_1", "10"),
        ("days_overdue_2", "5"),
    ];
    let refused = desk.post("/desk/reminder-policies/new", &rising).await;
    assert!(refused.html.contains("e-days_overdue_2"), "{}", refused.html);
    let good = [
        ("code", "HOUSE"),
        ("name", "House"),
        ("currency", "eur"),
        ("days_overdue_1", "3"),
        ("fee_1", "2.50"),
        ("interest_1", "9.12"),
        ("text_en_1", "Please pay."),
        ("hold_level", "1"),
    ];
    let added = desk.post("/desk/reminder-policies/new", &good).await;
    assert_eq!(added.status, 303, "{}", added.html);
    let list = shop.finance.get("/supplier/reminder-policies").await.expect(200);
    let policy = &list["data"][0];
    assert_eq!(
        (&policy["levels"][0]["fee"], &policy["levels"][0]["interest"]),
        (&json!("2.50"), &json!("9.12"))
    );
    let path = format!("/desk/reminder-policies/{}", id(policy));
    let page = desk.page(&path).await;
    assert!(
        page.contains("Please pay.") && page.contains("value=\"2.50\""),
        "{page}"
    );
    let (_, rest) = page.split_once("name=\"version\" value=\"").unwrap();
    let version = rest.split_once('"').unwrap().0;
    let change = [
        ("version", version),
        ("name", "The house's"),
        ("currency", "EUR"),
        ("days_overdue_1", "4"),
    ];
    assert_eq!(desk.post(&path, &change).await.status, 303);
    // Seen before the change: it is told.
    let stale = desk.post(&path, &change).await;
    assert!(stale.status >= 400, "{}", stale.html);
    let which = [
        ("default_policy", "HOUSE"),
        ("automatic", "propose"),
        ("tier_gold", "HOUSE"),
    ];
    assert_eq!(desk.post("/desk/reminder-policies", &which).await.status, 303);
    let settings = shop.finance.get("/supplier/reminder-settings").await.expect(200);
    assert_eq!(
        (&settings["default_policy"], &settings["automatic"]),
        (&json!("HOUSE"), &json!("propose"))
    );
    let service = shop.app.browse_staff("customer_service").await;
    let read = service.page("/desk/reminder-policies").await;
    assert!(!read.contains("name=\"automatic\""), "{read}");
    shop.app.finish().await;
}

#[tokio::test]
async fn who_nobody_can_remind_is_told_to_finance_and_not_held() {
    let shop = Shop::open().await;
    shop.policy(json!({"hold_days": 2})).await;
    shop.app.staff("admin").await;
    shop.late(&shop.gold, "1", 5).await;
    // The only person of the account takes no such mails.
    let chosen = json!({"kinds": [{"kind": "reminder", "on": false}]});
    let muted = shop
        .gold
        .change(Method::PUT, "/account/notifications", "*", Some(chosen))
        .await;
    muted.expect(200);
    let run = shop.propose().await;
    assert_eq!(account(&run, "GOLD")["excluded"], "no_address");
    let desk = shop.app.browse_staff("finance").await;
    let page = desk.page(&format!("/desk/reminders/runs/{}", id(&run))).await;
    assert!(
        page.contains("be reminded: nobody of it gets such mails") && page.contains("Gold Works"),
        "{page}"
    );
    let now = clock::now();
    assert_eq!(shop.hold_step(now).await, 0);
    assert_eq!(shop.hold_step(day_after(now)).await, 0);
    // Once there is a contact it goes its way: told first, held a day later.
    let contact = json!({"code": "AP", "name": "Payables", "email": "ap@gold.example", "mails": ["reminder"]});
    shop.gold.post("/account/contacts", contact).await.expect(201);
    assert_eq!(shop.hold_step(now).await, 1);
    assert_eq!(shop.hold_step(day_after(now)).await, 1);
    let order = json!({"lines": [super::line("RARE", "H87", "1")]});
    assert_eq!(
        shop.gold.place_order(order).await.expect(201)["hold_reasons"],
        json!(["overdue"])
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn days_to_answer_claims_are_set_on_pages_and_in_files() {
    let shop = Shop::open().await;
    let desk = shop.app.browse_staff("key_account_manager").await;
    assert!(desk.page("/desk/claim-terms").await.contains("value=\"5\""));
    assert_eq!(
        desk.post("/desk/claim-terms", &[("answer_days", "366")]).await.status,
        422
    );
    assert_eq!(
        desk.post("/desk/claim-terms", &[("answer_days", "soon")]).await.status,
        422
    );
    assert_eq!(
        desk.post("/desk/claim-terms", &[("answer_days", "7")]).await.status,
        303
    );
    assert_eq!(
        shop.service.get("/supplier/claim-terms").await.expect(200)["answer_days"],
        7
    );
    let gold = shop.account_id("GOLD").await;
    let path = format!("/supplier/accounts/{gold}");
    let manager = shop.app.staff("key_account_manager").await;
    let changed = manager
        .change(Method::PATCH, &path, "*", Some(json!({"claim_answer_days": 3})))
        .await;
    assert_eq!(changed.expect(200)["claim_answer_days"], 3);
    let none = manager
        .change(Method::PATCH, &path, "*", Some(json!({"claim_answer_days": null})))
        .await;
    assert_eq!(none.expect(200)["claim_answer_days"], json!(null));
    let far = manager
        .change(Method::PATCH, &path, "*", Some(json!({"claim_answer_days": 366})))
        .await;
    far.problem(422, "validation_failed");
    let file = "account,name,country,currency,tier,payment_terms_days,credit_limit,claim_answer_days\n\
                GOLD,Gold Works,NL,EUR,gold,30,,10\n";
    shop.app.import(&[("accounts.csv", file)]).await;
    assert_eq!(manager.get(&path).await.expect(200)["claim_answer_days"], 10);
    let supplier = "name,country,currency,claim_answer_days\nThe Supplier,NL,EUR,9\n";
    shop.app.import(&[("supplier.csv", supplier)]).await;
    assert_eq!(
        shop.service.get("/supplier/claim-terms").await.expect(200)["answer_days"],
        9
    );
    let terms = desk.page(&format!("/desk/accounts/{gold}/terms")).await;
    assert!(terms.contains("name=\"claim_answer_days\" value=\"10\""), "{terms}");
    shop.app.finish().await;
}
