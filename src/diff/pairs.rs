//! Which entry of a new domain continues which entry of the old one.
//!
//! An entry is known by what others hold on to: its code on the wire and the constants of its name and its former names. Pairs
//! are made in this order: the same code and name; the same name; the same code; a former name. Nothing is guessed from
//! texts: an entry that nothing ties to an older one is a new one.

use crate::model::{Domain, ErrorCode};
use std::collections::HashMap;

/// For each entry of `old`, the index of the entry of `new` that continues it.
pub(super) fn pairs(old: &Domain, new: &Domain) -> Vec<Option<usize>> {
    let mut partners = vec![None; old.errors.len()];
    let mut free: Vec<bool> = vec![true; new.errors.len()];
    let code_and_name = |error: &ErrorCode| vec![format!("{} {}", error.meaning.name, error.code)];
    let name = |error: &ErrorCode| vec![error.meaning.name.to_string()];
    let code = |error: &ErrorCode| vec![error.code.to_string()];
    let former =
        |error: &ErrorCode| error.former_names.iter().map(|former| former.name.to_string()).collect();
    let mut pair = |keys_of_old: &dyn Fn(&ErrorCode) -> Vec<String>,
                    keys_of_new: &dyn Fn(&ErrorCode) -> Vec<String>| {
        let mut open: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, error) in new.errors.iter().enumerate().rev().filter(|(index, _)| free[*index]) {
            for key in keys_of_new(error) {
                open.entry(key).or_default().push(index);
            }
        }
        for (partner, error) in partners.iter_mut().zip(&old.errors).filter(|(partner, _)| partner.is_none())
        {
            for key in keys_of_old(error) {
                let Some(indices) = open.get_mut(&key) else { continue };
                while let Some(index) = indices.pop() {
                    if std::mem::take(&mut free[index]) {
                        *partner = Some(index);
                        break;
                    }
                }
                if partner.is_some() {
                    break;
                }
            }
        }
    };
    pair(&code_and_name, &code_and_name);
    pair(&name, &name);
    pair(&code, &code);
    pair(&name, &former);
    partners
}
