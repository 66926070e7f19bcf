//! Calendars kept one by one, by REST and on the desk: whatever changes, promises are made again and told.

use chrono::NaiveDate;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Shop, day, place, reread};
use crate::client::Answer;

impl Shop {
    async fn calendar(&self, new: Value) -> Answer {
        self.warehouse.post("/supplier/calendars", new).await
    }

    /// Sends a change of what stands at this path in the version that it has now.
    async fn at_calendar(&self, method: Method, path: &str, part: &str, body: Option<Value>) -> Answer {
        let etag = self.warehouse.get(path).await.header("etag").to_owned();
        self.warehouse
            .change(method, &format!("{path}{part}"), &etag, body)
            .await
    }

    /// The day that is promised once promises are made again.
    async fn promised(&self, order: &Value) -> Value {
        while self.review().await > 0 {}
        reread(&self.silver, order).await["lines"][0]["promised_date"].clone()
    }
}

#[tokio::test]
async fn whatever_changes_of_a_calendar_promises_are_made_again() {
    let shop = Shop::open().await;
    shop.expect("PO-1", "SPARE", "50", 10).await;
    let order = place(&shop.silver, "SPARE", "H87", "10").await;
    assert_eq!(order["lines"][0]["promised_date"], json!(day(10)));
    let new = json!({"calendar": "NORTH", "warehouse": "north", "weekdays": "1-7", "transit_days": 2});
    let added = shop.calendar(new).await;
    let path = added.header("location").trim_start_matches("/api/v1").to_owned();
    let added = added.expect(201);
    assert_eq!(
        (
            &added["warehouse"],
            &added["weekdays"],
            &added["transit_days"],
            &added["holidays"]
        ),
        (
            &json!("NORTH"),
            &json!("mon tue wed thu fri sat sun"),
            &json!(2),
            &json!([])
        )
    );
    assert_eq!(shop.promised(&order).await, json!(day(12)));
    // On a day off nothing leaves, and what is out of the list again is none.
    let days = |days: &[NaiveDate]| Some(json!({ "days": days }));
    let off = shop
        .at_calendar(Method::PUT, &path, "/holidays", days(&[day(11), day(10), day(11)]))
        .await
        .expect(200);
    assert_eq!(off["holidays"], json!([day(10), day(11)]));
    assert_eq!(shop.promised(&order).await, json!(day(14)));
    let fewer = shop
        .at_calendar(Method::PUT, &path, "/holidays", days(&[day(11)]))
        .await;
    assert_eq!(fewer.expect(200)["holidays"], json!([day(11)]));
    assert_eq!(shop.promised(&order).await, json!(day(13)));
    let slower = json!({"transit_days": 4, "cut_off": "14:30"});
    let slower = shop
        .at_calendar(Method::PATCH, &path, "", Some(slower))
        .await
        .expect(200);
    assert_eq!(
        (&slower["cut_off"], &slower["transit_days"]),
        (&json!("14:30"), &json!(4))
    );
    assert_eq!(shop.promised(&order).await, json!(day(15)));
    let emptied = json!({"transit_days": null, "cut_off": null});
    let emptied = shop
        .at_calendar(Method::PATCH, &path, "", Some(emptied))
        .await
        .expect(200);
    assert_eq!(
        (&emptied["cut_off"], &emptied["transit_days"], &emptied["weekdays"]),
        (&Value::Null, &Value::Null, &added["weekdays"])
    );
    assert_eq!(shop.promised(&order).await, json!(day(10)));
    // The same again tells nobody.
    let same = shop
        .at_calendar(Method::PUT, &path, "/holidays", days(&[day(11)]))
        .await;
    same.expect(200);
    assert_eq!(shop.review().await, 0);
    assert_eq!(shop.told(&shop.silver).await.len(), 5);
    let removed = shop.at_calendar(Method::DELETE, &path, "", None).await;
    assert_eq!(removed.status, 204, "{}", removed.text);
    shop.warehouse.get(&path).await.problem(404, "not_found");
    assert_eq!(shop.promised(&order).await, json!(day(10)));
    let admin = shop.app.staff("admin").await;
    let audit = admin.get("/supplier/audit?limit=200").await.expect(200);
    let acts = audit["data"].as_array().unwrap().iter().rev();
    let acts = acts.map(|act| act["action"].as_str().unwrap());
    let acts: Vec<_> = acts.filter(|act| act.starts_with("calendar.")).collect();
    assert_eq!(
        acts,
        [
            "calendar.add",
            "calendar.set_holidays",
            "calendar.set_holidays",
            "calendar.change",
            "calendar.change",
            "calendar.remove"
        ]
    );
    shop.app.check().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn what_a_calendar_is_of_has_one_and_only_the_version_that_was_seen_is_changed() {
    let shop = Shop::open().await;
    let new = json!({"calendar": "WORKS", "weekdays": "mon-fri"});
    let first = shop.calendar(new.clone()).await.expect(201);
    let fault = |pointer: &str, code: &str| vec![(pointer.to_owned(), code.to_owned())];
    for (new, faults) in [
        (new, fault("/calendar", "duplicate_key")),
        (
            json!({"calendar": "OTHER", "weekdays": "mon"}),
            fault("/calendar", "duplicate_key"),
        ),
        (
            json!({"calendar": "A", "warehouse": "MOON", "weekdays": "mon"}),
            fault("/warehouse", "unknown_warehouse"),
        ),
        (
            json!({"calendar": "A", "account": "GOLD", "site": "MOON", "weekdays": "mon"}),
            fault("/site", "unknown_site"),
        ),
        (
            json!({"calendar": "A", "account": "GOLD", "weekdays": "mon"}),
            fault("/site", "required"),
        ),
        (
            json!({"calendar": "A", "warehouse": "NORTH", "weekdays": "always"}),
            fault("/weekdays", "value_invalid"),
        ),
        (
            json!({"calendar": "A", "warehouse": "NORTH", "weekdays": "mon", "cut_off": "25:00"}),
            fault("/cut_off", "value_invalid"),
        ),
    ] {
        assert_eq!(shop.calendar(new.clone()).await.faults(), faults, "{new}");
    }
    let path = format!("/supplier/calendars/{}", first["id"].as_str().unwrap());
    let seen = shop.warehouse.get(&path).await.header("etag").to_owned();
    // What a row of the list says of its version is good for a change, too.
    let told = first["etag"].as_str().unwrap();
    let longer = Some(json!({"weekdays": "mon-sat"}));
    shop.warehouse
        .change(Method::PATCH, &path, told, longer)
        .await
        .expect(200);
    for (method, part, body) in [
        (Method::PATCH, "", Some(json!({"weekdays": "mon"}))),
        (Method::PUT, "/holidays", Some(json!({"days": []}))),
        (Method::DELETE, "", None),
    ] {
        let stale = shop
            .warehouse
            .change(method, &format!("{path}{part}"), &seen, body)
            .await;
        stale.problem(412, "precondition_failed");
    }
    let many: Vec<_> = (0..1_001).map(day).collect();
    let many = shop
        .at_calendar(Method::PUT, &path, "/holidays", Some(json!({ "days": many })))
        .await;
    assert_eq!(many.faults(), fault("/days", "value_invalid"));
    let list = shop.warehouse.get("/supplier/calendars").await.expect(200);
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    assert_eq!(list["data"][0]["weekdays"], "mon tue wed thu fri sat");
    let other = shop
        .warehouse
        .get("/supplier/calendars?warehouse=NORTH")
        .await
        .expect(200);
    assert_eq!(other["data"], json!([]));
    shop.app.finish().await;
}

fn version(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"version\" value=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn the_desk_keeps_calendars_and_their_days_off() {
    let shop = Shop::open().await;
    let desk = shop.app.browse_staff("warehouse").await;
    assert!(desk.page("/desk/calendars").await.contains("/desk/calendars/new"));
    let bad = [("calendar", "NORTH"), ("warehouse", "NORTH"), ("weekdays", "workdays")];
    let refused = desk.post("/desk/calendars/new", &bad).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("value=\"workdays\""), "{}", refused.html);
    let good = [
        ("calendar", "NORTH"),
        ("warehouse", "NORTH"),
        ("account", ""),
        ("site", ""),
        ("weekdays", "mon-fri"),
        ("cut_off", "14:30"),
        ("transit_days", ""),
    ];
    let path = desk.post("/desk/calendars/new", &good).await.goes_to();
    assert!(path.starts_with("/desk/calendars/cal_"), "{path}");
    assert!(desk.page("/desk/calendars").await.contains(&path));
    let days = format!("{path}/holidays");
    let seen = version(&desk.page(&path).await);
    let wrong = desk
        .post(&days, &[("version", &seen), ("days", "2030-12-25\nChristmas")])
        .await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.html.contains("Christmas is no day") && wrong.html.contains("2030-12-25"),
        "{}",
        wrong.html
    );
    let set = desk
        .post(&days, &[("version", &seen), ("days", "2030-12-25, 2030-12-26")])
        .await;
    assert_eq!(set.status, 303);
    let page = desk.page(&path).await;
    assert!(page.contains("2030-12-25\n2030-12-26"), "{page}");
    // Somebody else was faster.
    let stale = desk.post(&path, &[("version", &seen), ("weekdays", "mon")]).await;
    assert_eq!(stale.status, 412, "{}", stale.html);
    let fields = [
        ("version", version(&page)),
        ("weekdays", "mon-sat".to_owned()),
        ("cut_off", String::new()),
        ("transit_days", "1".to_owned()),
    ];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(desk.post(&path, &fields).await.status, 303);
    let read = shop.warehouse.get("/supplier/calendars").await.expect(200);
    let read = &read["data"][0];
    assert_eq!(
        (&read["weekdays"], &read["cut_off"], &read["transit_days"]),
        (&json!("mon tue wed thu fri sat"), &Value::Null, &json!(1))
    );
    assert_eq!(read["holidays"], json!(["2030-12-25", "2030-12-26"]));
    // Whoever does not move goods sees it and no form.
    let finance = shop.app.browse_staff("finance").await;
    let seen = finance.page(&path).await;
    assert!(seen.contains("NORTH") && !seen.contains("name=\"weekdays\""), "{seen}");
    let removed = desk
        .post(
            &format!("{path}/remove"),
            &[("version", &version(&desk.page(&path).await))],
        )
        .await;
    assert_eq!(removed.goes_to(), "/desk/calendars");
    assert_eq!(desk.get(&path).await.status, 404);
    shop.app.finish().await;
}
