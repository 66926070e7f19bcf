//! The assortment: search, filters, a row for each article.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use serde::{Deserialize, Serialize};

use crate::accounts::terms::{self, Terms};
use crate::browsing::coming::Coming;
use crate::browsing::pages::words;
use crate::catalogue::rules::{Article, search_words};
use crate::catalogue::{self, Filter};
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::drafts::rules::units;
use crate::error::Result;
use crate::http::{Page, Params};
use crate::identity::caller::{MayOrder, MayRead, Visitor};
use crate::ids::AccountId;
use crate::inventory::rules::StockBook;
use crate::inventory::{self, Purpose};
use crate::orders::{self, purchases};
use crate::pricing::{self, PriceBook};
use crate::quantity::Quantity;
use crate::state::AppState;
use crate::web::components::address;
use crate::web::{Chip, Pager, Shell};

/// Longest text that is looked for, in characters.
const QUERY_CHARS_MAX: usize = 200;
/// Categories that are links at once; the others are behind a fold.
const CATEGORIES_OPEN: usize = 10;

/// Which articles to show.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageParams {
    /// Words or a number.
    q: String,
    /// Exactly this category.
    category: String,
    /// `1`: only what was ordered lately.
    ordered: String,
    cursor: String,
}

/// What a cursor belongs to.
#[derive(Debug, Clone, Serialize)]
struct Mark {
    q: String,
    category: String,
    ordered: bool,
}

#[derive(Template)]
#[template(path = "browsing/templates/list.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    may_order: bool,
    mark: &'a Mark,
    /// Where this page is; the form comes back to it.
    here: String,
    currency: String,
    categories: Vec<CategoryLink>,
    more_categories: Vec<CategoryLink>,
    /// The current one is among them.
    is_more_open: bool,
    is_filtered: bool,
    without_ordered: String,
    with_ordered: String,
    rows: Vec<Row>,
    pager: Option<Pager>,
}

struct CategoryLink {
    name: String,
    articles: Option<String>,
    path: String,
    is_current: bool,
}

struct Row {
    path: String,
    sku: String,
    number: String,
    name: String,
    under: Vec<String>,
    units: Vec<(String, String, bool)>,
    unit: String,
    content: Option<String>,
    price: Option<PriceCell>,
    /// It can't be ordered yet.
    is_coming: bool,
    /// A quote is asked for.
    on_request: bool,
    stock: Chip,
    stock_text: String,
}

struct PriceCell {
    price: String,
    under: Option<String>,
    /// `from 10,000 pieces: 2.55`
    next_break: Option<String>,
}

/// What a page needs to know.
struct Found {
    articles: Vec<Article>,
    terms: Terms,
    book: PriceBook,
    stock: StockBook,
    coming: Coming,
    last_units: std::collections::HashMap<crate::ids::ProductId, String>,
}

fn find(
    connection: &mut Connection,
    account_id: AccountId,
    mark: &Mark,
    after_sku: Option<String>,
    fetch: i64,
) -> Result<Found> {
    let terms = terms::load(connection, account_id)?;
    let now = now();
    let today = day_in(terms.supplier_zone, now);
    let words = search_words(&[&mark.q]);
    let among = match mark.ordered {
        true => Some(purchases::list_products(connection, account_id, today)?),
        false => None,
    };
    // Nothing that could be a word was asked for, so nothing has it.
    let articles = match words.is_empty() && !mark.q.is_empty() {
        true => Vec::new(),
        false => {
            let filter = Filter {
                words,
                category: Some(mark.category.clone()).filter(|name| !name.is_empty()),
                after_sku,
                among,
            };
            catalogue::list(connection, account_id, &filter, fetch)?
        }
    };
    let ids: Vec<_> = articles.iter().map(|article| article.product_id).collect();
    Ok(Found {
        book: pricing::load(connection, &terms, &ids, today)?,
        stock: inventory::load_seen_by(connection, &ids, (&terms).into(), Purpose::Preview, today)?,
        coming: Coming::load(connection, &terms, &ids, (today, now))?,
        last_units: orders::last_units(connection, account_id, &ids)?,
        terms,
        articles,
    })
}

/// My catalogue
#[get("/products")]
pub async fn list(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    Params(shown): Params<PageParams>,
) -> Result<HttpResponse> {
    let mark = Mark {
        q: shown.q.trim().chars().take(QUERY_CHARS_MAX).collect(),
        category: shown.category,
        ordered: shown.ordered == "1",
    };
    let at = Some(shown.cursor).filter(|cursor| !cursor.is_empty());
    let page = Page::shown(at.clone());
    let (after_sku, fetch): (Option<String>, _) = (page.after(&mark)?, page.fetch());
    let (account_id, asked) = (visitor.customer.account_id, mark.clone());
    let mut found = state
        .db
        .read(move |connection| find(connection, account_id, &asked, after_sku.clone(), fetch))
        .await?;
    let counted = catalogue::categories(&state.db, account_id).await?;
    let (articles, next) = page.cut(&mark, std::mem::take(&mut found.articles), |article| {
        article.sku.clone()
    })?;
    found.articles = articles;
    let shell = &visitor.shell;
    let path = |category: &str, ordered: bool, at: Option<&str>| {
        let ordered = if ordered { "1" } else { "" };
        let query = [("q", mark.q.as_str()), ("category", category), ("ordered", ordered)];
        address("/products", query.into_iter().chain(at.map(|at| ("cursor", at))))
    };
    let pager = (at.is_some() || next.is_some()).then(|| {
        let query = [
            ("q", mark.q.as_str()),
            ("category", mark.category.as_str()),
            ("ordered", if mark.ordered { "1" } else { "" }),
        ];
        let text = shell.t1("products-shown", "count", found.articles.len());
        Pager::new(shell, "/products", &query, at.as_deref(), next.as_deref(), text)
    });
    let mut categories: Vec<_> = counted
        .iter()
        .map(|category| {
            let is_current = category.name == mark.category;
            CategoryLink {
                name: category.name.clone(),
                articles: category.articles.map(|count| shell.language.decimal(count)),
                // The current one leads out of itself.
                path: path(if is_current { "" } else { &category.name }, mark.ordered, None),
                is_current,
            }
        })
        .collect();
    let more_categories = categories.split_off(categories.len().min(CATEGORIES_OPEN));
    let page = ListPage {
        shell,
        may_order: visitor.may::<MayOrder>(),
        here: path(&mark.category, mark.ordered, at.as_deref()),
        currency: found.terms.currency.code().to_owned(),
        categories,
        is_more_open: more_categories.iter().any(|link| link.is_current),
        more_categories,
        is_filtered: !mark.q.is_empty() || !mark.category.is_empty() || mark.ordered,
        without_ordered: path(&mark.category, false, None),
        with_ordered: path(&mark.category, true, None),
        rows: found
            .articles
            .iter()
            .map(|article| row(shell, &found, article))
            .collect(),
        pager,
        mark: &mark,
    };
    shell.page(&page)
}

fn row(shell: &Shell, found: &Found, article: &Article) -> Row {
    let (language, terms) = (shell.language, &found.terms);
    let last = found.last_units.get(&article.product_id).map(String::as_str);
    let unit = units::usual(article, last).map(|(unit, _)| unit);
    let offers = found.book.offers(article.product_id);
    let (stock, stock_text) = words::stock(shell, article, &found.stock, &found.coming);
    let price = unit.and_then(|unit| {
        let priced = words::priced(article, unit, &offers)?;
        let (price, under) = words::prices(language, article, unit, &priced, terms);
        let next_break = priced.explanation.next_break.as_ref().and_then(|next| {
            let price = crate::money::UnitPrice::parse(next.unit_price.as_deref()?).ok()?;
            let unit = language.unit(&article.base_unit, Quantity::new(2, 0));
            let from = format!("{}\u{a0}{unit}", language.decimal(&next.min_quantity));
            let price = language.price(price, terms.currency.exponent());
            Some(shell.t2("products-break", "from", from, "price", price))
        });
        Some(PriceCell {
            price,
            under,
            next_break,
        })
    });
    Row {
        path: format!("/products/{}", article.product_id),
        sku: article.sku.clone(),
        number: words::number(article).to_owned(),
        name: article.name.clone(),
        under: words::under(shell, article),
        units: words::units(language, article, unit.map_or("", |unit| unit.unit.as_str())),
        unit: unit.map_or_else(String::new, |unit| catalogue::words::unit_name(language, unit)),
        content: unit.and_then(|unit| words::content(language, article, unit)),
        price,
        is_coming: found.coming.opens_on(article).is_some(),
        on_request: article.price_on_request,
        stock,
        stock_text,
    }
}
