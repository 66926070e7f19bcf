//! From the portal into its sandboxes: each is a state of its own, opened when it is first asked for.

pub mod looking_in;

use actix_web::web::Data;

use super::acting::Stage;
use super::conformance::{self, Reported};
use super::rules::Delivery;
use super::{open, probing};
use crate::accounts::sandboxes::rules::Scenario;
use crate::accounts::sandboxes::{self, SandboxRow};
use crate::audit::Actor;
use crate::clock;
use crate::db::{Connection, Database};
use crate::error::{Error, Result};
use crate::ids::{AccountId, SandboxId};
use crate::outbound::{Courier, Names};
use crate::state::AppState;
use crate::worlds::World;

/// The sandbox with this id, if there is one. `portal` is the portal's own state.
pub async fn find(portal: &AppState, id: SandboxId) -> Result<Option<Data<AppState>>> {
    if let Some(known) = portal.worlds.fresh(id) {
        return Ok(Some(known));
    }
    let row = portal
        .db
        .read(move |connection| sandboxes::find(connection, id))
        .await?;
    match row {
        Some(row) => enter(portal, row).await.map(Some),
        None => {
            portal.worlds.forget(id);
            Ok(None)
        }
    }
}

async fn enter(portal: &AppState, row: SandboxRow) -> Result<Data<AppState>> {
    if let Some(known) = portal.worlds.renewed(row.id, row.generation, row.ahead_s) {
        return Ok(known);
    }
    let (db, asked) = (portal.db.clone(), row.clone());
    let opened = portal.sandboxes.run(move || open(&db, &asked)).await?;
    let world = World::new(row.id, row.account_id, row.generation, portal.db.clone());
    world.ahead.set(row.ahead_s);
    Ok(portal.worlds.keep(row.id, Data::new(portal.beside(opened, world))))
}

/// The sandbox of an account: the one that `state` is, or the one the account has in the portal that it is.
pub async fn of_account(state: &Data<AppState>, account_id: AccountId) -> Result<(Data<AppState>, SandboxRow)> {
    let portal = portal_of(state);
    let row = portal
        .read(move |connection| super::of_account(connection, account_id))
        .await?;
    match &state.sandbox {
        Some(_) => Ok((state.clone(), row)),
        None => Ok((enter(state, row.clone()).await?, row)),
    }
}

/// The portal's own database.
pub fn portal_of(state: &AppState) -> &Database {
    state.sandbox.as_ref().map_or(&state.db, |world| &world.portal)
}

/// Where acts take place in it.
pub fn stage(row: &SandboxRow) -> Stage {
    Stage {
        id: row.id,
        account_id: row.account_id,
    }
}

/// Does something to the sandbox of an account that blocks for as long as there are prices; what is open of it is let go.
pub async fn keep(
    state: &AppState,
    account_id: AccountId,
    actor: Actor,
    work: fn(&Database, AccountId, &Actor, clock::Timestamp) -> Result<SandboxRow>,
) -> Result<SandboxRow> {
    let (db, now) = (portal_of(state).clone(), clock::real());
    let row = state.sandboxes.run(move || work(&db, account_id, &actor, now)).await?;
    state.worlds.forget(row.id);
    Ok(row)
}

/// Does something in a sandbox by its clock.
pub async fn within<T: Send + 'static>(
    sandbox: &AppState,
    work: impl Fn(&mut Connection) -> Result<T> + Send + 'static,
) -> Result<T> {
    let ahead = sandbox
        .sandbox
        .as_ref()
        .map(|world| world.ahead.clone())
        .unwrap_or_default();
    clock::by(ahead, sandbox.db.write(work)).await
}

/// The report of an account's sandbox; what was passed by now is noted.
pub async fn report(state: &Data<AppState>, account_id: AccountId) -> Result<Vec<Reported>> {
    let (sandbox, row) = of_account(state, account_id).await?;
    let (known, now) = (row.passed.clone(), clock::real());
    let report = sandbox
        .db
        .read(move |connection| conformance::report(connection, &known, now))
        .await?;
    let passed = conformance::passed(&report);
    if passed != row.passed {
        let note = move |tx: &mut Connection| super::note_passed(tx, account_id, &passed);
        portal_of(state).write(note).await?;
    }
    Ok(report)
}

/// Begins a scenario: sends what is to be sent, then waits for what the program does.
pub async fn begin(state: &Data<AppState>, account_id: AccountId, scenario: Scenario) -> Result<()> {
    let (sandbox, row) = of_account(state, account_id).await?;
    let real = clock::real();
    let deliveries: Vec<Delivery> = match probing::is_probed(scenario) {
        false => Vec::new(),
        true => {
            let endpoint = sandbox
                .db
                .read(move |connection| probing::endpoint(connection, account_id))
                .await?;
            let courier = Courier::new(state.webhook_hosts.clone(), Names::System)?;
            probing::probe(&courier, scenario, &endpoint).await?
        }
    };
    let stage = stage(&row);
    let write = move |tx: &mut Connection| conformance::begin(tx, stage, scenario, &deliveries, (clock::now(), real));
    within(&sandbox, write).await?;
    // What was passed once counts anew.
    let others: Vec<_> = row.passed.split(' ').filter(|name| *name != scenario.name()).collect();
    let others = others.join(" ");
    portal_of(state)
        .write(move |tx| super::note_passed(tx, account_id, &others))
        .await?;
    report(state, account_id).await.map(drop)
}

/// Sets the clock of an account's sandbox ahead.
pub async fn advance(state: &Data<AppState>, account_id: AccountId, days: i64, actor: Actor) -> Result<()> {
    let (sandbox, _) = of_account(state, account_id).await?;
    let real = clock::real();
    let write = move |tx: &mut Connection| super::set_ahead(tx, account_id, days, &actor, real);
    let row = portal_of(state).write(write).await?;
    match &sandbox.sandbox {
        Some(world) => {
            world.ahead.set(row.ahead_s);
            Ok(())
        }
        None => Err(Error::internal("a sandbox knows that it is one")),
    }
}
