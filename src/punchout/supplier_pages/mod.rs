//! How an account punches out, on the desk: the set-up and its secrets; [`documents`]: what came and went; [`trying`]: a
//! purchasing system to click through.

pub mod documents;
pub mod trying;

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get, post};
use askama::Template;

use super::rules::{Charset, Mode, Sending, Transport};
use super::setup::{self, Which};
use super::{DocumentRow, PunchoutSetup, Setup};
use crate::accounts;
use crate::accounts::rules::Account;
use crate::accounts::words::Head;
use crate::clock::now;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::{Confirmed, Desk, MayManageAccounts};
use crate::ids::AccountId;
use crate::punchout;
use crate::state::AppState;
use crate::web::list::{Cell, List};
use crate::web::{Chip, Fields, Form, Shape, Shell, Tone, see_other};

/// Documents on the page of a set-up.
const LATEST: i64 = 8;

#[derive(Template)]
#[template(path = "punchout/templates/setup.html")]
struct SetupPage<'a> {
    shell: &'a Shell,
    head: Head,
    form: Form,
    version: String,
    modes: Vec<(String, String)>,
    transports: Vec<(String, String)>,
    charsets: Vec<(String, String)>,
    /// Label and value.
    facts: Vec<(String, String)>,
    /// Shown this once, with what it is.
    secret: Option<(String, String)>,
    is_set_up: bool,
    has_oci: bool,
    latest: List<'a>,
}

fn choices(shell: &Shell, names: &[&str]) -> Vec<(String, String)> {
    let choice = |name: &&str| ((*name).to_owned(), shell.name("punchout-choice", name));
    names.iter().map(choice).collect()
}

/// `ours = theirs`, each on a line.
fn pairs_text(map: &BTreeMap<String, String>) -> String {
    let lines: Vec<_> = map.iter().map(|(own, theirs)| format!("{own} = {theirs}")).collect();
    lines.join("\n")
}

fn pairs(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let pair = |line: &str| {
        let (own, theirs) = line.split_once('=').unwrap_or((line, ""));
        (own.trim().to_owned(), theirs.trim().to_owned())
    };
    lines.map(pair).collect()
}

fn list(text: &str) -> Vec<String> {
    let parts = text.split([',', '\n', '\r', ' ']).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The form as a set-up is stored.
fn stored(shell: &Shell, setup: &PunchoutSetup) -> Form {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let values = [
        ("buyer_domain", setup.buyer_domain.clone()),
        ("buyer_identity", setup.buyer_identity.clone()),
        ("supplier_domain", setup.supplier_domain.clone()),
        ("supplier_identity", setup.supplier_identity.clone()),
        ("sender_domain", text(&setup.sender_domain)),
        ("sender_identity", text(&setup.sender_identity)),
        (
            "mode",
            if setup.is_test() { Mode::Test } else { Mode::Production }
                .name()
                .to_owned(),
        ),
        ("return_hosts", setup.return_hosts.join("\n")),
        ("frame_ancestors", setup.frame_ancestors.join("\n")),
        ("transport", setup.transport().name().to_owned()),
        ("units", pairs_text(&setup.units)),
        ("currencies", pairs_text(&setup.currencies)),
        ("taxes", pairs_text(&setup.taxes)),
        ("sites", pairs_text(&setup.sites)),
        ("classifications", pairs_text(&setup.classifications)),
        ("classification_domain", text(&setup.classification_domain)),
        ("classification_code", text(&setup.classification_code)),
        ("confirmation_url", text(&setup.confirmation_url)),
        ("ship_notice_url", text(&setup.ship_notice_url)),
        ("invoice_url", text(&setup.invoice_url)),
        ("status_url", text(&setup.status_url)),
        ("oci_user", text(&setup.oci_user)),
        ("oci_charset", setup.charset().name().to_owned()),
        ("oci_vendor", text(&setup.oci_vendor)),
        ("oci_material_group", text(&setup.oci_material_group)),
    ];
    Form::of(shell, values)
}

/// What somebody typed.
fn wanted(fields: &Fields) -> PunchoutSetup {
    let text = |name: &str| fields.get(name).to_owned();
    let filled = |name: &str| fields.filled(name).map(str::to_owned);
    PunchoutSetup {
        buyer_domain: text("buyer_domain"),
        buyer_identity: text("buyer_identity"),
        supplier_domain: text("supplier_domain"),
        supplier_identity: text("supplier_identity"),
        sender_domain: filled("sender_domain"),
        sender_identity: filled("sender_identity"),
        mode: text("mode"),
        return_hosts: list(fields.raw("return_hosts")),
        frame_ancestors: list(fields.raw("frame_ancestors")),
        transport: filled("transport"),
        units: pairs(fields.raw("units")),
        currencies: pairs(fields.raw("currencies")),
        taxes: pairs(fields.raw("taxes")),
        sites: pairs(fields.raw("sites")),
        classifications: pairs(fields.raw("classifications")),
        classification_domain: filled("classification_domain"),
        classification_code: filled("classification_code"),
        confirmation_url: filled("confirmation_url"),
        ship_notice_url: filled("ship_notice_url"),
        invoice_url: filled("invoice_url"),
        status_url: filled("status_url"),
        oci_user: filled("oci_user"),
        oci_charset: filled("oci_charset"),
        oci_vendor: filled("oci_vendor"),
        oci_material_group: filled("oci_material_group"),
    }
}

/// Whether a document was taken, in a word.
fn chip(shell: &Shell, row: &DocumentRow) -> Chip {
    let text = match row.state {
        Some(state) => shell.name("punchout-sending", state.name()),
        None => format!(
            "{} {}",
            row.status,
            shell.name("punchout-direction", row.direction.name())
        ),
    };
    match row.state {
        Some(Sending::Due) => return Chip::new(Tone::Info, Shape::Ring, text),
        Some(Sending::Parked) => return Chip::new(Tone::Bad, Shape::Diamond, text),
        _ => {}
    }
    match row.status {
        ..300 => Chip::new(Tone::Ok, Shape::Dot, text),
        300..500 => Chip::new(Tone::Warn, Shape::Half, text),
        _ => Chip::new(Tone::Bad, Shape::Diamond, text),
    }
}

fn table<'a>(shell: &'a Shell, list: List<'a>, account_id: AccountId, rows: &[DocumentRow]) -> List<'a> {
    let row = |row: &DocumentRow| {
        let path = format!("/desk/accounts/{account_id}/punchout/documents/{}", row.id);
        let kind = Cell::link(path, &row.kind).and_under(row.reference.clone().unwrap_or_default());
        vec![
            kind,
            Cell::chip(chip(shell, row)),
            Cell::text(shell.moment(row.created_at)),
        ]
    };
    list.column("punchout-document", "id")
        .column("word-state", "")
        .column("word-when", "nowrap")
        .rows(rows.iter().map(row))
        .none("punchout-documents-empty")
}

async fn page(
    state: &AppState,
    desk: &Desk<MayManageAccounts>,
    id: AccountId,
    form: Option<Form>,
    secret: Option<(&str, String)>,
) -> Result<HttpResponse> {
    let shell = &desk.shell;
    let read = move |connection: &mut Connection| {
        let account = accounts::get(connection, id)?;
        let setup = setup::find(connection, id)?;
        let latest = punchout::documents(connection, id, None, LATEST)?;
        Ok((account, setup, latest))
    };
    let (account, setup, latest): (Account, Option<Setup>, Vec<DocumentRow>) = state.db.read(read).await?;
    let fresh = PunchoutSetup {
        mode: Mode::Test.name().to_owned(),
        ..PunchoutSetup::default()
    };
    let own = setup.as_ref().map_or(&fresh, |setup| &setup.setup);
    let form = form.unwrap_or_else(|| stored(shell, own));
    let status = if form.is_refused() {
        form.status()
    } else {
        StatusCode::OK
    };
    let known = |end: Option<&String>| match end {
        Some(end) => format!("…{end}"),
        None => shell.t("punchout-secret-none"),
    };
    let facts = setup.iter().flat_map(|setup| {
        let out = if setup.out_secret.is_some() {
            "punchout-secret-set"
        } else {
            "punchout-secret-none"
        };
        [
            (shell.t("punchout-secret"), known(setup.secret_end.as_ref())),
            (shell.t("punchout-oci-secret"), known(setup.oci_secret_end.as_ref())),
            (shell.t("punchout-mac-secret"), known(setup.mac_end().as_ref())),
            (shell.t("punchout-out-secret"), shell.t(out)),
        ]
    });
    let section = List::section(shell, "latest", shell.t("punchout-documents"));
    let page = SetupPage {
        shell,
        head: Head::new(desk, &account, "punchout"),
        version: setup
            .as_ref()
            .map(|setup| setup.version.to_string())
            .unwrap_or_default(),
        modes: choices(shell, Mode::NAMES),
        transports: choices(shell, Transport::NAMES),
        charsets: choices(shell, Charset::NAMES),
        facts: facts.collect(),
        secret: secret.map(|(key, secret)| (shell.t(key), secret)),
        is_set_up: setup.is_some(),
        has_oci: own.oci_user.is_some(),
        latest: table(shell, section, id, &latest),
        form,
    };
    shell.page_with(status, &page)
}

/// How an account punches out
#[get("/desk/accounts/{id}/punchout")]
pub async fn show(
    state: Data<AppState>,
    desk: Desk<MayManageAccounts>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    page(&state, &desk, id, None, None).await
}

/// Sets an account up, or changes how it is
#[post("/desk/accounts/{id}/punchout")]
pub async fn save(
    state: Data<AppState>,
    desk: Confirmed<Desk<MayManageAccounts>>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, hosts, seen, wanted) = (
        desk.staff.actor(),
        state.webhook_hosts.clone(),
        fields.seen(),
        wanted(&fields),
    );
    let write = move |tx: &mut Connection| setup::put(tx, &actor, &hosts, id, (Some(&seen), &wanted), now());
    match state.db.write(write).await {
        Ok(_) => {
            let to = format!("/desk/accounts/{id}/punchout");
            Ok(see_other(to).flash(Tone::Ok, desk.shell.t("punchout-saved")).into())
        }
        Err(error) => {
            let form = Form::sent(&desk.shell, fields).refused(&desk.shell, error)?;
            page(&state, &desk, id, Some(form), None).await
        }
    }
}

async fn new_secret(
    state: &AppState,
    desk: &Desk<MayManageAccounts>,
    id: AccountId,
    which: Which,
) -> Result<HttpResponse> {
    let actor = desk.staff.actor();
    let write = move |tx: &mut Connection| {
        accounts::get_open(tx, id)?;
        setup::rotate(tx, &actor, id, which, now())
    };
    match state.db.write(write).await {
        Ok((_, secret)) => {
            let key = match which {
                Which::Shared => "punchout-secret",
                Which::Oci => "punchout-oci-secret",
                Which::Mac => "punchout-mac-secret",
            };
            page(state, desk, id, None, Some((key, secret))).await
        }
        // Nothing is set up that could have one.
        Err(Error::NotFound) => Ok(see_other(format!("/desk/accounts/{id}/punchout")).into()),
        Err(error) => Err(error),
    }
}

/// Makes a new shared secret and shows it, once
#[post("/desk/accounts/{id}/punchout/rotate")]
pub async fn rotate(
    state: Data<AppState>,
    desk: Confirmed<Desk<MayManageAccounts>>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    new_secret(&state, &desk, id, Which::Shared).await
}

/// Makes a new password for OCI and shows it, once
#[post("/desk/accounts/{id}/punchout/rotate-oci")]
pub async fn rotate_oci(
    state: Data<AppState>,
    desk: Confirmed<Desk<MayManageAccounts>>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    new_secret(&state, &desk, id, Which::Oci).await
}

/// Makes a new key for codes in place of the shared secret and shows it, once
#[post("/desk/accounts/{id}/punchout/rotate-mac")]
pub async fn rotate_mac(
    state: Data<AppState>,
    desk: Confirmed<Desk<MayManageAccounts>>,
    PathId(id): PathId<AccountId>,
) -> Result<HttpResponse> {
    new_secret(&state, &desk, id, Which::Mac).await
}

/// Keeps the secret for documents that we send
#[post("/desk/accounts/{id}/punchout/out-secret")]
pub async fn out_secret(
    state: Data<AppState>,
    desk: Confirmed<Desk<MayManageAccounts>>,
    PathId(id): PathId<AccountId>,
    fields: Fields,
) -> Result<HttpResponse> {
    let (actor, secret) = (desk.staff.actor(), fields.raw("secret").trim().to_owned());
    let write = move |tx: &mut Connection| setup::keep_out_secret(tx, &actor, id, &secret, now());
    let to = see_other(format!("/desk/accounts/{id}/punchout"));
    match state.db.write(write).await {
        Ok(_) => Ok(to.flash(Tone::Ok, desk.shell.t("punchout-saved")).into()),
        Err(Error::NotFound) => Ok(to.into()),
        Err(error @ Error::Invalid(_)) => Ok(to.flash(Tone::Bad, desk.shell.error_text(&error)).into()),
        Err(error) => Err(error),
    }
}

/// The account of a page, and where the portal is.
async fn open_account(state: &AppState, request: &HttpRequest, id: AccountId) -> Result<(Account, url::Url)> {
    let account = state.db.read(move |connection| accounts::get(connection, id)).await?;
    Ok((account, super::pages::base(state, request)?))
}
