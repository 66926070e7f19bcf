//! REST of what accounts keep: what the handlers of each kind answer with.

use actix_web::web::Json;
use actix_web::{HttpResponse, HttpResponseBuilder};
use serde::Serialize;
use utoipa::ToSchema;

use super::Kept;
use crate::accounts::{self, keeping};
use crate::audit::Actor;
use crate::clock;
use crate::db::Connection;
use crate::db::changes::Followed;
use crate::error::Result;
use crate::http::{FollowedPage, List, Params, tag, versioned};
use crate::ids::AccountId;
use crate::state::AppState;
use crate::version::Expected;

/// A kind of thing as REST tells it.
pub trait Told: Kept {
    /// What is told of one.
    type View: Serialize + ToSchema;
    /// One; `etag` is its version's.
    fn told(self, etag: String) -> Self::View;
}

fn view<T: Told>(thing: T) -> Result<T::View> {
    let etag = tag(keeping::version(&thing)?);
    Ok(thing.told(etag))
}

fn answer<T: Told>(builder: HttpResponseBuilder, thing: T) -> Result<HttpResponse> {
    let version = keeping::version(&thing)?;
    Ok(versioned(builder, version, &view(thing)?))
}

/// A page of those of the account, in the order in which they came.
pub async fn list<T: Told>(
    state: &AppState,
    account_id: AccountId,
    params: Params<FollowedPage>,
) -> Result<Json<List<T::View>>>
where
    T::View: Send + 'static,
{
    let page = params.0.page();
    let table = T::noun().table;
    let read = move |connection: &mut Connection, walk, rows_max| {
        accounts::get(connection, account_id)?;
        let found = keeping::list::<T>(connection, account_id, walk, rows_max)?;
        let viewed = found.into_iter().map(|thing| Ok((thing.id(), view(thing)?)));
        viewed.collect::<Result<Vec<_>>>()
    };
    let list = (Followed::of(table, Some(account_id)), &(table, account_id));
    let id = |(id, _): &(T::Id, T::View)| *id;
    Ok(Json(
        page.list(&state.db, list, read, (id, id, |(_, view)| view)).await?,
    ))
}

/// Adds one: 201 with its ETag.
pub async fn add<T: Told>(
    state: &AppState,
    actor: Actor,
    account_id: AccountId,
    new: impl Serialize + Send + 'static,
) -> Result<HttpResponse> {
    let add = move |tx: &mut _| keeping::add::<T>(tx, &actor, account_id, &new, clock::now());
    answer(HttpResponse::Created(), state.db.write(add).await?)
}

/// Changes one: 200 with its new ETag.
pub async fn change<T: Told>(
    state: &AppState,
    actor: Actor,
    place: (AccountId, T::Id),
    expected: Expected,
    change: impl Serialize + Send + 'static,
) -> Result<HttpResponse> {
    let change = move |tx: &mut _| keeping::change::<T>(tx, &actor, place, &expected, &change, clock::now());
    answer(HttpResponse::Ok(), state.db.write(change).await?)
}

/// Takes one away: 204.
pub async fn remove<T: Told>(
    state: &AppState,
    actor: Actor,
    place: (AccountId, T::Id),
    expected: Expected,
) -> Result<HttpResponse> {
    let remove = move |tx: &mut _| keeping::remove::<T>(tx, &actor, place, &expected, clock::now()).map(drop);
    state.db.write(remove).await?;
    Ok(HttpResponse::NoContent().finish())
}
