//! Who gets which answer from which operation. The table has one row for each operation of the API document; an
//! operation without a row fails, and so does a row without an operation.

mod access_table;
mod bank_table;
mod bulk_table;
mod catalogue_table;
mod changes_table;
mod choices_table;
mod claims_table;
mod credit_table;
mod corrections_table;
mod price_changes_table;
mod consignments_table;
mod contracts_table;
mod desk_table;
mod entitlements_table;
mod examples;
mod files;
mod lit;
mod operations_table;
mod page_row;
mod money_table;
mod page_table;
mod pages;
mod programs;
mod punchout_table;
mod quotas_table;
mod rebates_table;
mod reminders_table;
mod row;
mod sandbox_table;
mod supply_table;
mod settlement_table;
mod shipping_table;
mod table;
mod webhook_pages;
mod webhook_table;
mod webhooks;
mod world;
mod world_articles;
mod world_bank;
mod world_changes;
mod world_choices;
mod world_claims;
mod world_contracts;
mod world_corrections;
mod world_entitlements;
mod world_money;
mod world_operations;
mod world_prices;
mod world_programs;
mod world_quotas;
mod world_rebates;
mod world_settlement;
mod world_shipping;

use std::collections::{BTreeSet, HashMap};
use std::sync::{LazyLock, Mutex};

use reqwest::Method;
use serde_json::Value;

use self::table::{Callers, Foreign, Row};
use self::world::{ACCOUNT_ROLES, STAFF_ROLES, World};
use crate::client::{Answer, Client, unique};
use crate::openapi::{Operation, document, operations};

fn table() -> impl Iterator<Item = &'static Row> {
    table::ROWS
        .iter()
        .chain(catalogue_table::ROWS)
        .chain(access_table::ROWS)
        .chain(bank_table::ROWS)
        .chain(webhook_table::ROWS)
        .chain(bulk_table::ROWS)
        .chain(punchout_table::ROWS)
        .chain(sandbox_table::ROWS)
        .chain(money_table::ROWS)
        .chain(settlement_table::ROWS)
        .chain(changes_table::ROWS)
        .chain(choices_table::ROWS)
        .chain(claims_table::ROWS)
        .chain(contracts_table::ROWS)
        .chain(credit_table::ROWS)
        .chain(corrections_table::ROWS)
        .chain(price_changes_table::ROWS)
        .chain(supply_table::ROWS)
        .chain(shipping_table::ROWS)
        .chain(operations_table::ROWS)
        .chain(consignments_table::ROWS)
        .chain(reminders_table::ROWS)
        .chain(quotas_table::ROWS)
        .chain(rebates_table::ROWS)
        .chain(entitlements_table::ROWS)
}

/// The operations below the version.
fn documented() -> impl Iterator<Item = Operation> {
    let all = operations(&document()).into_iter();
    all.filter(|operation| !operation.is_of_oauth())
}

#[test]
fn every_operation_has_a_row_and_every_row_an_operation() {
    let documented: BTreeSet<_> = documented().map(|operation| operation.name).collect();
    let rows: BTreeSet<_> = table().map(|row| row.operation.to_owned()).collect();
    assert_eq!(rows.len(), table().count(), "a row stands twice");
    let odd: Vec<_> = documented.symmetric_difference(&rows).collect();
    assert!(odd.is_empty(), "only in the document or only in the table: {odd:?}");
}

#[test]
fn the_document_says_who_need_not_sign_in() {
    for operation in documented() {
        let row = table().find(|row| row.operation == operation.name).unwrap();
        let public = matches!(row.callers, Callers::Anybody);
        assert_eq!(operation.is_public(), public, "{}", operation.name);
    }
}

#[test]
fn the_document_says_whose_roles_may_call() {
    for operation in documented() {
        let row = table().find(|row| row.operation == operation.name).unwrap();
        let said = operation.about["description"].as_str().unwrap_or_default();
        let expected = match row.callers {
            Callers::Anybody => continue,
            Callers::SignedIn => "For everybody who is signed in.".to_owned(),
            Callers::Account(roles) => format!("For these roles of the account: `{}`.", roles.join("`, `")),
            // What the table's order is held for, finance doesn't release; other orders they do. The same of how a claim is settled.
            Callers::Desk(_)
                if row.operation.ends_with("/orders/{id}/release")
                    || row.operation.ends_with("/claims/{id}/settle") =>
            {
                "For these roles of the staff: `admin`, `key_account_manager`, `customer_service`, `finance`."
                    .to_owned()
            }
            Callers::Desk(roles) => format!("For these roles of the staff: `{}`.", roles.join("`, `")),
        };
        assert!(said.ends_with(&expected), "{}: {said}, not {expected}", operation.name);
    }
}

#[tokio::test]
async fn without_a_token_nothing_opens() {
    let world = World::start().await;
    for row in table().filter(|row| !matches!(row.callers, Callers::Anybody)) {
        for client in [world.anonymous(), world.anonymous().with_token("not.a.token")] {
            let answer = ask_of_nothing(&world, row, &client).await;
            assert_eq!(answer.status, 401, "{}: {}", row.operation, answer.text);
            assert!(
                answer.header("www-authenticate").starts_with("Bearer"),
                "{}",
                row.operation
            );
            answer.problem(401, "unauthenticated");
        }
    }
}

#[tokio::test]
async fn each_role_of_an_account_may_what_its_row_says() {
    let world = World::start().await;
    let mut faults = Vec::new();
    for role in ACCOUNT_ROLES {
        let client = world.member(role);
        for row in table() {
            let allowed = match row.callers {
                Callers::Anybody | Callers::SignedIn => true,
                Callers::Account(roles) => roles.contains(role),
                Callers::Desk(_) => false,
            };
            if row.ends_token() {
                let client = world.new_member(role).await;
                check(&world, row, &client, role, allowed, &mut faults).await;
            } else {
                check(&world, row, client, role, allowed, &mut faults).await;
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn each_role_of_the_staff_may_what_its_row_says() {
    let world = World::start().await;
    let mut faults = Vec::new();
    for role in STAFF_ROLES {
        let client = world.staff(role);
        for row in table() {
            let allowed = match row.callers {
                Callers::Anybody | Callers::SignedIn => true,
                Callers::Account(_) => false,
                Callers::Desk(roles) => roles.contains(role),
            };
            if row.ends_token() {
                let client = world.new_staff(role).await;
                check(&world, row, &client, role, allowed, &mut faults).await;
            } else {
                check(&world, row, client, role, allowed, &mut faults).await;
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Asks as who may or may not, and notes an answer that isn't the row's.
async fn check(world: &World, row: &Row, client: &Client, role: &str, allowed: bool, faults: &mut Vec<String>) {
    let (answer, expected) = if allowed {
        (ask(world, row, client).await, row.success)
    } else {
        (ask_of_nothing(world, row, client).await, 403)
    };
    if answer.status != expected {
        let (got, text) = (answer.status, &answer.text);
        faults.push(format!("{role}: {}: {got}, not {expected}: {text}", row.operation));
    } else if !allowed {
        answer.problem(403, "forbidden");
    }
}

#[tokio::test]
async fn what_belongs_to_another_account_does_not_exist() {
    let world = World::start().await;
    for row in table().filter(|row| row.foreign == Foreign::Id) {
        let (_, path) = row.method_and_path();
        let id = world.object(path, world.member("admin")).await;
        let path = world.with_line(path.to_owned(), &id).await;
        let foreign = ask_at(row, world.rival(), &id, &path).await;
        let unknown = ask_at(row, world.rival(), &world::unknown_id(&id), &path).await;
        let ill_formed = ask_at(row, world.rival(), "nonsense", &path).await;
        let answers = [foreign, unknown, ill_formed].map(|answer| told(answer.problem(404, "not_found")));
        assert_eq!(answers[0], answers[1], "{}", row.operation);
        assert_eq!(answers[0], answers[2], "{}", row.operation);
        let own = ask_at(row, world.member("admin"), &id, &path).await;
        assert_eq!(own.status, row.success, "{}: {}", row.operation, own.text);
    }
}

#[tokio::test]
async fn what_is_listed_is_ones_own() {
    let world = World::start().await;
    for row in table().filter(|row| row.foreign == Foreign::List) {
        let own = ask(&world, row, world.member("admin")).await;
        assert_eq!(own.status, 200, "{}: {}", row.operation, own.text);
        assert!(
            world::hints_at_acme(&own.text),
            "{} proves nothing: {}",
            row.operation,
            own.text
        );
        let foreign = ask(&world, row, world.rival()).await;
        assert_eq!(foreign.status, 200, "{}: {}", row.operation, foreign.text);
        assert!(
            !world::hints_at_acme(&foreign.text),
            "{}: {}",
            row.operation,
            foreign.text
        );
    }
}

#[tokio::test]
async fn an_article_of_another_account_is_as_unknown_as_one_that_does_not_exist() {
    let world = World::start().await;
    for row in table().filter(|row| row.foreign == Foreign::Article) {
        let (_, path) = row.method_and_path();
        for (key, foreign, unknown) in world.articles_of_acme() {
            let body = |value: &str| {
                let mut body = (row.body.unwrap())(&unique());
                let mut line = serde_json::json!({key: value, "quantity": "1"});
                // What is split is told in base units.
                if body["lines"][0].get("unit").is_some() {
                    line["unit"] = "H87".into();
                }
                body["lines"] = Value::Array(vec![line]);
                body
            };
            let mut answers = Vec::new();
            for value in [&foreign, &unknown] {
                let answer = world.rival().post_with_key(path, &unique(), body(value)).await;
                let told = told(answer.problem(422, "validation_failed")).to_string();
                answers.push(told.replace(value.as_str(), "…"));
            }
            assert_eq!(answers[0], answers[1], "{} by {key}", row.operation);
            assert!(answers[0].contains("unknown_sku"), "{}", answers[0]);
            let own = world
                .member("admin")
                .post_with_key(path, &unique(), body(&foreign))
                .await;
            assert_eq!(own.status, row.success, "{} by {key}: {}", row.operation, own.text);
        }
    }
}

/// Asks as `client` for an object of the account ACME.
async fn ask(world: &World, row: &Row, client: &Client) -> Answer {
    let (id, path) = named(world, row, client).await;
    ask_at(row, client, &id, &path).await
}

/// An object of the account ACME that the operation may be about, and its path with all others that it names.
async fn named(world: &World, row: &Row, client: &Client) -> (String, String) {
    let (_, path) = row.method_and_path();
    let id = match path.contains("/sandbox") {
        true => world.sandbox(path, row.operation.starts_with("POST ")).await,
        false if row.operation.starts_with("GET /api/v1/supplier/") => {
            world.once(row.operation, world.object(path, client)).await
        }
        false => world.object(path, client).await,
    };
    let contact = match path.contains("{contact}") {
        true => world.contact().await,
        false => String::new(),
    };
    let path = path.replace("{contact}", &contact);
    let path = world.with_program(path, &id).await;
    let path = world.with_line(world.with_document(path).await, &id).await;
    (id, path)
}

/// Asks for what doesn't exist, where once something like it did: whoever may not is told that first, and nothing need be made
/// for everybody.
async fn ask_of_nothing(world: &World, row: &Row, client: &Client) -> Answer {
    let path = row.method_and_path().1;
    if !is_plain(path) {
        return ask(world, row, client).await;
    }
    let id = match sample(path) {
        Some(id) => id,
        None => keep_sample(path, world.object(path, client).await),
    };
    let id = if id.contains('_') { world::unknown_id(&id) } else { id };
    ask_at(row, client, &id, path).await
}

/// True where a path names one thing, nothing else has to be there for it, and who may does not depend on how it stands.
pub fn is_plain(path: &str) -> bool {
    let others = ["/sandbox", "/clients", "/punchout", "/release", "/settle"];
    path.contains("{id}") && path.matches('{').count() == 1 && !others.iter().any(|other| path.contains(other))
}

/// An id of what a path names, made once for all tests.
static SAMPLES: LazyLock<Mutex<HashMap<&'static str, String>>> = LazyLock::new(Mutex::default);

pub fn sample(path: &str) -> Option<String> {
    SAMPLES.lock().unwrap().get(path).cloned()
}

pub fn keep_sample(path: &'static str, id: String) -> String {
    SAMPLES.lock().unwrap().insert(path, id.clone());
    id
}

async fn ask_at(row: &Row, client: &Client, id: &str, path: &str) -> Answer {
    let (method, _) = row.method_and_path();
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let key = unique();
    let mut headers = vec![("Idempotency-Key", key.as_str())];
    if row.if_match {
        headers.push(("If-Match", "*"));
    }
    let body = row.body.map(|body| body(&key).to_string().replace("{id}", id));
    let path = path.replace("{id}", id).replace("{link}", id);
    client.send(method, &path, &headers, body).await
}

/// A problem without what differs from request to request.
fn told(mut problem: Value) -> Value {
    problem.as_object_mut().unwrap().remove("request_id");
    problem
}
