/* Reading whole regular files. See fileio.h. */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/fileio_parts.h"
#include "sim/text.h"

/* strerror() would be English in a Danish message */
const char *flyt_fileio_reason(const struct flyt_diag *diag, int error)
{
    static const struct {
        int error;
        const char *da;
    } danish[] = {
        {ENOENT, "filen eller mappen findes ikke"},
        {EACCES, "adgang nægtet"},
        {EPERM, "det er ikke tilladt"},
        {ENOSPC, "disken er fuld"},
        {EDQUOT, "diskkvoten er brugt op"},
        {EFBIG, "filen bliver større end tilladt"},
        {EIO, "disken meldte en fejl"},
        {EROFS, "filsystemet kan kun læses"},
        {EISDIR, "det er en mappe"},
        {ENOTDIR, "en del af stien er ikke en mappe"},
        {EEXIST, "filen findes allerede"},
        {ENAMETOOLONG, "navnet er for langt"},
        {ELOOP, "stien går gennem et symbolsk link, der ikke følges"},
        {EMFILE, "for mange åbne filer"},
        {ENFILE, "for mange åbne filer på maskinen"},
        {ENOMEM, "ikke hukommelse nok"},
        {ENOLCK, "filen kan ikke låses"},
        {ESTALE, "mappen på serveren er væk"},
    };
    if (diag != NULL && diag->lang == FLYT_DA) {
        for (size_t i = 0; i < FLYT_COUNT(danish); i++) {
            if (danish[i].error == error) {
                return danish[i].da;
            }
        }
    }
    return strerror(error);
}

static enum flyt_status read_fault(const char *path, struct flyt_place place,
                                   struct flyt_diag *diag, int error)
{
    char quoted[FLYT_QUOTE_SIZE];
    return flyt_diag_fault(diag, FLYT_ERR_INPUT, place, "%s: cannot be read: %s",
                           "%s: kan ikke læses: %s", flyt_text_quote(quoted, path, strlen(path)),
                           flyt_fileio_reason(diag, error));
}

static enum flyt_status not_regular(const char *path, struct flyt_place place,
                                    struct flyt_diag *diag)
{
    char quoted[FLYT_QUOTE_SIZE];
    return flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place, "%s: is not a regular file",
                           "%s: er ikke en almindelig fil",
                           flyt_text_quote(quoted, path, strlen(path)));
}

static enum flyt_status too_large(const char *path, struct flyt_place place, size_t max_bytes,
                                  struct flyt_diag *diag)
{
    char quoted[FLYT_QUOTE_SIZE];
    return flyt_diag_fault(diag, FLYT_ERR_SCENARIO, place,
                           "%s: is larger than the %zu bytes allowed here",
                           "%s: er større end de %zu bytes, der er tilladt her",
                           flyt_text_quote(quoted, path, strlen(path)), max_bytes);
}

/** Reads up to `room` bytes; fewer only at the end of the file. Returns -1 with errno. */
static ssize_t read_fully(int fd, char *bytes, size_t room)
{
    size_t n = 0;
    while (n < room) {
        size_t piece = room - n < (1u << 30) ? room - n : (1u << 30);
        ssize_t got = read(fd, bytes + n, piece);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return -1;
        }
        if (got == 0) {
            break;
        }
        n += (size_t)got;
    }
    return (ssize_t)n;
}

/** Reads to the end, whatever size the file claims to have (it may grow; /proc claims 0). */
static enum flyt_status read_open(int fd, size_t size, size_t max_bytes, struct flyt_place place,
                                  struct flyt_arena *arena, struct flyt_bytes *out,
                                  struct flyt_diag *diag)
{
    size_t room = size < max_bytes ? size : max_bytes;
    size_t n = 0;
    char *bytes = NULL;
    for (;;) {
        char *grown = room >= SIZE_MAX / 2 ? NULL : FLYT_ARENA_ARRAY(arena, char, room + 2);
        if (grown == NULL) {
            return flyt_diag_fault(diag, FLYT_ERR_MEMORY, place, "no memory for %zu bytes",
                                   "ikke hukommelse til %zu bytes", room);
        }
        if (n > 0) {
            memcpy(grown, bytes, n);
        }
        bytes = grown;
        ssize_t got = read_fully(fd, bytes + n, room + 1 - n); /* one more shows that it goes on */
        if (got < 0) {
            return read_fault(out->path, place, diag, errno);
        }
        n += (size_t)got;
        if (n > max_bytes) {
            return too_large(out->path, place, max_bytes, diag);
        }
        if (n <= room) {
            break;
        }
        room = room > max_bytes / 2 ? max_bytes : 2 * room + 4096;
        room = room > max_bytes ? max_bytes : room;
    }
    bytes[n] = '\0';
    out->bytes = bytes;
    out->n = n;
    return FLYT_OK;
}

static int open_to_read(const char *path)
{
    int fd = -1;
    do {
        fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

/** Opens a regular file and says how large it is; *fd -1 with a fault. */
static enum flyt_status open_regular(const char *path, struct flyt_place place, int *fd,
                                     off_t *size, struct flyt_diag *diag)
{
    struct stat info;
    *fd = -1;
    if (stat(path, &info) != 0) { /* before opening: opening a device or FIFO can do things */
        return read_fault(path, place, diag, errno);
    }
    if (!S_ISREG(info.st_mode)) {
        return not_regular(path, place, diag);
    }
    int opened = open_to_read(path);
    if (opened < 0) {
        return read_fault(path, place, diag, errno);
    }
    enum flyt_status status = FLYT_OK;
    if (fstat(opened, &info) != 0) {
        status = read_fault(path, place, diag, errno);
    } else if (!S_ISREG(info.st_mode)) {
        status = not_regular(path, place, diag);
    }
    if (status != FLYT_OK) {
        (void)close(opened);
        return status;
    }
    *fd = opened;
    *size = info.st_size;
    return FLYT_OK;
}

enum flyt_status flyt_fileio_read(const char *path, size_t max_bytes, struct flyt_place place,
                                  struct flyt_arena *arena, struct flyt_bytes *out,
                                  struct flyt_diag *diag)
{
    int fd = -1;
    off_t size = 0;
    *out = (struct flyt_bytes){.path = path};
    FLYT_TRY(open_regular(path, place, &fd, &size, diag));
    enum flyt_status status = size > 0 && (uintmax_t)size > max_bytes
                                  ? too_large(path, place, max_bytes, diag)
                                  : read_open(fd, (size_t)size, max_bytes, place, arena, out, diag);
    (void)close(fd);
    return status;
}

enum flyt_status flyt_fileio_pass(const char *path,
                                  void (*take)(void *job, uint64_t offset, const char *bytes,
                                               size_t n),
                                  void *job, struct flyt_diag *diag)
{
    char piece[1 << 16];
    int fd = -1;
    off_t size = 0;
    uint64_t offset = 0;
    ssize_t got = 0;
    FLYT_TRY(open_regular(path, (struct flyt_place){0}, &fd, &size, diag));
    while ((got = read_fully(fd, piece, sizeof piece)) > 0) {
        take(job, offset, piece, (size_t)got);
        offset += (uint64_t)got;
    }
    enum flyt_status status =
        got < 0 ? read_fault(path, (struct flyt_place){0}, diag, errno) : FLYT_OK;
    (void)close(fd);
    return status;
}

size_t flyt_fileio_head(const char *path, void *bytes, size_t n)
{
    struct stat info;
    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode)) {
        return 0;
    }
    int fd = open_to_read(path);
    ssize_t got = fd < 0 ? 0 : read_fully(fd, bytes, n);
    if (fd >= 0) {
        (void)close(fd);
    }
    return got < 0 ? 0 : (size_t)got;
}

bool flyt_fileio_exists(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

bool flyt_fileio_same(const char *path, const char *other)
{
    struct stat one, two;
    return stat(path, &one) == 0 && stat(other, &two) == 0 && one.st_dev == two.st_dev &&
           one.st_ino == two.st_ino;
}
