//! Who may do what: the one table of rights. Extractors, pages, navigation, use cases and the API document read it.

use std::fmt;

use super::{AccountRole, StaffRole};

/// Something that some roles may do; `Self` only names it.
pub trait Right: 'static {
    /// Whose roles: of an account's people, or of the staff.
    type Role: Copy + PartialEq + fmt::Debug + 'static;
    /// What the API document calls it.
    const NAME: &'static str;
    /// The roles that give it.
    const ROLES: &'static [Self::Role];

    /// True if one of these roles gives it.
    fn allows(roles: &[Self::Role]) -> bool {
        roles.iter().any(|role| Self::ROLES.contains(role))
    }
}

/// A right of an account's people.
pub trait CustomerRight: Right<Role = AccountRole> {}
impl<R: Right<Role = AccountRole>> CustomerRight for R {}

/// A right of the staff.
pub trait StaffRight: Right<Role = StaffRole> {}
impl<R: Right<Role = StaffRole>> StaffRight for R {}

macro_rules! rights {
    ($(#[$table_doc:meta])* $table:ident of $role:ident { $($(#[$doc:meta])* $name:ident $text:literal: $($given:ident)|+;)* }) => {
        $(
            $(#[$doc])*
            #[derive(Debug)]
            pub struct $name;

            impl Right for $name {
                type Role = $role;
                const NAME: &'static str = $text;
                const ROLES: &'static [$role] = &[$($role::$given),+];
            }
        )*

        $(#[$table_doc])*
        pub const $table: &[(&str, &[$role])] = &[$(($name::NAME, $name::ROLES)),*];
    };
}

rights! {
    /// Rights of an account's people and the roles that give them.
    CUSTOMER_RIGHTS of AccountRole {
        /// Reads what the account has.
        MayRead "account.read": Admin | Buyer | Approver | Finance | Viewer;
        /// Quotes, previews, orders and cancels.
        MayOrder "account.order": Admin | Buyer;
        /// Manages the account's people.
        MayManage "account.manage": Admin;
    }
}

rights! {
    /// Rights of the staff and the roles that give them.
    STAFF_RIGHTS of StaffRole {
        /// Reads everything of the supplier's desk.
        MayReadDesk "desk.read": Admin | KeyAccountManager | CustomerService | Catalogue | Pricing | Warehouse | Finance;
        /// Accepts, holds and cancels orders, and releases what staff held.
        MaySteer "orders.steer": Admin | KeyAccountManager | CustomerService;
        /// Releases orders that are held for the credit limit.
        MayReleaseCredit "orders.release_credit": Admin | Finance;
        /// Releases orders: of a credit hold finance, of any other those who steer.
        MayRelease "orders.release": Admin | KeyAccountManager | CustomerService | Finance;
        /// Manages the accounts themselves, their sites and teams.
        MayManageAccounts "accounts.manage": Admin | KeyAccountManager;
        /// Manages the people of accounts and their invitations, and acts for accounts.
        MayManagePeople "accounts.people": Admin | KeyAccountManager | CustomerService;
        /// Changes payment terms and credit limits: who sells does not decide how much is lent.
        MayLend "accounts.credit": Admin | Finance;
        /// Changes an account's terms: of credit and payment those who lend, of the rest those who manage it.
        MayEditTerms "accounts.terms": Admin | KeyAccountManager | Finance;
        /// Receives and ships goods.
        MayMoveGoods "goods.move": Admin | Warehouse;
        /// Keeps products, units and assortments.
        MayKeepCatalogue "catalogue.keep": Admin | Catalogue;
        /// Keeps price lists and prices.
        MaySetPrices "prices.keep": Admin | Pricing;
        /// Sees what products cost the supplier and what is earned of them.
        MaySeeCosts "costs.read": Admin | Pricing | Finance;
        /// Approves the price changes of others.
        MayApprovePrices "prices.approve": Admin | Pricing | Finance;
        /// Issues invoices and books payments.
        MayKeepBooks "books.keep": Admin | Finance;
        /// Settles claims: by a credit note those who keep the books, in another way those who steer.
        MaySettle "claims.settle": Admin | KeyAccountManager | CustomerService | Finance;
        /// Ends the sessions of colleagues and resets their second factors.
        MayManageStaff "staff.manage": Admin;
        /// Imports whole accounts, the supplier itself and its taxes.
        MaySetUp "setup.import": Admin;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One column a role, in the order of `ALL`.
    type Row = fn(&[StaffRole]) -> String;

    fn row<R: Right>(all: &[R::Role]) -> String {
        let mark = |role: &R::Role| if R::allows(&[*role]) { 'x' } else { '-' };
        all.iter().map(mark).collect()
    }

    #[test]
    fn the_people_of_an_account_may_what_the_table_says() {
        let of = |row: fn(&[AccountRole]) -> String| row(&AccountRole::ALL);
        assert_eq!(AccountRole::NAMES, ["admin", "buyer", "approver", "finance", "viewer"]);
        assert_eq!(of(row::<MayRead>), "xxxxx");
        assert_eq!(of(row::<MayOrder>), "xx---");
        assert_eq!(of(row::<MayManage>), "x----");
        assert!(!MayRead::allows(&[]));
    }

    #[test]
    fn the_staff_may_what_the_table_says() {
        let roles = [
            "admin",
            "key_account_manager",
            "customer_service",
            "catalogue",
            "pricing",
            "warehouse",
            "finance",
        ];
        assert_eq!(StaffRole::NAMES, roles);
        let rows: [(Row, &str); 17] = [
            (row::<MayReadDesk>, "xxxxxxx"),
            (row::<MaySteer>, "xxx----"),
            (row::<MayReleaseCredit>, "x-----x"),
            (row::<MayRelease>, "xxx---x"),
            (row::<MayManageAccounts>, "xx-----"),
            (row::<MayManagePeople>, "xxx----"),
            (row::<MayLend>, "x-----x"),
            (row::<MayEditTerms>, "xx----x"),
            (row::<MayMoveGoods>, "x----x-"),
            (row::<MayKeepCatalogue>, "x--x---"),
            (row::<MaySetPrices>, "x---x--"),
            (row::<MaySeeCosts>, "x---x-x"),
            (row::<MayApprovePrices>, "x---x-x"),
            (row::<MayKeepBooks>, "x-----x"),
            (row::<MaySettle>, "xxx---x"),
            (row::<MayManageStaff>, "x------"),
            (row::<MaySetUp>, "x------"),
        ];
        for (row, expected) in rows {
            assert_eq!(row(&StaffRole::ALL), expected);
        }
        assert!(!MayReadDesk::allows(&[]));
    }

    #[test]
    fn wider_rights_are_the_sums_of_narrower_ones() {
        for role in StaffRole::ALL {
            let roles = &[role];
            let releases = MaySteer::allows(roles) || MayReleaseCredit::allows(roles);
            assert_eq!(MayRelease::allows(roles), releases, "{role}");
            let settles = MaySteer::allows(roles) || MayKeepBooks::allows(roles);
            assert_eq!(MaySettle::allows(roles), settles, "{role}");
            let edits = MayManageAccounts::allows(roles) || MayLend::allows(roles);
            assert_eq!(MayEditTerms::allows(roles), edits, "{role}");
        }
    }
}
