//! How the engines find the rows of hot lists: along which index, without sorting and without reading whole tables.
//!
//! The statements are those that the lists really send; PostgreSQL plans them as the portal has it plan, with nothing
//! known of the parameters.

mod bulk;
mod claims;
mod following;
mod hot;
mod orders;
mod trade;
mod webhooks;

use std::sync::{Arc, Mutex};

use diesel::connection::{Connection as _, InstrumentationEvent, SimpleConnection};
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use portal::db::{Connection, Database};
use portal::error::Result;

/// The plan of a statement, a step a line.
struct Plan {
    text: String,
    steps: String,
}

impl Plan {
    /// It goes along this index, reads not the whole of `table`, called by its first letter, and sorts nothing.
    fn walks(&self, index: &str, table: &str) {
        self.uses(&[index], table);
        for sorted in ["TEMP B-TREE", "Sort"] {
            assert!(!self.steps.contains(sorted), "{self}");
        }
    }

    /// It goes along one of these indexes and reads not the whole of `table`; it may sort the few rows it finds.
    fn uses(&self, indexes: &[&str], table: &str) {
        let is_along = indexes.iter().any(|index| self.steps.contains(index));
        assert!(is_along, "not along {indexes:?}: {self}");
        let name = table.get(..1).unwrap_or_default();
        let whole = self.steps.lines().map(str::trim).any(|step| {
            step.contains(&format!("Seq Scan on {table}"))
                // What a statement ranks within itself has the same name.
                || (step == format!("SCAN {name}") && !self.steps.contains(&format!("CO-ROUTINE {name}")))
        });
        assert!(!whole, "{self}");
    }
}

impl std::fmt::Display for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}\n{}", self.text, self.steps)
    }
}

#[derive(QueryableByName)]
struct SqliteStep {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[derive(QueryableByName)]
struct PostgresStep {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    step: String,
}

/// The plans of all statements that `work` sends.
fn plans<T>(db: &Database, work: impl Fn(&mut Connection) -> Result<T>) -> Vec<Plan> {
    db.read_now(|connection| explained(connection, &work)).unwrap()
}

/// The plans of all statements that `work` sends over this connection.
fn explained<T>(connection: &mut Connection, work: impl Fn(&mut Connection) -> Result<T>) -> Result<Vec<Plan>> {
    let texts = Arc::new(Mutex::new(Vec::new()));
    let sent = texts.clone();
    connection.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            sent.lock().unwrap().push(query.to_string());
        }
    });
    work(connection)?;
    connection.set_instrumentation(|_: InstrumentationEvent<'_>| ());
    let texts = std::mem::take(&mut *texts.lock().unwrap());
    Ok(texts.iter().map(|text| plan(connection, text)).collect())
}

fn plan(connection: &mut Connection, sent: &str) -> Plan {
    let text = sent.split(" -- binds").next().unwrap().to_owned();
    let steps: Vec<String> = match connection {
        Connection::Sqlite(inner) => {
            let steps: Vec<SqliteStep> = sql_query(format!("EXPLAIN QUERY PLAN {text}")).load(inner).unwrap();
            steps.into_iter().map(|step| step.detail).collect()
        }
        Connection::Postgres(inner) => {
            let parameters = (1..).take_while(|number| text.contains(&format!("${number}"))).count();
            let given = match parameters {
                0 => String::new(),
                _ => format!("({})", vec!["NULL"; parameters].join(", ")),
            };
            prepare(inner, &text, parameters);
            let steps: Vec<PostgresStep> = sql_query(format!("EXPLAIN EXECUTE explained{given}"))
                .load(inner)
                .unwrap();
            inner.batch_execute("DEALLOCATE explained").unwrap();
            steps.into_iter().map(|step| step.step).collect()
        }
    };
    Plan {
        text,
        steps: steps.join("\n"),
    }
}

/// Prepares a statement as `explained`. A parameter whose type doesn't show is a text: it is only held against NULL.
fn prepare(connection: &mut diesel::PgConnection, text: &str, parameters: usize) {
    let mut types = vec!["unknown"; parameters];
    loop {
        connection.batch_execute("SAVEPOINT before").unwrap();
        let given = match types.as_slice() {
            [] => String::new(),
            types => format!(" ({})", types.join(", ")),
        };
        let Err(refused) = connection.batch_execute(&format!("PREPARE explained{given} AS {text}")) else {
            return connection.batch_execute("RELEASE before").unwrap();
        };
        connection.batch_execute("ROLLBACK TO before").unwrap();
        let message = refused.to_string();
        let number = message.strip_prefix("could not determine data type of parameter $");
        let number: usize = number
            .and_then(|number| number.parse().ok())
            .unwrap_or_else(|| panic!("{message}: {text}"));
        types[number - 1] = "text";
    }
}

/// Runs statements that fill tables, and lets PostgreSQL count what is in them; SQLite plans without.
async fn fill(db: &Database, statements: &[String]) {
    let statements = statements.join(";\n");
    let filled = db.write(move |tx| {
        tx.batch_execute(&statements)?;
        if let Connection::Postgres(inner) = tx {
            inner.batch_execute("ANALYZE")?;
        }
        Ok(())
    });
    filled.await.unwrap();
}
