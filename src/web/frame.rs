//! Parts of pages that need the shell: what stands around each page, tabs, icons, the word for nothing. Templates print
//! `{{ shell.top() }}`. Like the controls of forms they have templates of their own, so that no page repeats them.

use askama::Template;
use askama::filters::HtmlSafe;

use super::navigation::Tabs;
use super::shell::{Area, Shell};

/// What the head of a page says before its title.
#[derive(Debug, Template)]
#[template(path = "web/templates/head.html")]
pub struct Head<'a> {
    shell: &'a Shell,
}

/// The page from its body's beginning to the start of what is its own: skip link, banners, header, navigation.
#[derive(Debug, Template)]
#[template(path = "web/templates/top.html")]
pub struct Top<'a> {
    shell: &'a Shell,
}

/// Whom to ask, at the foot of a page.
#[derive(Debug, Template)]
#[template(
    source = r#"{% if let Some(contact) = shell.contact -%}
<p>{{ shell.t("word-questions") }} <strong>{{ contact.name }}</strong>{% if let Some(phone) = contact.phone %} · <a href="tel:{{ contact.dial() }}">{{ phone }}</a>{% endif %}{% if let Some(email) = contact.email %} · <a href="mailto:{{ email }}">{{ email }}</a>{% endif %}</p>
{% endif %}"#,
    ext = "html"
)]
pub struct Questions<'a> {
    shell: &'a Shell,
}

/// An icon of the sprite; alone only with a label on what holds it.
#[derive(Debug, Template)]
#[template(
    source = r##"<svg class="icon" aria-hidden="true"><use href="{{ icons }}#{{ name }}"/></svg>"##,
    ext = "html"
)]
pub struct Icon<'a> {
    icons: &'static str,
    name: &'a str,
}

/// The tabs of pages about one thing.
#[derive(Debug, Template)]
#[template(
    source = r#"<nav class="tabs" aria-label="{{ group.label }}">{% for tab in group.tabs %}<a href="{{ tab.path }}"{% if tab.is_current %} aria-current="page"{% endif %}>{{ tab.text }}</a>{% endfor %}</nav>"#,
    ext = "html"
)]
pub struct TabBar {
    group: Tabs,
}

/// The way to a page with tabs.
#[derive(Debug, Template)]
#[template(path = "web/templates/tab_crumbs.html")]
pub struct TabCrumbs<'a> {
    shell: &'a Shell,
    group: Tabs,
}

/// Nothing here: what, why, and the next step.
#[derive(Debug, Template)]
#[template(
    source = r#"<div class="empty"><p>{{ text }}</p>{% if !path.is_empty() %}<p><a class="button" href="{{ path }}">{{ step }}</a></p>{% endif %}</div>"#,
    ext = "html"
)]
pub struct Empty {
    text: String,
    path: String,
    step: String,
}

impl HtmlSafe for Head<'_> {}
impl HtmlSafe for Top<'_> {}
impl HtmlSafe for Questions<'_> {}
impl HtmlSafe for Icon<'_> {}
impl HtmlSafe for TabBar {}
impl HtmlSafe for TabCrumbs<'_> {}
impl HtmlSafe for Empty {}

// What templates ask of the shell.
impl Shell {
    /// What stands in the head of every page.
    pub fn head(&self) -> Head<'_> {
        Head { shell: self }
    }

    /// From the beginning of the body to the start of what is the page's own.
    pub fn top(&self) -> Top<'_> {
        Top { shell: self }
    }

    /// Whom to ask.
    pub fn questions(&self) -> Questions<'_> {
        Questions { shell: self }
    }

    /// The supplier's name, or the portal's where it has none yet.
    pub fn brand(&self) -> String {
        match self.supplier.is_empty() {
            true => self.t("brand-unnamed"),
            false => self.supplier.clone(),
        }
    }

    /// An icon of the sprite.
    pub fn icon<'a>(&self, name: &'a str) -> Icon<'a> {
        let icons = self.icons();
        Icon { icons, name }
    }

    /// The tabs of the pages that the one at `path` belongs to.
    pub fn tab_bar(&self, path: &str) -> TabBar {
        let group = self.tabs(path);
        TabBar { group }
    }

    /// The way to such a page.
    pub fn tab_crumbs(&self, path: &str) -> TabCrumbs<'_> {
        let group = self.tabs(path);
        TabCrumbs { shell: self, group }
    }

    /// Nothing here: what and why, and the next step as a link (none where `path` is empty).
    pub fn empty(&self, text: impl AsRef<str>, path: impl AsRef<str>, step: impl AsRef<str>) -> Empty {
        let owned = |text: &str| text.to_owned();
        Empty {
            text: owned(text.as_ref()),
            path: owned(path.as_ref()),
            step: owned(step.as_ref()),
        }
    }

    fn is_desk(&self) -> bool {
        self.area == Area::Desk
    }
}
