//! The index's folder: `current` names the sub-folder that answers, `lock` keeps a second writer out.
//!
//! A new index is built beside the old one; `current` is replaced when it is whole.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

use super::fault;
use crate::error::{Error, ErrorKind, Result};

const CURRENT: &str = "current";
const LOCK: &str = "lock";
/// How the names of folders begin that hold an index; a number in hexadecimal digits follows.
const INDEX: &str = "index-";
/// How the names of our files begin that are not whole yet.
pub(super) const UNFINISHED: &str = ".morgue-unfinished-";

/// The sub-folder that answers, if there is one.
///
/// # Errors
/// `Io`.
pub(crate) fn current(home: &Path) -> Result<Option<PathBuf>> {
    match named(home) {
        // A run that ends just now names another folder before it removes this one.
        Ok(folder) if !folder.is_dir() => match named(home) {
            Ok(other) if other != folder => current(home),
            _ => Err(super::damaged("the index is incomplete")),
        },
        Ok(folder) => Ok(Some(folder)),
        Err(cause) if matches!(cause.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(cause) => Err(fault(&format!("{} cannot be read", shown(home)), cause)),
    }
}

/// The folder that `current` names; one that cannot be when the name is none.
fn named(home: &Path) -> io::Result<PathBuf> {
    let name = fs::read(home.join(CURRENT))?;
    let name = String::from_utf8_lossy(&name);
    let name = name.trim();
    let is_plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    Ok(if is_plain { home.join(name) } else { home.join(CURRENT).join("nowhere") })
}

/// What every index run that ends changes: which sub-folder answers, and when it was last committed to.
pub(super) fn state(home: &Path) -> (Option<PathBuf>, Option<SystemTime>) {
    let folder = named(home).ok();
    let commit = folder.as_ref().and_then(|folder| fs::metadata(folder.join("meta.json")).ok()?.modified().ok());
    (folder, commit)
}

/// A path for a message, always with `/`.
pub(super) fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}

/// The right to write; given up when dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    home: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes it, creating the folder where it is missing.
    ///
    /// # Errors
    /// `Locked` when another process holds it; `Io`.
    pub(crate) fn take(home: &Path) -> Result<Self> {
        let cannot = |cause| fault(&format!("{} cannot be written", shown(home)), cause);
        fs::create_dir_all(home).map_err(cannot)?;
        let mut options = File::options();
        let file = options.create(true).truncate(false).write(true).open(home.join(LOCK)).map_err(cannot)?;
        match patiently(|| file.try_lock(), |cause| matches!(cause, TryLockError::WouldBlock)) {
            Ok(()) => Ok(Self { home: home.to_owned(), _file: file }),
            Err(TryLockError::WouldBlock) => {
                let meanwhile = match home.join(CURRENT).exists() {
                    true => "wait until it is done; searching works meanwhile",
                    false => "wait until it is done: it is the first run, and when it has ended it can be searched",
                };
                Err(Error::new(ErrorKind::Locked, "another morgue is writing this index").hint(meanwhile))
            }
            Err(TryLockError::Error(cause)) => Err(cannot(cause)),
        }
    }

    /// The index's folder.
    pub(super) fn home(&self) -> &Path {
        &self.home
    }

    /// Makes `folder` the one that answers. After an error it may be that one all the same.
    pub(super) fn switch_to(&self, folder: &Path) -> Result<()> {
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let cannot = |cause| fault("the new index cannot be put in place", cause);
        write_whole(&self.home.join(CURRENT), name.as_bytes()).map_err(cannot)
    }

    /// Where a new index may be built, told apart from others by the time in nanoseconds.
    pub(super) fn new_folder(&self, nanos: u128) -> PathBuf {
        self.home.join(format!("{INDEX}{nanos:x}"))
    }

    /// Removes what interrupted runs left behind: indexes other than the one that answers, and files half written.
    ///
    /// Nothing else is touched: the folder may be one that holds more than an index.
    ///
    /// # Errors
    /// `Damaged`, `Io`.
    pub(crate) fn sweep(&self) -> Result<()> {
        current(&self.home)?.map_or(Ok(()), |keep| self.remove_all_but(&keep))
    }

    /// The same before a new index is built, also where none answers yet; one that is damaged is left alone, and what cannot be
    /// removed is told when the new one is there.
    pub(super) fn sweep_leftovers(&self) {
        if let Ok(keep) = current(&self.home) {
            let _ = self.remove_all_but(&keep.unwrap_or_default());
        }
    }

    /// Removes all indexes but one, and files half written.
    pub(super) fn remove_all_but(&self, keep: &Path) -> Result<()> {
        let cannot = |cause| fault("an old index cannot be removed", cause);
        for entry in fs::read_dir(&self.home).map_err(cannot)? {
            let entry = entry.map_err(cannot)?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if entry.file_type().map_err(cannot)?.is_dir() {
                if is_index(&name) && entry.path() != keep {
                    fs::remove_dir_all(entry.path()).map_err(cannot)?;
                }
            } else if name.starts_with(UNFINISHED) {
                fs::remove_file(entry.path()).map_err(cannot)?;
            }
        }
        Ok(())
    }
}

/// Whether a folder of this name was made by `Lock::new_folder`.
fn is_index(name: &str) -> bool {
    let number = name.strip_prefix(INDEX);
    number.is_some_and(|number| number.len() > 8 && number.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Writes a file so that it is there whole or not at all, and lasts.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    readable(file.path())?;
    file.persist(path).map_err(|fault| fault.error)?;
    sync_folder(folder)
}

/// Lets everybody read a file that was made for its owner only.
pub(super) fn readable(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o644))?;
    }
    let _ = path;
    Ok(())
}

/// Makes renames in a folder last, where the system can.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    let _ = folder;
    Ok(())
}

/// Tries again for a fifth of a second while a lock is busy: a process that somebody starts in the moment in which a lock is let
/// go holds it until it runs its own program.
pub(super) fn patiently<T, E>(mut attempt: impl FnMut() -> Result<T, E>, is_busy: impl Fn(&E) -> bool) -> Result<T, E> {
    for _ in 0..20 {
        match attempt() {
            Err(cause) if is_busy(&cause) => thread::sleep(Duration::from_millis(10)),
            done => return done,
        }
    }
    attempt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_busy_lock_is_tried_again_for_a_while() {
        let after = |free: u32, fault: &'static str| {
            let mut tries = 0;
            let attempt = || {
                tries += 1;
                if tries > free { Ok(tries) } else { Err(fault) }
            };
            patiently(attempt, |cause| *cause == "busy")
        };
        assert_eq!(after(2, "busy"), Ok(3));
        assert_eq!(after(2, "broken"), Err("broken"));
        assert_eq!(after(u32::MAX, "busy"), Err("busy"));
    }
}
