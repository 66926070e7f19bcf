//! Lists as files: all rows a filter leaves, as CSV and XLSX.
//!
//! The handler of a list reads the rows by the function that the page reads, at most [`READ_MAX`] of them. More than
//! [`ROWS_MAX`] send the reader back to the list to narrow its filter: nothing is ever left out.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse};

use super::{Shell, Tone, see_other};
use crate::cpu;
use crate::error::{Error, Result};
pub use crate::sheets::export::{Column, Export, READ_MAX, Value, csv_row, told_as_text};
use crate::sheets::export::{Format, ROWS_MAX, into_bytes};

/// What the path of the request ends in; another file is not found.
fn asked(request: &HttpRequest) -> Result<Format> {
    match request.path().rsplit_once('.') {
        Some((_, "csv")) => Ok(Format::Csv),
        Some((_, "xlsx")) => Ok(Format::Xlsx),
        _ => Err(Error::NotFound),
    }
}

impl<R: Send + 'static> Export<R> {
    /// Answers with the file that the request names of `rows`, at most [`READ_MAX`]. Where they are too many, the
    /// reader is sent back to the list beside it. The file is made outside the threads that answer.
    pub async fn answer(
        &self,
        exports: &cpu::Fair,
        shell: &Shell,
        request: &HttpRequest,
        rows: Vec<R>,
    ) -> Result<HttpResponse> {
        let format = asked(request)?;
        if rows.len() > ROWS_MAX {
            return Ok(too_many(shell, request));
        }
        let exported = Exported {
            file: format!("{}.{}", self.name, format.ending()),
            rows: rows.len(),
        };
        let columns = self.columns;
        let bytes = exports.run(move || into_bytes(columns, &rows, format)).await?;
        let disposition = format!("attachment; filename=\"{}\"", exported.file);
        let mut answer = HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, format.media_type()))
            .insert_header((CONTENT_DISPOSITION, disposition))
            .body(bytes);
        answer.extensions_mut().insert(exported);
        Ok(answer)
    }
}

/// The answer to a list with more rows than [`ROWS_MAX`]: back to it, with what to do.
pub fn too_many(shell: &Shell, request: &HttpRequest) -> HttpResponse {
    let path = request.path();
    let list = path.rsplit_once('/').map_or(path, |(list, _)| list);
    let text = shell.t1("export-too-many", "rows", shell.language.decimal(ROWS_MAX));
    see_other(format!("{list}?{}", request.query_string()))
        .flash(Tone::Bad, text)
        .into()
}

/// Stays with an answer that is a list as a file, for the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Name of the file.
    pub file: String,
    pub rows: usize,
}
