//! Reads a folder of import files, checks every row, then applies them.
