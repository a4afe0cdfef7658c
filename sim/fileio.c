#define _DEFAULT_SOURCE
#include "sim/fileio.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/fileio_parts.h"
#include "sim/text.h"

enum { PART_TRIES = 64 }; /* rounds against others that clear away or write the same part file */

static const char part_suffix[] = ".part";

/** A file about to be written: its folder held open, its name and that of the part file. */
struct flyt_fileio_target {
    const char *path; /* as given */
    struct flyt_diag *diag;
    int folder, part; /* -1: not open */
    char name[NAME_MAX + 1], part_name[NAME_MAX + 1];
    struct flyt_place place; /* the path, for messages */
    char quoted[FLYT_QUOTE_SIZE];
};

static void target_init(struct flyt_fileio_target *target, const char *path, struct flyt_diag *diag)
{
    *target = (struct flyt_fileio_target){.path = path, .diag = diag, .folder = -1, .part = -1};
    target->place.file = flyt_text_quote(target->quoted, path, strlen(path));
}

/* ---- why it went wrong ---- */

static enum flyt_status create_fault(const struct flyt_fileio_target *target, int error)
{
    return flyt_diag_fault(target->diag, FLYT_ERR_OUTPUT, target->place, "cannot be created: %s",
                           "kan ikke oprettes: %s", flyt_fileio_reason(target->diag, error));
}

static enum flyt_status write_fault(const struct flyt_fileio_target *target, int error)
{
    return flyt_diag_fault(target->diag, FLYT_ERR_IO, target->place, "could not be written: %s",
                           "kunne ikke skrives: %s", flyt_fileio_reason(target->diag, error));
}

/* ---- the part file ---- */

static int sync_fd(int fd)
{
    int failed = 0;
    do {
        failed = fsync(fd);
    } while (failed != 0 && errno == EINTR);
    return failed;
}

static int lock_fd(int fd)
{
    int failed = 0;
    do {
        failed = flock(fd, LOCK_EX | LOCK_NB);
    } while (failed != 0 && errno == EINTR);
    return failed;
}

static int open_part(const struct flyt_fileio_target *target, int flags)
{
    int fd = -1;
    do {
        fd = openat(target->folder, target->part_name,
                    O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | flags, 0666);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

/** Whether the part file's name still leads to what `fd` has open. */
static bool part_is(const struct flyt_fileio_target *target, int fd)
{
    struct stat named, opened;
    return fstatat(target->folder, target->part_name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
           fstat(fd, &opened) == 0 && named.st_dev == opened.st_dev &&
           named.st_ino == opened.st_ino;
}

static enum flyt_status part_in_the_way(const struct flyt_fileio_target *target)
{
    return flyt_diag_fault(target->diag, FLYT_ERR_OUTPUT, target->place,
                           "cannot be created: its part file (the name with .part) exists and is "
                           "none that flyt left; remove it",
                           "kan ikke oprettes: dens delfil (navnet med .part) findes og er ikke "
                           "efterladt af flyt; fjern den");
}

static enum flyt_status part_is_live(const struct flyt_fileio_target *target)
{
    return flyt_diag_fault(target->diag, FLYT_ERR_OUTPUT, target->place,
                           "cannot be created: another process is writing it now",
                           "kan ikke oprettes: en anden proces er ved at skrive den");
}

/**
 * Removes the part file of a process that is dead: its lock went with it. Whoever holds the lock
 * of the file that bears the name is the only one who may remove it, so that of two who clear away
 * none can hit the new file of the other.
 */
static enum flyt_status remove_stale(const struct flyt_fileio_target *target)
{
    struct stat info;
    if (fstatat(target->folder, target->part_name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno == ENOENT ? FLYT_OK : create_fault(target, errno);
    }
    if (!S_ISREG(info.st_mode)) {
        return part_in_the_way(target);
    }
    int fd = open_part(target, 0);
    if (fd < 0) {
        return errno == ENOENT                    ? FLYT_OK
               : errno == ELOOP || errno == ENXIO ? part_in_the_way(target)
                                                  : create_fault(target, errno);
    }
    enum flyt_status status = FLYT_OK;
    if (lock_fd(fd) != 0) {
        status = errno == EWOULDBLOCK ? part_is_live(target) : part_in_the_way(target);
    } else if (part_is(target, fd) && unlinkat(target->folder, target->part_name, 0) != 0) {
        status = create_fault(target, errno);
    }
    (void)close(fd);
    return status;
}

/** Creates and locks the part file; `target->part` is then open, unless a status says why not. */
static enum flyt_status create_part(struct flyt_fileio_target *target)
{
    for (int i = 0; i < PART_TRIES; i++) {
        int fd = open_part(target, O_CREAT | O_EXCL);
        if (fd < 0 && errno == EEXIST) {
            FLYT_TRY(remove_stale(target));
            continue;
        }
        if (fd < 0) {
            return create_fault(target, errno);
        }
        bool locked = lock_fd(fd) == 0;
        bool unlockable = !locked && errno != EWOULDBLOCK; /* a file system without locks */
        if ((locked && part_is(target, fd)) || unlockable) {
            target->part = fd;
            return FLYT_OK;
        }
        (void)close(fd); /* another process took it for a dead one's: it is gone, or soon will be */
    }
    return part_is_live(target);
}

/** Takes the part file away; the lock is held until it is gone. */
static void drop_part(struct flyt_fileio_target *target)
{
    if (target->part >= 0) {
        (void)unlinkat(target->folder, target->part_name, 0);
        (void)close(target->part);
        target->part = -1;
    }
}

/* ---- the folder ---- */

/** Splits the path, checks what stands there, opens the folder. */
static enum flyt_status open_target(const char *path, struct flyt_diag *diag,
                                    struct flyt_fileio_target *target)
{
    target_init(target, path, diag);
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    size_t n_folder = (size_t)(name - path);
    char folder[PATH_MAX];
    if (name[0] == '\0') {
        return flyt_diag_fault(diag, FLYT_ERR_OUTPUT, target->place, "names no file",
                               "angiver ingen fil");
    }
    if (n_folder + 2 > sizeof folder || strlen(name) + sizeof part_suffix > sizeof target->name) {
        return create_fault(target, ENAMETOOLONG);
    }
    (void)snprintf(folder, sizeof folder, "%.*s", (int)n_folder, n_folder == 0 ? "" : path);
    (void)snprintf(target->name, sizeof target->name, "%s", name);
    (void)snprintf(target->part_name, sizeof target->part_name, "%.*s%s",
                   (int)(sizeof target->part_name - sizeof part_suffix), name, part_suffix);
    do {
        target->folder = open(n_folder == 0 ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    } while (target->folder < 0 && errno == EINTR);
    if (target->folder < 0) {
        return create_fault(target, errno);
    }
    struct stat info;
    bool absent = fstatat(target->folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0;
    if (absent && errno != ENOENT) {
        return create_fault(target, errno);
    }
    if (!absent && !S_ISREG(info.st_mode)) {
        return flyt_diag_fault(diag, FLYT_ERR_OUTPUT, target->place,
                               "exists and is not a regular file",
                               "findes og er ikke en almindelig fil");
    }
    return FLYT_OK;
}

static void close_target(struct flyt_fileio_target *target)
{
    drop_part(target);
    if (target->folder >= 0) {
        (void)close(target->folder);
    }
}

/** Makes the folders that lead to `path`, as `mkdir -p` does. */
static enum flyt_status make_folders(const char *path, struct flyt_diag *diag)
{
    struct flyt_fileio_target target;
    target_init(&target, path, diag);
    char folder[PATH_MAX];
    size_t n = strlen(path);
    if (n >= sizeof folder) {
        return create_fault(&target, ENAMETOOLONG);
    }
    memcpy(folder, path, n + 1);
    for (size_t i = 1; i < n; i++) {
        if (folder[i] != '/') {
            continue;
        }
        folder[i] = '\0';
        if (mkdir(folder, 0777) != 0 && errno != EEXIST && errno != EISDIR) {
            struct stat info;
            int error = errno; /* above a folder that exists anything may be forbidden */
            if (stat(folder, &info) != 0 || !S_ISDIR(info.st_mode)) {
                return create_fault(&target, error);
            }
        }
        folder[i] = '/';
    }
    return FLYT_OK;
}

/* ---- replacing ---- */

static int write_fully(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t put = write(fd, bytes, n < (1u << 30) ? n : (1u << 30));
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            errno = put == 0 ? ENOSPC : errno;
            return -1;
        }
        bytes += put;
        n -= (size_t)put;
    }
    return 0;
}

/** Syncs the part file, gives it its name and syncs the folder. */
static enum flyt_status give_name(struct flyt_fileio_target *target)
{
    if (sync_fd(target->part) != 0 ||
        renameat(target->folder, target->part_name, target->folder, target->name) != 0) {
        return write_fault(target, errno);
    }
    (void)close(target->part); /* synced: nothing is left for closing to lose */
    target->part = -1;
    if (sync_fd(target->folder) != 0 && errno != EINVAL) { /* EINVAL: folders need no sync */
        return flyt_diag_fault(target->diag, FLYT_ERR_IO, target->place,
                               "is written, but may not survive a power cut: %s",
                               "er skrevet, men overlever måske ikke et strømsvigt: %s",
                               flyt_fileio_reason(target->diag, errno));
    }
    return FLYT_OK;
}

enum flyt_status flyt_fileio_replace(const char *path, const void *bytes, size_t n,
                                     struct flyt_diag *diag)
{
    struct flyt_fileio_target target;
    enum flyt_status status = open_target(path, diag, &target);
    if (status == FLYT_OK) {
        status = create_part(&target);
    }
    if (status != FLYT_OK) {
        close_target(&target);
        return status;
    }
    status =
        write_fully(target.part, bytes, n) != 0 ? write_fault(&target, errno) : give_name(&target);
    close_target(&target);
    return status;
}

enum flyt_status flyt_fileio_prepare(const char *path, struct flyt_diag *diag)
{
    struct flyt_fileio_target target;
    FLYT_TRY(make_folders(path, diag));
    enum flyt_status status = open_target(path, diag, &target);
    if (status == FLYT_OK) {
        status = create_part(&target); /* the only sure test of a folder is to write in it */
    }
    close_target(&target);
    return status;
}

/* ---- files that grow ---- */

enum flyt_status flyt_fileio_part_open(const char *path, struct flyt_arena *arena,
                                       struct flyt_fileio_part *part, struct flyt_diag *diag)
{
    struct flyt_fileio_target *target = FLYT_ARENA_ARRAY(arena, struct flyt_fileio_target, 1);
    *part = (struct flyt_fileio_part){flyt_arena_printf(arena, "%s%s", path, part_suffix), target};
    if (target == NULL || part->path == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(make_folders(path, diag));
    enum flyt_status status = open_target(path, diag, target);
    if (status == FLYT_OK) {
        status = create_part(target);
    }
    if (status != FLYT_OK) {
        close_target(target);
    }
    return status;
}

size_t flyt_fileio_part_read(const struct flyt_fileio_part *part, uint64_t offset, void *bytes,
                             size_t n)
{
    size_t got = 0;
    while (got < n) {
        ssize_t more =
            pread(part->target->part, (char *)bytes + got, n - got, (off_t)(offset + got));
        if (more < 0 && errno == EINTR) {
            continue;
        }
        if (more <= 0) {
            break;
        }
        got += (size_t)more;
    }
    return got;
}

enum flyt_status flyt_fileio_part_write(const struct flyt_fileio_part *part, uint64_t offset,
                                        const void *bytes, size_t n, struct flyt_diag *diag)
{
    (void)diag;
    if (lseek(part->target->part, (off_t)offset, SEEK_SET) < 0 ||
        write_fully(part->target->part, bytes, n) != 0) {
        return write_fault(part->target, errno);
    }
    return FLYT_OK;
}

enum flyt_status flyt_fileio_part_fault(const struct flyt_fileio_part *part, struct flyt_diag *diag)
{
    static const char nothing[4096];
    int failed = 0;
    (void)diag;
    if (lseek(part->target->part, 0, SEEK_END) < 0) {
        return write_fault(part->target, errno);
    }
    for (int i = 0; i < 256 && failed == 0; i++) { /* is there room for more? */
        failed = write_fully(part->target->part, nothing, sizeof nothing);
    }
    failed = failed == 0 ? sync_fd(part->target->part) : failed;
    return write_fault(part->target, failed != 0 ? errno : EIO);
}

enum flyt_status flyt_fileio_part_finish(struct flyt_fileio_part *part, struct flyt_diag *diag)
{
    (void)diag;
    enum flyt_status status = give_name(part->target);
    close_target(part->target);
    return status;
}

void flyt_fileio_part_drop(struct flyt_fileio_part *part)
{
    close_target(part->target);
}

/* ---- locks ---- */

enum flyt_status flyt_fileio_lock(const char *path, enum flyt_fileio_lock how, int *lock,
                                  struct flyt_diag *diag)
{
    struct flyt_fileio_target target;
    int failed = 0, flags = how == FLYT_LOCK_wait     ? LOCK_EX
                            : how == FLYT_LOCK_shared ? LOCK_SH | LOCK_NB
                                                      : LOCK_EX | LOCK_NB;
    target_init(&target, path, diag);
    do {
        *lock = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0666);
    } while (*lock < 0 && errno == EINTR);
    if (*lock < 0) {
        return create_fault(&target, errno);
    }
    do {
        failed = flock(*lock, flags);
    } while (failed != 0 && errno == EINTR);
    if (failed != 0 && errno == EWOULDBLOCK) {
        (void)close(*lock);
        return flyt_diag_fault(diag, FLYT_ERR_OUTPUT, target.place, "another flyt is at work here",
                               "en anden flyt er i gang her");
    }
    return FLYT_OK;
}

void flyt_fileio_unlock(int lock)
{
    if (lock >= 0) {
        (void)close(lock);
    }
}
