//! The texts for people.
