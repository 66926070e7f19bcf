//! The layer that turns spans of the program into spans for a collector.

use std::fmt;

use tokio::sync::mpsc;
use tracing::Subscriber;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context as Layers;
use tracing_subscriber::registry::LookupSpan;

use super::{Context, TARGET, Traced};
use crate::clock::{self, Timestamp};
use crate::measures;

/// What is sent of a span.
#[derive(Debug, Clone)]
pub struct Finished {
    pub(super) context: Context,
    pub(super) parent: Option<u64>,
    pub(super) name: &'static str,
    pub(super) began: Timestamp,
    pub(super) ended: Timestamp,
    pub(super) fields: Vec<(&'static str, Value)>,
}

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(String),
    Number(i64),
    Flag(bool),
}

/// What is known of a span while it is open.
struct Open {
    began: Timestamp,
    fields: Vec<(&'static str, Value)>,
}

/// Sends what spans were about, once they are over, to who exports them. Nobody waits: what there is no room for is dropped and
/// counted.
#[derive(Debug)]
pub struct Recording {
    finished: mpsc::Sender<Finished>,
}

impl Recording {
    pub(super) fn new(finished: mpsc::Sender<Finished>) -> Self {
        Self { finished }
    }
}

impl<S> Layer<S> for Recording
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, layers: Layers<'_, S>) {
        let Some(span) = layers.span(id) else { return };
        let above = span
            .scope()
            .skip(1)
            .find_map(|span| Some(span.extensions().get::<Traced>()?.context));
        let traced = match above {
            Some(above) => Some(Traced {
                context: above.below(),
                parent: Some(above.span),
            }),
            // Of a request it is said by who reads its headers.
            None if attributes.metadata().target() == TARGET => Some(Traced {
                context: Context::begin(),
                parent: None,
            }),
            None => None,
        };
        let mut fields = Fields(Vec::new());
        attributes.record(&mut fields);
        let mut extensions = span.extensions_mut();
        if let Some(traced) = traced {
            extensions.replace(traced);
        }
        extensions.replace(Open {
            began: clock::real(),
            fields: fields.0,
        });
    }

    fn on_record(&self, id: &Id, record: &Record<'_>, layers: Layers<'_, S>) {
        let Some(span) = layers.span(id) else { return };
        let mut fields = Fields(Vec::new());
        record.record(&mut fields);
        if let Some(open) = span.extensions_mut().get_mut::<Open>() {
            open.fields.extend(fields.0);
        }
    }

    fn on_close(&self, id: Id, layers: Layers<'_, S>) {
        let Some(span) = layers.span(&id) else { return };
        let mut extensions = span.extensions_mut();
        let (Some(open), Some(traced)) = (extensions.remove::<Open>(), extensions.get_mut::<Traced>().copied()) else {
            return;
        };
        if !traced.context.is_sampled {
            return;
        }
        let finished = Finished {
            context: traced.context,
            parent: traced.parent,
            name: span.name(),
            began: open.began,
            ended: clock::real(),
            fields: open.fields,
        };
        if self.finished.try_send(finished).is_err() {
            metrics::counter!(measures::TRACES_SENT, "outcome" => "dropped").increment(1);
        }
    }
}

/// Collects attributes.
struct Fields(Vec<(&'static str, Value)>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.push((field.name(), Value::Text(format!("{value:?}"))));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.push((field.name(), Value::Text(value.to_owned())));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.0.push((field.name(), Value::Number(value)));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        let number = i64::try_from(value).unwrap_or(i64::MAX);
        self.0.push((field.name(), Value::Number(number)));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.0.push((field.name(), Value::Flag(value)));
    }
}
