//! What breaks programs of partners between the last released API document and today's: it fails unless the change log
//! says so.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::openapi::{document, operations, resolved};

/// Whose values a schema describes: what is taken may only grow, what is given may only become narrower.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Taken,
    Given,
}

struct Comparison<'d> {
    old: &'d Value,
    new: &'d Value,
    /// References that were compared already: schemas may hold themselves.
    seen: HashSet<(String, bool)>,
    /// `GET /api/v1/orders: …`
    breaks: Vec<String>,
}

/// What of `old` a program relied on and `new` doesn't keep.
fn breaks(old: &Value, new: &Value) -> Vec<String> {
    let mut comparison = Comparison {
        old,
        new,
        seen: HashSet::new(),
        breaks: Vec::new(),
    };
    let today = operations(new);
    for was in operations(old) {
        match today.iter().find(|is| is.name == was.name) {
            Some(is) => comparison.operation(&was.name, &was.about, &is.about),
            None => comparison.breaks.push(format!("{}: it is gone", was.name)),
        }
    }
    comparison.breaks
}

impl Comparison<'_> {
    fn operation(&mut self, name: &str, old: &Value, new: &Value) {
        if old["operationId"] != new["operationId"] {
            self.breaks.push(format!("{name}: it has another operationId"));
        }
        self.parameters(name, old, new);
        let (old_body, new_body) = (&old["requestBody"], &new["requestBody"]);
        if new_body["required"] == true && old_body["required"] != true {
            self.breaks.push(format!("{name}: the body became necessary"));
        }
        self.contents(
            &format!("{name}: body"),
            &old_body["content"],
            &new_body["content"],
            Side::Taken,
        );
        for (status, was) in members(&old["responses"]) {
            let place = format!("{name}: {status}");
            let is = &new["responses"][status];
            if is.is_null() {
                // A refusal less is no harm.
                if status.starts_with('2') {
                    self.breaks.push(format!("{place} is gone"));
                }
                continue;
            }
            let (was, is) = (resolved(self.old, was), resolved(self.new, is));
            self.contents(&place, &was["content"], &is["content"], Side::Given);
        }
    }

    fn parameters(&mut self, name: &str, old: &Value, new: &Value) {
        let list = |about: &Value| about["parameters"].as_array().cloned().unwrap_or_default();
        let (old, new) = (list(old), list(new));
        let same = |one: &Value, other: &Value| {
            // How the path calls its parts is nothing that is sent.
            one["in"] == other["in"] && (one["name"] == other["name"] || one["in"] == "path")
        };
        for was in &old {
            let place = format!("{name}: {}", was["name"].as_str().unwrap());
            match new.iter().find(|is| same(was, is)) {
                Some(is) => {
                    if is["required"] == true && was["required"] != true {
                        self.breaks.push(format!("{place} became necessary"));
                    }
                    self.schema(&place, &was["schema"], &is["schema"], Side::Taken);
                }
                None => self.breaks.push(format!("{place} is gone")),
            }
        }
        for is in new.iter().filter(|is| is["required"] == true) {
            if !old.iter().any(|was| same(was, is)) {
                self.breaks
                    .push(format!("{name}: {} is new and necessary", is["name"].as_str().unwrap()));
            }
        }
    }

    fn contents(&mut self, place: &str, old: &Value, new: &Value, side: Side) {
        for (media_type, was) in members(old) {
            match new.get(media_type) {
                Some(is) => self.schema(place, &was["schema"], &is["schema"], side),
                None => self.breaks.push(format!("{place} as {media_type} is gone")),
            }
        }
    }

    fn schema(&mut self, place: &str, old: &Value, new: &Value, side: Side) {
        if let (Some(was), Some(is)) = (old["$ref"].as_str(), new["$ref"].as_str())
            && !self.seen.insert((format!("{was} {is}"), side == Side::Taken))
        {
            return;
        }
        let (old, new) = (&whole(self.old, old), &whole(self.new, new));
        self.types(place, old, new, side);
        self.values(place, old, new, side);
        self.properties(place, old, new, side);
        if old["items"].is_object() {
            self.schema(&format!("{place}[]"), &old["items"], &new["items"], side);
        }
        for part in ["oneOf", "anyOf"] {
            let (old, new) = (list(&old[part]), list(&new[part]));
            for (index, was) in old.iter().enumerate() {
                // Forms with a name are found by it, wherever others were added.
                let is = match was["$ref"].as_str() {
                    Some(_) => new.iter().find(|is| is["$ref"] == was["$ref"]).or(new.get(index)),
                    None => new.get(index),
                };
                if let Some(is) = is {
                    self.schema(place, was, is, side);
                }
            }
            if old.len() > new.len() && side == Side::Taken {
                self.breaks.push(format!("{place} takes fewer forms"));
            }
        }
    }

    fn types(&mut self, place: &str, old: &Value, new: &Value, side: Side) {
        let types = |schema: &Value| match &schema["type"] {
            Value::String(one) => vec![one.clone()],
            several => list(several)
                .iter()
                .filter_map(|one| one.as_str().map(str::to_owned))
                .collect(),
        };
        let (was, is) = (types(old), types(new));
        let (wide, narrow) = match side {
            Side::Taken => (&is, &was),
            Side::Given => (&was, &is),
        };
        if !was.is_empty() && !is.is_empty() && !narrow.iter().all(|one| wide.contains(one)) {
            self.breaks.push(format!("{place} was {was:?} and is {is:?}"));
        }
    }

    /// Enumerations that are given may grow, as the document says; everything else keeps to its bounds.
    fn values(&mut self, place: &str, old: &Value, new: &Value, side: Side) {
        if side == Side::Given {
            return;
        }
        let new_values = list(&new["enum"]);
        let gone: Vec<_> = list(&old["enum"])
            .into_iter()
            .filter(|value| !new_values.contains(value))
            .collect();
        if !gone.is_empty() && new["enum"].is_array() {
            self.breaks
                .push(format!("{place} doesn't take {} any more", json!(gone)));
        }
        for (bound, is_most) in [
            ("maxLength", true),
            ("maxItems", true),
            ("maximum", true),
            ("minLength", false),
            ("minItems", false),
            ("minimum", false),
        ] {
            let (was, is) = (old[bound].as_f64(), new[bound].as_f64());
            let is_narrower = match (was, is) {
                (Some(was), Some(is)) if is_most => is < was,
                (Some(was), Some(is)) => is > was,
                (None, Some(_)) => old["type"] == new["type"],
                (_, None) => false,
            };
            if is_narrower {
                self.breaks.push(format!("{place} has a narrower {bound}"));
            }
        }
        if new["pattern"].is_string() && old["pattern"] != new["pattern"] {
            self.breaks.push(format!("{place} has another pattern"));
        }
    }

    fn properties(&mut self, place: &str, old: &Value, new: &Value, side: Side) {
        let (was_needed, is_needed) = (list(&old["required"]), list(&new["required"]));
        for (name, was) in members(&old["properties"]) {
            let place = format!("{place}.{name}");
            let is = &new["properties"][name];
            if is.is_null() {
                self.breaks.push(format!("{place} is gone"));
                continue;
            }
            self.schema(&place, was, is, side);
            if side == Side::Given && was_needed.contains(&json!(name)) && !is_needed.contains(&json!(name)) {
                self.breaks.push(format!("{place} may be missing"));
            }
        }
        let new_needs = is_needed
            .iter()
            .filter(|name| side == Side::Taken && !was_needed.contains(name));
        for name in new_needs {
            self.breaks
                .push(format!("{place}.{} became necessary", name.as_str().unwrap()));
        }
    }
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// A schema with the members of all that it is put together from.
fn whole(document: &Value, schema: &Value) -> Value {
    let mut whole = resolved(document, schema).clone();
    let parts = match whole.get_mut("allOf") {
        Some(parts) => parts.take(),
        None => return whole,
    };
    for part in &list(&parts) {
        for (name, about) in self::whole(document, part).as_object().unwrap() {
            match (name.as_str(), &mut whole[name]) {
                ("properties", Value::Object(all)) => all.extend(about.as_object().unwrap().clone()),
                ("required", Value::Array(all)) => all.extend(list(about)),
                (_, all) if all.is_null() => *all = about.clone(),
                _ => {}
            }
        }
    }
    whole
}

#[test]
fn what_breaks_programs_is_in_the_change_log() {
    let released = std::fs::read_to_string("openapi/released.json").unwrap();
    let released: Value = serde_json::from_str(&released).unwrap();
    let told = std::fs::read_to_string("CHANGELOG.md").unwrap();
    let told: Vec<_> = told.lines().filter(|line| line.starts_with("- **Breaking**")).collect();
    let is_told = |broken: &String| {
        let operation = broken.split(':').next().unwrap();
        told.iter().any(|line| line.contains(&format!("`{operation}`")))
    };
    let untold: Vec<_> = breaks(&released, &document())
        .into_iter()
        .filter(|broken| !is_told(broken))
        .collect();
    assert!(
        untold.is_empty(),
        "these changes break programs; undo them, or say so in CHANGELOG.md (- **Breaking** `GET /api/v1/…`: …): {untold:#?}"
    );
}

/// A small document, changed at `pointer`.
fn changed(pointer: &str, to: Value) -> Vec<String> {
    let small = json!({
        "paths": { "/api/v1/things": {
            "get": {
                "operationId": "listThings",
                "parameters": [{ "in": "query", "name": "q", "required": false, "schema": { "type": "string", "maxLength": 9 } }],
                "responses": { "200": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } } } },
            },
            "post": {
                "operationId": "addThing",
                "requestBody": { "required": true, "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } } },
                "responses": { "201": {} },
            },
        } },
        "components": { "schemas": { "Thing": {
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": { "type": "string", "maxLength": 20 },
                "state": { "type": "string", "enum": ["new", "old"] },
                "parts": { "type": "array", "items": { "$ref": "#/components/schemas/Thing" } },
            },
        } } },
    });
    let mut new = small.clone();
    match pointer.rsplit_once('/') {
        Some((parent, name)) if to.is_null() => {
            new.pointer_mut(parent)
                .unwrap()
                .as_object_mut()
                .unwrap()
                .remove(name)
                .unwrap();
        }
        Some((parent, name)) => new.pointer_mut(parent).unwrap()[name] = to,
        None => {}
    }
    breaks(&small, &new)
}

#[test]
fn what_programs_rely_on_is_noticed() {
    const THING: &str = "/components/schemas/Thing";
    const LIST: &str = "/paths/~1api~1v1~1things/get";
    assert_eq!(changed("", Value::Null), Vec::<String>::new());
    for (pointer, to, expected) in [
        (
            "/paths/~1api~1v1~1things/post".to_owned(),
            json!({}),
            "POST /api/v1/things: it has another operationId",
        ),
        (
            "/paths/~1api~1v1~1things/post".to_owned(),
            Value::Null,
            "POST /api/v1/things: it is gone",
        ),
        (
            format!("{LIST}/responses"),
            json!({}),
            "GET /api/v1/things: 200 is gone",
        ),
        (format!("{LIST}/parameters"), json!([]), "GET /api/v1/things: q is gone"),
        (
            format!("{LIST}/parameters/0/schema"),
            json!({ "type": "string", "maxLength": 8 }),
            "GET /api/v1/things: q has a narrower maxLength",
        ),
        (
            format!("{LIST}/parameters/0/required"),
            json!(true),
            "GET /api/v1/things: q became necessary",
        ),
        (
            format!("{THING}/properties/parts"),
            Value::Null,
            "GET /api/v1/things: 200.parts is gone",
        ),
        (
            format!("{THING}/required"),
            json!([]),
            "GET /api/v1/things: 200.name may be missing",
        ),
        (
            format!("{THING}/required"),
            json!(["name", "state"]),
            "POST /api/v1/things: body.state became necessary",
        ),
        (
            format!("{THING}/properties/name/type"),
            json!(["string", "null"]),
            "GET /api/v1/things: 200.name was [\"string\"] and is [\"string\", \"null\"]",
        ),
        (
            format!("{THING}/properties/name/maxLength"),
            json!(10),
            "POST /api/v1/things: body.name has a narrower maxLength",
        ),
        (
            format!("{THING}/properties/state/enum"),
            json!(["new"]),
            "POST /api/v1/things: body.state doesn't take [\"old\"] any more",
        ),
    ] {
        let found = changed(&pointer, to);
        assert!(found.iter().any(|broken| broken == expected), "{pointer}: {found:?}");
    }
}

#[test]
fn what_only_grows_breaks_nothing() {
    for (pointer, to) in [
        (
            "/components/schemas/Thing/properties/colour",
            json!({ "type": "string" }),
        ),
        (
            "/components/schemas/Thing/properties/state/enum",
            json!(["new", "old", "gone"]),
        ),
        ("/components/schemas/Thing/properties/name/maxLength", json!(40)),
        ("/paths/~1api~1v1~1things/get/responses/404", json!({})),
        (
            "/paths/~1api~1v1~1things/delete",
            json!({ "operationId": "removeThings", "responses": {} }),
        ),
    ] {
        assert_eq!(changed(pointer, to), Vec::<String>::new(), "{pointer}");
    }
}
