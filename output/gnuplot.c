#define _GNU_SOURCE /* memfd_create */
#include "output/gnuplot.h"

#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "output/digest.h"

extern char **environ; // NOLINT(readability-redundant-declaration): POSIX wants it here

void flyt_gnuplot_quote(struct flyt_text *script, const char *text)
{
    static const char unknown[] = "\xef\xbf\xbd";    /* U+FFFD */
    static const char apostrophe[] = "\xe2\x80\x99"; /* U+2019 */
    flyt_text_put(script, "'", 1);
    for (const char *at = text; *at != '\0';) {
        size_t good = flyt_text_utf8_fault(at, strlen(at)), n = 0;
        while (n < good && (unsigned char)at[n] >= ' ' && at[n] != '\'' && at[n] != '\x7f') {
            n++;
        }
        flyt_text_put(script, at, n);
        at += n;
        if (*at != '\0') {
            flyt_text_put(script, *at == '\'' ? apostrophe : unknown, 3);
            at++;
        }
    }
    flyt_text_put(script, "'", 1);
}

void flyt_gnuplot_block(struct flyt_text *script, const char *name, const char *rows, size_t n)
{
    char word[FLYT_DIGEST_SIZE];
    flyt_digest_of(rows, n, word);
    flyt_text_add(script, "$%s << END_%.16s\n", name, word);
    flyt_text_put(script, rows, n);
    flyt_text_add(script, "END_%.16s\n", word);
}

/* ---- running ---- */

/** Files in memory that stand for gnuplot's standard input, output and error. */
struct streams {
    int in, out, error;
};

static int write_all(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t put = write(fd, bytes, n);
        if (put < 0 && errno != EINTR) {
            return -1;
        }
        bytes += put < 0 ? 0 : put;
        n -= put < 0 ? 0 : (size_t)put;
    }
    return lseek(fd, 0, SEEK_SET) < 0 ? -1 : 0;
}

/** Everything written to a memory file, into the arena. */
static enum flyt_status read_all(int fd, struct flyt_arena *arena, struct flyt_bytes *out)
{
    struct stat info;
    if (fstat(fd, &info) != 0 || lseek(fd, 0, SEEK_SET) < 0) {
        return FLYT_ERR_PLOT;
    }
    *out = (struct flyt_bytes){.bytes = FLYT_ARENA_ARRAY(arena, char, (size_t)info.st_size + 1)};
    if (out->bytes == NULL) {
        return FLYT_ERR_MEMORY;
    }
    while (out->n < (size_t)info.st_size) {
        ssize_t got = read(fd, out->bytes + out->n, (size_t)info.st_size - out->n);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return FLYT_ERR_PLOT;
        }
        out->n += got < 0 ? 0 : (size_t)got;
    }
    out->bytes[out->n] = '\0';
    return FLYT_OK;
}

/** Starts gnuplot and waits for it. Returns errno of the start, 0 when it ran; *code its status. */
static int spawn(const struct streams *streams, int *code)
{
    char name[] = "gnuplot", plain[] = "-d"; /* -d: no start-up files of the user */
    char *const argv[] = {name, plain, NULL};
    posix_spawn_file_actions_t actions;
    pid_t child = -1;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0) {
        return error;
    }
    error = posix_spawn_file_actions_adddup2(&actions, streams->in, STDIN_FILENO);
    error = error ? error : posix_spawn_file_actions_adddup2(&actions, streams->out, STDOUT_FILENO);
    error =
        error ? error : posix_spawn_file_actions_adddup2(&actions, streams->error, STDERR_FILENO);
    error = error ? error : posix_spawnp(&child, name, &actions, NULL, argv, environ);
    (void)posix_spawn_file_actions_destroy(&actions);
    while (error == 0 && waitpid(child, code, 0) < 0) {
        error = errno == EINTR ? 0 : errno;
    }
    return error;
}

static enum flyt_status not_started(struct flyt_diag *diag, int error)
{
    if (error == ENOENT) {
        return flyt_diag_fault(
            diag, FLYT_ERR_PLOT, (struct flyt_place){0},
            "gnuplot is not installed; on Debian and Ubuntu: apt-get install gnuplot-nox",
            "gnuplot er ikke installeret; på Debian og Ubuntu: apt-get install gnuplot-nox");
    }
    return flyt_diag_fault(diag, FLYT_ERR_PLOT, (struct flyt_place){0},
                           "gnuplot cannot be started: %s", "gnuplot kan ikke startes: %s",
                           strerror(error));
}

/** The line of gnuplot's complaint that tells something. */
static enum flyt_status complained(struct flyt_diag *diag, const struct flyt_bytes *said)
{
    char quoted[FLYT_QUOTE_SIZE];
    const char *tells = said->bytes != NULL ? said->bytes : "";
    for (const char *line = tells; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        tells = strncmp(line, "line ", 5) == 0 || strstr(line, "line ") != NULL ? line : tells;
        if (*line == '\0') {
            break;
        }
    }
    return flyt_diag_fault(diag, FLYT_ERR_PLOT, (struct flyt_place){0}, "gnuplot failed: %s",
                           "gnuplot fejlede: %s",
                           flyt_text_quote(quoted, tells, strcspn(tells, "\n")));
}

static enum flyt_status run_with(const struct streams *streams, const char *script, size_t n,
                                 struct flyt_arena *arena, struct flyt_bytes *out,
                                 struct flyt_diag *diag)
{
    int code = 0;
    struct flyt_bytes said;
    if (streams->in < 0 || streams->out < 0 || streams->error < 0 ||
        write_all(streams->in, script, n) != 0) {
        return not_started(diag, errno);
    }
    int error = spawn(streams, &code);
    if (error != 0) {
        return not_started(diag, error);
    }
    FLYT_TRY(read_all(streams->out, arena, out));
    FLYT_TRY(read_all(streams->error, arena, &said));
    return code != 0 || out->n == 0 ? complained(diag, &said) : FLYT_OK;
}

enum flyt_status flyt_gnuplot_run(const char *script, size_t n, struct flyt_arena *arena,
                                  struct flyt_bytes *out, struct flyt_diag *diag)
{
    const struct streams streams = {.in = memfd_create("script", MFD_CLOEXEC),
                                    .out = memfd_create("picture", MFD_CLOEXEC),
                                    .error = memfd_create("complaint", MFD_CLOEXEC)};
    const int fd[] = {streams.in, streams.out, streams.error};
    *out = (struct flyt_bytes){0};
    enum flyt_status status = run_with(&streams, script, n, arena, out, diag);
    for (size_t i = 0; i < FLYT_COUNT(fd); i++) {
        if (fd[i] >= 0) {
            (void)close(fd[i]);
        }
    }
    return status;
}

static enum flyt_status write_file(const char *path, const char *bytes, size_t n,
                                   struct flyt_diag *diag)
{
    FLYT_TRY(flyt_fileio_prepare(path, diag));
    return flyt_fileio_replace(path, bytes, n, diag);
}

enum flyt_status flyt_gnuplot_save(const char *folder, const char *name, const char *ending,
                                   const struct flyt_text *drawn, const struct flyt_text *kept,
                                   struct flyt_arena *arena, struct flyt_diag *diag)
{
    struct flyt_bytes picture;
    const char *path = flyt_arena_printf(arena, "%s/%s.%s", folder, name, ending);
    const char *script = flyt_arena_printf(arena, "%s/%s.gp", folder, name);
    if (path == NULL || script == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_gnuplot_run(drawn->bytes, drawn->n, arena, &picture, diag));
    FLYT_TRY(write_file(script, kept->bytes, kept->n, diag));
    return write_file(path, picture.bytes, picture.n, diag);
}
