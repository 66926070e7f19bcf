//! What substitutes say.

use crate::sentences::sentences;

sentences! {
    substitute_exists(sku: text, substitute: text);
    substitute_of_itself();
    ratio_above_zero();
    article_ended_instead(sku: text, substitutes: list);
    exceeds_stock_instead(sku: text, substitutes: list);
}
