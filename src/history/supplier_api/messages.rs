//! Messages for supplier staff: what was mailed, what waits, what failed; sending once more.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::accounts;
use crate::clock::{Days, now, rfc3339};
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::error::Result;
use crate::http::{Limit, List, Page, Params, PathId, Since};
use crate::identity::caller::{MayReadDesk, Staff};
use crate::ids::MessageId;
use crate::mail::rules::{Kind, State};
use crate::mail::{Filter, Listed};
use crate::state::AppState;

/// Which messages to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListMessages {
    /// Only those in this state.
    state: Option<State>,
    /// Only those of the account with this code.
    account: Option<String>,
    /// Only those of this kind.
    kind: Option<Kind>,
    /// Only those queued on this day or later.
    from: Option<NaiveDate>,
    /// Only those queued on this day or before.
    to: Option<NaiveDate>,
    /// Only what was added, changed or removed at this moment or later.
    #[param(inline)]
    updated_since: Option<Since>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A mail to one person.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MessageView {
    #[schema(example = "msg_0BGK1J3Z00004")]
    id: String,
    kind: Kind,
    /// Where it goes.
    recipient: String,
    /// Code of the account it concerns.
    #[schema(required)]
    account: Option<String>,
    /// Null until it was written, which is when it is sent first.
    #[schema(required)]
    subject: Option<String>,
    state: State,
    /// How often it was tried.
    attempts: i32,
    /// Why the last attempt failed.
    #[schema(required)]
    last_error: Option<String>,
    /// RFC 3339, UTC; null unless it is due.
    #[schema(required)]
    next_attempt_at: Option<String>,
    /// RFC 3339, UTC
    #[schema(required)]
    sent_at: Option<String>,
    /// RFC 3339, UTC
    created_at: String,
}

impl From<Listed> for MessageView {
    fn from(message: Listed) -> Self {
        let is_due = message.state == State::Due;
        Self {
            id: message.id.to_string(),
            kind: message.kind,
            recipient: message.email,
            account: message.account,
            subject: message.subject,
            attempts: message.attempts,
            last_error: message.last_error,
            next_attempt_at: is_due.then(|| rfc3339(message.next_attempt_at)),
            sent_at: message.sent_at.map(rfc3339),
            created_at: rfc3339(message.created_at),
            state: message.state,
        }
    }
}

/// Mails
///
/// The newest first.
#[utoipa::path(tag = "supplier", operation_id = "listMessages", params(ListMessages), responses((status = 200, body = List<MessageView>)))]
#[get("/supplier/messages")]
pub async fn list_messages(
    state: web::Data<AppState>,
    _staff: Staff<MayReadDesk>,
    Params(params): Params<ListMessages>,
) -> Result<web::Json<List<MessageView>>> {
    let page = Page::new(params.limit, params.cursor).since(params.updated_since);
    let filter = Filter {
        state: params.state,
        account: params.account,
        kind: params.kind,
    };
    let days = Days {
        from: params.from,
        to: params.to,
    };
    let asked = filter.clone();
    let read = move |connection: &mut Connection, walk, fetch| {
        let queued = accounts::period(connection, days)?;
        crate::mail::list(connection, (&asked, queued), walk, fetch)
    };
    let id = |message: &Listed| message.id;
    let filter = (filter, days);
    let list = (Followed::all("messages"), &filter);
    let list = page.list(&state.db, list, read, (id, id, MessageView::from));
    Ok(web::Json(list.await?))
}

/// Send a mail again
///
/// One that was given up is tried anew; one that was sent goes out once more, as a mail of its own.
#[utoipa::path(tag = "supplier", operation_id = "resendMessage", responses(
    (status = 200, body = MessageView),
    (status = 409, description = "The message is due already", body = crate::problem::Problem, content_type = "application/problem+json"),
))]
#[post("/supplier/messages/{id}/resend")]
pub async fn resend_message(
    state: web::Data<AppState>,
    staff: Staff<MayReadDesk>,
    PathId(id): PathId<MessageId>,
) -> Result<web::Json<MessageView>> {
    let actor = staff.actor();
    let message = state
        .db
        .write(move |tx| crate::mail::resend(tx, id, &actor, now()))
        .await?;
    Ok(web::Json(MessageView::from(message)))
}
