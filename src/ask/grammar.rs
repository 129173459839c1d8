//! The grammar: text to tree, by recursive descent over the scanner's signs. It looks no name up and never panics.
//!
//! Siblings are read in loops, so that only brackets nest, and these at most [`DEEPEST`] deep.

use super::{
    Parsed, field,
    scan::{Scanner, Sign},
    value::{self, Subject},
    word::{self, Weight},
};
use crate::{
    error::Result,
    field::FieldKind,
    query::{At, AtLeast, FieldClause, Link, Query, Relation, Value, Word, WordKind},
};

/// Reads a query as typed.
///
/// # Errors
/// `Query` with the place of the fault, and what was probably meant.
pub fn parse(text: &str) -> Result<Parsed> {
    let mut parser = Parser { scan: Scanner::new(text), depth: 0, subject: None, notes: Vec::new(), seen: None };
    let query = parser.clauses()?;
    if parser.sign()? == Sign::Close {
        let start = parser.scan.pos();
        let at = At { start, end: start + 1 };
        return Err(parser.scan.fault("there is one ) too many", at, "remove it, or open a bracket before it"));
    }
    Ok(Parsed { query, notes: parser.notes, text: text.to_owned() })
}

/// How deep brackets may nest.
const DEEPEST: usize = 64;

const MIXED: &str = "OR is read before AND here, as in Nexis and Google; add parentheses to choose the order yourself";

struct Parser<'t> {
    scan: Scanner<'t>,
    depth: usize,
    /// The field of the group it is in.
    subject: Option<Subject>,
    notes: Vec<String>,
    /// The sign last looked at, with its place and length.
    seen: Option<(usize, (Sign, usize))>,
}

impl Parser<'_> {
    /// What stands next, blanks skipped.
    fn sign(&mut self) -> Result<Sign> {
        Ok(self.measured()?.0)
    }

    /// What stands next, blanks skipped, and how long it is.
    fn measured(&mut self) -> Result<(Sign, usize)> {
        self.scan.blanks();
        let pos = self.scan.pos();
        if let Some((_, seen)) = self.seen.filter(|(place, _)| *place == pos) {
            return Ok(seen);
        }
        let sign = self.scan.sign()?;
        self.seen = Some((pos, sign));
        Ok(sign)
    }

    /// Goes behind the next sign and says where it stood.
    fn take(&mut self) -> Result<At> {
        let (_, length) = self.measured()?;
        let start = self.scan.pos();
        self.scan.bump(length);
        Ok(self.scan.since(start))
    }

    fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// `clause {["AND"] clause}` up to a closing bracket or the end.
    fn clauses(&mut self) -> Result<Query> {
        let mut clauses = Vec::new();
        let mut has_or = false;
        loop {
            match self.sign()? {
                Sign::End | Sign::Close => break,
                Sign::And => {
                    let at = self.take()?;
                    if clauses.is_empty() {
                        return Err(self.lonely(at, "before"));
                    }
                    self.expect_operand(at)?;
                }
                Sign::Or | Sign::Near(_) => {
                    let at = self.take()?;
                    return Err(self.lonely(at, "before"));
                }
                _ => {
                    let (clause, is_or) = self.alternatives()?;
                    has_or |= is_or;
                    clauses.push(clause);
                }
            }
        }
        if has_or && clauses.len() > 1 {
            self.note(MIXED);
        }
        self.note_lower_case(&clauses);
        Ok(Query::all_of(clauses))
    }

    /// `near {"OR" near}`, and whether there was an `OR`.
    fn alternatives(&mut self) -> Result<(Query, bool)> {
        let mut found = Vec::new();
        loop {
            self.scan.blanks();
            let start = self.scan.pos();
            let near = self.near()?;
            found.push((near, self.scan.trimmed(start)));
            if self.sign()? != Sign::Or {
                break;
            }
            let or = self.take()?;
            self.expect_operand(or)?;
        }
        if found.len() > 1
            && let Some((_, at)) = found.iter().find(|(query, _)| matches!(query, Query::Not(_)))
        {
            let what = "an exclusion cannot be one of several alternatives";
            return Err(self.scan.fault(what, *at, "leave the OR before or behind it out, to exclude it from all"));
        }
        let is_or = found.len() > 1;
        Ok((Query::any_of(found.into_iter().map(|(query, _)| query).collect()), is_or))
    }

    /// `unary {near_op unary}`
    fn near(&mut self) -> Result<Query> {
        self.scan.blanks();
        let start = self.scan.pos();
        let first = self.unary()?;
        let mut operands = vec![(self.scan.trimmed(start), None)];
        let mut links = Vec::new();
        while let Some((relation, at)) = self.proximity()? {
            self.expect_operand(at)?;
            self.scan.blanks();
            let start = self.scan.pos();
            let query = self.unary()?;
            operands.push((self.scan.trimmed(start), Some(relation)));
            links.push(Link { relation, at, query });
        }
        let all = std::iter::once(&first).chain(links.iter().map(|link| &link.query));
        let excluded = all.zip(&operands).find(|(query, _)| matches!(query, Query::Not(_)));
        if let (false, Some((query, (at, relation)))) = (links.is_empty(), excluded) {
            let label = match (query, relation) {
                (Query::Not(inner), Some(Relation::Near(n) | Relation::Before(n) | Relation::NotNear(n))) => {
                    format!("did you mean NOT W/{n} {inner} ?")
                }
                _ => "exclude it outside of the proximity".to_owned(),
            };
            return Err(self.scan.fault("an exclusion cannot stand in a proximity", *at, label));
        }
        Ok(Query::near(first, links))
    }

    /// The proximity operator that stands here, if one does, and where.
    fn proximity(&mut self) -> Result<Option<(Relation, At)>> {
        match self.sign()? {
            Sign::Near(relation) => Ok(Some((relation, self.take()?))),
            Sign::Not => {
                let before = self.scan;
                let not = self.take()?;
                let Sign::Near(relation) = self.sign()? else {
                    self.scan = before;
                    return Ok(None);
                };
                let at = At { start: not.start, end: self.take()?.end };
                match relation {
                    Relation::Near(distance) => Ok(Some((Relation::NotNear(distance), at))),
                    _ => Err(self.scan.fault("only W/n can follow NOT", at, "did you mean NOT W/10 ?")),
                }
            }
            _ => Ok(None),
        }
    }

    /// `("-" | "NOT") unary | atom`
    fn unary(&mut self) -> Result<Query> {
        let mut is_negated = false;
        while matches!(self.sign()?, Sign::Minus | Sign::Not) {
            let at = self.take()?;
            self.expect_operand(at)?;
            is_negated = !is_negated;
        }
        let atom = self.atom()?;
        Ok(if is_negated { atom.not() } else { atom })
    }

    /// Anything that holds together without an operator.
    fn atom(&mut self) -> Result<Query> {
        match self.sign()? {
            Sign::Open => self.group(),
            Sign::AtLeast(count) => {
                let at = self.take()?;
                self.scan.blanks();
                let start = self.scan.pos();
                self.group_of(|inner| Query::AtLeast(AtLeast { count, query: Box::new(inner), at }), start)
            }
            Sign::End | Sign::Close => {
                let start = self.scan.pos();
                Err(self.scan.fault("something is missing here", At { start, end: start }, "a word, phrase or field"))
            }
            Sign::And | Sign::Or | Sign::Not | Sign::Near(_) | Sign::Minus => {
                let at = self.take()?;
                Err(self.lonely(at, "before"))
            }
            Sign::Quote | Sign::Slash | Sign::Chunk => match (field::subject(&self.scan)?, self.subject.clone()) {
                (Some((subject, length)), outer) => {
                    if let Some(outer) = outer.filter(|outer| *outer != subject) {
                        let (outer, inner) = (outer.field.name(), subject.field.name());
                        self.note(format!("“{inner}:” inside {outer}:( … ) counts alone, without {outer}:"));
                    }
                    self.field(subject, length)
                }
                (None, Some(subject)) => value::clause(&mut self.scan, &subject),
                (None, None) => self.leaf(),
            },
        }
    }

    /// A word, phrase or regular expression.
    fn leaf(&mut self) -> Result<Query> {
        let (sign, length) = self.measured()?;
        let start = self.scan.pos();
        let chunk = self.scan.rest().get(..length).unwrap_or_default();
        if self.scan.is_phrase() {
            let phrase = word::phrase(&mut self.scan)?;
            let weight = self.weight()?;
            return Ok(Weight::on(weight, Query::Phrase(phrase)));
        }
        if sign == Sign::Slash {
            let text = self.scan.regex()?;
            let at = self.scan.since(start);
            let weight = self.weight()?;
            return Ok(Weight::on(weight, Query::Word(Word { text, kind: WordKind::Regex, at })));
        }
        field::check_foreign(&self.scan, chunk)?;
        if let Some(operator) = self.scan.lower_operator(chunk) {
            self.note(format!("“{chunk}” is searched as words; write {operator} for the operator"));
        }
        let (word, weight) = word::word(&mut self.scan, length)?;
        Ok(Weight::on(weight, word.map_or(Query::All, Query::Word)))
    }

    /// The weight behind an atom.
    fn weight(&mut self) -> Result<Option<Weight>> {
        let length = self.scan.chunk().len();
        word::weight(&mut self.scan, length)
    }

    /// `field:value` or `field:(…)`; its name and colon are `length` bytes long.
    fn field(&mut self, subject: Subject, length: usize) -> Result<Query> {
        self.scan.bump(length);
        if self.scan.peek() != Some('(') {
            return value::clause(&mut self.scan, &subject);
        }
        let start = self.scan.pos();
        let outer = self.subject.replace(subject.clone());
        let group = self.group();
        self.subject = outer;
        if let Ok(Query::And(parts)) = &group {
            self.note_several_names(&subject, parts, start);
        }
        group
    }

    /// Says that `person:(Ada Moran)` asks for two people.
    fn note_several_names(&mut self, subject: &Subject, parts: &[Query], start: usize) {
        let name = |part: &Query| match part {
            Query::Field(FieldClause { field, value: Value::Name(name), .. }) if *field == subject.field => {
                Some(name.clone())
            }
            _ => None,
        };
        let typed = self.scan.text().get(start..self.scan.pos()).unwrap_or_default();
        let is_whole = !typed.contains(Query::QUOTES) && !typed.split_whitespace().any(|word| word == "AND");
        let names: Option<Vec<String>> = parts.iter().map(name).collect();
        if let Some(names) = names.filter(|_| is_whole && subject.field.kind() == FieldKind::Entity) {
            let field = subject.field.name();
            let (several, one) = (names.join(" and "), names.join(" "));
            self.note(format!("{field}:({one}) asks for {several} one by one; for one name write {field}:\"{one}\""));
        }
    }

    /// `(query)` with its weight.
    fn group(&mut self) -> Result<Query> {
        self.group_of(|inner| inner, self.scan.pos())
    }

    /// `(query)` that opens at `start`, made into something, with its weight.
    fn group_of(&mut self, make: impl FnOnce(Query) -> Query, start: usize) -> Result<Query> {
        let open = At { start, end: start + 1 };
        if self.depth == DEEPEST {
            let what = format!("brackets are nested more than {DEEPEST} deep");
            return Err(self.scan.fault(what, open, "this one is too deep"));
        }
        self.scan.bump(1);
        if self.sign()? == Sign::Close {
            self.scan.bump(1);
            return Err(self.scan.fault(
                "there is nothing between the brackets",
                self.scan.since(start),
                "remove them",
            ));
        }
        self.depth += 1;
        let inner = self.clauses()?;
        self.depth -= 1;
        if self.sign()? != Sign::Close {
            return Err(self.scan.fault("a bracket is not closed", open, "add the ) that belongs to it"));
        }
        self.scan.bump(1);
        let weight = self.weight()?;
        Ok(Weight::on(weight, make(inner)))
    }

    /// Makes sure that an operand follows the operator at `at`.
    fn expect_operand(&mut self, at: At) -> Result<()> {
        match self.sign()? {
            Sign::End | Sign::Close => Err(self.lonely(at, "behind")),
            Sign::And | Sign::Or | Sign::Near(_) => {
                let next = self.take()?;
                Err(self.lonely(next, "before"))
            }
            _ => Ok(()),
        }
    }

    /// An operator without operand.
    fn lonely(&self, at: At, side: &str) -> crate::error::Error {
        let operator = self.scan.text().get(at.range()).unwrap_or_default();
        let label = match operator {
            "-" => "put a word behind it, or remove it".to_owned(),
            _ => format!("to search for it as a word, write \"{operator}\""),
        };
        self.scan.fault(format!("there is nothing {side} {operator}"), at, label)
    }

    /// Says that `and`, `or` and `not` between words are words.
    fn note_lower_case(&mut self, clauses: &[Query]) {
        for (i, clause) in clauses.iter().enumerate() {
            let Query::Word(Word { text, kind: WordKind::Plain, .. }) = clause else { continue };
            let advice = match text.as_str() {
                "and" if i > 0 => "leave it out: all words are required anyway",
                "or" if i > 0 => "write OR to join alternatives",
                "not" => "write NOT, or -word, to exclude",
                _ => continue,
            };
            if i + 1 < clauses.len() {
                self.note(format!("“{text}” is searched as a word here; {advice}"));
            }
        }
    }
}
