//! Programs that sign for themselves (`private_key_jwt`).

use data_encoding::BASE64URL_NOPAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use portal::clock;
use reqwest::Method;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

use super::{FORM, GRANT, ask, refused};
use crate::app::TestApp;
use crate::client::{Answer, Client, unique};

const KIND: &str = "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer";

/// A key of a program.
struct Key {
    signing: EncodingKey,
    public: Value,
}

impl Key {
    fn new() -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap();
        let point = pair.public_key().as_ref();
        let part = |range| BASE64URL_NOPAD.encode(&point[range]);
        Self {
            signing: EncodingKey::from_ec_der(pkcs8.as_ref()),
            public: json!({"kty": "EC", "crv": "P-256", "x": part(1..33), "y": part(33..65)}),
        }
    }

    fn sign(&self, claims: &Value) -> String {
        jsonwebtoken::encode(&Header::new(Algorithm::ES256), claims, &self.signing).unwrap()
    }
}

fn claims(id: &str, audience: &str) -> Value {
    let now = clock::now().and_utc().timestamp();
    json!({"iss": id, "sub": id, "aud": audience, "iat": now, "exp": now + 60, "jti": unique()})
}

async fn present(at: &Client, assertion: &str) -> Answer {
    let body = format!("{GRANT}&{KIND}&client_assertion={assertion}");
    at.send_anywhere(Method::POST, "/oauth/token", &[FORM], Some(body))
        .await
}

/// A program of ACME that signs with this key; its id.
async fn signing(admin: &Client, key: &Key) -> String {
    let body = json!({"name": "Signs", "scopes": ["orders:read"], "public_keys": {"keys": [key.public]}});
    let added = admin.post("/clients", body).await.expect(201);
    assert!(added["secret"].is_null(), "{added}");
    added["client"]["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_assertion_gets_a_token_once_on_whichever_node() {
    let app = TestApp::with_accounts().await;
    let (admin, key) = (app.person("ACME", "admin").await, Key::new());
    let id = signing(&admin, &key).await;
    let public = Some("https://portal.example/".parse().unwrap());
    let (one, other) = (
        app.node_with(|state| state.reached_at(public.clone())).await,
        app.node_with(|state| state.reached_at(public.clone())).await,
    );
    for audience in ["https://portal.example", "https://portal.example/oauth/token"] {
        let assertion = key.sign(&claims(&id, audience));
        let given = present(&one.anonymous(), &assertion).await.expect(200);
        let client = one.anonymous().with_token(given["access_token"].as_str().unwrap());
        client.get("/orders").await.expect(200);
        for node in [&one, &other] {
            let told = refused(present(&node.anonymous(), &assertion).await, 401, "invalid_client");
            assert!(told.contains("used before"), "{told}");
        }
    }
    let assertion = key.sign(&claims(&id, "https://portal.example"));
    let (first, second) = (one.anonymous(), other.anonymous());
    let (first, second) = tokio::join!(present(&first, &assertion), present(&second, &assertion));
    let mut both = [first.status, second.status];
    both.sort_unstable();
    assert_eq!(both, [200, 401], "of two at once one is good");
}

#[tokio::test]
async fn an_assertion_that_is_old_of_another_key_or_for_another_place_gets_nothing() {
    let app = TestApp::with_accounts().await;
    let (admin, key) = (app.person("ACME", "admin").await, Key::new());
    let id = signing(&admin, &key).await;
    let (nobody, here) = (app.anonymous(), app.base());
    let now = clock::now().and_utc().timestamp();
    let with = |name: &str, value: Value| {
        let mut claims = claims(&id, &here);
        claims[name] = value;
        key.sign(&claims)
    };
    let without = |name: &str| {
        let mut claims = claims(&id, &here);
        claims.as_object_mut().unwrap().remove(name);
        key.sign(&claims)
    };
    let wrong = [
        with("exp", (now - 60).into()),
        with("exp", (now + 3_600).into()),
        with("iat", (now + 120).into()),
        with("nbf", (now + 120).into()),
        with("aud", "https://elsewhere.example".into()),
        with("iss", "cli_0000000000000".into()),
        with("sub", "cli_0000000000000".into()),
        with("jti", "".into()),
        without("jti"),
        without("exp"),
        without("aud"),
        Key::new().sign(&claims(&id, &here)),
        "nonsense".to_owned(),
    ];
    for (index, assertion) in wrong.iter().enumerate() {
        let answer = present(&nobody, assertion).await;
        // After ten of them nothing more is looked at that proves nothing.
        match answer.status {
            429 => assert!(index > 9, "{index}"),
            _ => drop(refused(answer, 401, "invalid_client")),
        }
    }
    present(&nobody, &key.sign(&claims(&id, &here))).await.expect(200);
    // It has no secret, and who says neither how nor with what proves nothing.
    let answer = ask(&nobody, &id, "kaps_", "").await;
    assert!([401, 429].contains(&answer.status), "{}", answer.text);
    let assertion = key.sign(&claims(&id, &here));
    let body = format!("{GRANT}&client_assertion={assertion}");
    let answer = nobody
        .send_anywhere(Method::POST, "/oauth/token", &[FORM], Some(body))
        .await;
    refused(answer, 400, "invalid_request");
    refused(
        ask(&nobody, &id, "kaps_", &format!("{KIND}&client_assertion={assertion}")).await,
        400,
        "invalid_request",
    );
}

#[tokio::test]
async fn keys_are_replaced_and_the_old_one_proves_nothing_any_more() {
    let app = TestApp::with_accounts().await;
    let (admin, old, new) = (app.person("ACME", "admin").await, Key::new(), Key::new());
    let id = signing(&admin, &old).await;
    let (nobody, here) = (app.anonymous(), app.base());
    let change = json!({"public_keys": {"keys": [new.public]}});
    let changed = admin
        .change(Method::PATCH, &format!("/clients/{id}"), "*", Some(change))
        .await
        .expect(200);
    assert_eq!(changed["public_keys"]["keys"][0]["x"], new.public["x"]);
    refused(
        present(&nobody, &old.sign(&claims(&id, &here))).await,
        401,
        "invalid_client",
    );
    present(&nobody, &new.sign(&claims(&id, &here))).await.expect(200);
}
