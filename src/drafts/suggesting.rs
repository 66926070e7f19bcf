//! What a key that is no article's may have been meant to be. Only out of what the account sees.

use std::sync::Arc;

use super::reading::SheetLine;
use super::resolving::numbers as numbers_of;
use super::rules::keys::{Known, Suggestion, as_digits, each_of, either, is_number, nearest, stems};
use super::rules::problems::Problem;
use crate::catalogue::rules::{Article, gtin14, number_word, search_words};
use crate::catalogue::{self, ArticleKey, Articles};
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{AccountId, ProductId};

/// Articles whose numbers are compared for faults of typing.
const NUMBERS_MAX: i64 = 5_000;
/// Keys that get suggestions at once.
const KEYS_MAX: usize = 50;
/// Articles offered where several have the words.
const SEVERAL_MAX: usize = 8;
/// Articles offered where none has them.
const NEAREST_MAX: usize = 3;

/// Fills in what the lines with unknown keys may have been meant to be; a fixed number of statements.
pub fn suggest(connection: &mut Connection, account_id: AccountId, lines: &mut [SheetLine]) -> Result<()> {
    let unknown = lines
        .iter_mut()
        .filter(|line| matches!(line.state, Err(Problem::Unknown(_))));
    let mut unknown: Vec<_> = unknown.take(KEYS_MAX).collect();
    let keys: Vec<_> = unknown.iter().map(|line| line.line.typed.key.clone()).collect();
    if keys.is_empty() {
        return Ok(());
    }
    let by_words = matched(
        connection,
        account_id,
        keys.iter().map(|key| search_words(&[key])),
        SEVERAL_MAX + 1,
    )?;
    // The same number, however it is parted, and with letters read as digits.
    let numbers = keys.iter().flat_map(|key| {
        let number = number_word(key);
        [as_digits(&number), number]
    });
    let by_number = matched(
        connection,
        account_id,
        numbers.map(|number| Vec::from_iter(Some(number).filter(|word| !word.is_empty()))),
        NEAREST_MAX,
    )?;
    let by_number = by_number.chunks(2).map(|both| both.concat());
    let by_stems = matched(connection, account_id, keys.iter().map(|key| stems(key)), 200)?;
    let numbers = catalogue::list_numbers(connection, account_id, NUMBERS_MAX)?;
    let known: Vec<_> = numbers
        .iter()
        .map(|(id, sku, own)| Known::new(*id, [Some(sku), own.as_ref()].into_iter().flatten().map(String::as_str)))
        .collect();
    let of_stems = by_stems.iter().flatten().copied().map(ArticleKey::ProductId);
    let named = catalogue::find_articles(connection, account_id, &of_stems.collect::<Vec<_>>())?;
    let parts = keys.iter().flat_map(|key| each_of(key)).flat_map(numbers_of);
    let of_parts = catalogue::find_articles(connection, account_id, &parts.collect::<Vec<_>>())?;
    let mut offers = Vec::with_capacity(keys.len());
    for (((key, words), numbers), stems) in keys.iter().zip(by_words).zip(by_number).zip(by_stems) {
        let either = either_of(&of_parts, key);
        let several = either.len() > 1 || (words.len() > 1 && !is_number(key));
        let ids = if either.len() > 1 {
            either
        } else if several {
            words.into_iter().take(SEVERAL_MAX).collect()
        } else {
            let mut ids = words;
            ids.extend(numbers);
            ids.extend(nearest(key, &known, NEAREST_MAX));
            let by_name: Vec<_> = stems.iter().filter_map(|id| known_by_name(&named, *id)).collect();
            ids.extend(nearest(key, &by_name, NEAREST_MAX));
            first_of(ids, NEAREST_MAX)
        };
        offers.push((several, ids));
    }
    let ids: Vec<_> = offers
        .iter()
        .flat_map(|(_, ids)| ids)
        .copied()
        .map(ArticleKey::ProductId)
        .collect();
    let articles = catalogue::find_articles(connection, account_id, &ids)?;
    for (line, (several, ids)) in unknown.iter_mut().zip(offers) {
        let found = ids
            .into_iter()
            .filter_map(|id| articles.get(&ArticleKey::ProductId(id)));
        let suggestions: Vec<_> = found.map(|article| Suggestion::of(article)).collect();
        line.state = Err(match several {
            true => Problem::Several(suggestions),
            false => Problem::Unknown(suggestions),
        });
    }
    Ok(())
}

/// The articles of a key that names two numbers.
fn either_of(articles: &Articles, key: &str) -> Vec<ProductId> {
    let meant = |part: &str| numbers_of(part).find_map(|number| Some(articles.get(&number)?.product_id));
    first_of(each_of(key).into_iter().filter_map(meant).collect(), SEVERAL_MAX)
}

/// Which of these pairs name two articles of the account.
pub fn two_articles(
    connection: &mut Connection,
    account_id: AccountId,
    pairs: Vec<(String, String)>,
) -> Result<Vec<(String, String)>> {
    if pairs.is_empty() {
        return Ok(pairs);
    }
    let keys = pairs.iter().flat_map(|(one, other)| [one, other]);
    let keys: Vec<_> = keys.flat_map(|key| numbers_of(key)).collect();
    let articles = catalogue::find_articles(connection, account_id, &keys)?;
    let is_two = |(one, other): &(String, String)| either_of(&articles, &either(one, other)).len() > 1;
    Ok(pairs.into_iter().filter(is_two).collect())
}

fn known_by_name(articles: &Articles, id: ProductId) -> Option<Known> {
    let article = articles.get(&ArticleKey::ProductId(id))?;
    Some(Known::new(id, [article.name.as_str()]))
}

fn first_of(ids: Vec<ProductId>, most: usize) -> Vec<ProductId> {
    let mut first = Vec::new();
    for id in ids {
        if first.len() < most && !first.contains(&id) {
            first.push(id);
        }
    }
    first
}

/// For each query the articles that have its words.
fn matched(
    connection: &mut Connection,
    account_id: AccountId,
    queries: impl Iterator<Item = Vec<String>>,
    each: usize,
) -> Result<Vec<Vec<ProductId>>> {
    let queries: Vec<_> = queries.collect();
    let mut found = vec![Vec::new(); queries.len()];
    let each = i64::try_from(each).unwrap_or(i64::MAX);
    for (place, id) in catalogue::match_words(connection, account_id, &queries, each)? {
        if let Some(ids) = found.get_mut(place) {
            ids.push(id);
        }
    }
    Ok(found)
}

/// At most `most` articles for what somebody has typed so far: the one with exactly this number first.
pub fn complete(
    connection: &mut Connection,
    account_id: AccountId,
    text: &str,
    most: usize,
) -> Result<Vec<Arc<Article>>> {
    let text = text.trim();
    let words = search_words(&[text]);
    let exact = [
        ArticleKey::CustomerPartNumber(text.to_owned()),
        ArticleKey::Sku(text.to_owned()),
    ];
    let exact: Vec<_> = exact.into_iter().chain(gtin14(text).map(ArticleKey::Gtin)).collect();
    let known = catalogue::find_articles(connection, account_id, &exact)?;
    let mut articles: Vec<_> = exact.iter().filter_map(|key| known.get(key).cloned()).collect();
    let found = matched(connection, account_id, std::iter::once(words), most)?;
    let ids: Vec<_> = found.into_iter().flatten().map(ArticleKey::ProductId).collect();
    let by_words = catalogue::find_articles(connection, account_id, &ids)?;
    articles.extend(ids.iter().filter_map(|key| by_words.get(key).cloned()));
    let mut seen = Vec::new();
    articles.retain(|article| {
        let is_new = !seen.contains(&article.product_id);
        seen.push(article.product_id);
        is_new
    });
    articles.truncate(most);
    Ok(articles)
}
