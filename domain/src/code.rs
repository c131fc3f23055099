//! Closed sets and their codes.
//!
//! A code is the one name of a value outside the program: in the database, in GraphQL, in the
//! message catalogue and in snapshots. It is `SCREAMING_SNAKE`, it is chosen once, and it is never
//! renamed, because rows and other people's programs hold it. [`coded!`] is the only way to make
//! such a set, so that no room keeps a second spelling of it.

/// A closed set of values, each known outside by its code.
pub trait Coded: Copy + Eq + Ord + core::fmt::Debug + Send + Sync + 'static {
    /// The set's name in the schema, for instance `MilestoneState`.
    const NAME: &'static str;
    /// What the set is, in a sentence or two.
    const DESCRIPTION: &'static str;
    /// Every value, in the order of declaration.
    const ALL: &'static [Self];

    /// The value's code, for instance `IN_REVIEW`.
    fn code(self) -> &'static str;

    /// What the value means.
    fn description(self) -> &'static str;

    /// The value that has this code, if there is one.
    #[must_use]
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.code() == code)
    }
}

/// Several codes of one set, as a fact; written with commas between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes<T>(pub Vec<T>);

impl<T: Coded> core::fmt::Display for Codes<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let codes: Vec<_> = self.0.iter().map(|value| value.code()).collect();
        f.write_str(&codes.join(", "))
    }
}

/// Declares a closed set: the enum, its codes, its descriptions (from the doc comments) and its
/// serde form, which is the code.
macro_rules! coded {
    (
        $(#[doc = $doc:literal])+
        pub enum $name:ident {
            $( $(#[doc = $value_doc:literal])+ $value:ident = $code:literal ),+ $(,)?
        }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( $(#[doc = $value_doc])+ $value ),+
        }

        impl $crate::code::Coded for $name {
            const NAME: &'static str = stringify!($name);
            const DESCRIPTION: &'static str = concat!($($doc),+).trim_ascii();
            const ALL: &'static [Self] = &[$( Self::$value ),+];

            fn code(self) -> &'static str {
                match self { $( Self::$value => $code ),+ }
            }

            fn description(self) -> &'static str {
                match self { $( Self::$value => concat!($($value_doc),+).trim_ascii() ),+ }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str($crate::code::Coded::code(*self))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::code::Coded::code(*self))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                $crate::code::Coded::from_code(&code).ok_or_else(|| {
                    serde::de::Error::custom(format_args!("{code} is no {}", stringify!($name)))
                })
            }
        }
    };
}
pub(crate) use coded;
