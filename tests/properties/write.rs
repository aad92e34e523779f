//! Writes rows as vendors do, each in many styles.
#![expect(
    clippy::format_push_string,
    reason = "a line of a document is easier to see whole, and these are small"
)]

/// Choices of a style, one after the other.
pub(crate) struct Style(pub(crate) u64);

impl Style {
    fn below(&mut self, count: u64) -> u64 {
        // Sixty-four bits are soon used up, so they are mixed (a step of PCG).
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % count
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[usize::try_from(self.below(of.len() as u64)).expect("below the length")]
    }
}

/// A sheet, and what separates its cells.
pub(crate) fn delimited(rows: &[(u32, String)], style: &mut Style) -> (String, char) {
    let separator = [',', ';', '\t', '|'][usize::try_from(style.below(4)).expect("below four")];
    let end = style.one(&["\n", "\r\n"]);
    let mark = style.one(&["", "\u{feff}"]);
    let mut out = format!("{mark}code{separator}text{end}");
    for (code, text) in rows {
        let must = text.contains([separator, '\n']) || text.starts_with('"');
        let text =
            if must || style.one_in(2) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.clone() };
        let code = if style.one_in(3) { format!("\"{code}\"") } else { code.to_string() };
        let blank = if separator == '\t' { "" } else { style.one(&["", " ", "  "]) };
        out += &format!("{code}{blank}{separator}{blank}{text}{blank}{end}");
        if style.one_in(6) {
            out += end;
        }
    }
    // The last line may end where the file does.
    let cut = if style.one_in(4) { out.trim_end_matches(['\r', '\n']).len() } else { out.len() };
    (out[..cut].to_owned(), separator)
}

/// A table between pipes.
pub(crate) fn markdown(rows: &[(u32, String)], style: &mut Style) -> String {
    let (open, close) = (style.one(&["| ", "|  ", "|"]), style.one(&[" |", "  |"]));
    let end = style.one(&["\n", "\r\n"]);
    let mut out = format!(
        "{open}Code | Text{close}{end}|{}|{}|{end}",
        style.one(&["---", ":-:", " - "]),
        style.one(&["---", "-:"])
    );
    for (code, text) in rows {
        out += &format!("{open}{code} | {}{close}{end}", text.replace('|', "\\|"));
    }
    out
}

/// A table of a page.
pub(crate) fn html(rows: &[(u32, String)], style: &mut Style) -> String {
    let mut out =
        style.one(&["<!DOCTYPE html>\n<title>Errors</title>", "", "<div class='a > b'>"]).to_owned();
    out += style.one(&["<table>", "<TABLE border=1>", "<table>\n<colgroup><col><col></colgroup>"]);
    out += style.one(&[
        "<tr><th>Code<th>Text",
        "\n<tr>\n<th>Code</th>\n<th>Text</th>\n</tr>\n",
        "<thead><tr><td>Code<td>Text<tbody>",
        "<thead>\n<tr><td>Code</td></tr></thead>",
        "<tbody>",
        "",
    ]);
    for (code, text) in rows {
        let cell = style.one(&["<td>", "<td >\n  ", "<TD class=\"x\">", "<td data-a='<td>'>"]);
        let mut written = String::new();
        for ch in text.chars() {
            match (ch, style.below(8)) {
                (' ', 0) => written += "\n   ",
                (' ', 1) => written += " <!-- | --> ",
                ('<', _) => written += style.one(&["&lt;", "&#60;", "&#x3c;"]),
                ('&', _) => written += style.one(&["&amp;", "&#38;"]),
                (ch, 0) if ch != ' ' => written += &format!("&#{};", u32::from(ch)),
                (ch, 1) if ch != ' ' => written += &format!("<b>{ch}</b>"),
                (ch, 2) if ch != ' ' => written += &format!("<a href=\"#x\" title='y'>{ch}</a>"),
                _ => written.push(ch),
            }
        }
        let code = match style.below(4) {
            0 => format!("<code>{code}</code>"),
            1 => format!("<p>{code}</p>"),
            2 => format!("<a href=\"/errors/{code}\">{code}</a>"),
            _ => code.to_string(),
        };
        let (end_cell, end_row) =
            (style.one(&["</td>", "</td>\n", ""]), style.one(&["</tr>", "</tr>\n", ""]));
        out += &format!("<tr>{cell}{code}{end_cell}{cell}{written}{end_cell}{end_row}");
    }
    out + style.one(&["</table>", "</tbody></table>\n", ""])
}

/// A JSON array of objects.
pub(crate) fn items(rows: &[(u32, String)], style: &mut Style) -> String {
    let items: Vec<_> = rows
        .iter()
        .map(|(code, text)| {
            let code = if style.one_in(2) { format!("\"{code}\"") } else { code.to_string() };
            let text = string(text, style);
            if style.one_in(2) {
                format!("{{\"code\": {code}, \"text\": {{\"en\": {text}}}}}")
            } else {
                format!("{{\"text\":{{\"en\":{text}}},\n\"code\":{code}}}")
            }
        })
        .collect();
    format!("[{}]", items.join(style.one(&[",", ", ", "\n,\n"])))
}

/// A JSON object whose members have the code for a name.
pub(crate) fn members(rows: &[(u32, String)], style: &mut Style) -> String {
    let members: Vec<_> =
        rows.iter().map(|(code, text)| format!("\"{code}\":{}", string(text, style))).collect();
    format!("{{{}}}", members.join(style.one(&[",", ", ", "\n,\n"])))
}

/// A JSON string.
fn string(text: &str, style: &mut Style) -> String {
    let mut out = String::from("\"");
    for ch in text.chars() {
        let mut units = [0; 2];
        match ch {
            _ if style.one_in(6) => {
                for unit in ch.encode_utf16(&mut units) {
                    out += &format!("\\u{unit:04x}");
                }
            }
            '"' => out += "\\\"",
            '\\' => out += "\\\\",
            '/' => out += style.one(&["/", "\\/"]),
            ch => out.push(ch),
        }
    }
    out + "\""
}

/// A cell as a spreadsheet gives it back: an apostrophe keeps it from computing.
pub(crate) fn guarded(text: &str) -> String {
    let guards = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'']);
    if guards { format!("'{text}") } else { text.to_owned() }
}
