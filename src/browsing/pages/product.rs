//! One article: its units, its prices from the smallest order on, how much there is, what the account bought of it.

use std::collections::HashMap;

use actix_web::{HttpResponse, get, web};
use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::accounts::terms::{self, Terms};
use crate::browsing::coming::Coming;
use crate::browsing::instead;
use crate::browsing::pages::months::months;
use crate::browsing::pages::packs::{Instead, Unfit, UnitRow, unit_row, wanted};
use crate::browsing::pages::words;
use crate::catalogue::rules::{Article, OrderQuantity, SaleUnit};
use crate::catalogue::words::{amount, unit_name};
use crate::catalogue::{self};
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::drafts::rules::units;
use crate::error::Result;
use crate::http::{Params, PathId};
use crate::identity::caller::{MayOrder, MayRead, Visitor};
use crate::ids::{AccountId, ProductId};
use crate::inventory::rules::StockBook;
use crate::inventory::{self, Purpose};
use crate::money::Money;
use crate::names::sets::ArticleState;
use crate::orders::purchases::{self, Purchase};
use crate::orders::quotas::{self, Drawn};
use crate::pricing::rules::{Line, Offers, Rung, ladder, price_line, rounded_from, shown_quantity};
use crate::pricing::view::{price_text, why};
use crate::pricing::{self, PriceBook};
use crate::quantity::Quantity;
use crate::state::AppState;
use crate::substitutes::offering::Offer;
use crate::substitutes::words::{Told, told};
use crate::typed::{self, Typed};
use crate::web::charts::Bars;
use crate::web::{Chip, Shape, Shell, Tone};

/// Purchases that are listed.
const PURCHASES_SHOWN: i64 = 10;

/// What to price.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct PageParams {
    unit: String,
    quantity: String,
}

#[derive(Template)]
#[template(path = "browsing/templates/product.html")]
struct ProductPage<'a> {
    shell: &'a Shell,
    may_order: bool,
    /// False once it has ended: then neither price nor stock is told.
    is_sold: bool,
    /// That it is to come, phased out, or has ended.
    notice: Option<String>,
    article: &'a Article,
    number: &'a str,
    stock: Chip,
    stock_text: String,
    free: String,
    lead_time: String,
    /// What is kept for the account: how much, and with whom or of what.
    kept: Vec<(String, String)>,
    currency: String,
    /// As typed, or the smallest order.
    quantity: String,
    options: Vec<(String, String, bool)>,
    unit: String,
    /// What the asked quantity comes to.
    quote: Option<Quote>,
    /// Why it can't be ordered so, and what can be instead.
    fault: String,
    instead: Vec<Instead>,
    rungs: Vec<RungRow>,
    units: Vec<UnitRow>,
    purchases: Vec<PurchaseRow>,
    months: Option<Bars>,
    /// What could be ordered instead: its page, and what is told of it.
    substitutes: Vec<(String, Told)>,
    may_add: bool,
}

struct Quote {
    /// `16 cartons`
    ordered: String,
    /// `8,000 pieces`
    base: Option<String>,
    net: String,
    price: String,
    under: Option<String>,
    why: Vec<String>,
    next_break: Option<String>,
}

struct RungRow {
    from: String,
    base: Option<String>,
    pack_price: String,
    price: String,
    is_current: bool,
}

struct PurchaseRow {
    path: String,
    number: i64,
    day: String,
    quantity: String,
    price: String,
    net: String,
}

struct Found {
    article: Article,
    terms: Terms,
    book: PriceBook,
    stock: StockBook,
    last_units: HashMap<ProductId, String>,
    purchases: Vec<Purchase>,
    months: Vec<(NaiveDate, i64)>,
    kept: Vec<Drawn>,
    coming: Coming,
    offers: Vec<Offer>,
}

fn find(connection: &mut Connection, account_id: AccountId, id: ProductId, asked: &PageParams) -> Result<Found> {
    let article = catalogue::get(connection, account_id, id)?;
    let terms = terms::load(connection, account_id)?;
    let now = now();
    let today = day_in(terms.supplier_zone, now);
    let stock = inventory::load_seen_by(connection, &[id], (&terms).into(), Purpose::Preview, today)?;
    Ok(Found {
        offers: {
            let typed = (asked.unit.as_str(), asked.quantity.as_str());
            instead::offers_of(connection, (&terms, &stock), &article, typed, now)?
        },
        kept: match stock.has_policies() {
            true => quotas::of_account(connection, account_id, Some(id), today)?,
            false => Vec::new(),
        },
        coming: Coming::load(connection, &terms, &[id], (today, now))?,
        book: pricing::load(connection, &terms, &[id], today)?,
        stock,
        last_units: crate::orders::last_units(connection, account_id, &[id])?,
        purchases: purchases::list_of_product(connection, account_id, id, PURCHASES_SHOWN)?,
        months: purchases::list_months(connection, account_id, id, today)?,
        article,
        terms,
    })
}

/// An article of my catalogue
#[get("/products/{id}")]
pub async fn show(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<ProductId>,
    Params(asked): Params<PageParams>,
) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let found = state
        .db
        .read({
            let asked = asked.clone();
            move |connection| find(connection, account_id, id, &asked)
        })
        .await?;
    let (shell, article, terms) = (&visitor.shell, &found.article, &found.terms);
    let language = shell.language;
    let last = found.last_units.get(&id).map(String::as_str);
    let asked_unit = Some(asked.unit.as_str()).filter(|unit| !unit.is_empty());
    let unit =
        units::usual(article, asked_unit.filter(|unit| article.unit(unit).is_some()).or(last)).map(|(unit, _)| unit);
    let offers = found.book.offers(id);
    let (stock, stock_text) = words::stock(shell, article, &found.stock, &found.coming);
    let smallest = unit.and_then(|unit| shown_quantity(article, unit));
    let typed = asked.quantity.trim();
    let wanted = unit.map(|unit| wanted(shell, article, unit, typed, smallest));
    let (quantity, fault, instead) = match wanted {
        Some(Ok(quantity)) => (quantity, String::new(), Vec::new()),
        Some(Err(Unfit { fault, instead })) => (None, fault, instead),
        None => (None, String::new(), Vec::new()),
    };
    let quote = unit
        .zip(quantity)
        .and_then(|(unit, quantity)| quote(shell, &found, unit, (typed, quantity), &offers));
    let rungs = unit.map_or_else(Vec::new, |unit| {
        let rungs = ladder(article, unit, &offers);
        rung_rows(shell, &found, unit, &rungs, quantity)
    });
    let page = ProductPage {
        may_order: visitor.may::<MayOrder>() && found.coming.opens_on(article).is_none(),
        is_sold: article.state != ArticleState::Ended,
        notice: match found.coming.opens_on(article) {
            Some(day) => Some(shell.t1("product-coming", "day", shell.day(day))),
            None => (article.state != ArticleState::Active).then(|| shell.name("offer-notice", article.state.name())),
        },
        number: words::number(article),
        stock,
        stock_text,
        free: amount(
            language,
            article.base_quantity(found.stock.availability(id).free),
            &article.base_unit,
        ),
        lead_time: shell.t1("product-days", "days", article.lead_time_days),
        kept: found
            .kept
            .iter()
            .map(|drawn| words::kept(shell, article, drawn))
            .collect(),
        currency: terms.currency.code().to_owned(),
        quantity: match typed {
            "" => quantity.map_or_else(String::new, |quantity| language.quantity(quantity.ordered)),
            typed => typed.to_owned(),
        },
        options: words::units(language, article, unit.map_or("", |unit| unit.unit.as_str())),
        unit: unit.map_or_else(String::new, |unit| unit_name(language, unit)),
        quote,
        fault,
        instead,
        rungs,
        units: article
            .units
            .iter()
            .map(|unit| unit_row(shell, article, unit, (&offers, terms)))
            .collect(),
        purchases: found
            .purchases
            .iter()
            .map(|purchase| purchase_row(shell, &found, purchase))
            .collect(),
        months: months(shell, &found.article, &found.months),
        substitutes: found
            .offers
            .iter()
            .map(|offer| (format!("/products/{}", offer.article.product_id), told(shell, offer)))
            .collect(),
        may_add: visitor.may::<MayOrder>(),
        article,
        shell,
    };
    shell.page(&page)
}

fn quote(
    shell: &Shell,
    found: &Found,
    unit: &SaleUnit,
    (typed, quantity): (&str, OrderQuantity),
    offers: &Offers<'_>,
) -> Option<Quote> {
    let (language, article, currency) = (shell.language, &found.article, found.terms.currency);
    let line = Line {
        article,
        unit,
        quantity,
    };
    let mut priced = price_line(line, offers).ok()?;
    if let Typed::Value(asked) = typed::quantity(typed) {
        priced.explanation.asked_quantity = rounded_from(&asked, quantity);
    }
    let (price, under) = words::prices(language, article, unit, &priced, &found.terms);
    let next_break = priced.explanation.next_break.as_ref().map(|next| {
        let unit = language.unit(&article.base_unit, Quantity::new(2, 0));
        let from = format!("{}\u{a0}{unit}", language.decimal(&next.min_quantity));
        shell.t2(
            "product-break-saves",
            "from",
            from,
            "saves",
            language.decimal(&next.saves),
        )
    });
    Some(Quote {
        ordered: amount(language, quantity.ordered, &unit.unit_code),
        base: (!unit.is_base).then(|| amount(language, article.base_quantity(quantity.base_steps), &article.base_unit)),
        net: shell.money(Money::new(priced.net_minor, currency)),
        price,
        under,
        why: why(
            shell,
            &priced.explanation,
            priced.unit_price,
            &article.base_unit,
            currency,
        ),
        next_break,
    })
}

fn rung_rows(
    shell: &Shell,
    found: &Found,
    unit: &SaleUnit,
    rungs: &[Rung<'_>],
    quantity: Option<OrderQuantity>,
) -> Vec<RungRow> {
    let (language, article, currency) = (shell.language, &found.article, found.terms.currency);
    let current = quantity.and_then(|quantity| {
        let reached = rungs.iter().filter(|rung| rung.from.base_steps <= quantity.base_steps);
        reached.map(|rung| rung.from.base_steps).max()
    });
    let code = |key: &str| article.unit(key).map_or(key.to_owned(), |unit| unit.unit_code.clone());
    let row = |rung: &Rung<'_>| RungRow {
        from: amount(language, rung.from.ordered, &unit.unit_code),
        base: (!unit.is_base).then(|| {
            amount(
                language,
                article.base_quantity(rung.from.base_steps),
                &article.base_unit,
            )
        }),
        pack_price: match rung.pack_price {
            Some(price) => language.price(price, currency.exponent()),
            None => "–".to_owned(),
        },
        price: price_text(
            language,
            rung.unit_price,
            rung.price_base,
            &code(rung.price_unit),
            currency,
        ),
        is_current: current == Some(rung.from.base_steps),
    };
    rungs.iter().map(row).collect()
}

fn purchase_row(shell: &Shell, found: &Found, purchase: &Purchase) -> PurchaseRow {
    let language = shell.language;
    let code = if purchase.price_unit == purchase.unit {
        &purchase.unit_code
    } else {
        &found.article.base_unit
    };
    PurchaseRow {
        path: format!("/orders/{}", purchase.order_id),
        number: purchase.number,
        day: shell.day(purchase.placed_on),
        quantity: amount(language, purchase.quantity, &purchase.unit_code),
        price: price_text(
            language,
            purchase.unit_price,
            purchase.price_base,
            code,
            found.terms.currency,
        ),
        net: language.amount(Money::new(purchase.net_minor, found.terms.currency)),
    }
}

impl ProductPage<'_> {
    /// Marks goods under the account's own label.
    fn label(&self) -> Option<Chip> {
        let text = || self.shell.t("product-private-label");
        self.article
            .private_label
            .then(|| Chip::new(Tone::Priority, Shape::Square, text()))
    }
}
