//! The list of changes of orders: whoever asks, any filter, the newest first.

use super::{ChangeRow, Stored, change};
use crate::binds;
use crate::db::seek::{Scope, Seek, Walk, Way};
use crate::db::{Connection, selection};
use crate::error::Result;
use crate::ids::OrderChangeId;
use crate::keys;
use crate::orders::changes::rules::State;
use crate::orders::changes::rules::listing::Filter;

/// At most `limit` changes behind `after`.
pub fn list(
    connection: &mut Connection,
    scope: Scope,
    filter: &Filter,
    after: impl Into<Walk<OrderChangeId>>,
    limit: i64,
) -> Result<Vec<Stored>> {
    let walk = after.into();
    let mut seek = Seek::new(connection, &selection::<ChangeRow>());
    seek.and_if("c.account_id = $1", scope.account_id());
    seek.of_account("c.account_id", filter.account.as_deref());
    seek.and_if("c.order_id = $1", filter.order_id);
    match filter.state {
        // Spelled as its partial index spells it: `order_changes_to_decide`.
        Some(State::Requested) => seek.and("c.state = {order_change_state requested}", []),
        state => seek.and_if("c.state = $1", state),
    }
    if let Some(text) = filter.text.as_deref().map(str::trim) {
        let part = text.to_lowercase();
        let of_order = "({position}(lower(o.po_number), $1) > 0 OR CAST(o.number AS TEXT) = $1)";
        match scope {
            Scope::Account(_) => seek.and(of_order, binds![part]),
            Scope::All => seek.and(
                &format!("({of_order} OR c.account_id IN (SELECT t.id FROM accounts t WHERE {{position}}(t.search_text, $2) > 0))"),
                binds![part, keys::searched(text)],
            ),
        }
    }
    let found: Vec<ChangeRow> = seek
        .part(["c.id"], Way::Down, "c.id", walk.map(|id| binds![id]), limit)?
        .rows(connection)?;
    found.into_iter().map(change).collect()
}
