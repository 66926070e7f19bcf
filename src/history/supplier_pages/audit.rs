//! The audit record on the desk.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use serde::Deserialize;
use serde_json::Value;

use crate::error::{Error, Result};
use crate::history::supplier_api::audit::{self, Named, Wanted};
use crate::http::{Limit, Page};
use crate::identity::caller::{Desk, MayReadDesk};
use crate::ids::{AccountId, ImportRunId, InvoiceId, MessageId, OrderId, PaymentId, ProductId, ReceiptId, ShipmentId};
use crate::state::AppState;
use crate::web::{Banner, Pager, Shell};

/// Which entries; empty fields mean all.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    object: String,
    account: String,
    actor: String,
    action: String,
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "history/templates/audit.html")]
struct AuditPage<'a> {
    shell: &'a Shell,
    asked: &'a Asked,
    is_filtered: bool,
    banner: Option<Banner>,
    rows: Vec<Row>,
    pager: Pager,
}

struct Row {
    at: String,
    actor: String,
    /// The actor, as the filter takes it.
    actor_key: String,
    /// Name of the account that one of the staff acted for.
    acted_for: Option<String>,
    action: String,
    action_key: String,
    object: String,
    /// Where the object is shown.
    path: Option<String>,
    account: Option<(String, String)>,
    /// Field, before, after.
    changes: Vec<(String, String, String)>,
    /// What else is told.
    facts: Vec<(String, String)>,
}

/// Where an object is shown on the desk, by what its id begins with.
fn path_of(object: &str) -> Option<String> {
    let (prefix, _) = object.split_once('_')?;
    let place = match prefix {
        AccountId::PREFIX => "accounts",
        OrderId::PREFIX => "orders",
        InvoiceId::PREFIX => "invoices",
        ShipmentId::PREFIX => "shipments",
        PaymentId::PREFIX => "payments",
        ReceiptId::PREFIX => "receipts",
        MessageId::PREFIX => "messages",
        ImportRunId::PREFIX => "imports",
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

#[expect(clippy::indexing_slicing, reason = "a member of a JSON object")]
fn row(shell: &Shell, named: Named) -> Row {
    let entry = named.entry;
    let details = entry.details;
    let (was, is) = (&details["was"], &details["is"]);
    let changes = match (was.as_object(), is.as_object()) {
        (Some(was), Some(is)) => is
            .iter()
            .map(|(name, new)| (name.clone(), plain(was.get(name).unwrap_or(&Value::Null)), plain(new)))
            .collect(),
        _ => Vec::new(),
    };
    let has_changes = !changes.is_empty();
    let told = details.as_object().into_iter().flatten();
    let facts = told
        .filter(|(name, value)| !(value.is_null() || has_changes && ["was", "is"].contains(&name.as_str())))
        .map(|(name, value)| (name.clone(), plain(value)));
    let program = || shell.t1("audit-program", "name", entry.actor.as_str());
    Row {
        at: shell.moment(entry.recorded_at),
        actor: named.actor.unwrap_or_else(program),
        acted_for: entry
            .acting_id
            .and(named.account.as_ref())
            .map(|(_, name)| name.clone()),
        action: shell
            .language
            .try_text(&format!("audit-{}", entry.action.replace(['.', '_'], "-")))
            .unwrap_or_else(|| entry.action.clone()),
        path: path_of(&entry.object),
        facts: facts.collect(),
        changes,
        account: named.account,
        actor_key: entry.actor,
        action_key: entry.action,
        object: entry.object,
    }
}

/// Who did what to which object when
#[get("/desk/audit")]
pub async fn list(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let mut asked = asked.into_inner();
    for text in [
        &mut asked.object,
        &mut asked.account,
        &mut asked.actor,
        &mut asked.action,
    ] {
        *text = text.trim().replace('\0', "");
    }
    let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let wanted = Wanted {
        object: given(&asked.object),
        account: given(&asked.account),
        actor: given(&asked.actor),
        action: given(&asked.action),
    };
    let page = Page::new(Limit::default(), asked.cursor.clone());
    let filter = ("desk", &asked.object, &asked.account, &asked.actor, &asked.action);
    let (before, rows_max): (Option<i64>, _) = (page.after(&filter)?, page.fetch());
    let found = state
        .db
        .read(move |connection| audit::list(connection, wanted.clone(), before, rows_max))
        .await;
    let (found, banner) = match found {
        Ok(found) => (found, None),
        // An account that doesn't exist.
        Err(error @ Error::Invalid(_)) => (Vec::new(), Some(shell.banner_of(&error))),
        Err(error) => return Err(error),
    };
    let (found, next) = page.cut(&filter, found, |named| named.entry.id.0)?;
    let query = [
        ("object", asked.object.as_str()),
        ("account", asked.account.as_str()),
        ("actor", asked.actor.as_str()),
        ("action", asked.action.as_str()),
    ];
    let shown = shell.t1("audit-shown", "count", found.len());
    let pager = Pager::new(
        shell,
        "/desk/audit",
        &query,
        asked.cursor.as_deref(),
        next.as_deref(),
        shown,
    );
    shell.page(&AuditPage {
        shell,
        is_filtered: query.iter().any(|(_, value)| !value.is_empty()),
        asked: &asked,
        banner,
        rows: found.into_iter().map(|named| row(shell, named)).collect(),
        pager,
    })
}
