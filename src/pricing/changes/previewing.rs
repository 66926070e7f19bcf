//! What a price change comes to, by what was ordered in the last twelve months: each line is priced for its day by the prices as they
//! are and as they would be, by the same rule as an order. Account by account, so that it can be interrupted and goes on.

use chrono::{Months, NaiveDate};

use super::rules::State;
use super::store::{self, AccountSum, Bought, Drafted};
use super::{Change, lock, today};
use crate::accounts::terms::{self, Terms};
use crate::catalogue::rules::OrderQuantity;
use crate::catalogue::{ArticleKey, Articles, find_articles};
use crate::clock::Timestamp;
use crate::db::{Connection, Database};
use crate::error::{Code, Error, Result};
use crate::ids::{AccountId, PriceChangeId, PriceListId, ProductId};
use crate::money::{Currency, Money};
use crate::names::states::PreviewState;
use crate::pricing::costs;
use crate::pricing::costs::rules::{Action, Costs, Floors, is_under, margin_ppm};
use crate::pricing::rules::counting::Others;
use crate::pricing::rules::{Line, Offers, price_line};
use crate::pricing::{LineRequest, PriceBook, load, load_span, price_all, store as lists};
use crate::quantity::{Content, Quantity};
use crate::typed::{self, Typed};

/// Months whose orders it looks at.
const MONTHS: u32 = 12;

/// Begins to work out what it comes to.
pub fn start(tx: &mut Connection, id: PriceChangeId) -> Result<Change> {
    let mut change = lock(tx, id)?;
    if !matches!(change.state, State::Draft | State::Rejected | State::Submitted) {
        let detail = super::sentences::price_change_not_draft(&change.title);
        return Err(Error::conflict(Code::PriceChangeStateForbids, detail));
    }
    if change.row_count == 0 {
        let detail = super::sentences::price_change_empty();
        return Err(Error::invalid("/rows", Code::Required, detail));
    }
    store::delete_sums(tx, id)?;
    change.preview = Some(PreviewState::Running);
    change.preview_run += 1;
    change.preview_at = 0;
    change.previewed_at = None;
    store::update(tx, &change)?;
    Ok(change)
}

/// Looks at the next account of the first price change that waits; false where none does.
pub async fn step(db: &Database, now: Timestamp) -> Result<bool> {
    let look = move |connection: &mut Connection| {
        let Some(change) = store::find_previewing(connection)? else {
            return Ok(None);
        };
        let sum = match store::next_account(connection, change.id, change.preview_at)? {
            Some(account_id) => Some(look(connection, &change, account_id, now)?),
            None => None,
        };
        Ok(Some((change, sum)))
    };
    let Some((seen, sum)) = db.read(look).await? else {
        return Ok(false);
    };
    db.write(move |tx| {
        let Some(mut change) = store::lock(tx, seen.id)? else {
            return Ok(());
        };
        // Its rows are others by now, or somebody else looked at this account.
        let is_same = (change.preview, change.preview_run, change.preview_at)
            == (seen.preview, seen.preview_run, seen.preview_at);
        if !is_same {
            return Ok(());
        }
        match &sum {
            Some(sum) => {
                change.preview_at = sum.account_id.0;
                store::insert_sum(tx, sum)?;
            }
            None => {
                change.preview = Some(PreviewState::Ready);
                change.previewed_at = Some(now);
            }
        }
        store::update(tx, &change)
    })
    .await?;
    Ok(true)
}

/// Prices of an account on the day: as they are, and as they would be.
struct Prices {
    day: NaiveDate,
    /// At the account's first site, for drafts.
    before: PriceBook,
    after: PriceBook,
    /// The same wherever goods went, for what was ordered.
    before_anywhere: PriceBook,
    after_anywhere: PriceBook,
    articles: Articles,
}

fn prices(
    connection: &mut Connection,
    change: &Change,
    terms: &Terms,
    (product_ids, list_ids): (&[ProductId], &[PriceListId]),
) -> Result<Prices> {
    let keys: Vec<_> = product_ids.iter().copied().map(ArticleKey::ProductId).collect();
    let articles = find_articles(connection, terms.account_id, &keys)?;
    let day = change.effective_on;
    let before = load(connection, terms, product_ids, day)?;
    let mut after = load(connection, terms, product_ids, day)?;
    let before_anywhere = load_span(connection, terms, product_ids, (day, day))?;
    let mut after_anywhere = load_span(connection, terms, product_ids, (day, day))?;
    for (product_id, row) in store::list_put(connection, change.id, product_ids, list_ids)? {
        after.put(product_id, row.clone());
        after_anywhere.put(product_id, row);
    }
    Ok(Prices {
        day,
        before,
        after,
        before_anywhere,
        after_anywhere,
        articles,
    })
}

/// What a group of equal lines costs before and after, minor units.
fn nets(prices: &Prices, bought: &Bought) -> Option<(i64, i64)> {
    let article = prices.articles.get(&ArticleKey::ProductId(bought.product_id))?;
    let content = Content::new(bought.content_numerator, bought.content_denominator)?;
    let unit = article.unit(&bought.unit).filter(|unit| unit.content == content)?;
    let line = Line {
        article,
        unit,
        quantity: quantity(bought)?,
    };
    let net = |book: &PriceBook| {
        let offers = Offers {
            candidates: book.candidates_on(bought.product_id, prices.day, bought.site_id),
            deal: &book.deal,
            order_class: bought.order_class,
            others: Others::Nothing,
        };
        price_line(line, &offers).ok().map(|priced| priced.net_minor)
    };
    net(&prices.before_anywhere).zip(net(&prices.after_anywhere))
}

/// What was not called off of a line.
fn quantity(bought: &Bought) -> Option<OrderQuantity> {
    let base_steps = bought.base_quantity.checked_sub(bought.cancelled)?;
    let steps = i128::from(bought.quantity.steps) * i128::from(base_steps);
    let steps = steps.checked_div(i128::from(bought.base_quantity))?;
    Some(OrderQuantity {
        ordered: Quantity::new(i64::try_from(steps).ok()?, bought.quantity.decimals),
        base_steps,
    })
}

/// What it comes to for an account: a fixed number of statements.
fn look(connection: &mut Connection, change: &Change, account_id: AccountId, now: Timestamp) -> Result<AccountSum> {
    let terms = terms::load(connection, account_id)?;
    let day = change.effective_on;
    let applicable = lists::applicable_lists(
        connection,
        account_id,
        terms.tier.name(),
        terms.currency.code(),
        (day, day),
    )?;
    let list_ids: Vec<_> = applicable.iter().map(|(list, _)| list.id).collect();
    let to = today(connection, now)?;
    let from = to.checked_sub_months(Months::new(MONTHS)).unwrap_or(NaiveDate::MIN);
    let of = (change.id, account_id);
    let bought = store::list_bought(connection, of, &list_ids, (from, to))?;
    let drafted = store::list_drafted(connection, of, &list_ids)?;
    let mut product_ids: Vec<_> = bought.iter().map(|one| one.product_id).collect();
    product_ids.extend(drafted.iter().map(|one| one.product_id));
    product_ids.sort_unstable();
    product_ids.dedup();
    let prices = prices(connection, change, &terms, (&product_ids, &list_ids))?;
    let costs = costs::load(connection, &product_ids, terms.currency, day)?;
    let floors = costs::floors(connection)?;
    let mut sum = AccountSum {
        change_id: change.id,
        account_id,
        currency: terms.currency,
        line_count: 0,
        looked_count: 0,
        before_minor: 0,
        after_minor: 0,
        costed_before_minor: 0,
        costed_after_minor: 0,
        cost_minor: 0,
        under_floor: 0,
        blocked: 0,
        draft_count: moved_drafts(&prices, &drafted, day),
    };
    for one in &bought {
        if let Some(nets) = nets(&prices, one) {
            let too_large = || Error::internal(format!("{} of {account_id} comes to more than can be held", change.id));
            add(&mut sum, (one, nets), (&prices.articles, &costs, &floors)).ok_or_else(too_large)?;
        }
    }
    Ok(sum)
}

/// Adds a group of equal lines; none where the sum can't be held.
fn add(
    sum: &mut AccountSum,
    (bought, (before, after)): (&Bought, (i64, i64)),
    (articles, costs, floors): (&Articles, &Costs, &Floors),
) -> Option<()> {
    let count = i32::try_from(bought.lines).ok()?;
    let grow = |total: &mut i64, one: i64| {
        *total = total.checked_add(one.checked_mul(bought.lines)?)?;
        Some(())
    };
    sum.looked_count = sum.looked_count.checked_add(count)?;
    if before != after {
        sum.line_count = sum.line_count.checked_add(count)?;
    }
    grow(&mut sum.before_minor, before)?;
    grow(&mut sum.after_minor, after)?;
    let article = articles.get(&ArticleKey::ProductId(bought.product_id))?;
    let cost = costs.of_line(bought.product_id, quantity(bought)?, article.decimals, sum.currency);
    let Some(cost) = cost else { return Some(()) };
    grow(&mut sum.costed_before_minor, before)?;
    grow(&mut sum.costed_after_minor, after)?;
    grow(&mut sum.cost_minor, cost)?;
    if let Some(floor) = floors.of(article.category.as_deref())
        && before != after
        && is_under(after, cost, floor.percent_ppm)
    {
        sum.under_floor = sum.under_floor.checked_add(count)?;
        if floor.action == Action::Block {
            sum.blocked = sum.blocked.checked_add(count)?;
        }
    }
    Some(())
}

/// How many open drafts have a line whose price is another. What can't be read or priced counts for none.
fn moved_drafts(prices: &Prices, drafted: &[Drafted], day: NaiveDate) -> i32 {
    let mut moved: Vec<i64> = drafted
        .iter()
        .filter(|line| {
            let Typed::Value(quantity) = typed::quantity(&line.quantity) else {
                return false;
            };
            let request = LineRequest {
                key: ArticleKey::ProductId(line.product_id),
                unit: Some(line.unit.clone()).filter(|unit| !unit.is_empty()),
                quantity,
            };
            let net = |book| {
                let priced = price_all(std::slice::from_ref(&request), &prices.articles, book, day, false);
                let priced = priced.into_iter().next()?.ok();
                priced.map(|line| line.priced.net_minor)
            };
            net(&prices.before) != net(&prices.after)
        })
        .map(|line| line.draft_id)
        .collect();
    moved.sort_unstable();
    moved.dedup();
    i32::try_from(moved.len()).unwrap_or(i32::MAX)
}

/// What it comes to in a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    pub before: Money,
    pub after: Money,
    /// Parts per million, of lines whose cost is known.
    pub margin_before: Option<i64>,
    pub margin_after: Option<i64>,
}

/// What a price change comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    pub change: Change,
    /// The biggest loss first.
    pub accounts: Vec<store::NamedSum>,
    /// By currency.
    pub totals: Vec<Total>,
    /// Contracts in which a price rises, with how many.
    pub broken: Vec<(String, i64)>,
}

impl Preview {
    /// The sum of a number of each account.
    pub fn count(&self, of: impl Fn(&AccountSum) -> i32) -> i64 {
        self.accounts.iter().map(|named| i64::from(of(&named.sum))).sum()
    }

    /// Accounts with a line whose price is another.
    pub fn touched(&self) -> usize {
        self.accounts.iter().filter(|named| named.sum.line_count > 0).count()
    }
}

/// What some sums come to together; none for none.
pub fn total<'a>(sums: impl IntoIterator<Item = &'a AccountSum>) -> Option<Total> {
    let mut sums = sums.into_iter();
    let mut all = sums.next()?.clone();
    for sum in sums {
        all.before_minor = all.before_minor.saturating_add(sum.before_minor);
        all.after_minor = all.after_minor.saturating_add(sum.after_minor);
        all.costed_before_minor = all.costed_before_minor.saturating_add(sum.costed_before_minor);
        all.costed_after_minor = all.costed_after_minor.saturating_add(sum.costed_after_minor);
        all.cost_minor = all.cost_minor.saturating_add(sum.cost_minor);
    }
    Some(Total {
        before: Money::new(all.before_minor, all.currency),
        after: Money::new(all.after_minor, all.currency),
        margin_before: margin_ppm(all.costed_before_minor, all.cost_minor),
        margin_after: margin_ppm(all.costed_after_minor, all.cost_minor),
    })
}

/// What is known of it so far.
pub fn get(connection: &mut Connection, id: PriceChangeId) -> Result<Preview> {
    let change = super::get(connection, id)?;
    let accounts = store::list_sums(connection, id)?;
    let mut currencies: Vec<Currency> = Vec::new();
    for named in &accounts {
        if !currencies.contains(&named.sum.currency) {
            currencies.push(named.sum.currency);
        }
    }
    let of = |currency: &Currency| {
        let own = accounts.iter().map(|named| &named.sum);
        total(own.filter(|sum| sum.currency == *currency))
    };
    let totals = currencies.iter().filter_map(of).collect();
    Ok(Preview {
        totals,
        broken: store::list_broken(connection, id)?,
        accounts,
        change,
    })
}
