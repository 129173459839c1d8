//! Whether a sentence looks back or ahead, as far as its small words say.
//!
//! It never parses; the cue nearest to the date decides.

use super::atom::Strip;

/// Where a date lies, seen from the anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lean {
    Past,
    None,
    Future,
}

/// How many words before and behind a date are asked.
const BEFORE: usize = 12;
const BEHIND: usize = 8;

/// The lean of the sentence around an atom: the nearest cue before it in its sentence, else the nearest behind it.
pub(super) fn lean(strip: &Strip<'_>, at: usize) -> Lean {
    let sentence = strip.sentence(at);
    let within = |at: &usize| strip.sentence(*at) == sentence;
    match at.checked_sub(1).map(|before| strip.folded(before)) {
        Some("next" | "through" | "coming") => return Lean::Future,
        Some("since" | "last") => return Lean::Past,
        _ => {}
    }
    let before = (at.saturating_sub(BEFORE)..at).rev().take_while(within);
    let behind = (at + 1..(at + 1 + BEHIND).min(strip.len())).take_while(within);
    before.chain(behind).map(|at| cue(strip, at)).find(|lean| *lean != Lean::None).unwrap_or(Lean::None)
}

/// What one word says; a plan that was made in the past says nothing of what comes, `be` before a participle nothing at all.
fn cue(strip: &Strip<'_>, at: usize) -> Lean {
    let before = |back: usize| at.checked_sub(back).map_or("", |at| strip.folded(at));
    match word(strip.folded(at)) {
        Lean::Past if before(1) == "be" => Lean::None,
        Lean::Future if word(before(1)) == Lean::Past || word(before(2)) == Lean::Past => Lean::Past,
        Lean::None if strip.folded(at) == "to" && ["is", "are"].contains(&before(1)) => Lean::Future,
        lean => lean,
    }
}

fn word(word: &str) -> Lean {
    match word {
        "will" | "ll" | "shall" | "would" | "could" | "might" | "scheduled" | "expected" | "plan" | "plans"
        | "planned" | "planning" | "due" | "slated" | "upcoming" | "begins" | "starts" | "opens" | "expires"
        | "expects" | "intends" | "wont" | "theyll" | "tomorrow" | "going" | "soon" | "effective" | "until"
        | "till" | "deadline" | "meets" | "departing" => Lean::Future,
        "said" | "was" | "were" | "had" | "did" | "told" | "came" | "went" | "made" | "met" | "began" | "fell"
        | "rose" | "took" | "won" | "lost" | "broke" | "held" | "left" | "gave" | "found" | "saw" | "spoke"
        | "been" | "died" | "led" | "ran" | "sent" | "shot" | "brought" | "bought" | "sold" | "became" | "got"
        | "ago" | "earlier" => Lean::Past,
        _ if word.len() > 4 && word.ends_with("ed") && !["indeed", "hundred", "united", "based"].contains(&word) => {
            Lean::Past
        }
        _ => Lean::None,
    }
}
