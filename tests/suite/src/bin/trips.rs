//! Prints what each route costs: declared and measured. `cargo xtask trips` runs it.

fn main() {
    let table = postern_suite::costs();
    println!("{:<7} {:<62} {:>11} {:>11}", "method", "route", "trips", "rows");
    for cost in &table {
        let trips = format!("{} of {}", cost.trips, cost.declared.cost.trips);
        let rows = format!("{} of {}", cost.rows, cost.declared.cost.rows);
        let (method, path) = (cost.declared.method.as_str(), cost.declared.path);
        println!("{method:<7} {path:<62} {trips:>11} {rows:>11}");
    }
    let over = table.iter().filter(|cost| !cost.within()).count();
    println!("{} routes, {over} over what they declare or never called", table.len());
    std::process::exit(i32::from(over > 0));
}
