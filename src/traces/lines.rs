//! Lines of the log for machines, with who asked and in which trace: put in as a line is written, so that a request that logs
//! nothing costs nothing.

use std::fmt;

use serde::Serialize;
use tracing::{Event, Subscriber};
use tracing_subscriber::fmt::format::{Format, Json, Writer};
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

use super::{Known, Traced};

/// A format of JSON lines with one key more: `caller`.
#[derive(Debug)]
pub struct WithCaller(pub Format<Json>);

/// What that key says.
#[derive(Debug, Default, Serialize, PartialEq, Eq)]
struct Caller {
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<String>,
}

impl<S, N> FormatEvent<S, N> for WithCaller
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'writer> FormatFields<'writer> + 'static,
    Format<Json>: FormatEvent<S, N>,
{
    fn format_event(&self, context: &FmtContext<'_, S, N>, mut writer: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let mut caller = Caller::default();
        for span in context.event_scope().into_iter().flatten() {
            let extensions = span.extensions();
            if let Some(known) = extensions.get::<Known>() {
                caller.account = known.account.map(|id| id.to_string());
                caller.person = Some(known.person.to_string());
            }
            if let (None, Some(traced)) = (&caller.trace, extensions.get::<Traced>()) {
                caller.trace = Some(traced.context.trace_text());
            }
        }
        if caller == Caller::default() {
            return self.0.format_event(context, writer, event);
        }
        let mut line = String::new();
        self.0.format_event(context, Writer::new(&mut line), event)?;
        match line.trim_end().strip_suffix('}') {
            Some(before) => {
                let caller = serde_json::to_string(&caller).unwrap_or_default();
                writeln!(writer, "{before},\"caller\":{caller}}}")
            }
            None => writer.write_str(&line),
        }
    }
}
