//! What credit notes say.

use crate::sentences::sentences;

sentences! {
    no_invoice_to_credit();
    nothing_to_credit(invoice: text);
    credit_of_nothing();
    only_replaced_left(invoice: text);
    credit_too_large();
    no_lines_to_credit();
    no_invoice_line(line: number, invoice: text);
    credited_twice(line: number);
    line_credited(line: number);
    one_of_quantity_and_net(line: number);
    credit_amount_out_of_range(amount: money, left: money);
    credit_amount_unreadable(amount: text, why: sentence);
    credit_quantity_not_whole(quantity: decimal, decimals: number);
    credit_quantity_out_of_range(quantity: decimal, left: decimal);
    credit_of_goods_replaced(line: number, quantity: decimal, replaced: decimal, left: decimal);
    credit_note_text_too_long(characters: number, max: number);
}
