//! Users: people who may sign in.

mod bulk;
mod create;
mod delete;
mod export;
mod guard;
mod import;
mod list;
mod read;
mod record;
mod update;

pub use bulk::{Act, Bulk, BulkDone, BulkOutcome};
pub use create::{Access, Conflict, Create, Created, NewUser, Origin};
pub use delete::{Delete, Deleted};
pub use export::{Export, Exported, ExportedUser};
pub use guard::Guard;
pub use import::{Import, ImportOutcome, ImportRow, ImportRules, Imported, Verdict};
pub use list::{Cursor, Direction, Filter, List, Page, Sort};
pub use read::{ById, ByPresenter};
pub use record::{Claim, GroupRecord, UserRecord};
pub use update::{Change, Update, Updated};

pub(crate) use create::{Taken, UNKNOWN_GROUPS, insert_user};
pub(crate) use update::{before_json, state_json};
