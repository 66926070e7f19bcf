//! What mails say to the team and to people; long and strange texts.

use portal::mail::compose::Composed;
use reqwest::Method;
use serde_json::json;

use super::{id, number, readers, says, the};
use crate::app::PASSWORD;
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
async fn changed_access_is_told_to_whose_it_is() {
    let app = shop().await;
    let (admin, staff) = (app.person("RIVAL", "admin").await, app.staff("admin").await);
    let buyer = app.person("RIVAL", "buyer").await;
    let me = buyer.get("/me").await.expect(200);
    let (email, id) = (me["email"].as_str().unwrap(), id(&me));
    app.mails().await;
    for (client, path) in [(&admin, "/account/members"), (&staff, "/supplier/members")] {
        let roles = match path {
            "/account/members" => json!({"roles": ["buyer", "approver"]}),
            _ => json!({"roles": ["viewer"]}),
        };
        let answer = client
            .change(Method::PATCH, &format!("{path}/{id}"), "*", Some(roles))
            .await;
        answer.expect(200);
    }
    let mails = app.mails().await;
    assert_eq!(mails.len(), 2, "{mails:#?}");
    for (mail, roles) in mails.iter().zip(["Einkauf, Freigabe", "Lesen"]) {
        says(
            mail,
            "Northwind Fasteners: Ihre Rollen wurden geändert",
            &["Ihre Rollen in unserem Portal wurden geändert.", "hat das am", roles],
        );
        assert_eq!(mail.email, email);
        assert_eq!(header(mail, "List-Unsubscribe"), "");
    }
    // What stays as it is, and a name, is nothing of that kind.
    let same = json!({"roles": ["viewer"], "name": "Vera"});
    let answer = admin
        .change(Method::PATCH, &format!("/account/members/{id}"), "*", Some(same))
        .await;
    answer.expect(200);
    assert!(app.mails().await.is_empty());

    let change = json!({"current_password": PASSWORD, "new_password": "eine lange Geschichte"});
    assert_eq!(buyer.post("/me/password", change).await.status, 204);
    let mails = app.mails().await;
    says(
        the(&mails, "Passwort"),
        "Northwind Fasteners: Ihr Passwort wurde geändert",
        &[
            "Das geschah am",
            "Waren Sie es nicht",
            "https://portal.example/profile/sessions",
        ],
    );

    let email = "piet@supplier.example";
    app.add_staff_named(email, "warehouse").await;
    app.anonymous()
        .post("/auth/forgot-password", json!({"email": email}))
        .await;
    let mails = app.mails().await;
    let link = &the(&mails, "password").texts.text;
    let (_, token) = link.split_once("https://portal.example/reset/").unwrap();
    let body = json!({"token": token.split_whitespace().next(), "new_password": "four kettles hum at noon"});
    assert_eq!(app.anonymous().post("/auth/reset-password", body).await.status, 204);
    let mails = app.mails().await;
    assert_eq!(the(&mails, "a new password was set").email, email);
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
