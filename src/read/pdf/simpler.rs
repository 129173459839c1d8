//! A document made simple before its text is taken: pages and forms keep only what writes, each page stands for itself.
//!
//! It never lets through what would keep the reader from ending: drawings that draw each other, or more than any text needs.

use std::collections::HashMap;

use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

use super::content;

/// Most bytes of operations that are read, all drawings counted as often as they are drawn.
const MOST: usize = 64 << 20;
/// The deepest nesting of drawings in drawings, and of pages in lists of pages.
const DEEPEST: usize = 32;

/// Why a document is not read.
const ENDLESS: &str = "what its pages draw has no end, or is more than any text needs";

/// The operations of a page or form and the forms it draws, each as often as it does.
struct Drawing {
    content: Vec<u8>,
    draws: Vec<ObjectId>,
}

/// Makes the document simple; its pages, in order.
///
/// # Errors
/// A sentence, where its pages have no end.
pub(super) fn simplify(document: &mut Document) -> Result<Vec<u32>, String> {
    let pages = document.get_pages();
    let mut left = MOST;
    let mut drawings: HashMap<ObjectId, Drawing> = HashMap::new();
    for (id, object) in &document.objects {
        if let Some(form) = form(object) {
            let resources = form.dict.get_deref(b"Resources", document).and_then(Object::as_dict).ok();
            let content = form.decompressed_content().unwrap_or_else(|_| form.content.clone());
            drawings.insert(*id, drawing(&content, document, resources));
        }
    }
    let mut simple = Vec::new();
    for id in pages.values() {
        let inherited = Inherited::of(*id, document);
        let drawing = drawing(&written(*id, document)?, document, inherited.resources.as_ref());
        let mut costs = HashMap::new();
        left = left.checked_sub(cost(&drawing, &drawings, &mut costs, DEEPEST)?).ok_or(ENDLESS)?;
        simple.push((*id, drawing.content, inherited));
    }
    for (id, drawing) in drawings {
        if let Ok(stream) = document.get_object_mut(id).and_then(Object::as_stream_mut) {
            stream.set_plain_content(drawing.content);
        }
    }
    for (id, content, inherited) in simple {
        let content = document.add_object(Stream::new(Dictionary::new(), content));
        if let Ok(page) = document.get_dictionary_mut(id) {
            page.set("Contents", content);
            page.set("Resources", inherited.resources.unwrap_or_default());
            page.set("MediaBox", inherited.media_box);
        }
    }
    Ok(pages.into_keys().collect())
}

fn form(object: &Object) -> Option<&Stream> {
    let stream = object.as_stream().ok()?;
    let is_form = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Form");
    is_form.then_some(stream)
}

fn drawing(content: &[u8], document: &Document, resources: Option<&Dictionary>) -> Drawing {
    let named = |name: &[u8]| -> Option<ObjectId> {
        let drawn = resources?.get_deref(b"XObject", document).and_then(Object::as_dict).ok()?;
        let id = drawn.get(name.strip_prefix(b"/")?).and_then(Object::as_reference).ok()?;
        document.objects.get(&id).and_then(form).map(|_| id)
    };
    let draws = std::cell::RefCell::new(Vec::new());
    let may_draw = |name: &[u8]| {
        let id = named(name);
        draws.borrow_mut().extend(id);
        id.is_some()
    };
    let content = content::letters(content, &may_draw);
    Drawing { content, draws: draws.into_inner() }
}

/// Bytes that are read for a drawing and all that it draws.
fn cost(
    drawing: &Drawing,
    all: &HashMap<ObjectId, Drawing>,
    known: &mut HashMap<ObjectId, usize>,
    deepest: usize,
) -> Result<usize, String> {
    let deeper = deepest.checked_sub(1).ok_or(ENDLESS)?;
    let mut sum = drawing.content.len() + 1;
    for id in &drawing.draws {
        let of_form = match (known.get(id), all.get(id)) {
            (Some(cost), _) => *cost,
            (None, Some(form)) => cost(form, all, known, deeper)?,
            (None, None) => 0,
        };
        known.insert(*id, of_form);
        sum = sum.checked_add(of_form).filter(|sum| *sum <= MOST).ok_or(ENDLESS)?;
    }
    Ok(sum)
}

/// All operations of a page.
fn written(page: ObjectId, document: &Document) -> Result<Vec<u8>, String> {
    let mut content = Vec::new();
    for id in document.get_page_contents(page) {
        let Ok(stream) = document.get_object(id).and_then(Object::as_stream) else { continue };
        content.extend(stream.decompressed_content().unwrap_or_else(|_| stream.content.clone()));
        content.push(b'\n');
        if content.len() > MOST {
            return Err(ENDLESS.to_owned());
        }
    }
    Ok(content)
}

/// What a page has of itself or from the lists it stands in.
struct Inherited {
    resources: Option<Dictionary>,
    media_box: Vec<Object>,
}

impl Inherited {
    fn of(page: ObjectId, document: &Document) -> Self {
        let (mut resources, mut media_box) = (None, None);
        let mut next = document.get_dictionary(page).ok();
        for _ in 0..DEEPEST {
            let Some(node) = next else { break };
            resources = resources.or_else(|| node.get_deref(b"Resources", document).and_then(Object::as_dict).ok());
            media_box = media_box.or_else(|| rectangle(node, document));
            next = node.get(b"Parent").and_then(Object::as_reference).and_then(|id| document.get_dictionary(id)).ok();
        }
        // A page without a size is one of A4.
        let media_box = media_box.unwrap_or_else(|| vec![0.into(), 0.into(), 595.into(), 842.into()]);
        Self { resources: resources.cloned(), media_box }
    }
}

fn rectangle(node: &Dictionary, document: &Document) -> Option<Vec<Object>> {
    let sides = node.get_deref(b"MediaBox", document).and_then(Object::as_array).ok()?;
    let numbers: Vec<Object> =
        sides.iter().filter_map(|side| document.dereference(side).ok()?.1.as_float().ok().map(Object::Real)).collect();
    (numbers.len() == 4).then_some(numbers)
}
