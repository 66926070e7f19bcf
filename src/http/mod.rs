//! What every REST handler shares; knows no feature.
