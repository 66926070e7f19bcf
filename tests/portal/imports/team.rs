//! `team.csv`: who stands where, who gives a position up, what an absent column keeps.

use portal::audit::Actor;
use portal::clock;
use portal::db::sql;
use portal::identity::rules::{AccountRole, StaffRole};
use portal::identity::{self, Employment, NewPerson};

use super::{STRICT, all_unchanged, counts, faults, import, with_base};
use crate::fresh::Fresh;

const HEADER: &str = "email,account,function,position,phone,deputy_email,absent_from,absent_to";

fn add(fresh: &Fresh, email: &str, employment: Employment) {
    let person = NewPerson {
        email: email.to_owned(),
        name: email.to_owned(),
        password_hash: "none".to_owned(),
        employment,
    };
    let added = move |tx: &mut _| identity::add_person(tx, &Actor::program("command"), &person, clock::now());
    fresh.db().write_now(added).unwrap();
}

/// The base folder, four of the staff and a member.
fn with_staff() -> Fresh {
    let fresh = with_base();
    for name in ["ann", "ben", "cas", "dea", "gone"] {
        add(
            &fresh,
            &format!("{name}@s.example"),
            Employment::Staff(StaffRole::CustomerService),
        );
    }
    let gone = |tx: &mut _| identity::end_person(tx, &Actor::program("command"), "gone@s.example", clock::now());
    fresh.db().write_now(gone).unwrap();
    let find = |connection: &mut _| portal::accounts::find_by_code(connection, "A1");
    let account = fresh.db().read_now(find).unwrap().unwrap();
    add(
        &fresh,
        "member@a1.example",
        Employment::Account(account.id, AccountRole::Admin),
    );
    fresh
}

/// Everybody in the teams as `account position name function phone`, by account and position.
fn teams(fresh: &Fresh) -> Vec<String> {
    let query = "SELECT a.code || ' ' || t.position || ' ' || p.email || ' ' || t.function || ' ' || coalesce(t.phone, '-') \
                 FROM team_members t JOIN people p ON p.id = t.person_id JOIN accounts a ON a.id = t.account_id \
                 ORDER BY a.code, t.position";
    let rows: Vec<String> = fresh.db().read_now(|c| sql(query).rows(c)).unwrap();
    rows.into_iter().map(|row| row.replace("@s.example", "")).collect()
}

#[test]
fn every_bad_row_is_told() {
    let fresh = with_staff();
    let rows = format!(
        "{HEADER}\n\
         nobody@s.example,A1,shipping,2,,,,\n\
         gone@s.example,A1,shipping,2,,,,\n\
         member@a1.example,A1,shipping,2,,,,\n\
         ann@s.example,NO,sales,0,,ben@s.example,2026-1-1,\n\
         ann@s.example,A1,shipping,1,,,,\n\
         ann@s.example,A1,deputy,3,,Ann@s.example,,\n\
         ann@s.example,A1,quality,4,,nobody@s.example,,\n\
         ann@s.example,A1,finance,5,,,,2026-01-31\n\
         ann@s.example,A1,inventory,6,,,2026-02-01,2026-01-31\n\
         ann@s.example,A1,scheduling,7,,,2026-02-01,2026-02-01\n\
         ben@s.example,A1,scheduling,7,,,,\n\
         ann@s.example,A1,scheduling,8,,,,\n\
         ann@s.example,A2,scheduling,100,,,,\n"
    );
    let report = import(&fresh, &[("team.csv", &rows)], STRICT);
    let expected = [
        "team.csv:2 email unknown_person",
        "team.csv:3 email unknown_person",
        "team.csv:4 email unknown_person",
        "team.csv:5 account unknown_account",
        "team.csv:5 function value_invalid",
        "team.csv:5 position bad_number",
        "team.csv:5 absent_from bad_date",
        "team.csv:6 function value_invalid",
        "team.csv:7 deputy_email value_invalid",
        "team.csv:8 deputy_email unknown_person",
        "team.csv:9 absent_from required",
        "team.csv:10 absent_to value_invalid",
        "team.csv:12 position duplicate_key",
        "team.csv:13 email duplicate_key",
        "team.csv:14 position bad_number",
    ];
    assert_eq!(faults(&report), expected, "{report}");
    let remedy = &report.faults[0].remedy;
    assert!(remedy.to_string().contains("portal user add --staff-role"), "{remedy}");
    assert_eq!(teams(&fresh), Vec::<String>::new());
}

#[test]
fn the_files_order_is_the_teams_order() {
    let fresh = with_staff();
    let first = format!(
        "{HEADER}\n\
         ann@s.example,A1,key_account_manager,1,111,,,\n\
         ben@s.example,A1,shipping,2,112,,,\n\
         cas@s.example,A1,finance,3,113,,,\n\
         ann@s.example,A2,key_account_manager,1,111,,,\n"
    );
    let report = import(&fresh, &[("team.csv", &first)], STRICT);
    assert_eq!(counts(&report, "team.csv"), (4, 0, 0, 0), "{report}");
    assert!(all_unchanged(&import(&fresh, &[("team.csv", &first)], STRICT)));

    // Ben and Cas change places, whatever columns the file has; Dea comes behind them.
    let swapped = "position,email,account,function\n3,ben@s.example,A1,shipping\n2,CAS@s.example,A1,finance\n\
                   4,dea@s.example,A1,quality\n";
    let report = import(&fresh, &[("team.csv", swapped)], STRICT);
    assert_eq!(counts(&report, "team.csv"), (1, 2, 0, 0), "{report}");
    let team = [
        "A1 1 ann key_account_manager 111",
        "A1 2 cas finance 113",
        "A1 3 ben shipping 112",
        "A1 4 dea quality -",
    ];
    assert_eq!(teams(&fresh)[..4], team);

    // Dea takes Ann's place here; her own stays with nobody, and Ann serves the other account still.
    let taken = "position,email,account,function\n1,dea@s.example,A1,key_account_manager\n";
    let report = import(&fresh, &[("team.csv", taken)], STRICT);
    let notes: Vec<_> = report.notes.iter().map(ToString::to_string).collect();
    assert_eq!(notes, ["places in teams given to somebody else: 1"]);
    let team = [
        "A1 1 dea key_account_manager -",
        "A1 2 cas finance 113",
        "A1 3 ben shipping 112",
        "A1 4 dea quality -",
        "A2 1 ann key_account_manager 111",
    ];
    assert_eq!(teams(&fresh), team);
}

#[test]
fn an_absent_column_keeps_and_is_checked_with_what_is_kept() {
    let fresh = with_staff();
    let away = format!("{HEADER}\nann@s.example,A1,shipping,2,111,ben@s.example,2026-03-01,2026-03-31\n");
    import(&fresh, &[("team.csv", &away)], STRICT);
    let longer = "email,account,function,position,absent_to\nann@s.example,A1,shipping,2,2026-04-30\n";
    let report = import(&fresh, &[("team.csv", longer)], STRICT);
    assert_eq!(counts(&report, "team.csv"), (0, 1, 0, 0), "{report}");
    let backwards = "email,account,function,position,absent_to\nann@s.example,A1,shipping,2,2026-02-01\n";
    let report = import(&fresh, &[("team.csv", backwards)], STRICT);
    assert_eq!(faults(&report), ["team.csv:2 absent_to value_invalid"]);
    let back = "email,account,function,position,absent_from,absent_to\nann@s.example,A1,shipping,2,,\n";
    let report = import(&fresh, &[("team.csv", back)], STRICT);
    assert_eq!(counts(&report, "team.csv"), (0, 1, 0, 0), "{report}");
    assert_eq!(teams(&fresh), ["A1 2 ann shipping 111"]);
}
