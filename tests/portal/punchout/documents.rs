//! Documents: who is believed, what is refused, what is kept.

use serde_json::json;

use super::{BACK, Buyer, ask_profile, code, document, send, setup, setup_request};
use crate::client::unique;

#[tokio::test]
async fn a_secret_opens_and_a_wrong_one_does_not() {
    let buyer = Buyer::start().await;
    let client = buyer.app.anonymous();
    let good = ask_profile(&client, "acme", &buyer.secret).await;
    assert_eq!(code(&good).0, "200");
    let profile = good.at(&["Response", "ProfileResponse"]).unwrap();
    let names: Vec<_> = profile
        .all("Transaction")
        .filter_map(|one| one.attribute("requestName"))
        .collect();
    assert!(
        names.contains(&"PunchOutSetupRequest") && names.contains(&"OrderRequest"),
        "{names:?}"
    );
    for (identity, secret) in [
        ("acme", "wrong"),
        ("acme", ""),
        ("nobody", buyer.secret.as_str()),
        ("ACME", buyer.secret.as_str()),
    ] {
        assert_eq!(
            code(&ask_profile(&client, identity, secret).await).0,
            "401",
            "{identity}"
        );
    }
    // For somebody else than us, or by somebody else than who was agreed.
    let own = document("acme", &buyer.secret, &unique(), "<ProfileRequest/>");
    assert_eq!(code(&send(&client, own.replace(">AN1<", ">AN2<")).await).0, "401");
    let mut of_market = setup("acme");
    of_market["sender_domain"] = "NetworkID".into();
    of_market["sender_identity"] = "market".into();
    buyer.put(of_market).await;
    assert_eq!(code(&send(&client, own.clone()).await).0, "401");
    let by_market = own.replace(
        "<Sender><Credential domain=\"DUNS\"><Identity>acme",
        "<Sender><Credential domain=\"networkid\"><Identity>market",
    );
    assert_eq!(code(&send(&client, by_market).await).0, "200");
}

#[tokio::test]
async fn who_guesses_secrets_is_kept_waiting() {
    let buyer = Buyer::start().await;
    let client = buyer.app.anonymous();
    let mut last = String::new();
    for _ in 0..12 {
        last = code(&ask_profile(&client, "acme", "wrong").await).0;
    }
    assert_eq!(last, "560");
    // What is right is never held off.
    assert_eq!(code(&ask_profile(&client, "acme", &buyer.secret).await).0, "200");
}

#[tokio::test]
async fn many_credentials_are_not_looked_up() {
    let buyer = Buyer::start().await;
    let own = document("acme", &buyer.secret, &unique(), "<ProfileRequest/>");
    let more = |count: usize| {
        let other = "<From><Credential domain=\"x\"><Identity>y</Identity></Credential>";
        let others = other.replacen("<From>", "", 1).repeat(count);
        own.replacen("<From>", &format!("<From>{others}"), 1).replacen(
            " payloadID=\"",
            &format!(" payloadID=\"{count}-"),
            1,
        )
    };
    for (count, expected) in [(9, "200"), (10, "406")] {
        let answer = code(&send(&buyer.app.anonymous(), more(count)).await);
        assert_eq!(answer.0, expected, "{answer:?}");
    }
}

#[tokio::test]
async fn who_sends_too_much_is_kept_waiting() {
    let buyer = Buyer::start().await;
    let client = buyer.app.anonymous();
    for _ in 0..portal::punchout::rules::DOCUMENTS_A_MINUTE {
        ask_profile(&client, "acme", &buyer.secret).await;
    }
    assert_eq!(code(&ask_profile(&client, "acme", &buyer.secret).await).0, "560");
}

#[tokio::test]
async fn baskets_go_back_to_hosts_that_were_agreed() {
    let buyer = Buyer::start().await;
    for url in [
        "http://erp.acme.example/back",
        "https://evil.example/",
        "javascript:alert(1)",
        "https://erp.acme.example@evil.example/",
        "",
    ] {
        let answer = buyer.send(&setup_request("create", "1", url, "")).await;
        assert_eq!(code(&answer).0, "403", "{url}");
        assert!(answer.at(&["Response", "PunchOutSetupResponse"]).is_none());
    }
    assert_eq!(
        code(&buyer.send(&setup_request("source", "1", BACK, "")).await).0,
        "450"
    );
}

#[tokio::test]
async fn entities_and_other_bombs_are_refused() {
    let buyer = Buyer::start().await;
    let client = buyer.app.anonymous();
    let own = |doctype: &str, asked: &str| {
        let text = document("acme", &buyer.secret, &unique(), asked);
        let (before, rest) = text.split_once("<!DOCTYPE").unwrap();
        let (_, after) = rest.split_once('>').unwrap();
        format!("{before}{doctype}{after}")
    };
    let mut laughs = String::from("<!DOCTYPE cXML [<!ENTITY a0 \"lol\">");
    for place in 1..12 {
        laughs.push_str(&format!(
            "<!ENTITY a{place} \"{}\">",
            format!("&a{};", place - 1).repeat(10)
        ));
    }
    laughs.push_str("]>");
    for bad in [
        own(&laughs, "<ProfileRequest>&a11;</ProfileRequest>"),
        own(
            "<!DOCTYPE cXML [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
            "<ProfileRequest>&x;</ProfileRequest>",
        ),
        own(
            "<!DOCTYPE cXML [<!ENTITY % x SYSTEM \"http://127.0.0.1:1/x.dtd\"> %x;]>",
            "<ProfileRequest/>",
        ),
        own("", "<ProfileRequest>&x;</ProfileRequest>"),
        own("", "<ProfileRequest><Odd/></ProfileRequest>"),
        own("", &"<a>".repeat(100_000)),
        "not xml".to_owned(),
        String::new(),
        "<html/>".to_owned(),
        format!(
            "<cXML payloadID=\"1\" timestamp=\"1\">{}</cXML>",
            " ".repeat(4 * 1024 * 1024)
        ),
    ] {
        let answer = send(&client, bad.clone()).await;
        assert_eq!(code(&answer).0, "406", "{}", &bad[..bad.len().min(300)]);
    }
    assert_eq!(code(&ask_profile(&client, "acme", &buyer.secret).await).0, "200");
    let headers = [("content-type", "application/json")];
    let json = client.send_anywhere(reqwest::Method::POST, "/punchout/cxml", &headers, Some("{}".to_owned()));
    let answer = json.await;
    assert!(
        answer.status == 200 && answer.text.contains("code=\"406\""),
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn documents_are_kept_without_their_secrets() {
    let buyer = Buyer::start().await;
    let status = "<StatusUpdateRequest><DocumentReference payloadID=\"inv-1\"/><Status code=\"200\" text=\"OK\"/></StatusUpdateRequest>";
    assert_eq!(code(&buyer.send_as("st-1", status).await).0, "200");
    let listed = buyer.staff.get(&buyer.at("/documents")).await.expect(200);
    let first = &listed["data"][0];
    assert_eq!(
        (first["document"].as_str(), first["reference"].as_str()),
        (Some("StatusUpdateRequest"), Some("inv-1"))
    );
    assert_eq!(first["request"], json!(null));
    let one = buyer
        .staff
        .get(&buyer.at(&format!("/documents/{}", first["id"].as_str().unwrap())))
        .await
        .expect(200);
    let request = one["request"].as_str().unwrap();
    assert!(
        request.contains("<SharedSecret>…</SharedSecret>") && !request.contains(&buyer.secret),
        "{request}"
    );
    assert!(one["answer"].as_str().unwrap().contains("code=\"200\""));
    let other = buyer.staff.get("/supplier/accounts?limit=50").await.expect(200);
    let rival = other["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|account| account["code"] == "RIVAL")
        .unwrap();
    let path = format!(
        "/supplier/accounts/{}/punchout/documents/{}",
        rival["id"].as_str().unwrap(),
        first["id"].as_str().unwrap()
    );
    buyer.staff.get(&path).await.problem(404, "not_found");
}

#[tokio::test]
async fn a_set_up_is_checked_as_a_whole() {
    let buyer = Buyer::start().await;
    let bad = json!({
        "buyer_domain": "", "buyer_identity": "x", "supplier_domain": "y", "supplier_identity": "z", "mode": "live",
        "return_hosts": ["https://erp.example"], "frame_ancestors": ["*"], "transport": "zip", "sender_domain": "only",
        "sites": {"1": "NOWHERE"}, "invoice_url": "http://169.254.169.254/", "units": {"H87": ""}
    });
    let headers = [("If-Match", "*")];
    let put = buyer
        .staff
        .send(reqwest::Method::PUT, &buyer.at(""), &headers, Some(bad.to_string()))
        .await;
    let mut faults: Vec<_> = put.faults().into_iter().map(|(pointer, _)| pointer).collect();
    faults.sort();
    assert_eq!(
        faults,
        [
            "/buyer_domain",
            "/frame_ancestors/0",
            "/invoice_url",
            "/mode",
            "/return_hosts/0",
            "/sender_identity",
            "/sites",
            "/transport",
            "/units"
        ]
    );
    // Another account can't take the same credential.
    let accounts = buyer.staff.get("/supplier/accounts?limit=50").await.expect(200);
    let rival = accounts["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|account| account["code"] == "RIVAL")
        .unwrap();
    let path = format!("/supplier/accounts/{}/punchout", rival["id"].as_str().unwrap());
    let mut same = setup("acme");
    same["buyer_domain"] = "duns".into();
    let put = buyer
        .staff
        .send(reqwest::Method::PUT, &path, &headers, Some(same.to_string()))
        .await;
    assert_eq!(
        put.faults(),
        [("/buyer_identity".to_owned(), "duplicate_key".to_owned())]
    );
    // One who saw an older version overwrites nothing.
    let stale = [("If-Match", "\"0\"")];
    let put = buyer
        .staff
        .send(
            reqwest::Method::PUT,
            &buyer.at(""),
            &stale,
            Some(setup("acme").to_string()),
        )
        .await;
    put.problem(412, "precondition_failed");
    // Nobody punches out once it is gone.
    let own = buyer.staff.get(&buyer.at("")).await;
    let etag = own.header("etag").to_owned();
    let delete = buyer
        .staff
        .change(reqwest::Method::DELETE, &buyer.at(""), &etag, None)
        .await;
    assert_eq!(delete.status, 204);
    assert_eq!(
        code(&ask_profile(&buyer.app.anonymous(), "acme", &buyer.secret).await).0,
        "401"
    );
}
