//! `postern-migrate FOLDER --db FILE` applies what is new; `--sql` prints a script instead.

use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "postern-migrate FOLDER --db FILE\npostern-migrate FOLDER --sql [--after NAME]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        [folder, "--db", database] => apply(folder.as_ref(), database.as_ref()),
        [folder, "--sql"] => print(folder.as_ref(), None),
        [folder, "--sql", "--after", name] => print(folder.as_ref(), Some(name)),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::FAILURE;
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn apply(folder: &Path, database: &Path) -> Result<(), migrate::MigrateError> {
    for name in migrate::migrate(database, folder)? {
        println!("applied {name}");
    }
    Ok(())
}

fn print(folder: &Path, after: Option<&str>) -> Result<(), migrate::MigrateError> {
    print!("{}", migrate::script(folder, after)?);
    Ok(())
}
