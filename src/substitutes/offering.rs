//! What an account could take instead of articles: only what it sees and may order, in whole sale units, at today's price. For any
//! number of articles with the same number of statements, and none where nothing is offered at all.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::rules::{CHAIN_MAX, Ratio, SubstituteKind, ordered, unit_of};
use super::sentences;
use super::store::{self, Offered};
use crate::accounts::terms::Terms;
use crate::catalogue::rules::{Article, OrderQuantity, SaleUnit};
use crate::catalogue::{self, ArticleKey, Articles};
use crate::clock::{Timestamp, day_in};
use crate::db::Connection;
use crate::error::{Code, Error, FieldError, Result};
use crate::ids::ProductId;
use crate::inventory::rules::{Availability, StockBook};
use crate::inventory::{self, Purpose};
use crate::keys;
use crate::money::Currency;
use crate::names::sets::ArticleState;
use crate::pricing::rules::{Line, Priced, price_line};
use crate::pricing::{self, LineRequest, PriceBook};

/// So much of an article, for which something else is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Want {
    pub product_id: ProductId,
    /// Of its base unit.
    pub decimals: u8,
    pub base_steps: i64,
    /// The unit it is wanted in.
    pub unit: String,
}

/// What could be taken instead.
#[derive(Debug, Clone)]
pub struct Offer {
    pub kind: SubstituteKind,
    pub ratio: Ratio,
    pub article: Arc<Article>,
    pub unit: SaleUnit,
    /// Whole sale units.
    pub quantity: OrderQuantity,
    /// That is more than stands for what is wanted.
    pub is_more: bool,
    pub availability: Availability,
    /// What that quantity costs today.
    pub priced: Priced,
    pub currency: Currency,
}

impl Offer {
    /// True where all of it is there.
    pub fn is_there(&self) -> bool {
        self.availability.free >= self.quantity.base_steps
    }
}

/// What was wanted first, and by how much of the way from there; nothing where the way begins.
type Way = Option<(ProductId, SubstituteKind, Ratio)>;

/// What is offered instead of these products. What has ended itself is passed on the way to its successor.
fn reached(connection: &mut Connection, ids: &[ProductId]) -> Result<Vec<Offered>> {
    let mut found = Vec::new();
    // By the product that is asked next.
    let mut ahead: HashMap<ProductId, Vec<Way>> = ids.iter().map(|id| (*id, vec![None])).collect();
    let mut passed: HashSet<ProductId> = HashSet::new();
    for _ in 0..CHAIN_MAX {
        let mut next: Vec<_> = ahead.keys().copied().filter(|id| passed.insert(*id)).collect();
        next.sort_unstable();
        if next.is_empty() {
            break;
        }
        let mut further = HashMap::<ProductId, Vec<Way>>::new();
        for offered in store::list_offered(connection, &next)? {
            for way in ahead.get(&offered.product_id).into_iter().flatten() {
                let reached = match way {
                    None => Some((offered.product_id, offered.kind, offered.ratio)),
                    // Of an article that has ended only the successor goes on.
                    Some((first, kind, ratio)) if offered.kind == SubstituteKind::Successor => {
                        ratio.through(offered.ratio).map(|ratio| (*first, *kind, ratio))
                    }
                    Some(_) => None,
                };
                let Some((first, kind, ratio)) = reached.filter(|(first, ..)| *first != offered.substitute_id) else {
                    continue;
                };
                match offered.state {
                    ArticleState::Ended => {
                        let ways = further.entry(offered.substitute_id).or_default();
                        ways.push(Some((first, kind, ratio)));
                    }
                    _ => found.push(Offered {
                        product_id: first,
                        kind,
                        ratio,
                        ..offered
                    }),
                }
            }
        }
        ahead = further;
    }
    Ok(found)
}

/// Articles that an account may order, with their prices and what is free of them.
struct Orderable {
    articles: Articles,
    book: PriceBook,
    stock: StockBook,
    currency: Currency,
    today: NaiveDate,
}

impl Orderable {
    fn load(
        connection: &mut Connection,
        terms: &Terms,
        ids: impl Iterator<Item = ProductId>,
        now: Timestamp,
    ) -> Result<Self> {
        let today = day_in(terms.supplier_zone, now);
        let keys: HashSet<_> = ids.map(ArticleKey::ProductId).collect();
        let articles = catalogue::find_articles(connection, terms.account_id, &keys)?;
        let seen = articles.products();
        Ok(Self {
            book: pricing::load(connection, terms, &seen, today)?,
            stock: inventory::load_seen_by(connection, &seen, terms.into(), Purpose::Preview, today)?,
            articles,
            currency: terms.currency,
            today,
        })
    }

    /// So much of an article for what is wanted; nothing where the account can't order it.
    fn offer(&self, want: &Want, one: &Offered) -> Option<Offer> {
        let article = self.articles.get(&ArticleKey::ProductId(one.substitute_id))?;
        if article.coming(self.today).is_some() || article.state == ArticleState::Ended {
            return None;
        }
        let steps = one.ratio.steps(want.base_steps, want.decimals, article.decimals)?;
        let unit = unit_of(article, &want.unit)?;
        let (quantity, is_more) = ordered(article, unit, steps)?;
        let is_rounded = one.ratio.is_rounded(want.base_steps, want.decimals, article.decimals);
        let availability = self.stock.availability(article.product_id);
        // Of what comes no more there is what is in stock.
        if article.state == ArticleState::PhaseOut && availability.free < quantity.base_steps {
            return None;
        }
        let line = Line {
            article,
            unit,
            quantity,
        };
        let priced = price_line(line, &self.book.offers(article.product_id)).ok()?;
        Some(Offer {
            kind: one.kind,
            ratio: one.ratio,
            article: Arc::clone(article),
            unit: unit.clone(),
            quantity,
            is_more: is_more || is_rounded,
            availability,
            priced,
            currency: self.currency,
        })
    }
}

/// So much of one article for what is wanted, at this ratio; nothing where the account can't order it.
pub fn offer_of(
    connection: &mut Connection,
    terms: &Terms,
    want: &Want,
    (substitute_id, ratio): (ProductId, Ratio),
    now: Timestamp,
) -> Result<Option<Offer>> {
    let offered = Offered {
        product_id: want.product_id,
        substitute_id,
        kind: SubstituteKind::Alternative,
        ratio,
        state: ArticleState::Active,
    };
    let orderable = Orderable::load(connection, terms, std::iter::once(substitute_id), now)?;
    Ok(orderable.offer(want, &offered))
}

/// The article with this number that is kept as a substitute of a product, and its ratio in millionths; whoever may see it.
pub fn kept(connection: &mut Connection, product_id: ProductId, sku: &str) -> Result<Option<(ProductId, i64)>> {
    let kept = store::list_of_product(connection, product_id)?.into_iter();
    let mut kept = kept.filter(|one| one.article.id == product_id && keys::same(&one.substitute.sku, sku));
    Ok(kept.next().map(|one| (one.substitute.id, one.ratio_micros)))
}

/// The article with this number, if the account sees it.
pub fn product_of(connection: &mut Connection, terms: &Terms, sku: &str) -> Result<Option<ProductId>> {
    let key = ArticleKey::Sku(sku.to_owned());
    let articles = catalogue::find_articles(connection, terms.account_id, [&key])?;
    Ok(articles.get(&key).map(|article| article.product_id))
}

/// What the account could take instead of each of `wants`, successors first and then what is there.
pub fn offers(connection: &mut Connection, terms: &Terms, wants: &[Want], now: Timestamp) -> Result<Vec<Vec<Offer>>> {
    let none = || vec![Vec::new(); wants.len()];
    if wants.is_empty() || !terms.has_substitutes {
        return Ok(none());
    }
    let mut ids: Vec<_> = wants.iter().map(|want| want.product_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let offered = reached(connection, &ids)?;
    if offered.is_empty() {
        return Ok(none());
    }
    let orderable = Orderable::load(connection, terms, offered.iter().map(|one| one.substitute_id), now)?;
    let mut by_product = HashMap::<ProductId, Vec<Offered>>::new();
    for one in offered {
        by_product.entry(one.product_id).or_default().push(one);
    }
    let of_want = |want: &Want| {
        let offered = by_product.get(&want.product_id).into_iter().flatten();
        let mut offers: Vec<_> = offered.filter_map(|one| orderable.offer(want, one)).collect();
        let place = |offer: &Offer| (offer.kind != SubstituteKind::Successor, !offer.is_there());
        offers.sort_by_key(place);
        let mut known = HashSet::new();
        offers.retain(|offer| known.insert(offer.article.product_id));
        offers
    };
    Ok(wants.iter().map(of_want).collect())
}

/// The refusal of lines with what could be ordered instead: of those whose article has ended, or of which there is too little left.
pub fn explained(
    connection: &mut Connection,
    terms: &Terms,
    requests: &[LineRequest],
    error: Error,
    now: Timestamp,
) -> Result<Error> {
    let Error::Invalid(faults) = error else {
        return Ok(error);
    };
    let place = |fault: &FieldError| {
        let is_gone = matches!(fault.code, Code::ArticleEnded | Code::ExceedsStock);
        let place = fault
            .pointer
            .strip_prefix("/lines/")?
            .split('/')
            .next()?
            .parse::<usize>()
            .ok()?;
        is_gone.then_some(place)
    };
    let places: Vec<_> = faults.iter().map(place).collect();
    if !terms.has_substitutes || places.iter().all(Option::is_none) {
        return Ok(Error::Invalid(faults));
    }
    let gone: Vec<_> = places
        .iter()
        .map(|place| place.and_then(|place| requests.get(place)))
        .collect();
    let keys = gone.iter().copied().flatten().map(|request| &request.key);
    let articles = catalogue::find_articles(connection, terms.account_id, keys)?;
    let found = |request: &&LineRequest| articles.get(&request.key);
    // How much of it does not matter here: one base unit is asked for.
    let want = |article: &Arc<Article>| Want {
        product_id: article.product_id,
        decimals: article.decimals,
        base_steps: 1,
        unit: article.base_unit.clone(),
    };
    let known: Vec<_> = gone.iter().map(|request| request.as_ref().and_then(found)).collect();
    let wants: Vec<_> = known.iter().copied().flatten().map(want).collect();
    let mut offers = offers(connection, terms, &wants, now)?.into_iter();
    let explained = faults.into_iter().zip(known).map(|(fault, article)| {
        let Some(article) = article else { return fault };
        let offered = offers.next().unwrap_or_default();
        let skus: Vec<_> = offered.iter().map(|offer| offer.article.sku.as_str()).collect();
        if skus.is_empty() {
            return fault;
        }
        let detail = match fault.code {
            Code::ArticleEnded => sentences::article_ended_instead(&article.sku, skus),
            _ => sentences::exceeds_stock_instead(&article.sku, skus),
        };
        FieldError::new(fault.pointer, fault.code, detail)
    });
    Ok(Error::Invalid(explained.collect()))
}
