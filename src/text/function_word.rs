//! The short English words that an acronym can collide with.
//!
//! A list and a look-up; it never decides what an acronym is.

/// Whether a folded form is an everyday word, or part of a name, that is also printed as an acronym or could be: us, who, it,
/// aids, un (Kim Jong Un).
pub fn is_function_word(form: &str) -> bool {
    WORDS.binary_search(&form).is_ok()
}

/// Sorted.
const WORDS: &[&str] = &[
    "act", "add", "age", "ago", "aid", "aids", "air", "all", "also", "am", "an", "and", "any", "are", "arm", "art",
    "as", "ask", "at", "back", "bad", "bar", "be", "been", "bid", "big", "bit", "both", "but", "buy", "by", "call",
    "came", "can", "car", "care", "case", "cat", "come", "cop", "cost", "cut", "dad", "day", "did", "die", "do", "doe",
    "does", "dog", "done", "down", "each", "east", "eat", "end", "ever", "eye", "face", "far", "fast", "few", "fit",
    "for", "from", "gas", "get", "go", "good", "got", "gun", "had", "has", "hat", "have", "he", "help", "her", "here",
    "him", "hip", "his", "hit", "home", "hot", "how", "i", "ice", "if", "in", "into", "is", "it", "its", "job", "just",
    "keep", "kid", "last", "law", "lay", "led", "let", "lie", "like", "long", "lot", "low", "mad", "made", "man",
    "many", "map", "mass", "may", "me", "men", "mid", "mob", "more", "most", "much", "must", "my", "net", "new",
    "next", "nice", "no", "nor", "not", "now", "of", "off", "oh", "old", "on", "once", "one", "only", "or", "our",
    "out", "over", "own", "pad", "past", "pay", "per", "pet", "pin", "pit", "post", "put", "ran", "read", "red",
    "rest", "rice", "run", "sad", "said", "same", "sat", "save", "saw", "say", "scat", "see", "self", "set", "she",
    "sit", "six", "smart", "so", "some", "son", "soon", "start", "step", "such", "sun", "swat", "tax", "ten", "than",
    "that", "the", "them", "then", "they", "this", "tip", "to", "too", "top", "try", "two", "un", "up", "upon", "us",
    "use", "very", "war", "was", "way", "we", "well", "went", "were", "what", "when", "who", "whom", "why", "will",
    "win", "with", "won", "yes", "yet", "you", "your",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_collisions() {
        assert!(WORDS.is_sorted());
        for word in ["us", "who", "it", "aids", "act", "the", "may", "un", "doe"] {
            assert!(is_function_word(word), "{word}");
        }
        for word in ["nato", "eu", "kursk", "Us", ""] {
            assert!(!is_function_word(word), "{word}");
        }
    }
}
