//! A draft as it is shown: what each line comes to today, or what is wrong with it.

use std::collections::HashMap;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::interpreting::{Interpreted, interpret_line};
use super::rules::problems::Problem;
use super::rules::{Draft, DraftLine};
use super::store;
use crate::catalogue::rules::{Article, SaleUnit};
use crate::catalogue::{self, ArticleKey};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{AccountId, DraftId, PersonId};
use crate::money::Money;
use crate::orders::rules::OrderLine;
use crate::orders::rules::PlacedBy;
use crate::orders::rules::Wishes;
use crate::orders::{Estimate, OrderRequest, Orderer, RequestedLine, estimate};
use crate::pricing::splitting::filling::{Offer as Fill, Repack};
use crate::pricing::splitting::rules::Load;
use crate::substitutes::offering::Offer;

/// A draft with all its lines.
#[derive(Debug)]
pub struct Sheet {
    pub draft: Draft,
    /// Its lines in their order.
    pub lines: Vec<SheetLine>,
    /// What the good lines come to.
    pub estimate: Estimate,
    /// What an order of the good lines asks for.
    pub request: OrderRequest,
    /// What the good lines weigh and take up, once that is asked.
    pub load: Option<Load>,
    /// Place of a line and how it would fill the last pallet, once that is asked; the best first.
    pub fills: Vec<(usize, Fill)>,
}

/// A line with what is known of it.
#[derive(Debug)]
pub struct SheetLine {
    /// As typed.
    pub line: DraftLine,
    /// From 1.
    pub number: usize,
    pub article: Option<Arc<Article>>,
    pub unit: Option<SaleUnit>,
    /// Its place among the lines of the estimated order, or what is wrong.
    pub state: Result<usize, Problem>,
    /// Number of an earlier good line of the same article in the same unit.
    pub twin: Option<usize>,
    /// What could be taken instead, once that is asked.
    pub offers: Vec<Offer>,
    /// What would fill packs and layers, once that is asked; the least first.
    pub fills: Vec<Fill>,
    /// The same quantity in the best packs, once that is asked.
    pub repack: Option<Repack>,
}

/// A line that costs more than when it was last changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceRise {
    /// The line's number.
    pub number: usize,
    /// The account's number of the article, else ours.
    pub article: String,
    /// What it cost then.
    pub was: Money,
    /// What it costs today.
    pub is: Money,
}

impl Sheet {
    /// The line of the estimated order that a good line makes.
    pub fn order_line(&self, line: &SheetLine) -> Option<&OrderLine> {
        let place = line.state.as_ref().ok()?;
        self.estimate.order.lines.get(*place)
    }

    /// How many lines are good.
    pub fn ready(&self) -> usize {
        self.estimate.order.lines.len()
    }

    /// The lines that are not.
    pub fn bad(&self) -> impl Iterator<Item = &SheetLine> {
        self.lines.iter().filter(|line| line.state.is_err())
    }

    /// Good lines whose price has risen since they were last changed.
    pub fn rises(&self) -> Vec<PriceRise> {
        let currency = self.estimate.order.currency;
        let rise = |line: &SheetLine| {
            let today = self.order_line(line)?;
            let was = line.line.shown_net_minor.filter(|was| *was < today.net.minor)?;
            Some(PriceRise {
                number: line.number,
                article: today.customer_part_number.clone().unwrap_or_else(|| today.sku.clone()),
                was: Money::new(was, currency),
                is: today.net,
            })
        };
        self.lines.iter().filter_map(rise).collect()
    }

    /// A sign for everything that an order of the good lines costs: another one where anything of it is different.
    pub fn sign(&self) -> String {
        let mut hash = Sha256::new();
        for line in &self.lines {
            if let Some(order_line) = self.order_line(line) {
                hash.update(line.line.id.0.to_be_bytes());
                hash.update(order_line.quantity.base_steps.to_be_bytes());
                hash.update(order_line.unit.as_bytes());
                hash.update(order_line.net.minor.to_be_bytes());
            }
        }
        let order = &self.estimate.order;
        hash.update(order.net.minor.to_be_bytes());
        hash.update(order.commitment_minor().to_be_bytes());
        HEXLOWER.encode(hash.finalize().get(..16).unwrap_or_default())
    }
}

/// Reads a draft of the account with what it comes to today.
pub fn read(
    connection: &mut Connection,
    account_id: AccountId,
    person_id: Option<PersonId>,
    id: DraftId,
    now: Timestamp,
) -> Result<Sheet> {
    let draft = super::get(connection, account_id, id)?;
    let lines = store::list_lines(connection, account_id, id)?;
    assess(connection, draft, lines, person_id, now)
}

/// What a draft with these lines comes to. A fixed number of statements for any number of lines.
pub fn assess(
    connection: &mut Connection,
    draft: Draft,
    lines: Vec<DraftLine>,
    person_id: Option<PersonId>,
    now: Timestamp,
) -> Result<Sheet> {
    let ids: Vec<_> = lines
        .iter()
        .filter_map(|line| line.product_id)
        .map(ArticleKey::ProductId)
        .collect();
    let articles = catalogue::find_articles(connection, draft.account_id, &ids)?;
    let read: Vec<_> = lines.iter().map(|line| interpret_line(line, &articles)).collect();
    let asked = read.iter().zip(&lines);
    let requested = asked.filter_map(|(read, line)| {
        Some(RequestedLine {
            choices: line.choices,
            ..read.request(&line.typed)?
        })
    });
    let requested = requested.collect();
    let request = OrderRequest {
        po_number: draft.po_number.clone().unwrap_or_default(),
        ship_to: draft.ship_to.clone(),
        requested_on: draft.requested_on,
        order_class: draft.order_class,
        if_not_entitled: draft.if_not_entitled,
        choices: draft.choices.map(Wishes::from).unwrap_or_default(),
        texts: draft.texts.clone(),
        lines: requested,
    };
    let orderer = Orderer {
        account_id: draft.account_id,
        by: person_id.map(PlacedBy::Person),
    };
    let estimate = estimate(connection, &orderer, &request, &articles, now)?;
    let mut outcomes = estimate.outcomes.iter();
    let mut first = HashMap::new();
    let judged = (1..).zip(lines.into_iter().zip(read)).map(|(number, (line, read))| {
        let Interpreted {
            article,
            unit,
            number: asked,
        } = read;
        let state = match (asked, &article, &unit) {
            (Ok(asked), Some(article), Some(unit)) => match outcomes.next() {
                Some(Ok(place)) => Ok(*place),
                Some(Err(fault)) => Err(Problem::of(article, unit, &asked, fault)),
                None => Err(Problem::NoKey),
            },
            (Err(problem), _, _) => Err(problem),
            (Ok(_), _, _) => Err(Problem::NoKey),
        };
        let twin = match (&state, &article, &unit) {
            (Ok(_), Some(article), Some(unit)) => {
                let before = *first.entry((article.product_id, unit.unit.clone())).or_insert(number);
                Some(before).filter(|before| *before != number)
            }
            _ => None,
        };
        SheetLine {
            line,
            number,
            article,
            unit,
            state,
            twin,
            offers: Vec::new(),
            fills: Vec::new(),
            repack: None,
        }
    });
    let lines = judged.collect();
    let mut request = request;
    // What is ordered in the end are the good lines alone.
    let mut outcomes = estimate.outcomes.iter();
    request.lines.retain(|_| outcomes.next().is_some_and(Result::is_ok));
    Ok(Sheet {
        draft,
        lines,
        estimate,
        request,
        load: None,
        fills: Vec::new(),
    })
}
