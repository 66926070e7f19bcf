//! What is written for whoever runs the portal safely is so: numbers, lists of tables, rights, settings and libraries.

use std::collections::BTreeSet;

use portal::config::SignIn;
use portal::cpu::Limits;
use portal::db::changes;
use portal::drafts::rules::LINES_MAX;
use portal::drafts::spreadsheets::{BYTES_MAX, COLUMNS_MAX};
use portal::error::Code;
use portal::http::UPLOAD_BYTES_MAX;
use portal::identity::rules::clients::TOKEN_LIFETIME;
use portal::identity::rules::rights::{CUSTOMER_RIGHTS, STAFF_RIGHTS};
use portal::identity::rules::totp::RECOVERY_CODES;
use portal::identity::rules::{
    ACCESS_LIFETIME, CHALLENGE_LIFETIME, CODE_LIMITS, FAILURE_WINDOW, KEPT_IDLE, PASSWORD_CHARS_MAX,
    PASSWORD_CHARS_MIN, RESET_LIFETIME, SESSION_LIFETIME, SESSIONS_MAX, WORKING_DAY,
};
use portal::identity::{idempotency, passwords};
use portal::imports::rules::SENT_BYTES_MAX;
use portal::imports::runs::FILES_KEPT_DAYS;
use portal::state::{EXPORTS, UPLOADS};
use portal::workbooks::CELL_BYTES_MAX;
use portal::{bulk, mail, punchout, webhooks};

use super::source::texts;
use super::{none, root};

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// The page says all of this; line ends and blanks count as one blank.
fn says(path: &str, expected: impl IntoIterator<Item = String>) {
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = flat(&read(path));
    let missing = expected.into_iter().filter(|part| !text.contains(&flat(part)));
    none(missing.map(|part| format!("{path} does not say: {part}")).collect());
}

/// What stands in code style in a text.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn ways_in_passwords_and_sessions_are_as_they_are_written() {
    let SignIn { idle, step_up, .. } = SignIn::default();
    let (window, codes) = (FAILURE_WINDOW.num_minutes(), CODE_LIMITS.person);
    let kept = format!(
        "{} days, unused {} days",
        SESSION_LIFETIME.num_days(),
        KEPT_IDLE.num_days()
    );
    says(
        "docs/security-access.md",
        [
            format!("{codes} wrong ones in {window} minutes"),
            format!(
                "good once, for {} minutes; leaves the second factor in force",
                RESET_LIFETIME.num_minutes()
            ),
            format!("a token of it is good for {} minutes", TOKEN_LIFETIME.num_minutes()),
            format!("At least {PASSWORD_CHARS_MIN} characters, at most {PASSWORD_CHARS_MAX}, any characters"),
            format!(
                "{} hours, unused {} minutes (`--idle-minutes`)",
                WORKING_DAY.num_hours(),
                idle.num_minutes()
            ),
            format!("| one kept on a device that somebody trusts | {kept} |"),
            format!("| a program's session by refresh tokens | {kept} |"),
            format!(
                "| an access token | {} minutes; of a program",
                ACCESS_LIFETIME.num_minutes()
            ),
            format!(
                "| a fresh proof | {} minutes (`--step-up-minutes`)",
                step_up.unwrap().num_minutes()
            ),
            format!(
                "| the time for a code after the password | {} minutes |",
                CHALLENGE_LIFETIME.num_minutes()
            ),
            format!("Somebody has {SESSIONS_MAX} sessions at most; the oldest ends for the next."),
            "**How an admin makes sure who asks.**".to_owned(),
        ],
    );
    assert_eq!(RECOVERY_CODES, 10);
}

#[test]
fn every_way_to_sign_in_is_written_down() {
    let page = read("docs/security-access.md");
    let ways = [
        "/sign-in",
        "POST /auth/login",
        "/sign-in/code",
        "POST /auth/second-factor",
        "/sign-in/passkey",
        "/reset/…",
        "/invitations/…",
        "POST /oauth/token",
        "/punchout/start/…",
    ];
    none(
        ways.into_iter()
            .filter(|way| !page.contains(&format!("`{way}`")))
            .map(str::to_owned)
            .collect(),
    );
    // Whatever else has a cookie or a token made is told, too.
    let makers: Vec<_> = texts(&root(), "src")
        .into_iter()
        .filter(|(_, text)| text.contains("cookies::session(") || text.contains(".issue_client("))
        .map(|(path, _)| path)
        .collect();
    let known = [
        "src/identity/api/oauth.rs",
        "src/identity/clients/",
        "src/identity/pages/mod.rs",
        // Another token for whoever is in.
        "src/identity/pages/confirm.rs",
        "src/accounts/invitations/pages/",
    ];
    let unknown = makers
        .into_iter()
        .filter(|path| !known.iter().any(|known| path.starts_with(known)));
    none(
        unknown
            .map(|path| format!("{path} lets somebody in by a way that docs/security-access.md doesn't name"))
            .collect(),
    );
}

#[test]
fn the_words_that_no_password_may_be_are_written_down() {
    let page = read("docs/security-access.md");
    let rules = read("src/identity/rules/passwords.rs");
    let usual = rules
        .split_once("const USUAL")
        .unwrap()
        .1
        .split_once(';')
        .unwrap()
        .0
        .to_owned();
    let of_the_trade = [
        "portal", "supplier", "customer", "account", "order", "buyer", "office", "lager", "einkauf",
    ];
    for word in of_the_trade {
        assert!(page.contains(&format!("*{word}*")) && usual.contains(word), "{word}");
    }
    for word in ["password", "welcome", "secret", "admin", "test"] {
        assert!(page.contains(&format!("*{word}*")) && usual.contains(word), "{word}");
    }
}

#[test]
fn every_right_is_written_down_with_what_it_opens() {
    let page = read("docs/security-access.md");
    let rights = CUSTOMER_RIGHTS
        .iter()
        .map(|(name, _)| name)
        .chain(STAFF_RIGHTS.iter().map(|(name, _)| name));
    let missing = rights.filter(|name| !page.contains(&format!("| `{name}` |")));
    none(
        missing
            .map(|name| format!("docs/security-access.md has no row for {name}"))
            .collect(),
    );
}

#[test]
fn every_table_is_in_one_class_of_data() {
    let page = read("docs/security-data.md");
    let listed = page
        .split_once("## Which table is what")
        .unwrap()
        .1
        .split_once("Outside of the database")
        .unwrap()
        .0;
    let mut known = BTreeSet::new();
    let twice: Vec<_> = quoted(listed).filter(|table| !known.insert(*table)).collect();
    let schema = read("src/db/schema/tables.rs");
    let tables: BTreeSet<_> = schema
        .split("diesel::table! {")
        .skip(1)
        .filter_map(|text| text.split_whitespace().next())
        .collect();
    assert!(tables.len() > 100, "{tables:?}");
    let missing = tables
        .difference(&known)
        .map(|table| format!("docs/security-data.md puts {table} into no class"));
    let gone = known
        .difference(&tables)
        .map(|table| format!("docs/security-data.md names {table}, which is no table"));
    let twice = twice
        .iter()
        .map(|table| format!("docs/security-data.md names {table} twice"));
    none(missing.chain(gone).chain(twice).collect());
}

#[test]
fn how_long_things_are_kept_is_as_it_is_written() {
    says(
        "docs/security-logs.md",
        [
            format!("| sent mails | {} days |", mail::KEPT_DAYS),
            format!(
                "| deliveries of webhooks and their attempts | {} days |",
                webhooks::rules::KEPT_DAYS
            ),
            format!("| keys of idempotency | {} days |", idempotency::KEPT_DAYS),
            format!("| files of imports; bulk jobs that ended | {FILES_KEPT_DAYS} days |"),
            format!("| documents of punchout | {} days |", punchout::rules::KEPT_DAYS),
            format!(
                "| notes of what changed (`updated_since`) | {} days |",
                changes::KEPT_DAYS
            ),
            format!(
                "| failed sign-ins, for counting | {} minutes |",
                FAILURE_WINDOW.num_minutes()
            ),
        ],
    );
    assert_eq!(bulk::rules::KEPT_DAYS, FILES_KEPT_DAYS);
}

#[test]
fn what_costs_much_is_bounded_as_it_is_written() {
    let queue = |limits: Limits| {
        let Limits {
            threads,
            waiting,
            of_one,
            ..
        } = limits;
        format!("{threads} thread at low priority, {waiting} that wait, {of_one} of an account")
    };
    says(
        "docs/security-operation.md",
        [
            format!(
                "| hashing a password | 2 threads, {} that wait |",
                passwords::WAITING_MAX
            ),
            format!("| files that people send | {};", queue(UPLOADS)),
            format!("| files that are made of lists | {};", queue(EXPORTS)),
            format!("{} jobs of an account", bulk::rules::WAITING_MAX),
        ],
    );
}

#[test]
fn kinds_and_sizes_of_files_are_as_they_are_written() {
    let megabytes = |bytes: usize| bytes / 1024 / 1024;
    let (lines, rest) = (LINES_MAX / 1_000, LINES_MAX % 1_000);
    says(
        "README.md",
        [
            format!(
                "| a list as a file | {} MB; {lines},{rest:03} rows, {COLUMNS_MAX} columns, {},000 bytes a cell |",
                megabytes(BYTES_MAX),
                CELL_BYTES_MAX / 1_000
            ),
            format!("a form with files {} MiB within", megabytes(UPLOAD_BYTES_MAX)),
            format!("| an import | {} MiB sent,", megabytes(SENT_BYTES_MAX)),
            "`portal import FOLDER` reads CSV files in UTF-8 with a header row".to_owned(),
            "upload CSV or XLSX (the visible sheet, as it is shown)".to_owned(),
            "camt.053, camt.054, MT940, CSV".to_owned(),
        ],
    );
}

/// Who reaches out, listens, opens files or starts programs, by what only they use.
const REACHING: [(&str, &[&str]); 8] = [
    ("reqwest::", &["src/outbound/", "src/traces/exporting.rs"]),
    ("lettre::", &["src/mail/", "src/values/mod.rs"]),
    ("::establish(", &["src/db/", "src/cli/demo.rs"]),
    ("TcpStream", &["src/cli/doctor/certificates.rs", "src/cli/probe.rs"]),
    ("HttpServer::new", &["src/app/", "src/http/metrics.rs"]),
    ("fs::read", &FILES),
    ("File::open(", &FILES),
    ("Command::new(", &["src/cli/backup/encrypting.rs"]),
];

/// Who opens files: what a command or setting names, what it makes itself, the data folder's templates and fonts, and what the
/// system tells of the process.
const FILES: [&str; 9] = [
    "src/breached.rs",
    "src/cli/",
    "src/db/beside.rs",
    "src/documents/typesetter/",
    "src/imports/folder.rs",
    "src/invoices/einvoice/outgoing/folder.rs",
    "src/mail/mailer.rs",
    "src/operations/nodes.rs",
    "src/worker/gauges.rs",
];

#[test]
fn nothing_is_reached_or_opened_but_what_is_written_down() {
    let flags = [
        "--database-url",
        "--smtp-url",
        "--webhook-hosts",
        "--listen",
        "--metrics-listen",
        "--einvoice-dir",
        "--otlp-endpoint",
    ];
    let page = read("docs/security-operation.md");
    none(
        flags
            .into_iter()
            .filter(|flag| !page.contains(&format!("`{flag}`")))
            .map(str::to_owned)
            .collect(),
    );
    let mut unknown = Vec::new();
    for (path, text) in texts(&root(), "src") {
        let program = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (sign, places) in REACHING {
            if program.contains(sign)
                && !path.ends_with("tests.rs")
                && !places.iter().any(|place| path.starts_with(place))
            {
                unknown.push(format!(
                    "{path} has {sign}: docs/security-operation.md tells of no such thing"
                ));
            }
        }
    }
    none(unknown);
}

#[test]
fn cryptography_comes_from_the_libraries_that_are_written_down() {
    /// What ours would be taken from; of what others bring nothing is said.
    const OTHERS: &[&str] = &[
        "aes",
        "aes-gcm",
        "bcrypt",
        "blake2",
        "blake3",
        "chacha20poly1305",
        "crypto",
        "ed25519-dalek",
        "hkdf",
        "hmac",
        "libsodium",
        "md-5",
        "md5",
        "native-tls",
        "openssl",
        "orion",
        "p256",
        "pbkdf2",
        "rc4",
        "rsa",
        "scrypt",
        "sha1",
        "sha3",
        "sodiumoxide",
        "x25519-dalek",
    ];
    let manifest = read("Cargo.toml");
    let dependencies = manifest
        .split_once("[dependencies]")
        .unwrap()
        .1
        .split_once("[dev-dependencies]")
        .unwrap()
        .0;
    let names: BTreeSet<_> = dependencies
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name.trim())
        .collect();
    let unlisted = OTHERS.iter().filter(|name| names.contains(*name));
    none(
        unlisted
            .map(|name| format!("docs/security-cryptography.md does not list {name}"))
            .collect(),
    );
    let page = read("docs/security-cryptography.md");
    for library in [
        "argon2",
        "jsonwebtoken",
        "rand",
        "ring",
        "rustls",
        "sha2",
        "standardwebhooks",
    ] {
        assert!(names.contains(library) && page.contains(library), "{library}");
    }
}

#[test]
fn weak_components_are_replaced_by_a_day_that_is_written_down() {
    says(
        "docs/security-operation.md",
        [
            "| that can be used through the portal, critical or high | 3 days |".to_owned(),
            "| that can't be reached by what people send | 30 days |".to_owned(),
        ],
    );
    assert!(read("SECURITY.md").contains("(docs/security-operation.md#components)"));
}

#[test]
fn rules_between_values_name_refusals_of_the_program() {
    let page = read("docs/values.md");
    let rows: Vec<_> = page.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert!(rows.len() > 15, "{rows:?}");
    let codes: Vec<_> = rows
        .iter()
        .filter_map(|row| row.trim_end_matches(" |").rsplit_once("| "))
        .flat_map(|(_, last)| quoted(last))
        .collect();
    let is_code = |name: &str| Code::ALL.iter().any(|code| code.name() == name);
    none(
        codes
            .into_iter()
            .filter(|name| !is_code(name))
            .map(str::to_owned)
            .collect(),
    );
}
