//! A sandbox goes by the supplier's days, tells what is expected and what is kept for its account, and nothing of others.

use chrono::{Days, NaiveDate};
use portal::clock;
use serde_json::json;

use super::{Boxed, bolts};
use crate::clients;

fn day(days: u64) -> NaiveDate {
    clock::now().date() + Days::new(days)
}

#[tokio::test]
async fn a_sandbox_knows_days_what_is_expected_and_what_is_kept_for_its_account() {
    let boxed = Boxed::start().await;
    // The supplier works on one day of the week, which is no holiday in the week after the next.
    let works = day(3).format("%a").to_string().to_lowercase();
    let calendars = format!(
        "calendar,account,site,warehouse,weekdays\nWORKS,,,,{works}\nNORTH,,,NORTH,1-7\nTHEIRS,RIVAL,MAIN,,1-7\n"
    );
    let holidays = format!("calendar,day\nWORKS,{}\n", day(3));
    let expected = format!(
        "reference,warehouse,sku,quantity,expected_on,supplier,confirmed\nPO-1,NORTH,BOLT,40,{soon},Works,true\n\
         PO-2,NORTH,BOLT,50,{soon},Works,false\nPO-3,NORTH,THEIRS,60,{soon},Works,true\n",
        soon = day(20)
    );
    let quotas =
        "quota,scope,key,account,period,quantity\nQ-OURS,sku,BOLT,ACME,month,3\nQ-THEIRS,sku,BOLT,RIVAL,month,2\n";
    let windows =
        format!("account,site,weekday,from,to\nACME,MAIN,{works},08:00,12:00\nRIVAL,MAIN,{works},08:00,12:00\n");
    let files = [
        ("calendars.csv", calendars.as_str()),
        ("holidays.csv", holidays.as_str()),
        ("expected_receipts.csv", expected.as_str()),
        ("quotas.csv", quotas),
        ("delivery_windows.csv", windows.as_str()),
    ];
    boxed.app.import(&files).await;
    let scopes = [
        "accounts:read",
        "catalogue:read",
        "orders:read",
        "orders:write",
        "prices:read",
        "stock:read",
    ];
    let (program, secret) = clients::add(&boxed.admin, "/sandbox/clients", &scopes).await;
    let program = clients::token(&boxed.inside(), &program, &secret, "").await;
    assert_eq!(program.get("/quotas").await.expect(200)["data"], json!([]));
    boxed.keep("refresh").await;
    let order = program.place_order(bolts("10")).await.expect(201);
    assert_eq!(order["lines"][0]["promised_date"], json!(day(10)));
    let kept = program.get("/quotas").await.expect(200);
    assert_eq!(kept["data"].as_array().unwrap().len(), 1, "{kept}");
    assert_eq!(
        (&kept["data"][0]["quota"], &kept["data"][0]["quantity"]),
        (&json!("Q-OURS"), &json!("3"))
    );
    let found = program.get("/products?q=BOLT").await.expect(200);
    let there = &found["data"][0]["availability"];
    // What comes on the twentieth day leaves on the next one on which the supplier works.
    assert_eq!(
        (&there["next_date"], &there["next_quantity"]),
        (&json!(day(24)), &json!("40"))
    );
    let sites = program.get("/account/sites").await.expect(200);
    assert_eq!(
        sites["data"][0]["delivery_windows"],
        json!([{"weekday": works, "from": "08:00", "to": "12:00"}])
    );
    // What is so no more is so no more there, once it is refreshed; what was promised stays.
    let gone = [
        ("holidays.csv", format!("calendar,day\nWORKS,{}\n", day(10))),
        (
            "expected_receipts.csv",
            format!(
                "reference,warehouse,sku,quantity,expected_on\nPO-1,NORTH,BOLT,25,{}\n",
                day(30)
            ),
        ),
    ];
    let gone: Vec<_> = gone.iter().map(|(name, text)| (*name, text.as_str())).collect();
    boxed.app.import(&gone).await;
    let before = program.get("/products?q=BOLT").await.expect(200);
    assert_eq!(before["data"][0]["availability"]["next_quantity"], "40");
    boxed.keep("refresh").await;
    let found = program.get("/products?q=BOLT").await.expect(200);
    let there = &found["data"][0]["availability"];
    assert_eq!(
        (&there["next_date"], &there["next_quantity"]),
        (&json!(day(31)), &json!("25"))
    );
    let later = program.place_order(bolts("10")).await.expect(201);
    assert_eq!(later["lines"][0]["promised_date"], json!(day(17)));
    let path = format!("/orders/{}", super::id(&order));
    let first = program.get(&path).await.expect(200);
    assert_eq!(first["lines"][0]["promised_date"], json!(day(10)));
}

#[tokio::test]
async fn what_comes_under_one_reference_into_two_warehouses_is_all_expected() {
    let boxed = Boxed::start().await;
    let expected = format!(
        "reference,warehouse,sku,quantity,expected_on,confirmed\nPO-1,NORTH,BOLT,40,{},true\nPO-1,SOUTH,BOLT,7,{},true\n",
        day(20),
        day(30)
    );
    let files = [
        ("stock.csv", "warehouse,sku,on_hand\nNORTH,BOLT,5\nSOUTH,BOLT,0\n"),
        ("expected_receipts.csv", expected.as_str()),
    ];
    boxed.app.import(&files).await;
    boxed.keep("refresh").await;
    let program = boxed.program().await;
    let found = program.get("/products?q=BOLT").await.expect(200);
    // All that lies there, and all that comes.
    let path = format!("/products/{}/availability", super::id(&found["data"][0]));
    let whole = program.get(&format!("{path}?quantity=1000047")).await.expect(200);
    assert_eq!(whole["open_quantity"], "0", "{whole}");
    let more = program.get(&format!("{path}?quantity=1000048")).await.expect(200);
    assert_eq!(more["open_quantity"], "1", "{more}");
    // Once more is no more.
    boxed.keep("refresh").await;
    let again = program.get(&format!("{path}?quantity=1000048")).await.expect(200);
    assert_eq!(again["open_quantity"], "1", "{again}");
}
