//! What programs get: each operation by its scope alone, and none that is for people.

use portal::identity::rules::scopes::{self, Need, Scope, Side};

use super::row::{Callers, Row};
use super::world::World;
use super::{ask, table};
use crate::client::Client;
use crate::clients::token;

fn need(row: &Row) -> Need {
    let (method, path) = row.operation.split_once(' ').unwrap();
    scopes::needed(method, path).unwrap_or_else(|| panic!("{} has a row in the table of scopes", row.operation))
}

fn side(row: &Row) -> Option<Side> {
    match row.callers {
        Callers::Account(_) => Some(Side::Account),
        Callers::Desk(_) => Some(Side::Supplier),
        Callers::Anybody | Callers::SignedIn => None,
    }
}

/// A program of ACME, or of the supplier, that may have every scope of its side.
struct Program<'w> {
    world: &'w World,
    side: Side,
    id: String,
    secret: String,
}

impl<'w> Program<'w> {
    async fn of(world: &'w World, side: Side) -> Self {
        let names: Vec<_> = scopes::of_side(side).iter().map(|scope| scope.name()).collect();
        let path = match side {
            Side::Account => "/clients",
            Side::Supplier => "/supplier/clients",
        };
        let (id, secret) = world.program(path, &names).await;
        Self {
            world,
            side,
            id,
            secret,
        }
    }

    /// With a token that has these scopes of all that it may have.
    async fn having(&self, wanted: impl Fn(Scope) -> bool) -> Client {
        let scopes: Vec<_> = scopes::of_side(self.side)
            .into_iter()
            .filter(|scope| wanted(*scope))
            .collect();
        let asked = scopes::written(&scopes);
        token(&self.world.anonymous(), &self.id, &self.secret, &asked).await
    }
}

#[tokio::test]
async fn each_operation_opens_by_its_scope_and_by_no_other() {
    let world = World::start().await;
    for own in [Side::Account, Side::Supplier] {
        let program = Program::of(&world, own).await;
        let mut opened = 0;
        for row in table().filter(|row| side(row) == Some(own)) {
            let Need::Scope(scope) = need(row) else { continue };
            let others = program.having(|other| other != scope).await;
            let answer = ask(&world, row, &others).await;
            let said = format!(r#"Bearer realm="portal", error="insufficient_scope", scope="{scope}""#);
            assert_eq!(
                answer.header("www-authenticate"),
                said,
                "{}: {}",
                row.operation,
                answer.text
            );
            let problem = answer.problem(403, "insufficient_scope");
            assert_eq!(problem["params"]["scope"], scope.name(), "{}", row.operation);
            assert!(problem["detail"].as_str().unwrap().contains(scope.name()), "{problem}");
            // Who keeps endpoints hears by them what it must be allowed to read.
            let heard: &[Scope] = match scope {
                Scope::WebhooksWrite if own == Side::Account => &[Scope::EventsRead, Scope::MembersRead],
                _ => &[],
            };
            let alone = program.having(|other| other == scope || heard.contains(&other)).await;
            let answer = ask(&world, row, &alone).await;
            assert_eq!(
                answer.status, row.success,
                "{scope}: {}: {}",
                row.operation, answer.text
            );
            opened += 1;
        }
        assert!(opened > 15, "{own:?}: {opened}");
    }
}

#[tokio::test]
async fn what_is_for_people_is_closed_to_programs_whatever_their_scopes() {
    let world = World::start().await;
    for own in [Side::Account, Side::Supplier] {
        let client = Program::of(&world, own).await.having(|_| true).await;
        let of_side = |row: &&Row| side(row).is_none_or(|of| of == own) && !matches!(row.callers, Callers::Anybody);
        for row in table().filter(of_side).filter(|row| need(row) == Need::People) {
            let answer = ask(&world, row, &client).await;
            // Signing out asks for a session before anything else.
            match row.ends_session {
                true => drop(answer.problem(401, "unauthenticated")),
                false => drop(answer.problem(403, "people_only")),
            }
        }
    }
}

#[tokio::test]
async fn programs_of_one_side_do_not_reach_the_other() {
    let world = World::start().await;
    for (own, other) in [(Side::Account, Side::Supplier), (Side::Supplier, Side::Account)] {
        let client = Program::of(&world, own).await.having(|_| true).await;
        let theirs = table().filter(|row| side(row) == Some(other));
        for row in theirs.filter(|row| matches!(need(row), Need::Scope(_))) {
            ask(&world, row, &client).await.problem(403, "forbidden");
        }
    }
}

#[test]
fn the_document_names_the_scope_of_each_operation() {
    for operation in super::documented() {
        let row = table().find(|row| row.operation == operation.name).unwrap();
        if matches!(row.callers, Callers::Anybody) {
            continue;
        }
        let said = operation.about["description"].as_str().unwrap();
        let named = &operation.about["security"][1]["oauth2"][0];
        match need(row) {
            Need::Scope(scope) => {
                assert_eq!(*named, scope.name(), "{}", operation.name);
                assert!(
                    said.contains(&format!("Programs need the scope `{scope}`.")),
                    "{}: {said}",
                    operation.name
                );
            }
            Need::People => {
                assert!(named.is_null(), "{}", operation.name);
                assert!(
                    said.contains("programs are refused (`people_only`)"),
                    "{}: {said}",
                    operation.name
                );
            }
        }
    }
    let scheme = &super::document()["components"]["securitySchemes"]["oauth2"];
    let flow = &scheme["flows"]["clientCredentials"];
    assert_eq!(flow["tokenUrl"], "/oauth/token");
    assert!(scheme["description"].as_str().unwrap().contains("RFC8725"), "{scheme}");
    for scope in Scope::ALL {
        assert!(
            flow["scopes"][scope.name()]
                .as_str()
                .is_some_and(|about| !about.is_empty()),
            "{scope}"
        );
    }
}
