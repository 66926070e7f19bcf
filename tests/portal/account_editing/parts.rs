//! What belongs to an account: its sites, its team, its people.

use reqwest::Method;
use serde_json::{Value, json};

use super::{account, recorded, text};
use crate::app::TestApp;

#[tokio::test]
async fn sites_are_added_and_changed() {
    let app = TestApp::with_accounts().await;
    let manager = app.staff("key_account_manager").await;
    let path = format!("/supplier/accounts/{}/sites", account(&manager, "ACME").await);
    let site = json!({"code": "NORTH", "name": "North gate", "country": "DE", "city": "Hamburg"});
    let added = manager.post(&path, site.clone()).await.expect(201);
    assert_eq!((&added["code"], &added["street"]), (&json!("NORTH"), &Value::Null));
    let again = manager.post(&path, site).await.faults();
    assert_eq!(again, [("/code".to_owned(), "duplicate_key".to_owned())]);
    let one = format!("/supplier/sites/{}", text(&added, "id"));
    let change = json!({"street": "Kai 1", "city": null});
    let changed = manager
        .change(Method::PATCH, &one, &text(&added, "etag"), Some(change.clone()))
        .await
        .expect(200);
    assert_eq!(
        (&changed["street"], &changed["city"], &changed["name"]),
        (&json!("Kai 1"), &Value::Null, &json!("North gate"))
    );
    let late = manager
        .change(Method::PATCH, &one, &text(&added, "etag"), Some(change))
        .await;
    late.problem(412, "precondition_failed");
    let wrong = manager
        .change(Method::PATCH, &one, "*", Some(json!({"country": "Germany"})))
        .await
        .faults();
    assert_eq!(wrong, [("/country".to_owned(), "unknown_country".to_owned())]);
    let unknown = manager
        .change(Method::PATCH, "/supplier/sites/sit_0000000000001", "*", Some(json!({})))
        .await;
    unknown.problem(404, "not_found");
    let codes: Vec<_> = manager.get(&path).await.expect(200)["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|site| text(site, "code"))
        .collect();
    assert_eq!(codes, ["MAIN", "NORTH"]);
    let entries = recorded(&app, "site.change").await;
    assert_eq!((entries.len(), &entries[0]["was"]["city"]), (1, &json!("Hamburg")));
    let buyer = app.person("ACME", "buyer").await;
    assert_eq!(
        buyer.get("/account/sites").await.expect(200)["data"][1]["street"],
        "Kai 1"
    );
}

#[tokio::test]
async fn the_team_is_set_as_a_whole() {
    let app = TestApp::with_accounts().await;
    for name in ["ann", "bob"] {
        app.add_staff_named(&format!("{name}@supplier.example"), "key_account_manager")
            .await;
    }
    let manager = app.staff("key_account_manager").await;
    let path = format!("/supplier/accounts/{}/team", account(&manager, "ACME").await);
    let put = async |members: Value| {
        let etag = manager.get(&path).await.header("etag").to_owned();
        manager
            .change(Method::PUT, &path, &etag, Some(json!({"members": members})))
            .await
    };
    let ann = json!({"email": "ann@supplier.example", "function": "key_account_manager", "position": 1,
        "phone": "+31 20 1", "deputy_email": "bob@supplier.example", "absent_from": "2020-01-01"});
    let bob = json!({"email": "BOB@supplier.example", "function": "shipping", "position": 2});
    let team = put(json!([ann, bob])).await.expect(200);
    assert_eq!(team["members"][0]["deputy"]["email"], "bob@supplier.example");
    assert_eq!(team["members"][1]["function"], "shipping");
    // Positions are swapped in one step; whoever isn't named leaves.
    let swapped = json!([
        {"email": "bob@supplier.example", "function": "key_account_manager", "position": 1},
        {"email": "ann@supplier.example", "function": "quality", "position": 2},
    ]);
    let team = put(swapped).await.expect(200);
    assert_eq!(team["members"].as_array().unwrap().len(), 2);
    assert_eq!(team["members"][1]["absent"], Value::Null);
    let wrong = json!([
        {"email": "nobody@supplier.example", "function": "sales", "position": 0},
        {"email": "ann@supplier.example", "function": "quality", "position": 3, "deputy_email": "ann@supplier.example"},
        {"email": "bob@supplier.example", "function": "shipping", "position": 3, "absent_to": "2026-01-01"},
    ]);
    let mut pointers: Vec<_> = put(wrong)
        .await
        .faults()
        .into_iter()
        .map(|(pointer, _)| pointer)
        .collect();
    pointers.sort();
    assert_eq!(
        pointers,
        [
            "/members/0/email",
            "/members/0/function",
            "/members/0/position",
            "/members/1/deputy_email",
            "/members/2/position"
        ]
    );
    assert!(
        put(json!([])).await.expect(200)["members"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    assert_eq!(recorded(&app, "team.change").await.len(), 3);
}

#[tokio::test]
async fn staff_invite_and_manage_the_people_of_an_account() {
    let app = TestApp::with_accounts().await;
    let (service, warehouse) = (app.staff("customer_service").await, app.staff("warehouse").await);
    let path = format!("/supplier/accounts/{}", account(&service, "ACME").await);
    let invitation = json!({"email": "first@acme.example", "role": "admin"});
    let open = service
        .post(&format!("{path}/invitations"), invitation.clone())
        .await
        .expect(201);
    warehouse
        .post(&format!("{path}/invitations"), invitation)
        .await
        .problem(403, "forbidden");
    // The link of the mail is good: one of the staff invited, who belongs to no account.
    let mails = app.mails().await;
    let mail = mails
        .iter()
        .find(|mail| format!("{mail:?}").contains("first@acme.example"))
        .expect("a mail");
    let shown = format!("{mail:?}");
    let token: String = shown
        .split("/invitations/")
        .nth(1)
        .expect("a link")
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || ['-', '_', '.'].contains(c))
        .collect();
    let accept = json!({"token": token, "name": "First", "password": crate::app::PASSWORD});
    app.anonymous().post("/invitations/accept", accept).await.expect(201);
    let first = app.sign_in("first@acme.example").await;
    let members = service.get(&format!("{path}/members")).await.expect(200);
    let member = &members["data"][0];
    assert_eq!(member["email"], "first@acme.example");
    let one = format!("/supplier/members/{}", text(member, "id"));
    let change = json!({"roles": ["buyer"]});
    // Their last admin too: staff can invite another one.
    let changed = service
        .change(Method::PATCH, &one, &text(member, "etag"), Some(change))
        .await
        .expect(200);
    assert_eq!(changed["roles"], json!(["buyer"]));
    service
        .change(Method::DELETE, &one, &text(member, "etag"), None)
        .await
        .problem(412, "precondition_failed");
    warehouse
        .change(Method::DELETE, &one, "*", None)
        .await
        .problem(403, "forbidden");
    assert_eq!(
        service
            .change(Method::DELETE, &one, &text(&changed, "etag"), None)
            .await
            .status,
        204
    );
    app.is_out_soon(&first).await;
    service
        .change(Method::DELETE, &one, "*", None)
        .await
        .problem(404, "not_found");

    let second = json!({"email": "second@acme.example", "role": "buyer"});
    let waiting = service.post(&format!("{path}/invitations"), second).await.expect(201);
    let list = service.get(&format!("{path}/invitations")).await.expect(200);
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    assert_ne!(waiting["id"], open["id"]);
    let withdraw = format!("/supplier/invitations/{}", text(&waiting, "id"));
    assert_eq!(service.send(Method::DELETE, &withdraw, &[], None).await.status, 204);
    service
        .send(Method::DELETE, &withdraw, &[], None)
        .await
        .problem(404, "not_found");
    // One of the staff is nobody's member.
    let me = service.get("/me").await.expect(200);
    let own = format!("/supplier/members/{}", text(&me, "id"));
    service
        .change(Method::DELETE, &own, "*", None)
        .await
        .problem(404, "not_found");
}
