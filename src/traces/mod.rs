//! Traces: which request belongs to which of a caller's ([W3C Trace Context](https://www.w3.org/TR/trace-context/)), and spans for a
//! collector where one is set ([`exporting`]). What a log line is about, who asked and in which trace, stands with the span it is
//! written in. Where no collector is set a span costs what the log wants of it, and nothing else.

pub mod exporting;
mod lines;
mod recording;

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use tracing::Span;
use tracing_subscriber::Registry;
use tracing_subscriber::registry::LookupSpan;

pub use self::lines::WithCaller;
pub use self::recording::Recording;
use crate::clock;
use crate::ids::{AccountId, PersonId};

/// What spans for a collector alone are marked with: no log shows them.
pub const TARGET: &str = "portal::traces";

/// One in so many traces goes to the collector; 0 = there is none.
static ONE_IN: AtomicU64 = AtomicU64::new(0);

/// True where a collector is set.
pub fn is_on() -> bool {
    ONE_IN.load(Ordering::Relaxed) > 0
}

/// From now on one in `one_in` traces goes to a collector.
pub(crate) fn switch_on(one_in: u64) {
    ONE_IN.store(one_in, Ordering::Relaxed);
}

/// A place in a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    pub trace: u128,
    pub span: u64,
    /// It goes to a collector.
    pub is_sampled: bool,
}

impl Context {
    /// Reads `traceparent`; nothing where it isn't one.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('-');
        let (version, trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        // Later versions may add something behind; this one has none.
        let is_known = version.len() == 2 && version != "ff" && (version != "00" || parts.next().is_none());
        let is_hex = |text: &str, digits: usize| {
            text.len() == digits && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        };
        let is_whole = is_hex(version, 2) && is_hex(trace, 32) && is_hex(span, 16) && is_hex(flags, 2);
        if !(is_known && is_whole) {
            return None;
        }
        let found = Self {
            trace: u128::from_str_radix(trace, 16).ok()?,
            span: u64::from_str_radix(span, 16).ok()?,
            is_sampled: u8::from_str_radix(flags, 16).ok()? & 1 == 1,
        };
        (found.trace != 0 && found.span != 0).then_some(found)
    }

    /// The beginning of a trace of our own.
    fn begin() -> Self {
        let trace = u128::from_le_bytes(clock::random_bytes()).max(1);
        let one_in = u128::from(ONE_IN.load(Ordering::Relaxed).max(1));
        Self {
            trace,
            span: new_span(),
            is_sampled: (trace & u128::from(u64::MAX >> 8)) % one_in == 0,
        }
    }

    /// A place below this one.
    fn below(self) -> Self {
        Self {
            span: new_span(),
            ..self
        }
    }

    /// The trace as logs and collectors write it.
    pub fn trace_text(&self) -> String {
        format!("{:032x}", self.trace)
    }
}

/// As `traceparent` has it.
impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let flags = u8::from(self.is_sampled);
        write!(f, "00-{:032x}-{:016x}-{flags:02x}", self.trace, self.span)
    }
}

fn new_span() -> u64 {
    u64::from_le_bytes(clock::random_bytes()).max(1)
}

/// A span's place, with what it stands below.
#[derive(Debug, Clone, Copy)]
struct Traced {
    context: Context,
    parent: Option<u64>,
}

/// Who asked for what a span is about.
#[derive(Debug, Clone, Copy)]
struct Known {
    account: Option<AccountId>,
    person: PersonId,
}

/// Gives the span of a request its place: in the trace that its caller names, or in one of our own where a collector is set.
pub fn begin(span: &Span, sent: Option<Context>) {
    let own = || is_on().then(|| (Context::begin(), None));
    let Some((context, parent)) = sent.map(|sent| (sent.below(), Some(sent.span))).or_else(own) else {
        return;
    };
    keep(span, Traced { context, parent });
}

/// Says of the request that is being answered who sent it; `account` is the one they belong to or act for.
pub fn known(account: Option<AccountId>, person: PersonId) {
    keep(&Span::current(), Known { account, person });
}

fn keep<T: Send + Sync + 'static>(span: &Span, value: T) {
    span.with_subscriber(|(id, dispatch)| {
        if let Some(span) = dispatch
            .downcast_ref::<Registry>()
            .and_then(|registry| registry.span(id))
        {
            span.extensions_mut().replace(value);
        }
    });
}

/// Where what is done now stands, if it is in a trace.
pub fn current() -> Option<Context> {
    let found = Span::current().with_subscriber(|(id, dispatch)| {
        let span = dispatch.downcast_ref::<Registry>()?.span(id)?;
        span.scope()
            .find_map(|span| Some(span.extensions().get::<Traced>()?.context))
    });
    found.flatten()
}

/// A span for work that is done elsewhere: for a collector where one is set, else the one that asks.
pub fn elsewhere(made: Span) -> Span {
    if made.is_disabled() { Span::current() } else { made }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_trace_is_read_and_written() {
        let text = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        let context = Context::parse(text).expect("good");
        assert_eq!(context.to_string(), text);
        assert!(context.is_sampled);
        assert_eq!(context.trace_text(), "4bf92f3577b34da6a3ce929d0e0e4736");
        let below = context.below();
        assert_eq!(below.trace, context.trace);
        assert_ne!(below.span, context.span);
    }

    #[test]
    fn what_is_no_place_in_a_trace_is_passed_over() {
        for text in [
            "",
            "00",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
            "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-+1",
        ] {
            assert_eq!(Context::parse(text), None, "{text}");
        }
        // What a later version adds is left alone.
        assert!(Context::parse("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more").is_some());
    }
}
