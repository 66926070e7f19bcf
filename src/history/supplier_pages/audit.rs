//! The audit record on the desk.

use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, get, web};
use askama::Template;
use askama::filters::HtmlSafe;
use serde::Deserialize;
use serde_json::Value;

use crate::audit::Recorded;
use crate::error::{Error, Result};
use crate::history::supplier_api::audit::{self, Named, Wanted};
use crate::identity::caller::{Desk, MayReadDesk};
use crate::ids::{
    AccountId, BankEntryId, BulkJobId, CalendarId, ConsignmentId, ImportRunId, InvoiceId, MessageId, OrderId,
    PaymentId, ProductId, ReceiptId, ShipmentId,
};
use crate::state::AppState;
use crate::views;
use crate::web::components::address;
use crate::web::export::{Export, READ_MAX, Value as Filed};
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::{filled, typed_days};
use crate::web::{Chip, Shape, Shell, Tone};

const PATH: &str = "/desk/audit";

/// Which entries; empty fields mean all.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    object: String,
    account: String,
    actor: String,
    action: String,
    from: String,
    to: String,
    cursor: Option<String>,
}

impl ListParams {
    /// What is sought, and what is wrong with the days that are typed.
    fn wanted(&self, shell: &Shell) -> (Wanted, [String; 2]) {
        let (days, faults) = typed_days(shell, &self.from, &self.to);
        let wanted = Wanted {
            object: filled(&self.object),
            account: filled(&self.account),
            actor: filled(&self.actor),
            action: filled(&self.action),
            days,
        };
        (wanted, faults)
    }
}

const FILE: Export<Named> = Export {
    name: "audit",
    columns: &[&[
        ("id", |named| Filed::text(named.entry.id.to_string())),
        ("recorded_at", |named| Filed::Moment(named.entry.recorded_at)),
        ("actor", |named| Filed::text(&named.entry.actor)),
        ("actor_name", |named| Filed::maybe(named.actor.as_ref(), Filed::text)),
        ("acting", |named| {
            Filed::maybe(named.entry.acting_id, |id| Filed::text(id.to_string()))
        }),
        ("account", |named| {
            Filed::maybe(named.account.as_ref(), |(code, _)| Filed::text(code))
        }),
        ("action", |named| Filed::text(&named.entry.action)),
        ("object", |named| Filed::text(&named.entry.object)),
        ("request_id", |named| {
            Filed::maybe(named.entry.request_id.as_ref(), Filed::text)
        }),
        ("address", |named| {
            Filed::maybe(named.entry.address.as_ref(), Filed::text)
        }),
        ("details", |named| Filed::text(named.entry.details.to_string())),
    ]],
};

/// The object of an entry, under what was done to it.
#[derive(Template)]
#[template(
    source = r#"<span class="under mono"><a href="{{ path }}">{{ object }}</a></span>"#,
    ext = "html"
)]
struct Object {
    path: String,
    object: String,
}

impl HtmlSafe for Object {}

/// What an entry tells beside who did what.
#[derive(Template)]
#[template(
    source = r#"{% if !changes.is_empty() %}<ul>{% for change in changes %}<li>{{ change.0 }}: <s>{{ change.1 }}</s> → <strong>{{ change.2 }}</strong></li>{% endfor %}</ul>{% endif %}{% if !facts.is_empty() %}<details><summary>{{ shell.t1("audit-facts", "count", facts.len()) }}</summary><dl class="facts rows">{% for fact in facts %}<dt>{{ fact.0 }}</dt><dd>{{ fact.1 }}</dd>{% endfor %}</dl></details>{% endif %}"#,
    ext = "html"
)]
struct Details<'a> {
    shell: &'a Shell,
    /// Field, before, after.
    changes: Vec<(String, String, String)>,
    /// What else is told.
    facts: Vec<(String, String)>,
}

impl HtmlSafe for Details<'_> {}

/// Where an object is shown on the desk, by what its id begins with.
fn path_of(object: &str) -> Option<String> {
    let (prefix, _) = object.split_once('_')?;
    let place = match prefix {
        AccountId::PREFIX => "accounts",
        OrderId::PREFIX => "orders",
        InvoiceId::PREFIX => "invoices",
        ShipmentId::PREFIX => "shipments",
        ConsignmentId::PREFIX => "consignments",
        CalendarId::PREFIX => "calendars",
        PaymentId::PREFIX => "payments",
        BankEntryId::PREFIX => "bank",
        ReceiptId::PREFIX => "receipts",
        MessageId::PREFIX => "messages",
        ImportRunId::PREFIX => "imports",
        BulkJobId::PREFIX => "bulk-jobs",
        ProductId::PREFIX => "products",
        _ => return None,
    };
    Some(format!("/desk/{place}/{object}"))
}

/// A value as people read it.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| format!("{name}: {}", plain(value)));
            fields.collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

fn details<'a>(shell: &'a Shell, entry: &Recorded) -> Details<'a> {
    let side = |name| entry.details.get(name).and_then(Value::as_object);
    let changes: Vec<_> = match (side("was"), side("is")) {
        (Some(was), Some(is)) => is
            .iter()
            .map(|(name, new)| (name.clone(), plain(was.get(name).unwrap_or(&Value::Null)), plain(new)))
            .collect(),
        _ => Vec::new(),
    };
    let is_told = |name: &str| !changes.is_empty() && ["was", "is"].contains(&name);
    let from = entry
        .address
        .iter()
        .map(|address| (shell.t("audit-address"), address.clone()));
    let facts = entry.details.as_object().into_iter().flatten();
    let facts = facts.filter(|(name, value)| !value.is_null() && !is_told(name));
    let facts = facts.map(|(name, value)| (name.clone(), plain(value)));
    Details {
        shell,
        facts: from.chain(facts).collect(),
        changes,
    }
}

fn row(shell: &Shell, named: &Named) -> Vec<Cell> {
    let entry = &named.entry;
    let of = |name: &'static str, value: &str| address(PATH, [(name, value)]);
    let program = || shell.t1("audit-program", "name", entry.actor.as_str());
    let acted_for = entry.acting_id.and(named.account.as_ref()).map(|(_, name)| {
        let text = shell.t1("audit-acted-for", "name", name.as_str());
        Chip::new(Tone::Priority, Shape::Square, text)
    });
    let action = shell
        .language
        .try_text(&format!("audit-{}", entry.action.replace(['.', '_'], "-")));
    let object = Object {
        path: path_of(&entry.object).unwrap_or_else(|| of("object", &entry.object)),
        object: entry.object.clone(),
    };
    let account = named.account.as_ref();
    vec![
        Cell::text(shell.moment(entry.recorded_at)),
        Cell::link(of("actor", &entry.actor), named.actor.clone().unwrap_or_else(program)).and_chip(acted_for),
        Cell::link(
            of("action", &entry.action),
            action.unwrap_or_else(|| entry.action.clone()),
        )
        .and_part(object),
        account.map_or_else(Cell::default, |(code, name)| Cell::link(of("account", code), name)),
        Cell::part(details(shell, entry)),
    ]
}

/// Who did what to which object when
#[get("/desk/audit")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let (wanted, [from_fault, to_fault]) = params.wanted(shell);
    let found = Part::read(
        &state.db,
        params.cursor.as_deref(),
        wanted,
        |named: &Named| named.entry.id.0,
        |connection, wanted, before, limit| audit::list(connection, wanted.clone(), before, limit),
    )
    .await;
    // An account that doesn't exist, or something that nobody can have done.
    let (part, faults) = match found {
        Ok(part) => (part, Vec::new()),
        Err(Error::Invalid(faults)) => (Part::default(), faults),
        Err(error) => return Err(error),
    };
    let fault = |field: &str| {
        let found = faults.iter().find(|fault| fault.pointer == format!("/{field}"));
        found.map_or_else(String::new, |fault| shell.fault(fault))
    };
    let list = List::new(shell, PATH)
        .by_text("account", "word-account", &params.account)
        .fault("account", &fault("account"))
        .by_text("actor", "audit-actor", &params.actor)
        .by_text("action", "word-what", &params.action)
        .fault("action", &fault("action"))
        .by_text("object", "audit-object", &params.object)
        .by_day("from", "audit-from", &params.from, &from_fault)
        .by_day("to", "list-to", &params.to, &to_fault)
        .column("word-when", "id nowrap")
        .column("word-who", "")
        .column("word-what", "")
        .column("word-account", "")
        .column("word-details", "")
        .rows(part.rows.iter().map(|named| row(shell, named)))
        .none("audit-empty")
        .none_found("audit-no-match")
        .export()
        .counted("audit-shown", &part)
        .saved(views::of(&state.db, desk.staff.person_id, PATH).await?);
    ListPage::new("nav-audit", list).lead("audit-hint").answer()
}

/// The entries of the list as a file
#[get("/desk/audit/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    Query(params): Query<ListParams>,
) -> Result<HttpResponse> {
    let (wanted, _) = params.wanted(&desk.shell);
    let read = move |connection: &mut _| audit::list(connection, wanted.clone(), None, READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}
