//! What follows a form: the browser is sent to the page that shows what came of it.

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;

use super::components::{Banner, Tone};
use super::cookies;

/// A 303 to a page, perhaps with something to say there.
#[derive(Debug)]
pub struct Redirect {
    to: String,
    flash: Option<Banner>,
}

/// Sends the browser to `to`, a path of ours.
pub fn see_other(to: impl Into<String>) -> Redirect {
    Redirect {
        to: to.into(),
        flash: None,
    }
}

impl Redirect {
    /// What the next page says on top.
    #[must_use]
    pub fn flash(mut self, tone: Tone, text: impl Into<String>) -> Self {
        self.flash = Some(Banner::new(tone, text));
        self
    }
}

impl From<Redirect> for HttpResponse {
    fn from(redirect: Redirect) -> Self {
        let mut answer = Self::SeeOther();
        answer.insert_header((LOCATION, redirect.to));
        if let Some(banner) = &redirect.flash {
            answer.cookie(cookies::flash(banner));
        }
        answer.finish()
    }
}

/// `path` if it leads to a page of ours, so that nobody is sent elsewhere by a link they followed.
pub fn own_path(path: &str) -> Option<&str> {
    let ours = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains(['\\', '\r', '\n', '\t'])
        && !path.starts_with("/sign-");
    ours.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours_are_gone_to() {
        for (path, ours) in [
            ("/orders?state=open", true),
            ("/", true),
            ("//evil.example", false),
            ("/\\evil.example", false),
            ("https://evil.example", false),
            ("", false),
            ("/sign-in", false),
            ("/sign-out", false),
        ] {
            assert_eq!(own_path(path).is_some(), ours, "{path}");
        }
    }
}
