//! Controls of a form with what stands around them: label, hint, fault. Templates print `{{ form.input(…) }}` or, where
//! no form holds the value, `{{ crate::web::field(…) }}`.
//!
//! They are values with a template of their own, not macros: a macro is written out at each call, and the compiler took
//! a third of its time for what pages repeat.

use askama::Template;
use askama::filters::HtmlSafe;

use super::Form;

/// What a control is, with what it holds.
#[derive(Debug)]
enum Kind {
    Input { value: String },
    Area { text: String },
    Choice { options: Vec<Choice> },
    Files,
}

#[derive(Debug)]
struct Choice {
    value: String,
    text: String,
    is_chosen: bool,
}

/// A control with its label above it; hint and fault where there are any.
#[derive(Debug, Template)]
#[template(path = "web/templates/control.html")]
pub struct Control {
    name: String,
    label: String,
    hint: String,
    fault: String,
    /// HTML of ours, such as `autocomplete="email" required`.
    attributes: String,
    kind: Kind,
}

impl HtmlSafe for Control {}

/// A control in a cell of a table, whose row and column name it.
#[derive(Debug, Template)]
#[template(
    source = r#"<input name="{{ name }}" value="{{ value }}" aria-label="{{ label }}"{% if is_wrong %} aria-invalid="true" aria-describedby="e-{{ id }}"{% endif %} {{ attributes|safe }}>"#,
    ext = "html"
)]
pub struct Cell {
    name: String,
    value: String,
    label: String,
    id: String,
    attributes: String,
    is_wrong: bool,
}

impl HtmlSafe for Cell {}

/// What is wrong at a place, told beside it.
#[derive(Debug, Template)]
#[template(
    source = r#"{% if !text.is_empty() %}<p class="fault" id="e-{{ id }}">{{ text }}</p>{% endif %}"#,
    ext = "html"
)]
pub struct Fault {
    text: String,
    id: String,
}

impl HtmlSafe for Fault {}

impl Control {
    fn new(name: impl AsRef<str>, label: impl AsRef<str>, hint: impl AsRef<str>, kind: Kind) -> Self {
        let owned = |text: &str| text.to_owned();
        Self {
            name: owned(name.as_ref()),
            label: owned(label.as_ref()),
            hint: owned(hint.as_ref()),
            fault: String::new(),
            attributes: String::new(),
            kind,
        }
    }

    fn wrong(mut self, fault: &str) -> Self {
        fault.clone_into(&mut self.fault);
        self
    }

    fn with(mut self, attributes: &str) -> Self {
        attributes.clone_into(&mut self.attributes);
        self
    }

    fn is_files(&self) -> bool {
        matches!(self.kind, Kind::Files)
    }
}

/// A text field. `attributes` is HTML of ours, such as `autocomplete="email" required`.
pub fn field(
    name: impl AsRef<str>,
    label: impl AsRef<str>,
    value: impl AsRef<str>,
    hint: impl AsRef<str>,
    fault: impl AsRef<str>,
    attributes: impl AsRef<str>,
) -> Control {
    let value = value.as_ref().to_owned();
    let control = Control::new(name, label, hint, Kind::Input { value });
    control.wrong(fault.as_ref()).with(attributes.as_ref())
}

/// A list to choose from; `options` are pairs of value and text.
pub fn choice<V: AsRef<str>, T: AsRef<str>>(
    name: impl AsRef<str>,
    label: impl AsRef<str>,
    value: impl AsRef<str>,
    options: impl AsRef<[(V, T)]>,
    hint: impl AsRef<str>,
) -> Control {
    let value = value.as_ref();
    let options = choices(options.as_ref(), |option| option == value);
    Control::new(name, label, hint, Kind::Choice { options })
}

fn choices<V: AsRef<str>, T: AsRef<str>>(options: &[(V, T)], is_chosen: impl Fn(&str) -> bool) -> Vec<Choice> {
    let options = options.iter().map(|(value, text)| Choice {
        value: value.as_ref().to_owned(),
        text: text.as_ref().to_owned(),
        is_chosen: is_chosen(value.as_ref()),
    });
    options.collect()
}

// What templates ask of a form.
impl Form {
    /// A text field. `attributes` is HTML of ours, such as `autocomplete="email" required`.
    pub fn field(
        &self,
        name: impl AsRef<str>,
        label: impl AsRef<str>,
        hint: impl AsRef<str>,
        attributes: impl AsRef<str>,
    ) -> Control {
        let (value, fault) = (self.value(name.as_ref()), self.fault(name.as_ref()));
        field(name.as_ref(), label, value, hint, fault, attributes)
    }

    /// A list to choose from; `options` are pairs of value and text.
    pub fn choice<V: AsRef<str>, T: AsRef<str>>(
        &self,
        name: impl AsRef<str>,
        label: impl AsRef<str>,
        options: impl AsRef<[(V, T)]>,
        hint: impl AsRef<str>,
    ) -> Control {
        let (value, fault) = (self.value(name.as_ref()), self.fault(name.as_ref()));
        choice(name.as_ref(), label, value, options, hint).wrong(fault)
    }

    /// A text of several lines, as it was typed.
    pub fn area(
        &self,
        name: impl AsRef<str>,
        label: impl AsRef<str>,
        hint: impl AsRef<str>,
        attributes: impl AsRef<str>,
    ) -> Control {
        let fault = self.fault(name.as_ref());
        let text = self.text(name.as_ref()).to_owned();
        let control = Control::new(name.as_ref(), label, hint, Kind::Area { text });
        control.wrong(fault).with(attributes.as_ref())
    }

    /// Files.
    pub fn files(
        &self,
        name: impl AsRef<str>,
        label: impl AsRef<str>,
        hint: impl AsRef<str>,
        attributes: impl AsRef<str>,
    ) -> Control {
        let fault = self.fault(name.as_ref());
        let control = Control::new(name.as_ref(), label, hint, Kind::Files);
        control.wrong(fault).with(attributes.as_ref())
    }

    /// An input in a cell of a table: `place` is where its faults are told, `id` names them.
    pub fn cell(
        &self,
        place: impl AsRef<str>,
        name: impl AsRef<str>,
        value: impl AsRef<str>,
        label: impl AsRef<str>,
        id: impl AsRef<str>,
        attributes: impl AsRef<str>,
    ) -> Cell {
        Cell {
            name: name.as_ref().to_owned(),
            value: value.as_ref().to_owned(),
            label: label.as_ref().to_owned(),
            id: id.as_ref().to_owned(),
            attributes: attributes.as_ref().to_owned(),
            is_wrong: !self.fault(place.as_ref()).is_empty(),
        }
    }

    /// What is wrong with it.
    pub fn told(&self, place: impl AsRef<str>, id: impl AsRef<str>) -> Fault {
        Fault {
            text: self.fault(place.as_ref()).to_owned(),
            id: id.as_ref().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_control_is_bound_to_its_label_hint_and_fault() {
        let html = field("a", "<A>", "\"1\"", "how", "wrong so", "required").to_string();
        for part in [
            r#"<label for="f-a">&#60;A&#62;</label>"#,
            r#"<p class="hint" id="h-a">how</p>"#,
            r#"<input id="f-a" name="a" value="&#34;1&#34;" aria-invalid="true" aria-describedby="h-a e-a" required>"#,
            r#"<p class="fault" id="e-a">wrong so</p>"#,
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
    }

    #[test]
    fn a_control_without_hint_and_fault_says_nothing_of_them() {
        let html = choice("a", "A", "2", [("1", "One"), ("2", "Two")], "").to_string();
        assert!(
            !html.contains("aria-describedby") && !html.contains("class=\"fault\""),
            "{html}"
        );
        assert!(html.contains(r#"<option value="2" selected>Two</option>"#), "{html}");
        assert!(html.contains(r#"<option value="1">One</option>"#), "{html}");
    }
}
