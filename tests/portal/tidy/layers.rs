//! Which file may mention what: layers by the file's name, features by their order.

use super::source::Source;

/// The features; one may use only those before it.
pub const FEATURES: &[&str] = &[
    "identity",
    "accounts",
    "catalogue",
    "tax",
    "pricing",
    "inventory",
    "ledger",
    "orders",
    "drafts",
    "shipments",
    "invoices",
    "home",
    "imports",
];
/// What stands below all features and mentions none of them.
const BELOW: &[&str] = &[
    "error",
    "clock",
    "ids",
    "money",
    "quantity",
    "languages",
    "names",
    "sentences",
    "version",
    "cpu",
    "db",
    "config",
    "limits",
    "sheets",
    "problem",
    "http",
    "web",
    "events",
    "audit",
    "mail",
];
/// What rules stand on beside themselves and the rules of earlier features.
const UNDER_RULES: &[&str] = &["error", "ids", "languages", "money", "names", "quantity", "sentences"];
/// The pure part of the clock.
const PURE_CLOCK: &[&str] = &[
    "crate::clock::Timestamp",
    "crate::clock::day_in",
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
    /// `api`, `supplier_api`, `pages`, `supplier_pages`; `routes`, which names their handlers; `view`, the shapes that
    /// several of them tell; `caller`, the extractors that prove who calls.
    Outside,
    Files,
    Checks,
}

fn layer(name: &str) -> Layer {
    match name {
        "rules" | "sentences" => Layer::Rules,
        "store" => Layer::Store,
        "api" | "supplier_api" | "pages" | "supplier_pages" | "view" | "caller" | "routes" => Layer::Outside,
        "files" => Layer::Files,
        "checks" => Layer::Checks,
        _ => Layer::UseCases,
    }
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
        let layer = parts.next().map_or(Layer::UseCases, layer);
        Some(Self { path, module, layer })
    }
}

/// Breaches of the layers and of the features' order.
pub fn breaches(source: &Source) -> Vec<String> {
    let module = source.module();
    let Some(own) = module.first() else {
        return Vec::new();
    };
    let mentions = source.mentions();
    let faults: Vec<_> = if position(own).is_some() {
        let layer = module.get(1).map_or(Layer::UseCases, |name| layer(name));
        mentions
            .iter()
            .filter_map(|path| in_feature(own, layer, path))
            .collect()
    } else if BELOW.contains(&own.as_str()) {
        let layer = module.get(1).map_or(Layer::UseCases, |name| layer(name));
        mentions.iter().filter_map(|path| below(own, layer, path)).collect()
    } else {
        // app, worker, cli and main put the whole together.
        Vec::new()
    };
    let mut faults: Vec<_> = faults
        .into_iter()
        .map(|fault| format!("{}: {fault}", source.path))
        .collect();
    faults.dedup();
    faults
}

fn below(own: &str, layer: Layer, path: &str) -> Option<String> {
    // The floor's own handlers stand as high as any: they too must know who calls.
    if layer == Layer::Outside {
        let outside = path.split("::").next().unwrap_or(path);
        return outside_fault(own, outside, path).map(|fault| format!("{fault}: {path}"));
    }
    let mention = Mention::inside(path)?;
    position(mention.module).map(|_| format!("stands below all features and mentions {path}"))
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
    let is_view = path.contains("::view::") || path.ends_with("::view");
    let shared = mention.path.starts_with("crate::accounts::caller") || is_view;
    (foreign && mention.layer == Layer::Outside && !shared).then_some("a handler does not use another's handlers")
}

/// Use cases, import files and checks don't know the web.
fn inside_fault(outside: &str, path: &str) -> Option<&'static str> {
    let web = WEB.contains(&outside)
        || Mention::inside(path)
            .is_some_and(|mention| ["http", "web", "app", "state", "problem"].contains(&mention.module));
    web.then_some("use cases don't know the web")
}

/// The order of the features. What the outside reads may come of any of them.
fn other_feature_fault(own: &str, layer: Layer, path: &str) -> Option<&'static str> {
    let mention = Mention::inside(path)?;
    let (mine, theirs) = (position(own)?, position(mention.module)?);
    if mine == theirs || layer == Layer::Outside {
        return None;
    }
    if mention.layer == Layer::Store {
        return Some("another feature's store is its own");
    }
    if mention.layer == Layer::Outside {
        return Some("handlers are nobody's tools");
    }
    (theirs > mine).then_some("a feature uses only those before it")
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
            ("src/orders/api.rs", "use crate::catalogue::api::ProductView;"),
            ("src/orders/pages.rs", "use crate::db::sql;"),
            ("src/orders/mod.rs", "use crate::http::Body;"),
            ("src/orders/placing.rs", "use actix_web::HttpResponse;"),
            ("src/orders/mod.rs", "use crate::pricing::store;"),
            ("src/orders/checks.rs", "use crate::pricing::store;"),
            ("src/events/mod.rs", "use crate::accounts::caller::Customer;"),
            ("src/events/api.rs", "use crate::db::sql;"),
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
                "use crate::accounts::caller::Customer; use crate::http::Body;",
            ),
            ("src/identity/api.rs", "use crate::orders; fn f() { orders::find() }"),
            ("src/orders/api.rs", "use crate::pricing::view::ExplanationView;"),
            ("src/tax/files.rs", "use crate::sheets::plan::Row;"),
            ("src/cli/serve.rs", "use crate::orders::store;"),
            ("src/events/api.rs", "use crate::accounts::caller::Customer;"),
        ];
        for (path, text) in good {
            assert!(!breach(path, text), "{path}: {text}");
        }
    }

    #[test]
    fn the_order_of_the_features_is_held() {
        assert!(breach("src/accounts/mod.rs", "use crate::orders;"));
        assert!(breach("src/pricing/rules.rs", "use crate::orders::rules::Line;"));
        assert!(breach("src/db/mod.rs", "use crate::accounts;"));
        assert!(breach("src/http/page.rs", "fn f() { crate::orders::list() }"));
        assert!(breach("src/tax/mod.rs", "use crate::imports::Row;"));
        assert!(!breach("src/orders/mod.rs", "use crate::accounts;"));
    }
}
