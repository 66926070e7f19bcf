//! The desk's pages of the catalogue.
//!
//! - [`products`]: all products, making and changing one
//! - [`units`]: a pack: made, changed, taken away
//! - [`assortments`]: what each account sees, under which number and label; [`pasting`]: whole lists of it

pub mod assortments;
pub mod pasting;
pub mod products;
pub mod units;

use std::collections::HashMap;

use crate::catalogue::keeping::assortments::Extent;
use crate::catalogue::rules::keeping::Values;
use crate::error::{Error, FieldError};
use crate::web::{Banner, Fields, Shell, Tone};

/// A form: what its fields hold, what is wrong with them, what stands above it.
#[derive(Debug, Default)]
struct Form {
    values: HashMap<&'static str, String>,
    faults: HashMap<String, String>,
    banner: Option<Banner>,
}

impl Form {
    fn new(values: Values) -> Self {
        Self {
            values: values.into_iter().collect(),
            ..Self::default()
        }
    }

    /// The form as it was sent and refused.
    fn refused(shell: &Shell, values: Values, error: &Error) -> Self {
        let mut faults = HashMap::new();
        let banner = match error {
            Error::Invalid(found) => {
                for fault in found {
                    let field = field_of(fault);
                    faults.entry(field).or_insert_with(|| shell.fault(fault));
                }
                Banner::new(Tone::Bad, shell.t("form-refused"))
            }
            other => shell.banner_of(other),
        };
        Self {
            values: values.into_iter().collect(),
            faults,
            banner: Some(banner),
        }
    }

    fn value(&self, field: &str) -> &str {
        self.values.get(field).map_or("", String::as_str)
    }

    fn fault(&self, field: &str) -> &str {
        self.faults.get(field).map_or("", String::as_str)
    }

    fn is_chosen(&self, field: &str, value: &str) -> bool {
        self.value(field) == value
    }
}

fn field_of(fault: &FieldError) -> String {
    fault.pointer.trim_start_matches('/').to_owned()
}

fn values_of<const N: usize>(fields: &Fields, names: [&'static str; N]) -> Values {
    names.map(|name| (name, fields.get(name).to_owned())).to_vec()
}

/// Code and name of accounts to choose from.
fn choices(extents: &[Extent]) -> Vec<(String, String)> {
    let choice = |extent: &Extent| (extent.code.clone(), format!("{} · {}", extent.code, extent.name));
    extents.iter().map(choice).collect()
}
