//! Who may manage an account's people, and what must hold after a change.
#![deny(clippy::float_arithmetic, clippy::as_conversions, clippy::indexing_slicing)]

use chrono::{NaiveDateTime, TimeDelta};

use crate::identity::rules::AccountRole;
use crate::identity::rules::rights::{MayManage, Right};
use crate::ids::PersonId;
use crate::languages::Language;

/// How long an invitation is good.
pub const INVITATION_LIFETIME: TimeDelta = TimeDelta::days(7);
/// Invitations of an account in 24 hours: each one is a mail to a stranger.
pub const INVITATIONS_A_DAY_MAX: i64 = 100;

/// Somebody who belongs to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub id: PersonId,
    /// Mail address.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// What they may do.
    pub roles: Vec<AccountRole>,
    /// Codes of the sites they get mails about; none = all.
    pub sites: Vec<String>,
    /// What they read.
    pub language: Language,
    /// When they last signed in.
    pub last_sign_in_at: Option<NaiveDateTime>,
    /// They are asked for a code beside their password.
    pub has_second_factor: bool,
    /// Grows with every change.
    pub version: i64,
}

/// True if somebody with the roles `own` may give `wanted` to others: nobody gives more than they have.
pub fn may_give(own: &[AccountRole], wanted: AccountRole) -> bool {
    own.iter().any(|role| covers(*role, wanted))
}

/// True if whoever is `role` may do everything that `other` may. Reading, which is all a viewer may, is part of every
/// role.
fn covers(role: AccountRole, other: AccountRole) -> bool {
    role == AccountRole::Admin || role == other || other == AccountRole::Viewer
}

/// True if nobody of an account with the admins `admins` could manage its people once `id` has the roles `after`.
pub fn leaves_no_admin(admins: &[PersonId], id: PersonId, after: &[AccountRole]) -> bool {
    let others = admins.iter().any(|admin| *admin != id);
    admins.contains(&id) && !others && !MayManage::allows(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use AccountRole::{Admin, Approver, Buyer, Finance, Viewer};

    #[test]
    fn nobody_gives_more_than_they_have() {
        for (own, wanted, expected) in [
            (&[Admin][..], Admin, true),
            (&[Admin], Finance, true),
            (&[Viewer, Admin], Approver, true),
            (&[Buyer], Admin, false),
            (&[Buyer], Buyer, true),
            (&[Buyer], Viewer, true),
            (&[Buyer], Finance, false),
            (&[Buyer, Finance], Finance, true),
            (&[Viewer], Viewer, true),
            (&[Viewer], Buyer, false),
            (&[], Viewer, false),
        ] {
            assert_eq!(may_give(own, wanted), expected, "{own:?} gives {wanted:?}");
        }
    }

    #[test]
    fn an_account_keeps_an_admin() {
        let (a, b, c) = (PersonId(1), PersonId(2), PersonId(3));
        for (admins, id, after, expected) in [
            (&[a][..], a, &[][..], true),
            (&[a], a, &[Buyer], true),
            (&[a], a, &[Buyer, Admin], false),
            (&[a, b], a, &[], false),
            (&[a], c, &[], false),
            (&[], c, &[], false),
        ] {
            assert_eq!(
                leaves_no_admin(admins, id, after),
                expected,
                "{admins:?} {id} {after:?}"
            );
        }
    }
}
