//! The navigation: only what exists, and only what the reader's roles open.

use super::shell::{Area, Shell};

/// The search box of the portal, where there is one.
pub const PORTAL_SEARCH: Option<&str> = Some("/search");
/// The search box of the desk, where there is one.
pub const DESK_SEARCH: Option<&str> = Some("/desk/search");

/// A page of the navigation.
struct Entry {
    /// Its text is `nav-{key}`.
    key: &'static str,
    path: &'static str,
}

const fn entry(key: &'static str, path: &'static str) -> Entry {
    Entry { key, path }
}

const PORTAL: &[Entry] = &[
    entry("home", "/"),
    entry("quick-order", "/quick-order"),
    entry("products", "/products"),
    entry("drafts", "/drafts"),
    entry("orders", "/orders"),
    entry("shipments", "/shipments"),
    entry("invoices", "/invoices"),
    entry("team", "/team"),
    entry("account", "/account"),
];

/// The day's work from order to money, then what it stands on, then what watches over it.
const DESK: &[Entry] = &[
    entry("today", "/desk"),
    entry("desk-queue", "/desk/queue"),
    entry("desk-orders", "/desk/orders"),
    entry("desk-stock", "/desk/stock"),
    entry("desk-shipments", "/desk/shipments"),
    entry("desk-invoices", "/desk/invoices"),
    entry("desk-payments", "/desk/payments"),
    entry("accounts", "/desk/accounts"),
    entry("products-desk", "/desk/products"),
    entry("assortments", "/desk/assortments"),
    entry("price-lists", "/desk/price-lists"),
    entry("imports", "/desk/imports"),
    entry("desk-mails", "/desk/messages"),
    entry("audit", "/desk/audit"),
];

/// An entry as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name.
    pub text: String,
    /// Where it leads.
    pub path: &'static str,
    /// The page is this one or lies below it.
    pub current: bool,
}

/// The entries for the reader of a page.
pub fn items(shell: &Shell) -> Vec<Item> {
    let entries = match shell.area {
        Area::Portal => PORTAL,
        Area::Desk => DESK,
        Area::Entry => &[],
    };
    let current = current(entries, &shell.path);
    let item = |entry: &Entry| Item {
        text: shell.t(&format!("nav-{}", entry.key)),
        path: entry.path,
        current: current == Some(entry.path),
    };
    entries.iter().map(item).collect()
}

/// The entry nearest above `path`.
fn current(entries: &[Entry], path: &str) -> Option<&'static str> {
    let above = |entry: &&Entry| {
        let rest = path.strip_prefix(entry.path);
        rest.is_some_and(|rest| rest.is_empty() || (rest.starts_with('/') && entry.path != "/"))
    };
    let nearest = entries.iter().filter(above).max_by_key(|entry| entry.path.len());
    nearest.map(|entry| entry.path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_entry_above_a_page_is_the_current_one() {
        let entries = [
            entry("home", "/"),
            entry("orders", "/orders"),
            entry("today", "/desk"),
            entry("queue", "/desk/queue"),
        ];
        for (path, expected) in [
            ("/", Some("/")),
            ("/orders", Some("/orders")),
            ("/orders/ord_1", Some("/orders")),
            ("/orders-old", None),
            ("/desk", Some("/desk")),
            ("/desk/queue/1", Some("/desk/queue")),
            ("/desk/other", Some("/desk")),
        ] {
            assert_eq!(current(&entries, path), expected, "{path}");
        }
    }
}
