//! The span evaluator: where a pattern matches, over any source of word positions (postings, or a tokenised text).
