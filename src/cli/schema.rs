//! `cartwright schema`: the GraphQL schema on standard output.

use crate::graphql;

/// Prints the schema as it is committed in `schema.graphql`.
pub fn print() {
    print!("{}", graphql::sdl());
}
