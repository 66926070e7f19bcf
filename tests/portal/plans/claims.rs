//! Lists of the desk of what waits of claims.

use portal::claims;
use portal::claims::rules::State;
use portal::claims::rules::listing::{Filter, Sort};
use portal::db::Engine;
use portal::db::seek::Scope;

use super::orders::empty_shop;
use super::plans;
use crate::fresh::engine;

#[tokio::test]
async fn what_waits_is_found_without_the_history() {
    // PostgreSQL reads the whole of a table that is empty.
    if engine() == Engine::Postgres {
        return;
    }
    let (app, _) = empty_shop().await;
    for (states, sort, index) in [
        ([State::Open, State::InReview], Sort::AnswerBy, "claims_to_decide"),
        (
            [State::Accepted, State::PartlyAccepted],
            Sort::Newest,
            "claims_to_settle",
        ),
    ] {
        let filter = Filter {
            states: states.to_vec(),
            ..Filter::default()
        };
        let sent = plans(app.db(), |connection| {
            claims::list(connection, Scope::All, &filter, sort, None, 51)
        });
        let plan = sent.into_iter().find(|plan| plan.text.contains(" ORDER BY "));
        plan.expect("a statement that sorts").walks(index, "claims");
    }
}
