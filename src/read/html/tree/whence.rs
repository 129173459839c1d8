//! Where in a page the characters stand that the tokenizer reports.
//!
//! It never searches: a run ends where the tokenizer stands, and is believed if the page has it there.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

use html5ever::{buffer_queue::BufferQueue, tendril::StrTendril};

/// Most buffers that the tokenizer may have before it; it puts back no more than a reference that was none.
const MOST_BUFFERS: usize = 8;

/// The page, and the runs that no element has taken yet.
#[derive(Default)]
pub(super) struct Whence {
    page: StrTendril,
    ahead: Rc<BufferQueue>,
    runs: RefCell<VecDeque<Run>>,
    /// Where the last run ended.
    end: Cell<usize>,
}

/// Characters that were reported at once.
struct Run {
    text: StrTendril,
    /// How much of it was taken.
    done: usize,
    /// Where it begins in the page, if the page has it.
    start: Option<usize>,
    end: usize,
}

impl Whence {
    /// Of a page that is read from `ahead`.
    pub(super) fn of(page: StrTendril, ahead: Rc<BufferQueue>) -> Self {
        Self { page, ahead, ..Self::default() }
    }

    /// Characters are reported; an element may take all or some of them, or some together with later ones.
    pub(super) fn meet(&self, text: &StrTendril) {
        let end = self.page.len().saturating_sub(self.left());
        let start = end.checked_sub(text.len()).filter(|start| self.page.get(*start..end) == Some(&**text));
        self.runs.borrow_mut().push_back(Run { text: text.clone(), done: 0, start, end });
        self.end.set(end);
    }

    /// Something other than characters is reported: nobody takes the former any more.
    pub(super) fn pass(&self) {
        self.runs.borrow_mut().clear();
    }

    /// Where a text that an element takes stands, or near which place, and whether it stands there as it is.
    pub(super) fn take(&self, text: &str) -> (usize, bool) {
        let mut runs = self.runs.borrow_mut();
        while let Some(run) = runs.front_mut() {
            // Mostly it takes all that is left; to search a text costs more than to compare it.
            let find = |rest: &str| match rest.starts_with(text) {
                true => Some(0),
                false => (rest.len() > text.len()).then(|| rest.find(text))?,
            };
            let Some(at) = run.text.get(run.done..).and_then(find) else {
                runs.pop_front();
                continue;
            };
            let at = run.done + at;
            run.done = at + text.len();
            return match run.start {
                Some(start) => (start + at, true),
                None => (run.end.saturating_sub(1), false),
            };
        }
        (self.end.get().saturating_sub(1), false)
    }

    /// Bytes of the page that the tokenizer has before it.
    fn left(&self) -> usize {
        let mut buffers = Vec::new();
        let mut left = 0;
        while let Some(buffer) = self.ahead.pop_front() {
            left += buffer.len();
            if self.ahead.is_empty() || buffers.len() >= MOST_BUFFERS {
                self.ahead.push_front(buffer);
                break;
            }
            buffers.push(buffer);
        }
        buffers.into_iter().rev().for_each(|buffer| self.ahead.push_front(buffer));
        left
    }
}
