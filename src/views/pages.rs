//! Saving and deleting a view from the list it is of.

use actix_web::web::Data;
use actix_web::{HttpResponse, post};

use super::VIEWS_MAX;
use crate::error::{Error, Result};
use crate::http::PathId;
use crate::identity::caller::Anyone;
use crate::ids::SavedViewId;
use crate::state::AppState;
use crate::web::redirect::own_path;
use crate::web::{Fields, Tone, see_other};

/// Saves the filter and sort of a list under a name
#[post("/views")]
pub async fn save(state: Data<AppState>, anyone: Anyone, fields: Fields) -> Result<HttpResponse> {
    let Anyone { caller, shell } = anyone;
    let typed = ["list", "name", "query"].map(|name| fields.get(name).to_owned());
    let back = own_path(fields.get("list")).unwrap_or("/").to_owned();
    let name = fields.get("name").trim().to_owned();
    let save = move |tx: &mut _| {
        let [path, name, query] = &typed;
        super::save(tx, caller.person_id, path, name, query)
    };
    let answer = match state.db.write(save).await {
        Ok(path) => see_other(path).flash(Tone::Ok, shell.t1("views-saved", "name", name)),
        Err(Error::Invalid(faults)) => {
            let is_full = faults.iter().any(|fault| fault.pointer == "/list");
            let text = match is_full {
                true => shell.t1("views-too-many", "count", VIEWS_MAX),
                false => shell.t("views-not-saved"),
            };
            see_other(back).flash(Tone::Bad, text)
        }
        Err(error) => return Err(error),
    };
    Ok(answer.into())
}

/// Deletes a saved view
#[post("/views/{id}/delete")]
pub async fn delete(state: Data<AppState>, anyone: Anyone, PathId(id): PathId<SavedViewId>) -> Result<HttpResponse> {
    let Anyone { caller, shell } = anyone;
    let delete = move |tx: &mut _| super::delete(tx, caller.person_id, id);
    let path = state.db.write(delete).await?;
    Ok(see_other(path).flash(Tone::Ok, shell.t("views-deleted")).into())
}
