//! The queue before the typesetter. A long paper takes seconds and hundreds of megabytes, so they are made one at a
//! time, on a thread of their own: nobody's sign-in waits behind an invoice.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::paper::Paper;
use super::typesetter::Typesetter;
use crate::cpu;
use crate::error::{Error, Result};

/// Papers that may wait; a few seconds' worth of ordinary ones.
const WAITING_MAX: usize = 100;

/// Makes one paper after the other. Clones share it.
#[derive(Debug, Clone)]
pub struct Press {
    typesetter: Arc<Typesetter>,
    thread: cpu::Pool,
    places: Arc<Semaphore>,
}

impl Press {
    /// A press with these templates and fonts.
    pub fn new(typesetter: Typesetter) -> Result<Self> {
        Ok(Self {
            typesetter: Arc::new(typesetter),
            thread: cpu::Pool::new("press", 1)?,
            places: Arc::new(Semaphore::new(WAITING_MAX)),
        })
    }

    /// The paper as PDF; [`Error::Unavailable`] when too many wait.
    pub async fn print(&self, paper: Paper) -> Result<Vec<u8>> {
        let full = |_| Error::Unavailable("too many papers wait to be printed".to_owned());
        let _place = self.places.try_acquire().map_err(full)?;
        let typesetter = Arc::clone(&self.typesetter);
        self.thread.run(move || typesetter.pdf(&paper)).await
    }
}
