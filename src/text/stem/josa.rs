//! Korean particles: what is written together with a noun and says what it is in its sentence.
//!
//! It knows no verbs and no compounds, and never leaves less than two syllables, of which most nouns have at least so many.

/// What a particle stands behind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Behind {
    /// A syllable that ends in a consonant.
    Closed,
    /// One that ends in a vowel.
    Open,
    /// One that ends in a vowel or in ㄹ.
    OpenOrL,
    /// Anything but a number, which 만 multiplies.
    Noun,
    Any,
}

/// A longer one stands before those that it ends in.
const PARTICLES: &[(&str, Behind)] = &[
    ("으로서", Behind::Closed),
    ("이라는", Behind::Closed),
    ("에게서", Behind::Any),
    ("한테서", Behind::Any),
    ("에서", Behind::Any),
    ("께서", Behind::Any),
    ("에게", Behind::Any),
    ("한테", Behind::Any),
    ("까지", Behind::Any),
    ("부터", Behind::Any),
    ("처럼", Behind::Any),
    ("보다", Behind::Any),
    ("하고", Behind::Any),
    ("조차", Behind::Any),
    ("마저", Behind::Any),
    ("로서", Behind::OpenOrL),
    ("이나", Behind::Closed),
    ("이랑", Behind::Closed),
    ("이며", Behind::Closed),
    ("으로", Behind::Closed),
    ("로", Behind::OpenOrL),
    ("은", Behind::Closed),
    ("는", Behind::Open),
    ("이", Behind::Closed),
    ("가", Behind::Open),
    ("을", Behind::Closed),
    ("를", Behind::Open),
    ("과", Behind::Closed),
    ("와", Behind::Open),
    ("에", Behind::Any),
    ("의", Behind::Any),
    ("도", Behind::Any),
    ("만", Behind::Noun),
    ("들", Behind::Any),
    ("뿐", Behind::Any),
    ("나", Behind::Open),
    ("랑", Behind::Open),
    ("며", Behind::Open),
    // 라는 behind a vowel is not one of them: 우리나라는 is 우리나라 and 는.
];

/// Syllables of each vowel: one without a last consonant, and 27 with one, of which ㄹ is the eighth.
const LASTS: u32 = 28;
const L: u32 = 8;

/// A form without its particles: 협정 for 협정에서는. Where a noun ends as a particle does, all its forms lose that too.
pub(super) fn bare(form: &str) -> &str {
    let mut bare = form;
    while let Some(shorter) = PARTICLES.iter().find_map(|particle| without(bare, *particle)) {
        bare = shorter;
    }
    bare
}

fn without<'a>(form: &'a str, (particle, behind): (&str, Behind)) -> Option<&'a str> {
    let rest = form.strip_suffix(particle)?;
    let mut letters = rest.chars().rev();
    let last = letters.next()?;
    letters.next()?;
    let fits = match last {
        '십' | '백' | '천' if behind == Behind::Noun => false,
        _ if behind == Behind::Noun => !last.is_numeric(),
        '가'..='힣' => {
            let consonant = (u32::from(last) - u32::from('가')) % LASTS;
            match behind {
                Behind::Closed => consonant > 0,
                Behind::Open => consonant == 0,
                Behind::OpenOrL => consonant == 0 || consonant == L,
                Behind::Noun | Behind::Any => true,
            }
        }
        // How a foreign word or a number is spoken, its letters do not tell.
        _ => true,
    };
    fits.then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(noun: &str, forms: &str) {
        forms.split_whitespace().for_each(|form| assert_eq!(bare(form), noun, "{form}"));
    }

    #[test]
    fn particles_go() {
        check("협정", "협정 협정에 협정은 협정이 협정을 협정의 협정과 협정도 협정으로 협정에서 협정에서는 협정까지");
        check("협정", "협정부터 협정에도 협정으로부터 협정만 협정들 협정들이 협정이나 협정보다 협정하고 협정조차");
        check("협정", "협정마저 협정뿐 협정뿐만 협정으로서 협정으로서의 협정이라는 협정이랑 협정이며 협정들에게서만");
        check("러시아", "러시아는 러시아가 러시아를 러시아와 러시아로 러시아에서도 러시아에게서 러시아나 러시아로서");
        check("러시아", "러시아로서는 러시아만 러시아랑 러시아며 러시아들보다");
        check("서울", "서울로");
        check("우리나라", "우리나라는");
        check("2025년", "2025년에");
        check("nato", "nato는 nato만");
        check("20만", "20만이");
    }

    #[test]
    fn what_only_looks_like_a_particle_stays() {
        // Behind the other kind of syllable; behind numbers; where less than two syllables would stay.
        let others = "전문가 협정가 러시아은 협정로 협정나 협정로서 20만 수십만 회의 국가 도로 그는 는";
        others.split_whitespace().for_each(|form| check(form, form));
        assert_eq!(bare(""), "");
    }

    #[test]
    fn a_noun_that_ends_as_a_particle_does_is_one_with_its_forms() {
        for noun in ["정상회의", "우크라이나", "바나나", "아리랑", "고양이", "오스만", "큰아들", "해병대"]
        {
            let is_closed = (u32::from(noun.chars().last().unwrap()) - u32::from('가')) % LASTS > 0;
            let ends = if is_closed { "이 은 을 이나 이라는 으로서" } else { "가 는 를 나 로서 랑" };
            for end in ends.split(' ').chain("에서 의 만 들 들이 보다 하고 조차 뿐".split(' ')) {
                assert_eq!(bare(&format!("{noun}{end}")), bare(noun), "{noun}{end}");
            }
        }
    }
}
