//! REST for supplier staff: the audit record.

use actix_web::{get, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::accounts;
use crate::audit::actions;
use crate::audit::reading::{self, Filter, Recorded};
use crate::clock::{Days, rfc3339};
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::history::sentences;
use crate::http::{Limit, List, Page, Params};
use crate::identity;
use crate::identity::caller::{MayReadDesk, Staff};
use crate::ids::{AccountId, PersonId};
use crate::sentences::unknown_account;
use crate::state::AppState;

/// Which entries to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListEntries {
    /// Only those about the object with this id.
    #[param(example = "ord_0B9Q4Z8K2M3N4")]
    object: Option<String>,
    /// Only those that concern the account with this code.
    account: Option<String>,
    /// Only those of this person (`per_…` or a mail address), client (`cli_…`) or program, such as `import`.
    actor: Option<String>,
    /// Only this action: `order.cancel`; all of a kind: `order.`.
    action: Option<String>,
    /// Only those of this day or later.
    from: Option<NaiveDate>,
    /// Only those of this day or before.
    to: Option<NaiveDate>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// One act.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct EntryView {
    #[schema(example = "aud_0BGK1J3Z00004")]
    id: String,
    /// RFC 3339, UTC
    recorded_at: String,
    /// `per_…`, `cli_…` or the name of a program.
    #[schema(example = "per_0BGK1J3Z00002")]
    actor: String,
    /// What the person or the client is called; null for programs of the portal.
    #[schema(required)]
    actor_name: Option<String>,
    /// Set where one of the staff acted for the account: the id that the entry `acting.start` is about.
    #[schema(required)]
    acting: Option<String>,
    /// Code of the account it concerns.
    #[schema(required)]
    account: Option<String>,
    #[schema(example = "order.cancel")]
    action: String,
    /// The id of what it was done to.
    #[schema(example = "ord_0B9Q4Z8K2M3N4")]
    object: String,
    /// The id of the request in which it was done; null for programs.
    #[schema(required)]
    request_id: Option<String>,
    /// The address it came from; null for programs and where a proxy hides it.
    #[schema(required, example = "192.0.2.7")]
    address: Option<String>,
    /// Before, after, reason: `was` and `is` hold what was changed.
    #[schema(value_type = Object)]
    details: serde_json::Value,
}

/// An entry with the names of whom it mentions.
#[derive(Debug, Clone)]
pub(in crate::history) struct Named {
    pub entry: Recorded,
    /// What the person is called.
    pub actor: Option<String>,
    /// Code and name of the account.
    pub account: Option<(String, String)>,
}

/// What somebody looks for, as they type it.
#[derive(Debug, Clone, Default, Serialize)]
pub(in crate::history) struct Wanted {
    pub object: Option<String>,
    pub account: Option<String>,
    pub actor: Option<String>,
    pub action: Option<String>,
    pub days: Days,
}

impl Wanted {
    /// The filter that is meant. An account that doesn't exist is a fault, a person who doesn't has done nothing.
    fn filter(self, connection: &mut Connection) -> Result<Filter> {
        let account_id = match &self.account {
            None => None,
            Some(code) => {
                let unknown = || Error::invalid("/account", Code::UnknownAccount, unknown_account(code));
                Some(accounts::find_by_code(connection, code)?.ok_or_else(unknown)?.id)
            }
        };
        let actor = match self.actor {
            Some(email) if email.contains('@') => {
                let person = identity::find_by_email(connection, &email.to_lowercase())?;
                Some(person.map_or(email, |person| person.id.to_string()))
            }
            other => other,
        };
        refuse_unknown(self.action.as_deref())?;
        Ok(Filter {
            object: self.object,
            account_id,
            actor,
            action: self.action,
            recorded: accounts::period(connection, self.days)?,
        })
    }
}

/// An action that nobody can have done was mistyped: an empty list would say that nobody did.
fn refuse_unknown(action: Option<&str>) -> Result<()> {
    let Some(action) = action.filter(|action| !actions::is_known(action)) else {
        return Ok(());
    };
    let noun = action.split('.').next().unwrap_or_default();
    let detail = match actions::verbs_of(noun) {
        [] => sentences::no_such_actions(action, actions::nouns()),
        verbs => sentences::no_such_action(action, noun, verbs),
    };
    Err(Error::invalid("/action", Code::ValueInvalid, detail))
}

/// Up to `rows_max` entries, the newest first, older than `before`.
pub(in crate::history) fn list(
    connection: &mut Connection,
    wanted: Wanted,
    before: Option<i64>,
    rows_max: i64,
) -> Result<Vec<Named>> {
    let filter = wanted.filter(connection)?;
    let entries = reading::list(connection, &filter, before, rows_max)?;
    let people: Vec<PersonId> = entries.iter().filter_map(Recorded::person).collect();
    let ids: Vec<AccountId> = entries.iter().filter_map(|entry| entry.account_id).collect();
    let people = identity::names(connection, &people)?;
    let accounts = accounts::names(connection, &ids)?;
    let named = entries.into_iter().map(|entry| Named {
        actor: entry.person().and_then(|id| people.get(&id).cloned()),
        account: entry.account_id.and_then(|id| accounts.get(&id).cloned()),
        entry,
    });
    Ok(named.collect())
}

impl From<Named> for EntryView {
    fn from(named: Named) -> Self {
        let entry = named.entry;
        Self {
            id: entry.id.to_string(),
            recorded_at: rfc3339(entry.recorded_at),
            actor: entry.actor,
            actor_name: named.actor,
            acting: entry.acting_id.map(|id| id.to_string()),
            account: named.account.map(|(code, _)| code),
            action: entry.action,
            object: entry.object,
            request_id: entry.request_id,
            address: entry.address,
            details: entry.details,
        }
    }
}

/// The audit record
///
/// Who did what to which object when, the newest first.
#[utoipa::path(tag = "supplier", operation_id = "listAuditEntries", params(ListEntries), responses(
    (status = 200, body = List<EntryView>, description = "A page of entries"),
))]
#[get("/supplier/audit")]
pub async fn list_entries(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListEntries>,
) -> Result<web::Json<List<EntryView>>> {
    let page = Page::new(params.limit, params.cursor);
    let filter = Wanted {
        object: params.object,
        account: params.account,
        actor: params.actor,
        action: params.action,
        days: Days {
            from: params.from,
            to: params.to,
        },
    };
    let (before, rows_max): (Option<i64>, _) = (page.after(&filter)?, page.fetch());
    let wanted = filter.clone();
    let found = state
        .db
        .read(move |connection| list(connection, wanted.clone(), before, rows_max))
        .await?;
    Ok(web::Json(List::of(
        &page,
        &filter,
        found,
        |named| named.entry.id.0,
        EntryView::from,
    )?))
}
