//! A page of help on a narrow terminal: lines that are too wide are broken, what stands in columns is put below each other.
//!
//! It changes no word and no line that fits.

use super::layout::width;

/// What is put below the line it belongs to begins so far in.
const STEP: usize = 4;

/// The text with no line wider than so many columns, where its words allow that.
pub fn narrowed(text: &str, columns: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_sample = false;
    let mut paragraph: Option<String> = None;
    for line in text.lines() {
        is_sample ^= line.starts_with("```");
        let is_prose = !is_sample && line.starts_with(char::is_alphanumeric);
        match &mut paragraph {
            Some(so_far) if is_prose => {
                so_far.push(' ');
                so_far.push_str(line);
                continue;
            }
            _ => paragraph.take().iter().for_each(|whole| broken(whole, columns, &mut out)),
        }
        if is_prose {
            paragraph = Some(line.to_owned());
        } else {
            broken(line, columns, &mut out);
        }
    }
    paragraph.iter().for_each(|whole| broken(whole, columns, &mut out));
    out
}

/// Writes a line, broken where it is too wide.
fn broken(line: &str, columns: usize, out: &mut String) {
    if width(line) <= columns {
        out.push_str(line);
        out.push('\n');
        return;
    }
    let indent = line.len() - line.trim_start().len();
    // A word and, behind several blanks, what is said of it.
    if let Some((left, right)) = line[indent..].split_once("  ") {
        filled((left, indent), columns, out);
        filled((right, (indent + STEP).min(columns / 3)), columns, out);
    } else {
        filled((&line[indent..], indent), columns, out);
    }
}

fn filled((text, indent): (&str, usize), columns: usize, out: &mut String) {
    let mut used = 0;
    for word in text.split_whitespace() {
        if used > 0 && used + 1 + width(word) <= columns {
            out.push(' ');
            used += 1;
        } else {
            if used > 0 {
                out.push('\n');
            }
            out.push_str(&" ".repeat(indent));
            used = indent;
        }
        out.push_str(word);
        used += width(word);
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_paragraphs_fit() {
        let text = "# Words\n\nAn article is found when\nit holds all.\n\n```\nflood                  the word, in any inflection\nus   x\n```\n- one thing of several that are here";
        let expected = "# Words\n\nAn article is found when\nit holds all.\n\n```\nflood\n    the word, in any\n    inflection\nus   x\n```\n- one thing of several\nthat are here\n";
        assert_eq!(narrowed(text, 24), expected);
        assert_eq!(narrowed("a b\nc", 80), "a b c\n");
        assert_eq!(narrowed("```\na  b\n```", 80), "```\na  b\n```\n");
    }
}
