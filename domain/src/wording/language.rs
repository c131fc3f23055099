//! The two languages of the programme, and which one a reader wants.

/// A language that the programme speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Japanese, the binding one; spoken where nothing else is asked for.
    #[default]
    Ja,
    /// English (recommendation 4 of the white paper: usable in English).
    En,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Ja, Self::En];

    /// The language tag: `ja` or `en`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }

    /// The language with this tag.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// The language that an `Accept-Language` header prefers (RFC 9110, 12.5.4): the one with the
    /// highest weight, the first named among equals, Japanese where neither is named.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        let mut best = (0, Self::Ja);
        for (language, weight) in header.split(',').filter_map(range) {
            if weight > best.0 {
                best = (weight, language);
            }
        }
        best.1
    }

    fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| primary.eq_ignore_ascii_case(language.code()))
    }
}

/// One range of the header with its weight in thousandths; none for other languages.
fn range(range: &str) -> Option<(Language, u16)> {
    let mut parts = range.split(';').map(str::trim);
    let language = Language::from_tag(parts.next()?)?;
    let weight = parts.find_map(|part| part.strip_prefix("q="));
    Some((language, weight.map_or(1_000, thousandths)))
}

/// `0.85` as 850; what cannot be read weighs nothing.
fn thousandths(weight: &str) -> u16 {
    match weight.split_once('.').unwrap_or((weight, "")) {
        ("1", _) => 1_000,
        ("0", decimals) => format!("{decimals:0<3.3}").parse().unwrap_or(0),
        _ => 0,
    }
}
