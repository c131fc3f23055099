//! Counts the lexical tokens of a document and how deep its brackets go, in one pass that builds
//! nothing. It runs before the parser, because the parser itself recurses on brackets: a body of
//! `[[[[...` would end the process, not the request.

/// What one pass over the text sees.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct TokenCount {
    /// Punctuators, names, numbers and strings; commas and comments are none (specification, 2.1).
    pub(super) tokens: usize,
    /// Brackets of any of the three kinds open at once, at most.
    pub(super) brackets_open_max: usize,
}

/// Counts. A text that is no GraphQL is counted too; the parser will refuse it.
pub(super) fn count(text: &str) -> TokenCount {
    let mut count = TokenCount::default();
    let mut open = 0_usize;
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            [] => return count,
            [b' ' | b'\t' | b'\n' | b'\r' | b',', tail @ ..] => {
                rest = tail;
                continue;
            }
            [b'#', tail @ ..] => {
                rest = after(tail, |byte| byte != b'\n' && byte != b'\r');
                continue;
            }
            [b'{' | b'[' | b'(', tail @ ..] => {
                open += 1;
                count.brackets_open_max = count.brackets_open_max.max(open);
                tail
            }
            [b'}' | b']' | b')', tail @ ..] => {
                open = open.saturating_sub(1);
                tail
            }
            [b'"', b'"', b'"', tail @ ..] => after_block_string(tail),
            [b'"', tail @ ..] => after_string(tail),
            [b'.', b'.', b'.', tail @ ..] => tail,
            [byte, tail @ ..] if is_word(*byte) => after(tail, is_word),
            [_, tail @ ..] => tail,
        };
        count.tokens += 1;
    }
}

/// Names and numbers; `.`, `+` and `-` inside a number at most split it, which counts it higher.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn after(text: &[u8], belongs: impl Fn(u8) -> bool) -> &[u8] {
    let length = text.iter().take_while(|byte| belongs(**byte)).count();
    text.get(length..).unwrap_or_default()
}

fn after_string(mut text: &[u8]) -> &[u8] {
    loop {
        text = match text {
            [] => return text,
            [b'"' | b'\n' | b'\r', tail @ ..] => return tail,
            [b'\\', _, tail @ ..] | [_, tail @ ..] => tail,
        };
    }
}

fn after_block_string(mut text: &[u8]) -> &[u8] {
    loop {
        text = match text {
            [] => return text,
            [b'"', b'"', b'"', tail @ ..] => return tail,
            [b'\\', b'"', b'"', b'"', tail @ ..] | [_, tail @ ..] => tail,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> usize {
        count(text).tokens
    }

    #[test]
    fn tokens_are_those_of_the_specification() {
        assert_eq!(tokens(" ,\n# only a { comment\n"), 0);
        assert_eq!(
            tokens("query A($b: [Int!]! = 1) { a: b @c(d: \"e { \\\" f\") ...g }"),
            28
        );
        assert_eq!(tokens("{ a(b: \"\"\"x \\\"\"\" { \" y\"\"\") }"), 8);
        assert_eq!(tokens("\"never closed {{{{"), 1);
    }

    #[test]
    fn brackets_inside_texts_and_comments_are_not_open() {
        assert_eq!(count("{ a(b: [{ c: 1 }]) }").brackets_open_max, 4);
        assert_eq!(count("{ a(b: \"{{{{\") # ((((\n }").brackets_open_max, 2);
        assert_eq!(count(&"[".repeat(100_000)).brackets_open_max, 100_000);
    }
}
