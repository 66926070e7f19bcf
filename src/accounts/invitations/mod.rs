//! Inviting somebody to an account, and what they make of it.
//!
//! An invitation is bound to a mail address, an account and a role, and good once, for seven days. Whether the address
//! belongs to somebody of another account, whoever invites never learns: the invitation is made and sent as any other,
//! and only its receiver, who owns the mailbox, is told that they have access elsewhere.

pub mod api;
pub mod pages;
pub(in crate::accounts) mod store;

use chrono::TimeDelta;
use serde_json::json;

use crate::accounts;
pub use crate::accounts::invitations::store::Inviter;
use crate::accounts::invitations::store::NewInvitation;
use crate::accounts::members::{self, Manager};
use crate::accounts::notifications;
use crate::accounts::rules::{self, INVITATION_LIFETIME, INVITATIONS_A_DAY_MAX};
use crate::accounts::sentences;
use crate::audit::{self, Actor, Origin, Who};
use crate::clock::{self, Timestamp};
use crate::db::seek::Walk;
use crate::db::{Connection, Database};
use crate::error::{Code, Error, FieldError, Result};
use crate::events;
use crate::events::payloads::InvitationCreated;
use crate::identity::idempotency::{self, Begun};
use crate::identity::one_time::{self, Purpose, Secrets, fingerprint};
use crate::identity::passwords::{self, Queue};
use crate::identity::people::{self, Employment, NewPerson};
use crate::identity::rules::rights::{MayManage, Right};
use crate::identity::rules::{AccountRole, TokenFacts, TokenState, normal_email, token_state};
use crate::ids::{AccountId, InvitationId, PersonId};
use crate::languages::Language;
use crate::values;

pub use crate::accounts::invitations::store::delete_expired;
pub use crate::accounts::invitations::store::{Invitation, Open};

/// Whom to invite.
#[derive(Debug, Clone)]
pub struct Invite {
    /// Mail address as typed.
    pub email: String,
    /// The name of the role.
    pub role: String,
}

/// [`invite`] by a form that may be sent twice: the second time nothing happens, as long as the invitation is open.
pub fn invite_once(
    tx: &mut Connection,
    manager: &Manager,
    request: &idempotency::Request,
    invite: &Invite,
    now: Timestamp,
) -> Result<()> {
    let id = InvitationId::new();
    let open = match idempotency::begin(tx, request, id.0, now)? {
        Begun::Fresh => None,
        Begun::Replay(earlier) => store::find_open(tx, manager.account_id, InvitationId(earlier), now)?,
    };
    match open {
        Some(_) => Ok(()),
        None => invite_as(tx, manager, id, invite, now).map(drop),
    }
}

/// Invites somebody; an older open invitation of the same address is replaced.
pub fn invite(tx: &mut Connection, manager: &Manager, invite: &Invite, now: Timestamp) -> Result<Open> {
    invite_as(tx, manager, InvitationId::new(), invite, now)
}

fn invite_as(
    tx: &mut Connection,
    manager: &Manager,
    id: InvitationId,
    invite: &Invite,
    now: Timestamp,
) -> Result<Open> {
    let own_roles = members::begin(tx, manager)?;
    let email = normal_email(&invite.email);
    let mut faults = Vec::new();
    if values::mail_address(&email).is_none() {
        let detail = sentences::not_a_mail_address();
        faults.push(FieldError::new("/email", Code::ValueInvalid, detail));
    }
    let role = members::read_role("/role", &invite.role, &own_roles, &[]).map_err(|fault| faults.push(fault));
    let Some(role) = role.ok().filter(|_| faults.is_empty()) else {
        return Err(Error::Invalid(faults));
    };
    let account_id = manager.account_id;
    let known = people::find_by_email(tx, &email)?;
    if known.is_some_and(|person| person.account_id == Some(account_id) && person.ended_at.is_none()) {
        let detail = sentences::already_member(&email);
        return Err(Error::conflict(Code::AlreadyMember, detail));
    }
    refuse_if_too_many(tx, account_id, now)?;
    let replaced = store::update_withdrawn_of_email(tx, account_id, &email, now)?;

    let (nonce, expires_at) = (one_time::nonce(), now + INVITATION_LIFETIME);
    let secrets = Secrets::load_or_make(tx, now)?;
    let token = one_time::token(secrets.current()?, Purpose::Invitation, id.0, &nonce)?;
    let row = NewInvitation {
        id,
        account_id,
        email: &email,
        role,
        invited_by: manager.person_id,
        nonce: &nonce,
        token_hash: &fingerprint(&token),
        expires_at,
    };
    store::insert(tx, &row, now)?;
    let created = InvitationCreated {
        email: email.clone(),
        role,
    };
    events::recording(&events::Entry::new(Some(account_id), id, created), now).run(tx)?;
    let replaced: Vec<_> = replaced.iter().map(ToString::to_string).collect();
    let details = json!({ "email": email, "role": role.name(), "replaces": replaced });
    record(tx, &manager.actor, "invitation.create", account_id, id, details, now)?;
    let inviter = people::find_person(tx, manager.person_id)?.ok_or(Error::NotFound)?;
    Ok(Open {
        id,
        email,
        role,
        invited_by: inviter.name,
        created_at: now,
        expires_at,
    })
}

/// Sends an open invitation again: the same as inviting its address once more in the same role. `NotFound` when the
/// account has no open invitation with this id.
pub fn resend(tx: &mut Connection, manager: &Manager, id: InvitationId, now: Timestamp) -> Result<Open> {
    let open = store::find_open(tx, manager.account_id, id, now)?.ok_or(Error::NotFound)?;
    let again = Invite {
        email: open.email,
        role: open.role.name().to_owned(),
    };
    invite(tx, manager, &again, now)
}

fn refuse_if_too_many(tx: &mut Connection, account_id: AccountId, now: Timestamp) -> Result<()> {
    let window = TimeDelta::days(1);
    match store::find_nth(tx, account_id, INVITATIONS_A_DAY_MAX, now - window)? {
        Some(oldest) => {
            let wait = (oldest + window - now).num_seconds().max(0);
            let retry_after_s = u64::try_from(wait).unwrap_or_default() + 1;
            Err(Error::Throttled { retry_after_s })
        }
        None => Ok(()),
    }
}

/// Up to `rows_max` open invitations of an account, the newest first, those behind `after`.
pub fn list_open(
    connection: &mut Connection,
    account_id: AccountId,
    after: impl Into<Walk<InvitationId>>,
    rows_max: i64,
    now: Timestamp,
) -> Result<Vec<Open>> {
    store::list_open(connection, account_id, after, rows_max, now)
}

/// The account that an open invitation leads to: for staff, who name no account.
pub fn account_of(connection: &mut Connection, id: InvitationId, now: Timestamp) -> Result<AccountId> {
    store::find_account(connection, id, now)?.ok_or(Error::NotFound)
}

/// Takes an open invitation back; `NotFound` when the account has none with this id.
pub fn withdraw(tx: &mut Connection, manager: &Manager, id: InvitationId, now: Timestamp) -> Result<()> {
    members::begin(tx, manager)?;
    let account_id = manager.account_id;
    let email = store::update_withdrawn(tx, account_id, id, now)?.ok_or(Error::NotFound)?;
    let details = json!({ "email": email });
    record(tx, &manager.actor, "invitation.withdraw", account_id, id, details, now)
}

/// The invitation of a token, if it can still be accepted. Changes nothing: mail scanners follow links.
pub fn look_up(connection: &mut Connection, token: &str, now: Timestamp) -> Result<Invitation> {
    find_good(connection, &fingerprint(token), now)
}

fn find_good(connection: &mut Connection, token_hash: &str, now: Timestamp) -> Result<Invitation> {
    let invitation = store::find_by_token(connection, token_hash)?;
    let invitation = invitation.ok_or_else(one_time::unknown)?;
    one_time::refuse_unless_good(state(&invitation, now))?;
    Ok(invitation)
}

/// Whoever invited must still be allowed to.
fn state(invitation: &Invitation, now: Timestamp) -> TokenState {
    let roles = &invitation.inviter_roles;
    let by_admin = MayManage::allows(roles) && rules::may_give(roles, invitation.role);
    let by_right = invitation.by_staff || by_admin;
    let facts = TokenFacts {
        used: invitation.accepted,
        in_force: !invitation.withdrawn && invitation.account_is_open && by_right,
        expires_at: invitation.expires_at,
    };
    token_state(facts, now)
}

/// What somebody sends with the token of their mail.
pub struct Accept {
    /// What stands in the link.
    pub token: String,
    /// What they are called.
    pub name: String,
    /// The password they choose.
    pub password: String,
    pub origin: Origin,
}

/// Makes the invited person a member. Of two acceptances at once one wins.
pub async fn accept(db: &Database, queue: &Queue, accept: Accept) -> Result<PersonId> {
    let mut faults: Vec<_> = people::name_fault("/name", &accept.name).into_iter().collect();
    faults.extend(passwords::form_fault("/password", &accept.password));
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    let token_hash = fingerprint(&accept.token);
    // Asked before a hash is computed, so that made-up tokens cost little.
    let (asked, name) = (token_hash.clone(), accept.name.clone());
    let context = db
        .read(move |connection| {
            let invitation = find_good(connection, &asked, clock::now())?;
            passwords::context(connection, &invitation.email, &name, Some(invitation.account_id))
        })
        .await?;
    if let Some(fault) = queue.fault("/password", &accept.password, context).await? {
        return Err(Error::Invalid(vec![fault]));
    }
    let joining = Joining {
        token_hash,
        name: accept.name,
        password_hash: queue.hash(accept.password).await?,
        origin: accept.origin,
    };
    db.write(move |tx| join(tx, &joining, clock::now())).await
}

struct Joining {
    token_hash: String,
    name: String,
    password_hash: String,
    origin: Origin,
}

fn join(tx: &mut Connection, joining: &Joining, now: Timestamp) -> Result<PersonId> {
    let account_id = find_good(tx, &joining.token_hash, now)?.account_id;
    // Whoever removes or demotes the inviter locks the account too; so what is read from here on stays true.
    accounts::store::lock_open(tx, account_id)?;
    let invitation = find_good(tx, &joining.token_hash, now)?;
    if !store::update_accepted(tx, invitation.id, now)? {
        one_time::refuse_unless_good(TokenState::Used)?;
    }
    let person = NewPerson {
        email: invitation.email.clone(),
        name: joining.name.clone(),
        password_hash: joining.password_hash.clone(),
        employment: Employment::Account(account_id, invitation.role),
    };
    let (id, is_new) = match people::find_by_email(tx, &invitation.email)? {
        None => (PersonId::new(), true),
        Some(known) if known.account_id == Some(account_id) && known.ended_at.is_some() => (known.id, false),
        Some(_) => return Err(email_taken()),
    };
    let actor = Actor::new(Who::Person(id), Some(joining.origin.clone()));
    if is_new {
        people::add(tx, &actor, id, &person, now).map_err(|error| match error.code() {
            // Somebody else was given the address since it was looked for.
            Code::DuplicateKey => email_taken(),
            _ => error,
        })?;
    } else {
        people::rejoin(tx, &actor, id, &person, now)?;
        members::store::replace_sites(tx, id, &[])?;
        notifications::store::replace_muted(tx, id, &[])?;
    }
    let details = json!({ "person": id.to_string(), "role": invitation.role.name() });
    record(tx, &actor, "invitation.accept", account_id, invitation.id, details, now)?;
    Ok(id)
}

/// Told to whoever has the token of a mail to this address, and to nobody else.
fn email_taken() -> Error {
    Error::conflict(Code::EmailTaken, sentences::email_taken())
}

/// What the mail of an invitation needs.
#[derive(Debug, Clone)]
pub struct InvitationMail {
    /// Who gets it.
    pub email: String,
    /// The account's name.
    pub account_name: String,
    /// As what they are invited.
    pub role: AccountRole,
    /// The name of who invited.
    pub inviter_name: String,
    /// What the account reads.
    pub language: Language,
    /// What stands in the link behind `/invitations/`.
    pub token: String,
    /// Until when the link is good.
    pub expires_at: Timestamp,
}

/// What the mail of the event's subject needs; `None` once there is no use in sending it.
pub fn mail(connection: &mut Connection, id: InvitationId, now: Timestamp) -> Result<Option<InvitationMail>> {
    let Some(invitation) = store::find(connection, id)? else {
        return Ok(None);
    };
    if state(&invitation, now) != TokenState::Good {
        return Ok(None);
    }
    let secrets = Secrets::load(connection)?;
    let token = secrets.token(Purpose::Invitation, id.0, &invitation.nonce, &invitation.token_hash)?;
    Ok(token.map(|token| InvitationMail {
        language: Language::of(None, Some(&invitation.account_locale)),
        email: invitation.email,
        account_name: invitation.account_name,
        role: invitation.role,
        inviter_name: invitation.inviter_name,
        token,
        expires_at: invitation.expires_at,
    }))
}

/// Who last invited this address to the account, while they have access.
pub fn inviter(connection: &mut Connection, account_id: AccountId, email: &str) -> Result<Option<Inviter>> {
    store::find_inviter(connection, account_id, email)
}

fn record(
    tx: &mut Connection,
    actor: &Actor,
    action: &'static str,
    account_id: AccountId,
    id: InvitationId,
    details: serde_json::Value,
    now: Timestamp,
) -> Result<()> {
    let entry = audit::Entry {
        action,
        account_id: Some(account_id),
        object: id.to_string(),
        details,
    };
    audit::record(tx, actor, &entry, now)
}
