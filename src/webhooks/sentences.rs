//! What webhooks say.

use crate::sentences::sentences;

sentences! {
    url_refused(why: name "webhook-url");
    unknown_event_type(typed: text, known: list);
    content_is(known: list);
    too_many_endpoints(max: number);
    name_a_type();
    type_twice(typed: text);
    endpoint_is_disabled();
    endpoint_is_enabled();
    delivery_waits();
    replay_runs();
    not_a_moment();
    span_is_none();
    span_too_long(days: number);
    too_many_events(max: number);
    overlap_is(hours: number);
}
