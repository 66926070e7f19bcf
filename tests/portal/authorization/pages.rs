//! Who gets which page. The table has one row for each route that a browser may ask for; a route of the sources without
//! a row fails, and so does a row without a route.

use std::collections::BTreeSet;
use std::path::Path;

use portal::web::assets::{self, Asset};
use reqwest::Method;

use super::page_row::{Page, Sent};
use super::table::Callers;
use super::world::{ACCOUNT_ROLES, STAFF_ROLES, World, unknown_id};
use super::{
    changes_table, choices_table, claims_table, consignments_table, contracts_table, corrections_table, credit_table,
    desk_table, operations_table, page_table, price_changes_table, punchout_table, quotas_table, rebates_table,
    sandbox_table, settlement_table, shipping_table, supply_table, webhook_pages,
};
use crate::browser::{Browser, Shown};
use crate::client::{Client, unique};
use crate::people::{invited, reset_token};
use crate::tidy::source::texts;

pub(super) fn table() -> impl Iterator<Item = &'static Page> {
    page_table::ROWS
        .iter()
        .chain(changes_table::PAGES)
        .chain(choices_table::PAGES)
        .chain(claims_table::PAGES)
        .chain(contracts_table::PAGES)
        .chain(settlement_table::PAGES)
        .chain(credit_table::PAGES)
        .chain(corrections_table::PAGES)
        .chain(price_changes_table::PAGES)
        .chain(rebates_table::PAGES)
        .chain(supply_table::PAGES)
        .chain(shipping_table::PAGES)
        .chain(consignments_table::PAGES)
        .chain(desk_table::ROWS)
        .chain(operations_table::PAGES)
        .chain(webhook_pages::ROWS)
        .chain(quotas_table::PAGES)
        .chain(punchout_table::PAGES)
        .chain(sandbox_table::PAGES)
}

/// The routes of handlers that the API document doesn't describe, by their attributes.
fn routes() -> BTreeSet<String> {
    let mut routes = BTreeSet::new();
    for (_, text) in texts(Path::new(env!("CARGO_MANIFEST_DIR")), "src") {
        let mut is_described = false;
        for line in text.lines() {
            if line.starts_with("#[utoipa::path(") {
                is_described = true;
            } else if line.starts_with("pub async fn ") {
                is_described = false;
            } else if let Some((method, path)) = route(line).filter(|_| !is_described) {
                routes.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
    }
    routes
}

/// Method and path of an attribute such as `#[get("/orders")]`.
fn route(line: &str) -> Option<(&str, &str)> {
    let (method, rest) = line.strip_prefix("#[")?.split_once("(\"")?;
    let method = method.strip_prefix("actix_web::").unwrap_or(method);
    let is_method = ["get", "post", "put", "patch", "delete", "head"].contains(&method);
    let (path, _) = rest.split_once('"')?;
    is_method.then_some((method, path))
}

#[test]
fn every_route_of_a_page_has_a_row_and_every_row_a_route() {
    let routes = routes();
    let rows: BTreeSet<_> = table().map(|row| row.route.to_owned()).collect();
    assert_eq!(rows.len(), table().count(), "a row stands twice");
    let odd: Vec<_> = routes.symmetric_difference(&rows).collect();
    assert!(odd.is_empty(), "only in the sources or only in the table: {odd:?}");
}

/// The name of whoever isn't signed in.
const NOBODY: &str = "nobody";

/// Somebody at a browser, and the same person as a caller of the API.
pub(super) struct Reader {
    name: &'static str,
    is_staff: bool,
    pub(super) browser: Browser,
    client: Client,
}

impl Reader {
    async fn nobody(world: &World) -> Self {
        Self {
            name: NOBODY,
            is_staff: false,
            browser: world.app().browser(),
            client: world.anonymous(),
        }
    }

    async fn signed_in(world: &World, name: &'static str, email: &str) -> Self {
        Self {
            name,
            is_staff: email.ends_with("@supplier.example"),
            browser: world.app().browse_as_person(email).await,
            client: world.app().sign_in(email).await,
        }
    }

    /// Somebody new in a role of `account`.
    async fn member(world: &World, account: &str, role: &'static str) -> Self {
        let email = world.app().add_person(account, role).await;
        Self::signed_in(world, role, &email).await
    }

    /// Somebody new in a role of the staff.
    pub(super) async fn staff(world: &World, role: &'static str) -> Self {
        let email = format!("{role}-{}@supplier.example", unique());
        world.app().add_staff_named(&email, role).await;
        Self::signed_in(world, role, &email).await
    }
}

/// What a reader got that the table doesn't say.
fn odd(faults: &mut Vec<String>, row: &Page, reader: &str, shown: &Shown, expected: &str) {
    let got = shown.status;
    let first = shown.html.split("<main").nth(1).unwrap_or(&shown.html);
    let first: String = first.chars().take(300).collect();
    faults.push(format!("{} by {reader}: {got}, not {expected}: {first}", row.route));
}

fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[tokio::test]
async fn without_a_session_every_page_leads_to_the_sign_in() {
    let world = World::start().await;
    let mut faults = Vec::new();
    for row in table() {
        let nobody = Reader::nobody(&world).await;
        let shown = match row.callers {
            Callers::Anybody => ask(&world, row, &nobody).await,
            _ => ask_of_nothing(&world, row, &nobody).await,
        };
        let to = shown.headers.get("location").map_or("", |to| to.to_str().unwrap());
        let (is_right, expected) = match (row.callers, row.method()) {
            (Callers::Anybody, _) => (
                shown.status == row.success_of_nobody.unwrap_or(row.success),
                "its success",
            ),
            (_, Method::POST) if !matches!(row.sent, Sent::File(..)) => {
                (shown.status == 307 && to.starts_with("/sign-in/interrupted?"), "307")
            }
            _ => (
                shown.status == 303 && (to == "/sign-in" || to.starts_with("/sign-in?")),
                "303",
            ),
        };
        if !is_right {
            odd(&mut faults, row, NOBODY, &shown, expected);
        }
    }
    none(faults);
}

#[tokio::test]
async fn each_role_of_an_account_sees_what_its_row_says() {
    let world = World::start().await;
    let mut faults = Vec::new();
    for role in ACCOUNT_ROLES {
        let reader = Reader::member(&world, "ACME", role).await;
        for row in table() {
            let allowed = match row.callers {
                Callers::Anybody | Callers::SignedIn => true,
                Callers::Account(roles) => roles.contains(role),
                Callers::Desk(_) => false,
            };
            if row.ends_session {
                let reader = Reader::member(&world, "ACME", role).await;
                check(&world, row, &reader, allowed, &mut faults).await;
            } else {
                check(&world, row, &reader, allowed, &mut faults).await;
            }
        }
    }
    none(faults);
}

#[tokio::test]
async fn each_role_of_the_staff_sees_what_its_row_says() {
    let world = World::start().await;
    let mut faults = Vec::new();
    for role in STAFF_ROLES {
        let reader = Reader::staff(&world, role).await;
        for row in table() {
            let allowed = match row.callers {
                Callers::Anybody | Callers::SignedIn => true,
                Callers::Account(_) => false,
                Callers::Desk(roles) => roles.contains(role),
            };
            if row.ends_session {
                let reader = Reader::staff(&world, role).await;
                check(&world, row, &reader, allowed, &mut faults).await;
            } else {
                check(&world, row, &reader, allowed, &mut faults).await;
            }
        }
    }
    none(faults);
}

#[tokio::test]
async fn staff_who_act_for_an_account_see_what_its_buyers_see() {
    let world = World::start().await;
    let mut faults = Vec::new();
    let reader = Reader::staff(&world, "customer_service").await;
    let account = world.account().await;
    let path = format!("/desk/accounts/{account}/act-for");
    assert_eq!(reader.browser.post(&path, &[("reason", "A call")]).await.goes_to(), "/");
    let of_accounts = table().filter_map(|row| match row.callers {
        Callers::Account(roles) => Some((row, roles.contains(&"buyer"))),
        _ => None,
    });
    for (row, allowed) in of_accounts {
        check(&world, row, &reader, allowed, &mut faults).await;
    }
    none(faults);
}

#[tokio::test]
async fn the_pages_of_what_belongs_to_another_account_do_not_exist() {
    let world = World::start().await;
    let mut faults = Vec::new();
    let rival = Reader::member(&world, "RIVAL", "admin").await;
    let of_objects = table().filter(|row| matches!(row.callers, Callers::Account(_)) && row.route.contains("{id}"));
    for row in of_objects {
        let id = object(&world, row.path(), &rival).await;
        for id in [&id, &unknown_id(&id), "nonsense"] {
            let shown = send(row, &rival.browser, &row.path().replace("{id}", id)).await;
            if shown.status != 404 || super::world::hints_at_acme(&shown.html) {
                odd(&mut faults, row, "the other account", &shown, "404");
            }
        }
    }
    none(faults);
}

async fn check(world: &World, row: &Page, reader: &Reader, allowed: bool, faults: &mut Vec<String>) {
    let success = match row.success_of_staff.filter(|_| reader.is_staff) {
        Some(success) => success,
        None => row.success,
    };
    let refusal = row.refusal_of_staff.filter(|_| reader.is_staff).unwrap_or(403);
    let expected = if allowed { success } else { refusal };
    let shown = match expected {
        // Whoever may not is told so first, whatever is there.
        403 => ask_of_nothing(world, row, reader).await,
        _ => ask(world, row, reader).await,
    };
    if shown.status != expected {
        odd(faults, row, reader.name, &shown, &expected.to_string());
    }
}

/// Asks for a page of what doesn't exist, where once something like it did.
async fn ask_of_nothing(world: &World, row: &Page, reader: &Reader) -> Shown {
    let path = row.path();
    if !super::is_plain(path) {
        return ask(world, row, reader).await;
    }
    let id = match super::sample(path) {
        Some(id) => id,
        None => super::keep_sample(path, object(world, path, reader).await),
    };
    let id = if id.contains('_') { unknown_id(&id) } else { id };
    send(row, &reader.browser, &path.replace("{id}", &id)).await
}

/// Asks as `reader` for the page of an object of the account ACME.
pub(super) async fn ask(world: &World, row: &Page, reader: &Reader) -> Shown {
    let mut path = row.path().to_owned();
    let sheet = assets::path(Asset::Sheet).trim_start_matches("/assets/");
    for (name, value) in [("{format}", "csv"), ("{position}", "1"), ("{name}", sheet)] {
        path = path.replace(name, value);
    }
    if path.contains("{other}") {
        let of = if path.contains("invitations") {
            "/invitations/{id}"
        } else {
            "/members/{id}"
        };
        path = path.replace("{other}", &world.object(of, &reader.client).await);
    }
    if path.contains("{site}") {
        path = path.replace("{site}", &world.object("/supplier/sites/{id}", &reader.client).await);
    }
    if path.contains("{contact}") {
        path = path.replace("{contact}", &world.contact().await);
    }
    if path == "/sandbox" || path.starts_with("/sandbox/") {
        world.sandbox(&path, false).await;
    }
    // What a form needs that names it nowhere.
    match row.route {
        "POST /desk/refunds" => drop(world.on_account().await),
        "POST /desk/substitutes" => drop(world.substitute(row.path()).await),
        _ => {}
    }
    if path.contains("{id}") {
        let made = object(world, row.path(), reader);
        let id = match row.method() == Method::GET && path.starts_with("/desk/") {
            true => world.once(row.route, made).await,
            false => made.await,
        };
        path = world.with_program(path.replace("{id}", &id), &id).await;
        path = world.with_document(path).await;
        path = world.with_commitment(path, &id).await;
    }
    if path.contains("{token}") {
        path = path.replace("{token}", &token(world, row.path()).await);
    }
    send(row, &reader.browser, &path).await
}

/// What the `{id}` of a page's path names; a new one each time.
async fn object(world: &World, path: &str, reader: &Reader) -> String {
    let below = path.trim_start_matches("/desk");
    match below {
        _ if path.starts_with("/drafts/") => world.draft().await,
        _ if path.starts_with("/contracts/") => world.contract(path).await,
        _ if below.starts_with("/bank/") => world.bank(below).await,
        _ if below.starts_with("/refunds/") => world.refund().await,
        _ if below.starts_with("/write-offs/") => world.write_off().await,
        _ if below.contains("/punchout") => world.punchout().await,
        _ if below.contains("/sandbox") => world.sandbox(path, false).await,
        _ if path.starts_with("/clients/") => world.object("/clients/{id}", &reader.client).await,
        _ if below.starts_with("/webhooks/") => world.webhook(path).await,
        "/accounts/{id}/close" => world.object("/supplier/accounts/{id}/close", &reader.client).await,
        _ if below.starts_with("/accounts/") || below.starts_with("/assortments/") => world.account().await,
        _ if below.starts_with("/assortment-rows/") => world.object("/supplier/assortments/{id}", &reader.client).await,
        _ if below.starts_with("/products/") || below.starts_with("/stock/") => {
            world.object("/products/{id}", &reader.client).await
        }
        // Not held, so that finance, which releases credit holds only, gets no other answer.
        "/orders/{id}/release" => world.object("/supplier/orders/{id}", &reader.client).await,
        "/orders/{id}/ship" => world.object("/supplier/shipments", &reader.client).await,
        _ if below.starts_with("/erasures/") => world.erasure().await,
        _ if below.starts_with("/receipts/") => world.receipt().await,
        _ if below.starts_with("/account/invitations/") => world.object("/invitations/{id}", &reader.client).await,
        _ if below.starts_with("/account/contacts/") => world.contact().await,
        _ if below.starts_with("/account/members/") => world.object("/members/{id}", &reader.client).await,
        // Nobody has one with this id, and pressing twice is no fault.
        _ if path.starts_with("/profile/passkeys/") => unknown_id("psk_"),
        _ if path.starts_with("/views/") => saved_view(reader).await,
        // Nobody has no session.
        _ if below.starts_with("/profile/sessions/") && reader.name == NOBODY => {
            world.object("/me/sessions/{id}", world.member("viewer")).await
        }
        _ if below.starts_with("/profile/sessions/") => world.object("/me/sessions/{id}", &reader.client).await,
        _ => world.object(&format!("/supplier{below}"), &reader.client).await,
    }
}

/// A view that the reader saved of a list; nobody has none.
async fn saved_view(reader: &Reader) -> String {
    let list = if reader.is_staff { "/desk/orders" } else { "/orders" };
    let name = unique();
    let fields = [("list", list), ("name", name.as_str()), ("query", "state=shipped")];
    reader.browser.post("/views", &fields).await;
    let shown = reader.browser.get(list).await.html;
    let saved = shown.split_once(&name).and_then(|(_, rest)| rest.split_once("/views/"));
    saved
        .and_then(|(_, rest)| rest.split_once('/'))
        .map_or_else(|| unknown_id("viw_"), |(id, _)| id.to_owned())
}

async fn token(world: &World, path: &str) -> String {
    if path.starts_with("/invitations/") {
        let email = format!("{}@acme.example", unique());
        return invited(world.app(), world.member("admin"), &email, "buyer").await;
    }
    if path.starts_with("/punchout/") {
        return "nobodys".to_owned();
    }
    if path.starts_with("/reset/") {
        let email = world.app().add_person("ACME", "viewer").await;
        return reset_token(world.app(), &email).await;
    }
    world.object(path, world.member("viewer")).await
}

/// Sends a row's request as its page would.
async fn send(row: &Page, browser: &Browser, path: &str) -> Shown {
    let unique = unique();
    match row.sent {
        Sent::Nothing => browser.get(path).await,
        Sent::Form(fields) => {
            let hidden = hidden(browser, path).await;
            let fields = fields.replace("{unique}", &unique);
            let own = fields.split('&').filter_map(|field| field.split_once('='));
            let mut all: Vec<_> = own.collect();
            all.extend(hidden.iter().map(|(name, value)| (*name, value.as_str())));
            // What most forms carry; none minds more.
            all.extend([
                ("form_key", unique.as_str()),
                ("reason", "A call"),
                ("name", "Somebody"),
            ]);
            browser.post(path, &all).await
        }
        Sent::File(name, content) => {
            let body = format!(
                "--b\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"stock.csv\"\r\n\
                 Content-Type: text/csv\r\n\r\n{content}\r\n--b--\r\n"
            );
            let request = browser.request(Method::POST, path);
            let request = request.header("content-type", "multipart/form-data; boundary=b");
            browser
                .send(request.header("sec-fetch-site", "same-origin").body(body))
                .await
        }
    }
}

/// What the page of a form, under its own address or the one above, says that the reader has seen.
async fn hidden(browser: &Browser, path: &str) -> Vec<(&'static str, String)> {
    let above = path.rsplit_once('/').map_or("", |(above, _)| above);
    let mut html = String::new();
    for page in [path, above].into_iter().filter(|page| !page.is_empty()) {
        let shown = browser.get(page).await;
        if shown.status == 200 {
            html = shown.html;
            break;
        }
    }
    let value = |name: &'static str| {
        let (_, rest) = html.split_once(&format!("name=\"{name}\""))?;
        let (_, rest) = rest.split_once("value=\"")?;
        Some((name, rest.split_once('"')?.0.to_owned()))
    };
    ["version", "seen"].into_iter().filter_map(value).collect()
}
