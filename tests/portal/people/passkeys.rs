//! Passkeys, with an authenticator of the test's own.

use ciborium::Value as Cbor;
use data_encoding::BASE64URL_NOPAD;
use portal::config::{RequireMfa, SignIn};
use reqwest::header::LOCATION;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{actions, run, text};
use crate::app::{Node, PASSWORD, TestApp};
use crate::browser::Browser;

const HOST: &str = "portal.localhost";
const ORIGIN: &str = "http://portal.localhost";
const PATH: &str = "/profile/second-factor";

#[tokio::test]
async fn a_passkey_is_second_factor_enough_for_who_must_have_one() {
    let app = TestApp::with_accounts().await;
    let needing = |state: portal::state::AppState| {
        let all = SignIn {
            require_mfa: Some(RequireMfa::All),
            ..SignIn::default()
        };
        state.signing_in_by(all).reached_at(Some(ORIGIN.parse().unwrap()))
    };
    let node = app.node_with(needing).await;
    let browser = app.browse_as("ACME", "buyer").await.at(&node.base);
    assert_eq!(browser.get("/orders").await.goes_to(), PATH);
    let added = add(&browser, &Authenticator::new("key-1")).await;
    assert_eq!(added.status, 200, "{}", added.html);
    browser.page("/orders").await;
    // New recovery codes for one of the old ones: there is no authenticator that shows others.
    let code = added
        .html
        .split_once("<li><code>")
        .unwrap()
        .1
        .split_once('<')
        .unwrap()
        .0
        .to_owned();
    assert!(browser.page(PATH).await.contains("10 recovery codes are left."));
    let renewed = browser
        .post("/profile/second-factor/recovery-codes", &[("code", &code)])
        .await;
    assert_eq!(renewed.html.matches("<li><code>").count(), 10, "{}", renewed.html);
    assert!(!renewed.html.contains(&code));
}

/// A node that people reach by a name; to a number no passkey can be bound.
pub(super) async fn named_node(app: &TestApp) -> Node {
    app.node_with(|state| state.reached_at(Some(ORIGIN.parse().unwrap())))
        .await
}

/// Keeps one key, and does what it is told.
pub(super) struct Authenticator {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    origin: &'static str,
}

impl Authenticator {
    pub(super) fn new(id: &str) -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        Self {
            key: EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).unwrap(),
            id: id.as_bytes().to_vec(),
            origin: ORIGIN,
        }
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        json!({"type": kind, "challenge": options["challenge"], "origin": self.origin})
            .to_string()
            .into_bytes()
    }

    fn data(flags: u8, counter: u8) -> Vec<u8> {
        let mut data = Sha256::digest(HOST).to_vec();
        data.extend([flags, 0, 0, 0, counter]);
        data
    }

    /// The fields of a form that adds the passkey.
    fn make(&self, options: &Value) -> Vec<(&'static str, String)> {
        assert_eq!(options["rp"]["id"], HOST);
        let (x, y) = self.key.public_key().as_ref()[1..].split_at(32);
        let numbers = [(1, 2), (3, -7), (-1, 1)].map(|(label, value)| (Cbor::from(label), Cbor::from(value)));
        let bytes = [(-2, x), (-3, y)].map(|(label, value)| (Cbor::from(label), Cbor::Bytes(value.to_vec())));
        let key = Cbor::Map(numbers.into_iter().chain(bytes).collect());
        let mut data = Self::data(0x41, 1);
        data.extend([0; 16]);
        data.extend([0, u8::try_from(self.id.len()).unwrap()]);
        data.extend(&self.id);
        ciborium::into_writer(&key, &mut data).unwrap();
        let object = Cbor::Map(vec![(Cbor::from("authData"), Cbor::Bytes(data))]);
        let mut attestation = Vec::new();
        ciborium::into_writer(&object, &mut attestation).unwrap();
        vec![
            ("credential", BASE64URL_NOPAD.encode(&self.id)),
            (
                "client_data",
                BASE64URL_NOPAD.encode(&self.client_data("webauthn.create", options)),
            ),
            ("data", BASE64URL_NOPAD.encode(&attestation)),
        ]
    }

    /// The fields of a form that uses it.
    fn answer(&self, options: &Value, counter: u8) -> Vec<(&'static str, String)> {
        assert_eq!(options["rpId"], HOST);
        let client_data = self.client_data("webauthn.get", options);
        let data = Self::data(0x01, counter);
        let message = [data.as_slice(), Sha256::digest(&client_data).as_slice()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &message).unwrap();
        vec![
            ("credential", BASE64URL_NOPAD.encode(&self.id)),
            ("client_data", BASE64URL_NOPAD.encode(&client_data)),
            ("data", BASE64URL_NOPAD.encode(&data)),
            ("signature", BASE64URL_NOPAD.encode(signature.as_ref())),
        ]
    }
}

/// What the page gives a browser for its authenticator.
fn options(html: &str) -> Value {
    let (_, rest) = html
        .split_once("data-passkey=\"")
        .unwrap_or_else(|| panic!("no passkey is asked for: {html}"));
    let json = rest
        .split_once('"')
        .unwrap()
        .0
        .replace("&#34;", "\"")
        .replace("&#38;", "&");
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

fn hidden(html: &str, name: &str) -> String {
    let (_, rest) = html
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap_or_else(|| panic!("{name}: {html}"));
    rest.split_once('"').unwrap().0.to_owned()
}

async fn send(browser: &Browser, path: &str, fields: &[(&'static str, String)]) -> crate::browser::Shown {
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(path, &fields).await
}

/// Adds a passkey on the profile; what the page answers.
pub(super) async fn add(browser: &Browser, authenticator: &Authenticator) -> crate::browser::Shown {
    let page = browser.page(PATH).await;
    let mut fields = authenticator.make(&options(&page));
    fields.extend([("token", hidden(&page, "token")), ("name", "My key".to_owned())]);
    send(browser, "/profile/passkeys", &fields).await
}

/// Gives the password; the page that asks for more.
async fn asked(browser: &Browser, email: &str) -> String {
    let shown = browser
        .post("/sign-in", &[("email", email), ("password", PASSWORD)])
        .await;
    assert_eq!(shown.status, 200, "{shown:?}");
    shown.html
}

fn signing_in(page: &str, mut answer: Vec<(&'static str, String)>) -> Vec<(&'static str, String)> {
    answer.push(("challenge", hidden(page, "challenge")));
    answer
}

#[tokio::test]
async fn a_passkey_stands_in_for_the_code() {
    let app = TestApp::with_accounts().await;
    let node = named_node(&app).await;
    let email = app.add_person("ACME", "buyer").await;
    let browser = app.browse_as_person(&email).await.at(&node.base);
    let key = Authenticator::new("key-1");
    let added = add(&browser, &key).await;
    assert_eq!(added.html.matches("<li><code>").count(), 10, "{}", added.html);
    // The same one twice, and one that a page elsewhere asked for, are not taken.
    assert_eq!(add(&browser, &key).await.goes_to(), PATH);
    let elsewhere = Authenticator {
        origin: "http://evil.example",
        ..Authenticator::new("key-2")
    };
    assert_eq!(add(&browser, &elsewhere).await.goes_to(), PATH);
    let page = browser.page(PATH).await;
    assert_eq!(page.matches("My key").count(), 2, "its name and its button: {page}");

    let other = Browser::new(&node.base);
    let page = asked(&other, &email).await;
    assert_eq!(options(&page)["allowCredentials"].as_array().unwrap().len(), 1);
    for wrong in [Authenticator::new("key-1"), Authenticator::new("key-9")] {
        let shown = send(
            &other,
            "/sign-in/passkey",
            &signing_in(&page, wrong.answer(&options(&page), 2)),
        )
        .await;
        assert_eq!(shown.status, 422, "{}", shown.html);
    }
    let fields = signing_in(&page, key.answer(&options(&page), 2));
    assert_eq!(send(&other, "/sign-in/passkey", &fields).await.goes_to(), "/");
    other.page("/orders").await;
    // Nothing of it is good again, not even with a new answer.
    let again = send(&Browser::new(&node.base), "/sign-in/passkey", &fields).await;
    assert!(again.goes_to().starts_with("/sign-in"));
    let fields = signing_in(&page, key.answer(&options(&page), 3));
    let again = send(&Browser::new(&node.base), "/sign-in/passkey", &fields).await;
    assert!(again.goes_to().starts_with("/sign-in"));
    // A copy of the key shows by its counter.
    let copied = Browser::new(&node.base);
    let page = asked(&copied, &email).await;
    let shown = send(
        &copied,
        "/sign-in/passkey",
        &signing_in(&page, key.answer(&options(&page), 2)),
    )
    .await;
    assert_eq!(shown.status, 422);

    // Programs are asked for a code; there a recovery code helps.
    let problem = super::log_in(&app.anonymous(), &email, PASSWORD)
        .await
        .problem(401, "second_factor_required");
    let code = added
        .html
        .split_once("<li><code>")
        .unwrap()
        .1
        .split_once('<')
        .unwrap()
        .0
        .to_owned();
    let second = json!({"challenge": text(&problem["params"], "challenge"), "code": code});
    app.anonymous().post("/auth/second-factor", second).await.expect(200);
    let actions = actions(&app).await;
    assert!(actions.contains(&"passkey.add".to_owned()), "{actions:?}");
}

#[tokio::test]
async fn a_passkey_of_somebody_else_opens_nothing() {
    let app = TestApp::with_accounts().await;
    let node = named_node(&app).await;
    let (email, colleague) = (
        app.add_person("ACME", "buyer").await,
        app.add_person("ACME", "buyer").await,
    );
    let (key, foreign) = (Authenticator::new("key-1"), Authenticator::new("key-2"));
    add(&app.browse_as_person(&email).await.at(&node.base), &key).await;
    add(&app.browse_as_person(&colleague).await.at(&node.base), &foreign).await;
    let browser = Browser::new(&node.base);
    let page = asked(&browser, &email).await;
    let shown = send(
        &browser,
        "/sign-in/passkey",
        &signing_in(&page, foreign.answer(&options(&page), 2)),
    )
    .await;
    assert_eq!(shown.status, 422);
}

#[tokio::test]
async fn a_passkey_proves_once_more_who_somebody_is() {
    let app = TestApp::with_accounts().await;
    let node = named_node(&app).await;
    let email = app.add_person("ACME", "admin").await;
    let browser = app.browse_as_person(&email).await.at(&node.base);
    let key = Authenticator::new("key-1");
    add(&browser, &key).await;
    run(&app, "UPDATE sessions SET proven_at = '2020-01-01 00:00:00'").await;
    let node = named_node(&app).await;
    let browser = browser.at(&node.base);
    let members = browser.page("/account/members").await;
    let invite = vec![
        ("email", "guest@acme.example".to_owned()),
        ("role", "buyer".to_owned()),
        ("form_key", hidden(&members, "form_key")),
    ];
    let refused = send(&browser, "/account/invitations", &invite).await;
    assert_eq!(refused.status, 307);
    let to = refused.headers[LOCATION].to_str().unwrap().to_owned();
    let page = send(&browser, &to, &invite).await.html;
    let answer = |counter| {
        let renamed = key
            .answer(&options(&page), counter)
            .into_iter()
            .map(|(name, value)| match name {
                "credential" => ("proof_credential", value),
                "client_data" => ("proof_client_data", value),
                "data" => ("proof_data", value),
                _ => ("proof_signature", value),
            });
        let mut fields = invite.clone();
        fields.extend(renamed);
        fields.push(("proof_passkey", hidden(&page, "proof_passkey")));
        fields
    };
    let proven = send(&browser, &to, &answer(2)).await;
    assert_eq!(
        (proven.status, proven.headers[LOCATION].to_str().unwrap()),
        (307, "/account/invitations")
    );
    // What was asked before the last proof is over.
    assert_eq!(send(&browser, &to, &answer(3)).await.status, 422);
    assert_eq!(
        send(&browser, "/account/invitations", &answer(2)).await.goes_to(),
        "/account/members"
    );

    // Removed, and with it the last factor and its codes.
    let page = browser.page(PATH).await;
    let id = page
        .split_once("/profile/passkeys/")
        .unwrap()
        .1
        .split_once("/remove")
        .unwrap()
        .0;
    assert_eq!(
        browser
            .post(&format!("/profile/passkeys/{id}/remove"), &[])
            .await
            .goes_to(),
        PATH
    );
    super::log_in(&app.anonymous(), &email, PASSWORD).await.expect(200);
    assert_eq!(super::count(&app, "SELECT COUNT(*) FROM recovery_codes").await, 0);
    let mails = app.mails().await;
    let about = |end: &str| mails.iter().any(|mail| mail.texts.subject.ends_with(end));
    assert!(
        about("a passkey was added to your access") && about("a passkey of yours was removed"),
        "{mails:#?}"
    );
}
