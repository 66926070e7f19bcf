//! The queue before the typesetter. A long paper takes seconds and hundreds of megabytes, so they are made one at a
//! time, on a thread of their own: nobody's sign-in waits behind an invoice, and nobody's invoice behind all of another's.

use std::sync::Arc;
use std::time::Duration;

use super::paper::Paper;
use super::typesetter::Typesetter;
use crate::cpu;
use crate::error::Result;

/// A few seconds' worth of ordinary papers may wait.
const LIMITS: cpu::Limits = cpu::Limits {
    threads: 1,
    long: 1,
    long_after: Duration::MAX,
    waiting: 100,
    of_one: 10,
    priority: cpu::Priority::Patient,
};

/// Makes one paper after the other. Clones share it.
#[derive(Debug, Clone)]
pub struct Press {
    typesetter: Arc<Typesetter>,
    thread: cpu::Fair,
}

impl Press {
    /// A press with these templates and fonts.
    pub fn new(typesetter: Typesetter) -> Result<Self> {
        Ok(Self {
            typesetter: Arc::new(typesetter),
            thread: cpu::Fair::new("press", LIMITS)?,
        })
    }

    /// The letters of the paper that no font has: a box stands in their place.
    pub fn unprintable(&self, paper: &Paper) -> String {
        self.typesetter.unprintable(paper)
    }

    /// The paper as PDF; [`crate::error::Error::Throttled`] when too many wait.
    pub async fn print(&self, paper: Paper) -> Result<Vec<u8>> {
        let typesetter = Arc::clone(&self.typesetter);
        self.thread.run(move || typesetter.pdf(&paper)).await
    }
}
