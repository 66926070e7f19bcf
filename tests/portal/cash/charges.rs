//! Fees and interest of reminders are paid like anything else, given up, and open again when a payment is taken back.

use serde_json::{Value, json};

use super::reminders::account;
use super::{Shop, id, payment};
use crate::client::unique;

impl Shop {
    /// GOLD owes 99.00 and a reminder of 5.00; the reminder.
    async fn charged(&self) -> Value {
        self.policy(json!({"levels": [{"days_overdue": 3, "fee": "5.00"}]}))
            .await;
        self.late(&self.gold, "1", 4).await;
        self.remind().await;
        self.sent().await.remove(0)
    }

    async fn reminder(&self, reminder: &Value) -> Value {
        self.finance
            .get(&format!("/supplier/reminders/{}", id(reminder)))
            .await
            .expect(200)
    }

    async fn statement(&self) -> Value {
        self.gold.get("/account/statement").await.expect(200)
    }
}

#[tokio::test]
async fn a_payment_settles_invoices_first_and_then_what_reminders_cost() {
    let shop = Shop::open().await;
    let reminder = shop.charged().await;
    assert_eq!(
        (&reminder["fee"], &reminder["charges"]),
        (&json!("5.00"), &json!("5.00"))
    );
    let statement = shop.statement().await;
    assert_eq!(
        (&statement["balance"], &statement["charges"]),
        (&json!("104.00"), &json!("5.00"))
    );
    let part = shop.pay("GOLD", "100.00").await;
    assert_eq!(
        (&part["applied"][0]["amount"], &part["on_account"]),
        (&json!("99.00"), &json!("0.00"))
    );
    assert_eq!(
        part["applied_charges"],
        json!([{"reminder_id": reminder["id"], "reminder_number": reminder["number"], "amount": "1.00"}])
    );
    assert_eq!(shop.reminder(&reminder).await["charges"], "4.00");
    let rest = shop.pay("GOLD", "10.00").await;
    assert_eq!(
        (&rest["applied_charges"][0]["amount"], &rest["on_account"]),
        (&json!("4.00"), &json!("6.00"))
    );
    let statement = shop.statement().await;
    assert_eq!(
        (&statement["balance"], &statement["charges"], &statement["on_account"]),
        (&json!("-6.00"), &json!("0.00"), &json!("6.00"))
    );
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn a_payment_may_name_the_reminder_it_pays() {
    let shop = Shop::open().await;
    let reminder = shop.charged().await;
    let mut asked = payment("GOLD", "5.00");
    asked["reminder_id"] = reminder["id"].clone();
    let paid = shop
        .finance
        .post_with_key("/supplier/payments", &unique(), asked.clone())
        .await
        .expect(201);
    assert_eq!((&paid["applied"], &paid["on_account"]), (&json!([]), &json!("0.00")));
    assert_eq!(paid["applied_charges"][0]["amount"], "5.00");
    let again = shop
        .finance
        .post_with_key("/supplier/payments", &unique(), asked.clone())
        .await;
    let problem = again.problem(422, "validation_failed");
    assert_eq!(problem["errors"][0]["code"], "unknown_reminder");
    // A reminder of another account is unknown, and a payment is for one thing.
    let mut foreign = payment("SILVER", "5.00");
    foreign["reminder_id"] = reminder["id"].clone();
    let refused = shop
        .finance
        .post_with_key("/supplier/payments", &unique(), foreign)
        .await;
    assert_eq!(
        refused.problem(422, "validation_failed")["errors"][0]["pointer"],
        "/reminder_id"
    );
    let invoices = shop.gold.get("/invoices").await.expect(200);
    asked["invoice_id"] = invoices["data"][0]["id"].clone();
    let both = shop.finance.post_with_key("/supplier/payments", &unique(), asked).await;
    assert_eq!(
        both.problem(422, "validation_failed")["errors"][0]["code"],
        "value_invalid"
    );

    // It turns out to be none: the reminder is to be paid again, and by what is on account if somebody says so.
    let path = format!("/supplier/payments/{}", id(&paid));
    shop.finance
        .post(&format!("{path}/reverse"), json!({"reason": "bounced"}))
        .await
        .expect(200);
    assert_eq!(shop.reminder(&reminder).await["charges"], "5.00");
    let mut to_invoice = payment("GOLD", "200.00");
    to_invoice["invoice_id"] = invoices["data"][0]["id"].clone();
    let over = shop
        .finance
        .post_with_key("/supplier/payments", &unique(), to_invoice)
        .await
        .expect(201);
    assert_eq!(
        (&over["applied_charges"][0]["amount"], &over["on_account"]),
        (&json!("5.00"), &json!("96.00"))
    );
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn what_was_paid_of_a_reminder_that_is_given_up_is_the_accounts_again() {
    let shop = Shop::open().await;
    let reminder = shop.charged().await;
    let paid = shop.pay("GOLD", "102.00").await;
    assert_eq!(paid["applied_charges"][0]["amount"], "3.00");
    let path = format!("/supplier/reminders/{}/waive", id(&reminder));
    let waived = shop
        .finance
        .post(&path, json!({"reason": "goodwill"}))
        .await
        .expect(200);
    assert_eq!(waived["charges"], "0.00");
    let kept = shop
        .finance
        .get(&format!("/supplier/payments/{}", id(&paid)))
        .await
        .expect(200);
    assert_eq!(
        (&kept["applied_charges"], &kept["on_account"]),
        (&json!([]), &json!("3.00"))
    );
    let statement = shop.statement().await;
    assert_eq!(
        (&statement["balance"], &statement["on_account"]),
        (&json!("-3.00"), &json!("3.00"))
    );
    let list = shop.finance.get("/supplier/payments?unmatched=true").await.expect(200);
    assert_eq!(list["data"][0]["id"], paid["id"]);
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn an_invoice_that_was_paid_already_pays_no_charge() {
    let shop = Shop::open().await;
    shop.charged().await;
    let invoices = shop.gold.get("/invoices").await.expect(200);
    let mut asked = payment("GOLD", "99.00");
    asked["invoice_id"] = invoices["data"][0]["id"].clone();
    shop.finance
        .post_with_key("/supplier/payments", &unique(), asked.clone())
        .await
        .expect(201);
    let twice = shop
        .finance
        .post_with_key("/supplier/payments", &unique(), asked)
        .await
        .expect(201);
    assert_eq!(
        (&twice["applied_charges"], &twice["on_account"]),
        (&json!([]), &json!("99.00"))
    );
    // What is on account settles it once somebody says so.
    let path = format!("/supplier/payments/{}/apply", id(&twice));
    let applied = shop.finance.post(&path, json!({})).await.expect(200);
    assert_eq!(
        (&applied["applied_charges"][0]["amount"], &applied["on_account"]),
        (&json!("5.00"), &json!("94.00"))
    );
    let desk = shop.app.browse_staff("finance").await;
    let page = desk.page(&format!("/desk/payments/{}", id(&twice))).await;
    assert!(page.contains("Reminder R-"), "{page}");
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn money_on_account_is_told_by_the_run_and_by_the_reminder() {
    let shop = Shop::open().await;
    shop.policy(json!({"levels": [{"days_overdue": 3, "fee": "5.00"}, {"days_overdue": 6}]}))
        .await;
    let paid = shop.late(&shop.gold, "1", 5).await;
    shop.late(&shop.gold, "1", 5).await;
    // What names an invoice that is paid stays on account until somebody applies it.
    let pay = async |amount: &str| {
        let mut body = payment("GOLD", amount);
        body["invoice_id"] = paid["id"].clone();
        shop.finance
            .post_with_key("/supplier/payments", &unique(), body)
            .await
            .expect(201)
    };
    pay("99.00").await;
    assert_eq!(pay("30.00").await["on_account"], "30.00");
    shop.app.mails().await;
    let run = shop.propose().await;
    let proposed = account(&run, "GOLD");
    assert_eq!(
        (&proposed["level"], &proposed["overdue_total"], &proposed["on_account"]),
        (&json!(1), &json!("99.00"), &json!("30.00"))
    );
    let desk = shop.app.browse_staff("finance").await;
    let html = desk.page(&format!("/desk/reminders/runs/{}", id(&run))).await;
    assert!(html.contains("EUR\u{a0}30.00 is on account"), "{html}");
    shop.try_release_run(&run).await.expect(200);
    let sent = shop.sent().await.remove(0);
    assert_eq!(
        (&sent["on_account"], &sent["balance"]),
        (&json!("30.00"), &json!("74.00"))
    );
    let mails = shop.app.mails().await;
    let said = mails[0].texts.text.replace('\u{a0}', " ");
    assert!(
        said.contains("Already on account") && said.contains("EUR 30.00") && said.contains("EUR 74.00"),
        "{said}"
    );
    let events = shop.gold.get("/events?limit=200").await.expect(200);
    let told = events["data"].as_array().unwrap().iter();
    let told = told.rev().find(|one| one["type"] == "reminder.sent").unwrap();
    assert_eq!(told["data"]["balance"], "74.00");
    // Whoever has on account what is overdue is not reminded, and finance reads why.
    pay("69.00").await;
    shop.let_pass(8).await;
    let run = shop.propose().await;
    let covered = account(&run, "GOLD");
    assert_eq!(
        (&covered["excluded"], &covered["on_account"]),
        (&json!("covered"), &json!("99.00"))
    );
    let html = desk.page(&format!("/desk/reminders/runs/{}", id(&run))).await;
    assert!(html.contains("EUR\u{a0}99.00 is on account"), "{html}");
    shop.app.check().await;
    shop.app.finish().await;
}
