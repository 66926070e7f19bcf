//! The middleware that writes down what only the answer tells: in the record that a role was refused, that a list went out
//! as a file; in the log that somebody asked for what isn't there for them. The answer leaves once it is written.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{HttpMessage, HttpRequest};
use serde_json::json;

use super::programs::Program;
use super::{Access, Caller, shared};
use crate::audit::{self, Actor, Who};
use crate::clock;
use crate::error::{Code, Error, Result};
use crate::http::has_token;
use crate::identity::acting::Acting;
use crate::identity::refusals::{self, Refused};
use crate::ids::{AccountId, PersonId};
use crate::state::AppState;
use crate::traces;
use crate::web::export::Exported;

/// Who sent the request, once it is known.
#[derive(Debug, Clone)]
struct Known {
    actor: Actor,
    person_id: PersonId,
    /// The account they belong to or act for.
    account_id: Option<AccountId>,
}

/// Leaves with the request who sent it.
pub(super) fn know(request: &HttpRequest, caller: &Caller) {
    traces::known(caller.account_id(), caller.person_id);
    let acting = caller.acting.as_deref().filter(|_| caller.account_id().is_some());
    let known = Known {
        actor: Actor {
            acting: acting.map(Acting::recorded),
            ..caller.actor()
        },
        person_id: caller.person_id,
        account_id: caller.account_id(),
    };
    request.extensions_mut().insert(known);
}

/// The same for a program.
pub(super) fn know_program(request: &HttpRequest, program: &Program) {
    let client = program.client();
    traces::known(client.account_id, program.person_id());
    let known = Known {
        actor: Actor::new(Who::Client(client.id), Some(program.origin().clone())),
        person_id: program.person_id(),
        account_id: client.account_id,
    };
    request.extensions_mut().insert(known);
}

/// True where who asks is known and may not.
fn is_refusal(error: &Error) -> bool {
    const CODES: [Code; 4] = [
        Code::Forbidden,
        Code::InsufficientScope,
        Code::PeopleOnly,
        Code::NetworkNotAllowed,
    ];
    CODES.contains(&error.code())
}

/// Answers as the application does, and writes down what has to be.
pub async fn record<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let response = next.call(request).await?;
    let exported = response.response().extensions().get::<Exported>().cloned();
    let error = response.response().error().and_then(|error| error.as_error::<Error>());
    if error.is_none() && exported.is_none() {
        return Ok(response);
    }
    let known = response.request().extensions().get::<Known>().cloned();
    let Some(known) = known else { return Ok(response) };
    match (error, exported) {
        (Some(error), _) if is_refusal(error) => refuse(response.request(), known).await?,
        (Some(Error::NotFound), _) => {
            let access: Data<Access> = shared(response.request())?;
            access.attempts.not_found(known.person_id).await;
        }
        (None, Some(exported)) => export(response.request(), known, exported).await?,
        _ => {}
    }
    Ok(response)
}

async fn refuse(request: &HttpRequest, known: Known) -> Result<()> {
    let (state, access): (Data<AppState>, Data<Access>) = (shared(request)?, shared(request)?);
    let Some(times) = access.refusals.count(known.person_id).await else {
        return Ok(());
    };
    let path = match has_token(request.path()) {
        true => request.match_pattern().unwrap_or_default(),
        false => request.path().to_owned(),
    };
    let refused = Refused {
        account_id: known.account_id,
        actor: known.actor,
        method: request.method().to_string(),
        path,
        times,
    };
    state
        .db
        .write(move |tx| refusals::record(tx, &refused, clock::now()))
        .await
}

async fn export(request: &HttpRequest, known: Known, exported: Exported) -> Result<()> {
    let state: Data<AppState> = shared(request)?;
    let entry = audit::Entry {
        action: "list.export",
        account_id: known.account_id,
        object: exported.file,
        details: json!({ "rows": exported.rows, "filter": request.query_string() }),
    };
    state
        .db
        .write(move |tx| audit::record(tx, &known.actor, &entry, clock::now()))
        .await
}
