//! The shop: the account's catalogue with its prices, quick order, and the basket. There is no way to order here, and none
//! to any other page.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path};
use actix_web::{HttpResponse, get, post};
use askama::Template;
use serde::{Deserialize, Serialize};

use super::{framed, is_told, over};
use crate::accounts::terms;
use crate::catalogue::rules::{Article, search_words};
use crate::catalogue::words::unit_name;
use crate::catalogue::{self, Filter};
use crate::clock::{day_in, now};
use crate::db::Connection;
use crate::drafts::rules::{TypedLine, units};
use crate::error::{Code, Error, FieldError, Result};
use crate::http::{Page, Params};
use crate::identity::caller::Guest;
use crate::pricing::rules::{Line, price_line, shown_quantity};
use crate::pricing::view::price_text;
use crate::pricing::{self, PriceBook};
use crate::punchout::basket::{self, Shown, ShownLine};
use crate::punchout::shopping::{self, Session};
use crate::state::AppState;
use crate::typed::{self, Typed};
use crate::web::components::{Banner, Tone, address};
use crate::web::{Fields, Shell, see_other};

/// Longest text that is looked for, in characters.
const QUERY_CHARS_MAX: usize = 200;
/// Lines of a quick order.
const QUICK_LINES_MAX: usize = 200;

/// Which articles to show.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ShopParams {
    q: String,
    cursor: String,
}

/// What a cursor belongs to.
#[derive(Debug, Clone, Serialize)]
struct Mark {
    q: String,
}

/// A session's page: what stands around it.
pub(super) struct Frame {
    /// `/punchout/s/…`
    path: String,
    lines: usize,
    reads: bool,
    total: String,
    /// `catalogue` or `basket`
    here: &'static str,
}

#[derive(Template)]
#[template(path = "punchout/templates/catalogue.html")]
struct CataloguePage<'a> {
    shell: &'a Shell,
    frame: Frame,
    q: String,
    rows: Vec<Row>,
    next: Option<String>,
}

struct Row {
    sku: String,
    name: String,
    under: Vec<String>,
    price: Option<String>,
    /// Key, text, whether it is chosen.
    units: Vec<(String, String, bool)>,
    lead_time: String,
}

#[derive(Template)]
#[template(path = "punchout/templates/basket.html")]
struct BasketPage<'a> {
    shell: &'a Shell,
    frame: Frame,
    rows: Vec<BasketRow>,
    banner: Option<Banner>,
    /// What was typed into the quick order.
    typed: String,
    is_edit: bool,
}

struct BasketRow {
    key: u32,
    name: String,
    under: String,
    quantity: String,
    unit: String,
    price: String,
    net: String,
    fault: String,
}

fn frame(shell: &Shell, token: &str, session: &Session, shown: &Shown, here: &'static str) -> Frame {
    Frame {
        path: format!("/punchout/s/{token}"),
        lines: session.basket.lines.len(),
        reads: session.reads(),
        total: shell.money(shown.total),
        here,
    }
}

fn frames_of(session: &Session) -> Vec<String> {
    let mut frames = session.setup.setup.frame_ancestors.clone();
    if session.row.mode == crate::punchout::rules::Mode::Test {
        frames.push("'self'".to_owned());
    }
    frames
}

/// The page of a session that can't go on; what else went wrong goes on.
pub(super) async fn told(state: &AppState, shell: &Shell, token: &str, error: Error) -> Result<HttpResponse> {
    if !is_told(&error) {
        return Err(error);
    }
    let token = token.to_owned();
    let frames = state
        .db
        .read(move |connection| shopping::frames(connection, &token))
        .await?;
    over(shell, &error, &frames)
}

/// The catalogue of a session
#[get("/punchout/s/{token}")]
pub async fn show_catalogue(
    state: Data<AppState>,
    guest: Guest,
    path: Path<String>,
    Params(params): Params<ShopParams>,
) -> Result<HttpResponse> {
    let (shell, token) = (guest.shell.signed_out(), path.into_inner());
    let mark = Mark {
        q: params.q.trim().chars().take(QUERY_CHARS_MAX).collect(),
    };
    let page = Page::shown(Some(params.cursor).filter(|cursor| !cursor.is_empty()));
    let (after, fetch): (Option<String>, _) = (page.after(&mark)?, page.fetch());
    let (asked, by) = (mark.clone(), token.clone());
    let read = move |connection: &mut Connection| {
        let session = shopping::get(connection, &by, now())?;
        let shown = basket::show(connection, session.row.account_id, &session.basket, now())?;
        let words = search_words(&[&asked.q]);
        let filter = Filter {
            words: words.clone(),
            after_sku: after.clone(),
            ..Filter::default()
        };
        let articles = match words.is_empty() && !asked.q.is_empty() {
            true => Vec::new(),
            false => catalogue::list(connection, session.row.account_id, &filter, fetch)?,
        };
        let ids: Vec<_> = articles.iter().map(|article| article.product_id).collect();
        let terms = terms::load(connection, session.row.account_id)?;
        let book = pricing::load(connection, &terms, &ids, day_in(terms.supplier_zone, now()))?;
        Ok((session, shown, articles, book))
    };
    let (session, shown, articles, book) = match state.db.read(read).await {
        Ok(found) => found,
        Err(error) => return told(&state, &shell, &token, error).await,
    };
    let (articles, next) = page.cut(&mark, articles, |article: &Article| article.sku.clone())?;
    let frame = frame(&shell, &token, &session, &shown, "catalogue");
    let next = next.map(|cursor| address(&frame.path, [("q", mark.q.as_str()), ("cursor", cursor.as_str())]));
    let page = CataloguePage {
        shell: &shell,
        rows: articles
            .iter()
            .map(|article| row(&shell, article, &book, &shown))
            .collect(),
        q: mark.q,
        next,
        frame,
    };
    framed(shell.page(&page)?, &frames_of(&session), None)
}

fn row(shell: &Shell, article: &Article, book: &PriceBook, shown: &Shown) -> Row {
    let usual = units::usual(article, None).map(|(unit, _)| unit);
    let offers = book.offers(article.product_id);
    let currency = shown.terms.currency;
    let price = usual.and_then(|unit| {
        let quantity = shown_quantity(article, unit)?;
        let line = Line {
            article,
            unit,
            quantity,
        };
        let priced = price_line(line, &offers).ok()?;
        let code = article
            .unit(&priced.price_unit)
            .map_or(priced.price_unit.clone(), |unit| unit.unit_code.clone());
        let text = price_text(shell.language, priced.unit_price, priced.price_base, &code, currency);
        Some(format!("{} {text}", currency.code()))
    });
    let chosen = usual.map(|unit| unit.unit.clone()).unwrap_or_default();
    let mut under = vec![article.sku.clone()];
    under.extend(article.customer_part_number.clone());
    under.extend(article.brand.clone());
    Row {
        sku: article.sku.clone(),
        name: article.name.clone(),
        under,
        price,
        units: article
            .units
            .iter()
            .map(|unit| (unit.unit.clone(), unit_name(shell.language, unit), unit.unit == chosen))
            .collect(),
        lead_time: match article.coming(day_in(shown.terms.supplier_zone, now())) {
            Some(day) => shell.t1("offer-coming", "day", shell.day(day)),
            None => shell.t1("punchout-lead-time", "days", i64::from(article.lead_time_days)),
        },
    }
}

/// Puts an article into the basket of a session
#[post("/punchout/s/{token}/add")]
pub async fn add(state: Data<AppState>, guest: Guest, path: Path<String>, fields: Fields) -> Result<HttpResponse> {
    let (shell, token) = (guest.shell.signed_out(), path.into_inner());
    let line = TypedLine {
        key: fields.get("sku").to_owned(),
        quantity: fields.get("quantity").to_owned(),
        unit: fields.get("unit").to_owned(),
        note: String::new(),
    };
    put(&state, &shell, token, vec![line], String::new()).await
}

/// Puts lines into the basket: `article quantity unit`, each on a line of its own
#[post("/punchout/s/{token}/quick")]
pub async fn quick(state: Data<AppState>, guest: Guest, path: Path<String>, fields: Fields) -> Result<HttpResponse> {
    let (shell, token) = (guest.shell.signed_out(), path.into_inner());
    let typed = fields.raw("lines").to_owned();
    let line = |text: &str| {
        let parts: Vec<_> = match text.contains(['\t', ';']) {
            true => text.split(['\t', ';']).map(str::trim).collect(),
            false => text.split_whitespace().collect(),
        };
        let part = |place: usize| parts.get(place).copied().unwrap_or_default().to_owned();
        TypedLine {
            key: part(0),
            quantity: part(1),
            unit: part(2),
            note: String::new(),
        }
    };
    let texts = typed.lines().map(str::trim).filter(|text| !text.is_empty());
    let lines: Vec<_> = texts.map(line).collect();
    if lines.len() > QUICK_LINES_MAX {
        let detail = crate::punchout::sentences::punchout_quick_lines(QUICK_LINES_MAX);
        let refused = Error::conflict(Code::TooManyLines, detail);
        return show(&state, &shell, &token, Some(refused), typed).await;
    }
    put(&state, &shell, token, lines, typed.clone()).await
}

/// Puts lines into the basket, all or none.
async fn put(
    state: &AppState,
    shell: &Shell,
    token: String,
    lines: Vec<TypedLine>,
    typed: String,
) -> Result<HttpResponse> {
    let by = token.clone();
    let write = move |tx: &mut Connection| {
        shopping::change(tx, &by, now(), |tx, account_id, basket| {
            let found = basket::resolve(tx, account_id, lines.clone(), now())?;
            let mut faults = Vec::new();
            for (place, (line, found)) in lines.iter().zip(found).enumerate() {
                let pointer = format!("/lines/{place}");
                match (found, typed::quantity(&line.quantity)) {
                    (Some((sku, unit)), Typed::Value(quantity)) => basket.add(&sku, &unit, quantity)?,
                    (None, _) => {
                        let detail = crate::sentences::cannot_read(&line.key);
                        faults.push(FieldError::new(pointer, Code::UnknownSku, detail));
                    }
                    _ => {
                        let detail = crate::sentences::cannot_read(&line.quantity);
                        faults.push(FieldError::new(pointer, Code::QuantityInvalid, detail));
                    }
                }
            }
            match faults.is_empty() {
                true => Ok(()),
                false => Err(Error::Invalid(faults)),
            }
        })
    };
    match state.db.write(write).await {
        Ok(()) => Ok(see_other(format!("/punchout/s/{token}/basket")).into()),
        Err(error @ (Error::Invalid(_) | Error::Conflict { .. })) if !is_told(&error) => {
            show(state, shell, &token, Some(error), typed).await
        }
        Err(error) => told(state, shell, &token, error).await,
    }
}

/// The basket of a session
#[get("/punchout/s/{token}/basket")]
pub async fn show_basket(state: Data<AppState>, guest: Guest, path: Path<String>) -> Result<HttpResponse> {
    let (shell, token) = (guest.shell.signed_out(), path.into_inner());
    show(&state, &shell, &token, None, String::new()).await
}

/// The basket, with what was refused of what was asked for.
pub(super) async fn show(
    state: &AppState,
    shell: &Shell,
    token: &str,
    refused: Option<Error>,
    typed: String,
) -> Result<HttpResponse> {
    let by = token.to_owned();
    let read = move |connection: &mut Connection| {
        let session = shopping::get(connection, &by, now())?;
        let shown = basket::show(connection, session.row.account_id, &session.basket, now())?;
        Ok((session, shown))
    };
    let (session, shown) = match state.db.read(read).await {
        Ok(found) => found,
        Err(error) => return told(state, shell, token, error).await,
    };
    let status = refused
        .as_ref()
        .and_then(|error| StatusCode::from_u16(error.code().status()).ok());
    let page = BasketPage {
        shell,
        frame: frame(shell, token, &session, &shown, "basket"),
        rows: shown.lines.iter().map(|line| basket_row(shell, &shown, line)).collect(),
        banner: refused.map(|error| Banner::new(Tone::Bad, shell.error_text(&error))),
        typed,
        is_edit: session.row.operation == crate::punchout::rules::Operation::Edit,
    };
    let answer = shell.page_with(status.unwrap_or(StatusCode::OK), &page)?;
    framed(answer, &frames_of(&session), None)
}

fn basket_row(shell: &Shell, shown: &Shown, line: &ShownLine) -> BasketRow {
    let language = shell.language;
    let (price, net, fault) = match &line.priced {
        Ok(priced) => {
            let article = &priced.article;
            let code = article
                .unit(&priced.priced.price_unit)
                .map_or(priced.priced.price_unit.clone(), |unit| unit.unit_code.clone());
            let currency = shown.terms.currency;
            let price = price_text(
                language,
                priced.priced.unit_price,
                priced.priced.price_base,
                &code,
                currency,
            );
            let net = crate::money::Money::new(priced.priced.net_minor, currency);
            (price, shell.money(net), String::new())
        }
        Err(fault) => (String::new(), String::new(), shell.say(&fault.detail)),
    };
    let article = line.article.as_deref();
    BasketRow {
        key: line.line.key,
        name: article.map_or_else(|| line.line.sku.clone(), |article| article.name.clone()),
        under: line.line.sku.clone(),
        quantity: typed::to_type(language, &line.line.quantity),
        unit: line
            .unit
            .as_ref()
            .map_or_else(|| line.line.unit.clone(), |unit| unit_name(language, unit)),
        price,
        net,
        fault,
    }
}

/// Changes quantities, or takes a line out
#[post("/punchout/s/{token}/basket")]
pub async fn change_basket(
    state: Data<AppState>,
    guest: Guest,
    path: Path<String>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (shell, token) = (guest.shell.signed_out(), path.into_inner());
    let by = token.clone();
    let write = move |tx: &mut Connection| {
        shopping::change(tx, &by, now(), |_, _, basket| {
            if let Some(gone) = fields.filled("remove").and_then(|key| key.parse::<u32>().ok()) {
                basket.lines.retain(|line| line.key != gone);
            }
            let mut faults = Vec::new();
            for (place, line) in basket.lines.iter_mut().enumerate() {
                let name = format!("quantity-{}", line.key);
                let text = fields.get(&name);
                if !fields.has(&name) {
                    continue;
                }
                match typed::quantity(text) {
                    Typed::Value(quantity) => line.quantity = quantity,
                    _ => {
                        let detail = crate::sentences::cannot_read(text);
                        faults.push(FieldError::new(
                            format!("/lines/{place}"),
                            Code::QuantityInvalid,
                            detail,
                        ));
                    }
                }
            }
            match faults.is_empty() {
                true => Ok(()),
                false => Err(Error::Invalid(faults)),
            }
        })
    };
    match state.db.write(write).await {
        Ok(()) => Ok(see_other(format!("/punchout/s/{token}/basket")).into()),
        Err(error @ Error::Invalid(_)) => show(&state, &shell, &token, Some(error), String::new()).await,
        Err(error) => told(&state, &shell, &token, error).await,
    }
}
