//! Users: people who may sign in.

mod bulk;
mod create;
mod delete;
mod guard;
mod list;
mod read;
mod record;
mod update;

pub use bulk::{Act, Bulk, BulkDone, BulkOutcome};
pub use create::{Conflict, Create, Created, NewUser, Origin};
pub use delete::{Delete, Deleted};
pub use guard::Guard;
pub use list::{Cursor, Direction, Filter, List, Page, Sort};
pub use read::{ById, ByPresenter};
pub use record::{Claim, GroupRecord, UserRecord};
pub use update::{Change, Update, Updated};

pub(crate) use create::insert_user;
