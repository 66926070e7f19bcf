//! Programs that call: what of a token and of what is known of its program opens an operation.

use std::marker::PhantomData;
use std::sync::Arc;

use actix_web::HttpRequest;

use super::{Access, Customer, CustomerRight, Proof, Staff, StaffRight, guarding, not_valid, recording, waiting};
use crate::audit::{Origin, Who};
use crate::clock;
use crate::cpu;
use crate::error::{Code, Error, Result};
use crate::http::Rate;
use crate::identity::clients::copies::Known;
use crate::identity::clients::lacks;
use crate::identity::rules::scopes::{self, Need, Scope};
use crate::identity::rules::{AccountRole, StaffRole};
use crate::identity::sentences;
use crate::identity::tokens::ClientBearer;
use crate::ids::PersonId;
use crate::state::AppState;

/// A program that calls an operation that its scopes open.
#[derive(Debug)]
pub(super) struct Program {
    client: Arc<Known>,
    /// Those of its token that it still has.
    scopes: Vec<Scope>,
    origin: Origin,
}

/// A program that still is one, of a token that is good still.
pub(super) async fn find(
    request: &HttpRequest,
    state: &AppState,
    access: &Access,
    bearer: &ClientBearer,
) -> Result<Option<Arc<Known>>> {
    let id = bearer.client_id;
    let known = match access.clients.known(id).await {
        Some(known) => known,
        None => waiting(request, access.clients.load(&state.db, id, Origin::of(request).address)).await?,
    };
    let is_good = |known: &Arc<Known>| known.is_in_time(clock::now()) && known.has_token(&bearer.jti_hash);
    Ok(known.filter(is_good))
}

/// The program that a token names, if it may call this.
pub(super) async fn admitted(
    request: &HttpRequest,
    state: &AppState,
    access: &Access,
    bearer: ClientBearer,
) -> Result<Program> {
    let (id, origin) = (bearer.client_id, Origin::of(request));
    let client = find(request, state, access, &bearer).await?.ok_or_else(not_valid)?;
    cpu::works_for(client.account_id.map_or(id.0, |account_id| account_id.0));
    let has = |scope: &Scope| client.scopes.contains(scope);
    let program = Program {
        scopes: bearer.scopes.into_iter().filter(has).collect(),
        client: client.clone(),
        origin,
    };
    recording::know_program(request, &program);
    let own = program.client.requests_per_minute.map(Rate::a_minute);
    // What an account gives its programs is within what everybody has.
    let own = own.map(|rate| match program.client.account_id {
        Some(_) => state.rate_limit.within_common(rate),
        None => rate,
    });
    guarding::within_rate(request, state, access, program.person_id(), own).await?;
    if !program.client.may_call_from(program.origin.address) {
        return Err(Error::refused(
            Code::NetworkNotAllowed,
            sentences::network_not_allowed(),
        ));
    }
    program.check(request)?;
    Ok(program)
}

impl Program {
    /// The row that stands for it among people.
    pub(super) fn person_id(&self) -> PersonId {
        PersonId(self.client.id.0)
    }

    pub(super) fn client(&self) -> &Known {
        &self.client
    }

    pub(super) fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Refuses what is of the other side, what is for people, and what neither token nor program has the scope for.
    fn check(&self, request: &HttpRequest) -> Result<()> {
        let template = request.match_pattern().unwrap_or_default();
        let is_suppliers = template.starts_with("/api/v1/supplier/");
        let need = scopes::needed(request.method().as_str(), &template);
        match need {
            // What no row tells of is closed.
            None | Some(Need::People) => Err(people_only()),
            Some(Need::Scope(_)) if is_suppliers == self.client.account_id.is_some() => Err(Error::Forbidden),
            Some(Need::Scope(scope)) if self.scopes.contains(&scope) => Ok(()),
            Some(Need::Scope(scope)) => Err(lacks(scope)),
        }
    }

    /// As the account it belongs to. Its scopes say what it may do, so it gets the narrowest role that gives the right; what
    /// only admins hear of members, who may read members hears.
    pub(super) fn customer<R: CustomerRight>(self) -> Result<Customer<R>> {
        let narrowest = R::ROLES.last().copied().unwrap_or(AccountRole::Admin);
        let roles = match self.scopes.contains(&Scope::MembersRead) {
            true => [AccountRole::Admin],
            false => [narrowest],
        };
        match self.client.account_id {
            Some(account_id) if R::allows(&roles) => Ok(Customer {
                person_id: self.person_id(),
                who: Who::Client(self.client.id),
                proof: Proof::Token,
                account_id,
                roles: Arc::new(roles),
                acting: None,
                origin: self.origin,
                scopes: Some(self.scopes.into()),
                right: PhantomData,
            }),
            _ => Err(Error::Forbidden),
        }
    }

    /// As the supplier it belongs to, with every right of the desk.
    pub(super) fn staff<R: StaffRight>(self) -> Result<Staff<R>> {
        let roles = [StaffRole::Admin];
        match self.client.account_id {
            None if R::allows(&roles) => Ok(Staff {
                person_id: self.person_id(),
                who: Who::Client(self.client.id),
                proof: Proof::Token,
                roles: Arc::new(roles),
                origin: self.origin,
                scopes: Some(self.scopes.into()),
                right: PhantomData,
            }),
            _ => Err(Error::Forbidden),
        }
    }
}

/// What a program meets where only people get on.
pub(super) fn people_only() -> Error {
    Error::refused(Code::PeopleOnly, sentences::people_only())
}
