//! Every accrual is derived again: from the invoiced lines as they are, and from the terms.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::accruing::counted;
use super::rules::Scope;
use super::store::{accruals, facts};
use super::{Agreement, store};
use crate::checks::Breach;
use crate::db::{Connection, sql};
use crate::error::Result;
use crate::ids::RebateAgreementId;

const SUMS: &str = "a rebate's period is the sum of its accruals";
const LINES: &str = "a rebate's accruals of a line are what counts of it";
const OWED: &str = "what a rebate accrued is what its turnover earns";

/// Everything about rebates that does not add up.
pub fn run(connection: &mut Connection) -> Result<Vec<Breach>> {
    let mut breaches = Vec::new();
    for (code, from, turnover, turnover_derived, accrued, accrued_derived) in accruals::list_differing(connection)? {
        let stored = format!("turnover {turnover}, accrued {accrued}");
        let derived = format!("turnover {turnover_derived}, accrued {accrued_derived}");
        breaches.push(Breach::differs(
            SUMS,
            format!("rebate {code} from {from}"),
            stored,
            derived,
        ));
    }
    // Those whose terms changed are derived again by a worker.
    let ids: Vec<RebateAgreementId> = sql(
        "SELECT g.id FROM rebate_agreements g WHERE NOT EXISTS (SELECT 1 FROM rebates_due d WHERE d.agreement_id = g.id) \
         ORDER BY g.code",
    )
    .rows(connection)?;
    for id in ids {
        if let Some(agreement) = store::find(connection, id)? {
            check_one(connection, &agreement, &mut breaches)?;
        }
    }
    Ok(breaches)
}

fn check_one(connection: &mut Connection, agreement: &Agreement, breaches: &mut Vec<Breach>) -> Result<()> {
    let kept = &agreement.kept;
    let facts = facts::list_since(connection, kept.account_id, kept.valid_from)?;
    let mut booked = accruals::list_booked_by(connection, kept.id)?;
    let counted = counted(agreement, &facts, &booked)?;
    let mut turnovers: BTreeMap<NaiveDate, i64> = BTreeMap::new();
    for (fact, (from, _), minor) in counted {
        let stored = booked.remove(&(kept.id, fact.line_id));
        // An article may have come into the category since.
        if stored.is_none() && kept.scope() == Scope::Category {
            continue;
        }
        *turnovers.entry(from).or_default() += minor;
        if stored.unwrap_or_default() != minor {
            let object = format!("rebate {}, line {}", kept.code, fact.line_id);
            breaches.push(Breach::differs(LINES, object, stored.unwrap_or_default(), minor));
        }
    }
    for ((_, line_id), minor) in booked.into_iter().filter(|(_, minor)| *minor != 0) {
        let object = format!("rebate {}, line {line_id}", kept.code);
        breaches.push(Breach::differs(LINES, object, minor, 0));
    }
    for period in store::list_periods(connection, &[kept.id])? {
        let turnover = turnovers.remove(&period.period_from).unwrap_or_default();
        let owed = agreement.scale.entitlement(turnover).unwrap_or_default();
        if (period.turnover_minor, period.accrued_minor) != (turnover, owed) {
            let stored = format!("{} of {}", period.accrued_minor, period.turnover_minor);
            let object = format!("rebate {} from {}", kept.code, period.period_from);
            breaches.push(Breach::differs(OWED, object, stored, format!("{owed} of {turnover}")));
        }
    }
    Ok(())
}
