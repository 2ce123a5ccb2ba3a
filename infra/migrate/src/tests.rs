use super::*;

const PROJECT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations");

/// An empty folder of a test's own.
fn scratch(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("postern-migrate-{}", std::process::id()));
    let folder = folder.join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// What `spin up --sqlite @FILE` does.
fn run_script(database: &Path, script: &str) -> rusqlite::Result<()> {
    Connection::open(database)?.execute_batch(script)
}

#[test]
fn each_migration_is_applied_once() {
    let database = scratch("once").join("postern.db");
    let first = migrate(&database, PROJECT.as_ref()).unwrap();
    assert!(first.contains(&"0001_initial.sql".to_owned()));
    assert!(migrate(&database, PROJECT.as_ref()).unwrap().is_empty());
}

#[test]
fn a_migration_that_fails_leaves_nothing_of_itself() {
    let folder = scratch("fails");
    let database = folder.join("postern.db");
    std::fs::write(folder.join("0001_a.sql"), "CREATE TABLE a (x);").unwrap();
    std::fs::write(folder.join("0002_b.sql"), "CREATE TABLE b (x); CREATE TABEL c (x);").unwrap();
    let failure = migrate(&database, &folder).unwrap_err().to_string();
    assert!(failure.starts_with("0002_b.sql"), "{failure}");
    std::fs::write(folder.join("0002_b.sql"), "CREATE TABLE b (x);").unwrap();
    assert_eq!(migrate(&database, &folder).unwrap(), ["0002_b.sql"]);
}

#[test]
fn the_script_is_what_migrate_does_and_a_second_time_is_refused() {
    let database = scratch("script").join("postern.db");
    let script = script(PROJECT.as_ref(), None).unwrap();
    run_script(&database, &script).unwrap();
    assert!(migrate(&database, PROJECT.as_ref()).unwrap().is_empty());
    let again = run_script(&database, &script).unwrap_err().to_string();
    assert!(again.starts_with("UNIQUE constraint failed: d1_migrations.name"), "{again}");
}

#[test]
fn a_script_for_an_older_database_holds_what_is_new_and_applies_whole_or_not_at_all() {
    let folder = scratch("newer");
    let database = folder.join("postern.db");
    std::fs::write(folder.join("0001_a.sql"), "CREATE TABLE a (x);").unwrap();
    migrate(&database, &folder).unwrap();
    std::fs::write(folder.join("0002_b.sql"), "CREATE TABLE b (x);").unwrap();
    std::fs::write(folder.join("0003_c.sql"), "CREATE TABLE a (x);").unwrap();
    let new = || script(&folder, Some("0001_a.sql")).unwrap();
    assert!(run_script(&database, &new()).is_err());
    std::fs::write(folder.join("0003_c.sql"), "CREATE TABLE c (x) -- no semicolon\n;").unwrap();
    run_script(&database, &new()).unwrap();
    assert!(migrate(&database, &folder).unwrap().is_empty());
}
