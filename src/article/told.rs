//! Who in a file tells each field of an article: `title` from `meta og:title`, `published` from `field date`.
//!
//! It is found out while reading and shown by `inspect`; no index keeps it.

/// By field, as the article schema names it.
#[derive(Debug, Clone, Default)]
pub struct Told(Vec<Telling>);

/// What stands between the names of a field that several tell.
const AND: &str = " and ";

/// Who tells one field.
#[derive(Debug, Clone)]
struct Telling {
    field: &'static str,
    by: &'static str,
    name: String,
}

impl Telling {
    /// Each of the names that tell it.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.name.split(AND)
    }
}

/// An article is the same whoever told it: where it lies in an index, nobody knows any more.
impl PartialEq for Told {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Told {
    /// `field` is told by a `by` of this name, `meta` and `og:title`; without a name by the only one there is, `first line`.
    /// Who told it before is forgotten.
    pub fn tell(&mut self, field: &'static str, by: &'static str, name: impl Into<String>) {
        self.forget(field);
        self.0.push(Telling { field, by, name: name.into() });
    }

    /// Nobody tells `field`.
    pub fn forget(&mut self, field: &str) {
        self.0.retain(|telling| telling.field != field);
    }

    /// What another tells is told by it, whoever told it before.
    pub fn outranked_by(&mut self, other: Self) {
        other.0.iter().for_each(|telling| self.forget(telling.field));
        self.0.extend(other.0);
    }

    /// All that is told so far is told by one, under the names that `label` knows for those of the reader.
    pub fn labelled<'l>(&mut self, by: &'static str, label: impl Fn(&str) -> Option<&'l str>) {
        for telling in &mut self.0 {
            let labels: Vec<&str> = telling.names().filter_map(&label).collect();
            (telling.by, telling.name) = (by, labels.join(AND));
        }
    }

    /// The name under which `ours` stands in the file, where a reader gave it that of our field.
    pub fn rename(&mut self, ours: &str, theirs: &str) {
        for telling in &mut self.0 {
            let names: Vec<&str> = telling.names().map(|name| if name == ours { theirs } else { name }).collect();
            telling.name = names.join(AND);
        }
    }

    /// Another tells something of `field` too.
    pub fn also(&mut self, field: &str, name: &str) {
        let own = self.0.iter_mut().filter(|telling| telling.field == field);
        own.for_each(|telling| telling.name = [&telling.name, name].join(AND));
    }

    /// What a reader called by names that are not among these stands in the file under another.
    pub fn known_by(&mut self, names: &[String]) {
        let is_known = |telling: &Telling| telling.names().all(|name| names.iter().any(|known| known == name));
        for telling in self.0.iter_mut().filter(|telling| !is_known(telling)) {
            (telling.by, telling.name) = ("the record", String::new());
        }
    }

    /// The name under which a field stands in the file, if it has one there.
    pub fn name(&self, field: &str) -> Option<&str> {
        self.by(field).map(|(_, name)| name).filter(|name| !name.is_empty())
    }

    /// What tells a field, and under which name: `meta` and `og:title`.
    pub fn by(&self, field: &str) -> Option<(&'static str, &str)> {
        self.0.iter().find(|telling| telling.field == field).map(|telling| (telling.by, telling.name.as_str()))
    }

    /// Who tells a field, in words: `meta og:title`.
    pub fn of(&self, field: &str) -> Option<String> {
        self.all().find(|(told, _)| *told == field).map(|(_, by)| by)
    }

    /// Every field that somebody tells, and who does.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.0.iter().map(|Telling { field, by, name }| match (by.is_empty(), name.is_empty()) {
            (_, true) => (*field, (*by).to_owned()),
            (true, false) => (*field, name.clone()),
            (false, false) => (*field, format!("{by} {name}")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_several_names_is_renamed_and_known() {
        let mut told = Told::default();
        told.tell("subjects", "field", "topics");
        told.also("subjects", "keywords");
        told.tell("source", "field", "publisher");
        told.rename("topics", "iptc");
        told.known_by(&["iptc".to_owned(), "keywords".to_owned()]);
        assert_eq!(told.of("subjects").as_deref(), Some("field iptc and keywords"));
        assert_eq!(told.of("source").as_deref(), Some("the record"));
    }
}
