//! The pages as the server gives them.
//!
//! - [`shell`]: signing in, what stands around every page, errors as pages, forms of other sites

mod shell;
