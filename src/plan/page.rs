//! Which part of an answer is wanted, in which order, and how much of each hit or mention.

/// The order of hits. Undated articles come last in both date orders; ties are broken by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// By first day of publication, latest first.
    Newest,
    /// By first day of publication, earliest first.
    Oldest,
    /// By source, then as `Newest`.
    Source,
    /// By path and line.
    File,
}

/// Which hits of an ordered list are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The order.
    pub sort: Sort,
    /// Hits to leave out.
    pub offset: u64,
    /// Most hits; `None` = all.
    pub limit: Option<u64>,
    /// Continue behind this cursor (`HitList::next`).
    pub after: Option<String>,
    /// How much of each hit is wanted.
    pub detail: Detail,
}

/// How much of hits is wanted: passages and the count of mentions cost more than all the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Detail {
    /// Fields, passages, and how many mentions there are in all.
    #[default]
    Whole,
    /// Fields only.
    Fields,
    /// Fields, passages and the article itself.
    Article,
}

/// Which mentions are wanted, in which order, with how much around each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MentionPage {
    /// The order.
    pub sort: MentionSort,
    /// What stands around each.
    pub context: Context,
    /// Mentions to leave out.
    pub offset: u64,
    /// Most mentions; `None` = all.
    pub limit: Option<u64>,
    /// Continue behind this cursor (`MentionList::next`).
    pub after: Option<String>,
    /// How much of each is wanted: the article itself, or no more than stands around it.
    pub detail: Detail,
}

/// The order of mentions; ties are broken by article and place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MentionSort {
    /// By first day of publication, earliest first, undated last.
    #[default]
    Date,
    /// By the words before, the nearest first.
    Left,
    /// By the mention itself and the words behind it.
    Right,
    /// By path and line.
    File,
    /// By source, then latest first.
    Source,
}

/// What stands around a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// At most so many code points on each side, never beyond the part.
    Chars(u32),
    /// The sentence.
    Sentence,
    /// The paragraph.
    Paragraph,
}

impl Default for Context {
    fn default() -> Self {
        Self::Chars(80)
    }
}
