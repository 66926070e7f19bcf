//! What is said of an operation.

use serde_json::{Value, json};

/// Who gets the row's success; everybody else who is signed in gets 403.
#[derive(Clone, Copy)]
pub enum Callers {
    /// Also without a token.
    Anybody,
    /// Members and staff.
    SignedIn,
    /// Members of an account with one of these roles.
    Account(&'static [&'static str]),
    /// Staff with one of these roles.
    Desk(&'static [&'static str]),
}

/// How the operation could reach for another account's things.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// It names nothing of an account.
    Nothing,
    /// By the id in its path.
    Id,
    /// It shows what there is.
    List,
    /// By the article of a line.
    Article,
}

/// One operation.
pub struct Row {
    pub operation: &'static str,
    pub callers: Callers,
    /// The status for those who may.
    pub success: u16,
    /// A good body, with a text of its own for what must be unique; `{id}` in it stands for an object as in a path.
    pub body: Option<fn(&str) -> Value>,
    pub foreign: Foreign,
    /// Who asked has to sign in again.
    pub ends_session: bool,
    /// It changes what has a version.
    pub if_match: bool,
}

impl Row {
    /// The method and the path below `/api/v1`.
    pub fn method_and_path(&self) -> (&'static str, &'static str) {
        let (method, path) = self.operation.split_once(' ').unwrap();
        (method, path.strip_prefix("/api/v1").unwrap())
    }

    /// True if the caller's token doesn't outlive it for long: who asks has a session for it alone.
    pub fn ends_token(&self) -> bool {
        self.ends_session || self.operation == "POST /api/v1/me/confirm"
    }
}

pub const fn read(operation: &'static str, callers: Callers, foreign: Foreign) -> Row {
    Row {
        operation,
        callers,
        success: 200,
        body: None,
        foreign,
        ends_session: false,
        if_match: false,
    }
}

pub const fn post(
    operation: &'static str,
    callers: Callers,
    success: u16,
    body: fn(&str) -> Value,
    foreign: Foreign,
) -> Row {
    Row {
        operation,
        callers,
        success,
        body: Some(body),
        foreign,
        ends_session: false,
        if_match: false,
    }
}

/// Something staff do to an object.
pub const fn act(operation: &'static str, callers: Callers, body: fn(&str) -> Value) -> Row {
    post(operation, callers, 200, body, Foreign::Nothing)
}

/// Something staff make.
pub const fn create(operation: &'static str, callers: Callers, body: fn(&str) -> Value) -> Row {
    post(operation, callers, 201, body, Foreign::Nothing)
}

pub fn reason(_: &str) -> Value {
    json!({"reason": "because"})
}

pub const fn change(
    operation: &'static str,
    callers: Callers,
    success: u16,
    body: Option<fn(&str) -> Value>,
    foreign: Foreign,
) -> Row {
    Row {
        operation,
        callers,
        success,
        body,
        foreign,
        ends_session: false,
        if_match: true,
    }
}
