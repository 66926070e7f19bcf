//! The navigation: only what exists, and only what the reader's roles open.

use super::lists::Tab;
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
    /// Where else the reader is still with it.
    also: &'static [&'static str],
}

/// Pages that belong together. One page alone stands for itself.
struct Group {
    /// Its text is `nav-group-{key}`, where it has several pages.
    key: &'static str,
    entries: &'static [Entry],
}

const fn entry(key: &'static str, path: &'static str) -> Entry {
    Entry { key, path, also: &[] }
}

const fn alone(entries: &'static [Entry; 1]) -> Group {
    let key = "";
    Group { key, entries }
}

/// At most eight, so that they fit into one row: what comes next joins one of them as its group.
const PORTAL: &[Group] = &[
    alone(&[entry("home", "/")]),
    alone(&[entry("quick-order", "/quick-order")]),
    alone(&[entry("products", "/products")]),
    alone(&[entry("drafts", "/drafts")]),
    alone(&[Entry {
        key: "orders",
        path: "/orders",
        also: &["/order-changes"],
    }]),
    alone(&[Entry {
        key: "shipments",
        path: "/shipments",
        also: &["/claims", "/returns", "/consignments"],
    }]),
    alone(&[Entry {
        key: "invoices",
        path: "/invoices",
        also: &["/credit-notes", "/rebates", "/reminders"],
    }]),
    alone(&[Entry {
        key: "account",
        path: "/account",
        also: &["/team", "/contracts", CLIENTS, WEBHOOKS, BULK_JOBS],
    }]),
];

/// The day's work, whom it is for, what it stands on, the money, and what keeps it all running.
const DESK: &[Group] = &[
    Group {
        key: "daily",
        entries: &[
            entry("today", "/desk"),
            entry("desk-queue", "/desk/queue"),
            Entry {
                key: "desk-orders",
                path: "/desk/orders",
                also: &["/desk/substitute-proposals"],
            },
            entry("desk-order-changes", "/desk/order-changes"),
            Entry {
                key: "desk-stock",
                path: "/desk/stock",
                also: &["/desk/receipts", "/desk/expected-receipts", "/desk/calendars"],
            },
            Entry {
                key: "desk-shipments",
                path: "/desk/shipments",
                also: &[
                    "/desk/pick-list",
                    "/desk/packings",
                    "/desk/packages",
                    "/desk/consignments",
                    "/desk/carriers",
                    "/desk/delivery-proofs",
                ],
            },
            Entry {
                key: "desk-claims",
                path: "/desk/claims",
                also: &["/desk/returns", "/desk/claim-terms", "/desk/claim-files"],
            },
        ],
    },
    alone(&[Entry {
        key: "accounts",
        path: "/desk/accounts",
        also: &["/desk/credit-settings"],
    }]),
    Group {
        key: "catalogue",
        entries: &[
            Entry {
                key: "products-desk",
                path: "/desk/products",
                also: &["/desk/units"],
            },
            Entry {
                key: "assortments",
                path: "/desk/assortments",
                also: &["/desk/assortment-rows"],
            },
            entry("early-access", "/desk/early-access"),
            entry("substitutes", "/desk/substitutes"),
            Entry {
                key: "price-lists",
                path: "/desk/price-lists",
                also: &["/desk/prices", "/desk/price-equals"],
            },
            entry("price-changes", "/desk/price-changes"),
            Entry {
                key: "costs",
                path: "/desk/costs",
                also: &["/desk/margin-floors"],
            },
        ],
    },
    Group {
        key: "program",
        entries: &[
            entry("contracts", "/desk/contracts"),
            entry("discounts", "/desk/discounts"),
            entry("order-minimums", "/desk/order-minimums"),
            entry("entitlements", "/desk/entitlements"),
            entry("quotas", "/desk/quotas"),
            Entry {
                key: "rebate-agreements",
                path: "/desk/rebate-agreements",
                also: &["/desk/rebate-accruals", "/desk/rebate-settlements"],
            },
        ],
    },
    Group {
        key: "money",
        entries: &[
            entry("desk-invoices", "/desk/invoices"),
            Entry {
                key: "desk-credits",
                path: "/desk/credit-notes",
                also: &["/desk/rebates"],
            },
            entry("price-corrections", "/desk/price-corrections"),
            Entry {
                key: "desk-payments",
                path: "/desk/payments",
                also: &["/desk/refunds", "/desk/write-offs", "/desk/settlement-settings"],
            },
            entry("bank", "/desk/bank"),
            Entry {
                key: "desk-reminders",
                path: "/desk/reminders",
                also: &["/desk/reminder-policies"],
            },
        ],
    },
    Group {
        key: "set-up",
        entries: &[
            entry("imports", "/desk/imports"),
            entry("bulk-jobs", "/desk/bulk-jobs"),
            entry("desk-mails", "/desk/messages"),
            Entry {
                key: "staff",
                path: "/desk/staff",
                also: &["/desk/clients", "/desk/erasures"],
            },
            entry("desk-webhooks", "/desk/webhooks"),
            entry("audit", "/desk/audit"),
        ],
    },
];

/// Pages about one thing, reached by tabs: the text of what they are about, then path and text of each.
const TABS: &[(&str, &[(&str, &str)])] = &[
    (
        "profile",
        &[
            ("/profile", "profile-tab"),
            ("/profile/password", "field-password"),
            ("/profile/second-factor", "factor"),
            ("/profile/sessions", "own-sessions-tab"),
            ("/account/notifications", "notify-tab"),
        ],
    ),
    (
        "nav-account",
        &[
            ("/account", "account-tab"),
            ("/account/sites", "sites"),
            ("/contracts", "nav-contracts"),
            ("/team", "nav-team"),
            (MEMBERS, "members"),
            (CLIENTS, "clients"),
            (WEBHOOKS, "webhooks"),
            (BULK_JOBS, "nav-bulk-jobs"),
            (SANDBOX, "sandbox"),
        ],
    ),
];
/// Only for those who manage the people of their account.
const MEMBERS: &str = "/account/members";
/// The same: programs of the account.
const CLIENTS: &str = "/clients";
/// The same: where its events are sent to.
const WEBHOOKS: &str = "/webhooks";
/// The same: where its programs try things out.
const SANDBOX: &str = "/sandbox";

/// What was sent in bulk.
const BULK_JOBS: &str = "/bulk-jobs";

/// The tabs of the pages that the one at `path` belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tabs {
    /// What they are about.
    pub label: String,
    /// What the page at `path` is called among them.
    pub current: String,
    /// The first leads to all of them.
    pub tabs: Vec<Tab>,
}

/// The tabs of the page at `path`.
pub fn tabs(shell: &Shell, path: &str) -> Tabs {
    let group = TABS.iter().find(|(_, pages)| pages.iter().any(|(own, _)| *own == path));
    let Some((label, pages)) = group else {
        return Tabs::default();
    };
    let pages = pages
        .iter()
        .filter(|(own, _)| ![MEMBERS, CLIENTS, WEBHOOKS, SANDBOX].contains(own) || shell.manages_people());
    let tabs: Vec<_> = pages
        .map(|(own, key)| Tab {
            text: shell.t(key),
            count: String::new(),
            path: (*own).to_owned(),
            is_current: *own == path,
        })
        .collect();
    Tabs {
        label: shell.t(label),
        current: tabs
            .iter()
            .find(|tab| tab.is_current)
            .map(|tab| tab.text.clone())
            .unwrap_or_default(),
        tabs,
    }
}

/// An entry as the page shows it: a page, or a group with its pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name.
    pub text: String,
    /// Where it leads; a group to its first page.
    pub path: &'static str,
    /// The page is this one or lies below it.
    pub current: bool,
    /// The pages of a group.
    pub pages: Vec<Item>,
}

/// The entries for the reader of a page.
pub fn items(shell: &Shell) -> Vec<Item> {
    items_of(shell, shell.area)
}

/// The entries of an area.
pub fn items_of(shell: &Shell, area: Area) -> Vec<Item> {
    let groups = match area {
        Area::Portal => PORTAL,
        Area::Desk => DESK,
        Area::Entry => &[],
    };
    let current = current(groups, &shell.path);
    groups.iter().filter_map(|group| item(shell, group, current)).collect()
}

fn item(shell: &Shell, group: &Group, current: Option<&'static str>) -> Option<Item> {
    let page = |entry: &Entry| Item {
        text: shell.t(&format!("nav-{}", entry.key)),
        path: entry.path,
        current: current == Some(entry.path),
        pages: Vec::new(),
    };
    let pages: Vec<_> = group.entries.iter().map(page).collect();
    match pages.as_slice() {
        [] => None,
        [only] => Some(only.clone()),
        [first, ..] => Some(Item {
            text: shell.t(&format!("nav-group-{}", group.key)),
            path: first.path,
            current: pages.iter().any(|page| page.current),
            pages,
        }),
    }
}

/// Where an area begins: what lies below belongs to something else, or to nothing.
const STARTS: [&str; 2] = ["/", "/desk"];

/// The page nearest above `path`.
fn current(groups: &[Group], path: &str) -> Option<&'static str> {
    let is_above = |above: &str| {
        let rest = path.strip_prefix(above);
        rest.is_some_and(|rest| rest.is_empty() || (rest.starts_with('/') && !STARTS.contains(&above)))
    };
    let entries = groups.iter().flat_map(|group| group.entries);
    let places = entries.flat_map(|entry| {
        let all = std::iter::once(entry.path).chain(entry.also.iter().copied());
        all.map(move |place| (place, entry.path))
    });
    let nearest = places
        .filter(|(place, _)| is_above(place))
        .max_by_key(|(place, _)| place.len());
    nearest.map(|(_, path)| path)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::languages::Language;
    use crate::web::Theme;

    #[test]
    fn the_nearest_page_above_is_the_current_one() {
        for (groups, path, expected) in [
            (PORTAL, "/", Some("/")),
            (PORTAL, "/orders", Some("/orders")),
            (PORTAL, "/orders/ord_1", Some("/orders")),
            (PORTAL, "/orders-old", None),
            (PORTAL, "/team", Some("/account")),
            (DESK, "/desk", Some("/desk")),
            (DESK, "/desk/queue/1", Some("/desk/queue")),
            (DESK, "/desk/receipts/new", Some("/desk/stock")),
            (DESK, "/desk/units/unt_1/edit", Some("/desk/products")),
            (DESK, "/desk/rebates/new", Some("/desk/credit-notes")),
            (DESK, "/desk/prices/prc_1/history", Some("/desk/price-lists")),
            (DESK, "/desk/claim-files/fil_1", Some("/desk/claims")),
            (DESK, "/desk/other", None),
            (DESK, "/desk/search", None),
        ] {
            assert_eq!(current(groups, path), expected, "{path}");
        }
    }

    #[test]
    fn a_row_of_the_navigation_has_room_for_all_its_entries() {
        assert!(PORTAL.len() <= 8);
        assert!(DESK.len() <= 6);
        for group in PORTAL.iter().chain(DESK) {
            assert!(group.entries.len() <= 8, "{}", group.key);
        }
        let paths: Vec<_> = PORTAL.iter().chain(DESK).flat_map(|group| group.entries).collect();
        let different: HashSet<_> = paths.iter().map(|entry| entry.path).collect();
        assert_eq!(different.len(), paths.len());
    }

    #[test]
    fn a_group_is_open_where_one_of_its_pages_is_shown() {
        let mut shell = Shell::anonymous(Language::En, Theme::System, "/desk/price-lists/prl_1");
        shell.area = Area::Desk;
        let items = items(&shell);
        let open: Vec<_> = items.iter().filter(|item| item.current).collect();
        let [group] = open.as_slice() else { panic!("{open:?}") };
        assert_eq!(group.path, "/desk/products");
        let pages: Vec<_> = group.pages.iter().map(|page| (page.path, page.current)).collect();
        assert_eq!(
            pages,
            [
                ("/desk/products", false),
                ("/desk/assortments", false),
                ("/desk/early-access", false),
                ("/desk/substitutes", false),
                ("/desk/price-lists", true),
                ("/desk/price-changes", false),
                ("/desk/costs", false)
            ]
        );
        assert!(
            items
                .iter()
                .any(|item| item.path == "/desk/accounts" && item.pages.is_empty())
        );
    }
}
