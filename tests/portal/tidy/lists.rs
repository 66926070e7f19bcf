//! Every page that lists can be taken as a file, so that nobody copies rows from a screen.

use super::source::texts;
use super::{none, root};

/// Pages whose list is no file, and why.
const WITHOUT: &[(&str, &str)] = &[
    ("src/accounts/keeping/pages.rs", "a form for each row; files bring them"),
    (
        "src/accounts/members/pages/mod.rs",
        "people and their rights in the portal",
    ),
    ("src/bulk/words.rs", "jobs; each has what was rejected as a file"),
    ("src/calendars/supplier_pages.rs", "holds what calendars.csv brought"),
    ("src/drafts/pages/shelf.rs", "what nobody ordered yet"),
    ("src/identity/clients/words.rs", "credentials of programs"),
    ("src/identity/pages/own_sessions.rs", "sessions of the reader"),
    ("src/invoices/supplier_pages/issuing.rs", "the answer to one act"),
    (
        "src/operations/erasing/supplier_pages.rs",
        "who was forgotten is told to nobody else",
    ),
    (
        "src/punchout/supplier_pages/documents.rs",
        "messages of a purchasing system, each with its page",
    ),
    ("src/tracking/supplier_pages/steering.rs", "the answer to one act"),
    (
        "src/webhooks/pages/room/deliveries.rs",
        "what went to a program, each with its page",
    ),
    ("src/webhooks/pages/room/mod.rs", "endpoints with their secrets"),
];

/// The page of `text` lists, as all pages do.
fn lists(text: &str) -> bool {
    text.contains("use crate::web::list::") && text.contains("List::new(")
}

/// It offers files of what it lists.
fn has_files(text: &str) -> bool {
    text.contains(".export()") || text.contains(".file(")
}

/// Links at its list without somebody who answers, or the other way round.
fn is_half(text: &str) -> bool {
    text.contains(".export()") != text.contains("/export.{format}\")]")
}

#[test]
fn every_list_is_a_file_too() {
    let (mut faults, mut found) = (Vec::new(), 0);
    for (path, text) in texts(&root(), "src") {
        if !lists(&text) {
            continue;
        }
        found += 1;
        let is_named = WITHOUT.iter().any(|(without, _)| *without == path);
        match (has_files(&text), is_named) {
            (false, false) => faults.push(format!("{path}: its list is no file, and nobody says why")),
            (true, true) => faults.push(format!("{path}: its list is a file now")),
            (true, false) if is_half(&text) => {
                faults.push(format!("{path}: it links to a file that nobody answers with"));
            }
            _ => {}
        }
    }
    for (path, _) in WITHOUT {
        if !root().join(path).is_file() {
            faults.push(format!("{path} is gone"));
        }
    }
    assert!(found > 40, "the sources are read: {found}");
    none(faults);
}

#[test]
fn a_list_without_files_is_seen() {
    let page = "use crate::web::list::{Cell, List};\nlet list = List::new(shell, PATH)";
    assert!(lists(page) && !has_files(page));
    let linked = format!("{page}.export();");
    assert!(has_files(&linked) && is_half(&linked));
    let whole = format!("{linked}\n#[get(\"/desk/things/export.{{format}}\")]");
    assert!(has_files(&whole) && !is_half(&whole));
    assert!(!lists("use crate::http::List;\nList::new(rows)"));
}
