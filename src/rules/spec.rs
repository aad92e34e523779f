//! What a file of the spec must be before anybody can say whether it makes sense: bytes, YAML, and keys.

use super::{Explanation, Rule};

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "not_utf8",
        explanation: Explanation {
            finds: "A file that is not UTF-8: another encoding, such as UTF-16 or GBK, or a damaged character.",
            why: "A reader that guesses the encoding shows users wrong characters; errbook never guesses.",
            bad: "",
            good: "",
            fix: "Save the file as UTF-8. For a vendor's document, name its `encoding` in the recipe.",
        },
    },
    Rule {
        id: "doubled_utf8",
        explanation: Explanation {
            finds: "A file all of whose letters beyond ASCII are the bytes of other ones: `è®¾å¤‡` for `设备`. Somebody read it as Windows-1252 or ISO-8859-1, and saved as UTF-8 what came of it.",
            why: "Users see the damage. Some of these letters are control characters, which YAML does not have, and an editor that removes them makes it final.",
            bad: "",
            good: "",
            fix: "Take the file as it was before; in a repository, its last version. `iconv -f UTF-8 -t WINDOWS-1252` (or `ISO-8859-1`) turns it back if nothing was changed since.",
        },
    },
    Rule {
        id: "nul_byte",
        explanation: Explanation {
            finds: "A byte of value zero in a file.",
            why: "No text of a person holds one; it comes from UTF-16, a broken download or an attack, and programs written in C stop reading there.",
            bad: "",
            good: "",
            fix: "Remove it. If the editor shows none, the file is UTF-16: save it as UTF-8.",
        },
    },
    Rule {
        id: "empty_file",
        explanation: Explanation {
            finds: "A file of the spec that holds nothing but comments and blanks.",
            why: "A file that was emptied by accident would otherwise look like a domain without codes.",
            bad: "",
            good: "",
            fix: "Write the keys of its kind, or take the file out of the book.",
        },
    },
    Rule {
        id: "yaml_syntax",
        explanation: Explanation {
            finds: "Text that is not YAML.",
            why: "Nothing behind the first such place can be trusted, so reading stops there, and goes on with the next entry of a domain alone; a bracket that was not closed often shows further down.",
            bad: "title: [D",
            good: "title: D",
            fix: "Mend the line, or the one above it. A text with `: `, ` #` or a leading `[` needs double quotes.",
        },
    },
    Rule {
        id: "merge_conflict",
        explanation: Explanation {
            finds: "A line of `<<<<<<<`, `=======` or `>>>>>>>`: a merge that two people's changes did not let git make.",
            why: "Both sides of the conflict stand in the file, and only a person can say which is right.",
            bad: "<<<<<<< HEAD\ntitle: D\n=======\ntitle: Domain D\n>>>>>>> theirs",
            good: "title: Domain D",
            fix: "Keep the lines that are right, and remove the marks and the other lines.",
        },
    },
    Rule {
        id: "several_documents",
        explanation: Explanation {
            finds: "A line `---` that starts a second YAML document in a file.",
            why: "Whatever stands in the second one is read by some programs and not by others.",
            bad: "---",
            good: "",
            fix: "Keep one document, or make the second one a file of its own.",
        },
    },
    Rule {
        id: "yaml_anchor",
        explanation: Explanation {
            finds: "An anchor (`&name`).",
            why: "Anchors exist for aliases, and a book has none: a reviewer has to see the value at its place.",
            bad: "title: &t D",
            good: "title: D",
            fix: "Remove the `&name`.",
        },
    },
    Rule {
        id: "yaml_alias",
        explanation: Explanation {
            finds: "An alias (`*name`), which stands for a value written elsewhere.",
            why: "A change of that value changes entries which no diff shows, and a few lines of nested aliases grow to gigabytes.",
            bad: "title: *name",
            good: "title: D",
            fix: "Write the value itself.",
        },
    },
    Rule {
        id: "yaml_tag",
        explanation: Explanation {
            finds: "A tag (`!!int`, `!include`).",
            why: "Values get their type from their key. A tag would promise a type, or a program to run, that errbook does not have.",
            bad: "title: !!str D",
            good: "title: D",
            fix: "Remove the tag.",
        },
    },
    Rule {
        id: "yaml_key",
        explanation: Explanation {
            finds: "A key that is a list or a mapping.",
            why: "Every key of a book is a word; such a key is mostly a `{` or `[` that should have been quoted.",
            bad: "? [title]\n: D",
            good: "title: D",
            fix: "Put the text in double quotes.",
        },
    },
    Rule {
        id: "repeated_key",
        explanation: Explanation {
            finds: "A key that stands in one mapping twice.",
            why: "Most readers of YAML keep the last one silently, so that a reviewer reads a text which nobody gets.",
            bad: "title: D\ntitle: E",
            good: "title: D",
            fix: "Keep one of them.",
        },
    },
    Rule {
        id: "too_deep",
        explanation: Explanation {
            finds: "Lists and mappings inside each other deeper than 32 levels; in a page, tables inside each other deeper than 16, or with more than 16 MiB of text.",
            why: "A book needs eight, and a page two. Deeper ones are made by accident or to exhaust the reader.",
            bad: "",
            good: "",
            fix: "Take the levels out.",
        },
    },
    Rule {
        id: "too_long",
        explanation: Explanation {
            finds: "A value, a key, or a cell of a document or of a table of translations with more than a million bytes.",
            why: "It would take the memory of the machine, and nobody reads it. The longest texts of the platforms have a few hundred.",
            bad: "",
            good: "",
            fix: "Close the quote that is open, or say it in fewer words.",
        },
    },
    Rule {
        id: "too_many_nodes",
        explanation: Explanation {
            finds: "A book whose files hold more than two and a half million values together, a mapping with more than a thousand keys, or more languages, domains, conditions, tombstones, former names or further meanings than `docs/limits.md` says.",
            why: "It would take the memory of the machine. The largest platforms have a few thousand codes.",
            bad: "",
            good: "",
            fix: "Split the book into several.",
        },
    },
    Rule {
        id: "wrong_type",
        explanation: Explanation {
            finds: "A value of another form than its key wants: a list for a text, a word for a number, nothing where something must stand.",
            why: "Guessing what was meant would make a typo part of every app.",
            bad: "retryable: yes",
            good: "retryable: true",
            fix: "Write the value in the form that the message names.",
        },
    },
    Rule {
        id: "missing_key",
        explanation: Explanation {
            finds: "A key that must be there and is not.",
            why: "Without it the entry has no meaning that could be generated.",
            bad: "- code: 5003\n  kind: invalid_argument",
            good: "- code: 5003\n  name: sms_code_incorrect\n  kind: invalid_argument",
            fix: "Add the key.",
        },
    },
    Rule {
        id: "unknown_key",
        explanation: Explanation {
            finds: "A key that its place does not have.",
            why: "A misspelt key would be ignored, and with it what its author wanted.",
            bad: "retriable: true",
            good: "retryable: true",
            fix: "Write the key that the message offers, or remove it.",
        },
    },
    Rule {
        id: "unknown_format",
        explanation: Explanation {
            finds: "A book whose `errbook:` is not the format that this errbook reads.",
            why: "A newer format may say things which this version would pass over.",
            bad: "errbook: 2",
            good: "errbook: 1",
            fix: "Install the errbook that the book was written for; this one reads `1`.",
        },
    },
    Rule {
        id: "bad_domain_name",
        explanation: Explanation {
            finds: "A domain whose name is not lower-case letters and digits in words joined by single `-`, or is a device name of Windows.",
            why: "The name becomes a file, a module and a type in five languages, and must not become a path.",
            bad: "domains: [d, Acme_Cloud]",
            good: "domains: [d]",
            fix: "Write it like `acme-cloud`.",
        },
    },
    Rule {
        id: "missing_domain_file",
        explanation: Explanation {
            finds: "A domain that the book lists and that has no file.",
            why: "Generated code would lose a whole platform.",
            bad: "domains: [d, e]",
            good: "domains: [d]",
            fix: "Write the file, or take the name out of `domains`.",
        },
    },
    Rule {
        id: "domain_file_mismatch",
        explanation: Explanation {
            finds: "A domain file whose `domain:` is not its own name.",
            why: "Copied files start like this; the codes of one platform would be generated as those of another.",
            bad: "domain: e",
            good: "domain: d",
            fix: "Give both the same name.",
        },
    },
    Rule {
        id: "empty_value",
        explanation: Explanation {
            finds: "A key that may be absent, with nothing behind it.",
            why: "It counts as absent, and somebody meant to write a value there, or lost one.",
            bad: "http_status:",
            good: "http_status: 403",
            fix: "Write the value, or remove the key; `null` says that there is none.",
        },
    },
    Rule {
        id: "unlisted_domain",
        explanation: Explanation {
            finds: "A file in `domains/` of a domain that the book does not list.",
            why: "Nothing reads it: no code of it is generated or checked, and nobody is told.",
            bad: "domains: [d]",
            good: "domains: [d, e]",
            fix: "Add the domain to `domains` of `errbook.yaml`, or move the file out of the folder.",
        },
    },
    Rule {
        id: "misnamed_file",
        explanation: Explanation {
            finds: "A file beside those of the spec whose name is nearly that of one that is read: `tuya.yml`, `Conditions.yaml`, a part of a domain in a folder of its folder.",
            why: "Nobody reads it, so that its codes, waivers or words are missing, and the book looks whole.",
            bad: "",
            good: "",
            fix: "Rename the file as the help says, or move it out of the spec.",
        },
    },
    Rule {
        id: "domain_file_and_folder",
        explanation: Explanation {
            finds: "A domain that is a file and a folder of files at once.",
            why: "One of the two would be left out, and nobody would know which.",
            bad: "",
            good: "",
            fix: "Move the file into the folder.",
        },
    },
    Rule {
        id: "domain_files_disagree",
        explanation: Explanation {
            finds: "Files of one domain that give it different titles or code types, or two documents or envelopes.",
            why: "What is said once for the whole domain cannot depend on the order of its files.",
            bad: "title: E",
            good: "title: D",
            fix: "Say it in one of the files, or the same in all of them.",
        },
    },
];
