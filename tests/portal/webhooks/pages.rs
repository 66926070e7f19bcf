//! Endpoints and deliveries as people see them.

use portal::ids::OrderId;

use super::{Deed, Hooked, Receiver, endpoint, id};

#[tokio::test]
async fn the_form_of_a_new_endpoint_keeps_what_was_typed_and_its_secret_is_shown_once() {
    let hooked = Hooked::start().await;
    let browser = hooked.app.browse_as("ACME", "admin").await;
    assert!(
        browser
            .page("/webhooks")
            .await
            .contains("No program is told of anything yet.")
    );
    let wrong = [
        ("url", "https://127.0.0.1/hooks"),
        ("description", "Our ERP"),
        ("content", "thin"),
        ("kinds", "order.placed"),
    ];
    let shown = browser.post("/webhooks", &wrong).await;
    assert_eq!(shown.status, 422, "{}", shown.html);
    for part in [
        "https://127.0.0.1/hooks",
        "Our ERP",
        "can’t be reached from outside",
        "value=\"thin\" selected",
    ] {
        assert!(shown.html.contains(part), "{part}: {}", shown.html);
    }
    let nothing = browser
        .post("/webhooks", &[("url", "https://erp.example/"), ("content", "full")])
        .await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.html.contains("Name at least one type"), "{}", nothing.html);
    let good = [
        ("url", "https://erp.example/hooks"),
        ("description", "Our ERP"),
        ("content", "thin"),
        ("kinds", "order.placed"),
    ];
    let shown = browser.post("/webhooks", &good).await;
    assert_eq!(shown.status, 200, "{}", shown.html);
    let (_, rest) = shown.html.split_once("whsec_").expect("the secret is shown");
    assert!(rest.len() > 44);
    let list = browser.page("/webhooks").await;
    assert!(
        list.contains("https://erp.example/hooks") && list.contains("Nothing sent yet"),
        "{list}"
    );
    let (_, rest) = list.split_once("href=\"/webhooks/whe_").unwrap();
    let path = format!("/webhooks/whe_{}", rest.split('"').next().unwrap());
    let page = browser.page(&path).await;
    assert!(!page.contains("whsec_") && page.contains("Order placed"), "{page}");
    // Somebody else changed it meanwhile.
    let stale = [
        ("version", "7"),
        ("url", "https://erp.example/other"),
        ("content", "full"),
        ("all", "1"),
    ];
    assert_eq!(browser.post(&path, &stale).await.status, 412);
    let change = [
        ("version", "1"),
        ("url", "https://erp.example/other"),
        ("content", "full"),
        ("all", "1"),
    ];
    browser.post(&path, &change).await.goes_to();
    let page = browser.page(&path).await;
    assert!(
        page.contains("https://erp.example/other") && page.contains("All events"),
        "{page}"
    );
    assert!(
        browser
            .post(&format!("{path}/rotate"), &[])
            .await
            .html
            .contains("whsec_")
    );
    assert!(browser.page(&path).await.contains("The old secret signs until"));
}

#[tokio::test]
async fn what_failed_is_seen_with_its_answer_and_sent_again() {
    let hooked = Hooked::start().await;
    let admin = hooked.admin("ACME").await;
    let receiver = Receiver::doing(|_| Deed::Answer(500, "", b"<b>no room</b>".to_vec())).await;
    let made = endpoint(&admin, &receiver.url).await;
    hooked.accept("ACME", OrderId(1)).await;
    hooked.send().await;
    let browser = hooked.app.browse_as("ACME", "admin").await;
    let path = format!("/webhooks/{}", id(&made));
    let list = browser.page(&format!("{path}/deliveries?state=due")).await;
    assert!(
        list.contains("Order accepted") && list.contains("Tried again") && list.contains("Answered 500"),
        "{list}"
    );
    assert!(
        browser
            .page(&format!("{path}/deliveries?state=parked"))
            .await
            .contains("Nothing was sent yet.")
    );
    let (_, rest) = list.split_once("/webhooks/deliveries/whd_").unwrap();
    let delivery = format!("/webhooks/deliveries/whd_{}", rest.split('"').next().unwrap());
    let page = browser.page(&delivery).await;
    // What others answer is text, whatever it looks like.
    assert!(
        page.contains("&#60;b&#62;no room") || page.contains("&lt;b&gt;no room"),
        "{page}"
    );
    assert!(page.contains("order.accepted") && page.contains(" ms"), "{page}");
    // It waits already.
    assert_eq!(
        browser.post(&format!("{delivery}/resend"), &[]).await.goes_to(),
        delivery
    );
    assert!(browser.page(&delivery).await.contains("It waits to be sent already."));
    let rival = hooked.app.browse_as("RIVAL", "admin").await;
    for path in [path, delivery] {
        assert_eq!(rival.get(&path).await.status, 404);
    }
}
