//! Bounds of every value in the API document: what a text looks like and how long it may be, between which numbers a
//! number lies, how many things a list has. The tests hold every answer against them.

use utoipa::Number;
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayItems, KnownFormat, Object, Schema, SchemaFormat, SchemaType, Type,
};
use utoipa::openapi::{Content, Header, OpenApi, Ref, RefOr, Response};

use super::callers::operations;
use super::forms;
use crate::http::BODY_BYTES_MAX;

const INT32_MAX: isize = 2_147_483_647;
/// Things in a list without a limit of its own: a body has no room for more.
const ITEMS_MAX: usize = BODY_BYTES_MAX / 2;
/// Rows of a page.
const ROWS_MAX: usize = 200;

/// Bounds every value of the document.
pub fn complete(api: &mut OpenApi) {
    let components = api.components.get_or_insert_default();
    let names: Vec<String> = components.schemas.keys().cloned().collect();
    for (name, schema) in &mut components.schemas {
        // A page of a list holds what the list is of under a name of its own.
        if let Some(of) = name
            .strip_prefix("List_")
            .filter(|of| names.iter().any(|name| name == of))
        {
            refer_to_rows(schema, of);
        }
        bound(schema, (name, ""));
    }
    for response in components.responses.values_mut() {
        bound_response(response);
    }
    for header in components.headers.values_mut() {
        bound_header("", header);
    }
    let sent = api.webhooks.iter_mut().flat_map(|sent| sent.paths.values_mut());
    for (_, operation) in api.paths.paths.values_mut().chain(sent).flat_map(operations) {
        bound_operation(operation);
    }
}

fn refer_to_rows(list: &mut RefOr<Schema>, of: &str) {
    if let RefOr::T(Schema::Object(list)) = list
        && let Some(RefOr::T(Schema::Array(rows))) = list.properties.get_mut("data")
    {
        rows.items = ArrayItems::RefOrSchema(Box::new(RefOr::Ref(Ref::from_schema_name(of))));
        rows.max_items = Some(ROWS_MAX);
    }
}

fn bound_operation(operation: &mut Operation) {
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter
            && let Some(schema) = &mut parameter.schema
        {
            bound(schema, ("", &parameter.name));
        }
    }
    if let Some(RefOr::T(body)) = &mut operation.request_body {
        body.content.values_mut().for_each(bound_content);
    }
    operation.responses.responses.values_mut().for_each(bound_response);
}

fn bound_response(response: &mut RefOr<Response>) {
    if let RefOr::T(response) = response {
        response.content.values_mut().for_each(bound_content);
        for (name, header) in &mut response.headers {
            bound_header(name, header);
        }
    }
}

fn bound_header(name: &str, header: &mut RefOr<Header>) {
    if let RefOr::T(header) = header
        && let Some(schema) = &mut header.schema
    {
        bound(schema, ("", name));
    }
}

fn bound_content(content: &mut RefOr<Content>) {
    if let RefOr::T(content) = content
        && let Some(schema) = &mut content.schema
    {
        bound(schema, ("", ""));
    }
}

/// Bounds a value, and all that is in it; `owner` is the schema that calls it `name`.
fn bound(schema: &mut RefOr<Schema>, (owner, name): (&str, &str)) {
    let RefOr::T(schema) = schema else {
        return;
    };
    match schema {
        Schema::Object(object) => {
            bound_text(object, (owner, name));
            bound_number(object, (owner, name));
            for (name, property) in &mut object.properties {
                bound(property, (owner, name));
            }
            if let Some(Schema::Object(names)) = object.property_names.as_deref_mut() {
                // The map of values that sentences have is the whole of its schema; others are maps by what they hold.
                let keys = if owner == "PunchoutSetup" { "keys" } else { "params" };
                bound_text(names, (owner, keys));
            }
            if let Some(AdditionalProperties::RefOr(other)) = object.additional_properties.as_deref_mut() {
                bound(other, (owner, name));
            }
        }
        Schema::Array(array) => {
            array.max_items.get_or_insert(ITEMS_MAX);
            if let ArrayItems::RefOrSchema(items) = &mut array.items {
                bound(items, (owner, name));
            }
        }
        Schema::OneOf(any) => any.items.iter_mut().for_each(|item| bound(item, (owner, name))),
        Schema::AnyOf(any) => any.items.iter_mut().for_each(|item| bound(item, (owner, name))),
        Schema::AllOf(all) => all.items.iter_mut().for_each(|item| bound(item, (owner, name))),
        _ => {}
    }
}

fn has(object: &Object, wanted: &Type) -> bool {
    match &object.schema_type {
        SchemaType::Type(one) => one == wanted,
        SchemaType::Array(several) => several.contains(wanted),
        SchemaType::AnyValue => false,
    }
}

fn bound_text(object: &mut Object, (owner, name): (&str, &str)) {
    if !has(object, &Type::String) || object.enum_values.is_some() {
        return;
    }
    let form = match &object.format {
        Some(SchemaFormat::KnownFormat(KnownFormat::Date)) => forms::DATE,
        Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)) => forms::TIME,
        Some(SchemaFormat::KnownFormat(KnownFormat::Binary)) => forms::FILE,
        _ => forms::of(owner, name),
    };
    object.max_length.get_or_insert(form.chars_max);
    if object.format.is_none() && object.pattern.is_none() {
        match form.looks {
            forms::Looks::Like(pattern) => object.pattern = Some(pattern.to_owned()),
            forms::Looks::As(format) => object.format = Some(SchemaFormat::Custom(format.to_owned())),
        }
    }
}

fn bound_number(object: &mut Object, (owner, name): (&str, &str)) {
    if !has(object, &Type::Integer) {
        return;
    }
    let format = object
        .format
        .get_or_insert(SchemaFormat::KnownFormat(KnownFormat::Int64));
    let most = match format {
        SchemaFormat::KnownFormat(KnownFormat::Int32) => INT32_MAX,
        _ => forms::EXACT_MAX,
    };
    let (least, most) = forms::numbers(owner, name).unwrap_or((0, most));
    if object.exclusive_minimum.is_none() {
        object.minimum.get_or_insert(Number::Int(least));
    }
    if object.exclusive_maximum.is_none() {
        object.maximum.get_or_insert(Number::Int(most));
    }
}
