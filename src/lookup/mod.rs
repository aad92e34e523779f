//! Looks things up in a book, as a support engineer or a developer asks for them.
//!
//! In: a book, and a question: a code, a reference (`quectel/5003`), a name, a constant as any language spells it, the name
//! of a condition or of a kind, a text that an app has shown, or just words, in any of the book's languages. Out: an
//! `Answer`: what the question names (`exact`), else what says the same (`found`), else what is near enough to have been
//! meant (`near`). Names that were given up and codes that were retired answer, too, with what replaced them.
//!
//! The answer is drawn for a terminal (`text`) or written for other programs (`json`, whose shape is
//! `answer.schema.json`). Guaranteed: nothing that a book holds reaches a terminal as more than text.
//!
//! Deliberately elsewhere: which book it is (`cli`), and codes within logs (`scan`).

mod code;
mod finder;
mod fold;
mod hits;
pub mod json;
pub mod text;
mod vocabulary;
mod words;
mod wrap;

use crate::model::{Book, Condition, Domain, ErrorCode, FormerName, Kind, Name, Retired, WireCode};
use crate::view::Written;
use hits::{Hits, Said};
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

/// Something that can be looked up.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// A code.
    Code(&'a Domain, &'a ErrorCode),
    /// A code or a name that is never used again.
    Retired(&'a Domain, &'a Retired),
    /// A situation that several platforms share.
    Condition(&'a Condition),
    /// A kind.
    Kind(Kind),
}

/// How a subject answers a question.
#[derive(Clone, Debug, PartialEq)]
pub enum How {
    /// It is what the question names.
    Named,
    /// The question is a name that it had before.
    FormerName(String),
    /// The question is the name of a further meaning of it.
    Variant(String),
    /// The question is or holds its message, or is its title, but for punctuation, case and width.
    Text,
    /// It says this share of what the question says, from 0 to 1.
    Words(f64),
    /// Its code or name is nearly the question.
    Near,
}

/// A subject and how it answers.
#[derive(Clone, Debug)]
pub struct Hit<'a> {
    /// What it is.
    pub subject: Subject<'a>,
    /// How it answers.
    pub how: How,
}

/// What a book has to say to a question.
#[derive(Clone, Debug, Default)]
pub struct Answer<'a> {
    /// What the question names, in the order of the book; conditions first.
    pub exact: Vec<Hit<'a>>,
    /// What says the same, best first; only where nothing is named but perhaps a text.
    pub found: Vec<Hit<'a>>,
    /// What may have been meant, best first; only where nothing was found.
    pub near: Vec<Hit<'a>>,
    /// Words of the question that were taken for others: as asked, as searched.
    pub corrected: Vec<(String, String)>,
}

impl Answer<'_> {
    /// Whether the question has an answer.
    pub fn is_found(&self) -> bool {
        !self.exact.is_empty() || !self.found.is_empty()
    }
}

/// A domain's document, and where its codes stand in it.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Its path.
    pub path: String,
    /// The vendor's own version or date of it, if it says one.
    pub revision: Option<String>,
    /// What its maintainers say of it as a whole.
    pub note: Option<String>,
    /// The lines, from 1, by code.
    pub lines: BTreeMap<String, Vec<usize>>,
}

/// What answers are made from.
pub struct Shelf<'a> {
    /// The book.
    pub book: &'a Book,
    /// The domains that are looked at.
    pub domains: Vec<&'a Domain>,
    /// The locales that are shown, by their place in the book.
    pub locales: Vec<usize>,
    /// How each language of code spells names.
    pub spellings: Vec<Written>,
    /// The documents, by domain; a domain that has none, or whose was not read, is not there.
    pub documents: BTreeMap<String, Document>,
}

impl Shelf<'_> {
    /// Where a code stands in its document: `documents/haier-uws.md:14 (V1.3.0)`.
    fn place(&self, domain: &Domain, code: &WireCode) -> Option<String> {
        let document = self.documents.get(domain.id.as_str())?;
        let lines = document.lines.get(&code.to_string())?;
        let lines: Vec<_> = lines.iter().map(ToString::to_string).collect();
        let revision = document.revision.as_ref().map(|revision| format!(" ({revision})"));
        Some(format!("{}:{}{}", document.path, lines.join(", "), revision.unwrap_or_default()))
    }
}

/// How much of a question an entry has to say to be found.
const FOUND: f64 = 0.55;
/// How much of it, to be offered.
const OFFERED: f64 = 0.3;
/// The share of the best score below which a result is noise beside it.
const BESIDE_THE_BEST: f64 = 0.62;
/// How many results are of use.
const MOST_FOUND: usize = 10;
const MOST_NEAR: usize = 6;

/// How much of a question is looked at, in characters: more than this is a document, which `scan` reads.
const LONGEST_QUESTION: usize = 600;

/// How many codes a line of words may be looked for in, all its words together: each is looked for in every code.
pub const MOST_LOOKED_THROUGH: usize = 2_000_000;
/// How many codes' worth of work each code is for a word that names nothing: all its texts are searched for what is near.
const SEARCHED: usize = 10;

/// Looks up what some words ask: each by itself if each can be a question, else all of them together, as a sentence. Gives
/// each question with its answer.
///
/// # Errors
///
/// If so many words are questions by themselves that it would take too long: how many of them may be asked.
pub fn look_up_words<'a>(
    book: &'a Book,
    domains: &[&'a Domain],
    words: &[String],
) -> Result<Vec<(String, Answer<'a>)>, usize> {
    let codes: usize = domains.iter().map(|domain| domain.errors.len()).sum();
    let most = MOST_LOOKED_THROUGH / codes.max(1);
    if words.len() > most.max(1) && words.iter().all(|word| is_identifier(word)) {
        return Err(most.max(1));
    }
    let mut answers = Vec::new();
    let mut looked_through = 0;
    for word in words {
        if looked_through >= MOST_LOOKED_THROUGH {
            return Err(answers.len());
        }
        let answer = look_up(book, domains, word);
        if answer.exact.is_empty() && !is_identifier(word) {
            let sentence = words.join(" ");
            let answer = look_up(book, domains, &sentence);
            return Ok(vec![(sentence, answer)]);
        }
        looked_through += codes * if answer.exact.is_empty() { SEARCHED } else { 1 };
        answers.push((word.clone(), answer));
    }
    Ok(answers)
}

/// Looks a question up in some of a book's domains; conditions and kinds are looked up whatever the domains.
pub fn look_up<'a>(book: &'a Book, domains: &[&'a Domain], question: &str) -> Answer<'a> {
    let end = question.char_indices().nth(LONGEST_QUESTION).map_or(question.len(), |(at, _)| at);
    let question =
        question[..end].trim_matches(|ch: char| ch.is_whitespace() || "\"'`“”‘’「」『』".contains(ch));
    let mut answer = Answer::default();
    if fold::plain(question).is_empty() {
        return answer;
    }
    let said = Said::of(domains, std::iter::once(question));
    let mut exact = named(book, domains, question, &said);
    if exact.list.is_empty() {
        exact = mentioned(book, domains, question);
    }
    if exact.list.is_empty() {
        held(domains, question, &mut exact);
    }
    let Hits { list, mut seen } = exact;
    answer.exact = list;
    // Where a text is all that a question names, others may say the same in other words.
    if !answer.exact.is_empty() && answer.exact.iter().any(|hit| hit.how != How::Text) {
        return answer;
    }
    let wanted = narrowed(domains, question);
    let mut search = words::search(book, &wanted.domains, &wanted.rest);
    let is_good =
        |search: &words::Search<'_>| search.ranked.first().is_some_and(|first| first.coverage >= FOUND);
    // Of a message and an advice in one, the message comes first; and `accessToken` is a token as well.
    if !is_good(&search) {
        let clause =
            question.split_once(['，', '。', '；', '！', ',', ';', '!']).map(|(clause, _)| clause.to_owned());
        let humps = Some(fold::humps(question)).filter(|humps| humps != question);
        let searches = clause
            .into_iter()
            .chain(humps)
            .map(|other| words::search(book, &wanted.domains, &narrowed(&wanted.domains, &other).rest));
        if let Some(better) = searches.into_iter().find(is_good) {
            search = better;
        }
    }
    let best = search.ranked.first().map_or(0.0, |first| first.score);
    let hit = |ranked: &words::Ranked<'a>| Hit {
        subject: Subject::Code(ranked.domain, ranked.error),
        how: How::Words(ranked.coverage),
    };
    let beside = |ranked: &&words::Ranked<'_>| ranked.score >= best * BESIDE_THE_BEST;
    let near = near(domains, question);
    let is_number = !question.contains(char::is_alphabetic);
    // Whoever types an identifier or a number means that one and no words that resemble it.
    let is_found = !is_identifier(question) && is_good(&search);
    if is_found {
        let found = search.ranked.iter().filter(beside).filter(|ranked| ranked.coverage >= FOUND * 0.8);
        let is_new = |hit: &Hit<'_>| seen.insert(hit.subject.identity());
        answer.found = found.map(hit).filter(is_new).take(MOST_FOUND).collect();
        if answer.exact.is_empty() {
            answer.corrected = search.corrected;
        }
    } else if answer.exact.is_empty() {
        let mut offers = Hits::default();
        for hit in near {
            offers.push(hit);
        }
        let offered =
            search.ranked.iter().filter(beside).filter(|ranked| ranked.coverage >= OFFERED).map(hit);
        // A number in a text is no code.
        for hit in offered.take(if is_number { 0 } else { MOST_NEAR }) {
            offers.push(hit);
        }
        answer.near = offers.list;
        answer.near.truncate(MOST_NEAR);
        answer.corrected = search.corrected;
    }
    answer
}

/// The domains that a question asks about, and the question without them.
struct Narrowed<'a> {
    domains: Vec<&'a Domain>,
    rest: String,
}

/// Takes the names of domains out of a question: `quectel`, `aliyun living`, `飞燕`. A word that messages use as well
/// names no domain by itself.
fn narrowed<'a>(domains: &[&'a Domain], question: &str) -> Narrowed<'a> {
    let plain = fold::plain(question);
    let words = fold::words(&plain);
    let said = LazyCell::new(|| said(domains, &words));
    let mut wanted: Vec<&Domain> = domains.to_vec();
    let mut rest = Vec::new();
    for &word in &words {
        let of_word = |domain: &&&Domain| {
            let title = fold::plain(&domain.title);
            domain.id.as_str().split('-').any(|part| part == word)
                || fold::squashed(domain.id.as_str()) == word
                || fold::words(&title).contains(&word)
        };
        let named: Vec<&Domain> = wanted.iter().filter(of_word).copied().collect();
        let is_id = domains.iter().any(|domain| fold::squashed(domain.id.as_str()) == word);
        if named.is_empty()
            || (named.len() == domains.len() && domains.len() > 1)
            || (!is_id && said.contains(word))
        {
            rest.push(word);
        } else {
            wanted = named;
        }
    }
    if rest.is_empty() {
        Narrowed { domains: domains.to_vec(), rest: plain }
    } else {
        Narrowed { domains: wanted, rest: rest.join(" ") }
    }
}

/// Those of some words that stand in a message. All are looked for at once: a question may have a hundred.
fn said<'w>(domains: &[&Domain], words: &[&'w str]) -> BTreeSet<&'w str> {
    let words: BTreeSet<&str> = words.iter().copied().collect();
    let mut said = BTreeSet::new();
    let errors = domains.iter().flat_map(|domain| &domain.errors);
    for text in errors.flat_map(ErrorCode::meanings).flat_map(|meaning| meaning.message.all()) {
        said.extend(fold::plain(text).split(' ').filter_map(|word| words.get(word)));
    }
    said
}

/// What the whole question names; `said` knows it.
fn named<'a>(book: &'a Book, domains: &[&'a Domain], question: &str, said: &Said<'a>) -> Hits<'a> {
    let mut hits = Hits::default();
    if let Some((domain, rest)) = question.split_once('/')
        && let Some(domain) =
            domains.iter().find(|known| known.id.as_str().eq_ignore_ascii_case(domain.trim()))
    {
        // A reference; a name stands in one as well as a code.
        let only = [*domain];
        code::find(&only, rest, &mut hits);
        if hits.list.is_empty() {
            name(&only, &fold::squashed(rest), &mut hits);
        }
        return hits;
    }
    let path: Vec<&str> = if question.contains(char::is_whitespace) {
        vec![question]
    } else {
        question.split(['.', ':', '/', '#', '$', '(', ')']).filter(|part| !part.is_empty()).collect()
    };
    let Some((last, owners)) = path.split_last() else { return hits };
    let owners: Vec<_> = owners.iter().map(|owner| fold::squashed(owner)).collect();
    let squashed = fold::squashed(last);
    let owned = owned(domains, &owners);
    let whose = |what: &str| owners.iter().any(|owner| owner.ends_with(what));
    if owned.is_empty() {
        if !whose("errorkind") {
            conditions(book, question, &squashed, &mut hits);
        }
        if let Some(kind) = Kind::ALL.into_iter().find(|kind| fold::squashed(kind.id()) == squashed)
            && hits.list.is_empty()
            && !whose("errorcondition")
        {
            hits.push(Hit { subject: Subject::Kind(kind), how: How::Named });
        }
        if whose("errorkind") || whose("errorcondition") {
            return hits;
        }
    }
    let domains = if owned.is_empty() { domains } else { &owned };
    code::find(domains, if owned.is_empty() { question } else { last }, &mut hits);
    name(domains, &squashed, &mut hits);
    said.add(domains, &fold::squashed(question), &mut hits);
    if hits.list.is_empty() {
        code::find_joined(domains, question, &mut hits);
    }
    hits
}

/// The domains that one of the squashed parts of a path names: `QuectelErrorCode`, `AcmeQuectelErrorCode`.
fn owned<'a>(domains: &[&'a Domain], owners: &[String]) -> Vec<&'a Domain> {
    let is_owner = |domain: &&&Domain| {
        let id = fold::squashed(domain.id.as_str());
        owners.iter().any(|owner| owner.contains(&id))
    };
    domains.iter().filter(is_owner).copied().collect()
}

/// What parts of a sentence name: codes, references and identifiers.
fn mentioned<'a>(book: &'a Book, domains: &[&'a Domain], question: &str) -> Hits<'a> {
    let mut hits = Hits::default();
    let wanted = narrowed(domains, question).domains;
    let is_within = |ch: char| ch.is_ascii_alphanumeric() || "_-/.:".contains(ch);
    let normal: String = unicode_normalization::UnicodeNormalization::nfkc(question).collect();
    let mut parts: Vec<_> =
        normal.split(|ch| !is_within(ch)).map(|part| part.trim_matches(['.', ':', '-', '/'])).collect();
    let mut met = BTreeSet::new();
    parts.retain(|part| part.len() != question.len() && met.insert(*part));
    let digits = |part: &str| part.bytes().filter(u8::is_ascii_digit).count();
    let is_name = |part: &str| is_identifier(part) && digits(part) < part.len();
    let said = Said::of(&wanted, parts.iter().copied().filter(|part| is_name(part)));
    for part in parts {
        if is_name(part) {
            for hit in named(book, &wanted, part, &said).list {
                hits.push(hit);
            }
        }
        // `code=5003`, `code:5003`
        let value = part.rsplit([':', '.']).next().unwrap_or(part);
        if digits(part) >= 3 {
            code::find(&wanted, value, &mut hits);
        }
    }
    hits
}

/// Whether a text is one word that no sentence would hold: `device_offline`, `deviceOffline`, `5003`, `quectel/5003`.
pub fn is_identifier(text: &str) -> bool {
    let humped = fold::humps(text) != text;
    let joined = text.contains('_') || text.contains("::") || text.contains('/');
    let number = text.bytes().any(|byte| byte.is_ascii_digit());
    text.is_ascii() && !text.contains(char::is_whitespace) && (humped || joined || number)
}

/// Adds what is or was called so.
fn name<'a>(domains: &[&'a Domain], squashed: &str, hits: &mut Hits<'a>) {
    let is = |name: &Name| is_squashed(name, squashed);
    let former = |names: &[FormerName]| {
        names.iter().find(|former| is(&former.name)).map(|former| former.name.to_string())
    };
    for domain in domains {
        for error in &domain.errors {
            let how = if is(&error.meaning.name) {
                Some(How::Named)
            } else if let Some(name) = former(&error.former_names) {
                Some(How::FormerName(name))
            } else {
                let variant = error.variants.iter().find(|variant| is(&variant.name));
                variant.map(|variant| How::Variant(variant.name.to_string()))
            };
            if let Some(how) = how {
                hits.push(Hit { subject: Subject::Code(domain, error), how });
            }
        }
        for retired in domain.retired.iter().filter(|retired| is(&retired.name)) {
            hits.push(Hit { subject: Subject::Retired(domain, retired), how: How::Named });
        }
    }
}

/// Whether a name is `squashed` but for its underscores.
fn is_squashed(name: &Name, squashed: &str) -> bool {
    name.as_str().bytes().filter(|byte| *byte != b'_').eq(squashed.bytes())
}

/// Adds the conditions that are or were called so, or have that title.
fn conditions<'a>(book: &'a Book, question: &str, squashed: &str, hits: &mut Hits<'a>) {
    let whole = fold::squashed(question);
    for condition in &book.conditions {
        let former = condition.former_names.iter().find(|former| is_squashed(&former.name, squashed));
        let how = if is_squashed(&condition.name, squashed) {
            Some(How::Named)
        } else if let Some(former) = former {
            Some(How::FormerName(former.name.to_string()))
        } else {
            condition.title.all().any(|title| fold::squashed(title) == whole).then_some(How::Text)
        };
        if let Some(how) = how {
            hits.push(Hit { subject: Subject::Condition(condition), how });
        }
    }
}

/// Adds the entries whose message the question holds, word for word: what an app has shown, with more around it. Of two
/// messages, one of which holds the other, only the longer one counts; and none does that is not most of the question.
fn held<'a>(domains: &[&'a Domain], question: &str, hits: &mut Hits<'a>) {
    let text = format!(" {} ", fold::plain(question));
    let whole = words::essence(question).chars().count();
    let mut found: Vec<(String, &Domain, &ErrorCode)> = Vec::new();
    // Whether a message is most of the question: very many entries may have the same one.
    let mut is_most: BTreeMap<String, bool> = BTreeMap::new();
    for domain in domains {
        for error in &domain.errors {
            for said in error
                .meanings()
                .flat_map(|meaning| meaning.message.all().chain(meaning.erratum_message.all()))
            {
                let said = fold::plain(said);
                let is_unspaced = said.starts_with(fold::is_unspaced);
                // One word says what a sentence is about, not what it says.
                let is_long = if is_unspaced { said.chars().count() >= 4 } else { said.contains(' ') };
                let is_held = is_long
                    && (if is_unspaced { text.contains(&said) } else { text.contains(&format!(" {said} ")) });
                if !is_held {
                    continue;
                }
                let is_most = is_most
                    .entry(said.clone())
                    .or_insert_with(|| words::essence(&said).chars().count() * 2 >= whole);
                if *is_most {
                    found.push((said, domain, error));
                }
            }
        }
    }
    let mut longest_first: Vec<&str> =
        found.iter().map(|(said, ..)| said.as_str()).collect::<BTreeSet<_>>().into_iter().collect();
    longest_first.sort_by_key(|said| usize::MAX - said.len());
    let mut longest: Vec<&str> = Vec::new();
    for said in longest_first {
        if !longest.iter().any(|other| other.contains(said)) {
            longest.push(said);
        }
    }
    let longest: BTreeSet<_> = longest.into_iter().collect();
    for (said, domain, error) in &found {
        if longest.contains(said.as_str()) {
            hits.push(Hit { subject: Subject::Code(domain, error), how: How::Text });
        }
    }
}

/// Codes and names that differ from the question by a slip of the fingers, nearest first.
fn near<'a>(domains: &[&'a Domain], question: &str) -> Vec<Hit<'a>> {
    let (owners, last) = match question.rsplit_once(['/', '.', ':']) {
        Some((owners, last)) => (vec![fold::squashed(owners)], last),
        None => (Vec::new(), question),
    };
    // Whoever names a domain means that one.
    let owned = owned(domains, &owners);
    if !owned.is_empty() {
        return near_in(&owned, last);
    }
    near_in(domains, last)
}

fn near_in<'a>(domains: &[&'a Domain], written: &str) -> Vec<Hit<'a>> {
    let asked = fold::squashed(written);
    let (is_code, most) = match asked.len() {
        0..=1 => return Vec::new(),
        length if asked.bytes().any(|byte| byte.is_ascii_digit()) && asked.is_ascii() => {
            (true, if length > 4 { 2 } else { 1 })
        }
        length if length < 5 => return Vec::new(),
        length => (false, length / 5),
    };
    let mut ranked = Vec::new();
    for domain in domains {
        for error in &domain.errors {
            let code = fold::squashed(&error.code.to_string());
            let mut distance = usize::MAX;
            if is_code && code.len().abs_diff(asked.len()) <= most {
                distance = strsim::osa_distance(&asked, &code);
            }
            for name in error.meanings().map(|meaning| &meaning.name) {
                if name.as_str().len().abs_diff(asked.len()) <= most + 8 {
                    distance = distance.min(strsim::osa_distance(&asked, &name.as_str().replace('_', "")));
                }
            }
            if distance <= most {
                ranked.push((distance, domain, error));
            }
        }
    }
    ranked.sort_by_key(|(distance, ..)| *distance);
    let nearest = ranked.first().map_or(0, |(distance, ..)| *distance);
    let kept = ranked.into_iter().filter(|(distance, ..)| *distance == nearest).take(MOST_NEAR);
    kept.map(|(_, domain, error)| Hit { subject: Subject::Code(domain, error), how: How::Near }).collect()
}

/// The name by which people and programs name a code: `quectel/5003`.
pub fn reference(domain: &Domain, code: &WireCode) -> String {
    format!("{}/{code}", domain.id)
}

/// The entries of some domains that report a condition in one of their meanings.
fn cases<'a>(domains: &[&'a Domain], condition: &Name) -> Vec<(&'a Domain, &'a ErrorCode)> {
    let reports =
        |error: &ErrorCode| error.meanings().any(|meaning| meaning.condition.as_ref() == Some(condition));
    let of_domain = |domain: &&'a Domain| {
        let domain: &'a Domain = domain;
        domain.errors.iter().filter(|error| reports(error)).map(move |error| (domain, error))
    };
    domains.iter().flat_map(of_domain).collect()
}

/// The entry of a domain that is called so.
fn entry<'a>(domain: &'a Domain, name: &Name) -> Option<&'a ErrorCode> {
    domain.errors.iter().find(|error| error.meaning.name == *name)
}
