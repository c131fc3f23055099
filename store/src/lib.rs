//! store

pub mod entity;
