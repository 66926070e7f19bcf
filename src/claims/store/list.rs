//! The list of claims: whoever asks, any filter, the newest first or by the day they are to be answered.

use std::collections::HashMap;

use super::{HeadRow, head};
use crate::binds;
use crate::claims::rules::listing::{Filter, Keys, Sort};
use crate::claims::rules::{Claim, State};
use crate::db::seek::{Scope, Seek, Walk, Way};
use crate::db::{Connection, select, sets};
use crate::error::Result;
use crate::ids::ClaimId;
use crate::keys;

/// At most `limit` heads of claims behind `after`.
pub fn list(
    connection: &mut Connection,
    scope: Scope,
    filter: &Filter,
    sort: Sort,
    after: impl Into<Walk<Keys>>,
    limit: i64,
) -> Result<Vec<Claim>> {
    let walk = after.into();
    let mut seek = Seek::new(connection, "SELECT c.id FROM claims c");
    narrow(&mut seek, scope, filter)?;
    let statement = match sort {
        Sort::Newest => seek.part(["c.id"], Way::Down, "c.id", walk.map(|keys| binds![keys.id]), limit)?,
        Sort::AnswerBy => {
            let walk = walk.map(|keys| binds![keys.answer_by, keys.id]);
            seek.part(["c.answer_by", "c.id"], Way::Up, "c.id", walk, limit)?
        }
    };
    let ids: Vec<ClaimId> = statement.rows(connection)?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found: Vec<HeadRow> = select::<HeadRow>("WHERE c.id {in ids $1}")
        .bind(sets::json(&ids)?)
        .rows(connection)?;
    let mut found: HashMap<_, _> = found.into_iter().map(|row| (row.own.id, head(row))).collect();
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

fn narrow(seek: &mut Seek, scope: Scope, filter: &Filter) -> Result<()> {
    seek.and_if("c.account_id = $1", scope.account_id());
    seek.of_account("c.account_id", filter.account.as_deref());
    seek.and_if("c.order_id = $1", filter.order_id);
    seek.and_if("c.shipment_id = $1", filter.shipment_id);
    // A claim about the shipment is about what its invoice bills, too.
    seek.and_if(
        "c.shipment_id = (SELECT i.shipment_id FROM invoices i WHERE i.id = $1)",
        filter.invoice_id,
    );
    match filter.states.as_slice() {
        // What waits is spelled as its partial indexes spell it: `claims_to_decide`, `claims_to_settle`.
        [State::Open, State::InReview] => seek.and("c.state IN ({claim_state open}, {claim_state in_review})", []),
        [State::Accepted, State::PartlyAccepted] => {
            seek.and("c.state IN ({claim_state accepted}, {claim_state partly_accepted})", [])
        }
        states => {
            let names: Vec<_> = states.iter().map(|state| state.name()).collect();
            seek.one_of("c.state", &names)?;
        }
    }
    seek.and_if("c.kind = $1", filter.kind);
    seek.and_if(
        "c.answered_at IS NULL AND c.state IN ({claim_state open}, {claim_state in_review}) AND c.answer_by < $1",
        filter.unanswered_before,
    );
    seek.and_if(
        "EXISTS (SELECT 1 FROM claim_lines l JOIN products p ON p.id = l.product_id WHERE l.claim_id = c.id AND p.sku = $1)",
        filter.sku.clone(),
    );
    seek.and_if(
        "{position}(lower(COALESCE(c.root_cause, '')), $1) > 0",
        filter.cause.as_ref().map(|text| text.trim().to_lowercase()),
    );
    seek.and_if("c.opened_on >= $1", filter.from);
    seek.and_if("c.opened_on <= $1", filter.to);
    let Some(text) = filter.text.as_deref().map(str::trim) else {
        return Ok(());
    };
    let part = text.to_lowercase();
    let of_order = "EXISTS (SELECT 1 FROM orders o WHERE o.id = c.order_id AND \
         ({position}(lower(o.po_number), $1) > 0 OR CAST(o.number AS TEXT) = $1))";
    match scope {
        Scope::Account(_) => seek.and(
            &format!("({{position}}(lower(c.number), $1) > 0 OR {of_order})"),
            binds![part],
        ),
        Scope::All => seek.and(
            &format!(
                "({{position}}(lower(c.number), $1) > 0 OR {of_order} OR c.account_id IN \
                 (SELECT a.id FROM accounts a WHERE {{position}}(a.search_text, $2) > 0))"
            ),
            binds![part, keys::searched(text)],
        ),
    }
    Ok(())
}
