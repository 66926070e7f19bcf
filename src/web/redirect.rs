//! What follows a form: the browser is sent to the page that shows what came of it.

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;
use percent_encoding::{CONTROLS, utf8_percent_encode};

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
        // What somebody sent may be part of it; a header can't hold control characters.
        let to = utf8_percent_encode(&redirect.to, CONTROLS).to_string();
        answer.insert_header((LOCATION, to));
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
        && !path.contains('\\')
        && !path.contains(char::is_control)
        && !path.starts_with("/sign-");
    ours.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_was_sent_the_browser_is_sent_on() {
        let answer = HttpResponse::from(see_other("/drafts/x?page=1\r\nX: y\u{1}#ü"));
        let to = answer.headers().get(LOCATION).and_then(|to| to.to_str().ok());
        assert_eq!(
            (answer.status().as_u16(), to),
            (303, Some("/drafts/x?page=1%0D%0AX: y%01#%C3%BC"))
        );
    }

    #[test]
    fn only_paths_of_ours_are_gone_to() {
        for (path, ours) in [
            ("/orders?state=open", true),
            ("/", true),
            ("//evil.example", false),
            ("/\\evil.example", false),
            ("/a\u{1}", false),
            ("https://evil.example", false),
            ("", false),
            ("/sign-in", false),
            ("/sign-out", false),
        ] {
            assert_eq!(own_path(path).is_some(), ours, "{path}");
        }
    }
}
