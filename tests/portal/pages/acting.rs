//! Staff act for an account: with a reason, in its portal, under both names, and not for long.

use portal::db::sql;
use serde_json::Value;

use super::quick_order::{draft_id, paste, place, shop};
use crate::app::TestApp;
use crate::browser::Browser;

/// The page of the account with this code.
async fn account(browser: &Browser, code: &str) -> String {
    let html = browser.page(&format!("/desk/accounts?q={code}")).await;
    let rest = html.split("href=\"/desk/accounts/acc_").nth(1).expect("an account");
    format!("/desk/accounts/acc_{}", rest.split('"').next().unwrap())
}

/// One of the staff who acts for NORD.
async fn acting(app: &TestApp) -> (Browser, String) {
    let staff = app.browse_staff("customer_service").await;
    let path = account(&staff, "NORD").await;
    let reason = [("reason", "By phone, Ms Weber")];
    assert_eq!(staff.post(&format!("{path}/act-for"), &reason).await.goes_to(), "/");
    (staff, path)
}

const BAR: &str = "You act for Nordwind as ";

async fn details(app: &TestApp, action: &'static str) -> Vec<Value> {
    let read = move |connection: &mut _| {
        sql("SELECT details FROM audit_entries WHERE action = $1 AND account_id IS NOT NULL ORDER BY id")
            .bind(action)
            .rows::<String>(connection)
    };
    let rows = app.db().read(read).await.unwrap();
    rows.iter().map(|text| serde_json::from_str(text).unwrap()).collect()
}

#[tokio::test]
async fn an_order_placed_for_an_account_carries_both_names() {
    let (app, buyer) = shop().await;
    let (staff, path) = acting(&app).await;
    for page in ["/", "/quick-order", "/drafts", &path, "/desk/accounts"] {
        assert!(staff.page(page).await.contains(BAR), "{page}");
    }
    let html = paste(&staff, "NW-40012;16;CT").await;
    assert!(html.contains(BAR) && html.contains("Wood screw"), "{html}");
    let placed = place(&staff, &draft_id(&html), "PO-ACTED").await.goes_to();
    assert!(placed.ends_with("/confirmation"), "{placed}");

    let order = placed.trim_end_matches("/confirmation");
    let html = buyer.page(order).await;
    assert!(
        html.matches(" for Nordwind").count() >= 2 && html.contains("customer_service-"),
        "{html}"
    );
    let client = app.person("NORD", "viewer").await;
    let orders = client.get("/orders?po_number=PO-ACTED").await.expect(200);
    assert_eq!(orders["data"].as_array().unwrap().len(), 1, "{orders}");
    let events = client.get("/events?limit=200").await.expect(200);
    let event = |kind: &str| {
        let mut all = events["data"].as_array().unwrap().iter();
        all.find(|event| event["type"] == kind)
            .unwrap_or_else(|| panic!("{kind} in {events}"))
            .clone()
    };
    let name = event("order.placed")["data"]["by_staff"].clone();
    assert!(
        name.as_str().is_some_and(|name| name.contains("customer_service")),
        "{name}"
    );
    let started = event("account.acting_started");
    assert_eq!(
        (&started["data"]["staff"], &started["data"]["reason"]),
        (&name, &"By phone, Ms Weber".into())
    );

    // The record says who, for whom, and why.
    let admin = app.staff("warehouse").await;
    let entries = admin
        .get("/supplier/audit?action=order.place&account=NORD")
        .await
        .expect(200);
    let entry = &entries["data"][0];
    assert_eq!((&entry["actor_name"], &entry["account"]), (&name, &"NORD".into()));
    let why = format!(
        "/supplier/audit?object={}",
        entry["acting"].as_str().expect("it was acted")
    );
    let why = admin.get(&why).await.expect(200);
    assert_eq!(why["data"][0]["details"]["reason"], "By phone, Ms Weber");
    let html = app
        .browse_staff("finance")
        .await
        .page("/desk/audit?action=order.place")
        .await;
    assert!(
        html.contains("for Nordwind") && html.contains("Placed an order"),
        "{html}"
    );
    let html = buyer.page("/account/acted-for").await;
    assert!(
        html.contains("By phone, Ms Weber") && html.contains("customer_service-"),
        "{html}"
    );
    let rival = app.browse_as("RIVAL", "admin").await.page("/account/acted-for").await;
    assert!(rival.contains("Nobody has acted"), "{rival}");
    app.finish().await;
}

#[tokio::test]
async fn nobody_acts_on_people_or_for_others_than_they_said() {
    let (app, _buyer) = shop().await;
    let (staff, path) = acting(&app).await;
    // The account's people are for its own admins; on the desk staff manage them under their own name.
    let client = app.staff("customer_service").await;
    client.get("/account/members").await.problem(403, "forbidden");
    client.get("/account").await.problem(403, "forbidden");
    for page in ["/members", "/account/members", "/account/people"] {
        let shown = staff.get(page).await;
        assert!([403, 404].contains(&shown.status), "{page}: {}", shown.html);
    }
    assert_eq!(staff.get(&format!("{path}/people")).await.status, 200);
    let warehouse = app.browse_staff("warehouse").await;
    assert_eq!(warehouse.get(&format!("{path}/act-for")).await.status, 403);
    assert_eq!(
        warehouse
            .post(&format!("{path}/act-for"), &[("reason", "x")])
            .await
            .status,
        403
    );
    assert_eq!(warehouse.get("/quick-order").await.status, 403);
    let refused = staff.post(&format!("{path}/act-for"), &[("reason", " ")]).await;
    assert!(
        refused.status == 422 && refused.html.contains("e-reason"),
        "{}",
        refused.html
    );
    assert_eq!(staff.get("/desk/accounts/acc_0000000000001/act-for").await.status, 404);
    let buyer = app.browse_as("NORD", "admin").await;
    assert_eq!(
        buyer.post(&format!("{path}/act-for"), &[("reason", "x")]).await.status,
        403
    );
    // Another account takes the place of the first.
    let rival = account(&staff, "RIVAL").await;
    staff
        .post(&format!("{rival}/act-for"), &[("reason", "Other call")])
        .await
        .goes_to();
    let html = staff.page("/quick-order").await;
    assert!(html.contains("You act for Rival as") && !html.contains(BAR), "{html}");
    assert_eq!(details(&app, "acting.stop").await.len(), 1);
    assert_eq!(details(&app, "acting.start").await.len(), 2);
}

#[tokio::test]
async fn acting_ends_with_the_sessions_that_an_admin_ends() {
    let (app, _buyer) = shop().await;
    let (staff, _) = acting(&app).await;
    let admin = app.browse_staff("admin").await;
    let page = admin.page("/desk/staff").await;
    let ends = page.split("action=\"").filter_map(|rest| rest.split('"').next());
    let ends: Vec<_> = ends
        .filter(|path| path.ends_with("/end-sessions"))
        .map(str::to_owned)
        .collect();
    assert!(!ends.is_empty(), "{page}");
    for path in &ends {
        admin.post(path, &[]).await.goes_to();
    }
    assert_eq!(details(&app, "acting.stop").await.len(), 1);
    let node = app.another_node().await;
    assert!(
        staff
            .at(&node.base)
            .get("/quick-order")
            .await
            .goes_to()
            .starts_with("/sign-in")
    );
}

#[tokio::test]
async fn acting_ends_by_stopping_signing_out_closing_and_by_the_clock() {
    let (app, _buyer) = shop().await;
    let (staff, path) = acting(&app).await;
    assert_eq!(staff.post("/stop-acting", &[]).await.goes_to(), path);
    assert!(!staff.page(&path).await.contains(BAR));
    assert_eq!(staff.get("/quick-order").await.status, 403);
    assert_eq!(staff.get("/").await.goes_to(), "/desk");
    assert_eq!(staff.post("/stop-acting", &[]).await.goes_to(), "/");

    // An hour later.
    let (late, _) = acting(&app).await;
    let expire = |tx: &mut _| sql("UPDATE actings SET expires_at = started_at").run(tx);
    app.db().write(expire).await.unwrap();
    let node = app.another_node().await;
    let elsewhere = late.at(&node.base);
    assert_eq!(elsewhere.get("/quick-order").await.status, 403);

    // Signed out, and in again.
    let (out, _) = acting(&app).await;
    out.post("/sign-out", &[]).await.goes_to();
    assert!(out.get("/quick-order").await.goes_to().starts_with("/sign-in"));
    let open = |connection: &mut _| {
        sql("SELECT COUNT(*) FROM actings WHERE ended_at IS NULL AND expires_at > started_at").one::<i64>(connection)
    };
    assert_eq!(app.db().read(open).await.unwrap(), 0);
    let admin = app.staff("admin").await;
    let told = async |action: &str| {
        let found = admin
            .get(&format!("/supplier/audit?account=NORD&action={action}"))
            .await;
        found.expect(200)["data"].as_array().unwrap().len()
    };
    // The account is told that nobody acts for it any more, and both stand in the record.
    assert_eq!((told("acting.stop").await, told("session.sign_out").await), (2, 1));
    let ended = |connection: &mut _| {
        sql("SELECT COUNT(*) FROM events WHERE type = 'account.acting_ended'").one::<i64>(connection)
    };
    assert_eq!(app.db().read(ended).await.unwrap(), 2);

    // The account is closed.
    let (closing, path) = acting(&app).await;
    app.close_account("NORD").await;
    let node = app.another_node().await;
    assert_eq!(closing.at(&node.base).get("/quick-order").await.status, 403);
    let refused = closing.post(&format!("{path}/act-for"), &[("reason", "Again")]).await;
    assert_eq!(refused.status, 409, "{}", refused.html);
}

#[tokio::test]
async fn the_record_is_filtered_and_shows_what_changed() {
    let app = TestApp::with_accounts().await;
    let manager = app.browse_staff("key_account_manager").await;
    let path = account(&manager, "ACME").await;
    let terms = format!("{path}/terms");
    let html = manager.page(&terms).await;
    let version = html
        .split("name=\"version\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    manager
        .post(&terms, &[("version", &version), ("tier", "bronze")])
        .await
        .goes_to();
    let html = manager.page("/desk/audit?account=ACME").await;
    for text in [
        "Changed the account",
        "<s>gold</s>",
        "<strong>bronze</strong>",
        "1 entry",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    assert!(manager.page(&path).await.contains("/desk/audit?account=ACME"));
    let html = manager.page("/desk/audit?action=account.").await;
    assert!(html.contains("Changed the account"), "{html}");
    for none in [
        "action=order.",
        "actor=nobody%40supplier.example",
        "object=acc_0000000000001",
        "account=RIVAL",
    ] {
        let html = manager.page(&format!("/desk/audit?{none}")).await;
        assert!(html.contains("No entry matches"), "{none}: {html}");
    }
    assert!(
        manager
            .page("/desk/audit?account=NOBODY")
            .await
            .contains("There is no account NOBODY")
    );
    let client = app.staff("finance").await;
    client
        .get("/supplier/audit?account=NOBODY")
        .await
        .problem(422, "validation_failed");
    let all = client.get("/supplier/audit?limit=1").await.expect(200);
    let next = format!(
        "/supplier/audit?limit=1&cursor={}",
        all["next_cursor"].as_str().unwrap()
    );
    assert_ne!(
        client.get(&next).await.expect(200)["data"][0]["id"],
        all["data"][0]["id"]
    );
    let buyer = app.person("ACME", "admin").await;
    buyer.get("/supplier/audit").await.problem(403, "forbidden");
    let german = app.browse_german_staff("finance").await;
    assert!(german.page("/desk/audit").await.contains("Kunden geändert"));
}
