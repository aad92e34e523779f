//! The rules of a valid book, in the order of the fields of a file.

use super::{Explanation, Rule};

pub(super) static RULES: &[Rule] = &[Rule {
    id: "duplicate_code",
    explanation: Explanation {
        finds: "A code that stands in its domain twice.",
        why: "A code has one constant and one message; with two entries, which of them an app sees is chance.",
        bad: "- code: 5003\n  name: sms_code_incorrect\n- code: 5003\n  name: sms_code_expired",
        good: "- code: 5003\n  name: sms_code_incorrect\n  variants:\n    - name: sms_code_expired",
        fix: "Give one of them its own code. If the document gives the code two meanings, make the second an item of `variants`.",
    },
}];
