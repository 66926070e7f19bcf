//! How accounts behave: how much they order, who brings their goods, when they pay.

/// How an account behaves.
pub(super) struct Habit {
    /// Its code.
    pub account: &'static str,
    /// How many orders it places in the year.
    pub orders: usize,
    /// Lines of an order at most.
    pub lines_max: i64,
    /// List price of a line at most, euro cents.
    pub line_cents_max: i64,
    /// Its purchase order number, of the year and a running number.
    pub po_number: fn(i32, usize) -> String,
    /// Who brings its goods.
    pub carrier: &'static str,
    /// Days from the due date to its payment.
    pub pays_after_days: i64,
    /// How often it pays a part first, in percent.
    pub pays_parts: i64,
}

pub(super) static HABITS: [Habit; 6] = [
    Habit {
        account: "ELBTOR",
        orders: 54,
        lines_max: 15,
        line_cents_max: 180_000,
        po_number: |_, number| format!("{}", 4_500_231_040 + number * 17),
        carrier: "Elbkurier Spedition",
        pays_after_days: -3,
        pays_parts: 0,
    },
    Habit {
        account: "GLASOORD",
        orders: 42,
        lines_max: 12,
        line_cents_max: 120_000,
        po_number: |year, number| format!("GL-{year}-{:04}", 118 + number * 3),
        carrier: "Waalstroom Transport",
        pays_after_days: 2,
        pays_parts: 10,
    },
    Habit {
        account: "MARVAUX",
        orders: 36,
        lines_max: 14,
        line_cents_max: 90_000,
        po_number: |year, number| format!("CF{:02}-{:04}", year % 100, 907 + number * 5),
        carrier: "Rhône Messagerie",
        pays_after_days: 19,
        pays_parts: 15,
    },
    Habit {
        account: "ALDWICK",
        orders: 33,
        lines_max: 10,
        line_cents_max: 70_000,
        po_number: |_, number| format!("PO {}", 88_213 + number * 4),
        carrier: "Pennine Parcels",
        pays_after_days: 8,
        pays_parts: 25,
    },
    Habit {
        account: "SAENTIS",
        orders: 27,
        lines_max: 8,
        line_cents_max: 60_000,
        po_number: |_, number| format!("B-{:05}", 3120 + number),
        carrier: "Alpfracht AG",
        pays_after_days: -6,
        pays_parts: 0,
    },
    Habit {
        account: "VERHOECK",
        orders: 24,
        lines_max: 5,
        line_cents_max: 18_000,
        po_number: |year, number| format!("VH{:02}/{:03}", year % 100, 31 + number),
        carrier: "Waalstroom Transport",
        pays_after_days: 33,
        pays_parts: 30,
    },
];

/// The habits of the account with this place among all.
pub(super) fn of_account(account: usize) -> &'static Habit {
    HABITS.get(account).unwrap_or(&HABITS[0])
}

#[cfg(test)]
mod tests {
    use super::super::accounts::ACCOUNTS;
    use super::*;

    #[test]
    fn every_account_has_its_habits() {
        let codes = ACCOUNTS.iter().map(|account| account.code);
        assert!(codes.eq(HABITS.iter().map(|habit| habit.account)));
    }
}
