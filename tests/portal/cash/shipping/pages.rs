//! The desk packs, and the account sees it.

use serde_json::json;

use super::{Shop, id, item, line, packing_path};

#[tokio::test]
async fn the_desk_packs_ships_and_says_who_took_it_in() {
    let shop = Shop::numbering().await;
    let order = shop.accepted(&shop.gold, &[line("RARE", "H87", "4")]).await;
    let desk = shop.app.browse_staff("warehouse").await;
    let line_id = order["lines"][0]["id"].as_str().unwrap();
    let quantity = format!("quantity-{line_id}");
    let ship = format!("/desk/orders/{}/ship", id(&order));
    let key = portal::web::form_key();
    let opened = desk
        .post(&ship, &[("form_key", &key), ("do", "pack"), (&quantity, "4")])
        .await;
    let packing = opened.goes_to();
    assert!(packing.starts_with("/desk/packings/pck_"), "{packing}");
    let pack = async |fields: &[(&str, &str)]| {
        let key = portal::web::form_key();
        let fields = [&[("form_key", key.as_str())], fields].concat();
        desk.post(&format!("{packing}/packages"), &fields).await
    };
    let refused = pack(&[("kind", "CT"), ("weight_grams", "0"), (&quantity, "9")]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.html.contains("it takes 1 to 10") && refused.html.contains("lie in no other package"),
        "{}",
        refused.html
    );
    assert!(refused.html.contains("value=\"9\""), "{}", refused.html);
    assert_eq!(
        pack(&[("kind", "CT"), ("weight_grams", "1500"), (&quantity, "4")])
            .await
            .status,
        303
    );
    let page = desk.page(&packing).await;
    assert!(page.contains("1.5 kg") && page.contains("All labels as PDF"), "{page}");
    let key = portal::web::form_key();
    let left = desk.post(&format!("{packing}/dispatch"), &[("form_key", &key)]).await;
    let shipment = left.goes_to();
    assert!(shipment.starts_with("/desk/shipments/shp_"), "{shipment}");
    let done = desk
        .post(&format!("{shipment}/deliver"), &[("received_by", "Jan Jansen")])
        .await;
    assert_eq!(done.status, 303);
    assert!(desk.page(&shipment).await.contains("Jan Jansen"));
    let buyer = shop.app.browse_as("GOLD", "buyer").await;
    let own = buyer.page(shipment.trim_start_matches("/desk")).await;
    assert!(own.contains("Jan Jansen") && own.contains("Packages"), "{own}");
    shop.no_breach().await;
    shop.app.finish().await;
}

#[tokio::test]
async fn carriers_and_delivery_windows_are_kept_on_the_desk() {
    let shop = Shop::open().await;
    let desk = shop.app.browse_staff("admin").await;
    let bad = [
        ("code", "RK"),
        ("name", "Rhine Kurier"),
        ("tracking_url", "http://rk.example/"),
    ];
    let refused = desk.post("/desk/carriers", &bad).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.html.contains("Rhine Kurier") && refused.html.contains("is no address of https"),
        "{}",
        refused.html
    );
    let good = [
        ("code", "RK"),
        ("name", "Rhine Kurier"),
        ("tracking_url", "https://rk.example/{tracking_number}"),
    ];
    assert_eq!(desk.post("/desk/carriers", &good).await.status, 303);
    assert!(desk.page("/desk/carriers").await.contains("Rhine Kurier"));
    let numbering = desk
        .post("/desk/carriers/numbering", &[("gs1_company_prefix", "12")])
        .await;
    assert_eq!(numbering.status, 422);
    assert!(numbering.html.contains("it has 4 to 12 digits"), "{}", numbering.html);
    let admin = shop.app.staff("admin").await;
    let accounts = admin.get("/supplier/accounts?q=GOLD").await.expect(200);
    let account = id(&accounts["data"][0]);
    let sites = admin
        .get(&format!("/supplier/accounts/{account}/sites"))
        .await
        .expect(200);
    let path = format!("/desk/accounts/{account}/sites/{}/windows", id(&sites["data"][0]));
    let version = |page: &str| {
        let (_, rest) = page.split_once("name=\"version\" value=\"").unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    };
    let seen = version(&desk.page(&path).await);
    let bad = desk
        .post(
            &path,
            &[("version", &seen), ("mon", "mornings"), ("tue", "12:00-08:00")],
        )
        .await;
    assert_eq!(bad.status, 422);
    assert!(bad.html.contains("Write times as 08:00-12:00"), "{}", bad.html);
    let turned = desk.post(&path, &[("version", &seen), ("tue", "12:00-08:00")]).await;
    assert!(turned.html.contains("which is not behind 12:00"), "{}", turned.html);
    let good = desk
        .post(&path, &[("version", &seen), ("tue", "08:00-12:00, 13:00-17:00")])
        .await;
    assert_eq!(good.status, 303);
    assert!(desk.page(&path).await.contains("08:00-12:00, 13:00-17:00"));
    shop.app.finish().await;
}

#[tokio::test]
async fn the_pick_list_is_a_page_a_file_and_a_paper() {
    let shop = Shop::open().await;
    shop.accepted(&shop.gold, &[line("RARE", "H87", "4")]).await;
    let desk = shop.app.browse_staff("warehouse").await;
    assert!(desk.page("/desk/pick-list").await.contains("Rare part"));
    let file = desk.get("/desk/pick-list/export.csv").await;
    assert_eq!(file.status, 200);
    let paper = desk.get("/desk/pick-list/pdf?warehouse=NORTH").await;
    assert_eq!(paper.status, 200);
    assert_eq!(desk.get("/desk/pick-list/pdf").await.status, 303);
    shop.app.finish().await;
}

#[tokio::test]
async fn what_is_packed_and_changed_by_hand_is_found() {
    let shop = Shop::numbering().await;
    let order = shop.accepted(&shop.gold, &[line("RARE", "H87", "4")]).await;
    let packing = shop.try_open(json!({"order_id": id(&order)})).await.expect(201);
    let body = json!({"kind": "CT", "items": [item(&order, 0, "4")]});
    shop.pack(&packing_path(&packing), body).await.expect(201);
    shop.no_breach().await;
    for (statement, promise) in [
        (
            "UPDATE package_items SET base_quantity = base_quantity + 1",
            "packages hold no more than leaves",
        ),
        (
            "UPDATE packages SET sscc = '340123450000000010'",
            "an SSCC has 18 digits, the last its check digit",
        ),
        (
            "UPDATE packing_lines SET base_quantity = base_quantity + 1",
            "what is being packed is reserved",
        ),
    ] {
        let changed = || {
            shop.app.db().rehearse_now(move |tx| {
                assert!(portal::db::sql(statement).run(tx)? > 0, "{statement} changed nothing");
                portal::cli::check::everything(tx)
            })
        };
        let breaches = crate::app::outside_the_runtime(changed).unwrap();
        let found = breaches.iter().any(|breach| breach.check == promise);
        assert!(found, "{statement}: {breaches:?}");
    }
    shop.app.finish().await;
}
