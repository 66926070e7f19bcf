//! In which request something was done, and where that came from.

use std::future::{Ready, ready};
use std::net::IpAddr;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::error::{Error, Result};
use crate::http::{RequestId, client_address};

/// A request as the record tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The request's id.
    pub request_id: Arc<str>,
    /// Where somebody called from; nothing where that is unknown.
    pub address: Option<IpAddr>,
}

impl Origin {
    pub fn of(request: &HttpRequest) -> Self {
        Self {
            request_id: RequestId::of(request).into_text(),
            address: client_address(request),
        }
    }

    /// The address as it is stored.
    pub fn address_text(&self) -> Option<String> {
        self.address.map(|address| address.to_canonical().to_string())
    }
}

impl FromRequest for Origin {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}
