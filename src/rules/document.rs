//! What a recipe must say, and what an audit of a vendor's document finds.

use super::{Explanation, Rule};

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "empty_recipe",
        explanation: Explanation {
            finds: "A `document` with neither `tables` nor `rows`.",
            why: "Nothing would be read from it, and an audit of nothing always passes.",
            bad: "document:\n  file: documents/d.md\nerrors:",
            good: "document:\n  file: documents/d.md\n  tables:",
            fix: "Say how its rows are read: `tables:` with one `reader`.",
        },
    },
    Rule {
        id: "bad_document_path",
        explanation: Explanation {
            finds: "A `file` of a document that leaves the book's folder, is no plain path or holds a character that nobody sees; a link in its place that leads out of the repository of the book.",
            why: "A book that is checked out elsewhere must find its documents, and must not read other files of that machine.",
            bad: "file: ../d.md",
            good: "file: documents/d.md",
            fix: "Put the document below the book, and write the path with `/` and without `..`.",
        },
    },
    Rule {
        id: "unknown_reader",
        explanation: Explanation {
            finds: "A `reader` that errbook does not have.",
            why: "The table would not be read.",
            bad: "- reader: markdwn",
            good: "- reader: markdown",
            fix: "Write the one that the message offers.",
        },
    },
    Rule {
        id: "unknown_field",
        explanation: Explanation {
            finds: "A column, group or constant that is no field of a row.",
            why: "What the document says there would go nowhere.",
            bad: "columns: [code, text]",
            good: "columns: [code, message.en]",
            fix: "Write `code`, `http_status`, `message.<locale>` or `solution.<locale>`; a column that holds none of them is `null`.",
        },
    },
    Rule {
        id: "repeated_field",
        explanation: Explanation {
            finds: "A field that two columns hold, or a column and a constant.",
            why: "Which of the two is the vendor's text would be chance.",
            bad: "columns: [code, message.en, message.en]",
            good: "columns: [code, message.en, null]",
            fix: "Write `null` for the one that is not meant.",
        },
    },
    Rule {
        id: "no_code",
        explanation: Explanation {
            finds: "A table in which nothing is the code.",
            why: "A row without a code belongs to no entry.",
            bad: "columns: [message.en]",
            good: "columns: [code, message.en]",
            fix: "Name the column or the group of the code.",
        },
    },
    Rule {
        id: "constant_code",
        explanation: Explanation {
            finds: "A constant for the code.",
            why: "All rows of the table would have one code.",
            bad: "constants: {code: 5003}",
            good: "constants: {http_status: 400}",
            fix: "Read the code from a column.",
        },
    },
    Rule {
        id: "bad_separator",
        explanation: Explanation {
            finds: "A `separator` that is not one character, or is a quote or a line end.",
            why: "Records could not be told from cells.",
            bad: "separator: \";;\"",
            good: "separator: \";\"",
            fix: "Write one character, like `;` or `\"\\t\"`.",
        },
    },
    Rule {
        id: "bad_lines",
        explanation: Explanation {
            finds: "A `lines` that names no lines, or ends before it starts.",
            why: "The table or the ignored text would be somewhere else than was meant.",
            bad: "lines: 9-3",
            good: "lines: 3-9",
            fix: "Write it like `12` or `12-40`, counted from 1.",
        },
    },
    Rule {
        id: "unknown_encoding",
        explanation: Explanation {
            finds: "An `encoding` of a document that has no such name.",
            why: "The document would be read as something it is not.",
            bad: "encoding: gbk2",
            good: "encoding: gbk",
            fix: "Write one of the names that browsers know, like `gb18030`, `utf-16le` or `windows-1252`.",
        },
    },
    Rule {
        id: "bad_json_pointer",
        explanation: Explanation {
            finds: "A place in a JSON document that is no JSON Pointer, or a column that names many values.",
            why: "The rows or their texts would be looked for where nothing is.",
            bad: "at: data",
            good: "at: /data",
            fix: "Write it with a `/` before each step, like `/data/errors`. A step `*` belongs into `at`.",
        },
    },
    Rule {
        id: "bad_ignore",
        explanation: Explanation {
            finds: "An item of `ignore` that has more than one of `lines`, `pattern` and `element`, or none, or names no element.",
            why: "It would be open what is ignored.",
            bad: "- lines: 1\n  pattern: x",
            good: "- lines: 1",
            fix: "Keep one of them. `element` is for HTML documents.",
        },
    },
    Rule {
        id: "missing_document",
        explanation: Explanation {
            finds: "A document that the spec names and that is not there.",
            why: "Without it nobody can tell whether the spec still says what the vendor says.",
            bad: "",
            good: "",
            fix: "Put the document back, or remove the `document` block.",
        },
    },
    Rule {
        id: "unread_line",
        explanation: Explanation {
            finds: "Text of a document that no table reads, no listed row holds and no `ignore` names.",
            why: "A row that slipped through the recipe is a code that apps do not know.",
            bad: "",
            good: "",
            fix: "Extend the recipe. Text that is no row goes under `ignore`, with the reason. A table of a page in which another one stands is read only if the recipe selects it by its number (`table: 1`).",
        },
    },
    Rule {
        id: "row_without_code",
        explanation: Explanation {
            finds: "A row that a table reads and that has no code.",
            why: "It cannot be an entry, and must not get lost.",
            bad: "",
            good: "",
            fix: "List it under `rows` with its code, or under `ignore` with a reason.",
        },
    },
    Rule {
        id: "line_taken_twice",
        explanation: Explanation {
            finds: "A line, or another piece of text, that two parts of a recipe claim.",
            why: "A row would be counted twice, or ignored and read at once.",
            bad: "",
            good: "",
            fix: "Narrow one of them with `lines` or `heading`, in JSON with `at`.",
        },
    },
    Rule {
        id: "idle_table",
        explanation: Explanation {
            finds: "A table of a recipe that reads no row.",
            why: "The document was changed, or the recipe has a typo; either way rows are missing.",
            bad: "",
            good: "",
            fix: "Look for the heading and the lines that it names in the document. A table of a page in which another one stands is read only by its number (`table: 1`).",
        },
    },
    Rule {
        id: "stale_ignore",
        explanation: Explanation {
            finds: "An `ignore` that matches nothing.",
            why: "It was written for text that is gone, and may hide new text tomorrow.",
            bad: "",
            good: "",
            fix: "Remove it.",
        },
    },
    Rule {
        id: "stale_listed_row",
        explanation: Explanation {
            finds: "A listed row whose `raw` text does not stand on its line any more.",
            why: "The document was changed there, and the row may say something else now.",
            bad: "",
            good: "",
            fix: "Write the new line, copy the text again, or remove the row.",
        },
    },
    Rule {
        id: "cells_do_not_fit",
        explanation: Explanation {
            finds: "A row with more or fewer cells than the recipe has columns, or with one cell across the code and other columns.",
            why: "Which text belongs to which column would be a guess.",
            bad: "",
            good: "",
            fix: "Mend `columns`, or list the row under `rows`. A line that is no row goes under `ignore`.",
        },
    },
    Rule {
        id: "broken_quote",
        explanation: Explanation {
            finds: "A quoted cell of delimited text that does not end with a quote before the next separator, or a cell that ends with a quote which none begins, in a column that is quoted. Where that is not certain, it is told when rows are new.",
            why: "Everything behind the first could be one cell, and of the second users would read the quote.",
            bad: "",
            good: "",
            fix: "Write the quote that is missing, or list the row under `rows`, and tell the vendor. If the quote is a part of the text, there is nothing to do about a warning.",
        },
    },
    Rule {
        id: "text_beside_match",
        explanation: Explanation {
            finds: "Text on the lines of a row that the pattern does not cover.",
            why: "It may be a part of a message that got cut off.",
            bad: "",
            good: "",
            fix: "Let the pattern match whole lines.",
        },
    },
    Rule {
        id: "text_beside_cells",
        explanation: Explanation {
            finds: "Text in a row of an HTML table that stands in none of its cells.",
            why: "A browser shows it above the table; it may be a cell that lost its tag, and with it a part of a message.",
            bad: "",
            good: "",
            fix: "List the row under `rows`, with or without it.",
        },
    },
    Rule {
        id: "unknown_element",
        explanation: Explanation {
            finds: "A tag in a cell of an HTML table that has no partner, and whose name is that of no element: `Parameter <name> is missing`. Of each cell the first is told.",
            why: "Somebody wrote `<` and did not escape it, and a browser shows the message without a word of it.",
            bad: "",
            good: "",
            fix: "List the rows under `rows` with the text that is meant. Where there are many, write `&lt;` in the document.",
        },
    },
    Rule {
        id: "json_syntax",
        explanation: Explanation {
            finds: "A document for the reader `json` that is no JSON value.",
            why: "A part of it would be read and the rest would be lost.",
            bad: "",
            good: "",
            fix: "Download it again, or read it with another reader.",
        },
    },
    Rule {
        id: "unread_member",
        explanation: Explanation {
            finds: "A member of a JSON row that no column reads, or rows in a member that `columns` leaves out.",
            why: "It may be a second language, a solution, or codes below a code, that got lost.",
            bad: "",
            good: "",
            fix: "Name it in `columns`; `null` leaves it out on purpose. Read rows in it with a table of their own, `at: /*/children`.",
        },
    },
    Rule {
        id: "wrong_json_row",
        explanation: Explanation {
            finds: "A JSON row of another shape than the recipe says: a list where a text should be, a text twice, or the items of a list in another order than in the first row.",
            why: "Its text would be a guess.",
            bad: "",
            good: "",
            fix: "Mend `at`, `key` and `columns`, or list the row under `rows`.",
        },
    },
    Rule {
        id: "lines_beyond_end",
        explanation: Explanation {
            finds: "A `lines` of a table that goes on behind the end of the document.",
            why: "The document was cut, or the recipe is for another copy of it.",
            bad: "",
            good: "",
            fix: "Look where the table ends now, and mend `lines`.",
        },
    },
    Rule {
        id: "idle_empty",
        explanation: Explanation {
            finds: "A text of `empty` that no cell of the table holds.",
            why: "It has a typo, so that cells which say \"nothing\" became texts; or it was written for text that is gone.",
            bad: "",
            good: "",
            fix: "Mend or remove it.",
        },
    },
    Rule {
        id: "document_too_large",
        explanation: Explanation {
            finds: "A document, or a recipe for it, that would take the memory or the time of the machine.",
            why: "A command that does not end tells nothing.",
            bad: "",
            good: "",
            fix: "Split the document and its domain, or shorten the recipe.",
        },
    },
    Rule {
        id: "too_many_rows",
        explanation: Explanation {
            finds: "A table of a recipe that reads a hundred and fifty thousand rows.",
            why: "No platform has so many codes; a pattern that matches single letters has.",
            bad: "",
            good: "",
            fix: "Narrow the pattern, or split the document.",
        },
    },
    Rule {
        id: "too_many_findings",
        explanation: Explanation {
            finds: "A file or a document with more faults than anybody reads.",
            why: "The first thousand mostly have one cause; the others would only take time and memory.",
            bad: "",
            good: "",
            fix: "Mend what is told, and run it again.",
        },
    },
    Rule {
        id: "row_not_in_spec",
        explanation: Explanation {
            finds: "A row of the document that the spec has no entry or meaning for.",
            why: "Apps meet a code that errbook calls unknown although the vendor explains it.",
            bad: "",
            good: "",
            fix: "Run `errbook import`, and review the entry that it adds.",
        },
    },
    Rule {
        id: "entry_without_row",
        explanation: Explanation {
            finds: "An entry or a variant that no row of the document has.",
            why: "It was invented, mistyped, or withdrawn by the vendor.",
            bad: "",
            good: "",
            fix: "Mend the code. If the vendor withdrew it, make it a tombstone under `retired`.",
        },
    },
    Rule {
        id: "text_differs",
        explanation: Explanation {
            finds: "A text or an HTTP status that is not the document's, though the document supplies it.",
            why: "The vendor's words are exact or marked as mended; a silent difference is neither.",
            bad: "",
            good: "",
            fix: "Write the document's text. If ours is better on purpose, keep theirs in `erratum`.",
        },
    },
    Rule {
        id: "row_without_message",
        explanation: Explanation {
            finds: "A new row that has a code and no message.",
            why: "An entry needs a message in the vendor's words.",
            bad: "",
            good: "",
            fix: "Name its column in the recipe, or list the row under `rows` with a message.",
        },
    },
    Rule {
        id: "doubtful_code",
        explanation: Explanation {
            finds: "A new code of a `string` domain that holds blanks, markup, quotes, full-width letters, digits of another script, what looks like a hyphen and is none (`G–102`) or the mark of a note, that ends in a sign of a sentence, that has a Greek or a Cyrillic letter where nearly all others are ASCII, that is a range or a list of codes like those of other rows (`E2-E9`, `E3xx`, `a.b.C/a.b.D`), that stands for no code (`-`, `N/A`, `无`), that has no digit where nearly all others have one, that differs from many others, which are written alike, by what looks like them (`E1OO3` beside `E1002`), or that is a date or a number as a spreadsheet writes them (`03-Jan`, `1.00E+03`).",
            why: "A `string` domain takes any text for a code, the one beside it and the name of a column as well, and an app would never see it on the wire.",
            bad: "",
            good: "",
            fix: "Compare it with what is sent. If it is another text, or several, remove the new entry and list the row under `rows` with its code, once for each; if it is none, name the row under `ignore`.",
        },
    },
    Rule {
        id: "doubtful_part",
        explanation: Explanation {
            finds: "A row of a new code that several tables of the document divide, where the code has several meanings and nothing says which parts belong together.",
            why: "The text of one meaning would stand beside that of another, in another language perhaps, where nobody would look for it.",
            bad: "",
            good: "",
            fix: "List each row of the code under `rows`, with all texts of its meaning: two parts of one meaning then say the same.",
        },
    },
    Rule {
        id: "row_in_match",
        explanation: Explanation {
            finds: "A row within the match of a pattern: the pattern goes on over any text (`.*?`) and matches there once more, with a code that no other row has or with the code of the match itself. So it is told if the pattern would match within a text were it not for its anchors (`^`, `$`), and has three signs or more outside of its groups.",
            why: "The row is lost, or its text stands beside the code of another, and nothing else would say so.",
            bad: "",
            good: "",
            fix: "Let the pattern stop before the next row: `[^#]*?` instead of `.*?` stops before a heading of Markdown. Where several rows stand on a line, describe one without `^`, `$` and `.*` around it. If it is a text that looks like a row, list the row that holds it under `rows`.",
        },
    },
    Rule {
        id: "row_in_cell",
        explanation: Explanation {
            finds: "A line within a quoted cell of a delimited document that has all cells of a row, with a code like the others that no other row has.",
            why: "A quote that is left open goes on to the end of a quoted cell further down, and all rows between them become a part of one text.",
            bad: "",
            good: "",
            fix: "End the quote; one that is a part of the text is doubled, in a cell that is quoted as a whole. If the cell is meant so, list the row under `rows`.",
        },
    },
    Rule {
        id: "text_taken_back",
        explanation: Explanation {
            finds: "A cell of a page that is read and holds text which is struck out or hidden.",
            why: "What the vendor has taken back would be shown to users beside what holds, and a code that is struck out looks like any other.",
            bad: "",
            good: "",
            fix: "List the row under `rows` with what holds, or under `ignore` if nothing does; the entry of a code that was given up can be `deprecated`.",
        },
    },
    Rule {
        id: "other_language",
        explanation: Explanation {
            finds: "Texts in another script than that of their locale, and in the script of another locale of the book: both messages or solutions of a row, or those of at least half of the rows of a table in a language of the Latin script. So are two of a row of which one has no letter of its locale's script and the other has some (`Invalid token` as `zh-Hans` beside `Token 无效` as `en`), and a column whose title, in any row of the header, names another language of the recipe.",
            why: "Columns stand in another order than the recipe says, and users read the language that they did not choose.",
            bad: "",
            good: "",
            fix: "Name the columns in the order of the document. Where it does not have the language at all, translate the new entries.",
        },
    },
    Rule {
        id: "doubtful_encoding",
        explanation: Explanation {
            finds: "A document that is text in the encoding that the recipe names, looks like one in another encoding, and says something else in that: at least ten letters beyond ASCII tell.",
            why: "Some encodings take nearly all bytes for text, and users read letters that nobody has written.",
            bad: "",
            good: "",
            fix: "Look at the texts of the new entries. If they are wrong, name the right `encoding` in the recipe, remove the entries and import anew; else there is nothing to do.",
        },
    },
    Rule {
        id: "unended_element",
        explanation: Explanation {
            finds: "An element that an `ignore` names, whose end tag is missing in the document, with rows of a table behind its tag.",
            why: "A browser ends it with what stands around it, be that the page, and all rows up to there would be ignored without a word.",
            bad: "",
            good: "",
            fix: "Name the text by its `lines` or a `pattern` instead of the element.",
        },
    },
    Rule {
        id: "cut_off",
        explanation: Explanation {
            finds: "A document that ends within a cell of a row that is read: a page whose last table does not end, or a table of Markdown whose last row alone lacks the `|` at its end, with no line end behind it.",
            why: "A download that broke off leaves half of a text, and the rows behind it are missing.",
            bad: "",
            good: "",
            fix: "Take the document anew. If the vendor publishes no more of it, list the row under `rows`; if this is all, there is nothing to do: it is told when the row is new.",
        },
    },
    Rule {
        id: "torn_tag",
        explanation: Explanation {
            finds: "A tag of a page that goes on where another one begins: the name of an attribute holds a `<`, or its value a tag of a cell or a row; an end tag with words in it; a tag that does not end up to the end of the page.",
            why: "A `>` or a quote is missing, and texts or whole rows are lost in the tag.",
            bad: "",
            good: "",
            fix: "Take the document anew if it is damaged. If the vendor publishes it so, list the rows under `rows`.",
        },
    },
    Rule {
        id: "code_in_match",
        explanation: Explanation {
            finds: "A text within the match of a pattern that is in none of its groups, has the form of its codes and is in no row.",
            why: "A pattern that covers whole lines takes a second row of a line along, of which nothing would be said.",
            bad: "",
            good: "",
            fix: "If it is a code, let the pattern describe a single row, without `^`, `$` and `.*` around it. If it is not, there is nothing to do: it is told when rows are new.",
        },
    },
    Rule {
        id: "row_in_ignored",
        explanation: Explanation {
            finds: "A row within a line that an `ignore` takes, behind other text of the line: the pattern of a table would find it there if it had no anchors, and no other row has its code.",
            why: "An `ignore` that goes on over any text (`public enum .*`) takes along what stands behind it.",
            bad: "",
            good: "",
            fix: "Let the `ignore` describe its own text alone, and list the row under `rows`. If it is no row, there is nothing to do: it is told when rows are new.",
        },
    },
    Rule {
        id: "joined_code",
        explanation: Explanation {
            finds: "A code in an HTML table that stands in several elements, of which one has the form of the other codes, as the whole has not: `<b>1002</b><b>1003</b>`, or a count in a badge beside the code. Where no other code tells, pieces of one form are told.",
            why: "Nothing stands between them in the page, and together they would be a code that nobody sends.",
            bad: "",
            good: "",
            fix: "List the row under `rows` with its code, once for each if there are several.",
        },
    },
    Rule {
        id: "doubtful_header",
        explanation: Explanation {
            finds: "A row that the recipe takes for the header of a table and that looks like the rows below it, or one that it takes for a row and that looks like a header. So is a header with codes over its columns, as a table has it that was turned. A carriage return within a header is told as well: elsewhere it ends a line.",
            why: "A code in the header is lost without a word, and a header among the rows becomes a code.",
            bad: "",
            good: "",
            fix: "Write into `header` how many rows at the top are the header. A row that the guess is wrong about is listed under `rows`, or named under `ignore` if it is none.",
        },
    },
    Rule {
        id: "other_header",
        explanation: Explanation {
            finds: "A table whose columns have other titles than those of the first table that is read with it.",
            why: "Columns are read by their position. In a table that has them in another order, or that lists something else, each text would go to the wrong place without a word.",
            bad: "",
            good: "",
            fix: "Choose the tables with `table`, `heading` or `lines`, and read this one with a table of its own in the recipe. If only the words of the titles differ, name the header under `ignore`; in a page, the title that differs is enough.",
        },
    },
    Rule {
        id: "repeated_row",
        explanation: Explanation {
            finds: "A row of a new code that says word for word what a row above it says.",
            why: "It adds nothing, so that it becomes no variant of the entry; but often the vendor copied a row and forgot to change its code.",
            bad: "",
            good: "",
            fix: "Nothing needs to be done: `errbook audit` accounts for the row with the other one. If another code was meant, list the row under `rows` with that.",
        },
    },
    Rule {
        id: "second_http_status",
        explanation: Explanation {
            finds: "A row of a new code with another HTTP status than a row of that code above it.",
            why: "An entry has one `http_status`, that of the first row that has one, and an app would not expect the other.",
            bad: "",
            good: "",
            fix: "Keep in the entry the status that an app should expect: `errbook audit` takes that of any row of the code. If the rows are of different codes, list them under `rows` with those.",
        },
    },
    Rule {
        id: "bad_http_status",
        explanation: Explanation {
            finds: "An HTTP status of a row that is no number from 100 to 599.",
            why: "Another column was taken for it.",
            bad: "",
            good: "",
            fix: "Mend the columns of the recipe.",
        },
    },
    Rule {
        id: "flow_list",
        explanation: Explanation {
            finds: "A domain file whose `errors` is a list in brackets, to which `errbook import` should add entries.",
            why: "Entries are added as text, and in brackets there is no place for them.",
            bad: "",
            good: "",
            fix: "Run `errbook fmt`, which writes the list line by line.",
        },
    },
    Rule {
        id: "import_refused",
        explanation: Explanation {
            finds: "A file that would not read back as it should after new entries were added to it.",
            why: "errbook writes only what it can read again; the file stays as it is.",
            bad: "",
            good: "",
            fix: "Run `errbook fmt` first. If it happens again, the layout of the file has found a fault of errbook's.",
        },
    },
];
