//! `cargo xtask build`: functions to `functions/*/build`, pages to `functions/web/pages/dist`.

mod pages;
mod worker;

use std::path::Path;

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::functions::{FUNCTIONS, Function};
use crate::tools::Tools;
use crate::workspace;

/// Builds everything, or the functions named.
pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    let arguments = Arguments::parse(arguments, &["runtime"], &[])?;
    arguments.check_runtime()?;
    let root = workspace::root()?;
    let tools = Tools::ensure(&root)?;
    let functions = selected(&arguments.words)?;
    worker::build(&root, &tools, &functions)?;
    if functions.iter().any(|function| function.is_front_door()) {
        pages::build(&root)?;
    }
    Ok(())
}

/// Builds everything that is not up to date.
pub(crate) fn everything(root: &Path) -> Result<(), Failure> {
    let tools = Tools::ensure(root)?;
    worker::build(root, &tools, &FUNCTIONS.iter().collect::<Vec<_>>())?;
    pages::build(root)
}

/// The functions called by `words`; `workers`, or no word, is all of them.
fn selected(words: &[String]) -> Result<Vec<&'static Function>, Failure> {
    let mut functions = Vec::new();
    for word in words.iter().filter(|word| *word != "workers") {
        let named = FUNCTIONS.iter().find(|function| function.name == word);
        functions
            .push(named.ok_or_else(|| Failure::new(format!("there is no function `{word}`")))?);
    }
    Ok(if functions.is_empty() { FUNCTIONS.iter().collect() } else { functions })
}
