//! Who reads a page: the twins of the callers of the API. The proof is the session's cookie; with it comes the shell
//! that stands around the page.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest};

use super::{
    Access, Caller, Customer, CustomerRight, MayManagePeople, Staff, StaffRight, guarding, may_before_enrolment,
    recording, refuse_unless_enrolled, shared,
};
use crate::clock;
use crate::error::{Code, Error, Result};
use crate::identity::acting::{self, Acting};
use crate::identity::rules::rights::Right;
use crate::identity::sentences;
use crate::identity::sessions::Standing;
use crate::ids::SessionId;
use crate::state::AppState;
use crate::web::answering::shell_of_request;
use crate::web::cookies;
use crate::web::shell::Shell;

/// A member of an account with a role that gives the right `R`, reading a page.
#[derive(Debug)]
pub struct Visitor<R> {
    /// Who, as the API knows them.
    pub customer: Customer<R>,
    /// What stands around the page.
    pub shell: Shell,
}

/// One of the supplier's staff with a role that gives the right `R`, reading a page.
#[derive(Debug)]
pub struct Desk<R> {
    /// Who, as the API knows them.
    pub staff: Staff<R>,
    pub session_id: SessionId,
    /// What stands around the page.
    pub shell: Shell,
}

/// Anybody who is signed in, reading a page that is the same for both.
#[derive(Debug)]
pub struct Anyone {
    /// Who, as the API knows them.
    pub caller: Caller,
    /// What stands around the page.
    pub shell: Shell,
}

/// Somebody who need not be signed in.
#[derive(Debug)]
pub struct Guest {
    /// Who, if they are signed in.
    pub caller: Option<Caller>,
    /// What stands around the page.
    pub shell: Shell,
}

impl<R> Visitor<R> {
    /// True if the visitor's roles also give the right `Other`.
    pub fn may<Other: CustomerRight>(&self) -> bool {
        Other::allows(&self.customer.roles)
    }
}

impl<R> Desk<R> {
    /// True if the roles also give the right `Other`.
    pub fn may<Other: StaffRight>(&self) -> bool {
        Other::allows(&self.staff.roles)
    }
}

/// Whose cookie the request brings, if its session stands.
async fn signed_in(request: &HttpRequest, state: &AppState, access: &Access) -> Result<Option<Caller>> {
    let Some(cookie) = cookies::read(request, cookies::SESSION) else {
        return Ok(None);
    };
    let Some(bearer) = access.keys.verify_cookie(&state.db, &cookie).await? else {
        guarding::note_if_forged(request, access, &cookie).await;
        return Ok(None);
    };
    guarding::within_rate(request, state, access, bearer.person_id, None).await?;
    let session = match access.sessions.known(bearer.session_id).await {
        Some(known) => known,
        None => access.sessions.load(&state.db, bearer.session_id).await?,
    };
    let session = session.filter(|session| session.is_of(&bearer));
    // One hour at most, and only for as long as their roles allow it.
    let in_force = |acting: &Arc<Acting>, standing: &Standing| {
        let may = matches!(standing, Standing::Staff { roles } if MayManagePeople::allows(roles));
        may && acting.expires_at > clock::now()
    };
    Ok(session.map(|session| Caller {
        acting: session
            .acting
            .clone()
            .filter(|acting| in_force(acting, &session.standing)),
        ..Caller::of(request, bearer.session_id, &session)
    }))
}

/// As whom a page is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum As {
    Oneself,
    /// As the account that one of the staff acts for; as who they are, if they act for none.
    Account,
}

/// The caller as the page wants them: staff who act for an account have its buyers' rights on its pages, and only there.
fn seen_as(caller: Caller, wanted: As) -> Caller {
    match caller.acting.as_ref().map(|acting| acting.account_id) {
        Some(account_id) if wanted == As::Account => Caller {
            standing: Standing::Member {
                account_id,
                roles: acting::ROLES.into(),
            },
            ..caller
        },
        _ => caller,
    }
}

async fn guest(request: HttpRequest, wanted: As) -> Result<Guest> {
    let (state, access) = (shared::<AppState>(&request)?, shared::<Access>(&request)?);
    if !state.readiness.is_ready() {
        return Err(Error::Unavailable("the schema is not current".to_owned()));
    }
    let caller = signed_in(&request, &state, &access)
        .await?
        .map(|caller| seen_as(caller, wanted));
    if let Some(caller) = &caller {
        recording::know(&request, caller);
    }
    let mut shell = shell_of_request(&request);
    shell.flash = cookies::read_flash(&request);
    let (load_shell, known) = (access.load_shell, caller.clone());
    let shell = state
        .db
        .read(move |connection| {
            let mut shell = shell.clone();
            load_shell(connection, known.as_ref(), &mut shell)?;
            Ok(shell)
        })
        .await?;
    // Should the handler fail, the page that says so has the same around it.
    request.extensions_mut().insert(shell.clone());
    Ok(Guest { caller, shell })
}

fn nobody() -> Error {
    Error::unauthenticated(Code::Unauthenticated, sentences::sign_in_first())
}

async fn anyone(request: HttpRequest, wanted: As) -> Result<Anyone> {
    let path = request.path().to_owned();
    let (state, access) = (shared::<AppState>(&request)?, shared::<Access>(&request)?);
    let Guest { caller, shell } = guest(request, wanted).await?;
    let caller = caller.ok_or_else(nobody)?;
    if caller.must_enrol && !may_before_enrolment(&path) {
        refuse_unless_enrolled(&state, &access, caller.session_id).await?;
    }
    Ok(Anyone { caller, shell })
}

type Extraction<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

impl FromRequest for Guest {
    type Error = Error;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        Box::pin(guest(request.clone(), As::Oneself))
    }
}

impl FromRequest for Anyone {
    type Error = Error;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        // Where the portal begins is the account's; what else is the same for both is the reader's own.
        let wanted = if request.path() == "/" {
            As::Account
        } else {
            As::Oneself
        };
        Box::pin(anyone(request.clone(), wanted))
    }
}

impl<R: CustomerRight> FromRequest for Visitor<R> {
    type Error = Error;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let Anyone { caller, shell } = anyone(request, As::Account).await?;
            Ok(Self {
                customer: caller.customer()?,
                shell,
            })
        })
    }
}

impl<R: StaffRight> FromRequest for Desk<R> {
    type Error = Error;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let Anyone { caller, shell } = anyone(request, As::Oneself).await?;
            let session_id = caller.session_id;
            Ok(Self {
                session_id,
                staff: caller.staff()?,
                shell,
            })
        })
    }
}
