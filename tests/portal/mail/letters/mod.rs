//! What mails say, in both languages.

mod money;
mod people;
mod steering;

use portal::clock;
use portal::languages::Language;
use portal::mail::compose::Composed;
use portal::mail::writing::Writing;
use serde_json::{Value, json};

use super::{about, header, order, shop};
use crate::app::TestApp;
use crate::client::{Client, unique};

/// A buyer of each account: ACME reads English, RIVAL German.
async fn readers(app: &TestApp) -> [Client; 2] {
    let both = [app.person("ACME", "buyer").await, app.person("RIVAL", "buyer").await];
    app.mails().await;
    both
}

/// The one mail whose subject holds `part`.
#[track_caller]
fn the<'m>(mails: &'m [Composed], part: &str) -> &'m Composed {
    let found = about(mails, part);
    let subjects: Vec<_> = mails.iter().map(|mail| mail.texts.subject.as_str()).collect();
    assert_eq!(found.len(), 1, "{part}: {subjects:#?}");
    found[0]
}

/// Asserts that the mail's subject is `subject` and that both its texts hold all of `sentences`.
#[track_caller]
fn says(mail: &Composed, subject: &str, sentences: &[&str]) {
    // In a header every blank is a plain one.
    assert_eq!(mail.texts.subject, subject.replace('\u{a0}', " "));
    // As a reader sees it.
    let html = mail.texts.html.replace("&#39;", "'").replace("&#38;", "&");
    for sentence in sentences {
        assert!(mail.texts.text.contains(sentence), "{sentence}: {}", mail.texts.text);
        assert!(html.contains(sentence), "{sentence}: {html}");
    }
}

fn number(order: &Value) -> &str {
    order["number"].as_str().unwrap()
}

/// The day that the first line is promised for, as both languages write it.
fn days(order: &Value) -> (String, String) {
    day_names(order["lines"][0]["promised_date"].as_str().unwrap())
}

/// `Thu 3 Dec` and `Do, 3. Dez.`
fn day_names(day: &str) -> (String, String) {
    let writing = |language| Writing {
        language,
        now: clock::now(),
        zone: chrono_tz::Europe::Amsterdam,
        public_url: "https://portal.example".parse().unwrap(),
    };
    (writing(Language::En).day_of(day), writing(Language::De).day_of(day))
}

/// What staff do: `POST /supplier{path}`.
async fn steer(staff: &Client, path: &str, body: Value) -> Value {
    let answer = staff.post_with_key(&format!("/supplier{path}"), &unique(), body).await;
    assert!(answer.status < 300, "{path}: {}", answer.text);
    answer.json()
}

fn id(object: &Value) -> &str {
    object["id"].as_str().unwrap()
}

#[tokio::test]
async fn a_placed_order_is_told_with_its_day_lines_and_totals() {
    let app = shop().await;
    let [acme, rival] = readers(&app).await;
    let (first, second) = (order(&acme, "PO-1").await, order(&rival, "PO-2").await);
    let (english_day, german_day) = days(&first);
    let mails = app.mails().await;
    says(
        the(&mails, "[PO-1]"),
        &format!("[PO-1] Order {} placed, arrives {english_day}", number(&first)),
        &[
            &format!("Order {} is placed.", number(&first)),
            &format!("All of it is reserved for you and arrives by {english_day}."),
            "Until then you can cancel it in the portal.",
            "Bolt for line 3",
            "4711",
            "2 cartons",
            "EUR\u{a0}100.00",
            &format!("https://portal.example/orders/{}", first["id"].as_str().unwrap()),
            "Questions? Ask",
            "Northwind Fasteners",
            "+31 20 1234567",
            "You get this mail because you placed the order.",
            "https://portal.example/account/notifications",
        ],
    );
    says(
        the(&mails, "[PO-2]"),
        &format!("[PO-2] Auftrag {} eingegangen, kommt {german_day}", number(&second)),
        &[
            &format!("Alles ist für Sie reserviert und kommt bis {german_day} an."),
            "2 Kartons",
            "100,00\u{a0}EUR",
            "Fragen? Wenden Sie sich an",
            "Sie bekommen diese Mail, weil Sie die Bestellung aufgegeben haben.",
        ],
    );
    assert!(the(&mails, "[PO-2]").texts.html.contains("<html lang=\"de\">"));
}

#[tokio::test]
async fn the_headers_say_from_whom_to_whom_and_how_to_get_no_more() {
    let app = shop().await;
    let [acme, _] = readers(&app).await;
    let placed = order(&acme, "PO-1").await;
    let id = placed["id"].as_str().unwrap();
    acme.post(&format!("/orders/{id}/cancel"), json!({})).await.expect(200);
    let mails = app.mails().await;
    assert_eq!(mails.len(), 2);
    for mail in &mails {
        assert_eq!(
            header(mail, "From"),
            "\"Northwind Fasteners\" <orders@northwind.example>"
        );
        assert_eq!(
            header(mail, "Reply-To"),
            "\"Northwind Fasteners\" <orders@northwind.example>"
        );
        assert_eq!(header(mail, "Message-ID"), format!("<{}@portal.example>", mail.name));
        assert_eq!(header(mail, "References"), format!("<{id}@portal.example>"));
        assert_eq!(header(mail, "In-Reply-To"), format!("<{id}@portal.example>"));
        assert_eq!(header(mail, "Auto-Submitted"), "auto-generated");
        let unsubscribe = header(mail, "List-Unsubscribe");
        assert!(
            unsubscribe.starts_with("<https://portal.example/unsubscribe/"),
            "{unsubscribe}"
        );
        assert_eq!(header(mail, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    }
    // One click on the link of the first mail, and there are no more of its kind.
    let placed = the(&mails, "placed");
    let link = header(placed, "List-Unsubscribe");
    let path = link
        .trim_matches(['<', '>'])
        .strip_prefix("https://portal.example")
        .unwrap()
        .to_owned();
    let mail_program = app.browser();
    let request = mail_program
        .request(reqwest::Method::POST, &path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body("List-Unsubscribe=One-Click");
    let clicked = mail_program.send(request).await;
    assert_eq!(clicked.status, 200, "{}", clicked.html);
    order(&acme, "PO-2").await;
    assert!(app.mails().await.is_empty());
}
