//! Users: people who may sign in.

mod create;
mod list;
mod read;
mod record;

pub use create::{Conflict, Create, Created, NewUser, Origin};
pub use list::{Direction, List, Page, Sort};
pub use read::{ById, ByPresenter};
pub use record::{Claim, GroupRecord, UserRecord};

pub(crate) use create::insert_user;
