//! `expected_receipts.csv`, `calendars.csv` and `holidays.csv`.

use portal::imports::Options;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Shop, day, parts, place, reread};
use crate::client::unique;

const HEAD: &str = "reference,warehouse,sku,quantity,expected_on,supplier,confirmed\n";

#[tokio::test]
async fn what_is_expected_comes_by_a_file_too() {
    let shop = Shop::open().await;
    let order = place(&shop.silver, "SPARE", "H87", "50").await;
    let rows = format!(
        "{HEAD}PO-1,EAST,SPARE,40,{},Works,true\nPO-2,EAST,SPARE,40,{},,false\n",
        day(5),
        day(3)
    );
    shop.app.import(&[("expected_receipts.csv", &rows)]).await;
    let after = reread(&shop.silver, &order).await;
    assert_eq!(parts(&after["lines"][0]), [format!("+40 on {}", day(5))]);
    // The same again changes nothing, and tells nobody.
    let report = shop
        .app
        .try_import(&[("expected_receipts.csv", &rows)], Options::default())
        .await;
    let file = report.file("expected_receipts.csv").unwrap();
    assert_eq!((file.new, file.changed, file.unchanged, file.bad), (0, 0, 2, 0));
    assert_eq!(shop.told(&shop.silver).await.len(), 1);
    // What the file leaves out stays.
    let rows = format!(
        "reference,warehouse,sku,quantity,expected_on\nPO-1,EAST,SPARE,60,{}\n",
        day(6)
    );
    shop.app.import(&[("expected_receipts.csv", &rows)]).await;
    let list = shop
        .warehouse
        .get("/supplier/expected-receipts?reference=PO-1")
        .await
        .expect(200);
    assert_eq!(list["data"][0]["supplier"], "Works");
    let after = reread(&shop.silver, &order).await;
    assert_eq!(after["lines"][0]["promised_date"], json!(day(6)));
    shop.app.finish().await;
}

#[tokio::test]
async fn bad_rows_are_told_with_their_place() {
    let shop = Shop::open().await;
    let rows = format!(
        "{HEAD}PO-1,NORTH,NONE,1,2030-01-01,,\nPO-1,NORTH,PART,0,2030-01-01,,\nPO-1,NORTH,PART,1,soon,,\n\
         PO-1,NORTH,PART,1,2030-01-01,,maybe\nPO-2,NORTH,PART,1,2030-01-01,,\npo-2,NORTH,PART,2,2030-01-01,,\n"
    );
    let calendars = "calendar,account,site,warehouse,supplier,weekdays,cut_off,transit_days\n\
         A,,,,,workdays,,\nB,,,WEST,,mon-fri,25:00,\nC,GOLD,NONE,,,mon-fri,,\nD,,,NORTH,true,mon-fri,,400\nE,GOLD,,,,mon-fri,,\n\
         F,,,NORTH,,mon-fri,,\nG,,,NORTH,,mon-fri,,\n";
    let holidays = "calendar,day\nF,2026-12-25\nF,2026-12-25\nX,2026-12-25\nF,Christmas\n";
    let files = [
        ("expected_receipts.csv", rows.as_str()),
        ("calendars.csv", calendars),
        ("holidays.csv", holidays),
    ];
    let report = shop.app.try_import(&files, Options::default()).await;
    let faults: Vec<_> = report
        .faults
        .iter()
        .map(|fault| format!("{} {} {} {}", fault.file, fault.row, fault.column, fault.code.name()))
        .collect();
    assert_eq!(
        faults,
        [
            "expected_receipts.csv 2 sku unknown_sku",
            "expected_receipts.csv 3 quantity quantity_invalid",
            "expected_receipts.csv 4 expected_on bad_date",
            "expected_receipts.csv 5 confirmed value_invalid",
            "expected_receipts.csv 7 reference duplicate_key",
            "calendars.csv 2 weekdays value_invalid",
            "calendars.csv 3 cut_off value_invalid",
            "calendars.csv 3 warehouse unknown_warehouse",
            "calendars.csv 4 site unknown_site",
            "calendars.csv 5 transit_days bad_number",
            "calendars.csv 5 calendar value_invalid",
            "calendars.csv 6 site required",
            "calendars.csv 8 calendar duplicate_key",
            "holidays.csv 3 day duplicate_key",
            "holidays.csv 4 calendar unknown_calendar",
            "holidays.csv 5 day bad_date",
        ]
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn calendars_say_when_goods_leave_and_arrive() {
    let shop = Shop::open().await;
    shop.expect("PO-1", "SPARE", "50", 10).await;
    let order = place(&shop.silver, "SPARE", "H87", "10").await;
    assert_eq!(order["lines"][0]["promised_date"], json!(day(10)));
    // SILVER takes goods on one day of the week only, which is no holiday in the week after.
    let arrives = day(10);
    let weekday = (arrives + chrono::Days::new(2)).format("%a").to_string().to_lowercase();
    let calendars = format!(
        "calendar,site,account,warehouse,weekdays,cut_off,transit_days\nNORTH,,,NORTH,1-7,,1\nSILVER,MAIN,SILVER,,{weekday},,\n"
    );
    let holidays = format!("calendar,day\nSILVER,{}\n", arrives + chrono::Days::new(2));
    let files = [
        ("calendars.csv", calendars.as_str()),
        ("holidays.csv", holidays.as_str()),
    ];
    shop.app.import(&files).await;
    // Also what was promised before is promised again.
    assert_eq!(shop.review().await, 1);
    let after = reread(&shop.silver, &order).await;
    let expected = json!(arrives + chrono::Days::new(9));
    assert_eq!(after["lines"][0]["promised_date"], expected);
    let gold = place(&shop.gold, "SPARE", "H87", "10").await;
    assert_eq!(gold["lines"][0]["promised_date"], json!(arrives + chrono::Days::new(1)));
    let products = shop.silver.get("/products?q=SPARE").await.expect(200);
    let path = format!(
        "/products/{}/availability?quantity=1&site=MAIN",
        products["data"][0]["id"].as_str().unwrap()
    );
    let answer = shop.silver.get(&path).await.expect(200);
    assert_eq!(answer["promised_date"], expected);
    let stocked = place(&shop.gold, "PART", "H87", "1").await;
    assert_eq!(stocked["lines"][0]["promised_date"], json!(day(3)));
    let report = shop.app.try_import(&files, Options::default()).await;
    for file in ["calendars.csv", "holidays.csv"] {
        let file = report.file(file).unwrap();
        assert_eq!((file.new, file.changed, file.bad), (0, 0, 0));
    }
    assert_eq!(shop.told(&shop.silver).await.len(), 1);
    assert_eq!(shop.told(&shop.gold).await, Vec::<Value>::new());
    shop.app.finish().await;
}

#[tokio::test]
async fn at_another_site_what_is_reserved_arrives_on_its_days() {
    let shop = Shop::open().await;
    let weekday = day(5).format("%a").to_string().to_lowercase();
    let calendars = format!("calendar,site,account,weekdays\nFAR,FAR,GOLD,{weekday}\n");
    shop.app
        .import(&[
            (
                "sites.csv",
                "account,site,name,country\nGOLD,MAIN,Main,NL\nGOLD,FAR,Far,NL\n",
            ),
            ("calendars.csv", calendars.as_str()),
        ])
        .await;
    let order = place(&shop.gold, "PART", "H87", "10").await;
    assert_eq!(order["lines"][0]["promised_date"], json!(day(2)));
    let path = format!("/orders/{}/changes", order["id"].as_str().unwrap());
    let body = json!({"ship_to": "FAR"});
    let foreseen = shop
        .gold
        .post(&format!("{path}/preview"), body.clone())
        .await
        .expect(200);
    let told = &foreseen["difference"];
    assert_eq!(
        (&told["was"]["arrives_on"], &told["is"]["arrives_on"]),
        (&json!(day(2)), &json!(day(5)))
    );
    shop.gold.post_with_key(&path, &unique(), body).await.expect(201);
    let after = reread(&shop.gold, &order).await;
    assert_eq!(after["lines"][0]["promised_date"], json!(day(5)));
    // More of it goes there as well, and back it arrives as before.
    let line = json!({"order_line_id": after["lines"][0]["id"], "quantity": "20"});
    shop.gold
        .post_with_key(&path, &unique(), json!({"ship_to": "MAIN", "lines": [line]}))
        .await
        .expect(201);
    let back = reread(&shop.gold, &order).await;
    let lines = back["lines"].as_array().unwrap();
    assert!(
        lines.iter().all(|line| line["promised_date"] == json!(day(2))),
        "{back}"
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn nothing_is_promised_for_a_day_on_which_a_site_takes_nothing_in() {
    let shop = Shop::open().await;
    shop.expect("PO-1", "SPARE", "50", 10).await;
    let order = place(&shop.silver, "SPARE", "H87", "10").await;
    assert_eq!(order["lines"][0]["promised_date"], json!(day(10)));
    let weekday = |days| day(days).format("%a").to_string().to_lowercase();
    let windows = format!(
        "account,site,weekday,from,to\nSILVER,MAIN,{0},08:00,12:00\nSILVER,MAIN,{0},14:00,16:00\n",
        weekday(12)
    );
    shop.app.import(&[("delivery_windows.csv", windows.as_str())]).await;
    assert_eq!(shop.review().await, 1);
    let promised = async || reread(&shop.silver, &order).await["lines"][0]["promised_date"].clone();
    assert_eq!(promised().await, json!(day(12)));
    let stocked = place(&shop.silver, "PART", "H87", "1").await;
    assert_eq!(stocked["lines"][0]["promised_date"], json!(day(5)));
    let products = shop.silver.get("/products?q=SPARE").await.expect(200);
    let product = &products["data"][0];
    assert_eq!(product["availability"]["next_date"], json!(day(12)));
    let path = format!("/products/{}/availability?quantity=1", product["id"].as_str().unwrap());
    assert_eq!(
        shop.silver.get(&path).await.expect(200)["promised_date"],
        json!(day(12))
    );
    // Others take goods in every day.
    let gold = place(&shop.gold, "PART", "H87", "1").await;
    assert_eq!(gold["lines"][0]["promised_date"], json!(day(2)));
    let admin = shop.app.staff("admin").await;
    let accounts = admin.get("/supplier/accounts?q=SILVER").await.expect(200);
    let sites = format!(
        "/supplier/accounts/{}/sites",
        accounts["data"][0]["id"].as_str().unwrap()
    );
    let sites = admin.get(&sites).await.expect(200);
    let path = format!(
        "/supplier/sites/{}/delivery-windows",
        sites["data"][0]["id"].as_str().unwrap()
    );
    let etag = admin.get(&path).await.header("etag").to_owned();
    let anew = json!({"windows": [{"weekday": weekday(11), "from": "08:00", "to": "12:00"}]});
    admin.change(Method::PUT, &path, &etag, Some(anew)).await.expect(200);
    assert_eq!(shop.review().await, 1);
    assert_eq!(promised().await, json!(day(11)));
    assert_eq!(shop.told(&shop.silver).await.len(), 2);
    shop.app.finish().await;
}
