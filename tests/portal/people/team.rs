//! The team behind an account, as the account and as the staff see it.

use chrono::{NaiveDate, TimeDelta};
use portal::accounts::recipients::{self, TeamRecipient};
use portal::clock;
use serde_json::{Value, json};

use super::text;
use crate::app::TestApp;
use crate::client::Client;

const STAFF: [&str; 4] = ["fleur", "bram", "ravi", "piet"];

fn today() -> NaiveDate {
    clock::now().date()
}

/// ACME's team: Fleur is away with Bram as her deputy, Ravi away with nobody named; RIVAL's: Bram alone.
async fn with_team() -> TestApp {
    let app = TestApp::with_accounts().await;
    for name in STAFF {
        app.add_staff_named(&format!("{name}@supplier.example"), "customer_service")
            .await;
    }
    let (first, last) = (today() - TimeDelta::days(1), today() + TimeDelta::days(1));
    let rows = format!(
        "email,account,function,position,phone,deputy_email,absent_from,absent_to\n\
         ravi@supplier.example,ACME,customer_service,3,,,{first},\n\
         Fleur@supplier.example,ACME,key_account_manager,1,+31 1,bram@supplier.example,{first},{last}\n\
         piet@supplier.example,ACME,shipping,7,+31 4,,,\n\
         bram@supplier.example,RIVAL,key_account_manager,1,+31 2,,,\n"
    );
    app.import(&[("team.csv", &rows)]).await;
    app
}

async fn team(client: &Client) -> Vec<Value> {
    let team = client.get("/account/team").await.expect(200);
    assert_eq!(team["next_cursor"], Value::Null);
    team["data"].as_array().unwrap().clone()
}

#[tokio::test]
async fn an_account_sees_who_is_behind_it_and_who_steps_in() {
    let app = with_team().await;
    let team = team(&app.person("ACME", "viewer").await).await;
    let seen: Vec<_> = team
        .iter()
        .map(|member| (text(member, "email"), member["position"].clone()))
        .collect();
    let expected = [("fleur", 1), ("ravi", 3), ("piet", 7)];
    assert_eq!(
        seen,
        expected.map(|(name, position)| (format!("{name}@supplier.example"), json!(position)))
    );
    let (first, last) = (today() - TimeDelta::days(1), today() + TimeDelta::days(1));
    assert_eq!(
        (&team[0]["function"], &team[0]["phone"], &team[0]["absent"]),
        (
            &json!("key_account_manager"),
            &json!("+31 1"),
            &json!({"from": first, "to": last})
        )
    );
    // The deputy serves only another account; the phone is known from there.
    let bram = json!({"name": "bram@supplier.example", "email": "bram@supplier.example", "phone": "+31 2"});
    assert_eq!(team[0]["deputy"], bram);
    // Nobody named: the next in the team.
    assert_eq!(team[1]["absent"], json!({"from": first, "to": null}));
    assert_eq!(team[1]["deputy"]["email"], "piet@supplier.example");
    assert_eq!((&team[2]["absent"], &team[2]["deputy"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn whoever_left_the_supplier_is_nobodys_team() {
    let app = with_team().await;
    let buyer = app.person("ACME", "buyer").await;
    app.end_person("bram@supplier.example").await;
    app.end_person("piet@supplier.example").await;
    let left = team(&buyer).await;
    assert_eq!(left.len(), 2);
    assert_eq!(left[0]["deputy"], Value::Null);
    assert_eq!(team(&app.person("RIVAL", "buyer").await).await, Vec::<Value>::new());
}

#[tokio::test]
async fn mails_to_the_team_go_to_whoever_is_there() {
    let app = with_team().await;
    let recipients = |day: NaiveDate| {
        app.db().read(move |connection| {
            let account = portal::accounts::find_by_code(connection, "ACME")?.unwrap();
            recipients::of_team(connection, account.id, day)
        })
    };
    let before = app.db().statements();
    let now = recipients(today()).await.unwrap();
    assert_eq!(app.db().statements() - before, 4);
    let shown = |found: &[TeamRecipient]| {
        let each = found
            .iter()
            .map(|one| format!("{} {} {}", one.position, one.function.name(), one.name));
        each.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(
        shown(&now),
        "1 key_account_manager bram@supplier.example, 3 customer_service piet@supplier.example, \
         7 shipping piet@supplier.example"
    );
    let later = recipients(today() + TimeDelta::days(2)).await.unwrap();
    assert_eq!(later[0].name, "fleur@supplier.example");
}

#[tokio::test]
async fn staff_see_the_accounts_and_which_they_serve() {
    let app = with_team().await;
    let bram = app.sign_in("bram@supplier.example").await;
    let all = bram.get("/supplier/accounts").await.expect(200);
    let codes: Vec<_> = all["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|account| text(account, "code"))
        .collect();
    assert_eq!(codes, ["ACME", "RIVAL"]);
    assert_eq!(
        (&all["data"][0]["my_functions"], &all["data"][1]["my_functions"]),
        (&json!([]), &json!(["key_account_manager"]))
    );
    assert_eq!(
        (&all["data"][0]["exposure"], &all["data"][0]["credit_limit"]),
        (&json!("0.00"), &Value::Null)
    );
    let mine = bram.get("/supplier/accounts?mine=true").await.expect(200);
    assert_eq!(mine["data"], json!([all["data"][1]]));
    let page = bram.get("/supplier/accounts?limit=1").await.expect(200);
    let cursor = page["next_cursor"].as_str().unwrap();
    let rest = bram
        .get(&format!("/supplier/accounts?limit=1&cursor={cursor}"))
        .await
        .expect(200);
    assert_eq!(
        (&rest["data"][0]["code"], &rest["next_cursor"]),
        (&json!("RIVAL"), &Value::Null)
    );
    let other = bram.get(&format!("/supplier/accounts?mine=true&cursor={cursor}")).await;
    other.problem(422, "validation_failed");
    bram.get("/supplier/accounts?mine=perhaps")
        .await
        .problem(422, "validation_failed");

    let one = bram
        .get(&format!("/supplier/accounts/{}", text(&all["data"][0], "id")))
        .await
        .expect(200);
    assert_eq!(
        (&one["code"], &one["payment_terms_days"], &one["closed"]),
        (&json!("ACME"), &json!(30), &json!(false))
    );
    assert_eq!(one["sites"][0]["code"], "MAIN");
    assert_eq!(one["team"][0]["email"], "fleur@supplier.example");
    let mine: Vec<_> = team(&app.person("ACME", "buyer").await).await;
    assert_eq!(one["team"], json!(mine));
}
