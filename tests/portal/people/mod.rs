//! The people of accounts and of the supplier: invited, changed, removed; their passwords, sessions, teams and mails.

mod access_proofs;
mod breached;
mod contacts;
mod factors;
mod invitations;
mod kept_in_mind;
mod keys;
mod members;
mod notifications;
mod passkeys;
mod passwords;
mod proofs;
mod regaining;
mod sessions;
mod team;

use portal::accounts::invitations as inviting;
use portal::clock;
use portal::db::sql;
use portal::identity::passwords::resetting;
use portal::ids::{InvitationId, PasswordResetId};
use serde_json::{Value, json};

use crate::app::{PASSWORD, TestApp};
use crate::client::{Answer, Client};

/// A password that nobody begins with.
const NEW_PASSWORD: &str = "another horse battery";

fn text(value: &Value, name: &str) -> String {
    value[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} in {value}"))
        .to_owned()
}

/// Invites somebody; the id.
async fn invite(admin: &Client, email: &str, role: &str) -> String {
    let invitation = json!({"email": email, "role": role});
    text(&admin.post("/invitations", invitation).await.expect(201), "id")
}

/// What the mail of an invitation carries, while there is use in sending it.
pub async fn invitation_token(app: &TestApp, id: &str) -> Option<String> {
    let id: InvitationId = id.parse().unwrap();
    let read = move |connection: &mut _| inviting::mail(connection, id, clock::now());
    app.db().read(read).await.unwrap().map(|mail| mail.token)
}

/// Invites somebody; the token of the mail.
pub async fn invited(app: &TestApp, admin: &Client, email: &str, role: &str) -> String {
    let id = invite(admin, email, role).await;
    invitation_token(app, &id).await.expect("the invitation is good")
}

async fn accept(app: &TestApp, token: &str, name: &str) -> Answer {
    let body = json!({"token": token, "name": name, "password": PASSWORD});
    app.anonymous().post("/invitations/accept", body).await
}

async fn look_up(app: &TestApp, token: &str) -> Answer {
    app.anonymous()
        .post("/invitations/look-up", json!({"token": token}))
        .await
}

/// Asks for a new password; the token of the mail.
pub async fn reset_token(app: &TestApp, email: &str) -> String {
    let answer = app
        .anonymous()
        .post("/auth/forgot-password", json!({"email": email}))
        .await;
    assert_eq!(answer.status, 202, "{}", answer.text);
    let read = |connection: &mut _| {
        let newest = "SELECT subject_id FROM events WHERE type = 'password_reset.requested' ORDER BY id DESC LIMIT 1";
        let id: i64 = sql(newest).one(connection)?;
        resetting::mail(connection, PasswordResetId(id), clock::now())
    };
    let mail = app.db().read(read).await.unwrap().expect("the reset is good");
    assert_eq!(mail.email, email.to_lowercase());
    mail.token
}

async fn reset(client: &Client, token: &str, password: &str) -> Answer {
    let body = json!({"token": token, "new_password": password});
    client.post("/auth/reset-password", body).await
}

async fn log_in(client: &Client, email: &str, password: &str) -> Answer {
    client
        .post("/auth/login", json!({"email": email, "password": password}))
        .await
}

/// The client's person as the admin sees them.
async fn member_of(admin: &Client, client: &Client) -> Value {
    let id = text(&client.get("/me").await.expect(200), "id");
    admin.get(&format!("/account/members/{id}")).await.expect(200)
}

/// Changes rows behind the portal's back.
pub async fn run(app: &TestApp, change: &'static str) {
    app.db().write(move |tx| sql(change).run(tx)).await.unwrap();
}

async fn count(app: &TestApp, query: &'static str) -> i64 {
    app.db()
        .read(move |connection| sql(query).one(connection))
        .await
        .unwrap()
}

/// The data of the account's events of a type, oldest first.
async fn events(app: &TestApp, kind: &'static str) -> Vec<Value> {
    let read = move |connection: &mut _| {
        sql("SELECT data FROM events WHERE type = $1 AND account_id IS NOT NULL ORDER BY id")
            .bind(kind)
            .rows::<String>(connection)
    };
    let rows = app.db().read(read).await.unwrap();
    rows.iter().map(|data| serde_json::from_str(data).unwrap()).collect()
}

/// The actions of the audit record, oldest first.
async fn actions(app: &TestApp) -> Vec<String> {
    let read = |connection: &mut _| sql("SELECT action FROM audit_entries ORDER BY id").rows(connection);
    app.db().read(read).await.unwrap()
}

/// How many of the answers have this status.
fn how_many(answers: &[Answer], status: u16) -> usize {
    answers.iter().filter(|answer| answer.status == status).count()
}
