use store::ldap::{Facts, Reason, RunRecord, State, Trigger};

use crate::source::Limits;

/// Removals that the percentage never holds back: of three people one is a third.
const ALWAYS: u64 = 3;

/// What becomes of a plan.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) state: State,
    pub(crate) reason: Option<Reason>,
    /// How many changes there are to apply.
    pub(crate) total: u64,
}

/// What a run has read besides its plan.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Read {
    pub(crate) users: u64,
    pub(crate) groups: u64,
    pub(crate) unidentified: u64,
}

impl From<&RunRecord> for Read {
    fn from(run: &RunRecord) -> Self {
        Self { users: run.users_read, groups: run.groups_read, unidentified: run.unidentified }
    }
}

/// Judges a plan: it is held back where the directory looks wrong.
pub(crate) fn judge(facts: &Facts, read: Read, limits: Limits, trigger: Trigger) -> Verdict {
    let acts = |what: &str| !matches!(what.rsplit('.').next(), Some("keep" | "conflict"));
    let seen = facts.counts.iter().filter(|(what, _)| acts(what));
    let total = seen.map(|(_, count)| count).sum();
    let reason = wrong(facts, read, limits);
    let state = match (reason, trigger) {
        (Some(_), _) => State::Aborted,
        (None, Trigger::Preview) => State::Planned,
        (None, Trigger::Schedule | Trigger::Manual) => State::Applying,
    };
    Verdict { state, reason, total }
}

fn wrong(facts: &Facts, read: Read, limits: Limits) -> Option<Reason> {
    let count = |what: &str| facts.counts.get(what).copied().unwrap_or_default();
    let users = count("user.disable") + count("user.delete");
    // A group without members lets nobody in any more, as one that is gone.
    let groups = count("group.delete") + facts.emptied_groups;
    let share = |removed: u64, known: u64| {
        removed > ALWAYS && removed.saturating_mul(100) > limits.percent.saturating_mul(known)
    };
    if (read.users == 0 && users > 0) || (read.groups == 0 && count("group.delete") > 0) {
        Some(Reason::EmptyAnswer)
    } else if read.unidentified > 0 && users + count("group.delete") > 0 {
        Some(Reason::UnidentifiedEntries)
    } else if facts.admin_group_goes {
        Some(Reason::AdminGroupGone)
    } else if users > limits.users
        || share(users, facts.known_users)
        || share(groups, facts.known_groups)
    {
        Some(Reason::TooManyRemovals)
    } else if users > 0 && !facts.administrator_stays {
        Some(Reason::LastAdmin)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { users: 100, percent: 10 };
    const READ: Read = Read { users: 900, groups: 9, unidentified: 0 };

    fn facts(counts: &[(&str, u64)]) -> Facts {
        Facts {
            counts: counts.iter().map(|(what, count)| ((*what).to_owned(), *count)).collect(),
            known_users: 1_000,
            known_groups: 10,
            emptied_groups: 0,
            admin_group_goes: false,
            administrator_stays: true,
        }
    }

    fn reason(facts: &Facts, read: Read, limits: Limits) -> Option<Reason> {
        judge(facts, read, limits, Trigger::Schedule).reason
    }

    #[test]
    fn a_plan_within_bounds_is_applied_or_only_shown() {
        let facts = facts(&[("user.create", 5), ("user.keep", 7), ("user.conflict", 2)]);
        let state = |trigger| judge(&facts, READ, LIMITS, trigger);
        assert_eq!(
            state(Trigger::Manual),
            Verdict { state: State::Applying, reason: None, total: 5 }
        );
        assert_eq!(state(Trigger::Preview).state, State::Planned);
    }

    #[test]
    fn removals_are_bounded_by_number_and_by_share() {
        let removed = |users| reason(&facts(&[("user.disable", users)]), READ, LIMITS);
        assert_eq!((removed(100), removed(101)), (None, Some(Reason::TooManyRemovals)));
        let strict = Limits { users: 100, percent: 1 };
        let share = |users| reason(&facts(&[("user.delete", users)]), READ, strict);
        assert_eq!((share(10), share(11)), (None, Some(Reason::TooManyRemovals)));
        let groups = |count| reason(&facts(&[("group.delete", count)]), READ, LIMITS);
        assert_eq!((groups(3), groups(4)), (None, Some(Reason::TooManyRemovals)));
        let mut emptied = facts(&[("group.update", 9), ("group.delete", 1)]);
        emptied.emptied_groups = 2;
        assert_eq!(reason(&emptied, READ, LIMITS), None);
        emptied.emptied_groups = 3;
        assert_eq!(reason(&emptied, READ, LIMITS), Some(Reason::TooManyRemovals));
    }

    #[test]
    fn the_share_of_a_few_holds_nobody_back_but_their_number_may() {
        let none = Limits { users: 2, percent: 0 };
        let removed = |users| reason(&facts(&[("user.disable", users)]), READ, none);
        assert_eq!((removed(2), removed(3)), (None, Some(Reason::TooManyRemovals)));
    }

    #[test]
    fn an_empty_directory_removes_nobody() {
        let empty = Read { users: 0, ..READ };
        assert_eq!(
            reason(&facts(&[("user.disable", 1)]), empty, LIMITS),
            Some(Reason::EmptyAnswer)
        );
        assert_eq!(reason(&facts(&[]), empty, LIMITS), None, "it was empty before");
        let no_groups = Read { groups: 0, ..READ };
        let gone = facts(&[("group.delete", 1)]);
        assert_eq!(reason(&gone, no_groups, LIMITS), Some(Reason::EmptyAnswer));
    }

    #[test]
    fn who_may_be_an_entry_without_identifier_is_not_removed() {
        let read = Read { unidentified: 1, ..READ };
        let gone = facts(&[("user.disable", 1)]);
        assert_eq!(reason(&gone, read, LIMITS), Some(Reason::UnidentifiedEntries));
        let group = facts(&[("group.delete", 1)]);
        assert_eq!(reason(&group, read, LIMITS), Some(Reason::UnidentifiedEntries));
        assert_eq!(reason(&facts(&[("user.update", 1)]), read, LIMITS), None);
    }

    #[test]
    fn administrators_do_not_go_unnoticed() {
        let mut gone = facts(&[("group.delete", 1)]);
        gone.admin_group_goes = true;
        assert_eq!(reason(&gone, READ, LIMITS), Some(Reason::AdminGroupGone));
        let mut last = facts(&[("user.disable", 1)]);
        last.administrator_stays = false;
        assert_eq!(reason(&last, READ, LIMITS), Some(Reason::LastAdmin));
    }
}
