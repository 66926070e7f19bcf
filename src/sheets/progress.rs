//! The bar on standard error; nothing is drawn where that is no terminal.

use std::sync::{Arc, Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressStyle};

use crate::sentences::Sentence;

/// How far the import is. Clones move the same bar.
#[derive(Debug, Clone)]
pub struct Progress {
    bar: ProgressBar,
    step: Arc<Mutex<Option<Sentence>>>,
}

impl Progress {
    /// Draws on standard error.
    pub fn on_terminal() -> Self {
        let style = ProgressStyle::with_template("{msg:24} {bar:40} {percent:>3} % {elapsed}")
            .expect("the template is well-formed");
        Self {
            bar: ProgressBar::new(0).with_style(style),
            step: Arc::default(),
        }
    }

    /// Draws nothing.
    pub fn hidden() -> Self {
        Self {
            bar: ProgressBar::hidden(),
            step: Arc::default(),
        }
    }

    /// What is being done, how much of it is done, and of how much.
    pub fn seen(&self) -> (Option<Sentence>, u64, u64) {
        let step = self.step.lock().unwrap_or_else(PoisonError::into_inner).clone();
        (step, self.bar.position(), self.bar.length().unwrap_or(0))
    }

    /// Begins anew with `total` to do.
    pub fn start(&self, total: u64) {
        self.bar.reset();
        self.bar.set_length(total);
    }

    /// Says what is being done: `checking prices.csv`.
    pub fn say(&self, what: Sentence) {
        self.bar.set_message(what.to_string());
        *self.step.lock().unwrap_or_else(PoisonError::into_inner) = Some(what);
    }

    /// `done` more of the total.
    pub fn advance(&self, done: u64) {
        self.bar.inc(done);
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
