//! The table of operations: every list and every export takes `updated_since`, or says why not.

use std::collections::BTreeSet;

use serde_json::Value;

use super::present;
use crate::app::TestApp;
use crate::bulk::shop;
use crate::openapi::{document, resolved};

/// Lists and exports that can't be asked what changed, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    (
        "exportPrices",
        "prices follow from rules and turn with the day: nothing that is written tells of it",
    ),
    ("getTeam", "one short page, always whole"),
    ("listAllocations", "decisions never change, new ones come first"),
    ("listAuditEntries", "entries never change, new ones come first"),
    ("listBadRows", "the report of one check, which never changes"),
    ("listCarriers", "one short page, always whole"),
    ("listEvents", "events never change; `after` is the exact question"),
    ("listOrderAllocations", "decisions never change; one page, always whole"),
    (
        "listPicks",
        "it follows from orders, what is reserved for them and what is being packed",
    ),
    (
        "listExpectedRebates",
        "what is expected turns with the day: nothing that is written tells of it",
    ),
    ("listQuotas", "one short page, always whole"),
    ("listRebateAccruals", "accruals never change, new ones come first"),
    (
        "listRebateSettlements",
        "few, and a proposal is another amount as long as something comes; `state` asks for those",
    ),
    (
        "listPriceChangeRows",
        "rows of one price change, which is followed itself",
    ),
    ("listSessions", "of a person who is signed in; programs have none"),
    (
        "listSupplierRebateAccruals",
        "accruals never change, new ones come first",
    ),
    ("listSupplierTimeline", "events of one order; they never change"),
    (
        "listSupplierWebhookDeliveries",
        "a log of 30 days; what it tells of are events",
    ),
    ("listTimeline", "events of one order; they never change"),
    ("listWebhookDeliveries", "a log of 30 days; what it tells of are events"),
];

struct Listing {
    id: String,
    path: String,
    is_followed: bool,
}

/// Every GET that answers with pages or exports.
fn listings(document: &Value) -> Vec<Listing> {
    let mut listings = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        let Some(get) = operations.get("get") else { continue };
        let content = &get["responses"]["200"]["content"];
        let schema = resolved(document, &content["application/json"]["schema"]);
        let is_list = schema["properties"].get("next_cursor").is_some();
        let is_export = path.contains("/export/");
        if !is_list && !is_export {
            continue;
        }
        let parameters = get["parameters"].as_array().cloned().unwrap_or_default();
        listings.push(Listing {
            id: get["operationId"].as_str().unwrap().to_owned(),
            path: path.trim_start_matches("/api/v1").to_owned(),
            is_followed: parameters.iter().any(|parameter| parameter["name"] == "updated_since"),
        });
    }
    listings
}

#[test]
fn every_list_and_export_takes_updated_since_or_says_why_not() {
    let document = document();
    let listings = listings(&document);
    assert!(listings.len() > 50, "{}", listings.len());
    let without: BTreeSet<_> = listings
        .iter()
        .filter(|listing| !listing.is_followed)
        .map(|listing| listing.id.as_str())
        .collect();
    let excepted: BTreeSet<_> = EXCEPTIONS.iter().map(|(id, _)| *id).collect();
    assert_eq!(without, excepted);
}

#[test]
fn every_list_whose_changes_are_noted_is_tidied_up() {
    for engine in ["postgres", "sqlite"] {
        let folders = std::fs::read_dir(format!("migrations/{engine}")).unwrap();
        let texts = folders.map(|folder| std::fs::read_to_string(folder.unwrap().path().join("up.sql")).unwrap());
        let texts: Vec<_> = texts
            .filter(|text| text.contains("INTO changes (") || text.contains("FUNCTION note_row"))
            .filter(|text| text.contains("INTO changes (") || text.contains("FUNCTION note_rows"))
            .collect();
        let text = texts.concat();
        for list in portal::db::changes::LISTS {
            assert!(text.contains(&format!("'{list}'")), "{engine} notes {list}");
        }
        // Of PostgreSQL's functions the names stand in the triggers; SQLite's triggers hold each.
        let noted = text
            .split("SELECT '")
            .skip(1)
            .filter_map(|rest| rest.split('\'').next());
        for list in noted.filter(|list| !list.is_empty()) {
            assert!(portal::db::changes::LISTS.contains(&list), "{engine}: {list}");
        }
    }
}

#[tokio::test]
async fn every_list_answers_what_changed_and_refuses_what_it_does_not_know() {
    let app = shop().await;
    let (admin, staff) = (app.person("ACME", "admin").await, app.staff("admin").await);
    let accounts = staff.get("/supplier/accounts").await.expect(200);
    let account = accounts["data"][0]["id"].as_str().unwrap();
    let document = document();
    let mut asked = 0;
    for listing in listings(&document).iter().filter(|listing| listing.is_followed) {
        let client = match listing.path.starts_with("/supplier") {
            true => &staff,
            false => &admin,
        };
        let path = listing.path.replace("{id}", account);
        let (joint, is_export) = match listing.id.as_str() {
            "listPrices" => ("?price_list=BASE&", false),
            "listAssortment" => ("?account=ACME&", false),
            _ => ("?", path.contains("/export/")),
        };
        let answer = client.get(&format!("{path}{joint}updated_since={}", present())).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        let last: Value = match is_export {
            true => serde_json::from_str(answer.text.lines().last().unwrap()).unwrap(),
            false => answer.expect(200),
        };
        assert!(last["next_updated_since"].is_string(), "{path}: {last}");
        for (since, code) in [
            ("2020-01-01T00:00:00Z", "updated_since_forgotten"),
            ("yesterday", "value_invalid"),
        ] {
            let faults = client
                .get(&format!("{path}{joint}updated_since={since}"))
                .await
                .faults();
            assert_eq!(faults, [("/updated_since".to_owned(), code.to_owned())], "{path}");
        }
        asked += 1;
    }
    assert!(asked > 40, "{asked}");
}

#[tokio::test]
async fn what_changed_is_forgotten_after_its_time() {
    let app = TestApp::with_accounts().await;
    let count = |app: &TestApp| {
        let read = |connection: &mut portal::db::Connection| -> portal::error::Result<i64> {
            portal::db::sql("SELECT COUNT(*) FROM changes WHERE list <> ''").one(connection)
        };
        app.db().read_now(read).unwrap()
    };
    let now = portal::clock::now();
    let before = count(&app);
    assert!(before > 1);
    let delete = move |at| move |tx: &mut portal::db::Connection| portal::db::changes::delete(tx, at, 1);
    let db = app.db();
    assert_eq!(db.write(delete(now - chrono::TimeDelta::days(1))).await.unwrap(), 0);
    assert_eq!(db.write(delete(now + chrono::TimeDelta::days(1))).await.unwrap(), 1);
    assert_eq!(count(&app), before - 1);
}
