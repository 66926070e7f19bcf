//! Rows for spreadsheets and programs as answers.

use std::borrow::Cow;

use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_DISPOSITION;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};

/// Rows to be kept.
#[derive(Debug)]
pub struct Csv {
    /// Of ASCII letters, digits, `-` and `.` alone.
    file_name: String,
    bytes: Vec<u8>,
}

impl Csv {
    pub fn new(file_name: String, bytes: Vec<u8>) -> Self {
        Self { file_name, bytes }
    }
}

impl From<Csv> for HttpResponse {
    fn from(csv: Csv) -> Self {
        Self::Ok()
            .content_type("text/csv; charset=utf-8")
            .insert_header((
                CONTENT_DISPOSITION,
                format!("attachment; filename=\"{}\"", csv.file_name),
            ))
            .body(csv.bytes)
    }
}

impl utoipa::PartialSchema for Csv {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
            .into()
    }
}

impl utoipa::ToSchema for Csv {
    fn name() -> Cow<'static, str> {
        "Csv".into()
    }
}
