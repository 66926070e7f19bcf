//! What REST takes and answers about webhooks, the same for accounts and for the supplier.

mod bodies;

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use actix_web::web::Json;
use chrono::DateTime;

pub use self::bodies::{
    ChangeWebhookEndpoint, ListWebhookDeliveries, NewWebhookEndpoint, ReplayWebhooks, RotateWebhookSecret,
    WebhookAttemptView, WebhookDeliveryView, WebhookEndpointView, WebhookReplayView, subject,
};
use super::{EndpointRow, Keeper, Wanted, sentences};
use crate::clock::{Timestamp, now};
use crate::db::changes::Followed;
use crate::error::{Code, Error, FieldError, Result};
use crate::http::{FollowedPage, List, Page, Params, etag};
use crate::ids::{AccountId, WebhookDeliveryId, WebhookEndpointId};
use crate::state::AppState;
use crate::webhooks;

fn answered(row: EndpointRow, waiting: i64, shows_secret: bool) -> HttpResponse {
    let tag = etag(row.version);
    let view = WebhookEndpointView::new(row, waiting, shows_secret);
    HttpResponse::Ok().insert_header(tag).json(view)
}

pub(super) async fn list(
    state: &AppState,
    account_id: Option<AccountId>,
    params: Params<FollowedPage>,
) -> Result<Json<List<WebhookEndpointView>>> {
    let page = params.0.page();
    let read = move |connection: &mut _, walk, fetch| webhooks::list(connection, account_id, walk, fetch);
    let view = |(row, waiting)| WebhookEndpointView::new(row, waiting, false);
    let id = |(row, _): &(EndpointRow, i64)| row.id;
    let list = (Followed::of("webhook_endpoints", account_id), "webhook-endpoints");
    Ok(Json(page.list(&state.db, list, read, (id, id, view)).await?))
}

pub(super) async fn get(
    state: &AppState,
    account_id: Option<AccountId>,
    id: WebhookEndpointId,
) -> Result<HttpResponse> {
    let read = move |connection: &mut _| {
        let row = webhooks::find(connection, account_id, id)?;
        let waiting = webhooks::count_waiting(connection, id)?;
        Ok((row, waiting))
    };
    let (row, waiting) = state.db.read(read).await?;
    Ok(answered(row, waiting, false))
}

/// Adds an endpoint; `path` is where it is found then.
pub(super) async fn add(state: &AppState, keeper: Keeper, new: NewWebhookEndpoint, path: &str) -> Result<HttpResponse> {
    let (hosts, wanted) = (state.webhook_hosts.clone(), Wanted::from(new));
    let write = move |tx: &mut _| webhooks::add(tx, &keeper, &hosts, &wanted, now());
    let row = state.db.write(write).await?;
    let location = (LOCATION, format!("/api/v1/{path}/{}", row.id));
    let tag = etag(row.version);
    let view = WebhookEndpointView::new(row, 0, true);
    Ok(HttpResponse::Created()
        .insert_header(location)
        .insert_header(tag)
        .json(view))
}

/// Does something to an endpoint and answers with it.
pub(super) async fn act<F>(state: &AppState, shows_secret: bool, change: F) -> Result<HttpResponse>
where
    F: Fn(&mut crate::db::Connection, Timestamp) -> Result<EndpointRow> + Send + 'static,
{
    let write = move |tx: &mut _| {
        let row = change(tx, now())?;
        let waiting = webhooks::count_waiting(tx, row.id)?;
        Ok((row, waiting))
    };
    let (row, waiting) = state.db.write(write).await?;
    Ok(answered(row, waiting, shows_secret))
}

/// Changes an endpoint of this version.
pub(super) async fn change(
    state: &AppState,
    keeper: Keeper,
    id: WebhookEndpointId,
    expected: crate::version::Expected,
    body: ChangeWebhookEndpoint,
) -> Result<HttpResponse> {
    let (hosts, wanted) = (state.webhook_hosts.clone(), Wanted::from(body));
    act(state, false, move |tx, now| {
        webhooks::change(tx, &keeper, &hosts, id, (&expected, &wanted), now)
    })
    .await
}

pub(super) async fn remove(
    state: &AppState,
    keeper: Keeper,
    id: WebhookEndpointId,
    expected: crate::version::Expected,
) -> Result<HttpResponse> {
    let write = move |tx: &mut _| webhooks::remove(tx, &keeper, id, &expected, now());
    state.db.write(write).await?;
    Ok(HttpResponse::NoContent().finish())
}

pub(super) async fn rotate(
    state: &AppState,
    keeper: Keeper,
    id: WebhookEndpointId,
    body: RotateWebhookSecret,
) -> Result<HttpResponse> {
    act(state, true, move |tx, now| {
        webhooks::rotate(tx, &keeper, id, body.old_secret_hours, now)
    })
    .await
}

pub(super) async fn test(state: &AppState, keeper: Keeper, id: WebhookEndpointId) -> Result<HttpResponse> {
    let write = move |tx: &mut _| webhooks::test(tx, &keeper, id, now());
    let row = state.db.write(write).await?;
    Ok(HttpResponse::Accepted().json(WebhookDeliveryView::from(row)))
}

fn moment(name: &str, text: &str, faults: &mut Vec<FieldError>) -> Option<Timestamp> {
    let read = DateTime::parse_from_rfc3339(text).ok().map(|at| at.naive_utc());
    if read.is_none() {
        faults.push(FieldError::new(
            format!("/{name}"),
            Code::ValueInvalid,
            sentences::not_a_moment(),
        ));
    }
    read
}

pub(super) async fn replay(
    state: &AppState,
    keeper: Keeper,
    id: WebhookEndpointId,
    body: ReplayWebhooks,
) -> Result<HttpResponse> {
    let mut faults = Vec::new();
    let from = moment("from", &body.from, &mut faults);
    let to = match &body.to {
        Some(text) => moment("to", text, &mut faults),
        None => Some(now()),
    };
    let (Some(from), Some(to)) = (from, to) else {
        return Err(Error::Invalid(faults));
    };
    let write = move |tx: &mut _| webhooks::replay(tx, &keeper, id, (from, to), now());
    let events = state.db.write(write).await?;
    Ok(HttpResponse::Accepted().json(WebhookReplayView { events }))
}

pub(super) async fn deliveries(
    state: &AppState,
    owner: (Option<AccountId>, WebhookEndpointId),
    params: ListWebhookDeliveries,
) -> Result<Json<List<WebhookDeliveryView>>> {
    let page = Page::new(params.limit, params.cursor);
    let filter = (owner.1.0, params.state);
    let after: Option<i64> = page.after(&filter)?;
    let (fetch, wanted) = (page.fetch(), params.state);
    let read =
        move |connection: &mut _| webhooks::deliveries(connection, owner, wanted, after.map(WebhookDeliveryId), fetch);
    let found = state.db.read(read).await?;
    Ok(Json(List::of(
        &page,
        &filter,
        found,
        |row| row.id.0,
        WebhookDeliveryView::from,
    )?))
}

pub(super) async fn delivery(
    state: &AppState,
    account_id: Option<AccountId>,
    id: WebhookDeliveryId,
) -> Result<Json<WebhookDeliveryView>> {
    let read = move |connection: &mut _| {
        let row = webhooks::delivery(connection, account_id, id)?;
        let attempts = webhooks::attempts(connection, id)?;
        Ok((row, attempts))
    };
    let (row, attempts) = state.db.read(read).await?;
    let attempts = attempts.into_iter().map(WebhookAttemptView::from).collect();
    Ok(Json(WebhookDeliveryView::from(row).with(attempts)))
}

pub(super) async fn resend(
    state: &AppState,
    keeper: Keeper,
    id: WebhookDeliveryId,
) -> Result<Json<WebhookDeliveryView>> {
    let write = move |tx: &mut _| webhooks::resend(tx, &keeper, id, now());
    Ok(Json(WebhookDeliveryView::from(state.db.write(write).await?)))
}
