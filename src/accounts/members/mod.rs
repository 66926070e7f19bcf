//! The people of an account, managed by its admins and by the supplier's staff who steer accounts.
//!
//! Whoever changes them locks the account first: of two changes at once the second one sees what the first has left,
//! so an account can't lose its last admin, and an admin who was just demoted can't go on.

pub mod api;
pub mod pages;
pub mod rules;
pub(in crate::accounts) mod store;
pub mod supplier_api;
pub mod supplier_pages;

use self::rules::Member;
use crate::accounts;
use crate::accounts::invitations;
use crate::accounts::sentences;
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::db::seek::Walk;
use crate::error::{Code, Error, FieldError, Result};
use crate::events::payloads::MemberFacts;
use crate::identity::factors::By;
use crate::identity::people;
use crate::identity::rules::rights::{MayManage, Right};
use crate::identity::rules::{AccountRole, Person};
use crate::identity::telling;
use crate::identity::{factors, own_sessions};
use crate::ids::{AccountId, PersonId, SessionId, SiteId};
use crate::names::sets::AccessChange;
use crate::version::Expected;

/// By which right somebody manages people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Authority {
    /// As an admin of the account, checked again in the transaction.
    Member,
    /// As one of the supplier's staff, who may give every role. They can invite a new admin, so an account may lose its
    /// last one by them.
    Staff,
}

/// An admin or one of the staff at work.
#[derive(Debug, Clone)]
pub struct Manager {
    pub person_id: PersonId,
    pub account_id: AccountId,
    /// By which right.
    pub authority: Authority,
    /// For the audit record.
    pub actor: Actor,
}

/// What to change of a member; what is left out stays.
#[derive(Debug, Clone, Default)]
pub struct ChangeMember {
    /// What they are called.
    pub name: Option<String>,
    /// The names of all their roles.
    pub roles: Option<Vec<String>>,
    /// Codes of the sites they get mails about; none = all.
    pub sites: Option<Vec<String>>,
}

/// Up to `rows_max` members of an account, the oldest first, those behind `after`.
pub fn list(
    connection: &mut Connection,
    account_id: AccountId,
    after: impl Into<Walk<PersonId>>,
    rows_max: i64,
) -> Result<Vec<Member>> {
    store::list(connection, account_id, after, rows_max)
}

pub fn get(connection: &mut Connection, account_id: AccountId, id: PersonId) -> Result<Member> {
    store::find(connection, account_id, id)?.ok_or(Error::NotFound)
}

/// The account whose member this is, open or closed: for staff, who name no account.
pub fn account_of(connection: &mut Connection, id: PersonId) -> Result<AccountId> {
    store::find_account(connection, id)?.ok_or(Error::NotFound)
}

/// Changes a member; how they are now, and the sessions whose rights changed.
pub fn change(
    tx: &mut Connection,
    manager: &Manager,
    id: PersonId,
    expected: &Expected,
    change: &ChangeMember,
    now: Timestamp,
) -> Result<(Member, Vec<SessionId>)> {
    let own_roles = begin(tx, manager)?;
    let (mut person, before) = lock(tx, manager.account_id, id)?;
    expected.check(before.version)?;

    let mut faults = Vec::new();
    let name = change.name.as_deref().unwrap_or(&before.name);
    faults.extend(people::name_fault("/name", name));
    let roles = match &change.roles {
        Some(names) => read_roles(names, &own_roles, &before.roles, &mut faults),
        None => before.roles.clone(),
    };
    let (site_ids, sites) = match &change.sites {
        Some(codes) => read_sites(tx, manager.account_id, codes, &mut faults)?,
        None => (Vec::new(), before.sites.clone()),
    };
    if !faults.is_empty() {
        return Err(Error::Invalid(faults));
    }
    refuse_last(tx, manager, id, &roles)?;

    let (mut was, mut is) = (MemberFacts::default(), MemberFacts::default());
    if before.name != name {
        was.name = Some(before.name.clone());
        is.name = Some(name.to_owned());
    }
    if before.roles != roles {
        was.roles = Some(before.roles.clone());
        is.roles = Some(roles.clone());
    }
    if before.sites != sites {
        was.sites = Some(before.sites.clone());
        is.sites = Some(sites.clone());
    }
    if was == is {
        return Ok((before, Vec::new()));
    }
    person.name = name.to_owned();
    people::update(tx, &person)?;
    if roles != before.roles {
        people::set_roles(tx, id, &roles)?;
        telling::tell(tx, &person, AccessChange::Roles, manager.person_id, &roles, now)?;
    }
    if sites != before.sites {
        store::replace_sites(tx, id, &site_ids)?;
    }
    if !MayManage::allows(&roles) {
        invitations::store::update_withdrawn_of_inviter(tx, id, now)?;
    }
    people::record_change(tx, &manager.actor, &person, was, is, now)?;
    let member = get(tx, manager.account_id, id)?;
    Ok((member, people::list_session_ids(tx, id)?))
}

/// Ends a member's access at once; the sessions that ended. What they ordered stays.
pub fn remove(
    tx: &mut Connection,
    manager: &Manager,
    id: PersonId,
    expected: &Expected,
    now: Timestamp,
) -> Result<Vec<SessionId>> {
    begin(tx, manager)?;
    let (person, member) = lock(tx, manager.account_id, id)?;
    expected.check(member.version)?;
    refuse_last(tx, manager, id, &[])?;
    invitations::store::update_withdrawn_of_inviter(tx, id, now)?;
    people::end(tx, &manager.actor, &person, now)
}

/// Ends all sessions of a member, who is told; which they were.
pub fn end_sessions(tx: &mut Connection, manager: &Manager, id: PersonId, now: Timestamp) -> Result<Vec<SessionId>> {
    begin(tx, manager)?;
    let (person, _) = lock(tx, manager.account_id, id)?;
    own_sessions::end_all(tx, &manager.actor, manager.person_id, &person, now)
}

/// Takes a member's second factor away, whose authenticator is gone; the sessions that ended.
pub fn reset_factor(tx: &mut Connection, manager: &Manager, id: PersonId, now: Timestamp) -> Result<Vec<SessionId>> {
    begin(tx, manager)?;
    lock(tx, manager.account_id, id)?;
    factors::reset(tx, &manager.actor, By::Person(manager.person_id), id, now)
}

/// Locks the account's people; the manager's own roles as they are now, not as their session remembers them.
pub(in crate::accounts) fn begin(tx: &mut Connection, manager: &Manager) -> Result<Vec<AccountRole>> {
    if !accounts::store::lock_open(tx, manager.account_id)? {
        return Err(match manager.authority {
            Authority::Member => Error::Forbidden,
            Authority::Staff => crate::accounts::editing::closed(),
        });
    }
    if manager.authority == Authority::Staff {
        return Ok(AccountRole::ALL.to_vec());
    }
    let member = store::find(tx, manager.account_id, manager.person_id)?;
    let roles = member.map(|member| member.roles).unwrap_or_default();
    if MayManage::allows(&roles) {
        Ok(roles)
    } else {
        Err(Error::Forbidden)
    }
}

fn lock(tx: &mut Connection, account_id: AccountId, id: PersonId) -> Result<(Person, Member)> {
    // Asked first with the account: what belongs to others is not even locked.
    get(tx, account_id, id)?;
    let person = people::lock(tx, id)?;
    Ok((person, get(tx, account_id, id)?))
}

fn refuse_last(tx: &mut Connection, manager: &Manager, id: PersonId, after: &[AccountRole]) -> Result<()> {
    if manager.authority == Authority::Staff {
        return Ok(());
    }
    let admins = store::list_admins(tx, manager.account_id)?;
    if rules::leaves_no_admin(&admins, id, after) {
        let detail = sentences::last_admin();
        return Err(Error::conflict(Code::LastAdmin, detail));
    }
    Ok(())
}

/// The role with this name, if `own` may give it.
pub(in crate::accounts) fn read_role(
    pointer: &str,
    name: &str,
    own: &[AccountRole],
    kept: &[AccountRole],
) -> Result<AccountRole, FieldError> {
    let Some(role) = AccountRole::from_name(name) else {
        let detail = sentences::roles_are(AccountRole::NAMES);
        return Err(FieldError::new(pointer, Code::ValueInvalid, detail));
    };
    if kept.contains(&role) || rules::may_give(own, role) {
        return Ok(role);
    }
    let detail = sentences::role_above_own();
    Err(FieldError::new(pointer, Code::RoleNotAllowed, detail))
}

/// The roles with these names, in the order of all roles.
fn read_roles(
    given: &[String],
    own: &[AccountRole],
    kept: &[AccountRole],
    faults: &mut Vec<FieldError>,
) -> Vec<AccountRole> {
    let mut roles = Vec::new();
    for (index, name) in given.iter().enumerate() {
        match read_role(&format!("/roles/{index}"), name, own, kept) {
            Ok(role) => roles.push(role),
            Err(fault) => faults.push(fault),
        }
    }
    if given.is_empty() {
        let detail = sentences::one_role_at_least();
        faults.push(FieldError::new("/roles", Code::Required, detail));
    }
    let all = AccountRole::ALL.iter().copied();
    all.filter(|role| roles.contains(role)).collect()
}

/// Ids and codes of the account's sites that `codes` name, in file order.
pub(in crate::accounts) fn read_sites(
    connection: &mut Connection,
    account_id: AccountId,
    codes: &[String],
    faults: &mut Vec<FieldError>,
) -> Result<(Vec<SiteId>, Vec<String>)> {
    let (ids, known): (Vec<_>, Vec<_>) = store::list_sites_of(connection, account_id, codes)?.into_iter().unzip();
    for (index, code) in codes.iter().enumerate() {
        if !known.contains(code) {
            let detail = sentences::no_site(code);
            faults.push(FieldError::new(format!("/sites/{index}"), Code::UnknownSite, detail));
        }
    }
    Ok((ids, known))
}
