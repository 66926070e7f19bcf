//! Claims: filed on what left and never above it, answered, decided line by line, made good.

use serde_json::{Value, json};

use super::{Shop, id, line, texts};
use crate::client::{Answer, Client, unique};

impl Shop {
    pub async fn try_claim(&self, body: Value) -> Answer {
        self.gold.post_with_key("/claims", &unique(), body).await
    }

    pub async fn claim(&self, shipment: &Value, kind: &str, wish: &str, lines: Value) -> Value {
        let body =
            json!({"shipment_id": id(shipment), "kind": kind, "wish": wish, "text": "Not as ordered.", "lines": lines});
        self.try_claim(body).await.expect(201)
    }

    pub async fn decide(&self, claim: &Value, lines: Value) -> Answer {
        let path = format!("/supplier/claims/{}/decide", id(claim));
        self.service.post(&path, json!({ "lines": lines })).await
    }

    pub async fn settle(&self, by: &Client, claim: &Value, body: Value) -> Answer {
        by.post(&format!("/supplier/claims/{}/settle", id(claim)), body).await
    }

    pub async fn shipped(&self, lines: &[Value]) -> Value {
        let order = self.accepted(&self.gold, lines).await;
        let shipment = self.ship(&order).await;
        self.deliver(&shipment).await
    }

    pub async fn claim_now(&self, claim: &Value) -> Value {
        self.gold.get(&format!("/claims/{}", id(claim))).await.expect(200)
    }
}

#[tokio::test]
async fn a_claim_is_answered_decided_and_credited() {
    let shop = Shop::open().await;
    let shipment = shop
        .shipped(&[line("RARE", "H87", "10"), line("FOOD", "H87", "3")])
        .await;
    let invoice = shop.invoice(&shipment).await;
    let lines = json!([{"position": 1, "quantity": "4"}, {"position": 2}]);
    let claim = shop.claim(&shipment, "damaged", "credit", lines).await;
    assert_eq!(texts(&claim["lines"], "quantity"), ["4", "3"]);
    assert_eq!(
        [&claim["state"], &claim["invoice_id"], &claim["number"]],
        [
            &json!("open"),
            &invoice["id"],
            &json!(format!("CL-{}-000001", &claim["opened_at"].as_str().unwrap()[..4]))
        ]
    );
    let said = json!({"text": "Please send a photo."});
    let path = format!("/supplier/claims/{}/messages", id(&claim));
    let key = unique();
    shop.service.post_with_key(&path, &key, said.clone()).await.expect(201);
    shop.service.post_with_key(&path, &key, said).await.expect(201);
    let now = shop.claim_now(&claim).await;
    assert_eq!(texts(&now["messages"], "text"), ["Please send a photo."]);
    assert_eq!(
        (&now["messages"][0]["author"], &now["messages"][0]["side"]),
        (&Value::Null, &json!("supplier"))
    );
    assert!(now["answered_at"].is_string());

    let decided = json!([{"position": 1, "quantity": "3", "reason": "One is whole."}, {"position": 2, "quantity": "0", "reason": "They are whole."}]);
    let decided = shop.decide(&claim, decided).await.expect(200);
    assert_eq!(decided["state"], "partly_accepted");

    shop.settle(&shop.service, &claim, json!({}))
        .await
        .problem(403, "forbidden");
    let settled = shop.settle(&shop.finance, &claim, json!({})).await.expect(200);
    assert_eq!(
        (&settled["state"], &settled["outcome"]),
        (&json!("settled"), &json!("credit"))
    );
    let path = format!("/credit-notes/{}", settled["credit_note_id"].as_str().unwrap());
    let credit = shop.gold.get(&path).await.expect(200);
    assert_eq!(
        (&credit["net_total"], &credit["reason"]),
        (&json!("30.00"), &json!("damaged"))
    );
    assert_eq!(credit["note"], claim["number"]);
    shop.settle(&shop.finance, &claim, json!({}))
        .await
        .problem(409, "claim_state");
    let again = shop.decide(&claim, json!([{"position": 1, "quantity": "4"}])).await;
    again.problem(409, "claim_state");
    let timeline = format!("/orders/{}/timeline", claim["order_id"].as_str().unwrap());
    let timeline = shop.gold.get(&timeline).await.expect(200);
    for kind in ["claim.opened", "claim.replied", "claim.decided", "claim.settled"] {
        assert!(texts(&timeline["data"], "type").contains(&kind), "{kind}");
    }
    shop.app.finish().await;
}

#[tokio::test]
async fn no_more_is_claimed_than_left_whoever_claims_it_at_once() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "10")]).await;
    let invoice = shop.invoice(&shipment).await;
    let body = |quantity: &str| json!({"shipment_id": id(&shipment), "kind": "short", "wish": "credit", "text": "Too few.", "lines": [{"position": 1, "quantity": quantity}]});
    let refused = shop.try_claim(body("11")).await.faults();
    assert_eq!(
        refused,
        [("/lines/0/quantity".to_owned(), "quantity_invalid".to_owned())]
    );
    let tries = (0..6).map(|_| shop.try_claim(body("3")));
    let answers = futures::future::join_all(tries).await;
    let filed = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(filed, 3, "3 times 3 of 10");
    // By its invoice it is the same goods.
    let mut by_invoice = body("2");
    by_invoice["shipment_id"] = Value::Null;
    by_invoice["invoice_id"] = invoice["id"].clone();
    assert_eq!(shop.try_claim(by_invoice.clone()).await.status, 422);
    by_invoice["lines"][0].as_object_mut().unwrap().remove("quantity");
    let last = shop.try_claim(by_invoice).await.expect(201);
    assert_eq!(texts(&last["lines"], "quantity"), ["1"]);
    let withdrawn = shop
        .gold
        .post(&format!("/claims/{}/withdraw", id(&last)), json!({}))
        .await
        .expect(200);
    assert_eq!(withdrawn["state"], "withdrawn");
    assert_eq!(shop.try_claim(body("1")).await.status, 201);
    let mut foreign = body("1");
    foreign["shipment_id"] = shipment["id"].clone();
    let foreign = shop.silver.post_with_key("/claims", &unique(), foreign).await;
    assert_eq!(
        foreign.faults(),
        [("/shipment_id".to_owned(), "unknown_shipment".to_owned())]
    );
    let numbers = shop.gold.get("/claims?sort=answer_by").await.expect(200);
    assert_eq!(numbers["data"].as_array().unwrap().len(), 5);
    shop.app.finish().await;
}

#[tokio::test]
async fn all_faults_of_a_claim_and_a_decision_come_at_once() {
    let shop = Shop::open().await;
    let shipment = shop
        .shipped(&[line("RARE", "H87", "10"), line("FOOD", "H87", "3")])
        .await;
    let body = json!({"shipment_id": id(&shipment), "kind": "late", "wish": "credit", "text": " ",
        "lines": [{"position": 7}, {"position": 1, "quantity": "0"}, {"position": 2, "quantity": "1.5"}, {"position": 2}, {"position": 2}]});
    let faults = shop.try_claim(body).await.faults();
    let expected = [
        ("/text", "required"),
        ("/lines/0/position", "unknown_line"),
        ("/lines/1/quantity", "quantity_invalid"),
        ("/lines/2/quantity", "quantity_not_whole"),
        ("/lines/4/position", "duplicate_key"),
    ];
    assert_eq!(
        faults,
        expected.map(|(place, code)| (place.to_owned(), code.to_owned()))
    );
    let both = json!({"shipment_id": id(&shipment), "invoice_id": id(&shipment), "kind": "late", "wish": "credit", "text": "x", "lines": []});
    assert_eq!(
        shop.try_claim(both).await.faults(),
        [("/shipment_id".to_owned(), "value_invalid".to_owned())]
    );

    let claim = shop
        .claim(
            &shipment,
            "quality",
            "replace",
            json!([{"position": 1, "quantity": "2"}, {"position": 2}]),
        )
        .await;
    let faults = shop
        .decide(&claim, json!([{"position": 1, "quantity": "3"}]))
        .await
        .faults();
    let expected = [("/lines/0/quantity", "quantity_invalid"), ("/lines", "required")];
    assert_eq!(
        faults,
        expected.map(|(place, code)| (place.to_owned(), code.to_owned()))
    );
    let lines =
        json!([{"position": 1, "quantity": "1"}, {"position": 2, "quantity": "0", "net": "1.00", "reason": "no"}]);
    let faults = shop.decide(&claim, lines).await.faults();
    let expected = [("/lines/0/reason", "required"), ("/lines/1/net", "value_invalid")];
    assert_eq!(
        faults,
        expected.map(|(place, code)| (place.to_owned(), code.to_owned()))
    );
    for kind in ["price", "late"] {
        let lines = json!([{"position": 1, "quantity": "1"}]);
        let claim = shop.claim(&shipment, kind, "credit", lines.clone()).await;
        let faults = shop.decide(&claim, lines).await.faults();
        assert_eq!(faults, [("/lines/0/net".to_owned(), "required".to_owned())], "{kind}");
        let nothing = json!([{"position": 1, "quantity": "0", "reason": "As agreed."}]);
        let rejected = shop.decide(&claim, nothing).await.expect(200);
        assert_eq!(rejected["state"], "rejected");
    }
    let mails = shop.app.mails().await;
    let mut rejections = mails.iter().filter(|mail| mail.texts.subject.ends_with("rejected"));
    let rejection = rejections.next().expect("a rejection is told");
    assert!(!rejection.texts.text.contains("make good"), "{}", rejection.texts.text);
    shop.app.finish().await;
}

#[tokio::test]
async fn what_is_not_left_to_credit_is_not_credited_and_the_claim_stays_as_it_is() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "10")]).await;
    let claim = shop.claim(&shipment, "price", "credit", json!([{"position": 1}])).await;
    shop.decide(&claim, json!([{"position": 1, "quantity": "10", "net": "12.50"}]))
        .await
        .expect(200);
    let early = shop
        .settle(&shop.finance, &claim, json!({}))
        .await
        .problem(409, "claim_state");
    assert!(early["detail"].as_str().unwrap().contains("not invoiced"), "{early}");
    assert_eq!(shop.claim_now(&claim).await["invoice_id"], Value::Null);
    let invoice = shop.invoice(&shipment).await;
    let now = shop.claim_now(&claim).await;
    assert_eq!(
        [&now["invoice_id"], &now["invoice_number"]],
        [&invoice["id"], &invoice["number"]]
    );
    let most = json!({"invoice_id": id(&invoice), "reason": "goodwill", "lines": [{"position": 1, "net": "90.00"}]});
    let most = shop
        .finance
        .post_with_key("/supplier/credit-notes", &unique(), most)
        .await;
    most.expect(201);
    let refused = shop
        .settle(&shop.finance, &claim, json!({}))
        .await
        .problem(409, "nothing_to_credit");
    assert!(refused["detail"].as_str().unwrap().contains("10.00"), "{refused}");
    assert_eq!(shop.claim_now(&claim).await["state"], "accepted");
    let beyond = json!([{"position": 1, "quantity": "10", "net": "100.01"}]);
    let faults = shop.decide(&claim, beyond).await.faults();
    assert_eq!(faults, [("/lines/0/net".to_owned(), "value_invalid".to_owned())]);
    let less = json!([{"position": 1, "quantity": "10", "net": "10.00"}]);
    let anew = shop.decide(&claim, less).await.expect(200);
    assert_eq!(
        (&anew["state"], &anew["lines"][0]["net"]),
        (&json!("accepted"), &json!("10.00"))
    );
    let settled = shop.settle(&shop.finance, &claim, json!({})).await.expect(200);
    assert_eq!(settled["state"], "settled");
    shop.app.finish().await;
}

#[tokio::test]
async fn causes_are_kept_by_version_and_found_again() {
    let shop = Shop::open().await;
    let shipment = shop.shipped(&[line("RARE", "H87", "2")]).await;
    let claim = shop
        .claim(&shipment, "quality", "repair", json!([{"position": 1}]))
        .await;
    let path = format!("/supplier/claims/{}", id(&claim));
    let seen = shop.service.get(&path).await;
    let etag = seen.header("etag").to_owned();
    let analysis = json!({"root_cause": "A blunt tool", "owner": "Otto", "due_on": "2027-01-15"});
    let put = format!("{path}/analysis");
    let change = async |etag: &str| {
        let body = Some(analysis.clone());
        shop.service.change(reqwest::Method::PUT, &put, etag, body).await
    };
    let changed = change(&etag).await.expect(200);
    assert_eq!(changed["analysis"]["root_cause"], "A blunt tool");
    change(&etag).await.problem(412, "precondition_failed");
    for (query, count) in [
        ("root_cause=blunt", 1),
        ("root_cause=rust", 0),
        ("kind=quality&sku=RARE&account=GOLD&state=open", 1),
        ("sku=BOLT", 0),
        ("overdue=true", 0),
        ("q=gold", 1),
    ] {
        let found = shop.service.get(&format!("/supplier/claims?{query}")).await.expect(200);
        assert_eq!(found["data"].as_array().unwrap().len(), count, "{query}");
    }
    let own = shop.claim_now(&claim).await;
    assert!(own.get("analysis").is_none(), "the account doesn't read it");
    shop.app.finish().await;
}

#[tokio::test]
async fn the_day_to_answer_is_what_is_agreed() {
    let shop = Shop::open().await;
    let admin = shop.app.staff("admin").await;
    let put = |body: Value| {
        let admin = &admin;
        async move {
            admin
                .send(
                    reqwest::Method::PUT,
                    "/supplier/claim-terms",
                    &[],
                    Some(body.to_string()),
                )
                .await
        }
    };
    let shipment = shop.shipped(&[line("RARE", "H87", "9")]).await;
    let mut days = Vec::new();
    for body in [
        Value::Null,
        json!({"answer_days": 2}),
        json!({"account": "GOLD", "answer_days": 0}),
        json!({"account": "GOLD"}),
    ] {
        if !body.is_null() {
            put(body).await.expect(200);
        }
        let claim = shop
            .claim(&shipment, "late", "repair", json!([{"position": 1, "quantity": "1"}]))
            .await;
        let by: chrono::NaiveDate = claim["answer_by"].as_str().unwrap().parse().unwrap();
        days.push(by);
    }
    let from_last = |index: usize| (days[index] - days[2]).num_days();
    assert_eq!([from_last(0), from_last(1), from_last(3)], [5, 2, 2]);
    put(json!({"answer_days": 366})).await.problem(422, "validation_failed");
    put(json!({"account": "NOBODY", "answer_days": 1}))
        .await
        .problem(422, "validation_failed");
    shop.app.finish().await;
}

#[tokio::test]
async fn each_side_gets_what_the_other_says_by_mail() {
    let shop = Shop::open().await;
    // Nobody is behind the account, so the admins of the staff hear what it says.
    shop.app.staff("admin").await;
    let shipment = shop.shipped(&[line("RARE", "H87", "2")]).await;
    shop.app.mails().await;
    let claim = shop
        .claim(&shipment, "damaged", "repair", json!([{"position": 1}]))
        .await;
    shop.decide(&claim, json!([{"position": 1, "quantity": "2"}]))
        .await
        .expect(200);
    let long = shop
        .settle(&shop.service, &claim, json!({"text": "a".repeat(2_001)}))
        .await;
    assert_eq!(long.faults(), [("/text".to_owned(), "value_too_long".to_owned())]);
    shop.settle(&shop.service, &claim, json!({"text": "The mechanic comes on Monday."}))
        .await
        .expect(200);
    let mails = shop.app.mails().await;
    let number = claim["number"].as_str().unwrap();
    let about: Vec<_> = mails
        .iter()
        .filter(|mail| mail.texts.subject.contains(number))
        .collect();
    assert!(
        about.iter().any(|mail| mail.texts.subject.contains("Gold Works")),
        "the team hears of it"
    );
    assert!(about.iter().any(|mail| mail.texts.subject.ends_with("accepted")));
    assert!(
        about
            .iter()
            .any(|mail| mail.texts.text.contains("The mechanic comes on Monday."))
    );
    shop.app.finish().await;
}
