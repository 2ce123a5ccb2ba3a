//! End to end: one suite for every runtime.
