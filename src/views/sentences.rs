//! What saved views say.

use crate::sentences::sentences;

sentences! {
    view_needs_name();
    view_name_too_long(max: number);
    save_from_list();
    too_many_views(max: number);
}
