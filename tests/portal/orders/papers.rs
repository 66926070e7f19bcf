//! An order on paper.

use super::{cancel, line, order, shop};

#[tokio::test]
async fn an_order_is_printed_in_the_language_of_its_account() {
    let app = shop().await;
    app.import(&[(
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit,locale\n\
         GOLD,Gold Works,NL,EUR,gold,30,,de-AT\n",
    )])
    .await;
    for (account, language) in [("GOLD", "de"), ("SILVER", "en")] {
        let buyer = app.person(account, "buyer").await;
        let lines = [line("BOLT", "CT100", "2"), line("CABLE", "MTR", "0.75")];
        let placed = buyer.place_order(order(&lines)).await.expect(201);
        let answer = buyer
            .get(&format!("/orders/{}/pdf", placed["id"].as_str().unwrap()))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        assert_eq!(answer.header("content-type"), "application/pdf");
        let name = format!("inline; filename=\"order-{}.pdf\"", placed["number"].as_str().unwrap());
        assert_eq!(answer.header("content-disposition"), name);
        assert!(answer.text.starts_with("%PDF-1.7"));
        assert!(answer.text.contains(&format!("<rdf:li>{language}<")), "{account}");
    }
}

#[tokio::test]
async fn a_cancelled_order_says_so() {
    let app = shop().await;
    let buyer = app.person("GOLD", "buyer").await;
    let placed = buyer.place_order(order(&[line("BOLT", "H87", "1")])).await.expect(201);
    let path = format!("/orders/{}/pdf", placed["id"].as_str().unwrap());
    let before = buyer.get(&path).await.text;
    assert!(before.contains("Receipt of order"), "nobody has taken it on");
    cancel(&buyer, &placed).await;
    let after = buyer.get(&path).await.text;
    assert!(after.contains("Cancelled order"));
}
