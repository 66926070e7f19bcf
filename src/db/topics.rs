//! What was written lately, by topic. Whoever keeps something in mind hears of every write of this process that could make it
//! old, at once: which topics a statement writes is read from its text, in the one place that all statements pass, so no use
//! case can forget to tell.

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::watch;

/// Some topics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Topics(u8);

impl Topics {
    pub const NONE: Self = Self(0);
    /// Who somebody is, what they may do, and whether they still may.
    pub const ACCESS: Self = Self(1);
    /// What accounts and the supplier are called, and whom they turn to.
    pub const PARTIES: Self = Self(2);
    /// Which articles an account sees.
    pub const ASSORTMENT: Self = Self(4);
    const EACH: [Self; 3] = [Self::ACCESS, Self::PARTIES, Self::ASSORTMENT];
    pub(super) const ALL: Self = Self::ACCESS.and(Self::PARTIES).and(Self::ASSORTMENT);

    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True where they have a topic in common.
    pub const fn meet(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    /// The topics of a table.
    pub fn of_table(name: &str) -> Self {
        let found = TABLES.iter().find(|(table, _)| *table == name);
        found.map_or(Self::NONE, |(_, topics)| *topics)
    }
}

/// Which topics a table belongs to.
const TABLES: &[(&str, Topics)] = &[
    ("accounts", Topics::ALL),
    ("actings", Topics::ACCESS),
    ("assortment", Topics::ASSORTMENT),
    ("clients", Topics::ACCESS),
    ("early_access", Topics::ASSORTMENT),
    ("passkeys", Topics::ACCESS),
    ("people", Topics::ACCESS.and(Topics::PARTIES)),
    ("person_roles", Topics::ACCESS),
    ("products", Topics::ASSORTMENT),
    ("revoked_tokens", Topics::ACCESS),
    ("second_factors", Topics::ACCESS),
    ("sessions", Topics::ACCESS),
    ("supplier", Topics::PARTIES),
    ("team_members", Topics::PARTIES),
];

/// What a statement with this text writes.
pub(super) fn written_by(text: &str) -> Topics {
    let (mut topics, mut before, mut last) = (Topics::NONE, "", "");
    for word in text.split_ascii_whitespace() {
        let names_a_table = match last {
            "UPDATE" | "INTO" => true,
            "FROM" => before == "DELETE",
            _ => false,
        };
        let table = table(word);
        // Nobody knows yet of a session that begins.
        if names_a_table && (last, table) != ("INTO", "sessions") {
            topics = topics.and(Topics::of_table(table));
        }
        (before, last) = (last, word.trim_start_matches('('));
    }
    topics
}

/// The name of a table as a statement writes it: `sessions`, `accounts(id,`, `there.people`.
fn table(word: &str) -> &str {
    let name = word.split('(').next().unwrap_or_default();
    let name = name.rsplit('.').next().unwrap_or_default();
    name.trim_matches(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
}

thread_local! {
    /// What the transaction of this thread has written.
    static WRITTEN: Cell<Topics> = const { Cell::new(Topics::NONE) };
}

/// The transaction of this thread wrote this.
pub(super) fn note(topics: Topics) {
    WRITTEN.set(WRITTEN.get().and(topics));
}

/// What the transaction of this thread wrote, which is over; the next one has written nothing.
pub(super) fn taken() -> Topics {
    WRITTEN.replace(Topics::NONE)
}

/// How often each topic was written by this process. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Heard(Arc<[AtomicU64; Topics::EACH.len()]>);

impl Heard {
    /// Grows whenever one of the topics is written. Whoever takes it before they read has read nothing older than it tells.
    pub fn of(&self, topics: Topics) -> u64 {
        let each = self.0.iter().zip(Topics::EACH);
        each.filter(|(_, topic)| topic.meet(topics))
            .fold(0, |sum: u64, (times, _)| sum.wrapping_add(times.load(Ordering::SeqCst)))
    }

    /// These were written, and the writes are there for whoever reads.
    pub(super) fn tell(&self, topics: Topics) {
        let each = self.0.iter().zip(Topics::EACH);
        for (times, _) in each.filter(|(_, topic)| topic.meet(topics)) {
            times.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// Somebody who waits for what is written, whatever it is.
#[derive(Debug)]
pub struct Writes(watch::Receiver<()>);

impl Writes {
    pub(super) fn of(written: &watch::Sender<()>) -> Self {
        Self(written.subscribe())
    }

    /// Waits until something was written since the last time this was waited for.
    pub async fn next(&mut self) {
        // There is a sender for as long as there is a database.
        let _ = self.0.changed().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_statement_writes_is_read_from_its_text() {
        const NONE: Topics = Topics::NONE;
        for (text, expected) in [
            ("UPDATE sessions SET ended_at = $2 WHERE id = $1", Topics::ACCESS),
            ("DELETE FROM sessions WHERE id = $1", Topics::ACCESS),
            ("INSERT INTO sessions (id) VALUES ($1)", NONE),
            ("INSERT INTO accounts(id, code) VALUES ($1, $2)", Topics::ALL),
            ("INSERT INTO orders (id) SELECT id FROM accounts WHERE id = $1", NONE),
            ("SELECT id FROM people WHERE id = $1 FOR UPDATE", NONE),
            ("SELECT id FROM people p FOR NO KEY UPDATE OF p", NONE),
            ("SELECT 1 FROM people p {postgres: FOR UPDATE OF people}", NONE),
            (
                "WITH gone AS (DELETE FROM person_roles WHERE person_id = $1) UPDATE supplier SET name = $2",
                Topics::ACCESS.and(Topics::PARTIES),
            ),
            (
                "WITH x AS (UPDATE there.team_members SET phone = $1) SELECT 1",
                Topics::PARTIES,
            ),
            (
                "INSERT INTO products (sku) VALUES ($1) ON CONFLICT (sku) DO UPDATE SET sku = excluded.sku",
                Topics::ASSORTMENT,
            ),
            ("UPDATE\n  people\n SET name = $1", Topics::ACCESS.and(Topics::PARTIES)),
        ] {
            assert_eq!(written_by(text), expected, "{text}");
        }
    }

    #[test]
    fn only_who_keeps_a_topic_in_mind_hears_of_it() {
        let heard = Heard::default();
        let at = |topics| heard.of(topics);
        let (access, parties) = (at(Topics::ACCESS), at(Topics::PARTIES));
        heard.tell(Topics::ACCESS);
        assert_ne!(at(Topics::ACCESS), access);
        assert_eq!(at(Topics::PARTIES), parties);
        let both = at(Topics::ACCESS.and(Topics::PARTIES));
        heard.tell(Topics::PARTIES);
        assert_ne!(at(Topics::ACCESS.and(Topics::PARTIES)), both);
        heard.tell(Topics::NONE);
        assert_eq!(at(Topics::ASSORTMENT), 0);
    }

    #[test]
    fn a_transaction_begins_with_nothing_written() {
        assert_eq!(taken(), Topics::NONE);
        note(Topics::ACCESS);
        note(Topics::PARTIES);
        assert_eq!(taken(), Topics::ACCESS.and(Topics::PARTIES));
        assert_eq!(taken(), Topics::NONE);
    }
}
