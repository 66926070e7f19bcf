//! The shop is opened by OCI: user and password come with the address, as the interface has it, so they open a basket and
//! nothing else.

use std::net::IpAddr;

use super::read_product_id;
use crate::catalogue::rules::search_words;
use crate::catalogue::{self, ArticleKey, Filter};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::drafts::rules::units;
use crate::error::{Code, Error, Result};
use crate::identity::sentences::wrong_credentials;
use crate::identity::throttling::Source;
use crate::punchout::basket::{Basket, BasketLine};
use crate::punchout::restoring::plain;
use crate::punchout::rules::{self, Charset, Mode, Operation, Protocol};
use crate::punchout::setup::{self, Setup};
use crate::punchout::shopping::{self, Beginning, Shopper};

/// Articles that a search brings at most.
const FOUND_MAX: i64 = 100;

/// What the buyer's system sends along.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub user: String,
    pub password: String,
    pub hook_url: String,
    pub target: Option<String>,
    pub charset: Option<String>,
    pub function: String,
    pub product_id: String,
    pub quantity: String,
    pub search: String,
    pub address: Option<IpAddr>,
}

/// Why it is not opened.
#[derive(Debug)]
pub enum Opened {
    /// What the link to the session ends with.
    Session(String),
    /// Lines that go back at once.
    Lines(Box<Setup>, Basket, Charset),
    Refused(Error),
}

fn unknown() -> Error {
    Error::unauthenticated(Code::InvalidCredentials, wrong_credentials())
}

/// Opens a session, or finds what goes back at once.
pub fn open(tx: &mut Connection, asked: &Asked, now: Timestamp) -> Result<Opened> {
    if asked.user.is_empty() {
        return Ok(Opened::Refused(unknown()));
    }
    let found = setup::find_by_oci_user(tx, &asked.user)?;
    let has_secret = match &found {
        Some(setup) => setup.has_oci_secret(&asked.password),
        None => setup::is_secret(None, &asked.password),
    };
    let Some(setup) = found.filter(|_| has_secret) else {
        // What is right is never held off, so strangers lock nobody out.
        let source = Source::of_client(&format!("oci {}", asked.user), asked.address);
        source.lock(tx)?;
        match source.refuse_if_throttled(tx, now) {
            Err(error @ Error::Throttled { .. }) => return Ok(Opened::Refused(error)),
            other => other?,
        };
        source.count(tx, now)?;
        tracing::warn!("an OCI call with an unknown user or password was refused");
        return Ok(Opened::Refused(unknown()));
    };
    crate::accounts::get_open(tx, setup.account_id)?;
    let Some(url) = rules::return_url(&asked.hook_url, &setup.setup.return_hosts) else {
        let detail = crate::punchout::sentences::punchout_url(&asked.hook_url);
        return Err(Error::invalid("/HOOK_URL", Code::UrlRefused, detail));
    };
    let charset = asked.charset.as_deref().map(str::to_lowercase);
    let charset = charset
        .and_then(|name| Charset::from_name(&name))
        .unwrap_or_else(|| setup.setup.charset());
    match asked.function.to_uppercase().as_str() {
        "VALIDATE" => {
            let basket = validated(tx, &setup, asked)?;
            return Ok(Opened::Lines(Box::new(setup), basket, charset));
        }
        "BACKGROUND_SEARCH" | "SOURCING" => {
            let basket = found_for(tx, &setup, &asked.search)?;
            return Ok(Opened::Lines(Box::new(setup), basket, charset));
        }
        _ => {}
    }
    let (sku, _) = read_product_id(&asked.product_id);
    let is_detail = asked.function.eq_ignore_ascii_case("DETAIL");
    let beginning = Beginning {
        account_id: setup.account_id,
        protocol: Protocol::Oci,
        operation: Operation::Create,
        mode: match setup.setup.is_test() {
            true => Mode::Test,
            false => Mode::Production,
        },
        shopper: Shopper::default(),
        // The signs that are asked for.
        buyer_cookie: charset.name().to_owned(),
        return_url: url.into(),
        return_target: asked.target.clone(),
        payload_id: None,
        selected: Some(sku.to_owned()).filter(|sku| is_detail && !sku.is_empty()),
        basket: Basket::default(),
    };
    shopping::begin(tx, beginning, now).map(Opened::Session)
}

/// One article in a quantity: what it costs today.
fn validated(connection: &mut Connection, setup: &Setup, asked: &Asked) -> Result<Basket> {
    let (sku, unit) = read_product_id(&asked.product_id);
    let key = ArticleKey::Sku(sku.to_owned());
    let articles = catalogue::find_articles(connection, setup.account_id, [&key])?;
    let article = articles.get(&key).ok_or(Error::NotFound)?;
    let unit = match unit {
        Some(unit) => article.unit(unit),
        None => units::usual(article, None).map(|(unit, _)| unit),
    };
    let unit = unit.ok_or(Error::NotFound)?;
    let quantity = Some(asked.quantity.trim())
        .filter(|text| !text.is_empty())
        .unwrap_or("1");
    Ok(Basket {
        lines: vec![BasketLine {
            key: 1,
            sku: article.sku.clone(),
            unit: unit.unit.clone(),
            quantity: plain(quantity),
        }],
    })
}

/// What a search finds, each in its usual unit and smallest quantity.
fn found_for(connection: &mut Connection, setup: &Setup, search: &str) -> Result<Basket> {
    let words = search_words(&[search]);
    if words.is_empty() {
        return Ok(Basket::default());
    }
    let filter = Filter {
        words,
        ..Filter::default()
    };
    let articles = catalogue::list(connection, setup.account_id, &filter, FOUND_MAX)?;
    let lines = (1_u32..).zip(&articles).filter_map(|(key, article)| {
        let (unit, _) = units::usual(article, None)?;
        Some(BasketLine {
            key,
            sku: article.sku.clone(),
            unit: unit.unit.clone(),
            quantity: unit.min_quantity.max(unit.multiple).max(1).to_string(),
        })
    });
    Ok(Basket { lines: lines.collect() })
}
