//! What is wrong with a table of translations.

use super::{Explanation, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "bad_table",
        explanation: Explanation {
            finds: "A table without the column `key`, without a column of any of the book's locales, with a column twice or one that is neither known nor a locale of the book, with a row that has more or fewer cells than the header, or with a quote that does not close where its text ends.",
            why: "A text would be taken for another one's, or for another language's.",
            bad: "",
            good: "",
            fix: "Write the table with `errbook export --format translations`, and have the program that changes it put texts with commas, quotes or line ends into double quotes. Begin the title of a column of your own with `#`.",
        },
    },
    Rule {
        id: "unknown_translation",
        explanation: Explanation {
            finds: "A row of a table whose `key` is none of the book's texts.",
            why: "Its texts would be lost without a word: somebody translated them.",
            bad: "",
            good: "",
            fix: "Correct the key, or give it the entry's new name if it was renamed since the table was written.",
        },
    },
    Rule {
        id: "repeated_translation",
        explanation: Explanation {
            finds: "A key that stands in two rows of a table.",
            why: "Only one of the two texts can be meant.",
            bad: "",
            good: "",
            fix: "Delete the row that is not meant.",
        },
    },
    Rule {
        id: "fixed_translation",
        explanation: Explanation {
            finds: "A row that changes a text which stands so in the vendor's document, as the column `fixed` says.",
            why: "The vendor's texts are exact, so that a user's search finds them and the audit of the document stays clean.",
            bad: "",
            good: "",
            fix: "Take the change back. If the vendor's text is wrong, mend it in the spec by hand and keep the original under `erratum`.",
        },
    },
    Rule {
        id: "emptied_text",
        explanation: Explanation {
            finds: "An empty cell for a text that the spec has. The text is kept.",
            why: "An empty cell is more often a translation that is still missing than a wish to delete one.",
            bad: "",
            good: "",
            fix: "Fill the cell or delete the row. A text that is to go is deleted in the spec by hand.",
        },
    },
    Rule {
        id: "translation_refused",
        explanation: Explanation {
            finds: "A text that stands in the YAML in a form that cannot be changed in place: a comment between its key and itself, or a mapping that is laid out in an unusual way.",
            why: "A change there could take a comment or a neighbour with it.",
            bad: "",
            good: "",
            fix: "Run `errbook fmt`, or change the text by hand.",
        },
    },
];
