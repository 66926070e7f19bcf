//! Who of the staff may do what to an order in its state; the roles themselves are in the table of rights.

use super::HoldReason;
use crate::identity::rules::StaffRole;
use crate::identity::rules::rights::{MayReleaseCredit, MaySteer, Right};

/// True if whoever has `roles` releases an order that is held for these reasons.
pub fn may_release(roles: &[StaffRole], reasons: &[HoldReason]) -> bool {
    reasons.iter().all(|reason| match reason {
        HoldReason::CreditLimit | HoldReason::Overdue => MayReleaseCredit::allows(roles),
        HoldReason::Manual => MaySteer::allows(roles),
    })
}

/// True where releasing an order that is held for these reasons lends money: whoever does it proves who they are.
pub fn needs_fresh_proof(reasons: &[HoldReason]) -> bool {
    let lends = |reason: &HoldReason| matches!(reason, HoldReason::CreditLimit | HoldReason::Overdue);
    reasons.iter().any(lends)
}

#[cfg(test)]
mod tests {
    use super::*;
    use HoldReason::{CreditLimit, Manual, Overdue};

    #[test]
    fn finance_releases_credit_holds_and_those_who_hold_release_the_others() {
        for (role, credit, manual, both) in [
            (StaffRole::Admin, true, true, true),
            (StaffRole::KeyAccountManager, false, true, false),
            (StaffRole::CustomerService, false, true, false),
            (StaffRole::Finance, true, false, false),
            (StaffRole::Warehouse, false, false, false),
            (StaffRole::Pricing, false, false, false),
            (StaffRole::Catalogue, false, false, false),
        ] {
            let may = [&[CreditLimit][..], &[Manual], &[Manual, CreditLimit]].map(|held| may_release(&[role], held));
            assert_eq!(may, [credit, manual, both], "{role}");
            assert_eq!(may_release(&[role], &[Overdue]), credit, "{role}");
        }
        assert!(needs_fresh_proof(&[Manual, CreditLimit]) && needs_fresh_proof(&[Overdue]));
        assert!(!needs_fresh_proof(&[Manual]));
        assert!(may_release(
            &[StaffRole::Finance, StaffRole::CustomerService],
            &[Manual, CreditLimit]
        ));
    }
}
