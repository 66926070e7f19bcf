//! What drafts say.

use crate::sentences::sentences;

sentences! {
    draft_has_too_many_lines(lines: number, max: number);
    cannot_merge();
    draft_text_too_long(characters: number, max: number);
    part_too_long(start: text, characters: number, max: number);
    placed_as_order(order: text);
    nothing_to_order();
    too_many_drafts(max: number);
}
