//! Answers of this program that somebody let flow into a file of the archive: they bear no mark, but begin as nothing else
//! does.
//!
//! It looks at the beginning only; what our own converter writes is an article.

/// Bytes looked at.
const HEAD: usize = 2_000;
/// How tables of hits and of mentions begin, but for what stands between the names.
const TABLES: [&[&str]; 2] =
    [&["rank", "score", "id", "path", "line"], &["id", "path", "line", "part", "start", "end"]];

/// Whether a file that begins so is a list of hits or mentions, or another answer in JSON.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head));
    let is_table = |separator: char| {
        let line = head.lines().next().unwrap_or_default();
        TABLES.iter().any(|names| line.split(separator).take(names.len()).eq(names.iter().copied()))
    };
    let bare: String = head.chars().filter(|c| !c.is_whitespace()).collect();
    let is_hit = bare.strip_prefix("{\"rank\":").is_some_and(|rest| after_number(rest).starts_with(",\"score\":"));
    let line = |(_, rest): (&str, &str)| after_number(rest).starts_with(",\"part\":\"");
    let is_mention = bare.starts_with("{\"id\":\"") && bare.split_once(",\"line\":").is_some_and(line);
    is_table(',')
        || is_table('\t')
        || is_hit
        || is_mention
        || bare.starts_with("{\"schema_version\":1,\"query\":{\"text\":")
}

fn after_number(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_answers_are_answers() {
        for answer in [
            "rank,score,id,path,line,url\n1,0.5,a,a,1,\n",
            "\u{FEFF}rank\tscore\tid\tpath\tline\n",
            "id,path,line,part,start,end,byte_start\n",
            "{\"rank\":1,\"score\":0.5,\"id\":\"a\"}\n",
            "{\"id\":\"a.txt\",\"path\":\"a.txt\",\"line\":12,\"part\":\"title\",\"start\":0}\n",
            "{\n  \"schema_version\": 1,\n  \"query\": {\n    \"text\": \"envoy\"",
        ] {
            assert!(is_one(answer.as_bytes()), "{answer}");
        }
        for other in [
            "rank,score,title,body\n",
            "{\"id\":\"a.txt\",\"path\":\"a.txt\",\"line\":1,\"title\":\"Envoy\"}\n",
            "{\"schema_version\":1,\"title\":\"Envoy\"}",
            "{\"rank\":1,\"title\":\"Envoy\"}",
            "",
        ] {
            assert!(!is_one(other.as_bytes()), "{other}");
        }
    }
}
