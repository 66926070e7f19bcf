//! A document of a buyer's system is taken: who sends it is checked, what came before under the same number is answered as
//! then, and what it asks for is done. Every answer is a cXML document, refusals too.

use std::net::IpAddr;

use url::Url;

use super::cxml::{self, Element, model, writing};
use super::proving::{self, Parties};
use super::rules::{self, DOCUMENT_CHARS_KEPT, Direction, Mode};
use super::setup::{self, Setup};
use super::store::{self, DocumentRow};
use super::{beginning, ordering};
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::identity::throttling::Source;
use crate::ids::{AccountId, OrderId, PunchoutDocumentId};
use crate::languages::Language;

/// Credentials of a side at most.
const CREDENTIALS_MAX: usize = 10;

/// A document that can be taken.
#[derive(Debug, Clone)]
pub struct Document {
    pub whole: Element,
    pub payload_id: String,
    /// The name of what is asked for: `OrderRequest`.
    pub kind: String,
}

/// An answer: code, what to do, and what else is said.
#[derive(Debug, Clone)]
pub struct Said {
    pub code: i32,
    pub detail: String,
    pub more: Option<Element>,
    /// The order it is about.
    pub order_id: Option<OrderId>,
}

impl Said {
    pub fn new(code: i32, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            more: None,
            order_id: None,
        }
    }

    pub(super) fn with(self, more: Element) -> Self {
        Self {
            more: Some(more),
            ..self
        }
    }

    /// As it is sent.
    pub fn written(&self, now: Timestamp) -> String {
        let status = writing::status(self.code, writing::status_text(self.code), &self.detail);
        let response = Element::new("Response").holding(status).holding_all(self.more.clone());
        let document = writing::document([response], &writing::payload_id(now), now);
        writing::written(&document, "cXML")
    }
}

/// What it is that came; else what is said of it.
pub fn read(bytes: &[u8]) -> Result<Document, Said> {
    let whole = cxml::read(bytes).map_err(|fault| {
        let why = match fault {
            cxml::Fault::Broken => "The document is not well-formed XML.",
            cxml::Fault::Entities => {
                "Documents may name a document type and declare nothing: no entities, no internal subset."
            }
            cxml::Fault::Limits => "The document is larger, deeper or has more elements than is taken: 4 MB at most.",
            cxml::Fault::Encoding => "Send UTF-8, or ISO-8859-1 and say so.",
            cxml::Fault::Structure => "Elements stand where they may not.",
        };
        Said::new(406, why)
    })?;
    if whole.name != "cXML" {
        return Err(Said::new(406, "The outermost element is cXML."));
    }
    model::check(&whole)
        .map_err(|why| Said::new(406, format!("Not as the cXML {} DTD has it: {why}.", writing::VERSION)))?;
    let request = whole
        .at(&["Request"])
        .ok_or_else(|| Said::new(450, "Only requests are taken here."))?;
    let asked = request.elements().find(|inner| inner.name != "Status");
    let kind = asked.map(|inner| inner.name.clone()).unwrap_or_default();
    let payload_id = whole.attribute("payloadID").unwrap_or_default().to_owned();
    if payload_id.is_empty() || payload_id.chars().count() > 500 {
        return Err(Said::new(406, "payloadID has 1 to 500 characters."));
    }
    let document = Document {
        whole,
        payload_id,
        kind,
    };
    if ["From", "To", "Sender"]
        .iter()
        .any(|side| document.credentials(side).len() > CREDENTIALS_MAX)
    {
        let why = format!("From, To and Sender have {CREDENTIALS_MAX} credentials at most.");
        return Err(Said::new(406, why));
    }
    Ok(document)
}

/// Where a document came from, and where we are.
#[derive(Debug, Clone)]
pub struct Reached {
    pub address: Option<IpAddr>,
    /// Where people and programs reach the portal.
    pub base: Url,
    /// One of the staff tries a set-up out: no secret is asked for, and the basket may come back to our own pages.
    pub tried_by_staff: Option<AccountId>,
}

impl Document {
    pub(super) fn asked(&self) -> &Element {
        static NONE: std::sync::LazyLock<Element> = std::sync::LazyLock::new(Element::default);
        self.whole.at(&["Request", &self.kind]).unwrap_or(&NONE)
    }

    /// `production` where nothing is said.
    pub(super) fn mode(&self) -> Mode {
        let said = self
            .whole
            .at(&["Request"])
            .and_then(|request| request.attribute("deploymentMode"));
        said.and_then(Mode::from_name).unwrap_or(Mode::Production)
    }

    /// Domain and identity of each credential of a side.
    fn credentials(&self, side: &str) -> Vec<(String, String, Option<String>)> {
        let credentials = self.whole.at(&["Header", side]).into_iter();
        let credentials = credentials.flat_map(|side| side.all("Credential"));
        credentials
            .map(|credential| {
                let domain = credential.attribute("domain").unwrap_or_default().to_owned();
                let identity = credential.value_at(&["Identity"]).unwrap_or_default();
                (domain, identity, credential.value_at(&["SharedSecret"]))
            })
            .collect()
    }

    /// True if a code of the sender stands for the shared secret of the buyer that was found.
    fn is_coded(&self, found: Option<&Setup>, now: Timestamp) -> bool {
        let senders = self.whole.at(&["Header", "Sender"]).into_iter();
        let senders = senders.flat_map(|side| side.all("Credential"));
        let own = |setup: &Setup| (setup.setup.buyer_domain.clone(), setup.setup.buyer_identity.clone());
        let from = found.map(own).unwrap_or_default();
        let secret = found.and_then(|setup| setup.mac_secret.as_deref());
        let is_good = |credential: &Element| {
            let mac = credential.at(&["CredentialMac"])?;
            let domain = credential.attribute("domain").unwrap_or_default();
            let identity = credential.value_at(&["Identity"]).unwrap_or_default();
            let parties = Parties {
                from: (&from.0, &from.1),
                sender: (domain, &identity),
            };
            Some(proving::is_good(secret, parties, mac, now))
        };
        senders.filter_map(is_good).any(|is_good| is_good)
    }

    /// As it is kept: without secrets, and not without end.
    pub fn kept(&self) -> String {
        let blanked = self
            .whole
            .blanked("SharedSecret")
            .blanked("CredentialMac")
            .blanked("DigitalSignature")
            .blanked("Payment");
        rules::cut(&blanked.to_lines(), DOCUMENT_CHARS_KEPT).to_owned()
    }
}

fn unknown() -> Said {
    Said::new(
        401,
        "The credentials of From, To or Sender are not known, or the shared secret is wrong.",
    )
}

/// The set-up of who sends a document, if they prove it.
fn admit(tx: &mut Connection, document: &Document, reached: &Reached, now: Timestamp) -> Result<Result<Setup, Said>> {
    if let Some(account_id) = reached.tried_by_staff {
        return Ok(setup::find(tx, account_id)?.ok_or_else(unknown));
    }
    let from = document.credentials("From");
    let named: Vec<_> = from
        .iter()
        .map(|(domain, identity, _)| rules::credential_key(domain, identity))
        .collect();
    let found = setup::find_by_buyers(tx, &named)?;
    let senders = document.credentials("Sender");
    let sent = senders
        .iter()
        .find_map(|(_, _, secret)| secret.clone())
        .unwrap_or_default();
    // Asked whoever it is, so that the time tells nothing of who is known.
    let has_secret = match &found {
        Some(setup) => setup.has_secret(&sent),
        None => setup::is_secret(None, &sent),
    };
    let has_code = document.is_coded(found.as_ref(), now);
    let is = |credentials: &[(String, String, Option<String>)], domain: &str, identity: &str| {
        let key = rules::credential_key(domain, identity);
        credentials
            .iter()
            .any(|(domain, identity, _)| rules::credential_key(domain, identity) == key)
    };
    let fits = |setup: &PunchoutNames| {
        is(&senders, &setup.sender.0, &setup.sender.1)
            && is(&document.credentials("To"), &setup.supplier.0, &setup.supplier.1)
    };
    match found {
        Some(setup) if (has_secret || has_code) && fits(&PunchoutNames::of(&setup)) => {
            match crate::accounts::get_open(tx, setup.account_id) {
                Ok(_) => Ok(Ok(setup)),
                Err(Error::Conflict { .. }) => Ok(Err(Said::new(403, "The account is closed."))),
                Err(error) => Err(error),
            }
        }
        _ => {
            // What is right is never held off, so strangers lock nobody out.
            let source = Source::of_client(&format!("punchout {}", named.join(" ")), reached.address);
            source.lock(tx)?;
            match source.refuse_if_throttled(tx, now) {
                Err(Error::Throttled { retry_after_s }) => {
                    let detail = format!("Too many failed attempts. Try again in {retry_after_s} seconds.");
                    return Ok(Err(Said::new(560, detail)));
                }
                other => other?,
            };
            source.count(tx, now)?;
            tracing::warn!(
                kind = document.kind,
                "a cXML document with unknown credentials was refused"
            );
            Ok(Err(unknown()))
        }
    }
}

/// Whom a set-up expects.
struct PunchoutNames {
    sender: (String, String),
    supplier: (String, String),
}

impl PunchoutNames {
    fn of(setup: &Setup) -> Self {
        let own = &setup.setup;
        let sender = own.sender_domain.clone().zip(own.sender_identity.clone());
        Self {
            sender: sender.unwrap_or_else(|| (own.buyer_domain.clone(), own.buyer_identity.clone())),
            supplier: (own.supplier_domain.clone(), own.supplier_identity.clone()),
        }
    }
}

/// Takes a document; the answer as it is sent. Where a rule of the portal refuses it, nothing of it may stay: undo the
/// transaction and have [`refuse`] write down what was said.
pub fn take(tx: &mut Connection, document: &Document, reached: &Reached, now: Timestamp) -> Result<String> {
    let setup = match admit(tx, document, reached, now)? {
        Ok(setup) => setup,
        Err(said) => return Ok(said.written(now)),
    };
    let account_id = setup.account_id;
    store::lock_setup(tx, account_id)?;
    if let Some(before) = store::find_received(tx, account_id, &document.payload_id)? {
        return Ok(before.answer);
    }
    let a_minute_ago = now - chrono::TimeDelta::minutes(1);
    if store::count_since(tx, account_id, a_minute_ago)? >= rules::DOCUMENTS_A_MINUTE {
        let detail = format!(
            "At most {} documents a minute. Send it again later.",
            rules::DOCUMENTS_A_MINUTE
        );
        return Ok(Said::new(560, detail).written(now));
    }
    let mode = match reached.tried_by_staff {
        Some(_) => Mode::Test,
        None => document.mode(),
    };
    // What is only tried uses up nothing.
    let order_key = order_key(document).filter(|_| mode == Mode::Production);
    if let Some(key) = &order_key
        && let Some(before) = store::find_of_order_key(tx, account_id, key)?
    {
        // The same order under another number: what was said of it still holds.
        return Ok(before.answer);
    }
    let said = match document.kind.as_str() {
        "ProfileRequest" => beginning::profile(reached, now),
        "PunchOutSetupRequest" => beginning::begin(tx, document, &setup, reached, now)?,
        "OrderRequest" => ordering::take(tx, document.asked(), (&document.payload_id, mode), &setup, now)?,
        "StatusUpdateRequest" => Said::new(200, ""),
        kind => Said::new(450, format!("{kind} is not taken here.")),
    };
    let is_done = said.code < 300 && said.order_id.is_some();
    keep(tx, document, account_id, order_key.filter(|_| is_done), &said, now)
}

/// Writes down that a document was refused after its sender was known; the answer. Nothing for what may go well later.
pub fn refuse(
    tx: &mut Connection,
    document: &Document,
    reached: &Reached,
    said: &Said,
    now: Timestamp,
) -> Result<String> {
    let account_id = match reached.tried_by_staff {
        Some(account_id) => Some(account_id),
        None => {
            let named: Vec<_> = document
                .credentials("From")
                .iter()
                .map(|(domain, identity, _)| rules::credential_key(domain, identity))
                .collect();
            setup::find_by_buyers(tx, &named)?.map(|setup| setup.account_id)
        }
    };
    let Some(account_id) = account_id else {
        return Ok(unknown().written(now));
    };
    store::lock_setup(tx, account_id)?;
    match store::find_received(tx, account_id, &document.payload_id)? {
        Some(before) => Ok(before.answer),
        None => keep(tx, document, account_id, None, said, now),
    }
}

fn keep(
    tx: &mut Connection,
    document: &Document,
    account_id: AccountId,
    order_key: Option<String>,
    said: &Said,
    now: Timestamp,
) -> Result<String> {
    let answer = said.written(now);
    let reference = match document.kind.as_str() {
        "OrderRequest" => header(document)
            .and_then(|header| header.attribute("orderID"))
            .map(str::to_owned),
        "StatusUpdateRequest" => document
            .asked()
            .at(&["DocumentReference"])
            .and_then(|reference| reference.attribute("payloadID"))
            .map(str::to_owned),
        _ => None,
    };
    let row = DocumentRow {
        id: PunchoutDocumentId::new(),
        account_id,
        direction: Direction::In,
        kind: document.kind.clone(),
        payload_id: document.payload_id.clone(),
        reference,
        order_key,
        order_id: said.order_id,
        status: said.code,
        status_text: rules::cut(&said.detail, 2_000).to_owned(),
        request: document.kept(),
        answer: answer.clone(),
        created_at: now,
        state: None,
    };
    store::insert_document(tx, row)?;
    Ok(answer)
}

fn header(document: &Document) -> Option<&Element> {
    document.asked().at(&["OrderRequestHeader"])
}

/// What tells an order, its version and what is wanted of it from all others; none for other documents, and none for a
/// change that doesn't say which version it is: another one like it may be meant.
fn order_key(document: &Document) -> Option<String> {
    let header = header(document)?;
    let is_new = header.attribute("type").is_none_or(|kind| kind == "new");
    if !is_new && header.attribute("orderVersion").is_none() {
        return None;
    }
    let of = |name, usual| header.attribute(name).unwrap_or(usual).to_owned();
    Some(
        [
            of("orderID", ""),
            of("orderVersion", "1"),
            of("type", "new"),
            of("orderDate", ""),
        ]
        .join("\n"),
    )
}

/// A refusal of the portal as a status: what is wrong, at which line, and what to do.
pub fn refusal(document: &Document, error: &Error) -> Said {
    let english = |sentence: &crate::sentences::Sentence| sentence.in_language(Language::En);
    let number = |place: usize| {
        let line = document.asked().all("ItemOut").nth(place);
        let own = line.and_then(|line| line.attribute("lineNumber").map(str::to_owned));
        own.unwrap_or_else(|| place.saturating_add(1).to_string())
    };
    match error {
        Error::Invalid(faults) => {
            let told = faults.iter().map(|fault| {
                let place = fault.pointer.strip_prefix("/lines/");
                let place = place.and_then(|rest| rest.split('/').next()?.parse().ok());
                match place {
                    Some(place) => format!("Line {}: {}", number(place), english(&fault.detail)),
                    None => english(&fault.detail),
                }
            });
            Said::new(400, told.collect::<Vec<_>>().join(" "))
        }
        Error::NotFound => Said::new(417, "What is referred to is not known here."),
        Error::Forbidden => Said::new(403, english(&error.sentence())),
        Error::Conflict { .. } => Said::new(409, english(&error.sentence())),
        error => Said::new(400, english(&error.sentence())),
    }
}
