//! The list of what must hold, read from the text that both databases run.

/// Everything, in order.
const TEXT: &str = include_str!("invariants.sql");

/// One thing that must always hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invariant {
    /// `I01` to `I47`.
    pub id: &'static str,
    /// Its name in words.
    pub name: &'static str,
    /// What it says.
    pub meaning: &'static str,
    /// The relations without which it cannot be checked and which only a file fills.
    pub needs: &'static str,
    /// Returns what is broken.
    pub sql: &'static str,
}

/// Every invariant, in order.
#[must_use]
pub fn all() -> Vec<Invariant> {
    TEXT.split("\n-- ").filter_map(parse).collect()
}

/// One header, without the dashes before it, with its query.
fn parse(block: &'static str) -> Option<Invariant> {
    let (header, sql) = block.split_once('\n')?;
    let (id, rest) = header.split_once(' ')?;
    let (name, meaning) = rest.split_once(": ")?;
    let (meaning, needs) = meaning.strip_suffix(']').and_then(|text| text.rsplit_once(" [")).unwrap_or((meaning, ""));
    let sql = sql.trim().strip_suffix(';')?;
    Some(Invariant { id, name, meaning, needs, sql })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_forty_seven_numbered_in_order_and_each_is_one_query() {
        let all = all();
        assert_eq!(all.len(), 47);
        for (number, invariant) in (1..).zip(&all) {
            assert_eq!(invariant.id, format!("I{number:02}"));
            assert!(invariant.sql.starts_with("SELECT ") && !invariant.sql.contains(';'), "{}", invariant.id);
            assert!(!invariant.name.contains(' ') && !invariant.meaning.is_empty(), "{}", invariant.id);
        }
        assert_eq!(all[39].needs, "chk_ack");
        assert_eq!(all[0].needs, "");
    }
}
