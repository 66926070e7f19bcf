//! REST: tokens for programs (OAuth 2.0), and their end. What fails is told as RFC 6749 has it, not as a problem: the libraries that
//! programs use for this read nothing else.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HOST, WWW_AUTHENTICATE};
use actix_web::web::{Data, Json, Payload};
use actix_web::{HttpRequest, HttpResponse, Responder, get, post};
use data_encoding::BASE64;
use serde::Serialize;
use url::{Url, form_urlencoded};
use utoipa::ToSchema;

use crate::audit::Origin;
use crate::error::{Error, Result};
use crate::http::receive_at_most;
use crate::identity::caller::Access;
use crate::identity::clients::proving::{self, Proof, Refused, Revoked};
use crate::identity::rules::scopes::{self, Scope};
use crate::sentences;
use crate::state::AppState;

const FORM_KB_MAX: usize = 32;
const FORM: &str = "application/x-www-form-urlencoded";
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const TOKEN_PATH: &str = "oauth/token";
const REVOKE_PATH: &str = "oauth/revoke";
const METHODS: [&str; 2] = ["client_secret_basic", "private_key_jwt"];
const ALGORITHMS: [&str; 4] = ["ES256", "EdDSA", "RS256", "PS256"];

/// What a program sends to get a token.
#[derive(ToSchema)]
#[allow(dead_code)]
pub struct TokenRequest {
    /// Always `client_credentials`.
    #[schema(example = "client_credentials")]
    grant_type: String,
    /// Scopes, parted by blanks; all that the program has where it is left out.
    #[schema(example = "orders:read orders:write")]
    scope: Option<String>,
    /// For a program that signs: `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`.
    client_assertion_type: Option<String>,
    /// A JWT that the program signed (RFC 7523): issued by and about its id, for the portal's issuer or this address, ending
    /// in five minutes at most, and good once by its `jti`.
    client_assertion: Option<String>,
    /// The program's id; needed by nobody who proves it otherwise.
    client_id: Option<String>,
}

/// A token for a program.
#[derive(Serialize, ToSchema)]
pub struct ClientTokenView {
    /// Send it as `Authorization: Bearer …`.
    access_token: String,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// Seconds it is good for.
    #[schema(example = 600)]
    expires_in: i64,
    /// Its scopes, parted by blanks.
    #[schema(example = "orders:read orders:write")]
    scope: String,
}

/// Why there is no token (RFC 6749, section 5.2).
#[derive(Debug, Serialize, ToSchema)]
pub struct OAuthError {
    #[schema(example = "invalid_client")]
    error: &'static str,
    /// For whoever sets the program up.
    error_description: &'static str,
}

/// Where what stands and what is taken (RFC 8414).
#[derive(Serialize, ToSchema)]
pub struct ServerMetadata {
    #[schema(example = "https://portal.example.com")]
    issuer: String,
    token_endpoint: String,
    /// Where tokens end before their time (RFC 7009).
    revocation_endpoint: String,
    scopes_supported: Vec<Scope>,
    response_types_supported: [&'static str; 0],
    grant_types_supported: [&'static str; 1],
    token_endpoint_auth_methods_supported: [&'static str; 2],
    token_endpoint_auth_signing_alg_values_supported: [&'static str; 4],
    revocation_endpoint_auth_methods_supported: [&'static str; 2],
    revocation_endpoint_auth_signing_alg_values_supported: [&'static str; 4],
    service_documentation: String,
}

/// A failure with its status.
type Failure = (u16, OAuthError);

const fn failure(status: u16, error: &'static str, error_description: &'static str) -> Failure {
    let told = OAuthError {
        error,
        error_description,
    };
    (status, told)
}

fn invalid_request(description: &'static str) -> Failure {
    failure(400, "invalid_request", description)
}

fn told((status, error): Failure) -> HttpResponse {
    let mut answer = HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST));
    answer.insert_header((CACHE_CONTROL, "no-store"));
    if status == 401 {
        answer.insert_header((WWW_AUTHENTICATE, r#"Basic realm="portal""#));
    }
    answer.json(error)
}

fn of(refused: &Refused) -> Failure {
    match refused {
        Refused::InvalidClient => failure(
            401,
            "invalid_client",
            "There is no such program, it is revoked, or what it proves itself with is not good.",
        ),
        Refused::Expired => failure(401, "invalid_client", "The program's last day has passed."),
        Refused::Used => failure(
            401,
            "invalid_client",
            "The assertion was used before: each jti is good once.",
        ),
        Refused::ElsewhereOnly => failure(
            400,
            "unauthorized_client",
            "The program may not call from this address: it is in none of its networks.",
        ),
        Refused::InvalidScope => failure(400, "invalid_scope", "The program does not have one of these scopes."),
    }
}

/// Get a token for a program
///
/// A program that was added as a client gets an access token for ten minutes: with its id and secret as
/// `Authorization: Basic`, or with an assertion that it signed (`private_key_jwt`; ES256, EdDSA, RS256 or PS256). There is no
/// refresh token: ask for the next one when this ends.
#[utoipa::path(tag = "oauth", operation_id = "getClientToken", security(()),
    request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, body = ClientTokenView, description = "A token"),
        (status = 400, body = OAuthError, content_type = "application/json", description = "`invalid_request`, `unsupported_grant_type`, `invalid_scope`, `unauthorized_client`"),
        (status = 401, body = OAuthError, content_type = "application/json", description = "`invalid_client`"),
    ))]
#[post("/oauth/token")]
pub async fn token(
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse> {
    if !state.readiness.is_ready() {
        return Err(Error::Unavailable("the schema is not current".to_owned()));
    }
    let fields = match receive(&request, payload).await? {
        Ok(fields) => fields,
        Err(failure) => return Ok(told(failure)),
    };
    let proof = match granted(&fields).and_then(|()| proof(&state, &request, &fields, TOKEN_PATH)) {
        Ok(proof) => proof,
        Err(failure) => return Ok(told(failure)),
    };
    let asked = fields.get("scope").cloned();
    match proving::issue(&state.db, &access, proof, asked, Origin::of(&request)).await? {
        Ok(issued) => Ok(HttpResponse::Ok()
            .insert_header((CACHE_CONTROL, "no-store"))
            .json(ClientTokenView {
                access_token: issued.token,
                token_type: "Bearer",
                expires_in: issued.expires_in_s,
                scope: scopes::written(&issued.scopes),
            })),
        Err(refused) => Ok(told(of(&refused))),
    }
}

/// A token that is to end, and who asks for it.
#[derive(ToSchema)]
#[allow(dead_code)]
pub struct RevokeRequest {
    /// The access token.
    token: String,
    /// What kind of token it is; there is one kind, so it is not looked at.
    #[schema(example = "access_token")]
    token_type_hint: Option<String>,
    /// For a program that signs: `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`.
    client_assertion_type: Option<String>,
    /// As for a token, for the portal's issuer or this address.
    client_assertion: Option<String>,
    /// The program's id; needed by nobody who proves it otherwise.
    client_id: Option<String>,
}

/// End a token of a program
///
/// RFC 7009: a token that was lost, or is needed no more, is good for nothing within five seconds on every node. The program proves
/// who it is as for a token. What is no token of ours, or ended already, is answered with 200, too.
#[utoipa::path(tag = "oauth", operation_id = "revokeClientToken", security(()),
    request_body(content = RevokeRequest, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "It is good for nothing"),
        (status = 400, body = OAuthError, content_type = "application/json", description = "`invalid_request`: no token, or another program's"),
        (status = 401, body = OAuthError, content_type = "application/json", description = "`invalid_client`"),
    ))]
#[post("/oauth/revoke")]
pub async fn revoke(
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    payload: Payload,
) -> Result<HttpResponse> {
    if !state.readiness.is_ready() {
        return Err(Error::Unavailable("the schema is not current".to_owned()));
    }
    let fields = match receive(&request, payload).await? {
        Ok(fields) => fields,
        Err(failure) => return Ok(told(failure)),
    };
    let proof = match proof(&state, &request, &fields, REVOKE_PATH) {
        Ok(proof) => proof,
        Err(failure) => return Ok(told(failure)),
    };
    let Some(given) = fields.get("token") else {
        return Ok(told(invalid_request("token is missing.")));
    };
    Ok(
        match proving::revoke(&state.db, &access, proof, given, Origin::of(&request)).await? {
            Ok(Revoked::Done) => HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).finish(),
            Ok(Revoked::AnothersToken) => told(invalid_request("The token is another program's.")),
            Err(refused) => told(of(&refused)),
        },
    )
}

/// The fields of the form, each once.
async fn receive(request: &HttpRequest, payload: Payload) -> Result<Result<HashMap<String, String>, Failure>> {
    let media_type = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let media_type = media_type.and_then(|value| value.split(';').next()).unwrap_or_default();
    if !media_type.trim().eq_ignore_ascii_case(FORM) {
        return Ok(Err(invalid_request("Send application/x-www-form-urlencoded.")));
    }
    let limit = || sentences::form_has_at_most(FORM_KB_MAX);
    let bytes = receive_at_most(request, payload.into_inner(), FORM_KB_MAX * 1024, limit).await?;
    let mut fields = HashMap::new();
    for (name, value) in form_urlencoded::parse(&bytes) {
        // What is empty counts as left out (RFC 6749, section 3.2).
        let twice = !value.is_empty() && fields.insert(name.into_owned(), value.into_owned()).is_some();
        if twice {
            return Ok(Err(invalid_request("A parameter stands twice.")));
        }
    }
    Ok(Ok(fields))
}

/// The one grant that there is, is asked for.
fn granted(fields: &HashMap<String, String>) -> Result<(), Failure> {
    match fields.get("grant_type").map(String::as_str) {
        Some("client_credentials") => Ok(()),
        Some(_) => {
            let description = "Only client_credentials is granted here.";
            Err(failure(400, "unsupported_grant_type", description))
        }
        None => Err(invalid_request("grant_type is missing.")),
    }
}

/// What the program proves itself with, in one way; `path` is where it was sent to.
fn proof(
    state: &AppState,
    request: &HttpRequest,
    fields: &HashMap<String, String>,
    path: &str,
) -> Result<Proof, Failure> {
    let basic = request.headers().contains_key(AUTHORIZATION);
    match (basic, fields.get("client_assertion")) {
        (true, Some(_)) => Err(invalid_request("Prove who you are in one way, not in two.")),
        (true, None) => by_secret(request, fields).ok_or_else(|| of(&Refused::InvalidClient)),
        (false, Some(assertion)) => {
            if fields.get("client_assertion_type").map(String::as_str) != Some(ASSERTION_TYPE) {
                return Err(invalid_request("client_assertion_type is not the one of RFC 7523."));
            }
            let issuer = issuer(state, request).ok_or_else(|| invalid_request("The host is missing."))?;
            let audiences = vec![format!("{issuer}/{path}"), format!("{issuer}/"), issuer];
            Ok(Proof::Assertion(assertion.clone(), audiences))
        }
        (false, None) => Err(of(&Refused::InvalidClient)),
    }
}

/// Id and secret of `Authorization: Basic`, each encoded as in a form (RFC 6749, section 2.3.1).
fn by_secret(request: &HttpRequest, fields: &HashMap<String, String>) -> Option<Proof> {
    let value = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, credentials) = value.split_once(' ')?;
    let decoded = BASE64.decode(credentials.trim().as_bytes()).ok()?;
    let decoded = String::from_utf8(decoded).ok()?;
    let (client, secret) = decoded.split_once(':')?;
    let plain = |text: &str| {
        form_urlencoded::parse(text.as_bytes())
            .next()
            .map(|(name, _)| name.into_owned())
    };
    let (client, secret) = (plain(client)?, plain(secret)?);
    let same = fields.get("client_id").is_none_or(|named| *named == client);
    (scheme.eq_ignore_ascii_case("basic") && same).then_some(Proof::Secret(client, secret))
}

/// The portal as programs name it: where people reach it.
fn issuer(state: &AppState, request: &HttpRequest) -> Option<String> {
    // Without a public address the portal is on this machine, where nothing stands before it.
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let reached = || Url::parse(&format!("http://{}", host?)).ok();
    let url = match (&state.public_url, &state.sandbox) {
        (Some(url), _) => url.clone(),
        (None, None) => reached()?,
        // A sandbox stands below the portal.
        (None, Some(world)) => reached()?.join(&world.path()).ok()?,
    };
    Some(url.as_str().trim_end_matches('/').to_owned())
}

/// Where programs get tokens
///
/// What libraries for OAuth read to set themselves up (RFC 8414).
#[utoipa::path(tag = "oauth", operation_id = "getServerMetadata", security(()), responses(
    (status = 200, body = ServerMetadata, description = "What is taken where"),
))]
#[get("/.well-known/oauth-authorization-server")]
pub async fn metadata(state: Data<AppState>, request: HttpRequest) -> Result<impl Responder> {
    let issuer = issuer(&state, &request).ok_or(Error::NotFound)?;
    Ok(Json(ServerMetadata {
        token_endpoint: format!("{issuer}/{TOKEN_PATH}"),
        revocation_endpoint: format!("{issuer}/{REVOKE_PATH}"),
        service_documentation: format!("{issuer}/api/docs/"),
        issuer,
        scopes_supported: Scope::ALL.to_vec(),
        response_types_supported: [],
        grant_types_supported: ["client_credentials"],
        token_endpoint_auth_methods_supported: METHODS,
        token_endpoint_auth_signing_alg_values_supported: ALGORITHMS,
        revocation_endpoint_auth_methods_supported: METHODS,
        revocation_endpoint_auth_signing_alg_values_supported: ALGORITHMS,
    }))
}
