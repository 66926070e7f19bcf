//! All orders of the account, the open ones first.

use actix_web::{HttpResponse, get, web};
use serde::Deserialize;

use crate::accounts;
use crate::accounts::sites::Site;
use crate::error::Result;
use crate::http::Params;
use crate::identity::caller::{MayOrder, MayRead, Visitor};
use crate::orders::listing::{self, COUNT_MAX, MATCHING_MAX};
use crate::orders::rules::listing::View;
use crate::orders::rules::promise::{Arrival, Outstanding};
use crate::orders::rules::{Order, State};
use crate::orders::words::{class_chip, state_chip};
use crate::orders::{Filter, Keys, Listed, Sort};
use crate::state::AppState;
use crate::views;
use crate::web::Shell;
use crate::web::components::address;
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::{Tab, count_text, filled, typed_day};

/// Sites that can be chosen from; more than an account has.
pub(super) const SITES_MAX: i64 = 500;
const PATH: &str = "/orders";

/// Which part of the list somebody asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
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

impl ListParams {
    /// A fault of a day is told beside its field; the list is then shown without it.
    fn understood(&self, shell: &Shell, sites: &[Site]) -> Understood {
        let view = View::from_name(&self.view).unwrap_or_default();
        let chosen = State::from_name(&self.state).filter(|state| view.states().contains(state));
        let day = |text: &str| match typed_day(shell, text) {
            Ok(day) => (day, String::new()),
            Err(fault) => (None, fault),
        };
        let ((from, from_fault), (to, to_fault)) = (day(&self.from), day(&self.to));
        Understood {
            view,
            sort: Sort::from_name(&self.sort).unwrap_or_default(),
            filter: Filter {
                text: filled(&self.q),
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
    fn query(&self) -> [(&str, &str); 6] {
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

fn arrival(shell: &Shell, outstanding: Outstanding) -> String {
    match outstanding.arrival() {
        Arrival::Waiting(lines) => shell.t1("orders-lines-wait", "lines", lines),
        Arrival::By(on) => shell.t1("orders-promised", "day", shell.day(on)),
        Arrival::Gone => String::new(),
    }
}

fn row(shell: &Shell, sites: &[Site], order: &Order, outstanding: Option<Outstanding>) -> Vec<Cell> {
    let site = sites.iter().find(|site| site.code == order.ship_to);
    let state = Cell::chip(state_chip(shell, order.state))
        .and_chip(class_chip(shell, order.order_class))
        .and_under(
            outstanding
                .map(|outstanding| arrival(shell, outstanding))
                .unwrap_or_default(),
        );
    vec![
        Cell::link(format!("{PATH}/{}", order.id), order.number.to_string()),
        Cell::mono(&order.po_number),
        Cell::text(shell.day(order.placed_on)),
        Cell::text(order.requested_on.map(|on| shell.day(on)).unwrap_or_default()),
        Cell::text(site.map_or(&order.ship_to, |site| &site.name)),
        Cell::text(order.line_count.to_string()),
        Cell::text(shell.money(order.gross.unwrap_or(order.net))),
        state,
    ]
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
fn shown(
    shell: &Shell,
    params: &ListParams,
    understood: &Understood,
    matching: i64,
    counted: &[(State, i64)],
) -> String {
    let count_max = match understood.filter.is_of_states() {
        true => COUNT_MAX,
        false => MATCHING_MAX,
    };
    if !params.is_filtered() {
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

/// My orders
#[get("/orders")]
pub async fn list(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    Params(params): Params<ListParams>,
) -> Result<HttpResponse> {
    let (shell, account_id) = (&visitor.shell, visitor.customer.account_id);
    let sites = state
        .db
        .read(move |connection| accounts::list_sites(connection, account_id, None, SITES_MAX))
        .await?;
    let understood = params.understood(shell, &sites);
    let (part, (matching, counted)) = Part::read_with(
        &state.db,
        params.cursor.as_deref(),
        (understood.filter.clone(), understood.sort),
        |(listed, _): &(Listed, Option<Outstanding>)| listed.keys(),
        move |connection, (filter, sort), after: Option<Keys>, limit| {
            let found = listing::find(connection, account_id, filter, *sort, after.as_ref(), limit)?;
            Ok((found.orders, (found.matching, found.states)))
        },
    )
    .await?;
    let shown = shown(shell, &params, &understood, matching, &counted);
    let [from_fault, to_fault] = &understood.faults;
    let states = understood.view.states().iter();
    let states = states.map(|state| (state.name().to_owned(), shell.name("order-state", state.name())));
    let mut list = List::new(shell, PATH)
        .keep("view", understood.view.name())
        .sorted(understood.sort.name())
        .by_text("q", "orders-text", &params.q);
    // What leaves nothing to choose isn't asked.
    if states.len() > 1 {
        list = list.by_choice("state", "word-state", &params.state, "orders-any-state", states);
    }
    if sites.len() > 1 {
        let sites = sites.iter().map(|site| (site.code.clone(), site.name.clone()));
        list = list.by_choice("site", "preview-ship-to", &params.site, "orders-any-site", sites);
    }
    list = list
        .by_day("from", "orders-from", &params.from, from_fault)
        .by_day("to", "list-to", &params.to, to_fault)
        .column("word-order", "id")
        .column("word-po-number", "")
        .sorting_column("orders-placed", "", ("oldest", "newest"))
        .sorting_column("word-wanted-on", "p3", ("wanted", "wanted_last"))
        .column("preview-ship-to", "p3")
        .column("word-lines", "num p3")
        .column("word-total", "num")
        .column("word-state", "")
        .rows(
            part.rows
                .iter()
                .map(|(listed, outlook)| row(shell, &sites, &listed.order, *outlook)),
        )
        .none("orders-none")
        .none_found("orders-none-found")
        .paged(shown, &part)
        .saved(views::of(&state.db, visitor.customer.person_id, PATH).await?);
    for (name, key) in [("export", "orders-file"), ("lines", "orders-lines-file")] {
        list = list
            .file(shell.t1(key, "kind", "CSV"), &format!("{PATH}/{name}.csv"))
            .file(shell.t1(key, "kind", "XLSX"), &format!("{PATH}/{name}.xlsx"));
    }
    let may_order = visitor.may::<MayOrder>();
    if may_order {
        list = list.none_step("/quick-order", "drafts-start");
    }
    let page = ListPage::new("orders", list).tabs(tabs(shell, understood.view, &counted));
    page.primary_if(may_order, "/quick-order", "quick-order").answer()
}
