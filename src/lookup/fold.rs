//! What makes two ways of writing the same words the same.
//!
//! In: a text or a question as somebody wrote it. Out: its words without case, width, punctuation and English endings.
//! Chinese is written without blanks, so a run of it stays one word and is compared by what it holds.
//!
//! The endings are cut by a few rules that treat a text and a question alike; that `expired`, `expires` and `expire` come
//! out as `expir` is no word of English and need not be.

use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization as _;

/// `text` in lower case and ordinary width; whatever is no letter, digit or ideograph is one blank, and apostrophes
/// are nothing.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut push = |ch: char| {
        if ch.is_ascii_alphanumeric() {
            out.push(ch.to_ascii_lowercase());
        } else if matches!(ch, '\'' | '’' | '‘' | '`') {
            // `can't` is one word.
        } else if ch.is_alphanumeric() {
            out.extend(simplified(ch).to_lowercase());
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    };
    if text.is_ascii() {
        // These have one width.
        text.chars().for_each(&mut push);
    } else {
        text.nfkc().for_each(&mut push);
    }
    out.truncate(out.trim_end().len());
    out
}

/// Traditional characters of everyday questions, in the order of their code points, and below the simplified ones.
const TRADITIONAL: &str = "並來個們備傳冊則動務區協參員問啟單嗎圖執報場對導屬帳幾庫廠廣後從復態應戶換擁擇據擴數斷於時書會東條業極標樣機檢權歲歸\
    決沒測準滿為無熱燈獎獨獲現環產畫異當發盤確碼種稱積簽終組結絕給統綁綠維網線編緩總繼續聯聲聽腳臨與舊華處號衝補裝製複規\
    視覽觸訂計訊訪設許註評詢試話該認語誤說誰調談請講謝證識護變讓貨費資質購跡軟較載輕輯輸轄轉辦連進運過達遙遠選還邊邏郵錄\
    錯鍵鎖鏈鏡鑰長門閉開閒間關陣隊階際隨險隱雙雜離雲電霧靜響頁頂項順預領頭頻題額類顯飛館馬驅驗驟體髮魚鳥麼黃點齊";
const SIMPLIFIED: &str = "并来个们备传册则动务区协参员问启单吗图执报场对导属账几库厂广后从复态应户换拥择据扩数断于时书会东条业极标样机检权岁归\
    决没测准满为无热灯奖独获现环产画异当发盘确码种称积签终组结绝给统绑绿维网线编缓总继续联声听脚临与旧华处号冲补装制复规\
    视览触订计讯访设许注评询试话该认语误说谁调谈请讲谢证识护变让货费资质购迹软较载轻辑输辖转办连进运过达遥远选还边逻邮录\
    错键锁链镜钥长门闭开闲间关阵队阶际随险隐双杂离云电雾静响页顶项顺预领头频题额类显飞馆马驱验骤体发鱼鸟么黄点齐";

/// The pairs of both lists, by the traditional character: every character of a Chinese book is looked up.
static PAIRS: LazyLock<Vec<(char, char)>> =
    LazyLock::new(|| TRADITIONAL.chars().zip(SIMPLIFIED.chars()).collect());

/// The simplified form of a traditional character, as far as questions about devices and accounts use it; any other as it is.
fn simplified(ch: char) -> char {
    if !is_unspaced(ch) {
        return ch;
    }
    let place = PAIRS.binary_search_by_key(&ch, |(traditional, _)| *traditional);
    place.ok().and_then(|place| PAIRS.get(place)).map_or(ch, |(_, simplified)| *simplified)
}

/// `text` as `plain`, without blanks: equal for `sms_code_incorrect`, `SMS_CODE_INCORRECT`, `smsCodeIncorrect` and
/// `Sms code incorrect!`.
pub(super) fn squashed(text: &str) -> String {
    let mut plain = plain(text);
    plain.retain(|ch| ch != ' ');
    plain
}

/// Whether a character belongs to a script that is written without blanks.
pub(super) fn is_unspaced(ch: char) -> bool {
    matches!(u32::from(ch), 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// The words of a plain text: what stands between blanks, and runs of ideographs by themselves.
pub(super) fn words(plain: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for part in plain.split(' ').filter(|part| !part.is_empty()) {
        let mut start = 0;
        let mut before: Option<bool> = None;
        for (at, ch) in part.char_indices() {
            let unspaced = is_unspaced(ch);
            if before.is_some_and(|before| before != unspaced) {
                words.push(&part[start..at]);
                start = at;
            }
            before = Some(unspaced);
        }
        words.push(&part[start..]);
    }
    words
}

/// A text as it is searched: its words, stemmed, each between blanks, so that ` fail ` finds a word and not a part of one.
/// `appKey` is found as it stands and as two words.
pub(super) fn searchable(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(' ');
    let mut push = |plain: &str| {
        for word in words(plain) {
            out.push_str(stem(word));
            out.push(' ');
        }
    };
    for part in text.split_whitespace() {
        push(&plain(part));
        let humps = humps(part);
        if humps != part {
            push(&plain(&humps));
        }
    }
    out
}

/// A constant's words: `smsCode` is `sms Code`.
pub(super) fn humps(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut before = ' ';
    for ch in text.chars() {
        if before.is_ascii_lowercase() && ch.is_ascii_uppercase() {
            out.push(' ');
        }
        out.push(ch);
        before = ch;
    }
    out
}

/// An English word without its ending; any other word as it is.
pub(super) fn stem(word: &str) -> &str {
    if !word.is_ascii() || word.len() < 4 || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return word;
    }
    let mut stem = word;
    if let Some(rest) = stem.strip_suffix('s')
        && !rest.ends_with(['s', 'u', 'i'])
    {
        stem = rest;
    }
    for ending in ["ation", "ing", "ied", "ed", "ly", "ie"] {
        if let Some(rest) = stem.strip_suffix(ending)
            && rest.len() >= 3
        {
            stem = rest;
            break;
        }
    }
    if stem.len() > 3 {
        stem = stem.strip_suffix(['e', 'y']).unwrap_or(stem);
    }
    // `submitted` is `submit`, but `access` and `fill` keep their last two letters.
    let bytes = stem.as_bytes();
    if let [.., a, b] = bytes
        && a == b
        && stem.len() > 4
        && stem.len() < word.len()
        && !b"lsz".contains(b)
    {
        stem = &stem[..stem.len() - 1];
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_every_spelling() {
        for text in [
            "sms_code_incorrect",
            "SMS_CODE_INCORRECT",
            "smsCodeIncorrect",
            "Sms code incorrect!",
            "ｓｍｓ-code: INCORRECT",
        ] {
            assert_eq!(squashed(text), "smscodeincorrect", "{text}");
        }
    }

    #[test]
    fn endings_do_not_matter() {
        for group in [
            &["expire", "expired", "expires", "expiring", "expiration"][..],
            &["share", "shares", "shared", "sharing"],
            &["copy", "copies", "copied"],
            &["submit", "submitted"],
            &["bind", "binding", "binds"],
            &["delete", "deleted", "deletes", "deleting"],
        ] {
            for word in group {
                assert_eq!(stem(word), stem(group[0]), "{word}");
            }
        }
        for whole in ["status", "access", "sms", "address", "token"] {
            assert_eq!(stem(whole), whole);
        }
    }

    #[test]
    fn scripts_are_words_of_their_own() {
        assert_eq!(plain("「Token」已过期！(Can't)"), "token 已过期 cant");
        assert_eq!(plain("設備離線"), "设备离线");
        assert_eq!(TRADITIONAL.chars().count(), SIMPLIFIED.chars().count());
        assert!(PAIRS.is_sorted_by(|(one, _), (other, _)| one < other));
        assert_eq!(words("token已过期 5003"), ["token", "已过期", "5003"]);
        assert_eq!(searchable("设备Offline."), " 设备 offlin ");
        assert_eq!(searchable("the appKey"), " the appke app key ");
    }
}
