//! What stands in the table of a list.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::web::Chip;

/// What a cell shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    pub(super) text: String,
    pub(super) link: Option<String>,
    pub(super) is_mono: bool,
    pub(super) is_late: bool,
    pub(super) chips: Vec<Chip>,
    pub(super) under: String,
    /// HTML of a template of ours, behind all else.
    pub(super) part: String,
}

impl Cell {
    /// Words or a number.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// What leads to the thing.
    pub fn link(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            link: Some(path.into()),
            ..Self::text(text)
        }
    }

    /// A number somebody gave, to be read letter by letter.
    pub fn mono(text: impl Into<String>) -> Self {
        Self {
            is_mono: true,
            ..Self::text(text)
        }
    }

    /// A code that leads to the thing.
    pub fn code(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            is_mono: true,
            ..Self::link(path, text)
        }
    }

    /// A state.
    pub fn chip(chip: Chip) -> Self {
        Self::default().and_chip(Some(chip))
    }

    /// A part of a page, such as a form.
    pub fn part(part: impl HtmlSafe) -> Self {
        Self::default().and_part(part)
    }

    /// A tick of the form `form`.
    pub fn tick(form: &'static str, name: &'static str, value: impl Into<String>, label: impl Into<String>) -> Self {
        Self::part(Tick {
            form,
            name,
            value: value.into(),
            label: label.into(),
        })
    }

    /// The same, marked where it is too late.
    #[must_use]
    pub fn late(mut self, is_late: bool) -> Self {
        self.is_late = is_late;
        self
    }

    /// The same with a chip behind it, if there is one.
    #[must_use]
    pub fn and_chip(mut self, chip: Option<Chip>) -> Self {
        self.chips.extend(chip);
        self
    }

    /// The same with small words under it, if there are any.
    #[must_use]
    pub fn and_under(mut self, under: impl Into<String>) -> Self {
        self.under = under.into();
        self
    }

    /// The same with a part of a page behind it.
    #[must_use]
    pub fn and_part(mut self, part: impl HtmlSafe) -> Self {
        self.part = part.to_string();
        self
    }

    /// More than one thing: on a narrow page they stay together.
    pub(super) fn is_compound(&self) -> bool {
        let parts = [!self.text.is_empty(), !self.under.is_empty(), !self.part.is_empty()];
        parts.into_iter().filter(|is_there| *is_there).count() + self.chips.len() > 1
    }
}

#[derive(Template)]
#[template(
    source = r#"<input class="pick" type="checkbox" form="{{ form }}" name="{{ name }}" value="{{ value }}" aria-label="{{ label }}">"#,
    ext = "html"
)]
struct Tick {
    form: &'static str,
    name: &'static str,
    value: String,
    label: String,
}

impl HtmlSafe for Tick {}
