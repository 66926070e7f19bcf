//! What every page stands on: the shell around it, forms, redirects, assets, components. Knows no feature.
//!
//! - [`shell`]: who reads, in which language, with which navigation around it
//! - [`answering`]: the middleware of pages: refuses foreign forms, turns errors into pages
//! - [`components`]: chips, banners, pagers as values that templates print
//! - `controls`, `frame`: fields of forms, what stands around a page; values too
//! - [`list`]: a page that lists, from its filters to its pager
//! - [`charts`]: drawings of numbers with the numbers
//! - [`Form`]: what a form holds, what is wrong with it, read by the reader's language
//! - [`notice`]: pages that only say something
//! - [`assets`]: the sheet, the script and the icons, served under names that change with their content

pub mod answering;
pub mod assets;
pub mod charts;
pub mod components;
pub mod cookies;
pub mod export;
mod controls;
mod fields;
mod form;
mod frame;
mod input;
pub mod list;
pub mod lists;
pub mod navigation;
pub mod notice;
pub mod redirect;
pub mod routes;
mod rows;
pub mod shell;

pub use self::components::{Banner, Chip, Pager, Shape, Tone};
pub use self::controls::{choice, field};
pub use self::fields::{Fields, form_key};
pub use self::form::{Form, Readable};
pub use self::redirect::{Redirect, see_other};
pub use self::rows::{Cells, Edits};
pub use self::shell::{Acting, Area, Badges, InSandbox, Person, Shell, Theme};
