//! What mails say, in both languages.

use portal::clock;
use portal::languages::Language;
use portal::mail::compose::Composed;
use portal::mail::writing::Writing;
use serde_json::{Value, json};

use super::{about, header, line, order, shop};
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
    assert_eq!(mail.texts.subject, subject);
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
            &format!("Alles ist für Sie reserviert und kommt bis {german_day}."),
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
            unsubscribe.starts_with("<https://portal.example/api/v1/notifications/unsubscribe/"),
            "{unsubscribe}"
        );
        assert_eq!(header(mail, "List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    }
    // One click on the link of the first mail, and there are no more of its kind.
    let placed = the(&mails, "placed");
    let link = header(placed, "List-Unsubscribe");
    let path = link
        .trim_matches(['<', '>'])
        .strip_prefix("https://portal.example/api/v1")
        .unwrap()
        .to_owned();
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    let body = Some("List-Unsubscribe=One-Click".to_owned());
    let clicked = app.anonymous().send(reqwest::Method::POST, &path, &headers, body).await;
    assert!(clicked.status < 300, "{}", clicked.text);
    order(&acme, "PO-2").await;
    assert!(app.mails().await.is_empty());
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
async fn an_order_on_hold_says_why_and_what_comes_next() {
    let app = shop().await;
    let [acme, rival] = readers(&app).await;
    let finance = app.staff("finance").await;
    app.staff_named("ada@northwind.example", "admin").await;
    let large = |po_number: &str| json!({"po_number": po_number, "lines": [line("BOLT", "XCT", "500")]});
    let first = acme.place_order(large("PO-1")).await.expect(201);
    let second = rival.place_order(large("PO-2")).await.expect(201);
    let (one, two) = (number(&first), number(&second));
    let mails = app.mails().await;
    says(
        the(&mails, &format!("[PO-1] Order {one} placed")),
        &format!("[PO-1] Order {one} placed, but on hold"),
        &["Nothing is reserved for it meanwhile."],
    );
    says(
        the(&mails, &format!("[PO-1] Order {one} on hold")),
        &format!("[PO-1] Order {one} on hold: credit limit"),
        &[
            &format!("Order {one} is on hold."),
            "With it your account would exceed its credit limit.",
            "It keeps its place in the queue",
        ],
    );
    says(
        the(&mails, &format!("[PO-2] Auftrag {two} angehalten")),
        &format!("[PO-2] Auftrag {two} angehalten: Kreditlimit"),
        &["Mit ihm würde Ihr Konto das Kreditlimit überschreiten."],
    );
    says(
        the(&mails, &format!("[ACME] Order {one}")),
        &format!("[ACME] Order {one} on hold: credit limit"),
        &[
            &format!("Order {one} of Acme Works is on hold."),
            "Finance releases it, or it is cancelled.",
            &format!("https://portal.example/desk/orders/{}", id(&first)),
            "because you administer the portal",
        ],
    );
    steer(
        &finance,
        &format!("/orders/{}/release", id(&first)),
        json!({"reason": "paid today"}),
    )
    .await;
    steer(
        &finance,
        &format!("/orders/{}/release", id(&second)),
        json!({"reason": "bezahlt"}),
    )
    .await;
    let mails = app.mails().await;
    let (english, german) = days(&acme.get(&format!("/orders/{}", id(&first))).await.expect(200));
    says(
        the(&mails, "[PO-1]"),
        &format!("[PO-1] Order {one} released, arrives {english}"),
        &[&format!("Order {one} goes on."), "paid today"],
    );
    says(
        the(&mails, "[PO-2]"),
        &format!("[PO-2] Auftrag {two} freigegeben, kommt {german}"),
        &[&format!("Mit Auftrag {two} geht es weiter."), "bezahlt"],
    );
    app.finish().await;
}

#[tokio::test]
async fn holding_accepting_and_cancelling_by_staff_are_told() {
    let app = shop().await;
    let [acme, rival] = readers(&app).await;
    let service = app.staff("customer_service").await;
    let (first, second) = (order(&acme, "PO-1").await, order(&rival, "PO-2").await);
    let (one, two) = (number(&first), number(&second));
    let (english, german) = days(&first);
    app.mails().await;
    for order in [&first, &second] {
        steer(&service, &format!("/orders/{}/accept", id(order)), json!({})).await;
    }
    let mails = app.mails().await;
    says(
        the(&mails, "[PO-1]"),
        &format!("[PO-1] Order {one} confirmed, arrives {english}"),
        &[
            &format!("Order {one} is confirmed."),
            "To change or cancel it, please talk to us.",
        ],
    );
    says(
        the(&mails, "[PO-2]"),
        &format!("[PO-2] Auftrag {two} bestätigt, kommt {german}"),
        &[&format!("Auftrag {two} ist bestätigt.")],
    );
    for order in [&first, &second] {
        steer(
            &service,
            &format!("/orders/{}/cancel", id(order)),
            json!({"reason": "the mill burnt down"}),
        )
        .await;
    }
    let mails = app.mails().await;
    says(
        the(&mails, "[PO-1]"),
        &format!("[PO-1] Order {one} cancelled, nothing more will come"),
        &[
            &format!("We had to cancel order {one}."),
            "the mill burnt down",
            "The number PO-1 can be used again.",
        ],
    );
    says(
        the(&mails, "[PO-2]"),
        &format!("[PO-2] Auftrag {two} storniert, es kommt nichts mehr"),
        &[&format!("Wir mussten Auftrag {two} stornieren."), "the mill burnt down"],
    );
    let (first, second) = (order(&acme, "PO-3").await, order(&rival, "PO-4").await);
    app.mails().await;
    for order in [&first, &second] {
        steer(
            &service,
            &format!("/orders/{}/hold", id(order)),
            json!({"reason": "wrong address?"}),
        )
        .await;
    }
    let mails = app.mails().await;
    says(
        the(&mails, "[PO-3]"),
        &format!("[PO-3] Order {} on hold", number(&first)),
        &["We have to clear something up before it can go on.", "wrong address?"],
    );
    says(
        the(&mails, "[PO-4]"),
        &format!("[PO-4] Auftrag {} angehalten", number(&second)),
        &["Wir müssen etwas klären, bevor es weitergehen kann.", "wrong address?"],
    );
    for (client, order) in [(&acme, &first), (&rival, &second)] {
        client
            .post(&format!("/orders/{}/cancel", id(order)), json!({}))
            .await
            .expect(200);
    }
    let mails = app.mails().await;
    says(
        the(&mails, "[PO-3]"),
        &format!("[PO-3] Order {} cancelled, nothing more will come", number(&first)),
        &[&format!("Order {} was cancelled by your company.", number(&first))],
    );
    says(
        the(&mails, "[PO-4]"),
        &format!("[PO-4] Auftrag {} storniert, es kommt nichts mehr", number(&second)),
        &[&format!("Auftrag {} wurde von Ihrem Haus storniert.", number(&second))],
    );
    app.finish().await;
}

#[tokio::test]
async fn a_shortage_and_the_day_that_ends_it_are_told() {
    let app = shop().await;
    let [acme, rival] = readers(&app).await;
    let warehouse = app.staff("warehouse").await;
    let short = |po_number: &str, quantity: &str| json!({"po_number": po_number, "lines": [line("WAIT", "H87", quantity), line("BOLT", "XCT", "1")]});
    let first = acme.place_order(short("PO-1", "12")).await.expect(201);
    let second = rival.place_order(short("PO-2", "5")).await.expect(201);
    let (one, two) = (number(&first), number(&second));
    let mails = app.mails().await;
    says(
        the(&mails, &format!("[PO-1] Order {one} placed")),
        &format!("[PO-1] Order {one} placed, 1 line waits for stock"),
        &[
            "One line waits for stock. We write to you as soon as it has a day.",
            "open",
        ],
    );
    says(
        the(&mails, &format!("[PO-1] Order {one}:")),
        &format!("[PO-1] Order {one}: 1 line waits for stock"),
        &[
            &format!("One line of order {one} is short of stock."),
            "12 pieces",
            "8 pieces",
            "4 pieces",
            "4712",
        ],
    );
    says(
        the(&mails, &format!("[PO-2] Auftrag {two}:")),
        &format!("[PO-2] Auftrag {two}: 1 Position wartet auf Ware"),
        &["5 Stück", "0 Stück", "R-2"],
    );
    let receipt = json!({"warehouse": "NORTH", "lines": [{"sku": "WAIT", "quantity": "100"}]});
    steer(&warehouse, "/receipts", receipt).await;
    let mails = app.mails().await;
    let (english, german) = days(&acme.get(&format!("/orders/{}", id(&first))).await.expect(200));
    says(
        the(&mails, "[PO-1]"),
        &format!("[PO-1] Order {one} now arrives {english}"),
        &[
            &format!("One line of order {one} that waited got stock."),
            "12 pieces of 12 pieces",
            "open",
            &english,
        ],
    );
    says(
        the(&mails, "[PO-2]"),
        &format!("[PO-2] Auftrag {two} kommt jetzt {german}"),
        &[
            &format!("Für eine wartende Position von Auftrag {two} ist Ware da."),
            "offen",
        ],
    );
    app.finish().await;
}

#[tokio::test]
async fn what_is_shipped_invoiced_and_paid_is_told() {
    let app = shop().await;
    let [acme, rival] = readers(&app).await;
    let finance_of = [
        app.add_person("ACME", "finance").await,
        app.add_person("RIVAL", "finance").await,
    ];
    let (service, warehouse, finance) = (
        app.staff("customer_service").await,
        app.staff("warehouse").await,
        app.staff("finance").await,
    );
    let orders = [order(&acme, "PO-1").await, order(&rival, "PO-2").await];
    let (one, two) = (number(&orders[0]), number(&orders[1]));
    let mut shipments = Vec::new();
    for order in &orders {
        steer(&service, &format!("/orders/{}/accept", id(order)), json!({})).await;
        app.mails().await;
        let goods = json!({"order_id": id(order), "carrier": "Fast Freight", "tracking_number": "FF 123"});
        shipments.push((steer(&warehouse, "/shipments", goods).await, app.mails().await));
    }
    let (first, mails) = &shipments[0];
    says(
        the(mails, "[PO-1]"),
        &format!("[PO-1] Order {one} shipped, delivery {}", number(first)),
        &[
            &format!("Goods of order {one} are on their way."),
            "Fast Freight",
            "FF 123",
            "Bolt for line 3",
            "2 cartons",
            "MAIN",
        ],
    );
    let (second, mails) = &shipments[1];
    says(
        the(mails, "[PO-2]"),
        &format!("[PO-2] Auftrag {two} versandt, Lieferung {}", number(second)),
        &[&format!("Ware aus Auftrag {two} ist unterwegs."), "2 Kartons"],
    );

    let mut invoices = Vec::new();
    for (shipment, _) in &shipments {
        invoices.push(steer(&finance, "/invoices", json!({"shipment_id": id(shipment)})).await);
    }
    let mails = app.mails().await;
    let due = |invoice: &Value| invoice["due_on"].as_str().unwrap().to_owned();
    let invoice_of = |part: &str| the(&mails, part);
    assert_eq!(invoice_of("[PO-1]").email, finance_of[0]);
    assert_eq!(invoice_of("[PO-2]").email, finance_of[1]);
    let (english, german) = day_names(&due(&invoices[0]));
    let gross = |invoice: &Value| invoice["gross_total"].as_str().unwrap().to_owned();
    says(
        invoice_of("[PO-1]"),
        &format!(
            "[PO-1] Invoice {}: EUR\u{a0}{}, due {english}",
            number(&invoices[0]),
            gross(&invoices[0])
        ),
        &[
            &format!("It is for order {one}. Please pay it by {english}."),
            "EUR\u{a0}100.00",
            "because of your role at Acme Works",
            &format!("https://portal.example/invoices/{}", id(&invoices[0])),
        ],
    );
    says(
        invoice_of("[PO-2]"),
        &format!(
            "[PO-2] Rechnung {}: {}\u{a0}EUR, fällig {german}",
            number(&invoices[1]),
            gross(&invoices[1]).replace('.', ",")
        ),
        &[&format!("Sie gehört zu Auftrag {two}. Bitte zahlen Sie bis {german}.")],
    );

    for (account, reference) in [("ACME", "transfer 77"), ("RIVAL", "")] {
        let mut payment =
            json!({"account": account, "amount": "150.00", "currency": "EUR", "received_on": "2026-11-02"});
        if !reference.is_empty() {
            payment["reference"] = json!(reference);
        }
        steer(&finance, "/payments", payment).await;
    }
    let mails = app.mails().await;
    let (english, german) = day_names("2026-11-02");
    says(
        the(&mails, "transfer 77"),
        "[transfer 77] Payment of EUR\u{a0}150.00 received",
        &[
            &format!("We received EUR\u{a0}150.00 on {english}. Thank you."),
            number(&invoices[0]),
            "stays on your account and pays what is invoiced next.",
        ],
    );
    says(
        the(&mails, "Zahlung"),
        "Zahlung über 150,00\u{a0}EUR eingegangen",
        &[
            &format!("Am {german} sind 150,00\u{a0}EUR bei uns eingegangen."),
            number(&invoices[1]),
            "bleiben auf Ihrem Konto",
        ],
    );
    app.finish().await;
}

#[tokio::test]
async fn a_critical_order_is_told_to_the_team() {
    let app = shop().await;
    let [acme, _] = readers(&app).await;
    app.staff_named("ada@northwind.example", "admin").await;
    let lines = [line("BOLT", "XCT", "1"), line("WAIT", "H87", "9")];
    let critical = json!({"po_number": "PO-1", "order_class": "critical", "lines": lines});
    let placed = acme.place_order(critical).await.expect(201);
    let mails = app.mails().await;
    says(
        the(&mails, "[ACME]"),
        &format!("[ACME] Critical order {} from Acme Works", number(&placed)),
        &[
            "Acme Works placed a critical order.",
            "One line waits for stock.",
            "critical",
            "9 pieces",
        ],
    );
    let to_team = the(&mails, "[ACME]");
    assert!(
        !to_team.texts.text.contains("Questions? Ask"),
        "colleagues know whom to ask"
    );
}

#[tokio::test]
async fn an_invitation_and_a_new_password_carry_links_that_work() {
    let app = shop().await;
    let admin = app.person("RIVAL", "admin").await;
    let guest = json!({"email": "gast@rival.example", "role": "buyer"});
    admin.post("/invitations", guest).await.expect(201);
    let mails = app.mails().await;
    let mail = the(&mails, "Zugang");
    says(
        mail,
        "Northwind Fasteners: Ihr Zugang für Rival Werke",
        &[
            "Sie sind in das Portal von Northwind Fasteners eingeladen.",
            "Ihre Rolle: Einkauf.",
            "weil jemand Sie zu Rival Werke eingeladen hat",
        ],
    );
    assert_eq!(mail.email, "gast@rival.example");
    assert_eq!(header(mail, "List-Unsubscribe"), "");
    assert!(!mail.texts.text.contains("/account/notifications"));
    let token = |mail: &Composed, path: &str| {
        let (_, rest) = mail
            .texts
            .text
            .split_once(&format!("https://portal.example{path}"))
            .unwrap();
        rest.split_whitespace().next().unwrap().to_owned()
    };
    let accept = json!({"token": token(mail, "/invitations/"), "name": "Gast", "password": "eine lange Geschichte"});
    let accepted = app.anonymous().post("/invitations/accept", accept).await;
    assert!(accepted.status < 300, "{}", accepted.text);

    let email = app.add_person("ACME", "viewer").await;
    app.mails().await;
    let forgot = app
        .anonymous()
        .post("/auth/forgot-password", json!({ "email": email }))
        .await;
    assert!(forgot.status < 300, "{}", forgot.text);
    let mails = app.mails().await;
    let mail = the(&mails, "password");
    says(
        mail,
        "Northwind Fasteners: set a new password",
        &["The link is good once, for", "If it wasn't you, do nothing"],
    );
    assert_eq!(mail.email, email);
    assert!(token(mail, "/reset/").len() > 20);
    app.finish().await;
}

#[tokio::test]
async fn a_mail_of_a_long_order_says_how_much_it_leaves_out() {
    let app = shop().await;
    let [acme, _] = readers(&app).await;
    let lines: Vec<_> = (0..60).map(|_| line("BOLT", "H87", "1")).collect();
    acme.place_order(json!({"po_number": "PO-1", "lines": lines}))
        .await
        .expect(201);
    let mails = app.mails().await;
    let mail = the(&mails, "[PO-1]");
    assert_eq!(mail.texts.text.matches("Bolt for line 3").count(), 50);
    assert!(
        mail.texts.text.contains("10 more lines are in the portal."),
        "{}",
        mail.texts.text
    );
}

#[tokio::test]
async fn what_people_write_stays_text() {
    let app = shop().await;
    let [acme, _] = readers(&app).await;
    let order = json!({"po_number": "<b>PO</b> & \"1\"", "lines": [line("BOLT", "XCT", "1")]});
    acme.place_order(order).await.expect(201);
    let mails = app.mails().await;
    let mail = &mails[0];
    assert!(
        mail.texts.subject.starts_with("[<b>PO</b> & \"1\"]"),
        "{}",
        mail.texts.subject
    );
    assert!(!mail.texts.html.contains("<b>PO</b>"), "{}", mail.texts.html);
    assert!(mail.texts.text.contains("<b>PO</b> & \"1\""), "{}", mail.texts.text);
}
