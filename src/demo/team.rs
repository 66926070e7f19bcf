//! The team behind each account: two key account managers share the accounts and stand in for each other.

use chrono::{NaiveDate, TimeDelta};

use super::accounts::{ACCOUNTS, staff_email};
use super::sheet::Sheet;

/// Function, mailbox, extension and the deputy's mailbox; behind the two key account managers.
const BEHIND_THEM: [(&str, &str, &str, &str); 6] = [
    ("customer_service", "ravi", "11", "noor"),
    ("scheduling", "noor", "12", "ravi"),
    ("shipping", "piet", "21", "joost"),
    ("inventory", "joost", "22", "piet"),
    ("finance", "greta", "31", ""),
    ("quality", "eva", "41", ""),
];
/// Away this week, so that somebody is seen stepping in.
const AWAY: &str = "ravi";

/// `team.csv`; somebody is away from `today` on.
pub(super) fn sheet(today: NaiveDate) -> Sheet {
    let columns = "email,account,function,position,phone,deputy_email,absent_from,absent_to";
    let mut sheet = Sheet::new("team.csv", columns);
    let back_on = today + TimeDelta::days(4);
    for (index, account) in ACCOUNTS.iter().enumerate() {
        let (first, second) = if index % 2 == 0 {
            (("fleur", "01"), ("bram", "02"))
        } else {
            (("bram", "02"), ("fleur", "01"))
        };
        let managers = [
            ("key_account_manager", first.0, first.1, second.0),
            ("deputy", second.0, second.1, first.0),
        ];
        let places = managers.into_iter().chain(BEHIND_THEM);
        for (position, (function, mailbox, extension, deputy)) in (1..).zip(places) {
            let (from, to) = match mailbox {
                AWAY => (today.to_string(), back_on.to_string()),
                _ => (String::new(), String::new()),
            };
            let deputy = if deputy.is_empty() {
                String::new()
            } else {
                staff_email(deputy)
            };
            sheet.row([
                &staff_email(mailbox),
                account.code,
                function,
                &position.to_string(),
                &format!("+31 24 555 01 {extension}"),
                &deputy,
                &from,
                &to,
            ]);
        }
    }
    sheet
}
