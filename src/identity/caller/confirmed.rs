//! Callers whose proof of who they are is fresh: what changes credit, prices or roles is nothing for a session that was
//! left open or stolen.

use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::{Access, Anyone, Caller, Customer, Desk, Staff, Visitor, shared, waiting};
use crate::clock::{self, Timestamp};
use crate::error::{Error, Result};
use crate::identity::{prove_again, rules};
use crate::ids::SessionId;
use crate::state::AppState;

/// How a caller has proven who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// In this session, at that moment for the last time.
    Session(SessionId, Timestamp),
    /// With the token of a program, which is proof of itself.
    Token,
}

/// Somebody who has proven who they are.
pub trait Proven {
    fn proof(&self) -> Proof;
}

impl Proven for Caller {
    fn proof(&self) -> Proof {
        Proof::Session(self.session_id, self.proven_at)
    }
}

impl<R> Proven for Customer<R> {
    fn proof(&self) -> Proof {
        self.proof
    }
}

impl<R> Proven for Staff<R> {
    fn proof(&self) -> Proof {
        self.proof
    }
}

impl<R> Proven for Visitor<R> {
    fn proof(&self) -> Proof {
        self.customer.proof
    }
}

impl<R> Proven for Desk<R> {
    fn proof(&self) -> Proof {
        self.staff.proof
    }
}

impl Proven for Anyone {
    fn proof(&self) -> Proof {
        self.caller.proof()
    }
}

/// A caller whose proof is fresh; everybody else is told to prove once more who they are (`step_up_required`), and a page
/// asks for it and goes on.
#[derive(Debug)]
pub struct Confirmed<C>(C);

impl<C> Deref for Confirmed<C> {
    type Target = C;

    fn deref(&self) -> &C {
        &self.0
    }
}

/// True of a proof that is fresh; for what needs a fresh one only at times.
pub async fn is_fresh(request: &HttpRequest, proof: Proof) -> Result<bool> {
    let Proof::Session(session_id, proven_at) = proof else {
        return Ok(true);
    };
    let (state, access) = (shared::<AppState>(request)?, shared::<Access>(request)?);
    let is_stale = |at| rules::is_stale(at, state.sign_in.step_up, clock::now());
    if !is_stale(proven_at) {
        return Ok(true);
    }
    // They may have proven it at another node just now.
    access.sessions.forget(session_id).await;
    let session = access.sessions.load(&state.db, session_id).await?;
    Ok(session.is_some_and(|session| !is_stale(session.proven_at)))
}

type Extraction<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

impl<C> FromRequest for Confirmed<C>
where
    C: FromRequest<Error = Error, Future = Extraction<C>> + Proven + 'static,
{
    type Error = Error;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, caller) = (request.clone(), C::from_request(request, payload));
        Box::pin(async move {
            let caller = caller.await?;
            match waiting(&request, is_fresh(&request, caller.proof())).await? {
                true => Ok(Self(caller)),
                false => Err(prove_again()),
            }
        })
    }
}
