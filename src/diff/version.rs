//! Which version a change asks for.
//!
//! In: what the changes ask for, and the versions of both books. Out: the least version that is enough, and whether the new
//! book carries it. A version is the core of semantic versioning, `major.minor.patch`. Below 1.0.0 the rules of Cargo hold:
//! the second number says that something broke, the third everything else.

use std::fmt;

/// The part of a version that has to be raised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// None: nothing changed.
    #[default]
    None,
    /// Nothing but texts and their like changed.
    Patch,
    /// There is something new, or something behaves differently.
    Minor,
    /// Something broke.
    Major,
}

/// Three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version([u64; 3]);

impl Bump {
    /// Its word, as programs and people read it.
    pub fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl Version {
    /// The version written as `text`, if it is one.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.').map(|part| part.parse().ok());
        let numbers = [parts.next()??, parts.next()??, parts.next()??];
        parts.next().is_none().then_some(Self(numbers))
    }

    /// The least version after this one that says as much as `bump`.
    #[must_use]
    pub fn raised(self, bump: Bump) -> Self {
        let [major, minor, patch] = self.0;
        Self(match bump {
            Bump::None => self.0,
            Bump::Major if major > 0 => [major.saturating_add(1), 0, 0],
            Bump::Major => [0, minor.saturating_add(1), 0],
            Bump::Minor if major > 0 => [major, minor.saturating_add(1), 0],
            Bump::Minor | Bump::Patch => [major, minor, patch.saturating_add(1)],
        })
    }

    /// How much the step from this version to `newer` says; `None` if that is no later one.
    pub fn step(self, newer: Self) -> Bump {
        if newer <= self {
            return Bump::None;
        }
        let [bump_of_second, bump_of_third] =
            if self.0[0] > 0 { [Bump::Minor, Bump::Patch] } else { [Bump::Major, Bump::Minor] };
        match self.0.iter().zip(&newer.0).position(|(old, new)| old != new) {
            Some(0) => Bump::Major,
            Some(1) => bump_of_second,
            _ => bump_of_third,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(f, "{major}.{minor}.{patch}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_version_that_is_enough_is_enough() {
        for (old, bump, new) in [
            ("1.2.3", Bump::Major, "2.0.0"),
            ("1.2.3", Bump::Minor, "1.3.0"),
            ("1.2.3", Bump::Patch, "1.2.4"),
            ("1.2.3", Bump::None, "1.2.3"),
            ("0.2.3", Bump::Major, "0.3.0"),
            ("0.2.3", Bump::Minor, "0.2.4"),
            ("0.2.3", Bump::Patch, "0.2.4"),
        ] {
            let version = Version::parse(old).expect("a version");
            assert_eq!(version.raised(bump).to_string(), new);
            assert!(version.step(version.raised(bump)) >= bump, "{old} to {new}");
        }
        let version = |text| Version::parse(text).expect("a version");
        assert_eq!(version("1.2.3").step(version("1.2.2")), Bump::None);
        assert_eq!(version("1.2.3").step(version("1.9.0")), Bump::Minor);
        assert_eq!(version("0.9.0").step(version("1.0.0")), Bump::Major);
        for bad in ["", "1", "1.2", "1.2.3.4", "1.2.x", "-1.0.0"] {
            assert_eq!(Version::parse(bad), None, "{bad}");
        }
    }
}
