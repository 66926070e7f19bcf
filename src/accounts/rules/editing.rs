//! Who of the staff changes what of an account.

use crate::identity::rules::StaffRole;

/// What of an account is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Name, country, tier, language, sites, team.
    Account,
    /// Its people and their invitations.
    People,
    /// Payment terms and credit limit: who sells does not decide how much is lent.
    Credit,
}

/// True if whoever has `roles` changes this part.
pub fn may_edit(roles: &[StaffRole], part: Part) -> bool {
    let allows = |role: &StaffRole| match part {
        Part::Account => matches!(role, StaffRole::Admin | StaffRole::KeyAccountManager),
        Part::People => matches!(
            role,
            StaffRole::Admin | StaffRole::KeyAccountManager | StaffRole::CustomerService
        ),
        Part::Credit => matches!(role, StaffRole::Admin | StaffRole::Finance),
    };
    roles.iter().any(allows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_sells_does_not_lend() {
        for (role, account, people, credit) in [
            (StaffRole::Admin, true, true, true),
            (StaffRole::KeyAccountManager, true, true, false),
            (StaffRole::CustomerService, false, true, false),
            (StaffRole::Finance, false, false, true),
            (StaffRole::Warehouse, false, false, false),
            (StaffRole::Pricing, false, false, false),
            (StaffRole::Catalogue, false, false, false),
        ] {
            let may = [Part::Account, Part::People, Part::Credit].map(|part| may_edit(&[role], part));
            assert_eq!(may, [account, people, credit], "{role:?}");
        }
        assert!(!may_edit(&[], Part::People));
    }
}
