//! Which elements HTML has.
//!
//! In: the name of a tag in small letters. Out: whether a page may have an element of this name. A tag of another name that has no
//! partner is mostly text in which nobody escaped a `<`: `Parameter <name> is missing`. So is one of a few that messages of
//! errors have as well, if it stands alone and says nothing further: `Unknown error <code>.`
//!
//! Those of a namespace (`o:p`) are known, whatever they are: programs write them. An address (`<https://…>`) is none.

/// Whether HTML has, or once had, an element of this name.
pub(super) fn is_known(name: &str) -> bool {
    let is_local = |name: &str| name.starts_with(char::is_alphabetic) && !name.contains('@');
    name.split_once(':').is_some_and(|(_, local)| is_local(local)) || ELEMENTS.binary_search(&name).is_ok()
}

/// Whether the element is as well a word that stands in messages for what is filled in.
pub(super) fn is_word(name: &str) -> bool {
    WORDS.contains(&name)
}

/// Elements that authors do not leave without an end or an attribute, unlike those that give a text another look.
#[rustfmt::skip]
const WORDS: [&str; 33] = [
    "address", "area", "article", "base", "body", "code", "data", "details", "dialog", "footer", "form", "frame", "head",
    "header", "html", "input", "label", "legend", "link", "main", "map", "menu", "meta", "object", "output", "param",
    "section", "select", "source", "summary", "time", "title", "track",
];

/// In the order of their bytes. The living standard of 2025 lists them in "List of elements" and "Non-conforming features".
/// Left out are those that pages hardly have and messages of errors do: `<server>`, `<content>`, `<permission>`, `<image>`.
#[rustfmt::skip]
const ELEMENTS: [&str; 140] = [
    "a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b", "base", "basefont",
    "bdi", "bdo", "bgsound", "big", "blink", "blockquote", "body", "br", "button", "canvas", "caption", "center",
    "cite", "code", "col", "colgroup", "data", "datalist", "dd", "del", "details", "dfn", "dialog", "dir", "div",
    "dl", "dt", "em", "embed", "fieldset", "figcaption", "figure", "font", "footer", "form", "frame", "frameset",
    "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i", "iframe", "img", "input",
    "ins", "isindex", "kbd", "keygen", "label", "legend", "li", "link", "listing", "main", "map", "mark", "marquee",
    "math", "menu", "menuitem", "meta", "meter", "nav", "nobr", "noembed", "noframes", "noscript", "object", "ol",
    "optgroup", "option", "output", "p", "param", "picture", "plaintext", "pre", "progress", "q", "rb", "rp", "rt",
    "rtc", "ruby", "s", "samp", "script", "section", "select", "slot", "small", "source", "spacer", "span",
    "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "template", "textarea",
    "tfoot", "th", "thead", "time", "title", "tr", "track", "tt", "u", "ul", "var", "video", "wbr", "xmp",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_elements_can_be_searched() {
        assert!(ELEMENTS.is_sorted());
        assert!(is_known("td") && is_known("blink") && is_known("o:p"));
        assert!(!is_known("https:") && !is_known("mailto:a@b.c"));
        assert!(WORDS.iter().all(|name| is_known(name)));
        assert!(!is_known("name") && !is_known("user-id") && !is_known("server"));
    }
}
