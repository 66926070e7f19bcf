//! Reminders: proposed, looked through, released once; what they cost; promises and disputes.

use chrono::{Datelike, NaiveDate, TimeDelta};
use futures::future::join_all;
use portal::clock::{self, Timestamp};
use portal::db::sql;
use portal::ids::InvoiceId;
use portal::worker::reminders as worker;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Shop, id, line, texts, today};
use crate::client::{Answer, unique};

/// A moment a day later, where the supplier is as well: where clocks are set back a day has twenty-five hours.
pub(super) fn day_after(at: Timestamp) -> Timestamp {
    at + TimeDelta::hours(25)
}

impl Shop {
    pub(super) async fn policy(&self, change: Value) -> Value {
        let mut policy = json!({
            "code": unique(), "name": "House", "currency": "EUR", "smallest_amount": "10.00",
            "levels": [{"days_overdue": 3}, {"days_overdue": 10}, {"days_overdue": 20, "days_between": 5}],
        });
        for (name, value) in change.as_object().unwrap() {
            policy[name] = value.clone();
        }
        let policy = self
            .finance
            .post("/supplier/reminder-policies", policy)
            .await
            .expect(201);
        let settings = json!({"default_policy": policy["code"], "automatic": "off"});
        let set = self
            .finance
            .change(Method::PUT, "/supplier/reminder-settings", "*", Some(settings))
            .await;
        set.expect(200);
        policy
    }

    /// An invoice over 99.00 a piece that was due so many days ago.
    pub(super) async fn late(&self, buyer: &crate::client::Client, pieces: &str, days: i64) -> Value {
        let order = self.accepted(buyer, &[line("EXEMPT", "H87", pieces)]).await;
        let shipment = self.ship(&order).await;
        let invoice = self.invoice(&shipment).await;
        self.due(&invoice, days).await;
        invoice
    }

    /// Lets an invoice have been due so many days ago.
    pub(super) async fn due(&self, invoice: &Value, days: i64) {
        let invoice: InvoiceId = id(invoice).parse().unwrap();
        let day = today() - TimeDelta::days(days);
        let late = move |tx: &mut _| {
            sql("UPDATE open_items SET due_on = $2 WHERE invoice_id = $1")
                .bind(invoice)
                .bind(day)
                .run(tx)
        };
        assert_eq!(self.app.db().write(late).await.unwrap(), 1);
    }

    pub(super) async fn propose(&self) -> Value {
        self.finance
            .post_with_key("/supplier/reminder-runs", &unique(), json!({}))
            .await
            .expect(201)
    }

    pub(super) async fn try_release_run(&self, run: &Value) -> Answer {
        let path = format!("/supplier/reminder-runs/{}/release", id(run));
        self.finance.post(&path, json!({})).await
    }

    pub(super) async fn remind(&self) -> Value {
        let run = self.propose().await;
        self.try_release_run(&run).await.expect(200)
    }

    pub(super) async fn sent(&self) -> Vec<Value> {
        let sent = self.finance.get("/supplier/reminders").await.expect(200);
        sent["data"].as_array().unwrap().clone()
    }

    /// Lets so many days pass for what was reminded.
    pub(super) async fn let_pass(&self, days: i64) {
        let pass = move |tx: &mut _| {
            let rows: Vec<(InvoiceId, NaiveDate, Option<NaiveDate>)> =
                sql("SELECT invoice_id, due_on, reminded_on FROM open_items").rows(tx)?;
            for (invoice, due, reminded) in rows {
                sql("UPDATE open_items SET due_on = $2, reminded_on = $3 WHERE invoice_id = $1")
                    .bind(invoice)
                    .bind(due - TimeDelta::days(days))
                    .bind(reminded.map(|on| on - TimeDelta::days(days)))
                    .run(tx)?;
            }
            Ok(())
        };
        self.app.db().write(pass).await.unwrap();
    }

    pub(super) async fn hold_step(&self, at: Timestamp) -> usize {
        worker::hold(self.app.db(), true, at).await.unwrap()
    }
}

pub(super) fn account<'v>(run: &'v Value, code: &str) -> &'v Value {
    let mut all = run["accounts"].as_array().unwrap().iter();
    all.find(|one| one["account"] == code).unwrap_or(&Value::Null)
}

#[tokio::test]
async fn a_run_is_proposed_released_once_and_each_account_gets_one_mail_with_all_that_is_open() {
    let shop = Shop::open().await;
    shop.policy(json!({})).await;
    let first = shop.late(&shop.gold, "1", 12).await;
    // Too few days for a level of its own, and late all the same.
    let second = shop.late(&shop.gold, "1", 2).await;
    let not_due = shop.late(&shop.gold, "1", -5).await;
    shop.late(&shop.silver, "1", 1).await;
    shop.app.mails().await;
    let run = shop.propose().await;
    let gold = account(&run, "GOLD");
    assert_eq!((&gold["level"], &gold["overdue_total"]), (&json!(1), &json!("198.00")));
    assert_eq!(gold["items"].as_array().unwrap().len(), 3);
    assert_eq!(account(&run, "SILVER")["excluded"], "nothing_due");
    assert_eq!(
        run["totals"],
        json!([{"currency": "EUR", "accounts": 1, "overdue_total": "198.00"}])
    );
    assert!(
        shop.app.mails().await.is_empty(),
        "nobody is reminded before it is released"
    );

    // Two release it at once: one does.
    let both = join_all([shop.try_release_run(&run), shop.try_release_run(&run)]).await;
    let mut statuses: Vec<_> = both.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    let mails = shop.app.mails().await;
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!(mail.files.len(), 1, "{:?}", mail.files);
    for invoice in [&first, &second, &not_due] {
        let number = invoice["number"].as_str().unwrap();
        assert!(mail.texts.text.contains(number), "{number}: {}", mail.texts.text);
    }
    let said = mail.texts.text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("2 days late"), "{said}");
    assert_eq!(said.matches("not due yet").count(), 1, "{said}");
    assert!(
        mail.texts.subject.contains("Friendly reminder"),
        "{}",
        mail.texts.subject
    );

    let own = shop.gold.get("/reminders").await.expect(200);
    assert_eq!(texts(&own["data"], "overdue_total"), ["198.00"]);
    assert_eq!(texts(&own["data"], "not_due_total"), ["99.00"]);
    assert!(own["data"][0]["number"].as_str().unwrap().ends_with("-000001"));
    let path = format!("/reminders/{}", id(&own["data"][0]));
    let one = shop.gold.get(&path).await.expect(200);
    assert_eq!(texts(&one["items"], "invoice_number").len(), 3);
    assert_eq!(shop.gold.get(&format!("{path}/pdf")).await.status, 200);
    assert_eq!(shop.silver.get(&path).await.status, 404);
    let statement = shop.gold.get("/account/statement").await.expect(200);
    assert_eq!(
        (&statement["reminder_level"], &statement["charges"]),
        (&json!(1), &json!("0.00"))
    );
    // Nothing steps up on the same day.
    assert_eq!(account(&shop.propose().await, "GOLD")["excluded"], "nothing_due");
    shop.app.finish().await;
}

#[tokio::test]
async fn levels_rise_run_by_run_and_what_is_paid_meanwhile_is_left_out() {
    let shop = Shop::open().await;
    shop.policy(json!({})).await;
    shop.late(&shop.gold, "1", 5).await;
    shop.late(&shop.silver, "1", 5).await;
    shop.remind().await;
    shop.let_pass(7).await;
    let run = shop.propose().await;
    assert_eq!(account(&run, "GOLD")["level"], 2);
    shop.pay("SILVER", "99.00").await;
    let released = shop.try_release_run(&run).await.expect(200);
    assert_eq!(account(&released, "SILVER")["excluded"], "nothing_due");
    assert!(account(&released, "GOLD")["reminder_number"].is_string());
    shop.let_pass(8).await;
    assert_eq!(account(&shop.remind().await, "GOLD")["level"], 3);
    shop.let_pass(60).await;
    assert_eq!(account(&shop.remind().await, "GOLD")["excluded"], "nothing_due");
    let sent = shop.sent().await;
    let levels: Vec<_> = sent
        .iter()
        .map(|one| (one["account"].as_str().unwrap(), one["level"].as_i64().unwrap()))
        .collect();
    assert_eq!(levels, [("GOLD", 3), ("GOLD", 2), ("SILVER", 1), ("GOLD", 1)]);
    shop.app.finish().await;
}

#[tokio::test]
async fn a_run_as_of_a_day_before_counts_from_the_day_it_goes_out() {
    let shop = Shop::open().await;
    shop.policy(json!({})).await;
    shop.late(&shop.gold, "1", 30).await;
    let before = json!({"as_of": today() - TimeDelta::days(10)});
    let run = shop
        .finance
        .post_with_key("/supplier/reminder-runs", &unique(), before)
        .await
        .expect(201);
    let released = shop.try_release_run(&run).await.expect(200);
    assert_eq!(account(&released, "GOLD")["level"], 1);
    // By the day of that run the next level's days would have come.
    assert_eq!(account(&shop.propose().await, "GOLD")["excluded"], "nothing_due");
    shop.let_pass(7).await;
    assert_eq!(account(&shop.propose().await, "GOLD")["level"], 2);
    shop.app.finish().await;
}

#[tokio::test]
async fn whatever_is_excluded_says_why() {
    let shop = Shop::open().await;
    let invoice = shop.late(&shop.gold, "1", 30).await;
    assert_eq!(account(&shop.propose().await, "GOLD")["excluded"], "no_policy");
    shop.policy(json!({})).await;
    let path = format!("/supplier/invoices/{}", id(&invoice));
    let why = json!({"reason": "the goods were damaged"});
    shop.finance
        .post(&format!("{path}/undispute"), why.clone())
        .await
        .problem(409, "dispute_state");
    shop.finance
        .post(&format!("{path}/dispute"), why.clone())
        .await
        .expect(200);
    shop.finance
        .post(&format!("{path}/dispute"), why.clone())
        .await
        .problem(409, "dispute_state");
    assert_eq!(account(&shop.propose().await, "GOLD")["excluded"], "disputed");
    shop.finance
        .post(&format!("{path}/undispute"), why.clone())
        .await
        .expect(200);
    assert_eq!(account(&shop.propose().await, "GOLD")["level"], 1);

    let promise =
        |day: NaiveDate| json!({"account": "GOLD", "invoices": [id(&invoice)], "promised_on": day, "note": "by phone"});
    let record = async |body| shop.finance.post_with_key("/supplier/promises", &unique(), body).await;
    record(promise(today() - TimeDelta::days(1)))
        .await
        .problem(422, "validation_failed");
    let made = record(promise(today())).await.expect(201);
    assert_eq!(
        (&made["state"], &made["open_amount"]),
        (&json!("open"), &json!("99.00"))
    );
    assert_eq!(account(&shop.propose().await, "GOLD")["excluded"], "promised");
    let by_day = |days: i64| {
        move |tx: &mut portal::db::Connection| {
            sql("UPDATE payment_promises SET promised_on = $1")
                .bind(today() - TimeDelta::days(days))
                .run(tx)
        }
    };
    shop.app.db().write(by_day(1)).await.unwrap();
    let path = format!("/supplier/promises/{}", id(&made));
    assert_eq!(shop.finance.get(&path).await.expect(200)["state"], "broken");

    let run = shop.propose().await;
    let take_out = format!("/supplier/reminder-runs/{}/take-out", id(&run));
    let one = json!({"account": "GOLD", "invoice_id": id(&invoice), "reason": "they called"});
    let taken = shop.finance.post(&take_out, one).await.expect(200);
    assert_eq!(account(&taken, "GOLD")["excluded"], "taken_out");
    assert_eq!(account(&taken, "GOLD")["items"][0]["note"], "they called");
    shop.try_release_run(&run).await.expect(200);
    assert!(shop.sent().await.is_empty());

    let account_id = shop.gold.get("/account").await.expect(200)["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let settings = format!("/supplier/accounts/{account_id}/reminder-settings");
    let set = async |body: Value| shop.finance.change(Method::PUT, &settings, "*", Some(body)).await;
    set(json!({"policy": "NONE"})).await.problem(422, "validation_failed");
    set(json!({"excluded": "a friend of the house"})).await.expect(200);
    assert_eq!(account(&shop.propose().await, "GOLD")["excluded"], "account_excluded");
    set(json!({})).await.expect(200);
    shop.pay("GOLD", "99.00").await;
    assert_eq!(shop.finance.get(&path).await.expect(200)["state"], "kept");
    assert_eq!(account(&shop.propose().await, "GOLD"), &Value::Null);
    shop.app.finish().await;
}

#[tokio::test]
async fn fee_and_interest_are_in_the_ledger_and_can_be_given_up_once() {
    let shop = Shop::open().await;
    let level = json!({"days_overdue": 3, "fee": "5.00", "interest": "9.12"});
    shop.policy(json!({"smallest_amount": "0", "levels": [level]})).await;
    shop.late(&shop.gold, "1", 29).await;
    shop.remind().await;
    let sent = shop.sent().await;
    // 99.00 × 9.12 % × 29 / 365 = 0.7173
    assert_eq!(
        (&sent[0]["fee"], &sent[0]["interest"]),
        (&json!("5.00"), &json!("0.72"))
    );
    let kept: (i32, Option<NaiveDate>, Option<NaiveDate>) = shop
        .app
        .db()
        .read(|connection| sql("SELECT reminder_level, reminded_on, interest_until FROM open_items").one(connection))
        .await
        .unwrap();
    assert_eq!(kept, (1, Some(today()), Some(today())), "both are said of the invoice");
    let statement = async || {
        let statement = shop.gold.get("/account/statement").await.expect(200);
        json!([statement["balance"], statement["charges"], statement["on_account"]])
    };
    assert_eq!(statement().await, json!(["104.72", "5.72", "0.00"]));
    let entries = shop.gold.get("/account/statement").await.expect(200);
    let kinds = texts(&entries["entries"]["data"], "kind");
    assert_eq!(kinds, ["invoice", "reminder_fee", "reminder_interest"]);
    let path = format!("/supplier/reminders/{}/waive", id(&sent[0]));
    shop.finance
        .post(&path, json!({"reason": " "}))
        .await
        .problem(422, "validation_failed");
    let waived = shop
        .finance
        .post(&path, json!({"reason": "the first time"}))
        .await
        .expect(200);
    assert_eq!(waived["waive_reason"], "the first time");
    shop.finance
        .post(&path, json!({"reason": "again"}))
        .await
        .problem(409, "nothing_to_waive");
    assert_eq!(statement().await, json!(["99.00", "0.00", "0.00"]));
    shop.app.finish().await;
}

#[tokio::test]
async fn a_policy_is_checked_kept_and_changed_by_who_has_seen_it() {
    let shop = Shop::open().await;
    let policy = shop.policy(json!({"hold_days": 30})).await;
    let bad = json!({
        "code": "BAD", "name": " ", "currency": "EUR", "smallest_amount": "-1", "hold_level": 3,
        "levels": [{"days_overdue": 0, "fee": "1.001"}, {"days_overdue": 0, "interest": "101"}],
    });
    let faults = shop.finance.post("/supplier/reminder-policies", bad).await.faults();
    let pointers: Vec<_> = faults.iter().map(|(pointer, _)| pointer.as_str()).collect();
    for pointer in [
        "/name",
        "/smallest_amount",
        "/hold_level",
        "/levels/0/days_overdue",
        "/levels/0/fee",
        "/levels/1/days_overdue",
        "/levels/1/interest",
    ] {
        assert!(pointers.contains(&pointer), "{pointer}: {pointers:?}");
    }
    let twin = json!({"code": policy["code"], "name": "Twin", "currency": "EUR", "levels": [{"days_overdue": 3}]});
    let faults = shop.finance.post("/supplier/reminder-policies", twin).await.faults();
    assert_eq!(faults, [("/code".to_owned(), "duplicate_key".to_owned())]);
    let path = format!("/supplier/reminder-policies/{}", id(&policy));
    let body = json!({"name": "Strict", "currency": "EUR", "levels": [{"days_overdue": 1}]});
    let stale = shop
        .finance
        .change(Method::PUT, &path, "\"1\"", Some(body.clone()))
        .await;
    stale.problem(412, "precondition_failed");
    let changed = shop
        .finance
        .change(Method::PUT, &path, "*", Some(body))
        .await
        .expect(200);
    assert_eq!(
        (&changed["name"], &changed["hold_days"]),
        (&json!("Strict"), &Value::Null)
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn the_worker_proposes_one_run_a_working_day_however_many_workers_there_are() {
    let shop = Shop::open().await;
    let policy = shop.policy(json!({})).await;
    shop.late(&shop.gold, "1", 30).await;
    let now = clock::now();
    let monday = now + TimeDelta::days((7 - i64::from(now.weekday().num_days_from_monday())) % 7);
    let saturday = monday - TimeDelta::days(2);
    assert!(!worker::propose(shop.app.db(), monday).await.unwrap(), "it is off");
    for (automatic, sent) in [("propose", 0), ("release", 1)] {
        let settings = json!({"default_policy": policy["code"], "automatic": automatic});
        let set = shop
            .finance
            .change(Method::PUT, "/supplier/reminder-settings", "*", Some(settings))
            .await;
        set.expect(200);
        let at = monday + TimeDelta::days(sent);
        assert!(!worker::propose(shop.app.db(), saturday).await.unwrap());
        let many = join_all((0..4).map(|_| worker::propose(shop.app.db(), at))).await;
        let proposed = many.into_iter().filter(|one| *one.as_ref().unwrap()).count();
        assert_eq!(proposed, 1);
        assert_eq!(i64::try_from(shop.sent().await.len()).unwrap(), sent);
    }
    shop.app.finish().await;
}

#[tokio::test]
async fn a_run_of_the_worker_that_was_dropped_is_not_proposed_again_on_that_day() {
    let shop = Shop::open().await;
    let policy = shop.policy(json!({})).await;
    shop.late(&shop.gold, "1", 30).await;
    let settings = json!({"default_policy": policy["code"], "automatic": "propose"});
    shop.finance
        .change(Method::PUT, "/supplier/reminder-settings", "*", Some(settings))
        .await
        .expect(200);
    let now = clock::now();
    let monday = now + TimeDelta::days((7 - i64::from(now.weekday().num_days_from_monday())) % 7);
    assert!(worker::propose(shop.app.db(), monday).await.unwrap());
    let runs = shop.finance.get("/supplier/reminder-runs").await.expect(200);
    let path = format!("/supplier/reminder-runs/{}/drop", id(&runs["data"][0]));
    shop.finance.post(&path, json!({})).await.expect(200);
    assert!(!worker::propose(shop.app.db(), monday).await.unwrap());
    shop.app.finish().await;
}
