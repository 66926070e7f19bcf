//! Where the people of an account begin: what needs them, what is on its way, what was ordered, who works for them.

use actix_web::{HttpResponse, get, web};
use askama::Template;
use chrono::Datelike;

use super::sentences::{Need, needs};
use crate::accounts::rules::Team;
use crate::clock::now;
use crate::error::Result;
use crate::home::rules::{Credit, credit};
use crate::home::standing::{self, ROWS, Standing};
use crate::identity::caller::{Anyone, MayManage, MayOrder, MayRead, Visitor};
use crate::money::Money;
use crate::orders::rules::months::months;
use crate::orders::rules::{Order, State};
use crate::orders::words::state_chip;
use crate::shipments::rules::Shipment;
use crate::state::AppState;
use crate::web::charts::{Bars, Caption, Figure, Meter, Share};
use crate::web::{Area, Chip, Shell, Tone, see_other};

#[derive(Template)]
#[template(path = "home/templates/home.html")]
struct HomePage<'a> {
    shell: &'a Shell,
    may_order: bool,
    may_manage: bool,
    /// Nothing was ever ordered, nothing begun.
    is_new: bool,
    needs: Vec<Need>,
    arriving: Vec<ArrivingRow>,
    more_arriving: bool,
    latest: Vec<OrderRow>,
    spend: Option<Bars>,
    states: Option<Share>,
    credit: Option<Meter>,
    team: Vec<TeamRow>,
}

struct ArrivingRow {
    path: String,
    number: i64,
    order_path: String,
    order: String,
    left: String,
    carrier: String,
}

struct OrderRow {
    path: String,
    number: i64,
    po_number: String,
    placed: String,
    total: String,
    chip: Chip,
}

struct TeamRow {
    name: String,
    function: String,
    phone: Option<String>,
    dial: String,
    email: String,
    /// Who steps in, while they are away.
    stand_in: Option<String>,
}

/// Home; staff go to their desk.
#[get("/")]
pub async fn home(state: web::Data<AppState>, anyone: Anyone) -> Result<HttpResponse> {
    let Anyone { caller, shell } = anyone;
    if shell.area == Area::Desk {
        return Ok(see_other("/desk").into());
    }
    let visitor = Visitor::<MayRead> {
        customer: caller.customer()?,
        shell,
    };
    let account_id = visitor.customer.account_id;
    let standing = state
        .db
        .read(move |connection| standing::load(connection, account_id, now()))
        .await?;
    let shell = &visitor.shell;
    let may_order = visitor.may::<MayOrder>();
    let rows = usize::try_from(ROWS).unwrap_or(usize::MAX);
    let page = HomePage {
        may_order,
        may_manage: visitor.may::<MayManage>(),
        is_new: standing.latest.is_empty() && standing.drafts.is_empty(),
        needs: needs(shell, &standing, (may_order, visitor.may::<MayManage>())),
        arriving: standing
            .arriving
            .iter()
            .take(rows)
            .map(|one| arriving(shell, one))
            .collect(),
        more_arriving: standing.arriving.len() > rows,
        latest: standing.latest.iter().map(|order| order_row(shell, order)).collect(),
        spend: spend(shell, &standing),
        states: states(shell, &standing),
        credit: credit_meter(shell, &standing),
        team: team(shell, &standing.team, &standing),
        shell,
    };
    shell.page(&page)
}

fn arriving(shell: &Shell, shipment: &Shipment) -> ArrivingRow {
    let carrier = [shipment.carrier.as_deref(), shipment.tracking_number.as_deref()];
    ArrivingRow {
        path: format!("/shipments/{}", shipment.id),
        number: shipment.number,
        order_path: format!("/orders/{}", shipment.order_id),
        order: shipment.po_number.clone(),
        left: shell.day(shipment.shipped_on),
        carrier: carrier.into_iter().flatten().collect::<Vec<_>>().join(" "),
    }
}

fn order_row(shell: &Shell, order: &Order) -> OrderRow {
    OrderRow {
        path: format!("/orders/{}", order.id),
        number: order.number,
        po_number: order.po_number.clone(),
        placed: shell.day(order.placed_on),
        total: shell.money(order.gross.unwrap_or(order.net)),
        chip: state_chip(shell, order.state),
    }
}

/// Net ordered by month; nothing where nothing was ordered.
fn spend(shell: &Shell, standing: &Standing) -> Option<Bars> {
    let money = |minor| shell.money(Money::new(minor, standing.terms.currency));
    let months = months(standing.today, &standing.months);
    let (highest, most) = months.iter().copied().max_by_key(|(_, minor)| *minor)?;
    if most == 0 {
        return None;
    }
    let name = |month: chrono::NaiveDate| shell.t(&format!("month-short-{}", month.month()));
    let sum = months.iter().fold(0_i64, |sum, (_, minor)| sum.saturating_add(*minor));
    let finding = shell.language.text_with(
        "home-spend-finding",
        &[
            ("sum", money(sum).into()),
            ("month", format!("{} {}", name(highest), highest.year()).into()),
            ("most", money(most).into()),
        ],
    );
    let values = months
        .iter()
        .map(|(month, minor)| Figure::new(name(*month), *minor, money(*minor)));
    Some(Bars::new(
        shell,
        Caption::new(shell.t("word-spend"), finding),
        [shell.t("word-month"), shell.t("word-net")],
        values.collect(),
        |minor| scale_text(shell, Money::new(minor, standing.terms.currency)),
    ))
}

/// An amount of a scale: without decimals where it has none, its currency stands in the sentence above.
fn scale_text(shell: &Shell, amount: Money) -> String {
    let whole = 10_i64.pow(amount.currency.exponent().into());
    match amount.minor % whole {
        0 => shell.language.decimal(amount.minor / whole),
        _ => shell.language.amount(amount),
    }
}

/// Orders that are not over, by state, in the order an order goes through them.
fn states(shell: &Shell, standing: &Standing) -> Option<Share> {
    let counted: Vec<_> = State::ALL
        .iter()
        .filter_map(|state| {
            let (_, count) = standing.open_orders.iter().find(|(name, _)| name == state.name())?;
            let text = shell.language.decimal(count);
            let figure = Figure::new(shell.name("order-state", state.name()), *count, text);
            Some((figure, Some(format!("/orders?state={}", state.name()))))
        })
        .collect();
    let open: i64 = counted.iter().map(|(figure, _)| figure.amount).sum();
    let finding = shell.t1("home-states-finding", "count", open);
    (open > 0).then(|| Share::new(shell, Caption::new(shell.t("home-states"), finding), counted))
}

fn credit_meter(shell: &Shell, standing: &Standing) -> Option<Meter> {
    let limit = standing.terms.credit_limit?;
    let used = Money::new(standing.exposure_minor, limit.currency);
    let tone = match credit(limit.minor, used.minor) {
        Credit::Free => Tone::Info,
        Credit::Nearly => Tone::Warn,
        Credit::Used => Tone::Bad,
    };
    let finding = shell.t2(
        "home-credit-finding",
        "used",
        shell.money(used),
        "limit",
        shell.money(limit),
    );
    Some(Meter::new(
        Caption::new(shell.t("home-credit-title"), finding),
        used.minor,
        limit.minor,
        tone,
    ))
}

fn team(shell: &Shell, team: &Team, standing: &Standing) -> Vec<TeamRow> {
    let places = team.places.iter().take(3).map(|place| {
        let contact = crate::parties::Contact {
            name: place.staff.name.clone(),
            phone: place.staff.phone.clone(),
            email: None,
        };
        TeamRow {
            name: place.staff.name.clone(),
            function: shell.name("team-function", place.function.name()),
            dial: contact.dial(),
            phone: contact.phone,
            email: place.staff.email.clone(),
            stand_in: team
                .stand_in(place, standing.today)
                .map(|staff| shell.t1("home-stand-in", "name", staff.name.as_str())),
        }
    });
    places.collect()
}
