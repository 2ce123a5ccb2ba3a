//! Files of the audit log.

use super::timed;

#[test]
fn a_file_of_large_entries_ends_early_and_the_next_one_goes_on() {
    let timed = timed("off");
    let insert = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100), \
         last AS MATERIALIZED (SELECT max(created_at) AS at FROM audit_entries) \
         INSERT INTO audit_entries (id, created_at, event, username, ip_address, user_agent, data) \
         SELECT printf('00000000-0000-4000-c000-%012d', i), last.at - i, 'LARGE', '', \
           '203.0.113.7', '', json_object('text', printf('%.*c', 100000, 'x')) FROM n, last";
    timed.database.migrate(insert).expect("entries");
    let (mut ids, mut files, mut cursor) = (Vec::new(), 0, String::new());
    loop {
        let path = format!("/api/audit-logs/export?format=json&filters[event]=LARGE{cursor}");
        let file = timed.deployment.admin.client.get(&path).expect(200);
        assert!(file.text.len() < 9_000_000, "{}", file.text.len());
        let entries = file.json.as_array().expect("entries");
        ids.extend(entries.iter().map(|entry| entry["id"].to_string()));
        files += 1;
        match file.header("x-next-cursor") {
            "" => break,
            next => cursor = format!("&pagination[cursor]={next}"),
        }
    }
    assert_eq!((files, ids.len()), (2, 100));
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 100);
}
