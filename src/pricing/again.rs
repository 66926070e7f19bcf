//! What was ordered once would cost by the prices as they are kept now for its day. Prices of a day that is over may be mended; an
//! order keeps what it was promised, so nobody is told but who asks.

use super::load_span;
use super::rules::counting::Others;
use super::rules::{Bought, Line, Offers, Priced, price_line};
use crate::accounts::terms::Terms;
use crate::catalogue::{ArticleKey, find_articles};
use crate::db::Connection;
use crate::error::Result;

/// The price of each by today's lists, rows and tier for its own day: a fixed number of statements. None where there is no price, or
/// where the unit is no more what it was.
pub fn price_again(connection: &mut Connection, terms: &Terms, bought: &[Bought]) -> Result<Vec<Option<Priced>>> {
    let days = bought.iter().map(|one| one.on);
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else {
        return Ok(Vec::new());
    };
    let keys: Vec<_> = bought.iter().map(|one| ArticleKey::ProductId(one.product_id)).collect();
    let articles = find_articles(connection, terms.account_id, &keys)?;
    let book = load_span(connection, terms, &articles.products(), (first, last))?;
    let price = |(one, key): (&Bought, &ArticleKey)| {
        let article = articles.get(key)?;
        let unit = article.unit(&one.unit).filter(|unit| unit.content == one.content)?;
        let line = Line {
            article,
            unit,
            quantity: one.quantity,
        };
        // What counted beside the line then counts again: an order keeps the breaks that it reached as a whole.
        let others = match one.explanation.counted_quantity(article.decimals) {
            Some(counted) => Others::Known(counted.steps),
            None => Others::Nothing,
        };
        let mut deal = book.deal.clone();
        deal.discounts.retain(|discount| discount.validity.includes(one.on));
        let offers = Offers {
            candidates: book.candidates_on(one.product_id, one.on, one.site),
            deal: &deal,
            order_class: one.order_class,
            others,
        };
        price_line(line, &offers).ok()
    };
    Ok(bought.iter().zip(&keys).map(price).collect())
}
