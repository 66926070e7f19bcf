//! Programs keep copies of lists while others write: the copy is the list.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use portal::db::{Connection, Engine, sql};
use reqwest::Method;
use serde_json::{Value, json};

use super::{Mirror, present};
use crate::app::TestApp;
use crate::bulk::shop;
use crate::client::{Client, unique};
use crate::fresh::engine;

/// Numbers that come again with every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Somebody who changes things at random.
struct Writer {
    numbers: Numbers,
    admin: Client,
    staff: Client,
}

impl Writer {
    async fn some(&mut self, client: &Client, path: &str) -> Option<(String, String)> {
        let list = client.get(path).await.expect(200);
        let rows = list["data"].as_array().unwrap();
        let count = u64::try_from(rows.len()).unwrap();
        if count == 0 {
            return None;
        }
        let row = &rows[usize::try_from(self.numbers.below(count)).unwrap()];
        let id = row["id"].as_str().unwrap().to_owned();
        let one = format!("{}/{id}", path.split('?').next().unwrap());
        let tag = client.get(&one).await.header("etag").to_owned();
        Some((one, tag))
    }

    /// Another one may have been quicker; nothing fails in another way.
    async fn change(&self, client: &Client, (method, path, tag): (Method, &str, &str), body: Option<Value>) {
        let answer = client.change(method, path, tag, body).await;
        assert!(
            matches!(answer.status, 200..=204 | 404 | 409 | 412 | 422),
            "{path}: {} {}",
            answer.status,
            answer.text
        );
    }

    async fn step(&mut self) {
        let (admin, staff, name) = (self.admin.clone(), self.staff.clone(), unique());
        match self.numbers.below(9) {
            0 | 1 => {
                let contact = json!({"code": format!("C-{name}"), "name": "Somebody"});
                admin.post("/account/contacts", contact).await.expect(201);
            }
            2 => {
                if let Some((path, tag)) = self.some(&admin, "/account/contacts").await {
                    let body = json!({"name": name});
                    self.change(&admin, (Method::PATCH, &path, &tag), Some(body)).await;
                }
            }
            3 => {
                if let Some((path, tag)) = self.some(&admin, "/account/contacts").await {
                    self.change(&admin, (Method::DELETE, &path, &tag), None).await;
                }
            }
            4 => {
                let from = self.numbers.below(50) + 1;
                let price = json!({"price_list": "BASE", "sku": "A-3", "unit": "H87", "min_quantity": from.to_string(), "price": "1.5"});
                let answer = staff.post("/supplier/prices", price).await;
                assert!(matches!(answer.status, 201 | 422), "{}", answer.text);
            }
            5 => {
                if let Some((path, tag)) = self.some(&staff, "/supplier/prices?price_list=BASE").await {
                    let (method, body) = match self.numbers.below(2) {
                        0 => (Method::DELETE, None),
                        _ => (Method::PATCH, Some(json!({"price": "2.25"}))),
                    };
                    self.change(&staff, (method, &path, &tag), body).await;
                }
            }
            6 => {
                let order = json!({"lines": [{"sku": "A-1", "unit": "H87", "quantity": "1"}]});
                let placed = admin.place_order(order).await;
                // Its price may be gone.
                assert!(matches!(placed.status, 201 | 422), "{}", placed.text);
                if placed.status == 201 && self.numbers.below(2) == 0 {
                    let path = format!("/orders/{}/cancel", placed.expect(201)["id"].as_str().unwrap());
                    admin.post(&path, json!({})).await.expect(200);
                }
            }
            7 => {
                if let Some((path, tag)) = self.some(&staff, "/supplier/products").await {
                    let body = json!({"name": format!("Part {name}")});
                    self.change(&staff, (Method::PATCH, &path, &tag), Some(body)).await;
                }
            }
            _ => {
                // A-1 stays, so the assortment never opens.
                let articles = json!([{"sku": "A-2", "label_name": format!("Ours {name}")}]);
                let put = json!({"account": "ACME", "articles": articles});
                let put = staff.post("/supplier/assortments", put).await;
                assert!(matches!(put.status, 200 | 409 | 422), "{}", put.text);
                if self.numbers.below(2) == 0
                    && let Some((path, tag)) = self.some(&staff, "/supplier/assortments?account=ACME&q=Ours").await
                {
                    self.change(&staff, (Method::DELETE, &path, &tag), None).await;
                }
            }
        }
    }
}

/// As if a list had become another one a minute ago: who asks within some seconds reads it anew once more.
pub async fn as_if_a_minute_ago(app: &TestApp) {
    let back = |tx: &mut Connection| sql("UPDATE changes SET changed_us = changed_us - 60000000 WHERE id = 0").run(tx);
    app.db().write(back).await.unwrap();
}

/// What a list tells of an article that other lists are followed for.
fn without_price_and_stock(mut row: Value) -> Value {
    let article = row.as_object_mut().unwrap();
    article.remove("price");
    article.remove("availability");
    for unit in article["units"].as_array_mut().unwrap() {
        unit.as_object_mut().unwrap().remove("pack_price");
    }
    row
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_of_a_list_is_the_list_whatever_others_do_meanwhile() {
    let app = shop().await;
    let (admin, staff) = (app.person("ACME", "admin").await, app.staff("admin").await);
    let first = json!({"account": "ACME", "articles": [{"sku": "A-1"}]});
    staff.post("/supplier/assortments", first).await.expect(200);
    as_if_a_minute_ago(&app).await;
    let mut copies = Vec::new();
    // The last are what the list shows of other things: the names of articles, what they lack.
    let lists: [(&Client, &str, &str, &[&str]); 7] = [
        (&admin, "/account/contacts", "id", &[]),
        (&admin, "/orders?view=all", "id", &[]),
        (&staff, "/supplier/orders", "id", &[]),
        (&staff, "/supplier/prices?price_list=BASE", "id", &["name"]),
        (&staff, "/supplier/products", "id", &["lacks"]),
        (&staff, "/supplier/stock", "sku", &[]),
        (&staff, "/supplier/assortments?account=ACME", "id", &["name"]),
    ];
    for (client, path, key, but) in lists {
        copies.push((client, Mirror::begin(client, path, key).await, but));
    }
    let mut articles = Mirror::begin(&admin, "/products", "id").await;
    let writing = Arc::new(AtomicBool::new(true));
    let writers: Vec<_> = (0..3)
        .map(|number| {
            let mut writer = Writer {
                numbers: Numbers(number),
                admin: admin.clone(),
                staff: staff.clone(),
            };
            tokio::spawn(async move {
                for _ in 0..25 {
                    writer.step().await;
                }
            })
        })
        .collect();
    let done = {
        let writing = writing.clone();
        tokio::spawn(async move {
            for writer in writers {
                writer.await.unwrap();
            }
            writing.store(false, Ordering::Release);
        })
    };
    let mut gone = 0;
    loop {
        // Asked first: what is written before the end is read after it.
        let is_last = !writing.load(Ordering::Acquire);
        for (client, copy, _) in &mut copies {
            gone += copy.poll(client).await.len();
        }
        articles.poll(&admin).await;
        if is_last {
            break;
        }
    }
    done.await.unwrap();
    assert!(gone > 0, "something was removed");
    for (client, copy, but) in &copies {
        copy.same(client, but).await;
    }
    let now = super::whole(&admin, "/products", "id").await;
    let told = |rows: super::Rows| -> Vec<_> { rows.into_values().map(without_price_and_stock).collect() };
    assert_eq!(told(articles.rows), told(now));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_committed_after_it_was_written_is_not_missed() {
    let app = shop().await;
    let admin = app.person("ACME", "admin").await;
    let contact = json!({"code": "C-1", "name": "Before"});
    admin.post("/account/contacts", contact).await.expect(201);
    let mut copy = Mirror::begin(&admin, "/account/contacts", "id").await;
    let (wrote, written) = mpsc::channel();
    let (go, may_go) = mpsc::channel::<()>();
    let (db, may_go) = (app.db().clone(), std::sync::Mutex::new(may_go));
    let writer = std::thread::spawn(move || {
        db.write_now(move |tx: &mut Connection| {
            sql("UPDATE contacts SET name = 'After'").run(tx)?;
            wrote.send(()).unwrap();
            may_go.lock().unwrap().recv().unwrap();
            Ok(())
        })
    });
    written.recv().unwrap();
    if engine() == Engine::Postgres {
        // It is written and not committed: nobody sees it, and nobody is told to ask from later on.
        let old = portal::clock::rfc3339(portal::clock::now());
        copy.poll(&admin).await;
        assert_eq!(copy.rows.values().next().unwrap()["name"], "Before");
        assert!(copy.since < old);
        for _ in 0..3 {
            let since = copy.since.clone();
            copy.poll(&admin).await;
            assert_eq!(copy.since, since, "as long as it runs");
        }
        go.send(()).unwrap();
    } else {
        // On SQLite whoever asks waits for the writer.
        go.send(()).unwrap();
        copy.poll(&admin).await;
    }
    writer.join().unwrap().unwrap();
    copy.poll(&admin).await;
    assert_eq!(copy.rows.values().next().unwrap()["name"], "After");
}

async fn patch_product(staff: &Client, sku: &str, body: Value) {
    let found = staff.get(&format!("/supplier/products?q={sku}")).await.expect(200);
    let path = format!("/supplier/products/{}", found["data"][0]["id"].as_str().unwrap());
    let tag = staff.get(&path).await.header("etag").to_owned();
    staff.change(Method::PATCH, &path, &tag, Some(body)).await.expect(200);
}

/// SKUs that came, and how many are gone.
async fn told(client: &Client, copy: &mut Mirror) -> (Vec<String>, usize) {
    let before = copy.rows.clone();
    let gone = copy.poll(client).await;
    let was_here = |id: &String| before.values().any(|row| row["id"] == id.as_str());
    let came = copy.rows.iter().filter(|(id, row)| before.get(*id) != Some(row));
    let came = came.map(|(_, row)| row["sku"].as_str().unwrap().to_owned()).collect();
    assert!(
        gone.iter().all(was_here),
        "only what was seen is told to be gone: {gone:?}"
    );
    (came, gone.len())
}

#[tokio::test]
async fn nobody_is_told_of_an_article_they_never_saw() {
    let app = shop().await;
    let (buyer, staff) = (app.person("ACME", "buyer").await, app.staff("admin").await);
    let mut copy = Mirror::begin(&buyer, "/products", "id").await;
    assert_eq!(copy.rows.len(), 3);
    let foreign = json!({"sku": "R-1", "name": "Theirs", "base_unit": "H87", "decimals": 0, "tax_category": "S", "exclusive_account": "RIVAL"});
    staff.post("/supplier/products", foreign).await.expect(201);
    patch_product(&staff, "R-1", json!({"name": "Still theirs"})).await;
    assert_eq!(told(&buyer, &mut copy).await, (vec![], 0));
    patch_product(&staff, "A-3", json!({"exclusive_account": "RIVAL"})).await;
    assert_eq!(told(&buyer, &mut copy).await, (vec![], 1));
    assert_eq!(copy.rows.len(), 2);
    patch_product(&staff, "A-3", json!({"exclusive_account": null, "name": "Anybody's"})).await;
    assert_eq!(told(&buyer, &mut copy).await.0, ["A-3"]);

    // The first article narrows all that is seen: whoever follows reads all anew.
    let mine = json!({"account": "ACME", "articles": [{"sku": "A-1"}, {"sku": "A-2"}]});
    staff.post("/supplier/assortments", mine).await.expect(200);
    let asked = format!("/products?updated_since={}", copy.since);
    assert_eq!(buyer.get(&asked).await.faults()[0].1, "updated_since_forgotten");
    // From then on an article beside the assortment is none of theirs.
    as_if_a_minute_ago(&app).await;
    let mut copy = Mirror::begin(&buyer, "/products", "id").await;
    patch_product(&staff, "A-3", json!({"name": "Beside"})).await;
    patch_product(&staff, "A-2", json!({"name": "Within"})).await;
    copy.poll(&buyer).await;
    let names: Vec<_> = copy.rows.values().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Bolt", "Within"]);
    let page = buyer
        .get(&format!("/products?updated_since={}", copy.since))
        .await
        .expect(200);
    let third = staff.get("/supplier/products?q=A-3").await.expect(200)["data"][0]["id"].clone();
    assert!(
        page["removed"].as_array().unwrap().iter().all(|row| row["id"] != third),
        "{page}"
    );
}

/// The lines of an export, and what to ask with next.
pub async fn export(client: &Client, path: &str) -> (Vec<Value>, String) {
    let answer = client.get(path).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let lines = answer
        .text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut lines: Vec<_> = lines.filter(|line| line.get("cursor").is_none()).collect();
    let end = lines.pop().unwrap();
    assert_eq!((&end["end"], &end["rows"]), (&json!(true), &json!(lines.len())));
    (lines, end["next_updated_since"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn an_export_tells_how_to_go_on_and_what_is_gone() {
    let app = shop().await;
    let (buyer, rival) = (app.person("ACME", "buyer").await, app.person("RIVAL", "buyer").await);
    let staff = app.staff("admin").await;
    let order = json!({"lines": [{"sku": "A-1", "unit": "H87", "quantity": "1"}]});
    let first = buyer.place_order(order.clone()).await.expect(201);
    let (all, since) = export(&buyer, "/export/orders").await;
    assert_eq!(all[0]["id"], first["id"]);
    let path = format!("/orders/{}/cancel", first["id"].as_str().unwrap());
    buyer.post(&path, json!({})).await.expect(200);
    rival.place_order(order).await.expect(201);
    let (changed, _) = export(&buyer, &format!("/export/orders?updated_since={since}")).await;
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0]["state"], "cancelled");

    // Staff see all, or one account's.
    let (all, _) = export(&staff, "/supplier/export/orders").await;
    assert_eq!(all.len(), 2);
    let (own, _) = export(&staff, "/supplier/export/orders?account=acme").await;
    assert_eq!(own.len(), 1);
    assert_eq!(own[0]["account"], "ACME");
    let faults = staff.get("/supplier/export/prices?account=NOBODY").await.faults();
    assert_eq!(faults, [("/account".to_owned(), "unknown_account".to_owned())]);
    assert!(
        export(&staff, "/supplier/export/prices?account=ACME")
            .await
            .0
            .is_empty()
    );
    assert!(
        export(&staff, "/supplier/export/invoices?account=ACME")
            .await
            .0
            .is_empty()
    );

    let (prices, since) = export(&staff, "/supplier/export/prices").await;
    let path = format!("/supplier/prices/{}", prices[0]["id"].as_str().unwrap());
    let tag = staff.get(&path).await.header("etag").to_owned();
    staff.change(Method::DELETE, &path, &tag, None).await.expect(204);
    let (changed, _) = export(&staff, &format!("/supplier/export/prices?updated_since={since}")).await;
    let gone: Vec<_> = changed.iter().filter(|line| line.get("removed_at").is_some()).collect();
    assert_eq!(gone.len(), 1);
    assert_eq!(gone[0]["id"], prices[0]["id"]);

    // What lies there is told to whoever sees the article, and a cursor belongs to the moment it was asked with.
    let (_, since) = export(&buyer, "/export/stock").await;
    buyer
        .place_order(json!({"lines": [{"sku": "A-2", "unit": "H87", "quantity": "7"}]}))
        .await
        .expect(201);
    let (changed, _) = export(&buyer, &format!("/export/stock?updated_since={since}")).await;
    let changed = changed.iter().find(|line| line["sku"] == "A-2").unwrap();
    assert_eq!(changed["availability"]["quantity"], "993");
    let faults = buyer
        .get(&format!("/export/stock?updated_since={}&after=nonsense", present()))
        .await
        .faults();
    assert_eq!(faults, [("/after".to_owned(), "cursor_invalid".to_owned())]);
}
