//! Which elements HTML has.
//!
//! In: the name of a tag in small letters. Out: whether a page may have an element of this name. A tag of another name that has no
//! partner is mostly text in which nobody escaped a `<`: `Parameter <name> is missing`.
//!
//! Those of a namespace (`o:p`) are known, whatever they are: programs write them.

/// Whether HTML has, or once had, an element of this name.
pub(super) fn is_known(name: &str) -> bool {
    name.contains(':') || ELEMENTS.binary_search(&name).is_ok()
}

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
        assert!(!is_known("name") && !is_known("user-id") && !is_known("server"));
    }
}
