//! Breaks texts into lines of so many columns.
//!
//! In: a text of one line, and a width. Out: its lines. A line breaks at a blank, or beside an ideograph, where Chinese and
//! Japanese may be broken; but no closing mark begins a line and no opening mark ends one. A word longer than a
//! line is cut. Widths are those of Unicode's East Asian Width, where an ideograph takes two columns.

use super::fold::is_unspaced;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Marks that belong to what stands before them.
const CLOSING: &str = "，。、；：！？）】》」』”’…·,.;:!?)]}%";
/// Marks that belong to what stands behind them.
const OPENING: &str = "（【《「『“‘([{";

/// How many columns a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}

/// The lines of `text`; the first has `first` columns, the others `rest`. There is at least one.
pub(super) fn lines(text: &str, first: usize, rest: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    let (mut start, mut used, mut room) = (0, 0, first.max(1));
    // Where the line may end, and where the next one then begins.
    let mut last_break: Option<(usize, usize)> = None;
    let mut before: Option<char> = None;
    for (at, ch) in text.char_indices() {
        let width = ch.width().unwrap_or(0);
        if ch == ' ' {
            if at > start {
                last_break = Some((at, at + 1));
            } else {
                // A line does not begin with the blank that ended the one before.
                start = at + 1;
                before = Some(ch);
                continue;
            }
        } else if at > start && before.is_some_and(|before| may_break(before, ch)) {
            last_break = Some((at, at));
        }
        if used + width > room && at > start {
            let (end, next) = last_break.unwrap_or((at, at));
            lines.push(text[start..end].trim_end_matches(' '));
            start = next;
            used = text.get(start..at).map_or(0, columns);
            room = rest.max(1);
            last_break = None;
        }
        if start <= at {
            used += width;
        }
        before = Some(ch);
    }
    let end = text[start..].trim_end_matches(' ');
    if !end.is_empty() || lines.is_empty() {
        lines.push(end);
    }
    lines
}

/// Whether a line may be broken between two characters that no blank separates.
fn may_break(before: char, after: char) -> bool {
    let beside_ideograph = is_wide(before) || is_wide(after);
    beside_ideograph && before != ' ' && !CLOSING.contains(after) && !OPENING.contains(before)
}

fn is_wide(ch: char) -> bool {
    is_unspaced(ch) || matches!(u32::from(ch), 0x3000..=0x303F | 0xFF00..=0xFFEF | 0xAC00..=0xD7AF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_blanks() {
        assert_eq!(lines("the device is offline", 10, 10), ["the device", "is offline"]);
        assert_eq!(lines("the device is", 4, 20), ["the", "device is"]);
        assert_eq!(lines("", 10, 10), [""]);
        assert_eq!(lines("a  b", 2, 2), ["a", "b"]);
    }

    #[test]
    fn chinese_breaks_anywhere_but_before_its_marks() {
        assert_eq!(lines("设备离线，请稍后", 10, 10), ["设备离线，", "请稍后"]);
        assert_eq!(lines("设备离线，请", 8, 8), ["设备离", "线，请"]);
        assert_eq!(lines("请检查（设备）", 8, 8), ["请检查", "（设备）"]);
    }

    #[test]
    fn no_line_is_wider_than_it_may_be_and_nothing_is_lost() {
        let text = "request auth error 请求认证错误，请检查 AppKey 和 AppSecret，或重新登录。averyverylongwordindeed";
        for width in 4..60 {
            let lines = lines(text, width, width);
            assert!(lines.iter().all(|line| columns(line) <= width), "{width}: {lines:?}");
            let joined: String = lines.concat().replace(' ', "");
            assert_eq!(joined, text.replace(' ', ""), "{width}");
        }
    }
}
