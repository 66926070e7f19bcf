//! The way into sandboxes: a request whose path or cookie leads into one meets the same application over the sandbox's state.
//! No handler knows of it, so none can forget it.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::body::{BodyStream, BoxBody, EitherBody, MessageBody};
use actix_web::dev::{Extensions, ServiceRequest, ServiceResponse};
use actix_web::http::Uri;
use actix_web::http::header::{CACHE_CONTROL, COOKIE, HeaderName, HeaderValue, LOCATION, RETRY_AFTER};
use actix_web::http::uri::PathAndQuery;
use actix_web::middleware::Next;
use actix_web::web::{Bytes, Data};

use crate::clock;
use crate::db::Database;
use crate::error::{Error, Result};
use crate::http::{self, RequestId};
use crate::identity::caller::{self, Access};
use crate::identity::sessions::Session;
use crate::ids::{self, SandboxId};
use crate::sandbox::rules::{Failure, RETRY_AFTER_S, SLOW_S};
use crate::sandbox::view;
use crate::sandbox::watching::{self, RequestRow};
use crate::state::AppState;
use crate::web::answering::is_page;
use crate::web::cookies::{self, IntoSandbox};
use crate::worlds;

const API: &str = "/api/v1";
/// By this a request asks for a failure.
const FAILURE: HeaderName = HeaderName::from_static("sandbox-failure");
/// By this an answer says that it comes from a sandbox.
const SANDBOX: HeaderName = HeaderName::from_static("sandbox");
/// Pages that are the portal's also for who looks into a sandbox.
const OUTSIDE: &[&str] = &["/sandbox", "/sign-", "/punchout/cxml", "/punchout/oci"];
/// Where nothing is.
const NOWHERE: &str = "/api/v1/sandbox/closed";
/// What is told of a body that never comes.
const CUT_BYTES: u64 = 1_000;

/// What it takes to know who calls, in each sandbox.
#[derive(Debug, Default)]
pub struct Accesses(Mutex<HashMap<SandboxId, (i64, Data<Access>)>>);

impl Accesses {
    fn of(&self, state: &AppState) -> Option<Data<Access>> {
        let world = state.sandbox.as_ref()?;
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((generation, access)) = known.get(&world.id)
            && *generation == world.generation
        {
            return Some(access.clone());
        }
        let access = super::access(state);
        known.insert(world.id, (world.generation, access.clone()));
        Some(access)
    }
}

/// Where a request leads.
enum Way {
    /// By its path, which goes on so inside.
    Path(SandboxId, String),
    /// By its cookie.
    Cookie(IntoSandbox),
}

impl Way {
    fn of(request: &ServiceRequest) -> Option<Self> {
        let path = request.path();
        if let Some((id, rest)) = worlds::inside(path) {
            return (!is_page(rest)).then(|| Self::Path(id, rest.to_owned()));
        }
        if !is_page(path) || OUTSIDE.iter().any(|start| path.starts_with(start)) {
            return None;
        }
        cookies::into_sandbox(request.headers(), http::is_https(request)).map(Self::Cookie)
    }

    fn id(&self) -> SandboxId {
        match self {
            Self::Path(id, _) => *id,
            Self::Cookie(cookies) => cookies.id,
        }
    }
}

/// Leads requests into their sandbox; outermost, so that all that follows is of the sandbox.
pub async fn enter<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, actix_web::Error> {
    let way = Way::of(&request);
    let portal = request
        .app_data::<Data<AppState>>()
        .filter(|state| state.readiness.is_ready())
        .cloned();
    let (Some(way), Some(portal)) = (way, portal) else {
        return Ok(next.call(request).await?.map_into_left_body());
    };
    let found = match view::find(&portal, way.id()).await {
        Ok(found) => found,
        Err(error) => {
            tracing::warn!(%error, sandbox = %way.id(), "a sandbox can't be opened");
            let answer = HttpResponse::ServiceUnavailable()
                .insert_header((RETRY_AFTER, "2"))
                .finish();
            return Ok(request.into_response(answer).map_into_right_body());
        }
    };
    let led = found.and_then(|state| {
        let ahead = state.sandbox.as_ref().map(|world| world.ahead.clone())?;
        let (here, there) = accesses(&request, &state)?;
        Some((state, ahead, here, there))
    });
    let led = match (led, &way) {
        (Some((state, ahead, here, there)), Way::Cookie(cookies)) => {
            let is_still = is_still((&here, &there), (&portal, &state), &cookies.tokens).await?;
            is_still.then_some((state, ahead, there))
        }
        (led, _) => led.map(|(state, ahead, _, there)| (state, ahead, there)),
    };
    // One that is closed, or whose session is over. None of it ever reaches the portal: what was sent there was not meant for it.
    let Some((state, ahead, there)) = led else {
        match way {
            Way::Path(..) => {
                rewrite(&mut request, NOWHERE)?;
                return Ok(next.call(request).await?.map_into_left_body());
            }
            Way::Cookie(..) => {
                let answer = out(http::is_https(&request));
                return Ok(request.into_response(answer).map_into_right_body());
            }
        }
    };
    prepare(&mut request, &way, &state, there)?;
    let mut response = clock::by(ahead, next.call(request)).await?;
    let id = way.id();
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        headers.insert(SANDBOX, value);
    }
    match way {
        Way::Path(..) => {
            let location = headers.get(LOCATION).and_then(|value| value.to_str().ok());
            let below = location.filter(|path| path.starts_with('/'));
            let below = below.and_then(|path| HeaderValue::from_str(&format!("{}{path}", worlds::path(id))).ok());
            if let Some(below) = below {
                headers.insert(LOCATION, below);
            }
        }
        Way::Cookie(..) => cookies::without_session(headers),
    }
    Ok(response.map_into_left_body())
}

/// Leads somebody out of a sandbox that leads nowhere any more. Nothing stands around this answer that would give the cookie the name
/// it has where the portal is reached by https; one that stayed would lead here again and again.
fn out(is_https: bool) -> HttpResponse {
    let mut answer = HttpResponse::SeeOther()
        .insert_header((LOCATION, "/"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .cookie(cookies::removed(cookies::SANDBOX))
        .finish();
    if is_https {
        cookies::harden(answer.headers_mut());
    }
    answer
}

/// What it takes to know who calls in the portal, and in the sandbox.
fn accesses(request: &ServiceRequest, sandbox: &AppState) -> Option<(Data<Access>, Data<Access>)> {
    let here = request.app_data::<Data<Access>>().cloned()?;
    let there = request.app_data::<Data<Accesses>>()?.of(sandbox)?;
    Some((here, there))
}

async fn session(access: &Access, db: &Database, cookie: &str) -> Result<Option<Arc<Session>>> {
    let Some(bearer) = access.keys.verify_cookie(db, cookie).await? else {
        return Ok(None);
    };
    let session = match access.sessions.known(bearer.session_id).await {
        Some(known) => known,
        None => access.sessions.load(db, bearer.session_id).await?,
    };
    Ok(session.filter(|session| session.is_of(&bearer)))
}

/// True while whoever looks in is signed in to the portal, with the roles they came with: who loses them there is out here.
async fn is_still(
    (here, there): (&Access, &Access),
    (portal, sandbox): (&AppState, &AppState),
    (inside, outside): &(String, String),
) -> Result<bool> {
    let here = session(here, &portal.db, outside).await?;
    let there = session(there, &sandbox.db, inside).await?;
    let (Some(here), Some(there)) = (here, there) else {
        return Ok(false);
    };
    let roles = |session: &Session| session.standing.role_names().into_iter().collect::<BTreeSet<_>>();
    Ok(here.person_id == there.person_id && roles(&here) == roles(&there))
}

/// Gives the request the sandbox's state, and the path or the cookies it has there.
fn prepare(request: &mut ServiceRequest, way: &Way, state: &Data<AppState>, access: Data<Access>) -> Result<()> {
    match way {
        Way::Path(_, path) => rewrite(request, path)?,
        Way::Cookie(cookies) => {
            let cookies = HeaderValue::from_str(&cookies.header).map_err(Error::internal)?;
            request.headers_mut().insert(COOKIE, cookies);
        }
    }
    let mut data = Extensions::new();
    data.insert(state.clone());
    data.insert(access);
    request.add_data_container(Rc::new(data));
    Ok(())
}

fn rewrite(request: &mut ServiceRequest, path: &str) -> Result<()> {
    let mut parts = request.uri().clone().into_parts();
    let text = match request.uri().query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    parts.path_and_query = Some(PathAndQuery::try_from(text).map_err(Error::internal)?);
    let uri = Uri::from_parts(parts).map_err(Error::internal)?;
    request.match_info_mut().get_mut().update(&uri);
    request.head_mut().uri = uri;
    Ok(())
}

/// Has requests to a sandbox meet the failures that were asked for, and writes down what came of them.
pub async fn watch<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B, BoxBody>>, actix_web::Error> {
    let state = request
        .app_data::<Data<AppState>>()
        .filter(|state| state.sandbox.is_some())
        .cloned();
    let path = request.path().strip_prefix(API).map(str::to_owned);
    let (Some(state), Some(path)) = (state, path) else {
        return Ok(next.call(request).await?.map_into_left_body());
    };
    // What is said about the sandbox itself is neither failed nor judged.
    if path.starts_with("/sandbox") {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    // Who proves nothing meets no failure that somebody asked for, and leaves nothing behind.
    if !caller::is_proven(request.request()).await? {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let header = |name: &str| {
        let value = request.headers().get(name)?.to_str().ok()?;
        Some(value.chars().take(300).collect::<String>())
    };
    let mut row = RequestRow {
        id: ids::next(),
        requested_at: clock::real(),
        method: request.method().to_string(),
        query: request.query_string().chars().take(500).collect(),
        path: path.clone(),
        status: 0,
        idempotency_key: header("idempotency-key"),
        user_agent: header("user-agent"),
        failure: None,
        request_id: RequestId::of(request.request()).to_string(),
    };
    row.failure = met(&state, &request, &row).await?;
    let answered = fail(&state, request, next, row.failure).await;
    row.status = match &answered {
        Ok((_, status)) => i32::from(*status),
        Err(error) => i32::from(error.as_response_error().status_code().as_u16()),
    };
    state.db.write(move |tx| watching::note(tx, row.clone())).await?;
    answered.map(|(response, _)| response)
}

/// The failure that the request asks for or that waits for it.
async fn met(state: &AppState, request: &ServiceRequest, row: &RequestRow) -> Result<Option<Failure>> {
    let asked = request.headers().get(FAILURE).and_then(|value| value.to_str().ok());
    if let Some(asked) = asked.and_then(Failure::named) {
        return Ok(Some(asked));
    }
    let waiting = state.db.read(watching::waiting).await?;
    let (method, path) = (row.method.clone(), row.path.clone());
    if !watching::is_met(&waiting, &method, &path) {
        return Ok(None);
    }
    state.db.write(move |tx| watching::take(tx, &method, &path)).await
}

type Answered<B> = (ServiceResponse<EitherBody<B, BoxBody>>, u16);

/// Answers with the failure, or as the application does; with the status that the application gave.
async fn fail<B: MessageBody + 'static>(
    state: &AppState,
    request: ServiceRequest,
    next: Next<B>,
    failure: Option<Failure>,
) -> Result<Answered<B>, actix_web::Error> {
    let refused = |error: Error, request: ServiceRequest| {
        let response = request.error_response(error).map_into_right_body();
        let status = response.status().as_u16();
        Ok((response, status))
    };
    match failure {
        Some(Failure::TooManyRequests) => {
            let error = Error::Throttled {
                retry_after_s: RETRY_AFTER_S,
            };
            return refused(error, request);
        }
        Some(Failure::ErrorBefore) => return refused(Error::internal("the sandbox was asked to fail"), request),
        Some(Failure::Slow) => hold_back(state).await,
        _ => {}
    }
    let response = next.call(request).await?;
    let status = response.status().as_u16();
    let response = match failure {
        Some(Failure::ErrorAfter) => {
            let (request, _) = response.into_parts();
            let error = Error::internal("the sandbox was asked to fail");
            ServiceResponse::from_err(error, request).map_into_right_body()
        }
        Some(Failure::ConnectionCut) => {
            let (request, _) = response.into_parts();
            let broken = || Err::<Bytes, _>(std::io::Error::from(std::io::ErrorKind::ConnectionReset));
            let stream = futures_util::stream::once(async move { broken() });
            let answer = HttpResponse::Ok().no_chunking(CUT_BYTES).body(BodyStream::new(stream));
            ServiceResponse::new(request, answer).map_into_right_body()
        }
        Some(Failure::Late) => {
            hold_back(state).await;
            response.map_into_left_body()
        }
        _ => response.map_into_left_body(),
    };
    Ok((response, status))
}

/// Waits, unless too many wait already. No thread is held by that.
async fn hold_back(state: &AppState) {
    let slow = state.sandbox.as_ref().map(|world| world.slow.clone());
    let turn = slow.as_ref().map(|slow| slow.try_acquire());
    if let Some(Ok(_held)) = turn {
        tokio::time::sleep(Duration::from_secs(SLOW_S)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::SET_COOKIE;

    #[test]
    fn whoever_is_led_out_of_a_sandbox_keeps_no_cookie_that_leads_back() {
        for (is_https, start, is_secure) in [
            (false, "portal_sandbox=;", false),
            (true, "__Host-portal_sandbox=;", true),
        ] {
            let answer = out(is_https);
            let cookies: Vec<_> = answer.headers().get_all(SET_COOKIE).collect();
            let text = cookies
                .first()
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default();
            assert!(cookies.len() == 1 && text.starts_with(start), "{cookies:?}");
            assert!(
                text.contains("Max-Age=0") && text.contains("Secure") == is_secure,
                "{text}"
            );
        }
    }
}
