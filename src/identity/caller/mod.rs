//! Who calls: extractors that prove it. A handler's signature says who may call it, and a handler without one of them
//! is public.
//!
//! No database on the hot path: the token is checked by its signature, the session in a copy that is at most two
//! seconds old ([`super::sessions`]), and so is the program ([`super::clients::copies`]).
//!
//! [`Caller`] is a person in a session. [`Customer`] and [`Staff`] are whoever acts for an account or for the supplier:
//! people, and programs with the scope of the operation.

mod confirmed;
mod guarding;
mod pages;
mod programs;
pub mod recording;

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};

pub use self::confirmed::{Confirmed, Proof, Proven, is_fresh};
pub use self::pages::{Anyone, Around, Desk, Guest, Surroundings, Visitor};
use self::programs::Program;
use super::acting::Acting;
use super::attempts::Attempts;
use super::clients::copies::Clients;
use super::passwords::Queue;
use super::refusals::Refusals;
pub use super::rules::rights::{
    CustomerRight, MayApprovePrices, MayEditTerms, MayKeepBooks, MayKeepCatalogue, MayLend, MayManage,
    MayManageAccounts, MayManagePeople, MayManageStaff, MayMoveGoods, MayOrder, MayRead, MayReadDesk, MayRelease,
    MaySeeCosts, MaySetPrices, MaySetUp, MaySettle, MaySteer, StaffRight,
};
use super::rules::scopes::Scope;
use super::rules::{AccountRole, StaffRole};
use super::sentences;
use super::sessions::{About, Session, Sessions, Standing};
use super::tokens::{Keys, Presented};
use crate::audit::{Actor, Origin, Who};
use crate::clock::Timestamp;
use crate::config::SignIn;
use crate::cpu;
use crate::db::Database;
use crate::error::{Code, Error, Result};
use crate::http::{CallerPending, bearer_token};
use crate::ids::{AccountId, PersonId, SessionId};
use crate::state::AppState;

/// What it takes to know who calls: one for all requests of a process.
#[derive(Debug)]
pub struct Access {
    /// Passwords that wait to be hashed.
    pub passwords: Queue,
    /// Keys of the access tokens.
    pub keys: Keys,
    /// Sessions used lately.
    pub sessions: Sessions,
    /// Programs that called lately.
    pub clients: Clients,
    /// What was refused to whom lately.
    pub refusals: Refusals,
    /// What was tried to pass by the guards lately.
    pub attempts: Attempts,
    /// How people prove who they are.
    pub settings: SignIn,
    surroundings: Box<dyn Surroundings>,
}

impl Access {
    /// Passwords wait in `passwords`; features above put into shells what they know by `surroundings`.
    pub fn new(db: &Database, passwords: Queue, sign_in: SignIn, surroundings: Box<dyn Surroundings>) -> Self {
        Self {
            passwords,
            keys: Keys::new(),
            sessions: Sessions::new(db, sign_in),
            clients: Clients::new(db),
            refusals: Refusals::new(),
            attempts: Attempts::new(),
            settings: sign_in,
            surroundings,
        }
    }
}

/// Any person who is signed in. Programs are refused: what a handler does with this is for people.
#[derive(Debug, Clone)]
pub struct Caller {
    pub person_id: PersonId,
    pub about: Arc<About>,
    pub session_id: SessionId,
    pub session_ends_at: Timestamp,
    /// When they last proved who they are.
    pub proven_at: Timestamp,
    /// They are asked for a code beside their password.
    pub has_second_factor: bool,
    /// They must set that up before anything else.
    pub must_enrol: bool,
    /// Where they belong, and as what.
    pub standing: Standing,
    /// Set where the page is read as an account, by one of the staff who acts for it.
    pub acting: Option<Arc<Acting>>,
    pub origin: Origin,
}

/// A member of an account with a role that gives the right `R`, or a program of the account.
#[derive(Debug, Clone)]
pub struct Customer<R> {
    /// Of a program the row that stands for it.
    pub person_id: PersonId,
    who: Who,
    proof: Proof,
    pub account_id: AccountId,
    pub roles: Arc<[AccountRole]>,
    /// Set where one of the staff acts for the account.
    pub acting: Option<Arc<Acting>>,
    pub origin: Origin,
    /// Of a program: what it may do.
    scopes: Option<Arc<[Scope]>>,
    right: PhantomData<R>,
}

/// One of the supplier's staff with a role that gives the right `R`, or a program of the supplier.
#[derive(Debug, Clone)]
pub struct Staff<R> {
    /// Of a program the row that stands for it.
    pub person_id: PersonId,
    who: Who,
    proof: Proof,
    pub roles: Arc<[StaffRole]>,
    pub origin: Origin,
    /// Of a program: what it may do.
    scopes: Option<Arc<[Scope]>>,
    right: PhantomData<R>,
}

impl<R> Customer<R> {
    /// False for a program without this scope: for what its operation's own scope doesn't say. People need none.
    pub fn has(&self, scope: Scope) -> bool {
        self.scopes.as_ref().is_none_or(|scopes| scopes.contains(&scope))
    }

    /// A person, or a program of the account.
    pub fn who(&self) -> Who {
        self.who
    }

    /// For the audit record.
    pub fn actor(&self) -> Actor {
        Actor {
            acting: self.acting.as_deref().map(Acting::recorded),
            ..Actor::new(self.who, Some(self.origin.clone()))
        }
    }
}

impl<R> Staff<R> {
    /// False for a program without this scope: for what its operation's own scope doesn't say. People need none.
    pub fn has(&self, scope: Scope) -> bool {
        self.scopes().is_none_or(|scopes| scopes.contains(&scope))
    }

    /// What a program may do; nothing for people.
    pub fn scopes(&self) -> Option<&Arc<[Scope]>> {
        self.scopes.as_ref()
    }

    /// For the audit record.
    pub fn actor(&self) -> Actor {
        Actor::new(self.who, Some(self.origin.clone()))
    }
}

impl Caller {
    /// Who sends the request in this session, for themselves.
    fn of(request: &HttpRequest, session_id: SessionId, session: &Session) -> Self {
        cpu::works_for(match session.standing {
            Standing::Member { account_id, .. } => account_id.0,
            Standing::Staff { .. } => session.person_id.0,
        });
        Self {
            person_id: session.person_id,
            about: session.about.clone(),
            session_id,
            session_ends_at: session.ends_at(),
            proven_at: session.proven_at,
            has_second_factor: session.has_second_factor,
            must_enrol: session.must_enrol,
            standing: session.standing.clone(),
            acting: None,
            origin: Origin::of(request),
        }
    }

    /// For the audit record.
    pub fn actor(&self) -> Actor {
        Actor::new(Who::Person(self.person_id), Some(self.origin.clone()))
    }

    /// The account they belong to; `None` for staff.
    pub fn account_id(&self) -> Option<AccountId> {
        match self.standing {
            Standing::Member { account_id, .. } => Some(account_id),
            Standing::Staff { .. } => None,
        }
    }

    /// As a member of an account whose role gives the right `R`.
    pub fn customer<R: CustomerRight>(self) -> Result<Customer<R>> {
        match self.standing {
            Standing::Member { account_id, roles } if R::allows(&roles) => Ok(Customer {
                person_id: self.person_id,
                who: Who::Person(self.person_id),
                proof: Proof::Session(self.session_id, self.proven_at),
                account_id,
                roles,
                acting: self.acting,
                origin: self.origin,
                scopes: None,
                right: PhantomData,
            }),
            _ => Err(refused(self.person_id)),
        }
    }

    fn staff<R: StaffRight>(self) -> Result<Staff<R>> {
        match self.standing {
            Standing::Staff { roles } if R::allows(&roles) => Ok(Staff {
                person_id: self.person_id,
                who: Who::Person(self.person_id),
                proof: Proof::Session(self.session_id, self.proven_at),
                roles,
                origin: self.origin,
                scopes: None,
                right: PhantomData,
            }),
            _ => Err(refused(self.person_id)),
        }
    }
}

fn refused(person: PersonId) -> Error {
    tracing::info!(%person, "refused for the role");
    Error::Forbidden
}

/// What the application shares with all requests.
fn shared<T: 'static>(request: &HttpRequest) -> Result<Data<T>> {
    let shared = request.app_data::<Data<T>>().cloned();
    shared.ok_or_else(|| Error::internal("the application has no state"))
}

/// Who sends a request.
enum Signed {
    Person(Caller),
    Program(Program),
}

async fn signed(request: HttpRequest) -> Result<Signed> {
    let (state, access) = (shared::<AppState>(&request)?, shared::<Access>(&request)?);
    let token = bearer_token(&request)
        .ok_or_else(|| Error::unauthenticated(Code::Unauthenticated, sentences::send_bearer()))?;
    let presented = match access.keys.present_now(token) {
        Some(verdict) => verdict,
        None => waiting(&request, access.keys.present(&state.db, token)).await?,
    };
    let Some(presented) = presented else {
        guarding::note_if_forged(&request, &access, token).await;
        return Err(not_valid());
    };
    let bearer = match presented {
        Presented::Person(bearer) => bearer,
        Presented::Client(bearer) => {
            let program = programs::admitted(&request, &state, &access, bearer).await?;
            return Ok(Signed::Program(program));
        }
    };
    guarding::within_rate(&request, &state, &access, bearer.person_id, None).await?;
    let session = match access.sessions.known(bearer.session_id).await {
        Some(known) => known,
        None => waiting(&request, access.sessions.load(&state.db, bearer.session_id)).await?,
    };
    let session: Arc<Session> = session.filter(|session| session.is_of(&bearer)).ok_or_else(not_valid)?;
    if session.must_enrol && !may_before_enrolment(request.path()) {
        waiting(&request, refuse_unless_enrolled(&state, &access, bearer.session_id)).await?;
    }
    let caller = Caller::of(&request, bearer.session_id, &session);
    recording::know(&request, &caller);
    Ok(Signed::Person(caller))
}

/// True where the request proves who sends it; whether they may do what they ask for is another question.
pub async fn is_proven(request: &HttpRequest) -> Result<bool> {
    let (state, access) = (shared::<AppState>(request)?, shared::<Access>(request)?);
    let Some(token) = bearer_token(request) else {
        return Ok(false);
    };
    Ok(match access.keys.present(&state.db, token).await? {
        Some(Presented::Person(bearer)) => {
            let session = match access.sessions.known(bearer.session_id).await {
                Some(known) => known,
                None => access.sessions.load(&state.db, bearer.session_id).await?,
            };
            session.is_some_and(|session| session.is_of(&bearer))
        }
        Some(Presented::Client(bearer)) => programs::find(request, &state, &access, &bearer).await?.is_some(),
        None => false,
    })
}

async fn caller(request: HttpRequest) -> Result<Caller> {
    match signed(request).await? {
        Signed::Person(caller) => Ok(caller),
        Signed::Program(_) => Err(programs::people_only()),
    }
}

/// What somebody needs who must set up a second factor, and nothing else.
fn may_before_enrolment(path: &str) -> bool {
    const PATHS: &[&str] = &[
        "/api/v1/me/second-factor",
        "/api/v1/me/confirm",
        "/api/v1/auth/",
        "/profile/second-factor",
        "/profile/passkeys",
        "/confirm",
    ];
    PATHS.iter().any(|open| path.starts_with(open))
}

/// Refuses a session whose person must set up a second factor; looks it up again, for they may have done so elsewhere.
async fn refuse_unless_enrolled(state: &AppState, access: &Access, id: SessionId) -> Result<()> {
    access.sessions.forget(id).await;
    match access.sessions.load(&state.db, id).await? {
        Some(session) if !session.must_enrol => Ok(()),
        Some(_) => Err(Error::refused(
            Code::SecondFactorMissing,
            sentences::set_up_second_factor(),
        )),
        None => Err(not_valid()),
    }
}

fn not_valid() -> Error {
    Error::unauthenticated(Code::Unauthenticated, sentences::token_not_valid())
}

/// Awaits `looking_up` while the other extractors keep their failures to themselves.
async fn waiting<T>(request: &HttpRequest, looking_up: impl Future<Output = T>) -> T {
    request.extensions_mut().insert(CallerPending);
    let found = looking_up.await;
    request.extensions_mut().remove::<CallerPending>();
    found
}

type Extraction<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

impl FromRequest for Caller {
    type Error = Error;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        Box::pin(caller(request.clone()))
    }
}

impl<R: CustomerRight> FromRequest for Customer<R> {
    type Error = Error;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let signed = signed(request.clone());
        Box::pin(async move {
            match signed.await? {
                Signed::Person(caller) => caller.customer(),
                Signed::Program(program) => program.customer(),
            }
        })
    }
}

impl<R: StaffRight> FromRequest for Staff<R> {
    type Error = Error;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let signed = signed(request.clone());
        Box::pin(async move {
            match signed.await? {
                Signed::Person(caller) => caller.staff(),
                Signed::Program(program) => program.staff(),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_stay_out_of_the_desk_and_staff_out_of_accounts() {
        let caller = |standing| Caller {
            person_id: PersonId(1),
            about: Arc::new(About {
                email: String::new(),
                name: String::new(),
                language: None,
                version: 1,
                account: None,
            }),
            session_id: SessionId(2),
            session_ends_at: crate::clock::now(),
            proven_at: crate::clock::now(),
            has_second_factor: false,
            must_enrol: false,
            standing,
            acting: None,
            origin: Origin {
                request_id: "".into(),
                address: None,
            },
        };
        let member = caller(Standing::Member {
            account_id: AccountId(3),
            roles: Arc::new([AccountRole::Viewer]),
        });
        let staff = caller(Standing::Staff {
            roles: Arc::new([StaffRole::Admin]),
        });
        let without_role = caller(Standing::Member {
            account_id: AccountId(3),
            roles: Arc::new([]),
        });
        assert!(member.clone().customer::<MayRead>().is_ok());
        assert!(member.clone().customer::<MayOrder>().is_err());
        assert!(member.staff::<MayReadDesk>().is_err());
        assert!(staff.clone().staff::<MayReadDesk>().is_ok());
        assert!(staff.customer::<MayRead>().is_err());
        assert!(without_role.customer::<MayRead>().is_err());
    }
}
