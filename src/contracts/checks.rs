//! What was offered stands as it was offered, and a state has what leads to it.

use super::rules::{Contract, State};
use super::{Terms, store};
use crate::checks::Breach;
use crate::db::Connection;
use crate::db::seek::{Scope, Walk};
use crate::error::Result;

/// Contracts read at a time.
const BATCH: i64 = 200;

/// Every contract that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let (mut breaches, mut walk) = (Vec::new(), Walk::First);
    loop {
        let contracts = store::list(connection, Scope::All, &store::Filter::default(), walk, BATCH)?;
        let Some(last) = contracts.last() else {
            return Ok(breaches);
        };
        walk = Walk::Behind(last.code.clone());
        let ids: Vec<_> = contracts.iter().map(|one| one.id).collect();
        let commitments = store::commitments_of(connection, &ids)?;
        let offered = store::list_offered_terms(connection, &ids)?;
        for contract in &contracts {
            let own: Vec<_> = commitments
                .iter()
                .filter(|one| one.contract_id == contract.id)
                .cloned()
                .collect();
            let stored = offered
                .get(&contract.id)
                .and_then(|terms| serde_json::from_str::<Terms>(terms).ok());
            if contract.state != State::Draft && stored != Some(Terms::of(contract, &own)) {
                breaches.push(Breach {
                    check: "a contract is what was offered",
                    object: format!("contract {}", contract.code),
                    detail: "its terms or commitments are others than those that were offered".to_owned(),
                });
            }
            breaches.extend(state(contract));
        }
    }
}

/// Nothing is in force that nobody signed.
fn state(contract: &Contract) -> Option<Breach> {
    let is_bound = matches!(contract.state, State::Signed | State::Active | State::Ended);
    let is_signed = contract.acceptance.is_some() && contract.signed.is_some();
    (is_bound && !is_signed).then(|| Breach {
        check: "a contract in force is accepted and countersigned",
        object: format!("contract {}", contract.code),
        detail: format!("{} without both", contract.state),
    })
}
