//! The account's own pages: team, terms, sites, members and invitations, which mails come.

use portal::accounts::correspondence;
use portal::identity;
use portal::mail::rules::Kind;
use reqwest::Method;

use super::people_access::form_paths;
use super::quick_order::value_behind;
use crate::app::TestApp;
use crate::browser::{Browser, Shown};
use crate::people::invitation_token;

const SUPPLIED: &[(&str, &str)] = &[
    (
        "supplier.csv",
        "name,country,currency,email,phone\nHalden Supply,NL,EUR,hello@halden.example,+31 20 1\n",
    ),
    (
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit,vat_id\n\
         NORD,Nordwind,NL,EUR,gold,30,100000,NL001234567B01\nRIVAL,Rival Works,NL,EUR,silver,14,,\n",
    ),
    (
        "sites.csv",
        "account,site,name,country,street,city,postal_code\n\
         NORD,SOUTH,South works,NL,Gate 4,Delft,2611\nNORD,WEST,West works,DE,,,\nRIVAL,EAST,Secret yard,NL,,,\n",
    ),
];

async fn supplied() -> TestApp {
    let app = TestApp::start().await;
    app.import(SUPPLIED).await;
    app
}

fn fields<'a>(pairs: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    pairs.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// The path of the member's page, as the list links it.
async fn member_path(admin: &Browser, email: &str) -> String {
    let list = admin.page("/account/members").await;
    let (before, _) = list.split_once(&format!("<span class=\"under\">{email}")).unwrap();
    let (_, link) = before.rsplit_once("href=\"").unwrap();
    link.split_once('"').unwrap().0.to_owned()
}

async fn change_roles(admin: &Browser, path: &str, name: &str, roles: &[&str]) -> Shown {
    let html = admin.page(path).await;
    let version = value_behind(&html, "name=\"version\" ", "value");
    let mut sent = vec![("version", version.as_str()), ("name", name), ("sites", "SOUTH")];
    sent.extend(roles.iter().map(|role| ("roles", *role)));
    admin.post(path, &sent).await
}

#[tokio::test]
async fn the_team_is_shown_with_who_steps_in_and_nothing_of_other_accounts() {
    let app = supplied().await;
    for name in ["mara", "dirk", "fleur", "olga"] {
        app.add_staff_named(&format!("{name}@halden.example"), "key_account_manager")
            .await;
    }
    app.import(&[(
        "team.csv",
        "email,account,function,position,phone,deputy_email,absent_from,absent_to\n\
         mara@halden.example,NORD,key_account_manager,1,+31 20 555,dirk@halden.example,2020-01-01,2099-12-31\n\
         dirk@halden.example,NORD,deputy,2,+31 20 556,,,\n\
         fleur@halden.example,NORD,shipping,3,,,2099-01-05,\n\
         olga@halden.example,RIVAL,key_account_manager,1,,,,\n",
    )])
    .await;
    let buyer = app.browse_as("NORD", "viewer").await;
    let html = buyer.page("/team").await;
    for text in [
        "Away today",
        "dirk@halden.example steps in:",
        "Away from Mon 5 Jan 2099 until further notice.",
        "href=\"tel:+3120555\"",
        "href=\"mailto:fleur@halden.example\"",
        "Key account manager",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    assert!(!html.contains("olga") && !html.contains("Rival"), "{html}");
    let (mara, dirk) = (html.find("<h2>mara@").unwrap(), html.find("<h2>dirk@").unwrap());
    assert!(mara < dirk);
    // The foot names who is there, not who is away.
    let (_, foot) = html.split_once("<footer").unwrap();
    assert!(
        foot.contains("dirk@halden.example") && !foot.contains("mara@halden.example"),
        "{foot}"
    );
    assert_eq!(app.browse_staff("warehouse").await.get("/team").await.status, 403);
    let alone = app.browse_as("RIVAL", "buyer").await.page("/team").await;
    assert!(
        alone.contains("olga@halden.example") && !alone.contains("mara@"),
        "{alone}"
    );
}

#[tokio::test]
async fn an_account_without_a_team_is_told_whom_to_ask() {
    let app = supplied().await;
    let html = app.browse_as("NORD", "buyer").await.page("/team").await;
    assert!(
        html.contains("has not named your team yet") && html.contains("hello@halden.example"),
        "{html}"
    );
}

#[tokio::test]
async fn terms_credit_and_sites_are_the_accounts_own() {
    let app = supplied().await;
    let buyer = app.browse_as("NORD", "buyer").await;
    let html = buyer.page("/account").await;
    for text in [
        "Nordwind",
        "Gold",
        "30 days",
        "EUR\u{a0}100,000.00",
        "NL001234567B01",
        "Netherlands",
        "<meter",
        "0 % of the credit limit",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    assert!(!html.contains("/account/members"), "{html}");
    let html = buyer.page("/account/sites").await;
    for text in ["South works", "Gate 4, 2611 Delft", "Germany", "2 sites"] {
        assert!(html.contains(text), "{text}: {html}");
    }
    assert_eq!(html.matches("Used where an order names no other").count(), 1);
    assert!(!html.contains("Secret yard"));
    let rival = app.browse_as("RIVAL", "buyer").await.page("/account").await;
    assert!(rival.contains("no limit") && !rival.contains("<meter"), "{rival}");
    let staff = app.browse_staff("finance").await;
    for path in ["/account", "/account/sites", "/account/members"] {
        assert_eq!(staff.get(path).await.status, 403, "{path}");
    }
}

#[tokio::test]
async fn only_admins_see_and_manage_members() {
    let app = supplied().await;
    let admin = app.browse_as("NORD", "admin").await;
    assert!(admin.page("/account").await.contains("href=\"/account/members\""));
    let buyer_email = app.add_person("NORD", "buyer").await;
    let path = member_path(&admin, &buyer_email).await;
    let buyer = app.browse_as_person(&buyer_email).await;
    for path in ["/account/members", path.as_str()] {
        assert_eq!(buyer.get(path).await.status, 403, "{path}");
    }
    for path in [
        "/account/invitations".to_owned(),
        format!("{path}/remove"),
        path.clone(),
    ] {
        let sent = [
            ("form_key", "k"),
            ("email", "a@b.example"),
            ("role", "admin"),
            ("roles", "admin"),
            ("name", "A"),
        ];
        assert_eq!(buyer.post(&path, &sent).await.status, 403, "{path}");
    }
    // What belongs to another account doesn't exist.
    let rival = app.browse_as("RIVAL", "admin").await;
    for way in ["", "/remove"] {
        let path = format!("{path}{way}");
        assert_eq!(rival.get(&path).await.status, 404, "{path}");
        let sent = [("version", "1"), ("name", "Mine"), ("roles", "viewer")];
        assert_eq!(rival.post(&path, &sent).await.status, 404, "{path}");
    }
    assert!(!rival.page("/account/members").await.contains(&buyer_email));
    assert_eq!(buyer.get("/").await.status, 200);
}

#[tokio::test]
async fn a_member_gets_other_roles_and_sites_and_loses_access() {
    let app = supplied().await;
    let admin = app.browse_as("NORD", "admin").await;
    let email = app.add_person("NORD", "buyer").await;
    let path = member_path(&admin, &email).await;
    let member = app.browse_as_person(&email).await;
    let html = admin.page(&path).await;
    assert!(
        html.contains("value=\"buyer\" checked") && html.contains("South works"),
        "{html}"
    );
    assert!(!html.contains("Secret yard"));
    let refused = change_roles(&admin, &path, "Ada", &[]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("at least one role") && refused.html.contains("value=\"Ada\""));
    assert!(refused.html.contains("value=\"SOUTH\" checked"), "{}", refused.html);
    let saved = change_roles(&admin, &path, "Ada", &["finance", "admin"]).await;
    assert_eq!(saved.goes_to(), "/account/members");
    let list = admin.page("/account/members").await;
    assert!(list.contains("Ada is saved.") && list.contains("administrator, finance") && list.contains("SOUTH"));
    member.page("/account/members").await;

    // What another admin changed meanwhile isn't overwritten unseen.
    let stale = [("version", "0"), ("name", "Bea"), ("roles", "viewer")];
    let overtaken = admin.post(&path, &stale).await;
    assert_eq!(overtaken.status, 412);
    assert!(overtaken.html.contains("changed this meanwhile") && overtaken.html.contains("value=\"Bea\""));
    let removed = admin.post(&format!("{path}/remove"), &[("version", "0")]).await;
    assert_eq!(removed.goes_to(), path);

    let html = admin.page(&format!("{path}/remove")).await;
    assert!(html.contains("Remove Ada?"), "{html}");
    let version = value_behind(&html, "name=\"version\" ", "value");
    let removed = admin.post(&format!("{path}/remove"), &[("version", &version)]).await;
    assert_eq!(removed.goes_to(), "/account/members");
    assert!(!admin.page("/account/members").await.contains(&email));
    assert_eq!(admin.get(&path).await.status, 404);
    assert!(member.get("/").await.goes_to().starts_with("/sign-in"));
}

#[tokio::test]
async fn the_last_admin_stays_one() {
    let app = supplied().await;
    let email = app.add_person("NORD", "admin").await;
    let admin = app.browse_as_person(&email).await;
    let path = member_path(&admin, &email).await;
    let refused = change_roles(&admin, &path, "Ada", &["viewer"]).await;
    assert_eq!(refused.status, 409);
    assert!(refused.html.contains("last admin") && refused.html.contains("value=\"viewer\" checked"));
    let html = admin.page(&format!("{path}/remove")).await;
    assert!(html.contains("your own access"), "{html}");
    let version = value_behind(&html, "name=\"version\" ", "value");
    let refused = admin.post(&format!("{path}/remove"), &[("version", &version)]).await;
    assert_eq!(refused.goes_to(), path);
    assert!(admin.page(&path).await.contains("last admin"));
    // With a second one the first may step back, and then sees the list no more.
    app.add_person("NORD", "admin").await;
    let changed = change_roles(&admin, &path, "Ada", &["viewer"]).await;
    assert_eq!(changed.goes_to(), "/account");
    assert_eq!(admin.get("/account/members").await.status, 403);
}

#[tokio::test]
async fn an_admin_invites_sends_again_and_withdraws() {
    let app = supplied().await;
    let admin = app.browse_as("NORD", "admin").await;
    let html = admin.page("/account/members").await;
    let key = value_behind(&html, "name=\"form_key\" ", "value");
    let form = |email: &str, role: &str| {
        [
            ("form_key", key.clone()),
            ("email", email.to_owned()),
            ("role", role.to_owned()),
        ]
    };
    let refused = admin
        .post("/account/invitations", &fields(&form("nobody", "finance")))
        .await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("value=\"nobody\"") && refused.html.contains("not a mail address"));
    assert!(
        refused.html.contains("<option value=\"finance\" selected>"),
        "{}",
        refused.html
    );
    assert_eq!(admin.get("/account/invitations").await.goes_to(), "/account/members");
    let made = admin
        .post("/account/invitations", &fields(&form("ada@nord.example", "buyer")))
        .await;
    assert_eq!(made.goes_to(), "/account/members");
    let first = form_paths(&admin.page("/account/members").await, "/resend");
    let twice = form("ada@nord.example", "buyer");
    admin.post("/account/invitations", &fields(&twice)).await.goes_to();
    let list = admin.page("/account/members").await;
    assert_eq!(form_paths(&list, "/resend"), first);
    assert!(list.contains("An invitation to ada@nord.example is on its way.") && list.contains("Open invitations"));
    let (resend, withdraw) = (form_paths(&list, "/resend"), form_paths(&list, "/withdraw"));
    let first = invitation_token(&app, id_in(&resend[0])).await.unwrap();
    assert_eq!(admin.post(&resend[0], &[]).await.goes_to(), "/account/members");
    assert_eq!(app.browser().get(&format!("/invitations/{first}")).await.status, 410);
    let list = admin.page("/account/members").await;
    assert_eq!(list.matches("ada@nord.example</td>").count(), 1, "{list}");
    let again = form_paths(&list, "/withdraw");
    assert_ne!(again, withdraw);

    let rival = app.browse_as("RIVAL", "admin").await;
    for path in [&again[0], &form_paths(&list, "/resend")[0]] {
        assert_eq!(rival.post(path, &[]).await.status, 404, "{path}");
    }
    let second = invitation_token(&app, id_in(&again[0])).await.unwrap();
    app.browser().page(&format!("/invitations/{second}")).await;
    admin.post(&again[0], &[]).await.goes_to();
    assert_eq!(app.browser().get(&format!("/invitations/{second}")).await.status, 410);
    assert!(!admin.page("/account/members").await.contains("Open invitations"));
    assert_eq!(admin.post(&again[0], &[]).await.status, 404);
    // What was taken back is invited anew, by the same form too.
    admin.post("/account/invitations", &fields(&twice)).await.goes_to();
    assert!(admin.page("/account/members").await.contains("ada@nord.example</td>"));

    let member = app.add_person("NORD", "viewer").await;
    let refused = admin
        .post("/account/invitations", &fields(&form(&member, "buyer")))
        .await;
    assert_eq!(refused.status, 409);
    assert!(
        refused.html.contains("is a member of the account already"),
        "{}",
        refused.html
    );
}

fn id_in(path: &str) -> &str {
    path.split('/').nth(3).unwrap()
}

#[tokio::test]
async fn people_choose_their_mails_and_sites() {
    let app = supplied().await;
    let buyer = app.browse_as("NORD", "buyer").await;
    let html = buyer.page("/account/notifications").await;
    assert!(
        html.contains("Order confirmed") && html.contains("Invitation, New password"),
        "{html}"
    );
    assert!(!html.contains("Critical order") && !html.contains("Secret yard"));
    let version = value_behind(&html, "name=\"version\" ", "value");
    let sent = [("version", version.as_str()), ("kinds", "shipped"), ("sites", "WEST")];
    let saved = buyer.post("/account/notifications", &sent).await;
    assert_eq!(saved.goes_to(), "/account/notifications");
    let html = buyer.page("/account/notifications").await;
    assert!(html.contains("Your choice is saved.") && html.contains("value=\"shipped\" checked"));
    assert!(
        html.contains("value=\"WEST\" checked") && !html.contains("value=\"invoiced\" checked"),
        "{html}"
    );
    let overtaken = buyer
        .post(
            "/account/notifications",
            &[("version", version.as_str()), ("kinds", "invoiced")],
        )
        .await;
    assert_eq!(overtaken.status, 412);
    assert!(
        overtaken.html.contains("value=\"invoiced\" checked"),
        "{}",
        overtaken.html
    );
    let foreign = [("version", "0"), ("sites", "EAST")];
    assert!([412, 422].contains(&buyer.post("/account/notifications", &foreign).await.status));

    let staff = app.browse_staff("warehouse").await;
    let html = staff.page("/account/notifications").await;
    assert!(html.contains("Critical order") && !html.contains("Order confirmed") && html.contains("class=\"desk\""));
}

#[tokio::test]
async fn the_link_of_a_mail_switches_its_kind_off_once_somebody_says_so() {
    let app = supplied().await;
    let email = app.add_person("NORD", "buyer").await;
    let buyer = app.browse_as_person(&email).await;
    let path = unsubscribe_path(&app, &email).await;
    let guest = app.browser();
    let html = guest.page(&path).await;
    assert!(html.contains("“Shipped”") && !html.contains(&email), "{html}");
    let on = "value=\"shipped\" checked";
    assert!(buyer.page("/account/notifications").await.contains(on));
    // As mail programs send it: from nowhere, with a body of their own.
    let request = guest.request(Method::POST, &path).body("List-Unsubscribe=One-Click");
    for _ in 0..2 {
        let done = guest.send(request.try_clone().unwrap()).await;
        assert_eq!(done.status, 200);
        assert!(done.html.contains("These mails come no more"), "{}", done.html);
    }
    assert!(!buyer.page("/account/notifications").await.contains(on));
    for path in ["/unsubscribe/made-up".to_owned(), format!("{path}x")] {
        assert_eq!(guest.get(&path).await.status, 404, "{path}");
        assert_eq!(guest.post(&path, &[]).await.status, 404, "{path}");
    }
}

async fn unsubscribe_path(app: &TestApp, email: &str) -> String {
    let email = email.to_owned();
    let write = move |tx: &mut _| {
        let person = identity::find_by_email(tx, &email)?.unwrap();
        correspondence::unsubscribe_path(tx, person.id, Kind::Shipped)
    };
    app.db().write(write).await.unwrap().expect("it can be switched off")
}

#[tokio::test]
async fn an_admin_reads_the_accounts_pages_in_german() {
    let app = supplied().await;
    let admin = app.browse_as("NORD", "admin").await;
    let html = admin.page("/profile").await;
    let version = value_behind(&html, "name=\"version\" ", "value");
    let sent = [("version", version.as_str()), ("name", "Änne"), ("language", "de")];
    admin.post("/profile", &sent).await.goes_to();
    for (path, texts) in [
        ("/account", ["Kreditlimit", "30 Tage"]),
        ("/account/sites", ["Standorte", "Deutschland"]),
        ("/account/members", ["Jemanden einladen", "Administrator"]),
        ("/account/notifications", ["Bestellung bestätigt", "Rechnung"]),
        ("/team", ["Ihr Team", "noch nicht benannt"]),
        ("/profile/password", ["Bisheriges Passwort", "12 bis 128"]),
        ("/profile/sessions", ["Dieser Browser", "Eine Sitzung"]),
    ] {
        let html = admin.page(path).await;
        for text in texts {
            assert!(html.contains(text), "{path} {text}: {html}");
        }
    }
}
