//! What was sent to an endpoint and what waits, in a table and one by one.

use actix_web::HttpResponse;
use askama::Template;
use serde::Deserialize;

use super::Room;
use crate::clock::now;
use crate::db::Connection;
use crate::error::Result;
use crate::ids::{WebhookDeliveryId, WebhookEndpointId};
use crate::web::components::address;
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::lists::Tab;
use crate::web::{Chip, Shell};
use crate::webhooks::rules::{DeliveryState, State};
use crate::webhooks::shapes::subject;
use crate::webhooks::words::{delivery_chip, ending, kind};
use crate::webhooks::{self, AttemptRow, DeliveryRow};

/// Which deliveries.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DeliveryParams {
    state: String,
    cursor: Option<String>,
}

#[derive(Template)]
#[template(path = "webhooks/templates/delivery.html")]
struct DeliveryPage<'a> {
    shell: &'a Shell,
    path: &'static str,
    may_resend: bool,
    row: DeliveryRow,
    url: String,
    title: String,
    chip: Chip,
    facts: Vec<(String, String)>,
    /// When, how it ended, how long it took, what was answered.
    attempts: Vec<(String, String, String, String)>,
}

impl<'a> Room<'a> {
    /// Deliveries as a table.
    pub(super) fn table(&self, list: List<'a>, rows: &[DeliveryRow]) -> List<'a> {
        let shell = self.shell;
        let row = |row: &DeliveryRow| {
            let how = ending(shell, row.last_status, row.last_error.as_deref());
            let next = (row.state == DeliveryState::Due && row.attempts > 0)
                .then(|| shell.t1("webhook-next", "moment", shell.moment(row.next_attempt_at)));
            vec![
                Cell::link(self.at(format_args!("deliveries/{}", row.id)), kind(shell, &row.kind)),
                Cell::text(shell.moment(row.created_at)),
                Cell::chip(delivery_chip(shell, row)).and_under(next.unwrap_or_default()),
                Cell::text(row.attempts.to_string()),
                Cell::text(how),
            ]
        };
        list.column("webhook-event", "id")
            .column("word-when", "nowrap")
            .column("word-state", "")
            .column("webhook-attempts", "num")
            .column("webhook-answer", "p3")
            .rows(rows.iter().map(row))
            .none("webhook-deliveries-empty")
    }

    pub async fn deliveries(&self, id: WebhookEndpointId, params: DeliveryParams) -> Result<HttpResponse> {
        let (shell, account_id) = (self.shell, self.keeper.account_id);
        let row = self
            .read(move |connection| webhooks::find(connection, account_id, id))
            .await?;
        let wanted = DeliveryState::from_name(&params.state);
        let part = Part::read(
            &self.state.db,
            params.cursor.as_deref(),
            (id.0, wanted),
            |row: &DeliveryRow| row.id,
            move |connection, filter, after, limit| {
                webhooks::deliveries(connection, (account_id, id), filter.1, after, limit)
            },
        )
        .await?;
        let path = self.at(format_args!("{id}/deliveries"));
        let chosen = wanted.map_or("", DeliveryState::name);
        let tab = |name: &'static str| Tab {
            path: address(&path, [("state", name)]),
            text: shell.name("webhook-view", if name.is_empty() { "all" } else { name }),
            count: String::new(),
            is_current: name == chosen,
        };
        let list = List::new(shell, path.clone()).keep("state", chosen);
        let list = self.table(list, &part.rows).counted("webhook-deliveries-shown", &part);
        ListPage::new("webhook-deliveries", list)
            .summary(row.url)
            .below(self.path, "webhooks")
            .action(&self.at(id), "webhook-to-endpoint")
            .tabs(["", "due", "behind", "parked", "delivered"].map(tab))
            .answer()
    }

    pub async fn delivery(&self, id: WebhookDeliveryId) -> Result<HttpResponse> {
        let (shell, account_id) = (self.shell, self.keeper.account_id);
        let read = move |connection: &mut Connection| {
            let row = webhooks::delivery(connection, account_id, id)?;
            let endpoint = webhooks::find(connection, account_id, row.endpoint_id)?;
            let attempts = webhooks::attempts(connection, id)?;
            Ok((row, endpoint, attempts))
        };
        let (row, endpoint, attempts) = self.read(read).await?;
        let mut facts = vec![
            (shell.t("webhook-type"), row.kind.clone()),
            (shell.t("webhook-subject"), subject(&row)),
            (
                shell.t("webhook-id"),
                row.event_id.map_or_else(|| row.id.to_string(), |id| id.to_string()),
            ),
            (shell.t("webhook-queued"), shell.moment(row.created_at)),
        ];
        if row.state == DeliveryState::Due {
            facts.push((shell.t("webhook-next-attempt"), shell.moment(row.next_attempt_at)));
        }
        if let Some(at) = row.settled_at {
            facts.push((shell.t("webhook-settled"), shell.moment(at)));
        }
        let attempt = |attempt: AttemptRow| {
            (
                shell.moment(attempt.attempted_at),
                ending(shell, attempt.status, attempt.error.as_deref()),
                shell.t1("webhook-took", "ms", attempt.duration_ms),
                attempt.answer.unwrap_or_default(),
            )
        };
        let page = DeliveryPage {
            shell,
            path: self.path,
            may_resend: self.may_change && row.settled_at.is_some() && endpoint.state == State::Enabled,
            url: endpoint.url,
            title: kind(shell, &row.kind),
            chip: delivery_chip(shell, &row),
            facts,
            attempts: attempts.into_iter().map(attempt).collect(),
            row,
        };
        shell.page(&page)
    }

    pub async fn resend(&self, id: WebhookDeliveryId) -> Result<HttpResponse> {
        let keeper = self.keeper.clone();
        let write = move |tx: &mut Connection| webhooks::resend(tx, &keeper, id, now());
        let outcome = self.state.db.write(write).await;
        let to = self.at(format_args!("deliveries/{id}"));
        self.told(to, outcome.map(|_| self.shell.t("webhook-resent")))
    }
}
