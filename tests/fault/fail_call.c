/*
 * Makes one call fail: FAIL_CALL names it (openat, write, fsync, renameat), FAIL_AT says which
 * (from 1), FAIL_ERRNO with what; FAIL_ERRNO=short lets a write take one byte only. Only calls
 * that concern part files and what is written to them count. FAIL_COUNT names a file that gets the
 * number of such calls. Loaded with LD_PRELOAD.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int n_calls;
static int watched[1024]; /* by file descriptor: a part file or a folder */

static int fails(const char *call)
{
    const char *wanted = getenv("FAIL_CALL"), *at = getenv("FAIL_AT"),
               *count = getenv("FAIL_COUNT");
    if (wanted == NULL || strcmp(wanted, call) != 0) {
        return 0;
    }
    n_calls++;
    if (count != NULL) {
        char digit = (char)('0' + (n_calls < 9 ? n_calls : 9));
        int fd = open(count, O_WRONLY | O_CREAT | O_TRUNC, 0600);
        ssize_t (*real_write)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
        (void)!real_write(fd, &digit, 1);
        close(fd);
    }
    return at != NULL && n_calls == atoi(at);
}

static int code(void)
{
    const char *text = getenv("FAIL_ERRNO");
    return text == NULL ? EIO : atoi(text);
}

// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name): the C library's function
int openat(int folder, const char *path, int flags, ...)
{
    int (*real)(int, const char *, int, ...) = dlsym(RTLD_NEXT, "openat");
    va_list args;
    va_start(args, flags);
    int mode = (flags & O_CREAT) != 0 ? va_arg(args, int) : 0;
    va_end(args);
    int part = strstr(path, ".part") != NULL;
    if (part && fails("openat")) {
        errno = code();
        return -1;
    }
    int fd = real(folder, path, flags, mode);
    if (part && fd >= 0 && fd < 1024) {
        watched[fd] = 1;
        watched[folder >= 0 ? folder : 0] = 1;
    }
    return fd;
}

// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name)
ssize_t write(int fd, const void *bytes, size_t n)
{
    ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    if (fd > 2 && fd < 1024 && watched[fd] && fails("write")) {
        if (getenv("FAIL_ERRNO") != NULL && strcmp(getenv("FAIL_ERRNO"), "short") == 0) {
            return real(fd, bytes, n < 1 ? n : 1);
        }
        errno = code();
        return -1;
    }
    return real(fd, bytes, n);
}

int fsync(int fd)
{
    int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
    if (fails("fsync")) {
        errno = code();
        return -1;
    }
    return real(fd);
}

int renameat(int from, const char *old, int to, const char *new)
{
    int (*real)(int, const char *, int, const char *) = dlsym(RTLD_NEXT, "renameat");
    if (fails("renameat")) {
        errno = code();
        return -1;
    }
    return real(from, old, to, new);
}
