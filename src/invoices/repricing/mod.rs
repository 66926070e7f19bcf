//! Price corrections: which invoiced lines of some days would cost something else by the prices as they are kept now for the day they
//! were ordered; a preview that somebody releases, by credit notes for what was too dear and invoices for what was too cheap.

pub mod checks;
mod releasing;
pub mod rules;
pub mod sentences;
mod shapes;
mod store;
pub mod supplier_api;
pub mod supplier_pages;

use chrono::Datelike;
use serde_json::json;

pub use self::releasing::{of_invoice, release};
use self::rules::{Difference, LINES_MAX, LOOKED_AT_MAX, Scope, State, checked, difference, is_of, number};
use self::store::Invoiced;
pub use self::store::{Line, Run};
use crate::accounts::{self, terms};
use crate::audit::{self, Actor};
use crate::clock::{Timestamp, day_in};
use crate::db::seek::Walk;
use crate::db::{Batch, Connection};
use crate::error::{Code, Error, Result};
use crate::identity::idempotency::{self, Begun};
use crate::ids::PriceCorrectionId;
use crate::limits;
use crate::money::{Currency, Money};
use crate::pricing::again::price_again;
use crate::pricing::rules::Bought;

/// A run with its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    pub run: Run,
    /// By account and invoice.
    pub lines: Vec<Line>,
}

impl Run {
    /// Codes of the accounts it is about; none where it is about all.
    pub fn account_codes(&self) -> Vec<String> {
        serde_json::from_str(&self.accounts).unwrap_or_default()
    }
}

/// What a run comes to in a currency, without tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// Above zero.
    pub credited: Money,
    pub invoiced: Money,
}

impl Whole {
    /// What it comes to, by currency; without what had changed when it was released.
    pub fn sums(&self) -> Vec<Sum> {
        let mut sums: Vec<(Currency, i64, i64)> = Vec::new();
        for line in self.lines.iter().filter(|line| line.outcome != rules::Outcome::Changed) {
            let place = match sums.iter().position(|(currency, ..)| *currency == line.currency) {
                Some(place) => place,
                None => {
                    sums.push((line.currency, 0, 0));
                    sums.len() - 1
                }
            };
            if let Some((_, credited, invoiced)) = sums.get_mut(place) {
                *credited += (-line.difference_minor).max(0);
                *invoiced += line.difference_minor.max(0);
            }
        }
        let sum = |(currency, credited, invoiced)| Sum {
            credited: Money::new(credited, currency),
            invoiced: Money::new(invoiced, currency),
        };
        sums.into_iter().map(sum).collect()
    }
}

/// Looks for what would cost something else, and keeps it as a preview. The same request has one effect; the flag says whether it is a
/// repetition.
pub fn preview(
    tx: &mut Connection,
    key: &idempotency::Request,
    scope: &Scope,
    actor: &Actor,
    now: Timestamp,
) -> Result<(Whole, bool)> {
    let id = PriceCorrectionId::new();
    if let Begun::Replay(created) = idempotency::begin(tx, key, id.0, now)? {
        return Ok((get(tx, PriceCorrectionId(created))?, true));
    }
    let today = day_in(accounts::supplier_zone(tx)?, now);
    let scope = checked(scope, today, limits::CODE)?;
    let account_ids = match store::find_accounts(tx, &scope.accounts)? {
        Ok(ids) => ids,
        Err((place, code)) => {
            let detail = crate::invoices::sentences::no_account(code);
            return Err(Error::invalid(
                format!("/accounts/{place}"),
                Code::UnknownAccount,
                detail,
            ));
        }
    };
    let invoiced = store::list_invoiced(tx, (scope.from, scope.to), &account_ids, LOOKED_AT_MAX + 1)?;
    if i64::try_from(invoiced.len()).unwrap_or(i64::MAX) > LOOKED_AT_MAX {
        let detail = sentences::correction_looks_at_too_much(LOOKED_AT_MAX);
        return Err(Error::refused(Code::PriceCorrectionTooLarge, detail));
    }
    let (mut differences, skipped) = look(tx, invoiced)?;
    differences.retain(|one| is_of(one, scope.price_list.as_deref()));
    if differences.len() > LINES_MAX {
        let detail = sentences::correction_of_too_many_lines(differences.len(), LINES_MAX);
        return Err(Error::refused(Code::PriceCorrectionTooLarge, detail));
    }
    let sequence = (today.year(), store::next_sequence(tx, today.year())?);
    let run = Run {
        id,
        year: sequence.0,
        sequence: sequence.1,
        number: number(sequence),
        state: State::Preview,
        issued_from: scope.from,
        issued_to: scope.to,
        accounts: serde_json::to_string(&scope.accounts).map_err(Error::internal)?,
        price_list: scope.price_list,
        note: scope.note,
        line_count: i32::try_from(differences.len()).map_err(Error::internal)?,
        skipped_count: i32::try_from(skipped).map_err(Error::internal)?,
        created_at: now,
        created_by: actor.to_string(),
        ended_at: None,
        ended_by: None,
    };
    let mut batch = Batch::new();
    store::insert(&mut batch, &run, &differences)?;
    let details = json!({
        "number": run.number, "from": run.issued_from, "to": run.issued_to, "accounts": scope.accounts,
        "price_list": run.price_list, "lines": run.line_count,
    });
    record(&mut batch, actor, id, "price_correction.preview", details, now);
    batch.run(tx)?;
    Ok((get(tx, id)?, false))
}

/// What of invoiced lines would cost something else, and how many have no price now: a fixed number of statements for each account.
fn look(connection: &mut Connection, invoiced: Vec<Invoiced>) -> Result<(Vec<Difference>, usize)> {
    let (mut differences, mut skipped) = (Vec::new(), 0);
    let mut invoiced = invoiced.into_iter().peekable();
    while let Some(account_id) = invoiced.peek().map(|(standing, _)| standing.account_id) {
        let own = std::iter::from_fn(|| invoiced.next_if(|(standing, _)| standing.account_id == account_id));
        let (standings, bought): (Vec<_>, Vec<Bought>) = own.unzip();
        let terms = terms::load(connection, account_id)?;
        let priced = price_again(connection, &terms, &bought)?;
        for (standing, priced) in standings.into_iter().zip(priced) {
            match priced {
                Some(priced) => differences.extend(difference(standing, &priced)?),
                None => skipped += 1,
            }
        }
    }
    Ok((differences, skipped))
}

fn record(
    batch: &mut Batch,
    actor: &Actor,
    id: PriceCorrectionId,
    action: &'static str,
    details: serde_json::Value,
    now: Timestamp,
) {
    let entry = audit::Entry {
        action,
        account_id: None,
        object: id.to_string(),
        details,
    };
    batch.add(audit::recording(actor, &entry, now));
}

/// At most `limit` runs, the newest first; for staff.
pub fn list(connection: &mut Connection, walk: Walk<PriceCorrectionId>, limit: i64) -> Result<Vec<Run>> {
    store::list(connection, walk, limit)
}

/// A run with its lines; for staff.
pub fn get(connection: &mut Connection, id: PriceCorrectionId) -> Result<Whole> {
    Ok(Whole {
        run: store::find(connection, id)?.ok_or(Error::NotFound)?,
        lines: store::list_lines(connection, id)?,
    })
}

/// Locks a run that waits for its release.
fn lock(tx: &mut Connection, id: PriceCorrectionId) -> Result<Run> {
    let run = store::lock(tx, id)?.ok_or(Error::NotFound)?;
    if run.state != State::Preview {
        let detail = sentences::price_correction_ended(&run.number);
        return Err(Error::conflict(Code::PriceCorrectionStateForbids, detail));
    }
    Ok(run)
}

/// Discards a run: nothing is credited or invoiced by it.
pub fn discard(tx: &mut Connection, id: PriceCorrectionId, actor: &Actor, now: Timestamp) -> Result<Whole> {
    let run = lock(tx, id)?;
    let mut batch = Batch::new();
    store::update_state(&mut batch, id, State::Discarded, &actor.to_string(), now);
    record(
        &mut batch,
        actor,
        id,
        "price_correction.discard",
        json!({ "number": run.number }),
        now,
    );
    batch.run(tx)?;
    get(tx, id)
}
