//! Programs on pages, the same for those of accounts and the supplier's own: the list, the form, one program, and the
//! secret that is shown once.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::view::Owner;
use super::{Change, Client, NewSecret};
use crate::audit::Actor;
use crate::clock;
use crate::db::Connection;
use crate::error::{Code, Error, Result};
use crate::identity::caller::Access;
use crate::identity::clients;
use crate::identity::rules::clients::{ClientState, Given};
use crate::identity::rules::scopes::Scope;
use crate::ids::{ClientId, ClientSecretId};
use crate::sentences::fill_this_in;
use crate::state::AppState;
use crate::web::list::{Cell, List, Part};
use crate::web::{Banner, Chip, Fields, Form, Shape, Shell, Tone, see_other};

/// Where programs are kept: whose they are, where their list is, and the way there.
#[derive(Debug, Clone)]
pub struct Place {
    pub owner: Owner,
    pub path: String,
    /// Path and text of each page between the first and the list.
    pub above: Vec<(String, String)>,
    /// What to know before one is added.
    pub notice: Option<Banner>,
    /// What has to be ticked before one is added.
    pub to_confirm: Option<String>,
}

#[derive(Template)]
#[template(path = "identity/templates/client_form.html")]
struct NewPage<'a> {
    shell: &'a Shell,
    place: &'a Place,
    scopes: Vec<Tick>,
    form: Form,
}

#[derive(Template)]
#[template(path = "identity/templates/client.html")]
struct ClientPage<'a> {
    shell: &'a Shell,
    place: &'a Place,
    id: ClientId,
    title: String,
    state: Chip,
    is_revoked: bool,
    version: i64,
    /// What was made just now, shown once.
    secret: Option<String>,
    facts: Vec<(String, String)>,
    secrets: Vec<SecretRow>,
    may_add_secret: bool,
    scopes: Vec<Tick>,
    form: Form,
}

#[derive(Template)]
#[template(path = "identity/templates/client_revoke.html")]
struct RevokePage<'a> {
    shell: &'a Shell,
    path: String,
    name: String,
}

/// A box to tick.
struct Tick {
    value: &'static str,
    text: String,
    on: bool,
}

struct SecretRow {
    id: ClientSecretId,
    ending: String,
    made: String,
}

fn state_chip(shell: &Shell, state: ClientState) -> Chip {
    let (tone, shape) = match state {
        ClientState::Active => (Tone::Ok, Shape::Dot),
        ClientState::Expired => (Tone::Warn, Shape::Ring),
        ClientState::Revoked => (Tone::Neutral, Shape::Diamond),
    };
    Chip::new(tone, shape, shell.name("client-state", state.name()))
}

fn ticks(shell: &Shell, place: &Place, form: &Form) -> Vec<Tick> {
    let tick = |scope: Scope| Tick {
        value: scope.name(),
        text: shell.t(&scope.key()),
        on: form.has("scopes", scope.name()),
    };
    clients::offered(place.owner).into_iter().map(tick).collect()
}

fn last_use(shell: &Shell, client: &Client) -> String {
    match (client.last_used_at, &client.last_used_from) {
        (Some(at), Some(from)) => shell.t2("client-used-from", "moment", shell.moment(at), "address", from.as_str()),
        (Some(at), None) => shell.moment(at),
        (None, _) => shell.t("client-never-used"),
    }
}

/// A part of the programs of a place.
pub async fn read(state: &AppState, owner: Owner, cursor: Option<&str>) -> Result<Part<Client>> {
    let read =
        move |connection: &mut Connection, owner: &Owner, after, limit| clients::list(connection, *owner, after, limit);
    Part::read(&state.db, cursor, owner, |client: &Client| client.id, read).await
}

/// The list of them.
pub fn list<'a>(shell: &'a Shell, place: &Place, part: &Part<Client>) -> List<'a> {
    let today = clock::now().date();
    let row = |client: &Client| {
        let scopes: Vec<_> = client.settings.scopes.iter().map(|scope| scope.name()).collect();
        let until = client.settings.expires_on.map(|on| shell.day(on));
        vec![
            Cell::link(format!("{}/{}", place.path, client.id), &client.settings.name)
                .and_under(&client.settings.description),
            Cell::chip(state_chip(shell, client.state(today))),
            Cell::text(scopes.join(", ")),
            Cell::text(last_use(shell, client)),
            Cell::text(until.unwrap_or_else(|| shell.t("client-no-end"))),
        ]
    };
    List::new(shell, place.path.clone())
        .column("word-name", "id")
        .column("word-state", "")
        .column("client-scopes", "p3")
        .column("client-last-use", "")
        .column("client-until", "p3")
        .rows(part.rows.iter().map(row))
        .none("clients-none")
        .counted("clients-shown", part)
}

/// The form for a new one.
pub fn new(shell: &Shell, place: &Place, form: Option<Form>) -> Result<HttpResponse> {
    let form = form.unwrap_or_else(|| Form::new(shell));
    let page = NewPage {
        shell,
        place,
        scopes: ticks(shell, place, &form),
        form,
    };
    shell.page_with(page.form.status(), &page)
}

/// What forms say of faults in words of their own.
const WORDS: [(&str, &str); 1] = [("scopes", "client-scopes-fault")];

/// What a form says of a program, as it was typed.
fn given(fields: &Fields) -> Result<Given> {
    let limit = |name| fields.filled(name).map(str::parse).transpose();
    let wrong = |name: &str| {
        let detail = crate::sentences::cannot_read(fields.get(name));
        Error::invalid(format!("/{name}"), Code::ValueInvalid, detail)
    };
    Ok(Given {
        name: fields.get("name").to_owned(),
        description: fields.get("description").to_owned(),
        scopes: fields
            .all("scopes")
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
        networks: fields.get("networks").split_whitespace().map(str::to_owned).collect(),
        expires_on: limit_day(fields).ok().ok_or_else(|| wrong("expires_on"))?,
        requests_per_minute: limit("requests_per_minute")
            .ok()
            .ok_or_else(|| wrong("requests_per_minute"))?,
        public_keys: fields.get("public_keys").to_owned(),
    })
}

fn limit_day(fields: &Fields) -> Result<Option<chrono::NaiveDate>, chrono::ParseError> {
    fields.filled("expires_on").map(str::parse).transpose()
}

/// Faults of an entry of a list are shown at the field that holds the list.
fn at_fields(error: Error) -> Error {
    let Error::Invalid(mut faults) = error else {
        return error;
    };
    for fault in &mut faults {
        for field in ["/scopes", "/networks"] {
            if fault.pointer.starts_with(field) {
                field.clone_into(&mut fault.pointer);
            }
        }
    }
    Error::Invalid(faults)
}

/// Adds a program from a form.
pub async fn add(state: &AppState, shell: &Shell, actor: Actor, place: &Place, fields: Fields) -> Result<HttpResponse> {
    let owner = place.owner;
    let given = if place.to_confirm.is_none() || fields.has("not_ready") {
        given(&fields)
    } else {
        Err(Error::invalid("/not_ready", Code::Required, fill_this_in()))
    };
    let added = match given {
        Ok(given) => {
            let write = move |tx: &mut Connection| clients::add(tx, &actor, owner, &given, clock::now());
            state.db.write(write).await
        }
        Err(error) => Err(error),
    };
    match added {
        Ok((client, secret)) => one(state, shell, place, client.id, None, secret).await,
        Err(error) => {
            let form = Form::sent(shell, fields).refused_saying(shell, at_fields(error), &WORDS)?;
            new(shell, place, Some(form))
        }
    }
}

/// One program; with the form that was refused, or the secret that was made just now.
pub async fn one(
    state: &AppState,
    shell: &Shell,
    place: &Place,
    id: ClientId,
    typed: Option<Form>,
    secret: Option<NewSecret>,
) -> Result<HttpResponse> {
    let owner = place.owner;
    let read = move |connection: &mut Connection| {
        let client = clients::get(connection, owner, id)?;
        let names = clients::names_of_makers(connection, std::slice::from_ref(&client))?;
        Ok((client, names))
    };
    let (client, names) = state.db.read(read).await?;
    let settings = &client.settings;
    let form = typed.unwrap_or_else(|| filled(shell, &client));
    let by = names.get(&client.created_by).unwrap_or(&client.created_by);
    let made = shell.t2(
        "client-made-by",
        "moment",
        shell.moment(client.created_at),
        "name",
        by.as_str(),
    );
    let mut facts = vec![
        (shell.t("client-id"), client.id.to_string()),
        (shell.t("client-made"), made),
        (shell.t("client-last-use"), last_use(shell, &client)),
    ];
    facts.extend(
        client
            .revoked_at
            .map(|at| (shell.name("client-state", "revoked"), shell.moment(at))),
    );
    let page = ClientPage {
        shell,
        place,
        id,
        title: settings.name.clone(),
        state: state_chip(shell, client.state(clock::now().date())),
        is_revoked: client.revoked_at.is_some(),
        version: client.version,
        secret: secret.map(|secret| secret.text),
        facts,
        may_add_secret: client.secrets.len() < crate::identity::rules::secrets::SECRETS_MAX,
        secrets: client
            .secrets
            .iter()
            .map(|secret| SecretRow {
                id: secret.id,
                ending: secret.last_four.clone(),
                made: shell.moment(secret.created_at),
            })
            .collect(),
        scopes: ticks(shell, place, &form),
        form,
    };
    shell.page_with(page.form.status(), &page)
}

fn filled(shell: &Shell, client: &Client) -> Form {
    let settings = &client.settings;
    let keys = match settings.keys.keys.is_empty() {
        true => String::new(),
        false => serde_json::to_string_pretty(&settings.keys).unwrap_or_default(),
    };
    let values = [
        ("name", settings.name.clone()),
        ("description", settings.description.clone()),
        ("networks", settings.networks.join("\n")),
        (
            "expires_on",
            settings.expires_on.map(|on| on.to_string()).unwrap_or_default(),
        ),
        (
            "requests_per_minute",
            settings
                .requests_per_minute
                .map(|rate| rate.to_string())
                .unwrap_or_default(),
        ),
        ("public_keys", keys),
    ];
    let scopes = settings.scopes.iter().map(|scope| ("scopes", scope.name().to_owned()));
    Form::of(shell, values.into_iter().chain(scopes))
}

/// Changes a program by its form.
pub async fn change(
    (state, access): (&AppState, &Access),
    shell: &Shell,
    actor: Actor,
    (place, id): (&Place, ClientId),
    fields: Fields,
) -> Result<HttpResponse> {
    let (owner, expected) = (place.owner, fields.seen());
    let changed = match given(&fields) {
        Ok(given) => {
            let change = Change {
                name: Some(given.name),
                description: Some(given.description),
                scopes: Some(given.scopes),
                networks: Some(given.networks),
                expires_on: Some(given.expires_on),
                requests_per_minute: Some(given.requests_per_minute),
                public_keys: Some(given.public_keys),
            };
            let write =
                move |tx: &mut Connection| clients::change(tx, &actor, owner, id, &expected, &change, clock::now());
            state.db.write(write).await
        }
        Err(error) => Err(error),
    };
    match changed {
        Ok(client) => {
            access.clients.forget(id).await;
            let text = shell.t1("client-saved", "name", client.settings.name.as_str());
            Ok(see_other(place.path.clone()).flash(Tone::Ok, text).into())
        }
        Err(error) => {
            let form = Form::sent(shell, fields).refused_saying(shell, at_fields(error), &WORDS)?;
            one(state, shell, place, id, Some(form), None).await
        }
    }
}

/// Gives a program a new secret, and shows it.
pub async fn add_secret(
    state: &AppState,
    shell: &Shell,
    actor: Actor,
    place: &Place,
    id: ClientId,
) -> Result<HttpResponse> {
    let owner = place.owner;
    let write = move |tx: &mut Connection| clients::add_secret(tx, &actor, owner, id, clock::now());
    match state.db.write(write).await {
        Ok((_, secret)) => one(state, shell, place, id, None, Some(secret)).await,
        Err(error) => refused(shell, format!("{}/{id}", place.path), error),
    }
}

/// Takes a secret back.
pub async fn retire_secret(
    state: &AppState,
    shell: &Shell,
    actor: Actor,
    place: &Place,
    (id, secret): (ClientId, ClientSecretId),
) -> Result<HttpResponse> {
    let owner = place.owner;
    let write = move |tx: &mut Connection| clients::retire_secret(tx, &actor, owner, (id, secret), clock::now());
    state.db.write(write).await?;
    let to = format!("{}/{id}", place.path);
    Ok(see_other(to).flash(Tone::Ok, shell.t("client-secret-retired")).into())
}

/// Asks whether a program shall end.
pub async fn ask_revoke(state: &AppState, shell: &Shell, place: &Place, id: ClientId) -> Result<HttpResponse> {
    let owner = place.owner;
    let client = state
        .db
        .read(move |connection| clients::get(connection, owner, id))
        .await?;
    let page = RevokePage {
        shell,
        path: format!("{}/{id}", place.path),
        name: client.settings.name,
    };
    shell.page_with(StatusCode::OK, &page)
}

/// Ends a program.
pub async fn revoke(
    (state, access): (&AppState, &Access),
    shell: &Shell,
    actor: Actor,
    place: &Place,
    id: ClientId,
) -> Result<HttpResponse> {
    let owner = place.owner;
    let write = move |tx: &mut Connection| clients::revoke(tx, &actor, owner, id, clock::now());
    let client = state.db.write(write).await?;
    access.clients.forget(id).await;
    let text = shell.t1("client-revoked-now", "name", client.settings.name);
    Ok(see_other(place.path.clone()).flash(Tone::Ok, text).into())
}

fn refused(shell: &Shell, to: String, error: Error) -> Result<HttpResponse> {
    match error {
        Error::Conflict { .. } => Ok(see_other(to).flash(Tone::Bad, shell.error_text(&error)).into()),
        other => Err(other),
    }
}
