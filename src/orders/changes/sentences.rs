//! What changes of orders say.

use crate::sentences::sentences;

sentences! {
    change_state_of_order(order: text, state: name "order-state");
    change_line_unknown(order: text);
    change_line_twice(line: number);
    change_line_or_article();
    change_quantity_or_remove(line: number);
    change_below_left(line: number, left: decimal);
    change_not_rounded(quantity: decimal, unit: text, fits: decimal);
    change_waits_for_less(line: number, waits: decimal);
    change_leaves_nothing(order: text);
    change_nothing(order: text);
    change_goods_have_left(order: text);
    change_too_many_lines(lines: number, max: number);
    change_beyond_credit(order: text);
    change_is_open(order: text);
    change_state_forbids(order: text, state: name "order-change-state");
}
