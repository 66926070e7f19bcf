//! Articles from elsewhere: those that other pages add to a draft, and those that are offered while somebody types.

use actix_web::{HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use super::quick_order::{LINES_SHOWN, add_wanted};
use super::rows::unit_name;
use super::{draft_of, editor, or_placed};
use crate::accounts::terms;
use crate::catalogue::{self, ArticleKey};
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::drafts::resolving::Wanted;
use crate::drafts::rules::{TypedLine, units};
use crate::drafts::{editing, suggesting};
use crate::error::Result;
use crate::identity::caller::{MayOrder, Visitor};
use crate::inventory::rules::Status;
use crate::inventory::{self, Purpose};
use crate::orders::rules::Wishes;
use crate::pricing::{self, rules as prices};
use crate::quantity::Quantity;
use crate::state::AppState;
use crate::web::redirect::own_path;
use crate::web::{Chip, Fields, Shape, Tone, see_other};

/// Rows offered at once.
const OFFERED_MAX: usize = 8;
/// Longest text that is completed, in characters.
const TEXT_CHARS_MAX: usize = 100;

/// Adds articles to a draft. Repeated fields `sku`, `unit`, `quantity` stand in the same order; `draft` names another
/// draft than the one the person works on, `back` the page of the catalogue to come back to. A row without a quantity,
/// or with zero, adds nothing.
#[post("/drafts/add")]
pub async fn add(state: web::Data<AppState>, visitor: Visitor<MayOrder>, fields: Fields) -> Result<HttpResponse> {
    let (units, quantities): (Vec<_>, Vec<_>) = (fields.all("unit").collect(), fields.all("quantity").collect());
    let cell = |cells: &[&str], place: usize| cells.get(place).map(|cell| (*cell).to_owned()).unwrap_or_default();
    let lines = fields.all("sku").enumerate().map(|(place, sku)| TypedLine {
        key: sku.to_owned(),
        quantity: cell(&quantities, place),
        unit: cell(&units, place),
        note: String::new(),
    });
    let lines: Vec<_> = lines
        .filter(|line| !line.key.is_empty() && !matches!(line.quantity.as_str(), "" | "0"))
        .collect();
    let id = draft_of(&fields)?;
    let back = fields
        .filled("back")
        .filter(|path| is_of_catalogue(path))
        .map(str::to_owned);
    if lines.is_empty() {
        let text = visitor.shell.t("draft-nothing-added");
        let to = back.unwrap_or_else(|| "/quick-order".to_owned());
        return Ok(see_other(to).flash(Tone::Warn, text).into());
    }
    let editor = editor(&visitor);
    editing::check_lines(&lines)?;
    let find = move |connection: &mut Connection| {
        // By our own number alone: an account may have given it to another article.
        let keys: Vec<_> = lines.iter().map(|line| ArticleKey::Sku(line.key.clone())).collect();
        let articles = catalogue::find_articles(connection, editor.account_id, &keys)?;
        let wanted = lines.iter().zip(&keys).map(|(line, key)| {
            let article = articles.get(key);
            let own = article.and_then(|article| article.customer_part_number.clone());
            let typed = TypedLine {
                key: own.unwrap_or_else(|| line.key.clone()),
                ..line.clone()
            };
            Wanted {
                typed: typed.tidied(),
                product_id: article.map(|article| article.product_id),
                unit_origin: None,
                shown_content: None,
                is_by_blanks: false,
                choices: Wishes::default(),
            }
        });
        Ok(wanted.collect::<Vec<_>>())
    };
    let wanted: Vec<Wanted> = state.db.read(find).await?;
    match add_wanted(&state, editor, id, move || Ok(wanted.clone())).await {
        Ok(added) => {
            let text = visitor.shell.t1("draft-added", "lines", added.count);
            if let Some(back) = back {
                return Ok(see_other(back).flash(Tone::Ok, text).into());
            }
            let to = id.map_or_else(|| "/quick-order".to_owned(), |id| format!("/drafts/{id}"));
            let page = added.total.div_ceil(LINES_SHOWN);
            Ok(see_other(format!("{to}?page={page}")).flash(Tone::Ok, text).into())
        }
        Err(error) => Ok(or_placed(&visitor, id, error)?.into()),
    }
}

/// True for pages of the catalogue, to which a form may lead back.
fn is_of_catalogue(path: &str) -> bool {
    let rest = own_path(path).and_then(|path| path.strip_prefix("/products"));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
}

/// What somebody has typed so far.
#[derive(Debug, Deserialize)]
pub struct Typed {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "drafts/templates/offers.html")]
struct Offers {
    offers: Vec<Offer>,
}

/// An article to take.
struct Offer {
    number: String,
    name: String,
    unit: String,
    price: Option<String>,
    stock: Chip,
}

/// What the text may become: options for the list below the field
#[get("/quick-order/suggest")]
pub async fn suggest(
    state: web::Data<AppState>,
    visitor: Visitor<MayOrder>,
    typed: web::Query<Typed>,
) -> Result<HttpResponse> {
    let text: String = typed.q.trim().chars().take(TEXT_CHARS_MAX).collect();
    let (account_id, shell) = (visitor.customer.account_id, visitor.shell.clone());
    let find = move |connection: &mut Connection| {
        if text.chars().count() < 2 {
            return Ok(Vec::new());
        }
        let articles = suggesting::complete(connection, account_id, &text, OFFERED_MAX)?;
        let terms = terms::load(connection, account_id)?;
        let ids: Vec<_> = articles.iter().map(|article| article.product_id).collect();
        let today = day_in(terms.supplier_zone, now());
        let book = pricing::load(connection, &terms, &ids, today)?;
        let stock = inventory::load_seen_by(connection, &ids, (&terms).into(), Purpose::Preview, today)?;
        let offer = |article: &catalogue::rules::Article| {
            let (language, exponent) = (shell.language, terms.currency.exponent());
            let row = prices::shown_price(article, &book.offers(article.product_id)).map(|row| {
                let base = Quantity::new(row.price_base.into(), 0);
                let unit = article
                    .unit(&row.unit)
                    .map_or(row.unit.as_str(), |unit| unit.unit_code.as_str());
                let price = language.price(row.price, exponent);
                let base = if row.price_base == 1 {
                    String::new()
                } else {
                    format!("{} ", language.quantity(base))
                };
                format!(
                    "{price} {} / {base}{}",
                    terms.currency.code(),
                    language.unit(unit, Quantity::new(row.price_base.into(), 0))
                )
            });
            let (tone, shape, word) = match stock.availability(article.product_id).status {
                Status::InStock => (Tone::Ok, Shape::Dot, "offer-stock-in-stock"),
                Status::Low => (Tone::Warn, Shape::Half, "offer-stock-low"),
                Status::None => (Tone::Neutral, Shape::Ring, "offer-stock-none"),
            };
            Offer {
                number: article
                    .customer_part_number
                    .clone()
                    .unwrap_or_else(|| article.sku.clone()),
                name: article.name.clone(),
                unit: units::usual(article, None).map_or_else(String::new, |(unit, _)| unit_name(language, unit)),
                price: row,
                stock: Chip::new(tone, shape, shell.t(word)),
            }
        };
        Ok(articles.iter().map(|article| offer(article)).collect())
    };
    let offers = state.db.read(find).await?;
    visitor.shell.fragment(&Offers { offers })
}
