//! What was typed stays to be seen where it isn't the number itself, and a cell that shows another number than it holds asks.

use rust_xlsxwriter::{Format, Workbook};
use serde_json::Value;

use super::quick_order::{draft_id, paste, place, shop, upload};

#[tokio::test]
async fn preview_and_order_show_what_was_typed_where_it_is_not_the_number() {
    let (app, buyer) = shop().await;
    let html = paste(&buyer, "nw-40012;16;CT\nNW-40020;2;CT\n4006381333931;500;H87").await;
    assert!(
        html.contains("found by nw-40012") && !html.contains("found by NW-40020"),
        "{html}"
    );
    let draft = draft_id(&html);
    let preview = buyer.page(&format!("/drafts/{draft}/preview")).await;
    assert!(preview.contains("Typed: nw-40012"), "{preview}");
    let to = place(&buyer, &draft, "PO-1").await.goes_to();
    assert!(to.ends_with("/confirmation"), "{to}");
    let person = app.person("NORD", "buyer").await;
    let orders = person.get("/orders").await.expect(200);
    let id = orders["data"][0]["id"].as_str().unwrap().to_owned();
    let order = person.get(&format!("/orders/{id}")).await.expect(200);
    let typed: Vec<_> = order["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["typed"].clone())
        .collect();
    // A number is shown as itself: the account's own, the supplier's, a GTIN.
    assert_eq!(typed, [Value::from("nw-40012"), Value::Null, Value::Null]);
    let staff = app.browse_staff("customer_service").await;
    for (reader, path) in [
        (&buyer, format!("/orders/{id}")),
        (&staff, format!("/desk/orders/{id}")),
    ] {
        let html = reader.page(&path).await;
        assert_eq!(html.matches("Typed: ").count(), 1, "{html}");
        assert!(html.contains("Typed: nw-40012"), "{html}");
    }
    let german = app.browse_german_staff("customer_service").await;
    assert!(
        german
            .page(&format!("/desk/orders/{id}"))
            .await
            .contains("Eingegeben: nw-40012")
    );
}

#[tokio::test]
async fn a_cell_that_shows_another_article_than_it_holds_asks_which_is_meant() {
    let (app, _) = shop().await;
    app.import(&[
        (
            "products.csv",
            "sku,name,base_unit,decimals,tax_category\n4711,Short pin,H87,0,S\n004711,Long pin,H87,0,S\n\
             000815,Only one,H87,0,S\n",
        ),
        (
            "assortment.csv",
            "account,sku,customer_part_number\nNORD,4711,\nNORD,004711,\nNORD,000815,\n",
        ),
        (
            "prices.csv",
            "price_list,sku,unit,min_quantity,price,price_base\nBASE,4711,H87,1,1,1\nBASE,004711,H87,1,2,1\n\
             BASE,000815,H87,1,3,1\n",
        ),
    ])
    .await;
    let buyer = app.browse_as("NORD", "buyer").await;
    let mut book = Workbook::new();
    let filled = Format::new().set_num_format("000000");
    let list = book.add_worksheet();
    list.write_string(0, 0, "Part number")
        .unwrap()
        .write_string(0, 1, "Quantity")
        .unwrap();
    for (row, number) in [(1, 4711), (2, 815)] {
        list.write_number_with_format(row, 0, number, &filled).unwrap();
        list.write_number(row, 1, 3).unwrap();
    }
    let checked = upload(&buyer, &book.save_to_buffer().unwrap()).await;
    assert_eq!(checked.status, 200, "{}", checked.html);
    assert!(checked.html.contains("004711 / 4711"), "{}", checked.html);
    assert!(
        checked.html.contains("000815") && !checked.html.contains("000815 /"),
        "{}",
        checked.html
    );
    let table = "Part number\tQuantity\n004711 / 4711\t3\n000815\t3";
    let form = [
        ("table", table),
        ("key", "0"),
        ("quantity", "1"),
        ("unit", ""),
        ("note", ""),
        ("header", "1"),
        ("do", "add"),
    ];
    assert_eq!(buyer.post("/quick-order/check", &form).await.goes_to(), "/quick-order");
    let html = buyer.page("/quick-order").await;
    // Both are offered, none is taken, and the other line is not held up.
    assert!(html.contains("1 of 2 lines ready"), "{html}");
    assert!(html.contains("Short pin") && html.contains("Long pin"), "{html}");
}
