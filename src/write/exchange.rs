//! A site exchanged as a whole: made beside the old one, then the two change places, on Linux
//! in one step (atomic exchange, `renameat2`). The only file that names rustix.

use std::{fs, io, path::Path};

use rayon::prelude::*;

use super::{
    All, MARK,
    before::Before,
    beside::{beside, new_beside, remove},
    failed, is_same, make_folders,
};
use crate::{diagnostic::Error, manifest::Manifest};

/// Makes the new site beside the old one, with what stays of earlier ones, and exchanges the
/// two; or says why that cannot be.
pub(super) fn exchanged(
    files: &All<'_>,
    manifest: &Manifest,
    target: &Path,
    before: &Before,
) -> Result<Result<(), String>, Error> {
    let (new, _at_work) = match new_beside(target) {
        Ok(made) => made,
        Err(why) if target.is_dir() && held(&why).is_some() => {
            return Ok(Err(held(&why).unwrap_or_default()));
        }
        Err(why) => return Err(failed(&beside(target, ".new"))(why)),
    };
    let written = write_beside(files, manifest, &new, target).and_then(|()| {
        let mut kept = manifest.earlier.keys().chain(&before.kept);
        kept.try_for_each(|path| carry(&target.join(path), &new.join(path)))
    });
    let swapped = written.and_then(|()| match exchange(&new, target) {
        Ok(()) => Ok(Ok(())),
        Err(why) if target.is_dir() => held(&why).map(Err).ok_or(why).map_err(failed(target)),
        Err(why) => Err(failed(target)(why)),
    });
    if let Ok(Ok(())) = swapped {
        // The old site is in the place of the new one now. What came into a folder that is
        // kept while this ran is there still.
        let mut kept = before.kept.iter();
        kept.try_for_each(|path| carry(&new.join(path), &target.join(path)))?;
    }
    // That it cannot be removed harms nobody: the next run tries again.
    let _ = remove(&new);
    swapped
}

/// Why the machine lets no folder be made or moved here, as opposed to why it cannot write.
fn held(why: &io::Error) -> Option<String> {
    use io::ErrorKind as Kind;
    Some(match why.kind() {
        Kind::PermissionDenied => "the folder above it may not be written to".into(),
        Kind::ReadOnlyFilesystem => "the folder above it is read-only".into(),
        Kind::ResourceBusy => "it is in use as a whole".into(),
        Kind::CrossesDevices => "it is in a layer below the disk of this container".into(),
        _ => return None,
    })
}

fn write_beside(
    files: &All<'_>,
    manifest: &Manifest,
    new: &Path,
    target: &Path,
) -> Result<(), Error> {
    // The mark comes first, so that the next run knows what a killed one left.
    let own = new.join(MARK);
    fs::write(&own, manifest.text()).map_err(failed(&own))?;
    make_folders(files.keys().copied(), new)?;
    files.par_iter().try_for_each(|(path, bytes)| {
        let (old, path) = (target.join(path), new.join(path));
        put(&path, &old, bytes).map_err(failed(&path))
    })
}

/// Makes the file at `path`: a link to `old` when that has the same bytes.
fn put(path: &Path, old: &Path, bytes: &[u8]) -> io::Result<()> {
    if is_same(old, bytes) && fs::hard_link(old, path).is_ok() {
        return Ok(());
    }
    fs::write(path, bytes)
}

/// Has a file or folder at `to` as it is at `from`. What is there already stays.
fn carry(from: &Path, to: &Path) -> Result<(), Error> {
    let Ok(data) = fs::symlink_metadata(from) else { return Ok(()) };
    if let Some(above) = to.parent() {
        fs::create_dir_all(above).map_err(failed(above))?;
    }
    if data.is_dir() {
        fs::create_dir_all(to).map_err(failed(to))?;
        for entry in fs::read_dir(from).map_err(failed(from))? {
            let entry = entry.map_err(failed(from))?;
            carry(&entry.path(), &to.join(entry.file_name()))?;
        }
        return fs::set_permissions(to, data.permissions()).map_err(failed(to));
    }
    if fs::symlink_metadata(to).is_ok() || fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    #[cfg(unix)]
    if data.is_symlink() {
        let leads_to = fs::read_link(from).map_err(failed(from))?;
        return std::os::unix::fs::symlink(leads_to, to).map_err(failed(to));
    }
    fs::copy(from, to).map(|_| ()).map_err(failed(to))
}

/// Makes two folders change places, or the first take the place of nothing.
fn exchange(new: &Path, target: &Path) -> io::Result<()> {
    if !target.exists() {
        return fs::rename(new, target);
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, new, CWD, target, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    let old = new.with_extension("old");
    remove(&old)?;
    fs::rename(target, &old)?;
    if let Err(why) = fs::rename(new, target) {
        fs::rename(&old, target)?;
        return Err(why);
    }
    // Where it would be after an exchange.
    fs::rename(&old, new)
}
