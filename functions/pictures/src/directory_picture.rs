//! The picture that a directory has of somebody, as the sync hands it on.

use axum::extract::{Path, RawQuery, Request};
use http_api::{Call, Problem, Reply};
use store::pictures::{
    DirectoryPictureOf, DirectoryReplaced, DropDirectoryPicture, NoteDirectoryPicture, Seen,
    TakeDirectoryPicture,
};
use uuid::Uuid;

use crate::profile_picture::portrait;
use crate::served::value;
use crate::{shelf, upload};

/// Takes what an entry of the directory has as its user's picture; nothing takes away what the directory
/// gave before.
///
/// The path names the entry's unique identifier, the query its `bucket` and `digest`, which are noted
/// with what came of it: the sync need not send that again.
pub(crate) async fn take(
    call: Call,
    Path(ldap_id): Path<String>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Result<Reply, Problem> {
    let file = upload::whole(request).await?;
    if file.is_empty() {
        let entry = call.entry()?.with("by", "directory");
        let dropped = call.run(DropDirectoryPicture { ldap_id, entry }).await?;
        return clear(&call, dropped).await;
    }
    let text = |name| value(query.as_deref(), name).unwrap_or_default();
    let seen = Seen {
        bucket: text("bucket").parse().unwrap_or_default(),
        digest: text("digest").to_owned(),
        file: shelf::hash(&[&file]),
        ldap_id,
    };
    look(&call, seen, &file).await
}

/// A file that was seen before changes nothing, so whatever was given here since stays; one that cannot
/// be read neither.
async fn look(call: &Call, seen: Seen, file: &[u8]) -> Result<Reply, Problem> {
    let of = DirectoryPictureOf { ldap_id: seen.ldap_id.clone() };
    let known = call.run(of).await?;
    let is_somebodys = known.is_some();
    let mut answer = Ok(Reply::no_content());
    if let Some(known) = known.filter(|known| known.file.as_ref() != Some(&seen.file)) {
        match portrait(file) {
            Ok(png) => return give(call, known.user, seen, &png).await,
            Err(problem) => answer = Err(problem),
        }
    }
    call.run(NoteDirectoryPicture { seen, is_somebodys }).await?;
    answer
}

/// In the order of an upload: first the bytes, then the database, then the bytes that it no longer speaks
/// of.
async fn give(call: &Call, user: Uuid, seen: Seen, png: &[u8]) -> Result<Reply, Problem> {
    let entry = call.entry()?.with("by", "directory");
    let hash = shelf::hash(&[entry.id.as_bytes(), png]);
    let key = store::pictures::key(user, &hash);
    shelf::put(call, &key, png).await?;
    let entry = entry.with("after", hash.as_str());
    let taken = call.run(TakeDirectoryPicture { user, seen, hash, entry }).await?;
    if taken.is_none() {
        // They have gone meanwhile.
        shelf::clear(call, &key).await;
    }
    clear(call, taken).await
}

/// Clears away the picture that is no longer in use.
async fn clear(call: &Call, replaced: Option<DirectoryReplaced>) -> Result<Reply, Problem> {
    if let Some(DirectoryReplaced { user, before: Some(before) }) = replaced {
        shelf::clear(call, &store::pictures::key(user, &before)).await;
    }
    Ok(Reply::no_content())
}
