//! Every route keeps to the trips and rows that it declares.

#[test]
fn every_route_is_called_and_costs_no_more_than_it_declares() {
    for cost in postern_suite::costs() {
        let route = format!("{} {}", cost.declared.method, cost.declared.path);
        assert!(cost.calls > 0, "{route} was never called");
        assert!(cost.trips <= cost.declared.cost.trips, "{route}: {} trips", cost.trips);
        assert!(cost.rows <= cost.declared.cost.rows, "{route}: {} rows", cost.rows);
    }
}
