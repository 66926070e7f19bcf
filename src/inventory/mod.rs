//! Warehouses, stock and what is free of it.
