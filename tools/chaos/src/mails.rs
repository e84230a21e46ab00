//! The shop's mails, as those who get them read them.

use std::{fs, path::Path};

/// What the subjects of mails with the code of a gift card begin with.
const GIFT_CARD: &str = "Subject: A gift card of ";

/// The names of the mails in a folder, each with its id in it.
pub fn names(folder: &Path) -> anyhow::Result<Vec<String>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let files = fs::read_dir(folder)?.flatten().map(|file| file.file_name().to_string_lossy().into_owned());
    // Others are being written.
    Ok(files.filter(|name| name.ends_with(".eml")).collect())
}

/// The codes of gift cards that were sold, as mails tell them.
pub fn gift_cards(folder: &Path) -> Vec<String> {
    let names = names(folder).unwrap_or_default();
    let mails = names.iter().filter_map(|name| fs::read_to_string(folder.join(name)).ok());
    mails.filter(|mail| mail.contains(GIFT_CARD)).filter_map(|mail| mail.lines().find_map(code)).collect()
}

/// A line that is a code and nothing else: four groups of four.
fn code(line: &str) -> Option<String> {
    let code = line.strip_prefix("  ")?.trim_end();
    let groups: Vec<&str> = code.split('-').collect();
    let is_group = |group: &&str| group.len() == 4 && group.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (groups.len() == 4 && groups.iter().all(is_group)).then(|| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_line_of_four_groups() {
        assert_eq!(code("  T9B2-ZC8M-EFJT-SKZP\r"), Some("T9B2-ZC8M-EFJT-SKZP".to_owned()));
        assert_eq!(code("  T9B2-ZC8M-EFJT"), None);
        assert_eq!(code("T9B2-ZC8M-EFJT-SKZP"), None);
    }
}
