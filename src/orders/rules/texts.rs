//! What a buyer writes on an order that the trade doesn't act on.
//!
//! One line here declares such a text: forms, pages, papers and files list them all, and where a table or a REST shape
//! names each, the compiler asks for the new one. Names are those of columns, forms, REST and of the texts in the
//! language files: `order-text-NAME`, `paper-NAME`.

use super::head::NOTE_CHARS_MAX;

macro_rules! order_texts {
    ($($(#[$doc:meta])* $name:ident: $chars_max:expr,)*) => {
        /// The texts on the head of an order.
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct OrderTexts {
            $($(#[$doc])* pub $name: Option<String>,)*
        }

        impl OrderTexts {
            pub const NAMES: &[&'static str] = &[$(stringify!($name)),*];

            /// The texts that `read` gives for their names.
            pub fn read(mut read: impl FnMut(&'static str) -> Option<String>) -> Self {
                Self { $($name: read(stringify!($name)),)* }
            }

            /// Name, longest in characters, and text of each.
            pub fn each(&self) -> impl Iterator<Item = (&'static str, usize, Option<&str>)> {
                [$((stringify!($name), $chars_max, self.$name.as_deref())),*].into_iter()
            }

            /// Name and text of those that are there.
            pub fn written(&self) -> impl Iterator<Item = (&'static str, &str)> {
                self.each().filter_map(|(name, _, text)| Some((name, text?)))
            }
        }
    };
}

order_texts! {
    /// Anything the buyer wants to say: `Note` of the head (EN 16931 BT-22).
    note: NOTE_CHARS_MAX,
}
