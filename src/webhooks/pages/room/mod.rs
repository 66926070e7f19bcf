//! What pages of webhooks show and do, in the portal and on the desk.

mod deliveries;

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use askama::filters::HtmlSafe;
use chrono::{Days, NaiveDate, NaiveTime, TimeZone};
use serde::Deserialize;

use crate::clock::{Timestamp, now};
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::ids::WebhookEndpointId;
use crate::sentences::fill_this_in;
use crate::state::AppState;
use crate::web::list::{Cell, List, ListPage, Part};
use crate::web::{Chip, Fields, Form, Shell, Tone, see_other};
use crate::webhooks::rules::{Audience, Content, State};
use crate::webhooks::words::{endpoint_chip, kind};
use crate::webhooks::{self, EndpointRow, Keeper, Wanted};

pub use self::deliveries::DeliveryParams;

/// Deliveries on the page of an endpoint.
const LATEST: i64 = 8;

/// Where the pages stand, and who reads them.
pub struct Room<'a> {
    pub state: &'a AppState,
    pub shell: &'a Shell,
    pub keeper: Keeper,
    /// The list of endpoints.
    pub path: &'static str,
    pub may_change: bool,
}

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ListParams {
    cursor: Option<String>,
}

/// What is done to an endpoint by one press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    Enable,
    Disable,
    Retire,
}

/// Types of events about one kind of object, with their words and whether they are ticked.
type Group = (String, Vec<(&'static str, String, bool)>);

/// The form of an endpoint, as it is typed or stored.
struct Draft {
    form: Form,
    groups: Vec<Group>,
    contents: Vec<(String, String)>,
}

impl Draft {
    fn new(shell: &Shell, form: Form, audience: Audience) -> Self {
        let mut groups: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for name in webhooks::known_kinds(audience) {
            let noun = name.split('.').next().unwrap_or_default();
            let one = (name, kind(shell, name), form.has("kinds", name));
            groups.entry(shell.name("webhook-group", noun)).or_default().push(one);
        }
        let content = |content: Content| (content.name().to_owned(), shell.name("webhook-content", content.name()));
        Self {
            form,
            groups: groups.into_iter().collect(),
            contents: Content::ALL.into_iter().map(content).collect(),
        }
    }
}

/// What somebody typed.
fn wanted(fields: &Fields) -> Wanted {
    let kinds: Vec<_> = fields.all("kinds").map(str::to_owned).collect();
    Wanted {
        url: Some(fields.get("url").to_owned()),
        description: Some(fields.get("description").to_owned()),
        content: Some(fields.get("content").to_owned()),
        kinds: Some((!fields.has("all")).then_some(kinds)),
    }
}

#[derive(Template)]
#[template(path = "webhooks/templates/new.html")]
struct NewPage<'a> {
    shell: &'a Shell,
    path: &'static str,
    draft: Draft,
}

#[derive(Template)]
#[template(path = "webhooks/templates/endpoint.html")]
struct EndpointPage<'a> {
    shell: &'a Shell,
    path: &'static str,
    may_change: bool,
    row: EndpointRow,
    chip: Chip,
    /// Label and value.
    facts: Vec<(String, String)>,
    /// What the endpoint gets, for who only reads.
    kinds: Vec<String>,
    is_on: bool,
    /// Shown this once.
    secret: Option<String>,
    /// Until when the old one signs too.
    old_until: Option<String>,
    draft: Draft,
    latest: List<'a>,
    /// The days that a replay may begin on.
    days: (String, String),
}

impl<'a> Room<'a> {
    fn at(&self, rest: impl std::fmt::Display) -> String {
        format!("{}/{rest}", self.path)
    }

    fn audience(&self) -> Audience {
        self.keeper
            .account_id
            .map_or(Audience::Supplier, |_| Audience::Managers)
    }

    async fn read<T: Send + 'static>(&self, work: impl Fn(&mut Connection) -> Result<T> + Send + 'static) -> Result<T> {
        self.state.db.read(work).await
    }

    pub async fn list(&self, params: ListParams) -> Result<HttpResponse> {
        let (shell, account_id) = (self.shell, self.keeper.account_id);
        let part = Part::read(
            &self.state.db,
            params.cursor.as_deref(),
            "webhook-endpoints",
            |(row, _): &(EndpointRow, i64)| row.id,
            move |connection, _, after, limit| webhooks::list(connection, account_id, after, limit),
        )
        .await?;
        let row = |(row, waiting): &(EndpointRow, i64)| {
            let moment = |at: Option<Timestamp>| at.map_or_else(|| "–".to_owned(), |at| shell.moment(at));
            vec![
                Cell::link(self.at(row.id), &row.url).and_under(&row.description),
                Cell::chip(endpoint_chip(shell, row)),
                Cell::text(moment(row.last_success_at)),
                Cell::text(waiting.to_string()),
                Cell::text(moment(row.failing_since)),
            ]
        };
        let list = List::new(shell, self.path)
            .column("webhook-url", "id")
            .column("word-state", "")
            .column("webhook-last-success", "nowrap")
            .column("webhook-waiting", "num")
            .column("webhook-failing-since", "p3")
            .rows(part.rows.iter().map(row))
            .none("webhooks-empty")
            .counted("webhooks-shown", &part);
        let list = match self.may_change {
            true => list.none_step(&self.at("new"), "webhook-new"),
            false => list,
        };
        let page = ListPage::new("webhooks", list).lead("webhooks-text");
        let page = page.primary_if(self.may_change, &self.at("new"), "webhook-new");
        match self.keeper.account_id {
            Some(_) => page.among(self.path).answer(),
            None => page.answer(),
        }
    }

    pub fn new_form(&self) -> Result<HttpResponse> {
        self.new_page(Form::of(self.shell, [("all", "1"), ("content", Content::Full.name())]))
    }

    fn new_page(&self, form: Form) -> Result<HttpResponse> {
        let status = form.status();
        let page = NewPage {
            shell: self.shell,
            path: self.path,
            draft: Draft::new(self.shell, form, self.audience()),
        };
        self.shell.page_with(status, &page)
    }

    pub async fn add(&self, fields: Fields) -> Result<HttpResponse> {
        let (keeper, hosts, wanted) = (self.keeper.clone(), self.state.webhook_hosts.clone(), wanted(&fields));
        let write = move |tx: &mut Connection| webhooks::add(tx, &keeper, &hosts, &wanted, now());
        match self.state.db.write(write).await {
            Ok(row) => self.show(row.id, None, Some(row.secret)).await,
            Err(error) => self.new_page(Form::sent(self.shell, fields).refused(self.shell, error)?),
        }
    }

    /// The page of an endpoint, with a form that was refused or as it is stored, and a secret that is shown this once.
    pub async fn show(
        &self,
        id: WebhookEndpointId,
        form: Option<Form>,
        secret: Option<String>,
    ) -> Result<HttpResponse> {
        let (shell, account_id) = (self.shell, self.keeper.account_id);
        let read = move |connection: &mut Connection| {
            let row = webhooks::find(connection, account_id, id)?;
            let waiting = webhooks::count_waiting(connection, id)?;
            let latest = webhooks::deliveries(connection, (account_id, id), None, None, LATEST)?;
            Ok((row, waiting, latest))
        };
        let (row, waiting, latest) = self.read(read).await?;
        let (stored, stored_kinds) = self.stored(&row)?;
        let form = form.unwrap_or(stored);
        let status = if form.is_refused() {
            form.status()
        } else {
            StatusCode::OK
        };
        let moment = |at: Option<Timestamp>| at.map_or_else(|| "–".to_owned(), |at| shell.moment(at));
        let mut facts = vec![
            (shell.t("webhook-url"), row.url.clone()),
            (
                shell.t("webhook-content"),
                shell.name("webhook-content", row.content.name()),
            ),
            (shell.t("webhook-last-success"), moment(row.last_success_at)),
            (shell.t("webhook-waiting"), waiting.to_string()),
            (shell.t("webhook-since"), shell.moment(row.created_at)),
        ];
        if let Some(since) = row.failing_since {
            facts.push((shell.t("webhook-failing-since"), shell.moment(since)));
        }
        if let Some(at) = row.disabled_at {
            facts.push((shell.t("webhook-off-since"), shell.moment(at)));
        }
        let old_until = row
            .old_secret
            .as_ref()
            .and(row.old_secret_until)
            .filter(|until| *until > now());
        let today = shell.today();
        let page = EndpointPage {
            shell,
            path: self.path,
            may_change: self.may_change,
            chip: endpoint_chip(shell, &row),
            facts,
            kinds: stored_kinds
                .unwrap_or_default()
                .iter()
                .map(|name| kind(shell, name))
                .collect(),
            is_on: row.state == State::Enabled,
            secret,
            old_until: old_until.map(|until| shell.moment(until)),
            draft: Draft::new(shell, form, row.audience),
            latest: self.table(List::section(shell, "latest", shell.t("webhook-latest")), &latest),
            days: ((today - Days::new(29)).to_string(), today.to_string()),
            row,
        };
        shell.page_with(status, &page)
    }

    /// The form as an endpoint is stored, and the types it names.
    fn stored(&self, row: &EndpointRow) -> Result<(Form, Option<Vec<String>>)> {
        let kinds: Option<Vec<String>> = row
            .kinds
            .as_deref()
            .map(serde_json::from_str)
            .transpose()
            .map_err(Error::internal)?;
        let mut fields = vec![
            ("url", row.url.clone()),
            ("description", row.description.clone()),
            ("content", row.content.name().to_owned()),
            ("version", row.version.to_string()),
            ("from", (self.shell.today()).to_string()),
        ];
        match &kinds {
            None => fields.push(("all", "1".to_owned())),
            Some(kinds) => fields.extend(kinds.iter().map(|kind| ("kinds", kind.clone()))),
        }
        Ok((Form::of(self.shell, fields), kinds))
    }

    pub async fn change(&self, id: WebhookEndpointId, fields: Fields) -> Result<HttpResponse> {
        let (keeper, hosts, wanted) = (self.keeper.clone(), self.state.webhook_hosts.clone(), wanted(&fields));
        let seen = fields.seen();
        let write = move |tx: &mut Connection| webhooks::change(tx, &keeper, &hosts, id, (&seen, &wanted), now());
        match self.state.db.write(write).await {
            Ok(_) => Ok(see_other(self.at(id))
                .flash(Tone::Ok, self.shell.t("webhook-changed"))
                .into()),
            Err(error @ (Error::Invalid(_) | Error::Conflict { .. })) => {
                let form = Form::sent(self.shell, fields).refused(self.shell, error)?;
                self.show(id, Some(form), None).await
            }
            Err(error) => Err(error),
        }
    }

    pub async fn rotate(&self, id: WebhookEndpointId) -> Result<HttpResponse> {
        let keeper = self.keeper.clone();
        let write = move |tx: &mut Connection| webhooks::rotate(tx, &keeper, id, None, now());
        let row = self.state.db.write(write).await?;
        self.show(id, None, Some(row.secret)).await
    }

    pub async fn act(&self, id: WebhookEndpointId, act: Act) -> Result<HttpResponse> {
        let keeper = self.keeper.clone();
        let write = move |tx: &mut Connection| match act {
            Act::Enable => webhooks::enable(tx, &keeper, id, now()),
            Act::Disable => webhooks::disable(tx, &keeper, id, now()),
            Act::Retire => webhooks::retire(tx, &keeper, id, now()),
        };
        let key = match act {
            Act::Enable => "webhook-enabled",
            Act::Disable => "webhook-disabled",
            Act::Retire => "webhook-retired",
        };
        self.told(self.at(id), self.state.db.write(write).await.map(|_| self.shell.t(key)))
    }

    /// Goes to a page that says what was done, or why not.
    fn told(&self, to: String, outcome: Result<String>) -> Result<HttpResponse> {
        match outcome {
            Ok(text) => Ok(see_other(to).flash(Tone::Ok, text).into()),
            Err(error @ (Error::Conflict { .. } | Error::Invalid(_))) => {
                let text = match &error {
                    Error::Invalid(faults) => faults.first().map(|fault| self.shell.fault(fault)),
                    _ => None,
                };
                let text = text.unwrap_or_else(|| self.shell.error_text(&error));
                Ok(see_other(to).flash(Tone::Warn, text).into())
            }
            Err(error) => Err(error),
        }
    }

    pub async fn remove(&self, id: WebhookEndpointId, fields: Fields) -> Result<HttpResponse> {
        let (keeper, seen) = (self.keeper.clone(), fields.seen());
        let write = move |tx: &mut Connection| webhooks::remove(tx, &keeper, id, &seen, now());
        match self.state.db.write(write).await {
            Ok(()) => Ok(see_other(self.path)
                .flash(Tone::Ok, self.shell.t("webhook-removed"))
                .into()),
            Err(error) => self.told(self.at(id), Err(error)),
        }
    }

    pub async fn test(&self, id: WebhookEndpointId) -> Result<HttpResponse> {
        let keeper = self.keeper.clone();
        let write = move |tx: &mut Connection| webhooks::test(tx, &keeper, id, now());
        match self.state.db.write(write).await {
            Ok(row) => {
                let to = self.at(format_args!("deliveries/{}", row.id));
                Ok(see_other(to).flash(Tone::Ok, self.shell.t("webhook-tested")).into())
            }
            Err(error) => self.told(self.at(id), Err(error)),
        }
    }

    pub async fn replay(&self, id: WebhookEndpointId, fields: Fields) -> Result<HttpResponse> {
        let account_id = self.keeper.account_id;
        self.read(move |connection| webhooks::find(connection, account_id, id))
            .await?;
        let day = |name: &str| -> Result<NaiveDate> {
            fields
                .parse_filled(name)?
                .ok_or_else(|| Error::invalid(format!("/{name}"), Code::Required, fill_this_in()))
        };
        let span = day("from").and_then(|from| {
            let to = fields
                .parse_filled::<NaiveDate>("to")?
                .unwrap_or_else(|| self.shell.today());
            Ok((self.begin(from), self.begin(to + Days::new(1))))
        });
        let outcome = match span {
            Ok(span) => {
                let keeper = self.keeper.clone();
                let write = move |tx: &mut Connection| webhooks::replay(tx, &keeper, id, span, now());
                self.state.db.write(write).await
            }
            Err(error) => Err(error),
        };
        self.told(
            self.at(id),
            outcome.map(|count| self.shell.t1("webhook-replayed", "count", count)),
        )
    }

    /// When a day begins in the reader's zone.
    fn begin(&self, day: NaiveDate) -> Timestamp {
        let local = self
            .shell
            .zone
            .from_local_datetime(&day.and_time(NaiveTime::MIN))
            .earliest();
        local.map_or_else(|| day.and_time(NaiveTime::MIN), |local| local.naive_utc())
    }
}

/// The form of an endpoint, the same for a new one.
#[derive(Template)]
#[template(path = "webhooks/templates/fields.html")]
struct EndpointFields<'a> {
    shell: &'a Shell,
    draft: &'a Draft,
}

impl HtmlSafe for EndpointFields<'_> {}

impl Draft {
    /// What stands in the form.
    fn fields<'a>(&'a self, shell: &'a Shell) -> EndpointFields<'a> {
        EndpointFields { shell, draft: self }
    }
}
