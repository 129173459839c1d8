//! The engine's own queries on morgue's index, without anything around them.

use std::{
    cell::RefCell,
    collections::HashMap,
    fs::{self, File},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
};

use morgue::text::{Language, stem_of, stem_of_printed, tokenise};
use tantivy::{
    DocId, Index, Score, Searcher, SegmentOrdinal, SegmentReader, TantivyDocument, Term,
    collector::{Collector, SegmentCollector, TopDocs},
    query::{BooleanQuery, Occur, PhraseQuery, Query, RegexQuery, TermQuery},
    schema::{Field, IndexRecordOption, Value},
};
use zstd::bulk::Decompressor;

use crate::Ask;

pub(crate) struct Bare {
    searcher: Searcher,
    text: Field,
    /// One JSON record a line, as the archive has them.
    records: PathBuf,
    /// Unpacks a stored article.
    unpack: RefCell<Decompressor<'static>>,
}

/// Words by how many articles have them, and two that often stand side by side.
pub(crate) struct Chosen {
    pub(crate) common: String,
    pub(crate) middle: String,
    pub(crate) rare: String,
    pub(crate) phrase: (String, String),
}

impl Chosen {
    pub(crate) fn all(&self) -> [&str; 3] {
        [&self.common, &self.middle, &self.rare]
    }
}

type Boxed = Box<dyn Query>;

impl Bare {
    /// Opens the index that stands in morgue's folder, and finds the records of which it was made.
    pub(crate) fn open(home: &Path, records: PathBuf) -> Self {
        let current = fs::read_to_string(home.join("current")).unwrap();
        let folder = home.join(current.trim());
        let index = Index::open_in_dir(&folder).unwrap();
        let text = index.schema().get_field("text").unwrap();
        let dictionary = fs::read(folder.join("dictionary")).unwrap_or_default();
        let unpack = RefCell::new(Decompressor::with_dictionary(&dictionary).unwrap());
        Self { searcher: index.reader().unwrap().searcher(), text, records, unpack }
    }

    /// English words of four letters at least that a fifth, a fiftieth and a thousandth of the articles have.
    pub(crate) fn chosen(&self) -> Chosen {
        let articles = self.searcher.num_docs() as f64;
        let words = self.words(|_| true);
        let having = |share: f64| {
            let off = |count: u64| (count as f64 / (articles * share)).ln().abs();
            words.iter().min_by(|a, b| off(a.1).total_cmp(&off(b.1))).unwrap().0.clone()
        };
        Chosen { common: having(0.2), middle: having(0.02), rare: having(0.001), phrase: self.side_by_side() }
    }

    /// The printed words of which `wanted` holds, with the number of their articles.
    fn words(&self, wanted: impl Fn(&str) -> bool) -> Vec<(String, u64)> {
        let mut found: HashMap<String, u64> = HashMap::new();
        for reader in self.searcher.segment_readers() {
            let inverted = reader.inverted_index(self.text).unwrap();
            let mut terms = inverted.terms().stream().unwrap();
            while let Some((term, info)) = terms.next() {
                let Some(word) = std::str::from_utf8(term).unwrap().strip_prefix("en:") else { continue };
                if word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase()) && wanted(word) {
                    *found.entry(word.to_owned()).or_default() += u64::from(info.doc_freq);
                }
            }
        }
        let mut found: Vec<(String, u64)> = found.into_iter().collect();
        found.sort();
        found
    }

    /// The commonest pair of neighbours of five letters at least among the first articles.
    fn side_by_side(&self) -> (String, String) {
        let mut pairs: HashMap<(String, String), u32> = HashMap::new();
        let lines = BufReader::new(File::open(&self.records).unwrap()).lines();
        for line in lines.take(2000) {
            let record: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
            let text = record["body"].as_str().unwrap();
            let tokens = tokenise(text, Language::ENGLISH);
            let plain: Vec<&str> = tokens.words().iter().map(|word| &text[word.span()]).collect();
            for pair in plain.windows(2).filter(|pair| pair.iter().all(|word| is_plain(word))) {
                *pairs.entry((pair[0].to_owned(), pair[1].to_owned())).or_default() += 1;
            }
        }
        pairs.into_iter().max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0))).unwrap().0
    }

    fn term(&self, word: &str) -> Term {
        Term::from_field_text(self.text, &format!("en:{word}"))
    }

    fn boxed(&self, word: &str) -> Boxed {
        Box::new(TermQuery::new(self.term(word), IndexRecordOption::WithFreqs))
    }

    pub(crate) fn word(&self, word: &str) -> Boxed {
        self.boxed(word)
    }

    /// Every printed form with the stem of `word`.
    pub(crate) fn inflected(&self, word: &str) -> Boxed {
        let stem = Some(stem_of(word, Language::ENGLISH));
        let forms = self.words(|form| stem_of_printed(form, Language::ENGLISH) == stem);
        any_of(forms.iter().map(|(form, _)| self.boxed(form)).collect())
    }

    pub(crate) fn both(&self, a: &str, b: &str) -> Boxed {
        joined(vec![(Occur::Must, self.boxed(a)), (Occur::Must, self.boxed(b))])
    }

    pub(crate) fn either(&self, a: &str, b: &str) -> Boxed {
        any_of(vec![self.boxed(a), self.boxed(b)])
    }

    pub(crate) fn without(&self, a: &str, b: &str) -> Boxed {
        joined(vec![(Occur::Must, self.boxed(a)), (Occur::MustNot, self.boxed(b))])
    }

    pub(crate) fn phrase(&self, a: &str, b: &str) -> Boxed {
        Box::new(PhraseQuery::new(vec![self.term(a), self.term(b)]))
    }

    pub(crate) fn begins(&self, beginning: &str) -> Boxed {
        Box::new(RegexQuery::from_pattern(&format!("en:{beginning}.*"), self.text).unwrap())
    }

    /// Visits every match.
    pub(crate) fn count(&self, query: Boxed) -> Ask<'_> {
        Box::new(move || self.searcher.search(&query, &Tally { with_scores: false }).unwrap())
    }

    /// The ten best, unpacked but not read, and the number of all.
    pub(crate) fn best(&self, query: Boxed) -> Ask<'_> {
        Box::new(move || {
            let ten = TopDocs::with_limit(10).order_by_score();
            let (best, all) = self.searcher.search(&query, &(ten, Tally { with_scores: true })).unwrap();
            for (_, address) in best {
                let stored = self.searcher.doc::<TantivyDocument>(address).unwrap();
                let packed = stored.field_values().find_map(|(_, value)| value.as_bytes()).unwrap();
                let length = Decompressor::upper_bound(packed).unwrap();
                std::hint::black_box(self.unpack.borrow_mut().decompress(packed, length).unwrap());
            }
            all
        })
    }
}

fn is_plain(word: &str) -> bool {
    word.len() > 4 && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn any_of(queries: Vec<Boxed>) -> Boxed {
    joined(queries.into_iter().map(|query| (Occur::Should, query)).collect())
}

fn joined(clauses: Vec<(Occur, Boxed)>) -> Boxed {
    Box::new(BooleanQuery::new(clauses))
}

/// Counts matches one by one: the engine's own count asks the dictionary where it can.
struct Tally {
    with_scores: bool,
}

impl Collector for Tally {
    type Fruit = u64;
    type Child = Counted;

    fn for_segment(&self, _: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<Counted> {
        Ok(Counted(0))
    }

    fn requires_scoring(&self) -> bool {
        self.with_scores
    }

    fn merge_fruits(&self, counts: Vec<u64>) -> tantivy::Result<u64> {
        Ok(counts.into_iter().sum())
    }
}

struct Counted(u64);

impl SegmentCollector for Counted {
    type Fruit = u64;

    fn collect(&mut self, _: DocId, _: Score) {
        self.0 += 1;
    }

    fn harvest(self) -> u64 {
        self.0
    }
}
