//! All price lists, making one and changing one.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use askama::Template;
use serde::Deserialize;

use crate::accounts::rules::Tier;
use crate::catalogue::assortments;
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Page, PathId};
use crate::identity::caller::{Confirmed, Desk, MayReadDesk, MaySetPrices};
use crate::ids::PriceListId;
use crate::pricing::editing::{self, ListFilter};
use crate::pricing::inputs::NewList;
use crate::pricing::rules::keeping::KeptList;
use crate::pricing::rules::{Level, Method, Scale};
use crate::pricing::view::kept::{span, validity_chip};
use crate::state::AppState;
use crate::views;
use crate::web::components::address;
use crate::web::export::{Export, READ_MAX, Value};
use crate::web::list::{Cell, List, ListPage};
use crate::web::lists::filled;
use crate::web::{Chip, Fields, Form, Shape, Shell, Tone, see_other};

/// What to show.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageParams {
    q: String,
    kind: String,
    account: String,
    cursor: Option<String>,
}

impl PageParams {
    fn filter(&self) -> ListFilter {
        ListFilter {
            text: filled(&self.q),
            kind: filled(&self.kind),
            account: filled(&self.account),
        }
    }
}

/// What a kind is called, as a chip.
pub(super) fn kind_chip(shell: &Shell, kind: Level) -> Chip {
    let tone = match kind {
        Level::Contract => Tone::Priority,
        Level::Account => Tone::Info,
        Level::Tier => Tone::Warn,
        Level::Base => Tone::Neutral,
    };
    Chip::new(tone, Shape::Square, shell.name("plist-kind", kind.name()))
}

/// Whom a list is for, in words.
pub(super) fn for_whom(shell: &Shell, list: &KeptList) -> String {
    match (&list.owner, list.tier) {
        (Some(owner), _) => match &list.site {
            Some(site) => format!("{} · {site}", owner.name),
            None => owner.name.clone(),
        },
        (None, Some(tier)) => shell.name("tier", tier.name()),
        (None, None) => shell.t("plist-everybody"),
    }
}

fn row(shell: &Shell, list: &KeptList) -> Vec<Cell> {
    vec![
        Cell::link(format!("/desk/price-lists/{}", list.id), &list.code).and_under(&list.name),
        Cell::chip(kind_chip(shell, list.kind)),
        Cell::text(for_whom(shell, list)),
        Cell::text(list.currency.code()),
        Cell::text(shell.language.decimal(list.prices)),
        Cell::chip(validity_chip(shell, list.validity)).and_under(span(shell, list.validity)),
    ]
}

fn kinds(shell: &Shell, all: bool) -> Vec<(String, String)> {
    let every = all.then(|| (String::new(), shell.t("plist-kind-all")));
    let kinds = Level::ALL
        .iter()
        .map(|kind| (kind.name().to_owned(), shell.name("plist-kind", kind.name())));
    every.into_iter().chain(kinds).collect()
}

const FILE: Export<KeptList> = Export {
    name: "price-lists",
    columns: &[&[
        ("id", |list| Value::text(list.id.to_string())),
        ("code", |list| Value::text(&list.code)),
        ("name", |list| Value::text(&list.name)),
        ("currency", |list| Value::text(list.currency.code())),
        ("kind", |list| Value::text(list.kind.name())),
        ("account", |list| {
            Value::maybe(list.owner.as_ref(), |owner| Value::text(&owner.code))
        }),
        ("tier", |list| Value::maybe(list.tier, |tier| Value::text(tier.name()))),
        ("rank", |list| Value::number(list.rank)),
        ("valid_from", |list| Value::maybe(list.validity.from, Value::Day)),
        ("valid_to", |list| Value::maybe(list.validity.to, Value::Day)),
        ("contract", |list| Value::maybe(list.contract.as_ref(), Value::text)),
        ("site", |list| Value::maybe(list.site.as_ref(), Value::text)),
        ("scale", |list| Value::text(list.scale.name())),
        ("method", |list| Value::text(list.method.name())),
        ("prices", |list| Value::number(list.prices)),
    ]],
};

/// All price lists
#[get("/desk/price-lists")]
pub async fn show_all(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    asked: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let filter = asked.filter();
    let page = Page::shown(asked.cursor.clone());
    let after: String = page.after(&filter)?.unwrap_or_default();
    let (wanted, fetch) = (filter.clone(), page.fetch());
    let read = move |connection: &mut Connection| editing::list_lists(connection, &wanted, &after, fetch);
    let lists = state.db.read(read).await?;
    let shell = &desk.shell;
    let (lists, next) = page.cut(&filter, lists, |list| list.code.clone())?;
    let mut list = List::new(shell, "/desk/price-lists")
        .by_text("q", "plist-search", &asked.q)
        .by_choice("kind", "plist-kind", &asked.kind, "plist-kind-all", kinds(shell, false));
    if filter.account.is_some() {
        list = list.by_text("account", "desk-filter-account", &asked.account);
    }
    let shown = shell.t1("plist-shown", "count", lists.len());
    list = list
        .column("plist-code", "id")
        .column("plist-kind", "")
        .column("plist-for", "")
        .column("plist-currency", "")
        .column("plist-prices", "num")
        .column("plist-validity", "")
        .rows(lists.iter().map(|list| row(shell, list)))
        .none("plist-none")
        .none_found("plist-none-found")
        .export()
        .pages(shown, asked.cursor.as_deref(), next.as_deref())
        .saved(views::of(&state.db, desk.staff.person_id, "/desk/price-lists").await?);
    if desk.may::<MaySetPrices>() {
        list = list.none_step("/desk/price-lists/new", "plist-new");
        return ListPage::new("nav-price-lists", list)
            .action("/desk/price-equals", "price-equals-link")
            .primary("/desk/price-lists/new", "plist-new")
            .answer();
    }
    ListPage::new("nav-price-lists", list)
        .action("/desk/price-equals", "price-equals-link")
        .answer()
}

/// The price lists of the list as a file
#[get("/desk/price-lists/export.{format}")]
pub async fn export(
    state: web::Data<AppState>,
    desk: Desk<MayReadDesk>,
    request: HttpRequest,
    asked: web::Query<PageParams>,
) -> Result<HttpResponse> {
    let filter = asked.filter();
    let read = move |connection: &mut Connection| editing::list_lists(connection, &filter, "", READ_MAX);
    let rows = state.db.read(read).await?;
    FILE.answer(&state.exports, &desk.shell, &request, rows).await
}

#[derive(Template)]
#[template(path = "pricing/templates/price_list_form.html")]
struct FormPage<'a> {
    shell: &'a Shell,
    /// The list that is changed; none for a new one.
    id: Option<PriceListId>,
    code: String,
    version: String,
    form: Form,
    kinds: Vec<(String, String)>,
    tiers: Vec<(String, String)>,
    accounts: Vec<(String, String)>,
    scales: Vec<(String, String)>,
    methods: Vec<(String, String)>,
}

fn named(shell: &Shell, family: &'static str, names: &[&str]) -> Vec<(String, String)> {
    let named = names.iter().map(|name| ((*name).to_owned(), shell.name(family, name)));
    named.collect()
}

/// Code and name of the accounts to choose from.
fn accounts(connection: &mut Connection) -> Result<Vec<(String, String)>> {
    let all = assortments::extents(connection)?;
    let choice = |account: assortments::Extent| {
        let text = format!("{} · {}", account.code, account.name);
        (account.code, text)
    };
    Ok(all.into_iter().map(choice).collect())
}

fn answer(shell: &Shell, list: Option<&KeptList>, form: Form, accounts: Vec<(String, String)>) -> Result<HttpResponse> {
    let nobody = (String::new(), shell.t("plist-no-account"));
    let no_tier = (String::new(), shell.t("plist-no-tier"));
    let tiers = Tier::ALL
        .iter()
        .map(|tier| (tier.name().to_owned(), shell.name("plist-tier", tier.name())));
    shell.page_with(
        form.status(),
        &FormPage {
            shell,
            id: list.map(|list| list.id),
            code: list.map_or_else(String::new, |list| list.code.clone()),
            version: list.map_or_else(String::new, |list| editing::list_version(list).to_string()),
            form,
            kinds: kinds(shell, false),
            tiers: [no_tier].into_iter().chain(tiers).collect(),
            accounts: [nobody].into_iter().chain(accounts).collect(),
            scales: named(shell, "plist-scale", Scale::NAMES),
            methods: named(shell, "plist-method", Method::NAMES),
        },
    )
}

/// The form of a new list
#[get("/desk/price-lists/new")]
pub async fn show_new(state: web::Data<AppState>, desk: Desk<MaySetPrices>) -> Result<HttpResponse> {
    let read = move |connection: &mut Connection| {
        let currency = crate::accounts::supplier(connection)?.map(|supplier| supplier.currency);
        Ok((accounts(connection)?, currency))
    };
    let (accounts, currency) = state.db.read(read).await?;
    let currency = currency.map_or_else(String::new, |currency| currency.code().to_owned());
    let form = Form::of(&desk.shell, [("currency", currency.as_str()), ("kind", "account")]);
    answer(&desk.shell, None, form, accounts)
}

/// Makes a list
#[post("/desk/price-lists/new")]
pub async fn create(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MaySetPrices>>,
    fields: Fields,
) -> Result<HttpResponse> {
    let mut form = Form::sent(&desk.shell, fields);
    if let Some(given) = form.input(&[]) {
        let actor = desk.staff.actor();
        let make = move |tx: &mut Connection| editing::add_list(tx, &actor, &given, now());
        match state.db.write(make).await {
            Ok(list) => {
                let text = desk.shell.t1("plist-made", "code", list.code.as_str());
                let to = see_other(format!("/desk/price-lists/{}", list.id));
                return Ok(to.flash(Tone::Ok, text).into());
            }
            Err(error) => form = form.refused(&desk.shell, error)?,
        }
    }
    answer(&desk.shell, None, form, state.db.read(accounts).await?)
}

fn with_accounts(connection: &mut Connection, id: PriceListId) -> Result<(KeptList, Vec<(String, String)>)> {
    Ok((editing::get_list(connection, id)?, accounts(connection)?))
}

/// The form of a list
#[get("/desk/price-lists/{id}/edit")]
pub async fn show_edit(
    state: web::Data<AppState>,
    desk: Desk<MaySetPrices>,
    PathId(id): PathId<PriceListId>,
) -> Result<HttpResponse> {
    let (list, accounts) = state.db.read(move |connection| with_accounts(connection, id)).await?;
    answer(
        &desk.shell,
        Some(&list),
        Form::stored(&desk.shell, &NewList::from(&list)),
        accounts,
    )
}

/// Changes a list
#[post("/desk/price-lists/{id}/edit")]
pub async fn change(
    state: web::Data<AppState>,
    desk: Confirmed<Desk<MaySetPrices>>,
    PathId(id): PathId<PriceListId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, seen, given) = (desk.staff.actor(), fields.seen(), fields.input()?);
    let changed = state
        .db
        .write(move |tx| editing::change_list(tx, &actor, id, &seen, &given, now()))
        .await;
    match changed {
        Ok(list) => {
            let text = desk.shell.t1("plist-changed", "code", list.code.as_str());
            Ok(see_other(format!("/desk/price-lists/{id}"))
                .flash(Tone::Ok, text)
                .into())
        }
        Err(error) => {
            let form = Form::sent(&desk.shell, fields).refused(&desk.shell, error)?;
            let (list, accounts) = state.db.read(move |connection| with_accounts(connection, id)).await?;
            answer(&desk.shell, Some(&list), form, accounts)
        }
    }
}

/// Where a list is shown, with its filter.
pub(super) fn path_of(id: PriceListId, query: &[(&str, &str)]) -> String {
    address(&format!("/desk/price-lists/{id}"), query.iter().copied())
}
