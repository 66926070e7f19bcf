//! A browser as far as the server sees one: keeps cookies, sends forms, follows nothing by itself.

use reqwest::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::app::{PASSWORD, TestApp};
use crate::client::unique;

/// Somebody in front of a browser.
pub struct Browser {
    http: reqwest::Client,
    base: String,
    cookies: Mutex<BTreeMap<String, String>>,
    language: &'static str,
}

/// A page, or where the browser is sent.
#[derive(Debug)]
pub struct Shown {
    pub status: u16,
    pub headers: HeaderMap,
    pub html: String,
}

impl Browser {
    /// A browser without cookies at the portal `base`.
    pub fn new(base: &str) -> Self {
        let http = crate::client::http_client().redirect(reqwest::redirect::Policy::none());
        Self {
            http: http.build().unwrap(),
            base: base.to_owned(),
            cookies: Mutex::default(),
            language: "en",
        }
    }

    /// The same browser, with its cookies, at another process.
    pub fn at(&self, base: &str) -> Self {
        let cookies = self.cookies.lock().unwrap().clone();
        Self {
            cookies: Mutex::new(cookies),
            ..Self::new(base)
        }
    }

    /// The same browser set to another language.
    pub fn speaking(mut self, language: &'static str) -> Self {
        self.language = language;
        self
    }

    /// A cookie by its name.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Puts a cookie there that the browser kept.
    pub fn set_cookie(&self, name: &str, value: &str) {
        let mut cookies = self.cookies.lock().unwrap();
        cookies.insert(name.to_owned(), value.to_owned());
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Shown {
        self.send(self.http.get(format!("{}{path}", self.base))).await
    }

    /// Opens a page that must be there.
    #[track_caller]
    pub fn page<'a>(&'a self, path: &'a str) -> impl Future<Output = String> + 'a {
        let caller = std::panic::Location::caller();
        async move {
            let shown = self.get(path).await;
            assert_eq!(shown.status, 200, "{path} at {caller}: {}", shown.html);
            shown.html
        }
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Shown {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let request = self.http.post(format!("{}{path}", self.base));
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.header("sec-fetch-site", "same-origin").body(body))
            .await
    }

    /// Sends a request of the test's own making with the cookies.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> Shown {
        let cookies = self.cookies.lock().unwrap().clone();
        let sent: Vec<_> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request
            .header(ACCEPT_LANGUAGE, self.language)
            .header(COOKIE, sent.join("; "));
        let response = request.send().await.unwrap();
        for cookie in response.headers().get_all(SET_COOKIE) {
            let (pair, attributes) = cookie.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            let mut kept = self.cookies.lock().unwrap();
            match attributes.contains("Max-Age=0") {
                true => kept.remove(name),
                false => kept.insert(name.to_owned(), value.to_owned()),
            };
        }
        Shown {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            html: response.text().await.unwrap(),
        }
    }

    /// A request builder for what [`Self::post`] can't do, such as files.
    pub fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }
}

impl Shown {
    /// Where the browser is sent.
    #[track_caller]
    pub fn goes_to(&self) -> String {
        assert_eq!(self.status, 303, "{}", self.html);
        self.headers[LOCATION].to_str().unwrap().to_owned()
    }
}

impl TestApp {
    /// A browser where nobody is signed in.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.base())
    }

    /// A browser in which `email` is signed in.
    pub async fn browse_as_person(&self, email: &str) -> Browser {
        let browser = self.browser();
        let shown = browser
            .post("/sign-in", &[("email", email), ("password", PASSWORD)])
            .await;
        assert_eq!(shown.goes_to(), "/");
        browser
    }

    /// A browser of a new person in `role` of `account`.
    pub async fn browse_as(&self, account: &str, role: &str) -> Browser {
        let email = self.add_person(account, role).await;
        self.browse_as_person(&email).await
    }

    /// A browser of a new person of the staff in `role`.
    pub async fn browse_staff(&self, role: &str) -> Browser {
        let email = format!("{role}-{}@supplier.example", unique());
        self.add_staff_named(&email, role).await;
        self.browse_as_person(&email).await
    }

    /// The same for somebody who reads German.
    pub async fn browse_german_staff(&self, role: &str) -> Browser {
        let email = format!("{role}-{}@supplier.example", unique());
        let client = self.staff_named(&email, role).await;
        let german = serde_json::json!({"locale": "de"});
        client
            .change(reqwest::Method::PATCH, "/me", "*", Some(german))
            .await
            .expect(200);
        self.browse_as_person(&email).await
    }
}
