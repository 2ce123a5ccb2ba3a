use std::collections::BTreeMap;
use std::sync::Arc;

use ldap_proxy_client::{Failure, Scope};

use crate::allowed::Admitted;
use crate::configuration::Configuration;
use crate::directory::{Entry, Values};
use crate::reading::Pass;

const SAMPLES: usize = 3;
/// How much of a value is shown.
const SHOWN: usize = 60;

/// Binds, counts the entries below each base DN and shows three, with what a sync could read of them.
pub(crate) async fn run(configuration: &Configuration) -> Result<(), String> {
    for base in &configuration.bases {
        println!("{base}");
        let counted = count(configuration, base).await.map_err(|failure| told(&failure))?;
        println!("  {counted} entries");
    }
    println!("The directory answers.");
    Ok(())
}

fn told(failure: &Failure) -> String {
    let stage = failure.stage.map(|stage| format!(" ({stage:?})")).unwrap_or_default();
    format!("{}{stage}", failure.error)
}

async fn count(configuration: &Configuration, base: &str) -> Result<u64, Failure> {
    let attributes = configuration.allowed.attributes();
    let search = Admitted {
        turn: 0,
        base: base.to_owned(),
        scope: Scope::Subtree,
        filter: "(objectClass=*)".to_owned(),
        attributes: attributes.map(|name| (name.clone(), name.clone())).collect(),
        // Every entry has it, though not one value of it: nothing here depends on it.
        identifier: "objectClass".to_owned(),
    };
    let search = Arc::new(search);
    let mut pass = Pass::begin(&configuration.access, search, &configuration.reading).await?;
    let mut shown = 0;
    while let Some(page) = pass.entries().await? {
        for entry in page.iter().take(SAMPLES - shown) {
            show(entry);
            shown += 1;
        }
    }
    let counted = pass.entries;
    pass.close().await;
    Ok(counted)
}

fn show(entry: &Entry) {
    println!("  {}", entry.dn);
    let attributes: &BTreeMap<String, Values> = &entry.attributes;
    for (name, values) in attributes {
        match values {
            Values::Omitted => println!("    {name}: too large"),
            Values::Known(values) => {
                let shown = values.iter().take(SAMPLES).map(|value| excerpt(value));
                let more = if values.len() > SAMPLES { ", …" } else { "" };
                println!("    {name}: {}{more}", shown.collect::<Vec<_>>().join(", "));
            }
        }
    }
}

fn excerpt(value: &[u8]) -> String {
    match std::str::from_utf8(value) {
        Ok(text) if !text.contains(char::is_control) => text.chars().take(SHOWN).collect(),
        _ => format!("{} bytes", value.len()),
    }
}
