//! Records on their way into the engine: lots of them become articles and documents when one of its threads takes a lot up.
//!
//! It never knows how an article is made, nor when the index is committed.

use std::{
    sync::{Arc, Condvar, Mutex, OnceLock, PoisonError},
    time::Duration,
};

use tantivy::{
    indexer::UserOperation,
    schema::{Document, Field as Column},
};

use super::{
    document::{Made, Value, document},
    schema::Columns,
    shelf::Packer,
};
use crate::{article::Article, error::Error};

/// What makes an article as soon as an indexing thread has time for it.
pub(crate) type Make = Box<dyn FnOnce() -> Article + Send>;

/// Text of a lot, in bytes. One article after the other through all that is done with it would throw the engine's table of
/// words out of the processor's memory each time.
const ENOUGH: usize = 128 << 10;
/// What a record without any text counts: the engine's own queue, which nobody waits for in peace, never fills up.
const RECORD: usize = 1 << 10;
/// Text that may wait for the indexing threads, in bytes.
const WAITING: usize = 4 << 20;

/// What all lots of a run need.
pub(super) struct Shop {
    pub(super) columns: Columns,
    pub(super) packer: Packer,
    gate: Gate,
    trouble: Mutex<Option<Error>>,
}

impl Shop {
    pub(super) fn new(columns: Columns, packer: Packer) -> Self {
        Self { columns, packer, gate: Gate::default(), trouble: Mutex::default() }
    }

    /// What an indexing thread met.
    pub(super) fn trouble(&self) -> Option<Error> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Remembers what went wrong where nobody could be told.
    pub(super) fn remember(&self, error: Error) {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }
}

/// Records that are made together.
#[derive(Default)]
pub(super) struct Lot {
    makes: Vec<Make>,
    bytes: usize,
}

impl Lot {
    /// Adds a record of some `bytes` of text.
    pub(super) fn add(&mut self, bytes: usize, make: Make) {
        self.makes.push(make);
        self.bytes += bytes + RECORD;
    }

    /// Whether no more should be added.
    pub(super) fn is_full(&self) -> bool {
        self.bytes >= ENOUGH
    }

    /// Its records for the engine; waits while too much text is waiting.
    pub(super) fn sent(self, shop: &Arc<Shop>) -> Vec<UserOperation<Pending>> {
        let count = self.makes.len();
        if count > 0 {
            shop.gate.enter(self.bytes);
        }
        let making = Arc::new(Making {
            bytes: self.bytes,
            makes: Mutex::new(self.makes),
            made: OnceLock::new(),
            shop: Arc::clone(shop),
        });
        (0..count).map(|number| UserOperation::Add(Pending { making: Arc::clone(&making), number })).collect()
    }
}

/// A lot in the engine's hands.
struct Making {
    makes: Mutex<Vec<Make>>,
    made: OnceLock<Vec<Made>>,
    bytes: usize,
    shop: Arc<Shop>,
}

impl Making {
    fn made(&self) -> &[Made] {
        self.made.get_or_init(|| {
            let makes = std::mem::take(&mut *self.makes.lock().unwrap_or_else(PoisonError::into_inner));
            let articles: Vec<Article> = makes.into_iter().map(|make| make()).collect();
            let document = |article| {
                document(&article, &self.shop.columns, &self.shop.packer).unwrap_or_else(|error| {
                    self.shop.remember(error);
                    Made::default()
                })
            };
            articles.into_iter().map(document).collect()
        })
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        self.shop.gate.leave(self.bytes);
    }
}

/// A record of a lot in the engine's hands.
pub(super) struct Pending {
    making: Arc<Making>,
    number: usize,
}

impl Document for Pending {
    type Value<'a> = Value<'a>;
    type FieldsValuesIter<'a> = Box<dyn Iterator<Item = (Column, Value<'a>)> + 'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        let made = self.making.made().get(self.number);
        Box::new(made.into_iter().flat_map(Made::values))
    }
}

/// Bounds the text that waits for the indexing threads. Who had to wait goes on when half of it has gone: woken for each
/// lot, readers and indexing threads would spend much of their time in waking each other.
#[derive(Default)]
struct Gate {
    waiting: Mutex<usize>,
    left: Condvar,
}

impl Gate {
    /// Waits for room and takes it; gives up waiting when nothing moves, so that a dead thread is found out.
    fn enter(&self, bytes: usize) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if *waiting > WAITING {
            let is_full = |waiting: &mut usize| *waiting > WAITING / 2;
            let patience = Duration::from_secs(10);
            let room = self.left.wait_timeout_while(waiting, patience, is_full);
            (waiting, _) = room.unwrap_or_else(PoisonError::into_inner);
        }
        *waiting += bytes;
    }

    fn leave(&self, bytes: usize) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let was_full = *waiting > WAITING / 2;
        *waiting -= bytes;
        if was_full && *waiting <= WAITING / 2 {
            self.left.notify_all();
        }
    }
}
