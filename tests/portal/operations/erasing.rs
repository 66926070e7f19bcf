//! A person is forgotten: nothing of the database names them any more, they have no access, and the record stays whole.

use portal::audit::{checks, sealing};
use portal::db::{Connection, sql};
use portal::error::Result;
use portal::operations::erasing::NAMED_COLUMNS;
use portal::worker::erasing;
use serde_json::{Value, json};

use super::{add_person, columns, columns_with, tables};
use crate::app::{PASSWORD, TestApp};
use crate::client::{Client, unique};
use crate::orders::shop;
use crate::program::Installation;

const MAIL: &str = "ada.byron@gold.example";
const NAME: &str = "Ada Byron";

/// Ada is an admin of GOLD, a contact, and wrote here and there.
async fn traded() -> (TestApp, Client) {
    let app = shop().await;
    // Before anybody had this address somebody tried to sign in with it: the record has it as what was typed.
    let credentials = json!({"email": MAIL, "password": PASSWORD});
    let refused = app.anonymous().post("/auth/login", credentials).await;
    refused.problem(401, "invalid_credentials");
    add_person(&app, MAIL, NAME, "GOLD").await;
    app.import(&[(
        "contacts.csv",
        "account,contact,name,email,phone\nGOLD,ADA,Ada Byron,Ada.Byron@gold.example,+31 10 1234567\n",
    )])
    .await;
    let ada = app.sign_in(MAIL).await;
    let line = json!([{"sku": "BOLT", "unit": "H87", "quantity": "1", "note": "for ada.byron@gold.example"}]);
    let order = json!({"lines": line, "note": "Call Ada.Byron@gold.example, please."});
    ada.place_order(order).await.expect(201);
    let invitation = json!({"email": "colleague@gold.example", "role": "buyer"});
    ada.post("/invitations", invitation).await.expect(201);
    app.mails().await;
    // One of her mails is still to be sent.
    let unsent = |tx: &mut Connection| {
        sql(
            "UPDATE messages SET state = 'due', sent_at = NULL, subject = NULL, attempts = 0 \
             WHERE id = (SELECT MAX(id) FROM messages WHERE email = 'ada.byron@gold.example')",
        )
        .run(tx)
    };
    assert_eq!(app.db().write(unsent).await.unwrap(), 1);
    sealing::step(app.db()).await.unwrap();
    (app, ada)
}

async fn erase(staff: &Client, email: &str) -> Value {
    staff
        .post_with_key("/supplier/erasures", &unique(), json!({ "email": email }))
        .await
        .expect(201)
}

async fn named(app: &TestApp, needle: &'static str) -> Vec<String> {
    app.db()
        .read(move |connection| columns_with(connection, needle))
        .await
        .unwrap()
}

#[tokio::test]
async fn nothing_names_a_person_who_was_forgotten() {
    let (app, ada) = traded().await;
    let staff = app.staff("admin").await;
    assert!(named(&app, MAIL).await.len() > 3);
    let begun = erase(&staff, " Ada.Byron@Gold.example ").await;
    assert_eq!((&begun["state"], &begun["ended_at"]), (&json!("running"), &Value::Null));
    // Out at once, on every node; the rest follows.
    app.is_out_soon(&ada).await;
    let credentials = json!({"email": MAIL, "password": PASSWORD});
    let refused = app.anonymous().post("/auth/login", credentials).await;
    refused.problem(401, "invalid_credentials");

    assert!(erasing::step(app.db()).await.unwrap() > 1);
    assert_eq!(erasing::step(app.db()).await.unwrap(), 0);
    assert_eq!(named(&app, MAIL).await, Vec::<String>::new());
    assert_eq!(named(&app, NAME).await, Vec::<String>::new());

    let path = format!("/supplier/erasures/{}", begun["id"].as_str().unwrap());
    let done = staff.get(&path).await.expect(200);
    assert_eq!(done["state"], "done");
    assert!(done["ended_at"].is_string());
    let places: Vec<_> = done["replaced"].as_array().unwrap().iter().collect();
    let places: Vec<_> = places.iter().map(|one| one["place"].as_str().unwrap()).collect();
    for place in ["person", "contacts", "messages", "audit", "texts"] {
        assert!(places.contains(&place), "{place}: {done}");
    }
    assert_eq!(done["kept"][0], "documents");
    let listed = staff.get("/supplier/erasures").await.expect(200);
    assert_eq!(listed["data"][0], done);

    // What was done stays under the number of the person, whose name is the pseudonym.
    let orders = staff.get("/supplier/orders").await.expect(200);
    let order = format!("/supplier/orders/{}", orders["data"][0]["id"].as_str().unwrap());
    let order = staff.get(&order).await.expect(200);
    let note = order["note"].as_str().unwrap();
    assert!(
        note.starts_with("Call erased-") && note.ends_with("@erased.invalid, please."),
        "{note}"
    );
    sealing::step(app.db()).await.unwrap();
    app.check().await;
    let record = staff
        .get("/supplier/audit?action=person.erase&limit=10")
        .await
        .expect(200);
    assert_eq!(record["data"][0]["object"], done["person_id"]);
    assert!(!staff.get("/supplier/audit?limit=200").await.text.contains(MAIL));
}

/// Columns that are called like what people write, and why nobody is looked for in them.
const NOBODYS_WORDS: &[(&str, &str)] = &[
    ("audit_redactions", "what stands there instead"),
    ("claim_lines", "a closed set"),
    ("contacts", "their rows are replaced whole"),
    ("credit_notes", "a document"),
    ("invoice_corrections", "belongs to a document, and never changes"),
    ("invoice_taxes", "a document"),
    ("invoices", "a document"),
    ("messages", "a closed set; subjects go"),
    ("operation_marks", "the operator's"),
    ("products", "of an article"),
    ("reminder_proposal_items", "a closed set"),
    ("reminder_proposals", "a closed set"),
    ("waived_reminders", "belongs to a document, and never changes"),
];

#[tokio::test]
async fn every_column_in_which_people_write_is_looked_through() {
    let fresh = crate::fresh::Fresh::migrated();
    let read = |connection: &mut Connection| -> Result<Vec<(String, Vec<String>)>> {
        let all = tables(connection)?.into_iter();
        all.map(|table| Ok((table.clone(), columns(connection, &table)?)))
            .collect()
    };
    let mut missing = Vec::new();
    for (table, columns) in fresh.db().read(read).await.unwrap() {
        for column in columns {
            let is_written = [
                "note",
                "reason",
                "title",
                "body",
                "description",
                "received_by",
                "details",
                "remark",
            ]
            .iter()
            .any(|word| column == *word || column.ends_with(&format!("_{word}")));
            let is_named = NAMED_COLUMNS
                .iter()
                .any(|named| named.table == table && named.column == column);
            // Numbers of people and programs.
            let is_actor = table == "receipts" && column == "received_by";
            let is_excused = NOBODYS_WORDS.iter().any(|(excused, _)| *excused == table);
            if is_written && !is_named && !is_actor && !is_excused {
                missing.push(format!("{table}.{column}"));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new(), "look for people there, or say why not");
}

#[tokio::test]
async fn who_has_the_address_or_the_name_of_nobody_else_stays() {
    let app = shop().await;
    for (mail, name) in [
        ("jan@gold.example", "Jan Jansen"),
        ("jan2@gold.example", "Jan Jansen"),
        ("arjan@gold.example", "Arjan Smit"),
    ] {
        add_person(&app, mail, name, "GOLD").await;
    }
    let staff = app.staff("admin").await;
    erase(&staff, "jan@gold.example").await;
    erasing::step(app.db()).await.unwrap();
    let left = move |connection: &mut Connection| -> Result<Vec<(String, String)>> {
        sql("SELECT email, name FROM people WHERE account_id IS NOT NULL AND ended_at IS NULL ORDER BY email")
            .rows(connection)
    };
    let left = app.db().read(left).await.unwrap();
    let own = |mail: &str, name: &str| (mail.to_owned(), name.to_owned());
    assert_eq!(
        left,
        [
            own("arjan@gold.example", "Arjan Smit"),
            own("jan2@gold.example", "Jan Jansen")
        ]
    );
    // The address is free again.
    add_person(&app, "jan@gold.example", "Jan Jansen", "GOLD").await;
    app.sign_in("jan@gold.example").await;
}

#[tokio::test]
async fn only_somebody_who_is_known_and_someone_else_is_forgotten() {
    let app = TestApp::with_accounts().await;
    app.import(&[(
        "accounts.csv",
        "account,name,country,currency,tier,payment_terms_days,credit_limit,einvoice,einvoice_email\n\
         PAPER,Paper Works,NL,EUR,gold,30,,factur_x,bills@paper.example\n",
    )])
    .await;
    let staff = app.staff_named("olga@supplier.example", "admin").await;
    for (email, why) in [
        ("nobody@acme.example", "Nobody is known under this address"),
        ("", "Nobody is known under this address"),
        ("olga@supplier.example", "Nobody erases themselves"),
        ("bills@paper.example", "E-invoices of PAPER go to this address"),
    ] {
        let body = json!({ "email": email });
        let answer = staff.post_with_key("/supplier/erasures", &unique(), body).await;
        let text = answer.text.clone();
        assert_eq!(answer.faults()[0].0, "/email", "{email}");
        assert!(text.contains(why), "{email}: {text}");
    }
    assert_eq!(staff.get("/supplier/erasures").await.expect(200)["data"], json!([]));
}

#[tokio::test]
async fn it_is_asked_for_once_and_by_a_fresh_proof() {
    let (app, _ada) = traded().await;
    let staff = app.staff("admin").await;
    let (key, body) = (unique(), json!({"email": MAIL}));
    let first = staff.post_with_key("/supplier/erasures", &key, body.clone()).await;
    let again = staff.post_with_key("/supplier/erasures", &key, body.clone()).await;
    let first = first.expect(201);
    assert_eq!(again.expect(201)["id"], first["id"]);
    let old = move |tx: &mut Connection| sql("UPDATE sessions SET proven_at = '2020-01-01 00:00:00'").run(tx);
    app.db().write(old).await.unwrap();
    let node = app.another_node().await;
    let later = staff.at(&node.anonymous());
    let refused = later.post_with_key("/supplier/erasures", &unique(), body).await;
    refused.problem(403, "step_up_required");
    later.get("/supplier/erasures").await.expect(200);
}

/// What the check of the record says.
async fn breaches(app: &TestApp) -> Vec<String> {
    sealing::step(app.db()).await.unwrap();
    let found = app.db().read(checks::run).await.unwrap();
    found.into_iter().map(|breach| breach.detail).collect()
}

#[tokio::test]
async fn what_nobody_vouches_for_is_found_in_the_record() {
    let (app, _ada) = traded().await;
    let staff = app.staff("admin").await;
    let begun = erase(&staff, MAIL).await;
    erasing::step(app.db()).await.unwrap();
    assert_eq!(breaches(&app).await, Vec::<String>::new());
    // Not even the one who has the database changes an entry just so.
    let direct = |tx: &mut Connection| sql("UPDATE audit_entries SET details = '{}' WHERE place = 1").run(tx);
    app.db().write(direct).await.unwrap_err();
    let kept = |tx: &mut Connection| sql("DELETE FROM audit_redactions").run(tx);
    app.db().write(kept).await.unwrap_err();
    // A redaction that no sealed entry vouches for opens the way, and is found.
    let forged = |tx: &mut Connection| {
        sql(
            "INSERT INTO audit_redactions (id, entry_id, object, details, redacted_at) \
             SELECT 1, id, object, '{\"forged\":true}', recorded_at FROM audit_entries WHERE place = 2",
        )
        .run(tx)?;
        sql("UPDATE audit_entries SET details = '{\"forged\":true}' WHERE place = 2").run(tx)
    };
    app.db().write(forged).await.unwrap();
    assert_eq!(breaches(&app).await, ["it is not what was sealed"]);
    assert!(begun["pseudonym"].as_str().unwrap().starts_with("Erased person "));
}

#[tokio::test]
async fn the_desk_asks_for_the_address_twice_and_tells_what_is_kept() {
    let (app, _ada) = traded().await;
    let desk = app.browse_staff("admin").await;
    let form = desk.page("/desk/erasures/new").await;
    assert!(
        form.contains("Forget a person") && form.contains("tax and trade law"),
        "{form}"
    );
    let key = form.split("name=\"form_key\" value=\"").nth(1).unwrap();
    let key = key.split('"').next().unwrap();
    let send = async |again: &str| {
        let fields = [("form_key", key), ("email", MAIL), ("again", again)];
        desk.post("/desk/erasures/new", &fields).await
    };
    let differs = send("ada.byron@gold.exampl").await;
    assert_eq!(differs.status, 422);
    assert!(
        differs.html.contains("This is not the address above"),
        "{}",
        differs.html
    );
    let path = send(MAIL).await.goes_to();
    assert!(path.starts_with("/desk/erasures/era_"), "{path}");
    assert_eq!(send(MAIL).await.goes_to(), path);
    let runs = desk.page(&path).await;
    assert!(runs.contains("Erased person") && !runs.contains(NAME), "{runs}");
    erasing::step(app.db()).await.unwrap();
    let done = desk.page(&path).await;
    assert!(
        done.contains("Audit record") && done.contains("Network addresses"),
        "{done}"
    );
    assert!(desk.page("/desk/erasures").await.contains("One erasure"));
}

#[tokio::test]
async fn the_command_tells_first_and_then_does_it_to_the_end() {
    let (app, _ada) = traded().await;
    let installation = Installation::on(app.db().target());
    let told = installation.run(&["user", "erase", MAIL], "");
    assert_eq!(told.code, Some(0), "{told:?}");
    assert!(told.stdout.contains("--yes"), "{told:?}");
    assert!(!named(&app, MAIL).await.is_empty());
    let done = installation.run(&["user", "erase", MAIL, "--yes"], "");
    assert_eq!(done.code, Some(0), "{done:?}");
    assert!(done.stdout.contains("kept\tdocuments\t"), "{done:?}");
    assert_eq!(named(&app, MAIL).await, Vec::<String>::new());
    let again = installation.run(&["user", "erase", MAIL, "--yes"], "");
    assert_eq!(again.code, Some(1), "{again:?}");
    assert!(again.stderr.contains("Nobody is known under"), "{again:?}");
    installation.succeed(&["check"], "");
}
