//! REST: the feed of an account's events.

pub mod timeline;
pub mod transports;

use actix_web::{get, web};
use serde::{Deserialize, Serialize};

use crate::clock::rfc3339;
use crate::error::Result;
use crate::events::{Audience, EventData, EventType, VERSION};
use crate::http::{Limit, List, Page, Params};
use crate::identity::caller::{Customer, MayManage, MayRead};
use crate::identity::rules::rights::Right;
use crate::ids::EventId;
use crate::state::AppState;

/// Which events to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListEvents {
    /// The id of the last event that was seen; the first events if left out.
    #[param(example = "evt_0BGK1J3Z00004")]
    after: Option<String>,
    /// Rows of a page.
    #[serde(default)]
    limit: Limit,
}

/// Something that happened.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct EventView {
    #[schema(example = "evt_0BGK1J3Z00004")]
    id: String,
    #[serde(rename = "type")]
    #[schema(value_type = EventType)]
    kind: String,
    /// Of the form of `data`: grows when a field changes its meaning, not when one is added.
    version: u32,
    /// RFC 3339, UTC
    occurred_at: String,
    /// The id of the object it is about.
    #[schema(example = "ord_0B9Q4Z8K2M3N4")]
    subject: String,
    /// What is worth knowing beside the object itself; fields may be added.
    #[schema(value_type = EventData)]
    data: serde_json::Value,
}

impl From<crate::events::Happened> for EventView {
    fn from(event: crate::events::Happened) -> Self {
        Self {
            id: event.id.to_string(),
            subject: event.subject(),
            kind: event.event.kind().to_owned(),
            version: VERSION,
            occurred_at: rfc3339(event.occurred_at),
            data: event.event.data(),
        }
    }
}

/// What happened
///
/// Every event of the account in an order that never changes: whoever goes on behind the last event seen misses none
/// and gets none twice. `next_cursor` is the id to go on with while there is more; at the end keep the id of the last
/// event and ask again later with it. Events about members and invitations only the account's admins get, and
/// programs that may read members.
#[utoipa::path(tag = "events", operation_id = "listEvents", params(ListEvents), responses((status = 200, body = List<EventView>)))]
#[get("/events")]
pub async fn list_events(
    state: web::Data<AppState>,
    customer: Customer<MayRead>,
    Params(params): Params<ListEvents>,
) -> Result<web::Json<List<EventView>>> {
    let after = params.after.as_deref().map(str::parse::<EventId>).transpose();
    let after = after.ok().ok_or_else(crate::events::unknown_event)?;
    let page = Page::new(params.limit, None);
    let (account_id, fetch) = (customer.account_id, page.fetch());
    let audience = match MayManage::allows(&customer.roles) {
        true => Audience::Managers,
        false => Audience::Members,
    };
    crate::events::catch_up(&state.db).await?;
    let read = move |connection: &mut _| crate::events::feed(connection, account_id, audience, after, fetch);
    let mut events = state.db.read(read).await?;
    let rows_max = usize::try_from(page.limit).unwrap_or(usize::MAX);
    let more = events.len() > rows_max;
    events.truncate(rows_max);
    let last = events.last().filter(|_| more).map(|event| event.id.to_string());
    let data = events.into_iter().map(EventView::from).collect();
    Ok(web::Json(List::new(data, last)))
}
