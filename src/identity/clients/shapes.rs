//! Programs as REST shows and takes them.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use super::{Change, Client, NewSecret, Secret};
use crate::clock::{self, rfc3339};
use crate::http::tag;
use crate::identity::rules::clients::{ClientState, Given};
use crate::identity::rules::scopes::Scope;

/// A program that signs in by itself.
#[derive(Serialize, ToSchema)]
pub struct ClientView {
    /// What the program calls itself: its `client_id`.
    #[schema(example = "cli_0BGK1J3Z00002")]
    id: String,
    name: String,
    description: String,
    state: ClientState,
    scopes: Vec<Scope>,
    /// Addresses and networks it may call from; empty = any.
    #[schema(example = json!(["192.0.2.0/24"]))]
    networks: Vec<String>,
    /// The last day it may call on, by UTC; null = no end.
    #[schema(required)]
    expires_on: Option<NaiveDate>,
    /// Null = as many as a person.
    #[schema(required, example = 600)]
    requests_per_minute: Option<i64>,
    /// The keys it may sign assertions with, as a JWK set.
    #[schema(value_type = Object)]
    public_keys: serde_json::Value,
    /// Its secrets in force: two at most.
    secrets: Vec<ClientSecretView>,
    /// Who added it: a person's id, or `command`.
    #[schema(example = "per_0BGK1J3Z00002")]
    created_by: String,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(required, format = DateTime)]
    revoked_at: Option<String>,
    /// To the minute; null = never.
    #[schema(required, format = DateTime)]
    last_used_at: Option<String>,
    /// The network address it called from then.
    #[schema(required, example = "192.0.2.7")]
    last_used_from: Option<String>,
    /// What `If-Match` of a change wants.
    #[schema(example = "\"3\"")]
    etag: String,
}

/// A secret, without what is secret.
#[derive(Serialize, ToSchema)]
pub struct ClientSecretView {
    #[schema(example = "cls_0BGK1J3Z00004")]
    id: String,
    /// Its end, to tell it from others.
    #[schema(example = "x7Qa")]
    last_four: String,
    #[schema(format = DateTime)]
    created_at: String,
}

/// A secret as it is shown once.
#[derive(Serialize, ToSchema)]
pub struct NewClientSecretView {
    #[schema(example = "cls_0BGK1J3Z00004")]
    id: String,
    /// The `client_secret`. Nobody can show it again.
    #[schema(format = "password")]
    secret: String,
}

/// A program, and its new secret.
#[derive(Serialize, ToSchema)]
pub struct ClientWithSecret {
    client: ClientView,
    /// Null where the program signs with keys of its own.
    #[schema(required)]
    secret: Option<NewClientSecretView>,
}

impl From<Secret> for ClientSecretView {
    fn from(secret: Secret) -> Self {
        Self {
            id: secret.id.to_string(),
            last_four: secret.last_four,
            created_at: rfc3339(secret.created_at),
        }
    }
}

impl From<Client> for ClientView {
    fn from(client: Client) -> Self {
        let state = client.state(clock::now().date());
        Self {
            id: client.id.to_string(),
            name: client.settings.name,
            description: client.settings.description,
            state,
            scopes: client.settings.scopes,
            networks: client.settings.networks,
            expires_on: client.settings.expires_on,
            requests_per_minute: client.settings.requests_per_minute,
            public_keys: serde_json::to_value(&client.settings.keys).unwrap_or_default(),
            secrets: client.secrets.into_iter().map(ClientSecretView::from).collect(),
            created_by: client.created_by,
            created_at: rfc3339(client.created_at),
            revoked_at: client.revoked_at.map(rfc3339),
            last_used_at: client.last_used_at.map(rfc3339),
            last_used_from: client.last_used_from,
            etag: tag(client.version),
        }
    }
}

impl ClientWithSecret {
    pub(super) fn new(client: Client, secret: Option<NewSecret>) -> Self {
        Self {
            client: client.into(),
            secret: secret.map(|secret| NewClientSecretView {
                id: secret.id.to_string(),
                secret: secret.text,
            }),
        }
    }
}

/// PEM, or a JWK set.
#[derive(Deserialize, ToSchema)]
#[serde(untagged, expecting = "give keys as PEM in a text, or a JWK set as an object")]
pub enum PublicKeys {
    Pem(String),
    Set(serde_json::Map<String, serde_json::Value>),
}

impl PublicKeys {
    fn text(self) -> String {
        match self {
            Self::Pem(text) => text,
            Self::Set(set) => serde_json::Value::Object(set).to_string(),
        }
    }
}

/// A program to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddClient {
    /// What people call it.
    #[schema(min_length = 1, max_length = 200, example = "ERP")]
    name: String,
    #[serde(default)]
    #[schema(max_length = 1000)]
    description: String,
    #[schema(value_type = Vec<Scope>, min_items = 1, example = json!(["orders:read", "orders:write"]))]
    scopes: Vec<String>,
    /// Addresses and networks it may call from; empty = any.
    #[serde(default)]
    #[schema(max_items = 50, example = json!(["192.0.2.0/24"]))]
    networks: Vec<String>,
    /// The last day it may call on, by UTC.
    expires_on: Option<NaiveDate>,
    /// Null = as many as a person.
    #[schema(minimum = 1, maximum = 1_000_000, example = 600)]
    requests_per_minute: Option<i64>,
    /// Keys to sign assertions with; the program then gets no secret.
    public_keys: Option<PublicKeys>,
}

impl From<AddClient> for Given {
    fn from(body: AddClient) -> Self {
        Self {
            name: body.name,
            description: body.description,
            scopes: body.scopes,
            networks: body.networks,
            expires_on: body.expires_on,
            requests_per_minute: body.requests_per_minute,
            public_keys: body.public_keys.map(PublicKeys::text).unwrap_or_default(),
        }
    }
}

/// What to change of a program; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeClient {
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    #[schema(max_length = 1000)]
    description: Option<String>,
    /// All its scopes.
    #[schema(value_type = Option<Vec<Scope>>, min_items = 1)]
    scopes: Option<Vec<String>>,
    /// All its networks; empty = it may call from anywhere.
    #[schema(max_items = 50)]
    networks: Option<Vec<String>>,
    /// Null = no end.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<NaiveDate>)]
    expires_on: Option<Option<NaiveDate>>,
    /// Null = as many as a person.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 1_000_000)]
    requests_per_minute: Option<Option<i64>>,
    /// All its keys; an empty set takes them away.
    public_keys: Option<PublicKeys>,
}

/// A field that is there, be it null.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl From<ChangeClient> for Change {
    fn from(body: ChangeClient) -> Self {
        Self {
            name: body.name,
            description: body.description,
            scopes: body.scopes,
            networks: body.networks,
            expires_on: body.expires_on,
            requests_per_minute: body.requests_per_minute,
            public_keys: body.public_keys.map(PublicKeys::text),
        }
    }
}
