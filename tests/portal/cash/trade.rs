//! Orders of whole trade folders go the whole way: accepted, half shipped, the rest shipped, two invoices each, paid by
//! one payment for each account.

use std::collections::BTreeMap;

use portal::money::{Currency, Money};
use serde_json::{Value, json};

use super::{id, texts};
use crate::app::TestApp;
use crate::client::{Client, unique};
use crate::trade::folders;

/// About half of a line, in its unit; nothing where half of it is no whole number of base steps.
fn half(line: &Value) -> Option<String> {
    let scaled = |name: &str| -> (i128, u32) {
        let text = line[name].as_str().unwrap();
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        (
            format!("{whole}{fraction}").parse().unwrap(),
            u32::try_from(fraction.len()).unwrap(),
        )
    };
    let ((ordered, decimals), (base, _)) = (scaled("quantity"), scaled("base_quantity"));
    let part = ordered / 2;
    if part == 0 || (base * part) % ordered != 0 {
        return None;
    }
    let text = |value: i128, decimals: u32| {
        let factor = 10_i128.pow(decimals);
        format!(
            "{}.{:0width$}",
            value / factor,
            value % factor,
            width = usize::try_from(decimals).unwrap()
        )
    };
    Some(if decimals == 0 {
        part.to_string()
    } else {
        text(part, decimals)
    })
}

async fn whole_list(client: &Client, path: &str) -> Vec<Value> {
    let (mut rows, mut next) = (Vec::new(), format!("{path}limit=200"));
    loop {
        let page = client.get(&next).await.expect(200);
        rows.extend(page["data"].as_array().unwrap().iter().cloned());
        match page["next_cursor"].as_str() {
            Some(cursor) => next = format!("{path}limit=200&cursor={cursor}"),
            None => return rows,
        }
    }
}

/// Whatever lines of these orders wait for arrives.
async fn receive_what_waits(staff: &Client, heads: &[Value]) {
    let mut missing = Vec::new();
    for head in heads {
        let order = staff.get(&format!("/supplier/orders/{}", id(head))).await.expect(200);
        let lines = order["lines"].as_array().unwrap().iter();
        let waiting = lines.filter(|line| line["backordered"] != "0");
        missing.extend(waiting.map(|line| json!({"sku": line["sku"], "quantity": line["base_quantity"]})));
    }
    if !missing.is_empty() {
        let stock = staff.get("/supplier/stock?limit=1").await.expect(200);
        let receipt = json!({"warehouse": stock["data"][0]["warehouse"], "lines": missing});
        staff
            .post_with_key("/supplier/receipts", &unique(), receipt)
            .await
            .expect(201);
    }
}

#[tokio::test]
async fn orders_of_trade_go_the_whole_way_to_the_cent() {
    for folder in folders() {
        let app = TestApp::start().await;
        app.import_folder(&folder).await;
        if !folder.join("supplier.csv").exists() {
            let supplier = "name,country,currency\nThe Supplier,GB,GBP\n";
            app.import(&[("supplier.csv", supplier)]).await;
        }
        let staff = app.staff("admin").await;
        let post = async |path: &str, body: Value| staff.post_with_key(path, &unique(), body).await.expect(201);
        let mut owed = BTreeMap::<(String, String), Money>::new();
        let heads = whole_list(&staff, "/supplier/orders?state=placed&").await;
        receive_what_waits(&staff, &heads).await;
        for head in heads {
            let account = head["account"]["code"].as_str().unwrap().to_owned();
            let currency = Currency::from_code(head["currency"].as_str().unwrap()).unwrap();
            let zero = Money::zero(currency);
            let money = |text: &Value| Money::parse(text.as_str().unwrap(), currency).unwrap();
            let path = format!("/supplier/orders/{}", id(&head));
            let order = staff.post(&format!("{path}/accept"), json!({})).await.expect(200);
            let halves: Vec<_> = order["lines"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|line| Some(json!({"order_line_id": line["id"], "quantity": half(line)?})))
                .collect();
            let mut invoices = Vec::new();
            if !halves.is_empty() {
                let shipment = post("/supplier/shipments", json!({"order_id": id(&order), "lines": halves})).await;
                invoices.push(post("/supplier/invoices", json!({"shipment_id": id(&shipment)})).await);
                staff
                    .post(&format!("/supplier/shipments/{}/deliver", id(&shipment)), json!({}))
                    .await
                    .expect(200);
            }
            let rest = post("/supplier/shipments", json!({"order_id": id(&order)})).await;
            staff
                .post(&format!("/supplier/shipments/{}/deliver", id(&rest)), json!({}))
                .await
                .expect(200);
            invoices.push(post("/supplier/invoices", json!({"shipment_id": id(&rest)})).await);
            let net = invoices.iter().fold(zero, |sum, invoice| {
                sum.checked_add(money(&invoice["net_total"])).unwrap()
            });
            assert_eq!(net, money(&order["net_total"]), "{}", head["po_number"]);
            for invoice in &invoices {
                let nets = texts(&invoice["lines"], "net");
                let lines = nets.iter().fold(zero, |sum, net| {
                    sum.checked_add(Money::parse(net, currency).unwrap()).unwrap()
                });
                assert_eq!(lines, money(&invoice["net_total"]));
                let sum = owed
                    .entry((account.clone(), currency.code().to_owned()))
                    .or_insert(zero);
                *sum = sum.checked_add(money(&invoice["gross_total"])).unwrap();
            }
            let done = staff.get(&path).await.expect(200);
            assert_eq!(done["state"], "delivered");
        }
        assert!(!owed.is_empty(), "{} has no orders", folder.display());
        for ((account, currency), amount) in &owed {
            let body = json!({"account": account, "amount": amount.to_string(), "currency": currency, "received_on": super::lately()});
            let paid = post("/supplier/payments", body).await;
            assert_eq!(paid["on_account"], Money::zero(amount.currency).to_string());
            let buyer = app.person(account, "viewer").await;
            let statement = buyer.get("/account/statement").await.expect(200);
            assert_eq!(statement["balance"], Money::zero(amount.currency).to_string());
        }
        let open = whole_list(&staff, "/supplier/orders?state=delivered&").await;
        assert!(open.is_empty(), "paid orders are closed");
        app.finish().await;
    }
}
