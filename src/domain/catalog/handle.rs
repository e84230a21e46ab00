//! Handles: unique, URL-safe names made of titles.

use crate::domain::shared::fold;

use super::checks::TITLE_MOST;

/// The handle of a title: folded letters, digits and underscores, everything else a single hyphen. Empty when the title
/// has neither letter nor digit.
#[must_use]
pub fn of_title(title: &str) -> String {
    let mut handle = String::with_capacity(title.len());
    for letter in fold(title).chars().filter(|letter| !matches!(letter, '\'' | '’')) {
        if letter.is_alphanumeric() || letter == '_' {
            handle.push(letter);
        } else if !handle.is_empty() && !handle.ends_with('-') {
            handle.push('-');
        }
    }
    // Room for a suffix.
    let handle: String = handle.chars().take(TITLE_MOST - 10).collect();
    handle.trim_end_matches('-').to_owned()
}

/// The first of `base`, `base-1`, `base-2` … that is not taken.
#[must_use]
pub fn first_free(base: &str, taken: &[String]) -> String {
    if !taken.iter().any(|handle| handle == base) {
        return base.to_owned();
    }
    let suffixes = taken.iter().filter_map(|handle| handle.strip_prefix(base)?.strip_prefix('-')?.parse::<u64>().ok());
    let used: std::collections::HashSet<u64> = suffixes.collect();
    let free = (1..).find(|suffix| !used.contains(suffix)).unwrap_or(u64::MAX);
    format!("{base}-{free}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_are_safe_in_urls() {
        assert_eq!(of_title("  Café “Noir” – 13\" (2026)! "), "cafe-noir-13-2026");
        assert_eq!(of_title("Baker's Dozen"), "bakers-dozen");
        assert_eq!(of_title("../../etc"), "etc");
        assert_eq!(of_title("ランプ"), "ランフ");
        assert_eq!(of_title("!?"), "");
        assert_eq!(of_title(&"x".repeat(400)).len(), 245);
    }

    #[test]
    fn a_taken_handle_gets_the_first_free_suffix() {
        let taken = |handles: &[&str]| handles.iter().map(|handle| (*handle).to_owned()).collect::<Vec<_>>();
        assert_eq!(first_free("lamp", &taken(&[])), "lamp");
        assert_eq!(first_free("lamp", &taken(&["lamp-1"])), "lamp");
        assert_eq!(first_free("lamp", &taken(&["lamp", "lamp-1", "lamp-shade"])), "lamp-2");
    }
}
