//! How accounts behave besides ordering: who brings their goods, when they pay.

/// How an account behaves besides ordering.
pub(super) struct Manner {
    /// Its code.
    pub account: &'static str,
    /// Who brings its goods.
    pub carrier: &'static str,
    /// Days from the due date to its payment.
    pub pays_after_days: i64,
    /// How often it pays a part first, in percent.
    pub pays_parts: i64,
}

const MANNERS: [Manner; 6] = [
    Manner {
        account: "ELBTOR",
        carrier: "Elbkurier Spedition",
        pays_after_days: -3,
        pays_parts: 0,
    },
    Manner {
        account: "GLASOORD",
        carrier: "Waalstroom Transport",
        pays_after_days: 2,
        pays_parts: 10,
    },
    Manner {
        account: "MARVAUX",
        carrier: "Rhône Messagerie",
        pays_after_days: 19,
        pays_parts: 15,
    },
    Manner {
        account: "ALDWICK",
        carrier: "Pennine Parcels",
        pays_after_days: 8,
        pays_parts: 25,
    },
    Manner {
        account: "SAENTIS",
        carrier: "Alpfracht AG",
        pays_after_days: -6,
        pays_parts: 0,
    },
    Manner {
        account: "VERHOECK",
        carrier: "Waalstroom Transport",
        pays_after_days: 33,
        pays_parts: 30,
    },
];

/// The manner of the account with this place among all.
pub(super) fn manner(account: usize) -> &'static Manner {
    MANNERS.get(account).unwrap_or(&MANNERS[0])
}

#[cfg(test)]
mod tests {
    use super::super::accounts::ACCOUNTS;
    use super::*;

    #[test]
    fn every_account_has_its_manner() {
        let codes = ACCOUNTS.iter().map(|account| account.code);
        assert!(codes.eq(MANNERS.iter().map(|manner| manner.account)));
    }
}
