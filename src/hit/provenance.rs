//! Where an exported hit list comes from: enough to run the query again and to know the file for a hit list.
//!
//! It holds no hit and never says where the file itself lies.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::QueryView;

/// `FILE.meta.json` beside an export, and `morgue_export` inside an exported envelope.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Provenance {
    /// Version of this shape; its presence marks a hit list, which is never read as a clipping.
    pub morgue_export: u32,
    /// How the query was understood.
    pub query: QueryView,
    /// Folder of the archive.
    pub archive: String,
    /// Generation of the index that answered.
    pub generation: u64,
    /// When it was exported, RFC 3339 in UTC.
    pub exported: String,
    /// Name and version of the program.
    pub tool: String,
    /// Rows there are: articles that match, or their mentions. Fewer were written if a limit was given.
    pub total: u64,
    /// Rows that were written.
    pub written: u64,
    /// What the rows are: `articles` or `mentions`.
    pub rows: String,
}
