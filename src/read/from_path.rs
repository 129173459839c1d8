//! What the settings' pattern of paths says of a file's articles: source, section, date of publication.
//!
//! It never overrides what a record says of itself; a contradiction is noted.

use super::Reading;
use crate::{
    article::{Draft, Note, PublishedFrom},
    settings::{FromPath, Settings},
};

/// Fills in what the path says and the records do not.
pub(super) fn fill(path: &str, settings: &Settings, reading: &mut Reading) {
    let Some(said) = settings.source_from_path.read(path) else { return };
    for draft in &mut reading.drafts {
        one(&said, draft);
    }
}

fn one(said: &FromPath, draft: &mut Draft) {
    let of_field = [("source", &mut draft.source, &said.source), ("section", &mut draft.section, &said.section)];
    for (name, field, said) in of_field {
        if field.is_none() && said.is_some() {
            field.clone_from(said);
            draft.told.tell(name, "the path", "");
        }
    }
    match (&draft.published, &said.date) {
        (None, Some(date)) => {
            draft.published = Some((date.clone(), PublishedFrom::Filename));
            draft.told.tell("published", "the path", "");
        }
        (Some((given, _)), Some(date)) if given.from() > date.to() || given.to() < date.from() => {
            let reason = format!("published {given}, but the path says {date}");
            draft.notes.push(Note::new("date", reason));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read_bytes;

    #[test]
    fn the_path_fills_in_and_never_overrides() {
        let text = "[source_from_path]\npattern = [\"nothing\", \"{source}/{yyyy}-{mm}.*\"]\n";
        let (settings, notes) = Settings::parse(text).unwrap();
        assert_eq!(notes, []);
        let read =
            |record: &str| read_bytes("courier/1931-03.json", record.as_bytes(), None, &settings).drafts.remove(0);
        let draft = read("{\"title\": \"Weavers\"}");
        let (date, from) = draft.published.unwrap();
        assert_eq!((draft.source.as_deref(), date.edtf(), from), (Some("courier"), "1931-03", PublishedFrom::Filename));
        let draft = read("{\"title\": \"Weavers\", \"source\": \"Packet\", \"date\": \"1931-03-17\"}");
        assert_eq!((draft.source.as_deref(), draft.notes.as_slice()), (Some("Packet"), [].as_slice()));
        let draft = read("{\"title\": \"Weavers\", \"date\": \"1932-03-17\"}");
        assert_eq!(draft.notes[0].reason, "published 1932-03-17, but the path says 1931-03");
    }
}
