//! Pick lists, where things lie, and when sites take goods in.

use reqwest::Method;
use serde_json::json;

use super::{Shop, id, item, line, texts};

#[tokio::test]
async fn the_pick_list_has_what_is_reserved_and_not_being_packed() {
    let shop = Shop::numbering().await;
    let file = "warehouse,sku,on_hand,location\nNORTH,BOLT,1000,B-02\nNORTH,RARE,50,A-01\nSOUTH,BOLT,500,\n";
    shop.app.import(&[("stock.csv", file)]).await;
    let stock = shop.warehouse.get("/supplier/stock?sku=BOLT").await.expect(200);
    assert_eq!(stock["data"][0]["location"], "B-02");
    let silver = shop
        .accepted(&shop.silver, &[line("BOLT", "CT100", "1"), line("RARE", "H87", "2")])
        .await;
    let gold = shop.accepted(&shop.gold, &[line("RARE", "H87", "4")]).await;
    // Not accepted: not to be picked.
    let waiting = json!({ "lines": [line("RARE", "H87", "1")] });
    shop.gold.place_order(waiting).await.expect(201);
    let list = async |query: &str| {
        shop.warehouse
            .get(&format!("/supplier/pick-list{query}"))
            .await
            .expect(200)
    };
    let all = list("?warehouse=north").await;
    // Gold before silver; in an order by location.
    assert_eq!(texts(&all["data"], "sku"), ["RARE", "RARE", "BOLT"]);
    assert_eq!(texts(&all["data"], "account"), ["GOLD", "SILVER", "SILVER"]);
    assert_eq!(texts(&all["data"], "quantity"), ["4", "2", "1"]);
    let by_location = list("?sort=location&account=SILVER").await;
    assert_eq!(texts(&by_location["data"], "location"), ["A-01", "B-02"]);
    assert_eq!(list("?warehouse=SOUTH").await["data"], json!([]));
    // Page by page the same.
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = list(&format!("?limit=1{cursor}")).await;
        seen.extend(texts(&page["data"], "sku").iter().map(|sku| (*sku).to_owned()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, ["RARE", "RARE", "BOLT"]);
    let body = json!({"order_id": id(&gold), "lines": [item(&gold, 0, "3")]});
    shop.try_open(body).await.expect(201);
    shop.try_open(json!({"order_id": id(&silver)})).await.expect(201);
    assert_eq!(texts(&list("").await["data"], "quantity"), ["1"]);
    let pdf = shop.warehouse.get("/supplier/pick-list/pdf?warehouse=NORTH").await;
    assert_eq!((pdf.status, pdf.header("content-type")), (200, "application/pdf"));
    let unknown = shop.warehouse.get("/supplier/pick-list/pdf?warehouse=WEST").await;
    assert_eq!(
        unknown.faults(),
        [("/warehouse".to_owned(), "unknown_warehouse".to_owned())]
    );
    // A count that does not say where keeps the place.
    shop.app
        .import(&[("stock.csv", "warehouse,sku,on_hand\nNORTH,BOLT,1001\n")])
        .await;
    let stock = shop.warehouse.get("/supplier/stock?sku=BOLT").await.expect(200);
    assert_eq!(
        (
            stock["data"][0]["location"].as_str(),
            stock["data"][0]["on_hand"].as_str()
        ),
        (Some("B-02"), Some("1001"))
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn delivery_windows_come_with_a_file_and_by_rest_and_stand_on_pick_lists() {
    let shop = Shop::open().await;
    let file = "account,site,weekday,from,to\n\
        GOLD,MAIN,mon,08:00,12:00\nGOLD,MAIN,Tue,08:00,12:00\nGOLD,MAIN,sat,09:00,11:00\n";
    shop.app.import(&[("delivery_windows.csv", file)]).await;
    shop.accepted(&shop.gold, &[line("RARE", "H87", "4")]).await;
    let picks = shop.warehouse.get("/supplier/pick-list").await.expect(200);
    assert_eq!(
        picks["data"][0]["delivery_windows"],
        "Mon-Tue 08:00-12:00, Sat 09:00-11:00"
    );
    let admin = shop.app.staff("admin").await;
    let accounts = admin.get("/supplier/accounts?q=GOLD").await.expect(200);
    let sites = format!("/supplier/accounts/{}/sites", id(&accounts["data"][0]));
    let sites = admin.get(&sites).await.expect(200);
    let path = format!("/supplier/sites/{}/delivery-windows", id(&sites["data"][0]));
    let read = admin.get(&path).await;
    let etag = read.header("etag").to_owned();
    assert_eq!(
        read.expect(200)["windows"][2],
        json!({"weekday": "sat", "from": "09:00", "to": "11:00"})
    );
    let window = |day: &str, from: &str, to: &str| json!({"weekday": day, "from": from, "to": to});
    let bad = json!({"windows": [window("mon", "08:00", "12:00"), window("mon", "11:00", "13:00"), window("day", "8", "24:00")]});
    let put = async |etag: &str, body| admin.change(Method::PUT, &path, etag, Some(body)).await;
    assert_eq!(
        put(&etag, bad).await.faults(),
        [
            ("/windows/2/weekday".to_owned(), "value_invalid".to_owned()),
            ("/windows/2/from".to_owned(), "value_invalid".to_owned())
        ]
    );
    let overlapping = json!({"windows": [window("mon", "08:00", "12:00"), window("mon", "11:00", "13:00")]});
    assert_eq!(
        put(&etag, overlapping).await.faults(),
        [("/windows/1".to_owned(), "value_invalid".to_owned())]
    );
    put(&etag, json!({"windows": [window("fri", "22:00", "24:00")]}))
        .await
        .expect(200);
    put(&etag, json!({"windows": []}))
        .await
        .problem(412, "precondition_failed");
    let picks = shop.warehouse.get("/supplier/pick-list").await.expect(200);
    assert_eq!(picks["data"][0]["delivery_windows"], "Fri 22:00-24:00");
    shop.app.finish().await;
}
