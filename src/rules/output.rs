//! What keeps a command from running, and what the options of outputs and of lints must be.

use super::{Explanation, Rule};

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "could_not_run",
        explanation: Explanation {
            finds: "A command that could not do its work: there is no book, a file or a folder cannot be read or written, or an option has a wrong value. Only the forms for other programs call it so; to people the message is told as it is.",
            why: "A program that reads findings would take an empty answer for a clean one.",
            bad: "",
            good: "",
            fix: "Do what the message says, and run the command again.",
        },
    },
    Rule {
        id: "unknown_output",
        explanation: Explanation {
            finds: "An output that errbook does not write.",
            why: "The files that were wanted would never appear.",
            bad: "kotln: {dir: out/kotlin, package: com.acme}",
            good: "kotlin: {dir: out/kotlin, package: com.acme}",
            fix: "Write the one that the message offers.",
        },
    },
    Rule {
        id: "missing_output",
        explanation: Explanation {
            finds: "A language that the command line asks for and the book has no output for.",
            why: "Without its options, such as a package name, nothing can be written.",
            bad: "",
            good: "",
            fix: "Add the output to `outputs`.",
        },
    },
    Rule {
        id: "bad_option",
        explanation: Explanation {
            finds: "An option of an output with a value that its language or the disk cannot take.",
            why: "The generated files would not compile, or would lie outside their folder.",
            bad: "kotlin: {dir: out/kotlin, package: com.class}",
            good: "kotlin: {dir: out/kotlin, package: com.acme}",
            fix: "Write a value of the form that the message names.",
        },
    },
    Rule {
        id: "output_in_spec",
        explanation: Explanation {
            finds: "An output whose folder holds the spec, or an output or a manifest in one of the spec's own folders: `domains`, `documents` and `schema`.",
            why: "Files that errbook did not make are reported there, and the next run would find its own source among them. `errbook schema` would write over a manifest in `schema`.",
            bad: "rust: {dir: ., crate: acme-codes}",
            good: "rust: {dir: out/rust, crate: acme-codes}",
            fix: "Give it a folder of its own.",
        },
    },
    Rule {
        id: "manifest_in_output",
        explanation: Explanation {
            finds: "A manifest that lies in the folder of an output, or in whose place such a folder would be needed.",
            why: "It lists files that people copy with the folder, and would itself be one of them; and no path is a file and a folder.",
            bad: "manifest: out/rust/manifest.json",
            good: "manifest: out/manifest.json",
            fix: "Put it beside the folders.",
        },
    },
    Rule {
        id: "shared_folder",
        explanation: Explanation {
            finds: "Two outputs whose folders are the same, or inside each other, be it only on disks that do not tell `out` from `Out`.",
            why: "Each would take the other's files for leftovers; on macOS and Windows names that differ in case, and on macOS in the form of accents, are one folder.",
            bad: "java: {dir: out, package: com.acme}",
            good: "java: {dir: out/java, package: com.acme}",
            fix: "Give each a folder of its own.",
        },
    },
    Rule {
        id: "unsafe_integer",
        explanation: Explanation {
            finds: "A code of an `int64` domain beyond ±(2^53 − 1), in a book with a TypeScript output.",
            why: "JavaScript's numbers hold no such integer; the app would see a neighbouring code.",
            bad: "code_type: int64\nerrors:\n  - code: 9007199254740993",
            good: "code_type: int64\nerrors:\n  - code: 9007199254740991",
            fix: "Make the domain a `string` one, or drop the TypeScript output.",
        },
    },
    Rule {
        id: "text_too_long",
        explanation: Explanation {
            finds: "A text or a code of more than 65,535 bytes of UTF-8 in a book with a Java output, or of more than 32,767 bytes with an Android one.",
            why: "A class file holds no longer constant, so that the generated file would not compile; Android's packager writes another text instead.",
            bad: "",
            good: "",
            fix: "Shorten it, or drop the output. A text of that length is no message.",
        },
    },
    Rule {
        id: "unknown_lint",
        explanation: Explanation {
            finds: "A lint, under `lints` or `allow`, that does not exist.",
            why: "A misspelt suppression suppresses nothing.",
            bad: "lints: {unsortd: off}",
            good: "lints: {unsorted: off}",
            fix: "Write the name that the message offers; `errbook lint --explain` lists them.",
        },
    },
    Rule {
        id: "unknown_lint_level",
        explanation: Explanation {
            finds: "A level of a lint other than `deny`, `warn` or `off`.",
            why: "Whether its findings should fail the run would be a guess.",
            bad: "lints: {unsorted: error}",
            good: "lints: {unsorted: deny}",
            fix: "Write one of the three.",
        },
    },
    Rule {
        id: "repeated_baseline",
        explanation: Explanation {
            finds: "A lint and a place that stand in the baseline twice.",
            why: "Which of the two counts holds would be a guess.",
            bad: "",
            good: "",
            fix: "Add the counts up in one line, or run `errbook lint --write-baseline`.",
        },
    },
    Rule {
        id: "unused_baseline",
        explanation: Explanation {
            finds: "A line of the baseline that knows more findings than there are.",
            why: "It leaves room for the same mistake to come back unseen.",
            bad: "- lint: unsorted\n  at: d/5003",
            good: "baseline: []",
            fix: "Run `errbook lint --write-baseline`, which writes what is left.",
        },
    },
    Rule {
        id: "not_formatted",
        explanation: Explanation {
            finds: "A file of the spec that is not in the form that `errbook fmt` writes.",
            why: "Each editor would lay out the file in its own way, and a review would show that instead of the change.",
            bad: "",
            good: "",
            fix: "Run `errbook fmt` and commit the result.",
        },
    },
    Rule {
        id: "format_refused",
        explanation: Explanation {
            finds: "A file that would not hold the same values and the same comments after `errbook fmt`.",
            why: "A formatter that changes a book is worse than none, so it writes nothing then.",
            bad: "",
            good: "",
            fix: "Write the place that the finding shows in a plainer way: short keys, comments on lines of their own. If it is plain already, it is a bug of errbook.",
        },
    },
    Rule {
        id: "not_as_generated",
        explanation: Explanation {
            finds: "A generated file that is stale, missing, edited by hand, or that nothing generates any more.",
            why: "The teams that copy it would get other codes than the spec that was reviewed.",
            bad: "",
            good: "",
            fix: "Run `errbook gen` and commit the result; a change by hand belongs into the spec.",
        },
    },
];
