//! `cargo xtask build`: Workers to `functions/*/build`, Spin components to `target/spin`, pages to
//! `functions/web/pages/dist`.

mod component;
mod custom_sections;
mod description;
mod pages;
mod workers;

use std::path::Path;

pub(crate) use component::output as component;
pub(crate) use workers::wasm as worker;

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::functions::{FUNCTIONS, Function};
use crate::runtime::Runtime;
use crate::stamp::Stamp;
use crate::tools::{self, Tools};
use crate::workspace;

/// Builds everything, or the functions named, for both runtimes or the one that the first word or
/// `--runtime` names.
pub(crate) fn run(arguments: &[String]) -> Result<(), Failure> {
    let arguments = Arguments::parse(arguments, &["runtime"], &[])?;
    let mut names = &arguments.words[..];
    let mut runtimes = Runtime::all_of(&arguments)?;
    if let Some((first, rest)) = names.split_first()
        && let Some(runtime) = Runtime::named(first)
    {
        (runtimes, names) = (vec![runtime], rest);
    }
    let (root, functions) = (workspace::root()?, selected(names)?);
    runtimes.into_iter().try_for_each(|runtime| build(&root, runtime, &functions))
}

/// Builds everything that is not up to date.
pub(crate) fn everything(root: &Path, runtime: Runtime) -> Result<(), Failure> {
    build(root, runtime, &FUNCTIONS.iter().collect::<Vec<_>>())
}

fn build(root: &Path, runtime: Runtime, functions: &[&Function]) -> Result<(), Failure> {
    match runtime {
        Runtime::Workers => workers::build(root, &Tools::ensure(root)?, functions)?,
        Runtime::Spin => component::build(root, functions)?,
    }
    if functions.iter().any(|function| function.is_front_door()) {
        tools::check_prerequisites()?;
        tools::ensure_packages(root)?;
        pages::build(root)?;
        description::write(root)?;
    }
    Ok(())
}

/// What a build of `function` depends on.
fn stamp(root: &Path, function: &Function, kind: &str) -> Stamp {
    let folder = root.join("functions").join(function.name);
    let inputs = [
        root.join("Cargo.toml"),
        root.join("Cargo.lock"),
        root.join(".cargo/config.toml"),
        root.join("shared"),
        folder.join("Cargo.toml"),
        folder.join("src"),
        folder.join("pages/public/_headers"),
    ];
    Stamp::of(root.join(".postern/stamps").join(kind).join(function.name), &inputs)
}

/// The functions called by `words`; no word is all of them.
fn selected(words: &[String]) -> Result<Vec<&'static Function>, Failure> {
    let mut functions = Vec::new();
    for word in words {
        let named = FUNCTIONS.iter().find(|function| function.name == word);
        functions
            .push(named.ok_or_else(|| Failure::new(format!("there is no function `{word}`")))?);
    }
    Ok(if functions.is_empty() { FUNCTIONS.iter().collect() } else { functions })
}
