//! All orders of the account, the open ones first.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use serde::Deserialize;

use super::view::{class_chip, state_chip};
use crate::accounts;
use crate::accounts::rules::Site;
use crate::db::Connection;
use crate::error::Result;
use crate::http::{Limit, Page, Params};
use crate::identity::caller::{MayOrder, MayRead, Visitor};
use crate::ids::OrderId;
use crate::orders::listing::{self, COUNT_MAX, MATCHING_MAX};
use crate::orders::rules::listing::View;
use crate::orders::rules::promise::{Arrival, Outstanding};
use crate::orders::rules::{Order, State};
use crate::orders::{Filter, Keys, Sort};
use crate::state::AppState;
use crate::web::components::address;
use crate::web::lists::{Heading, Tab, count_text, typed_day};
use crate::web::{Chip, Pager, Shell};

/// Sites that can be chosen from; more than an account has.
pub(super) const SITES_MAX: i64 = 500;
pub(super) const PATH: &str = "/orders";

/// Which part of the list somebody asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    view: String,
    state: String,
    q: String,
    site: String,
    from: String,
    to: String,
    sort: String,
    cursor: Option<String>,
}

/// What somebody asks for, as far as it can be understood.
struct Understood {
    view: View,
    sort: Sort,
    filter: Filter,
    /// Of the fields `from` and `to`.
    faults: [String; 2],
}

impl Asked {
    /// A fault of a day is told beside its field; the list is then shown without it.
    fn understood(&self, shell: &Shell, sites: &[Site]) -> Understood {
        let view = View::from_name(&self.view).unwrap_or_default();
        let chosen = State::from_name(&self.state).filter(|state| view.states().contains(state));
        let day = |text: &str| match typed_day(shell, text) {
            Ok(day) => (day, String::new()),
            Err(fault) => (None, fault),
        };
        let ((from, from_fault), (to, to_fault)) = (day(&self.from), day(&self.to));
        let text = self.q.trim();
        Understood {
            view,
            sort: Sort::from_name(&self.sort).unwrap_or_default(),
            filter: Filter {
                text: Some(text.to_owned()).filter(|text| !text.is_empty()),
                site: sites
                    .iter()
                    .find(|site| site.code == self.site)
                    .map(|site| site.code.clone()),
                from,
                to,
                ..match chosen {
                    Some(state) => Filter::of_states(&[state]),
                    None => Filter::of_states(view.states()),
                }
            },
            faults: [from_fault, to_fault],
        }
    }

    /// What is sought, without what can't be understood.
    pub(super) fn filter(&self, shell: &Shell, sites: &[Site]) -> (Filter, Sort) {
        let understood = self.understood(shell, sites);
        (understood.filter, understood.sort)
    }

    /// The parameters of the list without `sort` and `cursor`.
    pub(super) fn query(&self) -> [(&str, &str); 6] {
        [
            ("view", self.view.as_str()),
            ("state", self.state.as_str()),
            ("q", self.q.trim()),
            ("site", self.site.as_str()),
            ("from", self.from.trim()),
            ("to", self.to.trim()),
        ]
    }

    fn is_filtered(&self) -> bool {
        self.query().iter().skip(1).any(|(_, value)| !value.is_empty())
    }
}

/// An order in the list.
struct Row {
    id: OrderId,
    number: String,
    po_number: String,
    site: String,
    placed: String,
    wanted: String,
    lines: i32,
    total: String,
    chip: Chip,
    class: Option<Chip>,
    outlook: String,
}

#[derive(Template)]
#[template(path = "orders/templates/list.html")]
struct ListPage<'a> {
    shell: &'a Shell,
    asked: &'a Asked,
    may_order: bool,
    view: &'static str,
    sort: &'static str,
    tabs: Vec<Tab>,
    states: Vec<(String, String)>,
    sites: Vec<(String, String)>,
    faults: [String; 2],
    is_filtered: bool,
    clear: String,
    rows: Vec<Row>,
    placed: Heading,
    wanted: Heading,
    /// What the links to files say, and where they lead.
    files: Vec<(String, String)>,
    pager: Pager,
}

fn arrival(shell: &Shell, outstanding: Outstanding) -> String {
    match outstanding.arrival() {
        Arrival::Waiting(lines) => shell.t1("orders-lines-wait", "lines", lines),
        Arrival::By(on) => shell.t1("orders-promised", "day", shell.day(on)),
        Arrival::Gone => String::new(),
    }
}

fn row(shell: &Shell, sites: &[Site], order: &Order, outstanding: Option<Outstanding>) -> Row {
    let site = sites.iter().find(|site| site.code == order.ship_to);
    Row {
        id: order.id,
        number: order.number.to_string(),
        po_number: order.po_number.clone(),
        site: site.map_or_else(|| order.ship_to.clone(), |site| site.name.clone()),
        placed: shell.day(order.placed_on),
        wanted: order.requested_on.map(|on| shell.day(on)).unwrap_or_default(),
        lines: order.line_count,
        total: shell.money(order.gross.unwrap_or(order.net)),
        chip: state_chip(shell, order.state),
        class: class_chip(shell, order.order_class),
        outlook: outstanding
            .map(|outstanding| arrival(shell, outstanding))
            .unwrap_or_default(),
    }
}

fn tabs(shell: &Shell, shown: View, counted: &[(State, i64)]) -> Vec<Tab> {
    let tab = |view: View| {
        let of_view = counted.iter().filter(|(state, _)| view.states().contains(state));
        let count: i64 = of_view.map(|(_, count)| count).sum();
        Tab {
            text: shell.name("orders-view", view.name()),
            count: count_text(shell, count, COUNT_MAX),
            path: address(PATH, [("view", view.name())]),
            is_current: view == shown,
        }
    };
    View::ALL.into_iter().map(tab).collect()
}

/// `7 of 41 orders`
fn shown(shell: &Shell, asked: &Asked, understood: &Understood, matching: i64, counted: &[(State, i64)]) -> String {
    let count_max = match understood.filter.is_of_states() {
        true => COUNT_MAX,
        false => MATCHING_MAX,
    };
    if !asked.is_filtered() {
        let text = count_text(shell, matching, count_max);
        let places = [("count", matching.into()), ("text", text.into())];
        return shell.language.text_with("orders-count", &places);
    }
    let of_view = counted
        .iter()
        .filter(|(state, _)| understood.view.states().contains(state));
    let total: i64 = of_view.map(|(_, count)| count).sum();
    let places = [
        ("count", total.into()),
        ("some", count_text(shell, matching, count_max).into()),
        ("all", count_text(shell, total, COUNT_MAX).into()),
    ];
    shell.language.text_with("orders-some", &places)
}

fn files(shell: &Shell, query: &[(&str, &str)]) -> Vec<(String, String)> {
    let file = |(name, kind, key): (&str, &str, &str)| {
        let path = format!("{PATH}/{name}.{}", kind.to_lowercase());
        (shell.t1(key, "kind", kind), address(&path, query.iter().copied()))
    };
    [
        ("export", "CSV", "orders-file"),
        ("export", "XLSX", "orders-file"),
        ("lines", "CSV", "orders-lines-file"),
        ("lines", "XLSX", "orders-lines-file"),
    ]
    .map(file)
    .into()
}

/// My orders
#[get("/orders")]
pub async fn list(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    Params(asked): Params<Asked>,
) -> Result<HttpResponse> {
    let (shell, account_id) = (&visitor.shell, visitor.customer.account_id);
    let sites = state
        .db
        .read(move |connection| accounts::list_sites(connection, account_id, None, SITES_MAX))
        .await?;
    let understood = asked.understood(shell, &sites);
    let page = Page::new(Limit::default(), asked.cursor.clone());
    // A cursor of another filter begins the list anew.
    let mark = (&understood.filter, understood.sort);
    let after: Option<Keys> = page.after(&mark).unwrap_or_default();
    let (filter, sort, fetch) = (understood.filter.clone(), understood.sort, page.fetch());
    let read =
        move |connection: &mut Connection| listing::find(connection, account_id, &filter, sort, after.as_ref(), fetch);
    let found = state.db.read(read).await?;
    let (orders, next) = page.cut(&mark, found.orders, |(listed, _)| listed.keys())?;
    let query = asked.query();
    let told = shown(shell, &asked, &understood, found.matching, &found.states);
    let sorted: Vec<_> = query
        .iter()
        .copied()
        .chain([("sort", understood.sort.name())])
        .collect();
    let heading =
        |key: &str, class, ways| Heading::new(shell.t(key), class, PATH, &query, ways, understood.sort.name());
    let site = |site: &Site| (site.code.clone(), site.name.clone());
    let name = |state: &State| (state.name().to_owned(), shell.name("order-state", state.name()));
    let any = |key: &str| (String::new(), shell.t(key));
    let page = ListPage {
        shell,
        may_order: visitor.may::<MayOrder>(),
        view: understood.view.name(),
        sort: understood.sort.name(),
        tabs: tabs(shell, understood.view, &found.states),
        states: match understood.view.states() {
            [_] => Vec::new(),
            states => std::iter::once(any("orders-any-state"))
                .chain(states.iter().map(name))
                .collect(),
        },
        sites: match sites.len() {
            0 | 1 => Vec::new(),
            _ => std::iter::once(any("orders-any-site"))
                .chain(sites.iter().map(site))
                .collect(),
        },
        is_filtered: asked.is_filtered(),
        clear: address(PATH, [("view", asked.view.as_str())]),
        rows: orders
            .iter()
            .map(|(listed, outlook)| row(shell, &sites, &listed.order, *outlook))
            .collect(),
        placed: heading("orders-placed", "", ("oldest", "newest")),
        wanted: heading("orders-wanted", "p3", ("wanted", "wanted_last")),
        files: files(shell, &sorted),
        pager: Pager::new(shell, PATH, &sorted, asked.cursor.as_deref(), next.as_deref(), told),
        faults: understood.faults,
        asked: &asked,
    };
    shell.page(&page)
}
