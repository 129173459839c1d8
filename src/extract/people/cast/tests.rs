//! Random casts, against one that compares each name with all others.

use proptest::prelude::*;

use super::*;

/// A cast that looks at everybody each time.
#[derive(Default)]
struct Plain<'a> {
    people: Vec<(Person, Vec<Form<'a>>)>,
    couples: HashSet<&'a str>,
}

impl<'a> Plain<'a> {
    fn place(&mut self, form: &Form<'a>, sentence: usize) -> (usize, Fit) {
        let fit = |(person, forms): &(Person, Vec<Form<'_>>)| {
            let fits = forms.iter().filter_map(|own| form.fits(own)).min();
            fits.filter(|_| !differ(person.titled, form.titled))
        };
        let fits = || self.people.iter().enumerate().filter_map(|(at, person)| Some((fit(person)?, at)));
        let best =
            fits().min().filter(|(best, _)| *best == Fit::Same || fits().filter(|(fit, _)| fit == best).count() == 1);
        let (fit, at) = best.unwrap_or((Fit::Same, self.people.len()));
        if at == self.people.len() {
            self.people.push(Default::default());
        }
        let (person, forms) = &mut self.people[at];
        person.titled = person.titled.or(form.titled);
        person.named = person.named.or(form.named);
        person.sentences.push(sentence);
        forms.push(form.clone());
        (at, fit)
    }

    fn single(&self, form: &Form<'a>, sentence: usize) -> Option<(usize, Single, bool)> {
        let is_of_couple = form.words.first().is_some_and(|word| self.couples.contains(word));
        let stands = |(person, forms): &(Person, Vec<Form<'_>>)| {
            let is_open = differ(person.gender(), form.gender()) || is_of_couple && form.gender() != person.gender();
            forms.iter().filter_map(|own| form.stands_for(own)).min().filter(|_| !is_open)
        };
        let is_near = |at: usize| self.people[at].0.sentences.iter().any(|own| own.abs_diff(sentence) <= NEAR);
        let found = self.people.iter().enumerate().filter_map(|(at, person)| Some((stands(person)?, at)));
        let found: Vec<(Single, usize)> = found.collect();
        let (surest, at) = *found.iter().min()?;
        let alike: Vec<usize> = found.iter().filter(|(single, _)| *single == surest).map(|(_, at)| *at).collect();
        let near: Vec<usize> = alike.iter().copied().filter(|at| is_near(*at)).collect();
        match (alike.len(), surest, near.as_slice()) {
            (1, ..) => Some((at, surest, false)),
            (_, Single::Surname, [at]) => Some((*at, surest, true)),
            _ => None,
        }
    }
}

const FIRST: &str = "nora|noras|nor|norabelle|norabella|n|t|tamsin|tamzin|paul|p|vellmar|";
const LAST: &str = "vell|vellmar|velmar|vellmarov|vellmarow|orrin|tarkov|tarkow|o|nora";

/// A name of one to four words, with what else a form has, and a sentence.
fn name() -> impl Strategy<Value = (Vec<String>, [usize; 3], usize)> {
    let middle = prop::collection::vec("bin|t|w|tamsin|vell|", 0..3);
    (FIRST, middle, LAST, prop::array::uniform3(0_usize..9), 0_usize..60).prop_map(|(first, middle, last, says, at)| {
        let words = std::iter::once(first).chain(middle).chain([last]);
        (words.filter(|word| !word.is_empty()).collect(), says, at)
    })
}

fn form<'a>(words: &'a [String], says: [usize; 3]) -> Form<'a> {
    let genders = [Gender::Female, Gender::Male];
    let [suffix, titled, named] = says;
    Form {
        words: words.iter().map(String::as_str).collect(),
        suffix: ["jr", "sr"].get(suffix).copied(),
        titled: genders.get(titled).copied(),
        named: genders.get(named).copied(),
    }
}

proptest! {
    #[test]
    fn all_are_found_as_if_each_were_compared(
        given in prop::collection::vec(name(), 0..3),
        full in prop::collection::vec(name(), 0..40),
        single in prop::collection::vec((LAST, prop::array::uniform3(0_usize..9), 0_usize..60), 0..20),
        couple in LAST,
    ) {
        let single: Vec<_> = single.into_iter().map(|(word, says, at)| ([word], says, at)).collect();
        let couples: HashSet<&str> = [couple.as_str()].into();
        let (mut cast, mut plain) = (Cast::new(couples.clone()), Plain { couples, ..Plain::default() });
        for (words, ..) in &given {
            let forms = [form(words, [9; 3])];
            cast.add(&forms, None);
            plain.people.push((Person::default(), forms.to_vec()));
        }
        for (words, says, at) in full.iter().filter(|(words, ..)| words.len() > 1) {
            let form = form(words, *says);
            prop_assert_eq!(cast.place(&form, *at), plain.place(&form, *at), "{:?}", form);
        }
        cast.settle();
        for (word, says, at) in &single {
            let form = form(word, [says[0], says[1], 9]);
            prop_assert_eq!(cast.single(&form, *at), plain.single(&form, *at), "{:?}", form);
        }
    }
}
