//! What came of placing a draft, and its paper.

use actix_web::{HttpResponse, get, web};
use askama::Template;

use super::editor;
use super::preview::{Line, line};
use crate::db::Connection;
use crate::drafts;
use crate::drafts::editing::Editor;
use crate::drafts::placing;
use crate::error::Result;
use crate::http::PathId;
use crate::identity::caller::{MayRead, Visitor};
use crate::ids::OrderId;
use crate::orders;
use crate::orders::rules::State;
use crate::state::AppState;
use crate::web::{Chip, Shape, Shell, Tone};

#[derive(Template)]
#[template(path = "drafts/templates/confirmation.html")]
struct ConfirmationPage<'a> {
    shell: &'a Shell,
    order_id: OrderId,
    number: String,
    po_number: String,
    ship_to: String,
    chip: Chip,
    next_step: String,
    readers: String,
    gross: String,
    lines: Vec<Line>,
    currency: String,
    rest: Option<(String, i64)>,
}

/// What came of placing
#[get("/orders/{id}/confirmation")]
pub async fn confirmation(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<OrderId>,
) -> Result<HttpResponse> {
    let Editor {
        account_id, person_id, ..
    } = editor(&visitor);
    let read = move |connection: &mut Connection| {
        let order = orders::get(connection, account_id, id)?;
        let readers = placing::readers(connection, &order)?;
        let rest = drafts::find_current(connection, account_id, person_id)?;
        let rest = match rest {
            Some(draft) => Some((draft, drafts::count_lines(connection, account_id, draft)?)),
            None => None,
        };
        Ok((order, readers, rest))
    };
    let (order, readers, rest) = state.db.read(read).await?;
    let shell = &visitor.shell;
    let (chip, next_step) = match order.state {
        State::OnHold => (
            Chip::new(Tone::Warn, Shape::Diamond, shell.t("confirmation-on-hold")),
            "confirmation-next-hold",
        ),
        State::Placed => (
            Chip::new(Tone::Info, Shape::Ring, shell.t("word-placed")),
            "confirmation-next-placed",
        ),
        _ => (
            Chip::new(Tone::Neutral, Shape::Dot, shell.t("confirmation-under-way")),
            "confirmation-next-later",
        ),
    };
    let page = ConfirmationPage {
        shell,
        order_id: id,
        number: order.number.to_string(),
        po_number: order.po_number.clone(),
        ship_to: order.ship_to.clone(),
        chip,
        next_step: shell.t(next_step),
        readers: readers.join(", "),
        gross: shell.money(order.gross.unwrap_or(order.net)),
        lines: order.lines.iter().map(|one| line(shell, &order, one)).collect(),
        currency: order.currency.code().to_owned(),
        rest: rest
            .filter(|(_, lines)| *lines > 0)
            .map(|(draft, lines)| (format!("/drafts/{draft}"), lines)),
    };
    shell.page(&page)
}

/// The confirmation on paper
#[get("/orders/{id}/confirmation.pdf")]
pub async fn print(
    state: web::Data<AppState>,
    visitor: Visitor<MayRead>,
    PathId(id): PathId<OrderId>,
) -> Result<HttpResponse> {
    let account_id = visitor.customer.account_id;
    let read = move |connection: &mut _| orders::documents::confirmation(connection, account_id, id);
    Ok(state.print(read).await?.into())
}
