//! What Java and Kotlin share: the names of a domain's types, two options, and the packages that both refuse.
//!
//! In: a domain's name, or a package as somebody wrote it. Out: its types, spelled alike in both languages, because a
//! Kotlin app calls the Java files and the other way round. A name that the platform or the support file has already
//! gets a `_`, which no domain's name ends with: so no domain is refused and no two domains meet.

use super::OptionHelp;
use crate::model::DomainId;
use crate::names::{check_length, is_device};
use heck::ToPascalCase as _;

/// The option that names the package of the classes.
pub(super) const PACKAGE: OptionHelp =
    OptionHelp { key: "package", about: "The package of the classes.", example: "io.errbook.iot" };

/// The option that names the group of the artifact.
pub(super) const GROUP: OptionHelp = OptionHelp {
    key: "group",
    about: "The group of the artifact; the package if left out.",
    example: "io.errbook",
};

/// The type of a domain's codes: `QuectelErrorCode`; `DomainErrorCode_` beside the interface of that name.
pub(super) fn type_name(domain: &DomainId) -> String {
    match domain.as_str() {
        "domain" => "DomainErrorCode_".to_owned(),
        name => format!("{}ErrorCode", name.to_pascal_case()),
    }
}

/// What an app throws for a domain's codes, with the prefix of the output's types: `QuectelException`;
/// `SecurityException_` beside the platform's own.
pub(super) fn exception_name(prefix: &str, domain: &DomainId) -> String {
    let mut name = format!("{prefix}{}Exception", domain.as_str().to_pascal_case());
    if EXCEPTIONS.binary_search(&name.as_str()).is_ok() {
        name.push('_');
    }
    name
}

/// Says why a package cannot be one in either language, if so: each segment is a folder as well.
pub(super) fn refuse_package(package: &str) -> Result<(), String> {
    match package.split('.').find(|segment| is_device(segment)) {
        Some(device) => Err(format!("Windows cannot hold a folder called `{device}`")),
        None => check_length(package, '.'),
    }
}

/// Exceptions that every file sees without an import: those of `java.lang` (Java 21), `kotlin` and `kotlin.text`.
const EXCEPTIONS: &[&str] = &[
    "ArithmeticException",
    "ArrayIndexOutOfBoundsException",
    "ArrayStoreException",
    "CharacterCodingException",
    "ClassCastException",
    "ClassNotFoundException",
    "CloneNotSupportedException",
    "ConcurrentModificationException",
    "EnumConstantNotPresentException",
    "IllegalAccessException",
    "IllegalArgumentException",
    "IllegalCallerException",
    "IllegalMonitorStateException",
    "IllegalStateException",
    "IllegalThreadStateException",
    "IndexOutOfBoundsException",
    "InstantiationException",
    "InterruptedException",
    "KotlinNullPointerException",
    "LayerInstantiationException",
    "MatchException",
    "NegativeArraySizeException",
    "NoSuchElementException",
    "NoSuchFieldException",
    "NoSuchMethodException",
    "NoWhenBranchMatchedException",
    "NullPointerException",
    "NumberFormatException",
    "ReflectiveOperationException",
    "RuntimeException",
    "SecurityException",
    "StringIndexOutOfBoundsException",
    "TypeCastException",
    "TypeNotPresentException",
    "UninitializedPropertyAccessException",
    "UnsupportedOperationException",
    "WrongThreadException",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(id: &str) -> DomainId {
        DomainId::new(id).expect("a valid name")
    }

    #[test]
    fn exceptions_are_sorted() {
        assert!(EXCEPTIONS.is_sorted());
    }

    #[test]
    fn no_domain_hides_a_type_of_the_platform() {
        assert_eq!(exception_name("", &domain("quectel")), "QuectelException");
        assert_eq!(exception_name("", &domain("runtime")), "RuntimeException_");
        assert_eq!(exception_name("Null", &domain("pointer")), "NullPointerException_");
        assert_eq!(type_name(&domain("domain")), "DomainErrorCode_");
        assert_eq!(type_name(&domain("haier-uws")), "HaierUwsErrorCode");
    }

    #[test]
    fn packages_are_folders_on_every_system() {
        assert_eq!(refuse_package("io.errbook.iot"), Ok(()));
        for bad in ["con", "com.acme.aux", "io.NUL", "lpt1.x"] {
            assert!(refuse_package(bad).is_err(), "{bad}");
        }
    }
}
