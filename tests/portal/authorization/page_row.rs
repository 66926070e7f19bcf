//! What is said of a page.

use reqwest::Method;

use super::row::Callers;

/// What a request carries.
#[derive(Clone, Copy)]
pub enum Sent {
    /// A page is opened.
    Nothing,
    /// Fields as `name=value&…`, with a text of its own for `{unique}`.
    Form(&'static str),
    /// A file in the field of this name.
    File(&'static str, &'static str),
}

/// One route.
pub struct Page {
    /// `GET /orders/{id}`
    pub route: &'static str,
    pub callers: Callers,
    /// The status for those who may.
    pub success: u16,
    /// The same for staff, where it is another.
    pub success_of_staff: Option<u16>,
    /// The same for those who aren't signed in.
    pub success_of_nobody: Option<u16>,
    /// The status for staff who reach the form but may not do this.
    pub refusal_of_staff: Option<u16>,
    pub sent: Sent,
    /// Whoever asked has to sign in again, or is somebody else now.
    pub ends_session: bool,
}

impl Page {
    pub fn method(&self) -> Method {
        self.route.split_once(' ').unwrap().0.parse().unwrap()
    }

    pub fn path(&self) -> &'static str {
        self.route.split_once(' ').unwrap().1
    }

    /// The same with another answer to those who may.
    pub const fn giving(self, success: u16) -> Self {
        Self { success, ..self }
    }

    /// The same with another answer to staff.
    pub const fn giving_staff(self, success: u16) -> Self {
        Self {
            success_of_staff: Some(success),
            ..self
        }
    }

    /// The same with another answer to those who aren't signed in.
    pub const fn giving_nobody(self, success: u16) -> Self {
        Self {
            success_of_nobody: Some(success),
            ..self
        }
    }

    /// The same for a form that tells staff why they may not.
    pub const fn refusing_staff(self, refusal: u16) -> Self {
        Self {
            refusal_of_staff: Some(refusal),
            ..self
        }
    }

    /// The same for what ends the session.
    pub const fn ending(self) -> Self {
        Self {
            ends_session: true,
            ..self
        }
    }
}

/// A page that is read.
pub const fn read(route: &'static str, callers: Callers) -> Page {
    Page {
        route,
        callers,
        success: 200,
        success_of_staff: None,
        success_of_nobody: None,
        refusal_of_staff: None,
        sent: Sent::Nothing,
        ends_session: false,
    }
}

/// A form that is sent and done.
pub const fn form(route: &'static str, callers: Callers, fields: &'static str) -> Page {
    Page {
        route,
        callers,
        success: 303,
        success_of_staff: None,
        success_of_nobody: None,
        refusal_of_staff: None,
        sent: Sent::Form(fields),
        ends_session: false,
    }
}

/// A form with a file.
pub const fn file(route: &'static str, callers: Callers, name: &'static str, content: &'static str) -> Page {
    Page {
        sent: Sent::File(name, content),
        ..form(route, callers, "")
    }
}
