//! What mails say to the team and to people; long and strange texts.

use portal::mail::compose::Composed;
use serde_json::json;

use super::{number, readers, says, the};
use crate::mail::{header, line, shop};

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
            "Sie sind in unser Portal eingeladen.",
            "Ihre Rolle: Einkauf.",
            "Jemand hat Sie zu Rival Werke eingeladen",
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
