//! The engine's folder as those who only search see it: nothing in it is made, changed or removed.
//!
//! So an archive on a medium or a share that cannot be written answers like any other.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use tantivy::{
    Directory,
    directory::{
        DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
        error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError},
    },
};

/// A folder to read from.
#[derive(Debug, Clone)]
pub(super) struct ReadOnly {
    folder: PathBuf,
    files: MmapDirectory,
}

impl ReadOnly {
    /// Opens a folder.
    ///
    /// # Errors
    /// Where there is none.
    pub(super) fn open(folder: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Self { folder: folder.to_owned(), files: MmapDirectory::open(folder)? })
    }
}

impl Directory for ReadOnly {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError { io_error: Arc::new(refused()), filepath: path.to_owned() })
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(refused(), path.to_owned()))
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(refused())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    /// Keeps a run from removing files while they are being opened, by a lock that is shared with other readers.
    ///
    /// The run itself makes the file. Where it is missing, or the system locks nothing, there is nobody to keep away, or no
    /// means to: files are opened all the same, and one that is gone just then is an error as it is anywhere.
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let held = File::open(self.folder.join(&lock.filepath)).and_then(|file| file.lock_shared().map(|()| file));
        Ok(DirectoryLock::from(Box::new(held.ok())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

fn refused() -> io::Error {
    io::Error::new(io::ErrorKind::ReadOnlyFilesystem, "the index is open for reading only")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tantivy::directory::META_LOCK;

    use super::*;

    #[test]
    fn nothing_is_written_and_a_run_is_kept_away() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a"), "1").unwrap();
        let seen = ReadOnly::open(folder.path()).unwrap();
        let a = Path::new("a");
        assert_eq!(seen.atomic_read(a).unwrap(), b"1");
        assert!(seen.delete(a).is_err() && seen.atomic_write(a, b"2").is_err());
        assert!(seen.open_write(Path::new("b")).is_err() && seen.acquire_lock(&META_LOCK).is_ok());
        let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
        assert_eq!(names.collect::<Vec<_>>(), ["a"]);
        assert_eq!(fs::read(folder.path().join(a)).unwrap(), b"1");

        let lock = File::create(folder.path().join(&META_LOCK.filepath)).unwrap();
        let (one, other) = (seen.acquire_lock(&META_LOCK).unwrap(), seen.acquire_lock(&META_LOCK).unwrap());
        assert!(lock.try_lock().is_err(), "a run must wait for readers");
        drop((one, other));
        assert!(lock.try_lock().is_ok());
    }
}
