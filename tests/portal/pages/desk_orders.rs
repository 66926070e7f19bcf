//! The desk's trade by pages alone: the queue, steering, shipping, invoicing; each step once, by those who may.

use serde_json::{Value, json};

use super::quick_order::value_behind;
use crate::app::TestApp;
use crate::browser::{Browser, Shown};
use crate::client::Client;

const SHOP: &[(&str, &str)] = &[
    (
        "supplier.csv",
        "name,country,currency,vat_id,street,city,postal_code,iban,bic,time_zone\n\
         The Supplier,NL,EUR,NL001234567B01,Kade 1,Rotterdam,3011,NL91ABNA0417164300,ABNANL2A,Europe/Amsterdam\n",
    ),
    (
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit\n\
         GOLD,Gold Works,NL,EUR,gold,30,\nSILVER,Silver Works,NL,EUR,silver,14,\nTIGHT,Tight Works,NL,EUR,bronze,30,1.00\n",
    ),
    (
        "products.csv",
        "sku,name,base_unit,decimals,tax_category,lead_time_days\n\
         BOLT,Hex bolt,H87,0,S,2\nCABLE,Copper cable,MTR,2,S,0\nRARE,Rare part,H87,0,S,3\n",
    ),
    (
        "units.csv",
        "sku,unit,unit_code,name,base_quantity\nBOLT,CT100,XCT,Carton of 100,100\n",
    ),
    (
        "price_lists.csv",
        "price_list,name,currency,kind,account\nBASE,List prices,EUR,base,\n",
    ),
    (
        "prices.csv",
        "price_list,sku,unit,min_quantity,price,price_base\n\
         BASE,BOLT,H87,1,10,100\nBASE,CABLE,MTR,0.01,2,1\nBASE,RARE,H87,1,10,1\n",
    ),
    (
        "stock.csv",
        "warehouse,sku,on_hand\nNORTH,BOLT,1000\nNORTH,CABLE,500\nNORTH,RARE,5\n",
    ),
];

/// A shop with buyers who order by REST and staff who work by pages.
pub struct Shop {
    pub app: TestApp,
    pub gold: Client,
    pub silver: Client,
    pub service: Browser,
    pub warehouse: Browser,
    pub finance: Browser,
}

impl Shop {
    pub async fn open() -> Self {
        let app = TestApp::start().await;
        app.import(SHOP).await;
        Self {
            gold: app.person("GOLD", "admin").await,
            silver: app.person("SILVER", "admin").await,
            service: app.browse_staff("customer_service").await,
            warehouse: app.browse_staff("warehouse").await,
            finance: app.browse_staff("finance").await,
            app,
        }
    }

    /// Accepts an order on its page.
    pub async fn accept(&self, order: &Value) -> String {
        press(&self.service, order, "accept", &[]).await
    }
}

pub fn line(sku: &str, unit: &str, quantity: &str) -> Value {
    json!({"sku": sku, "unit": unit, "quantity": quantity})
}

pub async fn order(buyer: &Client, lines: &[Value]) -> Value {
    buyer.place_order(json!({ "lines": lines })).await.expect(201)
}

pub fn page_of(order: &Value) -> String {
    format!("/desk/orders/{}", order["id"].as_str().unwrap())
}

/// Presses a button of an order's page and gives the page that follows.
pub async fn press(browser: &Browser, order: &Value, step: &str, more: &[(&str, &str)]) -> String {
    let path = page_of(order);
    let version = value_behind(&browser.page(&path).await, "name=\"version\"", "value");
    let form: Vec<_> = [("version", version.as_str())]
        .into_iter()
        .chain(more.iter().copied())
        .collect();
    let to = browser.post(&format!("{path}/{step}"), &form).await.goes_to();
    browser.page(&to).await
}

/// The form of shipping with other quantities for the lines at these places.
pub async fn ship_form(browser: &Browser, order: &Value, changed: &[(usize, &str)]) -> Vec<(String, String)> {
    let html = browser.page(&format!("{}/ship", page_of(order))).await;
    let mut form = vec![("form_key".to_owned(), value_behind(&html, "name=\"form_key\"", "value"))];
    for (index, rest) in html.split("name=\"quantity-").skip(1).enumerate() {
        let (id, rest) = rest.split_once('"').unwrap();
        let shown = value_behind(rest, "", "value");
        let value = changed
            .iter()
            .find(|(at, _)| *at == index)
            .map_or(shown, |(_, value)| (*value).to_owned());
        form.push((format!("quantity-{id}"), value));
    }
    form
}

pub async fn send(browser: &Browser, path: &str, form: &[(String, String)]) -> Shown {
    let form: Vec<_> = form
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    browser.post(path, &form).await
}

/// Ships and gives the order's page.
async fn ship(shop: &Shop, order: &Value, changed: &[(usize, &str)]) -> String {
    let form = ship_form(&shop.warehouse, order, changed).await;
    let path = format!("{}/ship", page_of(order));
    let to = send(&shop.warehouse, &path, &form).await.goes_to();
    shop.warehouse.page(&to).await
}

/// Where forms whose action ends so are sent.
pub fn actions(html: &str, end: &str) -> Vec<String> {
    let all = html
        .split("action=\"")
        .skip(1)
        .map(|rest| rest.split_once('"').unwrap().0.to_owned());
    all.filter(|action| action.ends_with(end)).collect()
}

/// Issues the invoice that the page of an order offers and gives the invoice's page.
async fn bill(shop: &Shop, order: &Value) -> String {
    let html = shop.finance.page(&page_of(order)).await;
    let action = actions(&html, "/invoice").remove(0);
    let key = value_behind(&html, &format!("action=\"{action}\""), "value");
    let to = shop.finance.post(&action, &[("form_key", &key)]).await.goes_to();
    // A second click finds the same invoice.
    assert_eq!(shop.finance.post(&action, &[("form_key", &key)]).await.goes_to(), to);
    shop.finance.page(&to).await
}

#[tokio::test]
async fn an_order_goes_from_the_queue_to_two_invoices_by_pages() {
    let shop = Shop::open().await;
    let order = order(&shop.gold, &[line("BOLT", "CT100", "4"), line("CABLE", "MTR", "12.5")]).await;
    let number = order["number"].as_str().unwrap();
    let queue = shop.service.page("/desk/queue?view=to_accept").await;
    assert!(
        queue.contains(&format!(">{number}</a>")) && queue.contains("Gold, standard, waits since"),
        "{queue}"
    );
    assert!(
        queue.contains("To accept (1)") && queue.contains("All lines"),
        "{queue}"
    );
    let html = shop.accept(&order).await;
    assert!(html.contains(&format!("Order {number} is accepted.")), "{html}");
    let html = ship(&shop, &order, &[(0, "2"), (1, "2.5")]).await;
    assert!(
        html.contains("left with 2 lines.") && html.contains("Partly shipped"),
        "{html}"
    );
    let invoice = bill(&shop, &order).await;
    // Two cartons of ten and five metres' worth: 20 + 5.
    assert!(invoice.contains("25.00") && invoice.contains("30.25"), "{invoice}");
    let html = ship(&shop, &order, &[]).await;
    assert!(
        html.contains("left with 2 lines.") && html.contains("Shipped"),
        "{html}"
    );
    let invoice = bill(&shop, &order).await;
    assert!(invoice.contains("40.00"), "{invoice}");
    let html = shop.warehouse.page(&page_of(&order)).await;
    for action in actions(&html, "/deliver") {
        let to = shop
            .warehouse
            .post(&action, &[("back", &page_of(&order))])
            .await
            .goes_to();
        assert_eq!(to, page_of(&order));
    }
    let html = shop.warehouse.page(&page_of(&order)).await;
    assert!(html.contains("Delivered") && html.contains("all invoiced"), "{html}");
    assert!(
        html.contains("Invoice 20"),
        "the timeline tells of both invoices: {html}"
    );
    let list = shop.finance.page("/desk/invoices").await;
    assert!(list.contains("2 invoices") && list.contains("Gold Works"), "{list}");
    assert!(shop.finance.page("/desk/shipments").await.contains("2 shipments"));
    assert!(
        shop.finance
            .page("/desk/shipments?view=to_invoice")
            .await
            .contains("No shipments here yet.")
    );
    for path in [&page_of(&order), &first_link(&html, "/desk/shipments/shp_")] {
        let pdf = shop.finance.get(&format!("{path}/pdf")).await;
        assert_eq!(
            (pdf.status, &pdf.headers["content-type"]),
            (200, &"application/pdf".parse().unwrap())
        );
    }
    shop.app.finish().await;
}

/// The first link that begins so.
pub fn first_link(html: &str, begin: &str) -> String {
    let rest = html.split_once(&format!("href=\"{begin}")).unwrap().1;
    format!("{begin}{}", rest.split_once('"').unwrap().0)
}

#[tokio::test]
async fn many_are_accepted_at_once_and_one_that_fails_holds_up_nobody() {
    let shop = Shop::open().await;
    let mut orders = Vec::new();
    for _ in 0..3 {
        orders.push(order(&shop.gold, &[line("BOLT", "H87", "1")]).await);
    }
    let html = shop.service.page("/desk/queue?view=to_accept").await;
    let ticks: Vec<_> = html
        .split("name=\"order\" value=\"")
        .skip(1)
        .map(|rest| rest.split_once('"').unwrap().0)
        .collect();
    assert_eq!(ticks.len(), 3);
    // Meanwhile one is held by somebody else.
    press(&shop.service, &orders[1], "hold", &[("reason", "Call them first.")]).await;
    let mut form = vec![("do", "accept"), ("back", "/desk/queue?view=to_accept")];
    form.extend(ticks.iter().map(|tick| ("order", *tick)));
    let shown = shop.service.post("/desk/queue/steer", &form).await;
    assert_eq!(shown.status, 200);
    assert!(shown.html.contains("2 of 3 orders accepted"), "{}", shown.html);
    assert!(
        shown.html.contains("Changed meanwhile") && shown.html.contains("On hold"),
        "{}",
        shown.html
    );
    let again = shop.service.post("/desk/queue/steer", &form).await;
    assert!(
        again.html.contains("0 of 3") && again.html.matches("Done before").count() == 2,
        "{}",
        again.html
    );
    assert!(shop.service.page("/desk/queue").await.contains("All open (2)"));
    assert_eq!(
        shop.service
            .post("/desk/queue/steer", &[("do", "accept")])
            .await
            .goes_to(),
        "/desk/queue"
    );
    assert!(
        shop.service
            .page("/desk/queue")
            .await
            .contains("choose at least one order")
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn holding_needs_a_reason_and_releasing_gives_the_place_back() {
    let shop = Shop::open().await;
    let held = order(&shop.silver, &[line("RARE", "H87", "5")]).await;
    let path = page_of(&held);
    let version = value_behind(&shop.service.page(&path).await, "name=\"version\"", "value");
    let refused = shop
        .service
        .post(&format!("{path}/hold"), &[("version", &version), ("reason", " ")])
        .await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.html.contains("aria-invalid=\"true\"") && refused.html.contains("Say why."),
        "{}",
        refused.html
    );
    let html = press(&shop.service, &held, "hold", &[("reason", "The address looks wrong.")]).await;
    assert!(
        html.contains("On hold: held by staff.") && html.contains("The address looks wrong."),
        "{html}"
    );
    let other = order(&shop.gold, &[line("RARE", "H87", "4")]).await;
    let queue = shop.service.page("/desk/queue?view=on_hold").await;
    assert!(
        queue.contains("On hold (1)") && queue.contains("none while on hold"),
        "{queue}"
    );
    let html = press(&shop.service, &held, "release", &[("reason", "Checked.")]).await;
    assert!(
        html.contains("back in the queue") && html.contains("rank 1 of 1: Silver, standard"),
        "{html}"
    );
    assert!(
        html.contains("1 of 5") && html.contains("An order was released"),
        "{html}"
    );
    // The page of the other order still says what it said; a stale button does nothing.
    let stale = shop
        .service
        .post(&format!("{path}/accept"), &[("version", &version)])
        .await;
    let html = shop.service.page(&stale.goes_to()).await;
    assert!(html.contains("changed while you looked at it"), "{html}");
    assert_eq!(
        shop.silver
            .get(&format!("/orders/{}", held["id"].as_str().unwrap()))
            .await
            .expect(200)["state"],
        "placed"
    );
    let html = shop.service.page(&format!("{}/cancel", page_of(&other))).await;
    assert!(
        html.contains("Cancel order") && html.contains("Keep the order"),
        "{html}"
    );
    let html = press(&shop.service, &other, "cancel", &[("reason", "Not made any more.")]).await;
    assert!(
        html.contains("is cancelled") && html.contains("Not made any more."),
        "{html}"
    );
    shop.app.finish().await;
}

#[tokio::test]
async fn credit_holds_are_released_by_finance_alone() {
    let shop = Shop::open().await;
    let tight = shop.app.person("TIGHT", "buyer").await;
    let order = order(&tight, &[line("BOLT", "H87", "500")]).await;
    let path = page_of(&order);
    let html = shop.service.page(&path).await;
    assert!(
        html.contains("On hold: credit limit.") && !html.contains(&format!("{path}/release")),
        "{html}"
    );
    let version = value_behind(&shop.finance.page(&path).await, "name=\"version\"", "value");
    let form = [("version", version.as_str()), ("reason", "Paid in advance.")];
    assert_eq!(shop.service.post(&format!("{path}/release"), &form).await.status, 403);
    let to = shop.finance.post(&format!("{path}/release"), &form).await.goes_to();
    assert!(shop.finance.page(&to).await.contains("back in the queue"));
}

#[tokio::test]
async fn a_shipment_sent_twice_leaves_once_and_only_what_is_reserved() {
    let shop = Shop::open().await;
    let order = order(&shop.gold, &[line("BOLT", "CT100", "4"), line("RARE", "H87", "9")]).await;
    shop.accept(&order).await;
    let path = format!("{}/ship", page_of(&order));
    let form = ship_form(&shop.warehouse, &order, &[(0, "5"), (1, "x")]).await;
    let refused = send(&shop.warehouse, &path, &form).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.html.contains("value=\"5\"") && refused.html.contains("is not a number."),
        "{}",
        refused.html
    );
    let form = ship_form(&shop.warehouse, &order, &[(0, "5"), (1, "")]).await;
    let refused = send(&shop.warehouse, &path, &form).await;
    assert!(
        refused.html.contains("are more than the 4 that are reserved"),
        "{}",
        refused.html
    );
    let form = ship_form(&shop.warehouse, &order, &[(0, "1"), (1, "0")]).await;
    let first = send(&shop.warehouse, &path, &form).await.goes_to();
    assert_eq!(send(&shop.warehouse, &path, &form).await.goes_to(), first);
    let html = shop.warehouse.page(&first).await;
    assert_eq!(html.matches("href=\"/desk/shipments/shp_").count(), 1, "{html}");
    // The same form with other quantities is a mistake that ships nothing.
    let mut other = form.clone();
    other[1].1 = "2".to_owned();
    let shown = send(&shop.warehouse, &path, &other).await;
    assert_eq!(shown.status, 422);
    assert!(shown.html.contains("This form was sent before"), "{}", shown.html);
    // It stays so until the form is opened anew.
    let key = value_behind(&shown.html, "name=\"form_key\"", "value");
    assert!(other.contains(&("form_key".to_owned(), key)));
    assert_eq!(shop.warehouse.post(&path, &[("quantity-x", "1")]).await.status, 422);
    shop.app.finish().await;
}
