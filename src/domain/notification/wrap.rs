//! Breaking the lines of a text mail.

/// Longest line, in characters: what a reply with its quote marks still shows in 80.
const WIDTH: usize = 76;

/// Breaks lines that are too long between words, keeping how far they are set in. A word that is too long, such as a
/// link, stays whole. No more than one empty line stays between others.
pub(super) fn wrap(text: &str) -> String {
    let mut wrapped: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            if wrapped.last().is_some_and(|last| !last.is_empty()) {
                wrapped.push(String::new());
            }
        } else if line.chars().count() <= WIDTH {
            wrapped.push(line.to_owned());
        } else {
            broken(line, &mut wrapped);
        }
    }
    while wrapped.last().is_some_and(String::is_empty) {
        wrapped.pop();
    }
    wrapped.push(String::new());
    wrapped.join("\n")
}

fn broken(line: &str, wrapped: &mut Vec<String>) {
    let indent = &line[..line.len() - line.trim_start().len()];
    let mut current = String::new();
    for word in line.split_whitespace() {
        let width = indent.chars().count() + current.chars().count() + 1 + word.chars().count();
        if !current.is_empty() && width > WIDTH {
            wrapped.push(format!("{indent}{current}"));
            current.clear();
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    wrapped.push(format!("{indent}{current}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_break_between_words_and_links_stay_whole() {
        let link = format!("https://shop.example/{}", "x".repeat(100));
        let text = format!("  {}\n\n\n\n{link} end\n\n", "word ".repeat(30));
        let wrapped = wrap(&text);
        let lines: Vec<&str> = wrapped.lines().collect();
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH || line.contains(&link)), "{wrapped}");
        assert!(lines[0].starts_with("  word") && lines[1].starts_with("  word"), "{wrapped}");
        assert!(wrapped.contains(&link) && wrapped.ends_with("end\n") && !wrapped.contains("\n\n\n"), "{wrapped}");
    }
}
