//! The limits that the README tells are those of the program.

use portal::http::BODY_BYTES_MAX;
use portal::identity::rules::{FAILURE_WINDOW, PASSWORD_CHARS_MAX, PASSWORD_CHARS_MIN, RESET_LIMITS, SIGN_IN_LIMITS};
use portal::imports::rules::{FILES_MAX, UNPACKED_BYTES_MAX};
use portal::pricing::rules::LINES_MAX;

use super::{none, root};

#[test]
fn the_readme_tells_the_limits_of_the_program() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let minutes = FAILURE_WINDOW.num_minutes();
    let (body, unpacked) = (BODY_BYTES_MAX / 1024 / 1024, UNPACKED_BYTES_MAX / 1024 / 1024);
    let (thousands, rest) = (LINES_MAX / 1_000, LINES_MAX % 1_000);
    let nobody_is_locked_out = "more than 10 of a person from anywhere only slow answers down";
    let told = [
        format!("| lines of an order, a quote, a shipment, a receipt | {thousands},{rest:03} |"),
        format!("| a request's body | {body} MiB within "),
        format!("MiB sent, {unpacked} MiB unpacked, {FILES_MAX} files; "),
        format!("| a password | {PASSWORD_CHARS_MIN} to {PASSWORD_CHARS_MAX} characters, "),
        format!(
            "| failed sign-ins in {minutes} minutes | {} of a person from one address, {} of an address; \
             {nobody_is_locked_out} |",
            SIGN_IN_LIMITS.pair, SIGN_IN_LIMITS.address
        ),
        format!(
            "| links to a new password in {minutes} minutes | {} for a mail address, {} from an address |",
            RESET_LIMITS.person, RESET_LIMITS.address
        ),
    ];
    let missing = told.into_iter().filter(|line| !readme.contains(line.as_str()));
    none(missing.map(|line| format!("README.md does not say: {line}")).collect());
}
