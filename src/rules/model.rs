//! What makes a book valid, in the order of the fields of its files.

use super::{Explanation, Rule};

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "bad_version",
        explanation: Explanation {
            finds: "A version that is not three numbers joined by dots.",
            why: "It goes into the manifests of five package systems, which agree on that form alone.",
            bad: "version: v1",
            good: "version: 1.0.0",
            fix: "Write it like `1.2.0`.",
        },
    },
    Rule {
        id: "no_locale",
        explanation: Explanation {
            finds: "A book without a locale.",
            why: "There is no language to write messages in.",
            bad: "locales: []",
            good: "locales: [en, zh-Hans]",
            fix: "List at least one under `locales`; the first is the fallback.",
        },
    },
    Rule {
        id: "bad_locale",
        explanation: Explanation {
            finds: "A locale that is no BCP 47 tag in its usual case.",
            why: "Apps ask for `zh-Hans`; a book that says `zh_CN` never answers.",
            bad: "locales: [en, zh-Hans, zh_CN]",
            good: "locales: [en, zh-Hans]",
            fix: "Write language, script and region like `en`, `zh-Hans`, `pt-BR`.",
        },
    },
    Rule {
        id: "duplicate_locale",
        explanation: Explanation {
            finds: "A locale that is listed twice.",
            why: "The second is never used.",
            bad: "locales: [en, zh-Hans, en]",
            good: "locales: [en, zh-Hans]",
            fix: "Remove one.",
        },
    },
    Rule {
        id: "duplicate_domain",
        explanation: Explanation {
            finds: "Two domains whose names are the same but for `-`.",
            why: "`a-1` and `a1` are one type in generated code.",
            bad: "domains: [a-1, a1]",
            good: "domains: [a-1, b]",
            fix: "Rename one of them.",
        },
    },
    Rule {
        id: "duplicate_condition",
        explanation: Explanation {
            finds: "A condition whose name another one has or had.",
            why: "An app that branches on the name would get one of the two.",
            bad: "- name: device_offline\n- name: device_offline",
            good: "- name: device_offline",
            fix: "Rename one of them, or remove it.",
        },
    },
    Rule {
        id: "retired_condition",
        explanation: Explanation {
            finds: "A condition with the name of a retired one.",
            why: "Apps in the field still act on the old meaning.",
            bad: "conditions:\n  - name: device_offline\nretired:\n  - name: device_offline",
            good: "conditions:\n  - name: device_offline",
            fix: "Take another name.",
        },
    },
    Rule {
        id: "condition_with_code",
        explanation: Explanation {
            finds: "A retired condition that has a `code`.",
            why: "Conditions are names and have no codes; the line was meant for a domain.",
            bad: "retired:\n  - code: 5\n    name: device_asleep",
            good: "retired:\n  - name: device_asleep",
            fix: "Remove the code, or move the tombstone to its domain.",
        },
    },
    Rule {
        id: "former_condition",
        explanation: Explanation {
            finds: "An entry that uses a condition's former name.",
            why: "The old name stays for apps; a spec that uses both splits one situation in two.",
            bad: "condition: device_unreachable",
            good: "condition: device_offline",
            fix: "Write the name it has now; `errbook lint --fix` does.",
        },
    },
    Rule {
        id: "unknown_condition",
        explanation: Explanation {
            finds: "A condition that `conditions.yaml` does not have.",
            why: "Apps could not name it.",
            bad: "condition: device_ofline",
            good: "condition: device_offline",
            fix: "Write the one that the message offers, or add it to `conditions.yaml`.",
        },
    },
    Rule {
        id: "unknown_code_type",
        explanation: Explanation {
            finds: "A `code_type` other than `int32`, `int64` or `string`.",
            why: "The type of a code decides its form on the wire and in five languages.",
            bad: "code_type: int",
            good: "code_type: int32",
            fix: "Write one of the three: `string` for codes with letters or leading zeros.",
        },
    },
    Rule {
        id: "unquoted_code",
        explanation: Explanation {
            finds: "A code of a string domain without quotes.",
            why: "YAML readers make a number of `0012` and a truth of `NO`; in quotes it stays what it is.",
            bad: "- code: A00001",
            good: "- code: \"A00001\"",
            fix: "Put it in double quotes; `errbook lint --fix` does.",
        },
    },
    Rule {
        id: "quoted_code",
        explanation: Explanation {
            finds: "A code of an integer domain in quotes.",
            why: "It says that the code is a text on the wire, and its domain says that it is a number.",
            bad: "- code: \"5003\"",
            good: "- code: 5003",
            fix: "Remove the quotes, or make the domain a `string` one before it is released.",
        },
    },
    Rule {
        id: "bad_code",
        explanation: Explanation {
            finds: "A code that is no number of its domain's type in plain decimal digits.",
            why: "`010`, `0x1F` and `1_000` are different numbers to different readers, and a number out of range is another one after the first conversion.",
            bad: "- code: 010",
            good: "- code: 10",
            fix: "Write plain digits without leading zeros. Codes of another form need `code_type: string`.",
        },
    },
    Rule {
        id: "nul_character",
        explanation: Explanation {
            finds: "The character U+0000 in a code or a text, written as an escape.",
            why: "Java and Swift hold it, C does not, and a log line ends there.",
            bad: "en: \"Incorrect\\0 code.\"",
            good: "en: Incorrect code.",
            fix: "Remove it.",
        },
    },
    Rule {
        id: "duplicate_code",
        explanation: Explanation {
            finds: "A code that stands in its domain twice.",
            why: "A code has one constant and one message; with two entries, which of them an app sees is chance.",
            bad: "- code: 5003\n  name: sms_code_incorrect\n- code: 5003\n  name: sms_code_expired",
            good: "- code: 5003\n  name: sms_code_incorrect\n  variants:\n    - name: sms_code_expired",
            fix: "Give one of them its own code. If the document gives the code two meanings, make the second an item of `variants`.",
        },
    },
    Rule {
        id: "retired_code",
        explanation: Explanation {
            finds: "An entry with the code of a tombstone.",
            why: "Old apps and old logs read the old meaning into it, and no compiler notices.",
            bad: "errors:\n  - code: 5003\nretired:\n  - code: 5003",
            good: "errors:\n  - code: 5003\nretired:\n  - code: 5002",
            fix: "Give the new entry another code. If the vendor reuses it, keep the entry and describe both meanings as `variants`.",
        },
    },
    Rule {
        id: "bad_name",
        explanation: Explanation {
            finds: "A name that is not lower-case letters and digits in words joined by single `_`, with a letter first and at most 64 characters.",
            why: "It becomes a constant in five languages, and only such names do so in one way.",
            bad: "name: SmsCodeIncorrect",
            good: "name: sms_code_incorrect",
            fix: "Write it like `sms_code_incorrect`.",
        },
    },
    Rule {
        id: "duplicate_name",
        explanation: Explanation {
            finds: "A name that another entry, a variant or a former name of the domain has.",
            why: "The constant would have two values.",
            bad: "- code: 5003\n  name: sms_code_incorrect\n- code: 5030\n  name: sms_code_incorrect",
            good: "- code: 5003\n  name: sms_code_incorrect\n- code: 5030\n  name: email_code_incorrect",
            fix: "Say in the names what the difference is.",
        },
    },
    Rule {
        id: "retired_name",
        explanation: Explanation {
            finds: "An entry with the name of a tombstone.",
            why: "Code that was written against the old constant would compile and mean something else.",
            bad: "name: sms_code_incorrect\nretired:\n  - code: 5002\n    name: sms_code_incorrect",
            good: "name: sms_code_incorrect\nretired:\n  - code: 5002\n    name: code_wrong",
            fix: "Take another name.",
        },
    },
    Rule {
        id: "unknown_kind",
        explanation: Explanation {
            finds: "A kind that is none of google.rpc's seventeen codes.",
            why: "Apps branch on kinds; one that nobody knows is no branch.",
            bad: "kind: invalid_arguments",
            good: "kind: invalid_argument",
            fix: "Write the one that the message offers; `spec/README.md` says when each fits.",
        },
    },
    Rule {
        id: "retryable_kind",
        explanation: Explanation {
            finds: "`retryable: true` at a kind that repeating cannot mend.",
            why: "An app would send the same wrong request until it is blocked.",
            bad: "kind: invalid_argument\nretryable: true",
            good: "kind: unavailable\nretryable: true",
            fix: "Remove it, or give the entry the kind that it really has: unavailable, deadline_exceeded, resource_exhausted, aborted, internal or unknown.",
        },
    },
    Rule {
        id: "missing_locale",
        explanation: Explanation {
            finds: "A message, title or description that is missing in one of the book's locales.",
            why: "Users of that language would read another one.",
            bad: "message:\n  en: Incorrect SMS verification code.",
            good: "message:\n  en: Incorrect SMS verification code.\n  zh-Hans: 短信验证码错误。",
            fix: "Write it in every locale of the book.",
        },
    },
    Rule {
        id: "unknown_locale",
        explanation: Explanation {
            finds: "A text in a locale that the book does not list.",
            why: "It would be in no generated file.",
            bad: "zh-CN: 短信验证码错误。",
            good: "zh-Hans: 短信验证码错误。",
            fix: "Write one of the book's tags, or add the locale to `locales` and translate everything.",
        },
    },
    Rule {
        id: "empty_text",
        explanation: Explanation {
            finds: "A text of nothing but blanks.",
            why: "An empty dialog tells a user less than none.",
            bad: "en: \"\"",
            good: "en: Incorrect SMS verification code.",
            fix: "Write the text, or remove the key.",
        },
    },
    Rule {
        id: "unknown_replacement",
        explanation: Explanation {
            finds: "A `use` that names no entry of the domain, or one of the further meanings of an entry.",
            why: "The advice in five languages would lead to a constant that does not exist.",
            bad: "use: sms_code_incorect",
            good: "use: sms_code_incorrect",
            fix: "Write the name of an entry, or leave `use` out.",
        },
    },
    Rule {
        id: "deprecated_for_itself",
        explanation: Explanation {
            finds: "An entry that is deprecated in favour of its own name.",
            why: "A developer who follows the advice stands where they stood.",
            bad: "name: sms_code_wrong\ndeprecated:\n  since: 1.0.0\n  use: sms_code_wrong",
            good: "name: sms_code_wrong\ndeprecated:\n  since: 1.0.0\n  use: sms_code_incorrect",
            fix: "Name another entry, or remove `use`.",
        },
    },
    Rule {
        id: "bad_pattern",
        explanation: Explanation {
            finds: "A `code_pattern` or a `pattern` of a recipe that is no regular expression, or lacks the groups that it needs.",
            why: "It could match nothing, and what it should check or read would be passed over.",
            bad: "code_pattern: \"^[0-9]{3\"",
            good: "code_pattern: \"^(?<http_status>[0-9]{3})\"",
            fix: "Mend the expression; the syntax is that of the Rust crate `regex`, groups are named `(?<name>…)`.",
        },
    },
];
