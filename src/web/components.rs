//! Parts of pages as values: a template prints `{{ chip }}` and gets its HTML.

use crate::names::names;

use askama::Template;
use askama::filters::HtmlSafe;

names! {
    /// What a colour means. Colour is never the only sign: chips have a shape, banners an icon and words.
    pub enum Tone as Tone {
        Ok = "ok",
        Info = "info",
        Warn = "warn",
        Bad = "bad",
        Neutral = "neutral",
        Priority = "priority",
    }
}

names! {
    /// The sign of a chip: tells what the colour tells.
    pub enum Shape as Shape {
        /// Waits.
        Ring = "ring",
        /// In part.
        Half = "half",
        /// Is so.
        Dot = "dot",
        /// A problem.
        Diamond = "diamond",
        /// A class or a kind.
        Square = "square",
    }
}

/// A state in a word, with its sign.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(
    source = r#"<span class="chip {{ tone.name() }}"><span class="sign {{ shape.name() }}" aria-hidden="true"></span>{{ text }}</span>"#,
    ext = "html"
)]
pub struct Chip {
    /// What its colour means.
    pub tone: Tone,
    /// Its sign.
    pub shape: Shape,
    /// The word.
    pub text: String,
}

impl HtmlSafe for Chip {}

impl Chip {
    pub fn new(tone: Tone, shape: Shape, text: impl Into<String>) -> Self {
        Self {
            tone,
            shape,
            text: text.into(),
        }
    }
}

/// Something to know before reading on. `bad` and `warn` stand until the page changes.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "web/templates/banner.html")]
pub struct Banner {
    /// What it means.
    pub tone: Tone,
    /// The fact, and what to do.
    pub text: String,
    /// More about it, a sentence each.
    pub details: Vec<String>,
}

impl HtmlSafe for Banner {}

impl Banner {
    /// A banner of one sentence.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self {
            tone,
            text: text.into(),
            details: Vec::new(),
        }
    }

    /// The same with more sentences under it.
    #[must_use]
    pub fn with_details(mut self, details: impl IntoIterator<Item = String>) -> Self {
        self.details.extend(details);
        self
    }

    fn icon(&self) -> &'static str {
        match self.tone {
            Tone::Ok => "check",
            Tone::Info | Tone::Neutral | Tone::Priority => "info",
            Tone::Warn | Tone::Bad => "alert",
        }
    }

    fn role(&self) -> &'static str {
        match self.tone {
            Tone::Bad => "alert",
            _ => "status",
        }
    }

    fn icons(&self) -> &'static str {
        super::assets::path(super::assets::Asset::Icons)
    }
}

/// First and next page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "web/templates/pager.html")]
pub struct Pager {
    /// What is shown: `50 orders`.
    pub shown: String,
    /// Link to the first page, unless this is it.
    pub first: Option<String>,
    /// Link to the next one, if there is one.
    pub next: Option<String>,
    /// `First`, `Next` and what the pager is called, in the reader's language.
    pub words: [String; 3],
}

impl HtmlSafe for Pager {}

impl Pager {
    /// The pager of the list at `path` with the parameters `query` (without the cursor); `cursor` is the page that is
    /// shown, `next` the one behind it.
    pub fn new(
        shell: &super::Shell,
        path: &str,
        query: &[(&str, &str)],
        cursor: Option<&str>,
        next: Option<&str>,
        shown: impl Into<String>,
    ) -> Self {
        let link =
            |cursor: Option<&str>| address(path, query.iter().copied().chain(cursor.map(|text| ("cursor", text))));
        Self {
            shown: shown.into(),
            first: cursor.map(|_| link(None)),
            next: next.map(|next| link(Some(next))),
            words: ["pager-first", "word-next", "pager-label"].map(|key| shell.t(key)),
        }
    }
}

/// `path` with those of the parameters that have a value.
pub fn address<'a>(path: &str, query: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let filled = query.into_iter().filter(|(_, value)| !value.is_empty());
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(filled)
        .finish();
    match query.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_chip_says_is_escaped() {
        let chip = Chip::new(Tone::Bad, Shape::Diamond, "<b>");
        assert!(chip.to_string().contains("&#60;b&#62;"), "{chip}");
    }

    #[test]
    fn an_address_has_only_filled_parameters() {
        let query = [("q", "a b&c"), ("state", ""), ("cursor", "x")];
        assert_eq!(address("/orders", query), "/orders?q=a+b%26c&cursor=x");
        assert_eq!(address("/orders", [("q", "")]), "/orders");
    }
}
