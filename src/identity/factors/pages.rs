//! My second factor: set up with a code to scan, its recovery codes, its end.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;
use qrcodegen::{QrCode, QrCodeEcc};

use super::Status;
use crate::clock;
use crate::error::{Code, Error, Result};
use crate::identity::caller::{Access, Anyone, Confirmed};
use crate::identity::factors;
use crate::identity::pages::throttled;
use crate::identity::passkeys::PasskeyRow;
use crate::identity::passkeys::pages as passkeys;
use crate::ids::PasskeyId;
use crate::state::AppState;
use crate::web::{Banner, Fields, Form, Shell, Tone, see_other};

const PATH: &str = "/profile/second-factor";
/// Light squares around the code, which scanners need.
const QUIET: i32 = 4;

#[derive(Template)]
#[template(path = "identity/templates/factor.html")]
struct FactorPage<'a> {
    shell: &'a Shell,
    form: Form,
    must: bool,
    needed: Banner,
    since: Option<String>,
    /// There are recovery codes, whichever factor is set up.
    has_codes: bool,
    codes_left: String,
    secret: Option<String>,
    /// The code to scan: how many squares wide, and the dark ones.
    size: i32,
    squares: String,
    codes: Vec<String>,
    /// Id, name, and when it was added and used.
    passkeys: Vec<(PasskeyId, String, String)>,
    /// What a browser needs to make one, and what the answer comes with.
    creation: Option<(String, String)>,
}

impl<'a> FactorPage<'a> {
    fn new(
        anyone: &'a Anyone,
        status: Status,
        form: Form,
        codes: Vec<String>,
        creation: Option<(String, String)>,
    ) -> Result<Self> {
        let shell = &anyone.shell;
        let is_few = status.has_few_codes();
        let key = if is_few {
            "factor-codes-few"
        } else {
            "factor-codes-left"
        };
        let (size, squares) = match &status.pending {
            Some(secret) => squares(&uri(shell, secret))?,
            None => (0, String::new()),
        };
        Ok(Self {
            shell,
            form,
            must: anyone.caller.must_enrol && codes.is_empty(),
            needed: Banner::new(Tone::Warn, shell.t("factor-needed")),
            since: status.authenticator.map(|at| shell.moment(at)),
            has_codes: status.since.is_some(),
            passkeys: status.passkeys.iter().map(|passkey| told(shell, passkey)).collect(),
            creation,
            codes_left: shell.t1(key, "codes", status.codes_left),
            secret: status.pending.as_deref().map(grouped),
            size,
            squares,
            codes,
        })
    }
}

fn told(shell: &Shell, passkey: &PasskeyRow) -> (PasskeyId, String, String) {
    let used = match passkey.last_used_at {
        Some(at) => shell.t1("passkey-used", "moment", shell.moment(at)),
        None => shell.t("passkey-never"),
    };
    let added = shell.t1("passkey-since", "moment", shell.moment(passkey.created_at));
    (passkey.id, passkey.name.clone(), format!("{added} · {used}"))
}

/// What an authenticator reads: whose secret it is, and the secret.
fn uri(shell: &Shell, secret: &str) -> String {
    let issuer = if shell.supplier.is_empty() {
        "Portal"
    } else {
        &shell.supplier
    };
    let name = shell.person.as_ref().map_or("", |person| person.name.as_str());
    factors::uri(issuer, name, secret)
}

/// A secret in groups of four, for those who type it.
fn grouped(secret: &str) -> String {
    let chars: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = chars.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

/// A text as a code to scan: its width, and its dark squares as a path.
fn squares(text: &str) -> Result<(i32, String)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|error| Error::internal(error.to_string()))?;
    let all = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
    let dark = all.filter(|(x, y)| code.get_module(*x, *y));
    let square = |(x, y): (i32, i32)| format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET);
    Ok((code.size() + 2 * QUIET, dark.map(square).collect()))
}

/// The page with recovery codes that are shown this once.
pub(in crate::identity) async fn with_codes(
    state: &AppState,
    access: &Access,
    request: &HttpRequest,
    anyone: &Anyone,
    text: String,
    codes: Vec<String>,
) -> Result<HttpResponse> {
    let mut form = Form::new(&anyone.shell);
    form.say(Tone::Ok, text);
    page(&At { state, access, request }, anyone, form, codes).await
}

/// Where a page is made.
struct At<'r> {
    state: &'r AppState,
    access: &'r Access,
    request: &'r HttpRequest,
}

async fn page(at: &At<'_>, anyone: &Anyone, form: Form, codes: Vec<String>) -> Result<HttpResponse> {
    let creation = passkeys::creation(at.state, at.access, at.request, anyone).await?;
    let state = at.state;
    let person_id = anyone.caller.person_id;
    let status = state
        .db
        .read(move |connection| factors::status(connection, person_id))
        .await?;
    let answer = form.status();
    anyone
        .shell
        .page_with(answer, &FactorPage::new(anyone, status, form, codes, creation)?)
}

/// The page after a refusal.
async fn refused(at: &At<'_>, anyone: &Anyone, error: Error) -> Result<HttpResponse> {
    let shell = &anyone.shell;
    let wait = match &error {
        Error::Throttled { retry_after_s } => Some(throttled(shell, *retry_after_s)),
        _ => None,
    };
    let mut form = Form::new(shell).refused(shell, error)?;
    if let Some(text) = wait {
        form.say(Tone::Bad, text);
    }
    page(at, anyone, form, Vec::new()).await
}

/// How it stands with my second factor
#[get("/profile/second-factor")]
pub async fn show(
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    anyone: Anyone,
) -> Result<HttpResponse> {
    let form = Form::new(&anyone.shell);
    let at = At {
        state: &state,
        access: &access,
        request: &request,
    };
    page(&at, &anyone, form, Vec::new()).await
}

/// Makes a secret to scan
#[post("/profile/second-factor")]
pub async fn begin(state: Data<AppState>, anyone: Confirmed<Anyone>) -> Result<HttpResponse> {
    let person_id = anyone.caller.person_id;
    let write = move |tx: &mut _| factors::begin(tx, person_id, clock::now());
    match state.db.write(write).await {
        // Pressed twice: what is set up is shown.
        Ok(_) | Err(Error::Conflict { .. }) => Ok(see_other(PATH).into()),
        Err(other) => Err(other),
    }
}

/// Puts the secret in force by its first code; shows the recovery codes
#[post("/profile/second-factor/confirm")]
pub async fn confirm(
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    anyone: Confirmed<Anyone>,
    fields: Fields,
) -> Result<HttpResponse> {
    let at = At {
        state: &state,
        access: &access,
        request: &request,
    };
    let caller = &anyone.caller;
    let (actor, ids) = (caller.actor(), (caller.person_id, caller.session_id));
    let code = fields.get("code").to_owned();
    let write = move |tx: &mut _| factors::confirm(tx, &actor, ids, &code, clock::now());
    match state.db.write(write).await.and_then(|inner| inner) {
        Ok(made) => {
            access.sessions.forget_all(&made.ended).await;
            access.sessions.forget(caller.session_id).await;
            let mut form = Form::new(&anyone.shell);
            form.say(Tone::Ok, anyone.shell.t("factor-done"));
            page(&at, &anyone, form, made.codes).await
        }
        Err(Error::Conflict { .. }) => Ok(see_other(PATH).into()),
        Err(error) => refused(&at, &anyone, error).await,
    }
}

/// Makes new recovery codes
#[post("/profile/second-factor/recovery-codes")]
pub async fn renew_codes(
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    anyone: Anyone,
    fields: Fields,
) -> Result<HttpResponse> {
    let at = At {
        state: &state,
        access: &access,
        request: &request,
    };
    let caller = &anyone.caller;
    let (actor, whose) = (caller.actor(), (caller.person_id, caller.proven_at));
    let code = fields.get("code").to_owned();
    let write = move |tx: &mut _| factors::renew_codes(tx, &actor, whose, &code, clock::now());
    match state.db.write(write).await.and_then(|inner| inner) {
        Ok(codes) => page(&at, &anyone, Form::new(&anyone.shell), codes).await,
        Err(Error::Conflict { .. }) => Ok(see_other(PATH).into()),
        Err(error) if error.code() == Code::StepUpRequired => Err(error),
        Err(error) => refused(&at, &anyone, error).await,
    }
}

/// Takes my second factor away
#[post("/profile/second-factor/remove")]
pub async fn remove(
    state: Data<AppState>,
    access: Data<Access>,
    request: HttpRequest,
    anyone: Anyone,
    fields: Fields,
) -> Result<HttpResponse> {
    let at = At {
        state: &state,
        access: &access,
        request: &request,
    };
    let (actor, person_id) = (anyone.caller.actor(), anyone.caller.person_id);
    let code = fields.get("code").to_owned();
    let write = move |tx: &mut _| factors::remove(tx, &actor, person_id, &code, clock::now());
    match state.db.write(write).await.and_then(|inner| inner) {
        Ok(left) => {
            access.sessions.forget(anyone.caller.session_id).await;
            let key = match left.keeps_passkeys {
                true => "factor-removed-passkeys",
                false => "factor-removed",
            };
            Ok(see_other(PATH).flash(Tone::Ok, anyone.shell.t(key)).into())
        }
        Err(Error::Conflict { .. }) => Ok(see_other(PATH).into()),
        Err(error) => refused(&at, &anyone, error).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_to_scan_has_its_corners_and_a_quiet_border() {
        let (size, path) = squares("otpauth://totp/a?secret=ABCD").expect("drawn");
        assert!((29..60).contains(&size), "{size}");
        assert!(path.starts_with("M4 4h1v1h-1zM5 4h1v1h-1z"), "{path}");
        assert_eq!(grouped("ABCDEFGHIJ"), "ABCD EFGH IJ");
    }
}
