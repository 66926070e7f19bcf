//! Where e-invoices are left for an access point.

use std::path::PathBuf;

/// The folder that every portal may be told of.
#[derive(Debug, Clone, clap::Args)]
pub struct EinvoiceConfig {
    /// The folder that an access point takes e-invoices from, of accounts that get them so; without one they wait
    #[arg(long, env = "PORTAL_EINVOICE_DIR", value_name = "DIR")]
    einvoice_dir: Option<PathBuf>,
}

impl EinvoiceConfig {
    /// The folder, or what is wrong with it is kept: it is somebody else's, so it is not made.
    pub(super) fn check(&self, keep: &mut impl FnMut(String)) -> Option<PathBuf> {
        let folder = self.einvoice_dir.clone()?;
        if !folder.is_dir() {
            keep(format!("--einvoice-dir {} is no folder", folder.display()));
        }
        Some(folder)
    }
}
