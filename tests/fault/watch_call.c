/*
 * Tells what flyt is doing with part files, and makes that last longer, so that a kill can hit it.
 * Counts stand in the file WATCH_FOLDER/<pid>, one byte each: calls under way of open, write, fsync
 * and rename, and how many were begun. A write is done in two halves with WATCH_MICROSECONDS
 * between them. Loaded with LD_PRELOAD.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { OPENING, WRITING, SYNCING, RENAMING, N_KINDS };

static unsigned char none[2 * N_KINDS], *count = none;

__attribute__((constructor)) static void begin(void)
{
    const char *folder = getenv("WATCH_FOLDER");
    char path[512];
    if (folder == NULL || strcmp(program_invocation_short_name, "flyt") != 0) {
        return;
    }
    (void)snprintf(path, sizeof path, "%s/%d", folder, (int)getpid());
    int fd = open(path, O_RDWR | O_CREAT, 0600);
    if (fd >= 0 && ftruncate(fd, sizeof none) == 0) {
        void *shared = mmap(NULL, sizeof none, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        count = shared == MAP_FAILED ? none : shared;
    }
    (void)close(fd);
}

static void enter(int kind)
{
    (void)__atomic_add_fetch(&count[N_KINDS + kind], 1, __ATOMIC_SEQ_CST);
    (void)__atomic_add_fetch(&count[kind], 1, __ATOMIC_SEQ_CST);
}

static void leave(int kind)
{
    (void)__atomic_sub_fetch(&count[kind], 1, __ATOMIC_SEQ_CST);
}

static int is_part(const char *path)
{
    size_t n = path == NULL ? 0 : strlen(path);
    return n > 5 && strcmp(path + n - 5, ".part") == 0;
}

static int is_part_fd(int fd)
{
    char link[64], path[4096];
    (void)snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    path[n < 0 ? 0 : n] = '\0';
    return is_part(path);
}

static void wait_a_little(void)
{
    const char *text = getenv("WATCH_MICROSECONDS");
    if (text != NULL) {
        (void)usleep((useconds_t)atoi(text));
    }
}

// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name): the C library's function
int openat(int folder, const char *path, int flags, ...)
{
    int (*real)(int, const char *, int, ...) = dlsym(RTLD_NEXT, "openat");
    va_list args;
    va_start(args, flags);
    int mode = (flags & O_CREAT) != 0 ? va_arg(args, int) : 0;
    va_end(args);
    if (!is_part(path)) {
        return real(folder, path, flags, mode);
    }
    enter(OPENING);
    int fd = real(folder, path, flags, mode);
    leave(OPENING);
    return fd;
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");
    if (!is_part_fd(fd)) {
        return real(fd, bytes, n);
    }
    enter(WRITING);
    ssize_t half = real(fd, bytes, n / 2), rest = 0;
    wait_a_little();
    if (half >= 0 && (size_t)half == n / 2) {
        rest = real(fd, (const char *)bytes + half, n - (size_t)half);
    }
    leave(WRITING);
    return half < 0 || rest < 0 ? -1 : half + rest;
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
    ssize_t (*real)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");
    if (!is_part_fd(fd)) {
        return real(fd, bytes, n, at);
    }
    enter(WRITING);
    ssize_t half = real(fd, bytes, n / 2, at), rest = 0;
    wait_a_little();
    if (half >= 0 && (size_t)half == n / 2) {
        rest = real(fd, (const char *)bytes + half, n - (size_t)half, at + half);
    }
    leave(WRITING);
    return half < 0 || rest < 0 ? -1 : half + rest;
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at)
{
    return pwrite64(fd, bytes, n, at);
}

int fsync(int fd)
{
    int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
    int part = is_part_fd(fd);
    if (part) {
        enter(SYNCING);
    }
    int failed = real(fd);
    if (part) {
        leave(SYNCING);
    }
    return failed;
}

int renameat(int from, const char *old, int to, const char *name)
{
    int (*real)(int, const char *, int, const char *) = dlsym(RTLD_NEXT, "renameat");
    enter(RENAMING);
    int failed = real(from, old, to, name);
    leave(RENAMING);
    return failed;
}
