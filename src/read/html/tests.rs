//! Pages to drafts.
