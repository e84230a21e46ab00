//! Cartwright, a headless commerce server: one binary, one GraphQL schema.
//!
//! The map, from the outside in: [`cli`] starts one role; [`app`] composes it, [`jobs`] lists its background work; [`graphql`] and [`http`] translate;
//! [`domain`] decides; [`demo`] fills a new shop; [`audit`] checks one and [`backup`] carries it away; [`platform`] has the tools; [`config`] and [`telemetry`] serve them all.

// The merged parts of the schema are one type inside another.
#![recursion_limit = "512"]

pub mod app;
pub mod audit;
pub mod backup;
pub mod cli;
pub mod config;
pub mod demo;
pub mod domain;
pub mod graphql;
pub mod http;
pub mod jobs;
pub mod platform;
pub mod telemetry;
