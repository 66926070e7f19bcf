//! What lies on people's desks: drafts that wait for somebody, with lines that need them, an open invitation, an invoice that was
//! wrong, and reminders that wait for their release.

use serde_json::json;

use super::accounts::{ACCOUNTS, staff_email};
use super::setting_up::person;
use crate::accounts;
use crate::accounts::invitations::{self, Invite};
use crate::accounts::members::{Authority, Manager};
use crate::audit::Actor;
use crate::clock::Timestamp;
use crate::db::Connection;
use crate::drafts::editing::{self, Editor};
use crate::drafts::resolving::{self, resolve};
use crate::drafts::rules::TypedLine;
use crate::drafts::shelving;
use crate::error::{Error, Result};
use crate::identity::idempotency;
use crate::ids::{AccountId, PersonId};
use crate::invoices::corrections;
use crate::invoices::corrections::rules::Wanted;
use crate::ledger::open_items;
use crate::reminders::rules::Automatic;
use crate::reminders::{policies, runs, settings};

/// An unplaced order: of which account, of which of its people, its name, and lines as they were typed.
struct Unplaced {
    account: &'static str,
    person: usize,
    title: Option<&'static str>,
    lines: &'static [(&'static str, &'static str, &'static str)],
}

const UNPLACED: [Unplaced; 3] = [
    Unplaced {
        account: "ELBTOR",
        person: 0,
        title: Some("Frühjahrslager Leipzig"),
        lines: &[
            ("TSW-8X160", "12", "CTN"),
            ("DKS-5X60", "6", "CTN"),
            ("NYP-8X40", "3", "CTN"),
            ("FRF-10X120", "5", "BOX"),
        ],
    },
    Unplaced {
        account: "ELBTOR",
        person: 1,
        title: None,
        lines: &[
            ("CSY-5X80", "16", "CTN"),
            ("CSY-4X50", "4", "CTN"),
            ("CSY-4X5O", "10", ""),
            ("DWS-3.5X35", "2", "CTN"),
            ("INJ-410", "1.000", ""),
            ("Nägel verzinkt", "5", ""),
            ("RWG-2.8X65", "12,5", "KGM"),
        ],
    },
    Unplaced {
        account: "GLASOORD",
        person: 0,
        title: Some("Kas 14, roof"),
        lines: &[
            ("GBS-4.8X20", "4", "CTN"),
            ("GBS-4.8X35", "4", "CTN"),
            ("WDS-M8X75", "80", "H87"),
        ],
    },
];

/// Puts it all there.
pub(super) fn create(tx: &mut Connection, now: Timestamp) -> Result<()> {
    for unplaced in &UNPLACED {
        let account_id = accounts::open_by_code(tx, unplaced.account)?.id;
        let editor = Editor {
            account_id,
            person_id: member(tx, unplaced.account, unplaced.person)?,
            now,
        };
        let typed = |(key, quantity, unit): &(&str, &str, &str)| {
            resolving::Wanted::from(TypedLine {
                key: (*key).to_owned(),
                quantity: (*quantity).to_owned(),
                unit: (*unit).to_owned(),
                note: String::new(),
            })
        };
        let lines = resolve(tx, account_id, unplaced.lines.iter().map(typed).collect(), now)?;
        let id = shelving::create(tx, &editor, unplaced.title.map(str::to_owned))?;
        editing::add(tx, &editor, Some(id), lines)?;
    }
    let account = accounts::open_by_code(tx, "ELBTOR")?;
    let person_id = member(tx, "ELBTOR", 0)?;
    let manager = Manager {
        person_id,
        account_id: account.id,
        authority: Authority::Member,
        actor: Actor::person(person_id),
    };
    let invite = Invite {
        email: "svenja@elbtor.example".to_owned(),
        role: "buyer".to_owned(),
    };
    invitations::invite(tx, &manager, &invite, now)?;
    correct(tx, account.id, now)?;
    remind(tx, now)
}

/// The account's latest invoice lacked something that the buyer needs.
fn correct(tx: &mut Connection, account_id: AccountId, now: Timestamp) -> Result<()> {
    let open = open_items::list_open(tx, account_id)?;
    let Some(wrong) = open.last() else { return Ok(()) };
    let finance = person(tx, &staff_email("greta"))?;
    let wanted = Wanted {
        reason: "Die Kostenstelle fehlte.".to_owned(),
        buyer_reference: Some("KST-4410".to_owned()),
        ..Wanted::default()
    };
    let key = "POST /api/v1/supplier/invoices/{id}/correct";
    let key = idempotency::Request::new(finance, key, "wrong-one".to_owned(), &wrong.invoice_id.to_string())?;
    corrections::correct(tx, &key, wrong.invoice_id, &wanted, &Actor::person(finance), now).map(drop)
}

/// How the house asks for what is overdue, and a run that waits for finance.
fn remind(tx: &mut Connection, now: Timestamp) -> Result<()> {
    let finance = Actor::person(person(tx, &staff_email("greta"))?);
    let levels =
        [(5, 0), (19, 14), (33, 14)].map(|(late, between)| json!({"days_overdue": late, "days_between": between}));
    let policy =
        json!({"code": "HOUSE", "name": "Kessemeer", "currency": "EUR", "smallest_amount": "10", "levels": levels});
    let policy = serde_json::from_value(policy).map_err(Error::internal)?;
    let policy = policies::add(tx, &policy, &finance, now)?;
    settings::set(tx, Some(&policy.code), Automatic::Off, &finance, now)?;
    runs::propose_once(tx, &finance, now).map(drop)
}

fn member(tx: &mut Connection, account: &str, place: usize) -> Result<PersonId> {
    let account = ACCOUNTS.iter().find(|known| known.code == account);
    let email = account.map(|account| account.email(place)).unwrap_or_default();
    person(tx, &email)
}
