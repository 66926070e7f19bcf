//! A body of rows becomes a job: read as it comes, kept piece by piece, sealed when it is complete.

use actix_web::HttpResponse;
use actix_web::http::header::LOCATION;

use super::{BulkJobView, SendRows};
use crate::bulk::records::{Piece, Read, Reader};
use crate::bulk::rules::{Format, Kind, Mode};
use crate::bulk::{self, Sender, Sent};
use crate::clock::now;
use crate::error::{Code, Error, Result};
use crate::http::{RowsBody, SentRows, etag};
use crate::identity::idempotency;
use crate::ids::BulkJobId;
use crate::sentences;
use crate::state::AppState;

/// Takes the rows in and answers with their job, which is found below `path` then.
pub async fn receive(
    state: &AppState,
    sender: Sender,
    (kind, params): (Kind, SendRows),
    (route, key): (&'static str, String),
    (mut body, path): (RowsBody, &str),
) -> Result<HttpResponse> {
    let SentRows { is_csv, is_packed } = body.sent()?;
    let sent = Sent {
        kind,
        mode: params.mode.unwrap_or(Mode::ValidRows),
        format: if is_csv { Format::Csv } else { Format::Ndjson },
    };
    if is_csv && kind.is_of_orders() {
        // They have lines.
        return Err(Error::malformed(Code::UnsupportedMediaType, sentences::send_rows()));
    }
    let (by, of_key) = (sender.clone(), key.clone());
    let begin = move |tx: &mut _| bulk::begin(tx, &by, sent, (route, &of_key), now());
    let id = state.db.write(begin).await?;
    let mut reader = Reader::new(sent.kind, sent.mode, sent.format, is_packed);
    let (read, pieces) = match keep(state, id, &mut reader, &mut body).await {
        Ok(kept) => kept,
        Err(error) => {
            take_back(state, id).await;
            return Err(error);
        }
    };
    let key = idempotency::Request::new(sender.person_id, route, key, &(sent, &read.hash))?;
    let seal = move |tx: &mut _| bulk::seal(tx, &sender, (id, sent), (&read, pieces), &key, now());
    let sealed = state.db.write(seal).await;
    if !matches!(sealed, Ok((_, false))) {
        take_back(state, id).await;
    }
    let (job, replayed) = sealed?;
    let mut answer = HttpResponse::Accepted();
    answer.insert_header((LOCATION, format!("/api/v1/{path}/{}", job.id)));
    answer.insert_header(etag(job.version));
    if replayed {
        answer.insert_header(("Idempotency-Replayed", "true"));
    }
    Ok(answer.json(BulkJobView::from(job)))
}

/// Bytes as they came that are worked off before the next ones.
const PUSHED_BYTES: usize = 2 * 1024;

/// Keeps the pieces of a body; what was read in all, and how many pieces.
async fn keep(state: &AppState, id: BulkJobId, reader: &mut Reader, body: &mut RowsBody) -> Result<(Read, i64)> {
    let mut pieces = 0;
    while let Some(bytes) = body.next().await? {
        // A little at a time: packed, each byte may be a thousand.
        for some in bytes.chunks(PUSHED_BYTES) {
            reader.push(some)?;
            while let Some(piece) = reader.take() {
                keep_piece(state, id, pieces, piece).await?;
                pieces += 1;
            }
        }
    }
    let read = reader.end()?;
    while let Some(piece) = reader.take() {
        keep_piece(state, id, pieces, piece).await?;
        pieces += 1;
    }
    Ok((read, pieces))
}

async fn keep_piece(state: &AppState, id: BulkJobId, number: i64, piece: Piece) -> Result<()> {
    let packed = state
        .cpu
        .run(move || bulk::packed(&piece.text).map(|content| (piece, content)));
    let (piece, content) = packed.await?;
    let write = move |tx: &mut _| bulk::add_piece(tx, id, (number, &piece), &content, now());
    state.db.write(write).await
}

/// What was kept of a body that did not come to be a job goes; where that fails, housekeeping does it.
async fn take_back(state: &AppState, id: BulkJobId) {
    loop {
        match state.db.write(move |tx| bulk::take_back(tx, id)).await {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                tracing::warn!(%error, job = %id, "rows that make no job could not be taken back");
                break;
            }
        }
    }
}
