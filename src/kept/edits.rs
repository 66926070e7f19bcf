//! Many rows that somebody changed at once, each for itself.

use std::collections::HashMap;
use std::hash::Hash;

use serde::Serialize;

use super::{Row, overlaid, version};
use crate::error::{Code, FieldError, Result};
use crate::sentences::Sentence;
use crate::version::Edit;

/// What is wrong with rows, by their ids.
pub type Faults<Id> = HashMap<Id, Vec<FieldError>>;
/// Rows as cells, with their ids.
pub type Rows<Id> = Vec<(Id, Row)>;

/// The cells that the edits of rows come to which are `stored` as they were seen. The others are faults at `pointer`:
/// `gone` where there is no such row any more, `overtaken` where somebody else changed it.
pub fn edited<Id: Copy + Eq + Hash, Thing: Serialize, Changes: Serialize>(
    stored: &HashMap<Id, Thing>,
    edits: &[Edit<Id, Changes>],
    columns: &[&[&'static str]],
    pointer: &str,
    [gone, overtaken]: [fn() -> Sentence; 2],
) -> Result<(Rows<Id>, Faults<Id>)> {
    let (mut rows, mut faults) = (Vec::new(), Faults::new());
    for edit in edits {
        let fault = match stored.get(&edit.id) {
            None => FieldError::new(pointer, Code::NotFound, gone()),
            Some(thing) if version(thing) != edit.seen => {
                FieldError::new(pointer, Code::PreconditionFailed, overtaken())
            }
            Some(thing) => {
                rows.push((edit.id, overlaid(thing, &edit.changes, columns)?));
                continue;
            }
        };
        faults.insert(edit.id, vec![fault]);
    }
    Ok((rows, faults))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::{fill_it_in, fill_this_in};
    use serde_json::json;

    #[test]
    fn rows_that_were_seen_come_to_their_cells_and_the_others_are_told() {
        let stored = HashMap::from([(1, json!({"name": "A", "gtin": "1"})), (2, json!({"name": "B"}))]);
        let edit = |id, seen| Edit {
            id,
            seen,
            changes: json!({"name": "New"}),
        };
        let seen = version(&stored[&1]);
        let edits = [edit(1, seen), edit(2, seen), edit(3, seen)];
        let columns: [&[&str]; 2] = [&["name"], &["gtin"]];
        let (rows, faults) = edited(&stored, &edits, &columns, "/name", [fill_it_in, fill_this_in]).expect("members");
        let cells = vec![("name", "New".to_owned()), ("gtin", "1".to_owned())];
        assert_eq!(rows, [(1, cells)]);
        let told = |id: i32| faults[&id].iter().map(|fault| fault.code).collect::<Vec<_>>();
        assert_eq!(
            (told(2), told(3)),
            (vec![Code::PreconditionFailed], vec![Code::NotFound])
        );
    }
}
