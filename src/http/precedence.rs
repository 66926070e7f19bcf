//! Who calls is decided before what they ask for: a caller without the right role learns nothing about their body.
//!
//! The extractors of a handler are polled together, in the order of its arguments, and the first that fails answers.
//! While the caller is still being looked up, the failures of the others wait here.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::{HttpMessage, HttpRequest};

use crate::error::Result;

/// Stands in the request's extensions while the caller is being looked up. The extractor of the caller comes first
/// among a handler's arguments, puts it there before it waits and takes it away after.
#[derive(Debug)]
pub struct CallerPending;

/// The outcome of an extractor; a failure is answered only once the caller is known.
#[derive(Debug)]
pub struct AfterCaller<T> {
    request: HttpRequest,
    outcome: Option<Result<T>>,
}

impl<T> AfterCaller<T> {
    pub(super) fn new(request: &HttpRequest, outcome: Result<T>) -> Self {
        Self {
            request: request.clone(),
            outcome: Some(outcome),
        }
    }
}

impl<T: Unpin> Future for AfterCaller<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        let failed = matches!(self.outcome, Some(Err(_)));
        if failed && self.request.extensions().contains::<CallerPending>() {
            // No waker of its own: the caller's look-up wakes the same task, which polls all extractors again.
            return Poll::Pending;
        }
        Poll::Ready(self.outcome.take().expect("a future is polled to its end once"))
    }
}
