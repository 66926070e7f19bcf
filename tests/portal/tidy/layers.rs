//! Which file may mention what: layers by the file's name, features by their order.

use super::source::Source;

/// The features; one may use only those before it.
pub const FEATURES: &[&str] = &[
    "ledger",
    "identity",
    "views",
    "accounts",
    "tax",
    "catalogue",
    "contracts",
    "pricing",
    "inventory",
    "substitutes",
    "rebate_agreements",
    "orders",
    "drafts",
    "browsing",
    "shipments",
    "invoices",
    "bank",
    "claims",
    "reminders",
    "imports",
    "bulk",
    "webhooks",
    "punchout",
    "sandbox",
    "operations",
    "worker",
    "history",
    "tracking",
    "home",
];
/// What puts the features together; none of them mentions it.
const WHOLE: &[&str] = &["app", "health", "demo", "seed", "cli"];
/// What stands below all features and mentions none of them.
const BELOW: &[&str] = &[
    "error",
    "clock",
    "ids",
    "money",
    "quantity",
    "languages",
    "names",
    "parties",
    "sentences",
    "typed",
    "keys",
    "values",
    "version",
    "breached",
    "kept",
    "measures",
    "traces",
    "cpu",
    "db",
    "config",
    "limits",
    "sheets",
    "workbooks",
    "problem",
    "http",
    "web",
    "events",
    "audit",
    "mail",
    "outbound",
    "worlds",
    "state",
];
/// What rules stand on beside themselves and the rules of earlier features.
const UNDER_RULES: &[&str] = &[
    "error",
    "ids",
    "kept",
    "keys",
    "languages",
    "money",
    "names",
    "parties",
    "quantity",
    "sentences",
    "typed",
    "values",
];
/// The pure part of the clock.
const PURE_CLOCK: &[&str] = &[
    "crate::clock::Timestamp",
    "crate::clock::day_in",
    "crate::clock::first_moment",
    "crate::clock::rfc3339",
];
const WEB: &[&str] = &["actix_web", "utoipa", "utoipa_actix_web", "tracing_actix_web"];
/// The parts of `crate::db` that make a query.
const QUERIES: &[&str] = &["sql", "sets", "schema", "Statement", "Bind"];

/// What a file of a feature is, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    UseCases,
    Rules,
    Store,
    /// `api`, `supplier_api`, `pages`, `supplier_pages`; `routes`, which names their handlers; `words` and `shapes`,
    /// what pages say and REST answers of a thing, also in features above; `view`, both; `caller`, the extractors that prove who calls.
    Outside,
    Files,
    Checks,
}

/// The layer of a path inside a feature: the first of its parts that names one, `rules` of `team::rules::away`.
fn layer<'a>(parts: impl IntoIterator<Item = &'a str>) -> Layer {
    let named = parts.into_iter().find_map(|name| match name {
        "rules" | "sentences" => Some(Layer::Rules),
        "store" => Some(Layer::Store),
        "api" | "supplier_api" | "pages" | "supplier_pages" | "words" | "shapes" | "view" | "caller" | "routes" => {
            Some(Layer::Outside)
        }
        "files" => Some(Layer::Files),
        "checks" => Some(Layer::Checks),
        // Letters have words of their own.
        "mails" => Some(Layer::UseCases),
        _ => None,
    });
    named.unwrap_or(Layer::UseCases)
}

fn position(feature: &str) -> Option<usize> {
    FEATURES.iter().position(|name| *name == feature)
}

/// A mentioned path inside this crate: `crate::orders::store::insert` is module `orders`, layer `Store`.
struct Mention<'a> {
    path: &'a str,
    module: &'a str,
    layer: Layer,
}

impl<'a> Mention<'a> {
    fn inside(path: &'a str) -> Option<Self> {
        let mut parts = path.split("::");
        (parts.next()? == "crate").then_some(())?;
        let module = parts.next()?;
        let layer = layer(parts);
        Some(Self { path, module, layer })
    }
}

/// What is wrong with a mention, if anything.
type Check<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// Breaches of the layers and of the features' order.
pub fn breaches(source: &Source) -> Vec<String> {
    let module = source.module();
    let Some(own) = module.first() else {
        return Vec::new();
    };
    let mentions = source.mentions();
    let fault: Box<Check<'_>> = if own == "worker" {
        // It hands out what the features left to do: bound by their order, not by their layers.
        Box::new(|path| order_fault(own, path).map(|fault| format!("{fault}: {path}")))
    } else if position(own).is_some() {
        let layer = layer(module.iter().skip(1).map(String::as_str));
        Box::new(move |path| in_feature(own, layer, path))
    } else if BELOW.contains(&own.as_str()) {
        Box::new(below)
    } else {
        // app, cli and main put the whole together.
        return Vec::new();
    };
    let faults = mentions.iter().filter_map(|path| fault(path));
    let mut faults: Vec<_> = faults.map(|fault| format!("{}: {fault}", source.path)).collect();
    faults.dedup();
    faults
}

fn below(path: &str) -> Option<String> {
    let mention = Mention::inside(path)?;
    let above = position(mention.module).is_some() || WHOLE.contains(&mention.module);
    above.then(|| format!("stands below all features and mentions {path}"))
}

fn in_feature(own: &str, layer: Layer, path: &str) -> Option<String> {
    let outside = path.split("::").next().unwrap_or(path);
    let fault = match layer {
        Layer::Rules => rules_fault(own, outside, path),
        Layer::Store => store_fault(own, outside, path),
        Layer::Outside => outside_fault(own, outside, path),
        Layer::UseCases | Layer::Files | Layer::Checks => inside_fault(outside, path),
    };
    fault
        .or_else(|| order_fault(own, path))
        .or_else(|| other_feature_fault(own, layer, path))
        .map(|fault| format!("{fault}: {path}"))
}

/// Rules are pure.
fn rules_fault(own: &str, outside: &str, path: &str) -> Option<&'static str> {
    if ["diesel", "diesel_migrations", "tokio", "rand", "tracing"].contains(&outside) || WEB.contains(&outside) {
        return Some("rules are pure and don't know");
    }
    if path.ends_with("Id::new") {
        return Some("rules make no ids, they are time and randomness");
    }
    let mention = Mention::inside(path)?;
    let pure = UNDER_RULES.contains(&mention.module)
        || PURE_CLOCK.contains(&path)
        || (position(mention.module).is_some() && mention.layer == Layer::Rules)
        || mention.module == own;
    (!pure).then_some("rules are pure and don't know")
}

/// Stores hold rows and queries.
fn store_fault(own: &str, outside: &str, path: &str) -> Option<&'static str> {
    if WEB.contains(&outside) {
        return Some("a store does not know the web");
    }
    let mention = Mention::inside(path)?;
    if [
        "http", "web", "app", "state", "problem", "events", "audit", "mail", "cpu",
    ]
    .contains(&mention.module)
    {
        return Some("a store knows only the floor and the database");
    }
    let foreign = position(mention.module).is_some() && mention.module != own;
    (foreign && mention.layer != Layer::Rules).then_some("a store uses of other features only rules")
}

/// Handlers and extractors translate; they ask use cases.
fn outside_fault(own: &str, outside: &str, path: &str) -> Option<&'static str> {
    if outside == "diesel" {
        return Some("a handler does not query");
    }
    let mention = Mention::inside(path)?;
    let query = QUERIES
        .iter()
        .any(|name| path.starts_with(&format!("crate::db::{name}")));
    if query || mention.layer == Layer::Store && position(mention.module).is_some() {
        return Some("a handler does not query");
    }
    let foreign = mention.module != own && position(mention.module).is_some();
    let is_shared = |part: &str| ["view", "words", "shapes"].contains(&part);
    let shared = mention.path.starts_with("crate::identity::caller") || path.split("::").any(is_shared);
    (foreign && mention.layer == Layer::Outside && !shared).then_some("a handler does not use another's handlers")
}

/// Use cases, import files and checks don't know the web.
fn inside_fault(outside: &str, path: &str) -> Option<&'static str> {
    // What is kept is one struct for JSON, forms and files, so its description stands where it is.
    let web = (WEB.contains(&outside) && path != "utoipa::ToSchema")
        || Mention::inside(path)
            .is_some_and(|mention| ["http", "web", "app", "state", "problem"].contains(&mention.module));
    web.then_some("use cases don't know the web")
}

/// The order of the features.
fn order_fault(own: &str, path: &str) -> Option<&'static str> {
    let mention = Mention::inside(path)?;
    let mine = position(own)?;
    let later = position(mention.module).is_some_and(|theirs| theirs > mine);
    (later || WHOLE.contains(&mention.module)).then_some("a feature uses only those before it")
}

/// What of another feature is its own.
fn other_feature_fault(own: &str, layer: Layer, path: &str) -> Option<&'static str> {
    let mention = Mention::inside(path)?;
    position(mention.module)?;
    // What the outside uses of others' outside stands with its other rules.
    if mention.module == own || layer == Layer::Outside {
        return None;
    }
    match mention.layer {
        Layer::Store => Some("another feature's store is its own"),
        Layer::Outside => Some("handlers are nobody's tools"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breach(path: &str, text: &str) -> bool {
        !breaches(&Source::new(path, text)).is_empty()
    }

    #[test]
    fn each_layer_is_held() {
        let bad = [
            ("src/orders/rules.rs", "use diesel::prelude::*;"),
            ("src/orders/rules/allocation.rs", "use crate::clock;"),
            ("src/orders/rules.rs", "fn f() { crate::clock::now() }"),
            ("src/orders/rules.rs", "use crate::{db::Connection, money::Money};"),
            ("src/orders/rules.rs", "#[derive(utoipa::ToSchema)] struct A;"),
            ("src/orders/rules.rs", "fn f() -> OrderId { OrderId::new() }"),
            ("src/orders/rules.rs", "use crate::pricing::store;"),
            ("src/orders/store.rs", "use actix_web::web;"),
            ("src/orders/store.rs", "use crate::http::Page;"),
            ("src/orders/store.rs", "use crate::pricing::store;"),
            ("src/orders/store.rs", "use crate::accounts::find;"),
            ("src/orders/api.rs", "use diesel::prelude::*;"),
            ("src/orders/api.rs", "use super::store;"),
            ("src/orders/api/placing.rs", "use crate::orders::{rules, store::find};"),
            ("src/orders/api.rs", "use crate::browsing::api::ProductView;"),
            ("src/orders/pages.rs", "use crate::db::sql;"),
            ("src/orders/mod.rs", "use utoipa::path;"),
            ("src/orders/mod.rs", "use crate::http::Body;"),
            ("src/orders/placing.rs", "use actix_web::HttpResponse;"),
            ("src/orders/mod.rs", "use crate::pricing::store;"),
            ("src/orders/checks.rs", "use crate::pricing::store;"),
            ("src/events/mod.rs", "use crate::identity::caller::Customer;"),
            ("src/events/api.rs", "use crate::identity::caller::Customer;"),
            ("src/state.rs", "use crate::identity::sessions::Sessions;"),
            ("src/accounts/team/api.rs", "use crate::db::sql;"),
            ("src/accounts/team/rules.rs", "use crate::clock;"),
            ("src/orders/mod.rs", "use crate::accounts::team::store;"),
            ("src/mail/supplier_api.rs", "use crate::orders::api::OrderView;"),
        ];
        for (path, text) in bad {
            assert!(breach(path, text), "{path}: {text}");
        }
    }

    #[test]
    fn what_the_layers_allow_passes() {
        let good = [
            (
                "src/orders/rules.rs",
                "use crate::pricing::rules::Price; use crate::money::Money;",
            ),
            ("src/orders/rules.rs", "use crate::clock::Timestamp;"),
            (
                "src/orders/rules.rs",
                "//! Not diesel.\n#[cfg(test)]\nmod tests { use crate::clock; }",
            ),
            (
                "src/orders/store.rs",
                "use diesel::prelude::*; use super::rules::State;",
            ),
            (
                "src/orders/mod.rs",
                "use crate::{accounts, events, pricing::rules}; mod store;",
            ),
            (
                "src/orders/api.rs",
                "use crate::identity::caller::Customer; use crate::http::Body;",
            ),
            ("src/orders/api.rs", "use crate::identity; fn f() { identity::find() }"),
            ("src/worker/mod.rs", "use crate::{invoices, state::AppState};"),
            ("src/orders/api.rs", "use crate::pricing::view::ExplanationView;"),
            ("src/tax/files.rs", "use crate::sheets::plan::Row;"),
            ("src/cli/serve.rs", "use crate::orders::store;"),
            ("src/accounts/team/store.rs", "use crate::accounts::team::rules::Place;"),
        ];
        for (path, text) in good {
            assert!(!breach(path, text), "{path}: {text}");
        }
    }

    #[test]
    fn the_order_of_the_features_is_held() {
        assert!(breach("src/accounts/mod.rs", "use crate::orders;"));
        assert!(breach("src/accounts/supplier_pages/terms.rs", "use crate::orders;"));
        assert!(breach("src/orders/words.rs", "use crate::drafts::rules;"));
        assert!(breach("src/worker/mod.rs", "use crate::home;"));
        assert!(breach("src/home/pages/start.rs", "use crate::app;"));
        assert!(breach("src/pricing/rules.rs", "use crate::orders::rules::Line;"));
        assert!(breach("src/db/mod.rs", "use crate::accounts;"));
        assert!(breach("src/http/page.rs", "fn f() { crate::orders::list() }"));
        assert!(breach("src/tax/mod.rs", "use crate::imports::Row;"));
        assert!(!breach("src/orders/mod.rs", "use crate::accounts;"));
    }
}
