#define _DEFAULT_SOURCE
#include <criterion/criterion.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/fileio.h"

static char folder[PATH_MAX];
static struct flyt_diag diag;
static struct flyt_arena arena;

static void enter_folder(void)
{
    (void)snprintf(folder, sizeof folder, "/tmp/flyt-fileio-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
    diag = (struct flyt_diag){.lang = FLYT_EN};
    flyt_arena_init(&arena, 0);
}

static void leave_folder(void)
{
    char command[PATH_MAX + 16];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    cr_assert_eq(system(command), 0);
    flyt_arena_free(&arena);
}

TestSuite(fileio, .init = enter_folder, .fini = leave_folder);

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    cr_assert(fputs(text, file) >= 0);
    cr_assert_eq(fclose(file), 0);
}

static enum flyt_status get(const char *path, size_t max_bytes, struct flyt_bytes *out)
{
    return flyt_fileio_read(path, max_bytes, (struct flyt_place){0}, &arena, out, &diag);
}

static void expect_file(const char *path, const char *text)
{
    struct flyt_bytes bytes;
    cr_assert_eq(get(path, 1 << 20, &bytes), FLYT_OK, "%s is missing", path);
    cr_assert_str_eq(bytes.bytes, text);
}

static void expect_fault(const char *part)
{
    cr_assert_eq(diag.n_faults, 1);
    cr_assert_not_null(strstr(diag.fault[0].text, part), "'%s' lacks '%s'", diag.fault[0].text,
                       part);
}

static bool exists(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

static enum flyt_status replace(const char *path, const char *text)
{
    return flyt_fileio_replace(path, text, strlen(text), &diag);
}

Test(fileio, reads_a_whole_file_and_adds_a_nul)
{
    struct flyt_bytes bytes;
    put("a", "æøå\n");
    cr_assert_eq(get("a", 7, &bytes), FLYT_OK);
    cr_assert_eq(bytes.n, 7);
    cr_assert_str_eq(bytes.bytes, "æøå\n");
    put("empty", "");
    cr_assert_eq(get("empty", 0, &bytes), FLYT_OK);
    cr_assert_eq(bytes.n, 0);
    cr_assert_eq(bytes.bytes[0], '\0');
}

Test(fileio, refuses_a_file_one_byte_too_large)
{
    struct flyt_bytes bytes;
    put("a", "12345678");
    cr_assert_eq(get("a", 7, &bytes), FLYT_ERR_SCENARIO);
    expect_fault("a: is larger than the 7 bytes");
}

Test(fileio, reads_files_that_claim_to_be_empty)
{
    struct flyt_bytes bytes;
    cr_assert_eq(get("/proc/self/maps", 1 << 20, &bytes), FLYT_OK);
    cr_assert_gt(bytes.n, 1000);
    cr_assert_eq(get("/proc/self/maps", 100, &bytes), FLYT_ERR_SCENARIO);
}

Test(fileio, says_where_a_missing_file_was_named)
{
    struct flyt_bytes bytes;
    struct flyt_place place = {"fyn/scenario.yaml", 4, 9};
    cr_assert_eq(flyt_fileio_read("no.csv", 10, place, &arena, &bytes, &diag), FLYT_ERR_INPUT);
    expect_fault("fyn/scenario.yaml:4:9: no.csv: cannot be read: No such file");
}

Test(fileio, speaks_danish_with_reasons)
{
    struct flyt_bytes bytes;
    diag.lang = FLYT_DA;
    cr_assert_eq(get("no.csv", 10, &bytes), FLYT_ERR_INPUT);
    expect_fault("no.csv: kan ikke læses: filen eller mappen findes ikke");
}

Test(fileio, refuses_fifos_devices_and_folders_without_waiting)
{
    struct flyt_bytes bytes;
    cr_assert_eq(mkfifo("fifo", 0600), 0);
    cr_assert_eq(mkdir("folder", 0700), 0);
    const char *paths[] = {"fifo", "folder", "/dev/zero"};
    for (size_t i = 0; i < FLYT_COUNT(paths); i++) {
        diag.n_faults = 0;
        cr_assert_eq(get(paths[i], 10, &bytes), FLYT_ERR_SCENARIO);
        expect_fault("is not a regular file");
    }
}

Test(fileio, says_when_memory_ends)
{
    struct flyt_bytes bytes;
    struct flyt_arena small;
    flyt_arena_init(&small, 1000);
    put("a", "text");
    cr_assert_eq(flyt_fileio_read("a", 10, (struct flyt_place){0}, &small, &bytes, &diag),
                 FLYT_ERR_MEMORY);
    cr_assert_eq(diag.n_faults, 1);
}

Test(fileio, writes_a_new_file_and_replaces_an_old_one)
{
    cr_assert_eq(replace("a", "first"), FLYT_OK);
    expect_file("a", "first");
    cr_assert_eq(replace("./a", "second"), FLYT_OK);
    expect_file("a", "second");
    cr_assert_eq(flyt_fileio_replace("a", NULL, 0, &diag), FLYT_OK);
    expect_file("a", "");
    cr_assert(!exists("a.part"));
    cr_assert_eq(diag.n_faults, 0);
}

Test(fileio, replacing_leaves_open_readers_their_old_bytes)
{
    char old[4] = "";
    put("a", "old");
    int fd = open("a", O_RDONLY);
    cr_assert_eq(replace("a", "new"), FLYT_OK);
    cr_assert_eq(read(fd, old, 3), 3);
    cr_assert_str_eq(old, "old");
    (void)close(fd);
}

Test(fileio, a_file_size_limit_keeps_the_old_file)
{
    const struct rlimit limit = {100000, 100000};
    put("a", "old");
    (void)signal(SIGXFSZ, SIG_IGN);
    char *many = calloc(1, 200000);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    enum flyt_status status = flyt_fileio_replace("a", many, 200000, &diag);
    free(many);
    cr_assert_eq(status, FLYT_ERR_IO);
    expect_fault("a: could not be written: File too large");
    expect_file("a", "old");
    cr_assert(!exists("a.part"));
}

Test(fileio, a_full_disk_keeps_the_old_file)
{
    cr_assert_eq(mkdir("small", 0700), 0);
    if (mount("none", "small", "tmpfs", 0, "size=64k") != 0) {
        cr_skip_test("no right to mount a small file system");
    }
    put("small/a", "old");
    char *many = calloc(1, 200000);
    enum flyt_status status = flyt_fileio_replace("small/a", many, 200000, &diag);
    free(many);
    bool part = exists("small/a.part");
    struct flyt_bytes bytes;
    enum flyt_status after = get("small/a", 100, &bytes);
    cr_assert_eq(umount("small"), 0);
    cr_assert_eq(status, FLYT_ERR_IO);
    expect_fault("No space left");
    cr_assert_eq(after, FLYT_OK);
    cr_assert_str_eq(bytes.bytes, "old");
    cr_assert(!part);
}

Test(fileio, refuses_what_is_no_folder_and_what_is_no_file)
{
    const struct {
        const char *path, *fault;
    } bad[] = {{"file/a", "file/a: cannot be created: Not a directory"},
               {"missing/a", "missing/a: cannot be created: No such file"},
               {"folder", "folder: exists and is not a regular file"},
               {"folder/", "folder/: names no file"},
               {"", "names no file"},
               {"fifo", "fifo: exists and is not a regular file"},
               {"link", "link: exists and is not a regular file"},
               {"/dev/null", "exists and is not a regular file"},
               {"/proc/self/a", "cannot be created"}};
    put("file", "precious");
    cr_assert_eq(mkdir("folder", 0700), 0);
    cr_assert_eq(mkfifo("fifo", 0600), 0);
    cr_assert_eq(symlink("file", "link"), 0);
    for (size_t i = 0; i < FLYT_COUNT(bad); i++) {
        diag.n_faults = 0;
        cr_assert_eq(replace(bad[i].path, "x"), FLYT_ERR_OUTPUT, "%s", bad[i].path);
        expect_fault(bad[i].fault);
    }
    expect_file("file", "precious");
}

Test(fileio, names_that_leave_no_room_for_part_are_refused)
{
    char name[300];
    memset(name, 'n', sizeof name);
    name[251] = '\0';
    cr_assert_eq(replace(name, "x"), FLYT_ERR_OUTPUT);
    name[250] = '\0';
    cr_assert_eq(replace(name, "x"), FLYT_OK);
}

Test(fileio, removes_the_part_file_of_a_dead_process)
{
    put("a.part", "half a fi");
    cr_assert_eq(replace("a", "whole"), FLYT_OK);
    expect_file("a", "whole");
    cr_assert(!exists("a.part"));
}

Test(fileio, leaves_the_part_file_of_a_live_process_alone)
{
    put("a.part", "half a fi");
    int fd = open("a.part", O_RDWR);
    cr_assert_eq(flock(fd, LOCK_EX), 0);
    cr_assert_eq(replace("a", "mine"), FLYT_ERR_OUTPUT);
    expect_fault("another process is writing it now");
    expect_file("a.part", "half a fi");
    (void)close(fd);
    cr_assert_eq(replace("a", "mine"), FLYT_OK);
}

Test(fileio, never_follows_a_link_at_the_part_name)
{
    put("victim", "precious");
    cr_assert_eq(symlink("victim", "a.part"), 0);
    cr_assert_eq(replace("a", "x"), FLYT_ERR_OUTPUT);
    expect_fault("its part file (the name with .part) exists");
    expect_file("victim", "precious");
    cr_assert(exists("a.part"));
    cr_assert_eq(unlink("a.part"), 0);
    cr_assert_eq(mkfifo("a.part", 0600), 0);
    cr_assert_eq(replace("a", "x"), FLYT_ERR_OUTPUT);
}

Test(fileio, echoes_odd_names_without_control_characters)
{
    cr_assert_eq(replace("no/\033[31mred", "x"), FLYT_ERR_OUTPUT);
    cr_assert_null(strchr(diag.fault[0].text, '\033'));
}

Test(fileio, prepare_makes_folders_and_leaves_no_trace)
{
    cr_assert_eq(flyt_fileio_prepare("x/y/z.h5", &diag), FLYT_OK);
    cr_assert(exists("x/y"));
    cr_assert(!exists("x/y/z.h5"));
    cr_assert(!exists("x/y/z.h5.part"));
    put("x/y/z.h5", "old");
    put("x/y/z.h5.part", "of a dead process");
    cr_assert_eq(flyt_fileio_prepare("x//y/z.h5", &diag), FLYT_OK);
    expect_file("x/y/z.h5", "old");
    cr_assert(!exists("x/y/z.h5.part"));
    cr_assert_eq(diag.n_faults, 0);
}

Test(fileio, prepare_refuses_what_replace_would_refuse)
{
    const char *bad[] = {"file/a", "file/a/b", "folder", "fifo", "/proc/new/a", "folder/"};
    put("file", "precious");
    cr_assert_eq(mkdir("folder", 0700), 0);
    cr_assert_eq(mkfifo("fifo", 0600), 0);
    for (size_t i = 0; i < FLYT_COUNT(bad); i++) {
        diag.n_faults = 0;
        cr_assert_eq(flyt_fileio_prepare(bad[i], &diag), FLYT_ERR_OUTPUT, "%s", bad[i]);
        cr_assert_eq(diag.n_faults, 1);
    }
}

/** Replaces one file again and again; the two texts differ in length and in every byte. */
static void replace_for_ever(void)
{
    static char text[2][300000];
    memset(text[0], 'a', sizeof text[0]);
    memset(text[1], 'b', sizeof text[1]);
    size_t i = 0;
    while (flyt_fileio_replace("a", text[i], sizeof text[i] - 1000 * i, NULL) == FLYT_OK) {
        i = 1 - i;
    }
    _exit(1);
}

Test(fileio, killed_at_any_moment_it_leaves_the_old_file_or_the_new)
{
    for (unsigned i = 0; i < 60; i++) {
        pid_t child = fork();
        cr_assert(child >= 0);
        if (child == 0) {
            replace_for_ever();
        }
        (void)usleep(2000 + 211 * i);
        (void)kill(child, SIGKILL);
        int how = 0;
        (void)waitpid(child, &how, 0);
        cr_assert(WIFSIGNALED(how), "the writer was refused");
        struct flyt_bytes bytes;
        if (exists("a")) {
            cr_assert_eq(get("a", 1 << 20, &bytes), FLYT_OK);
            size_t n = bytes.bytes[0] == 'a' ? 300000 : 299000;
            cr_assert_eq(bytes.n, n);
            cr_assert_eq(strspn(bytes.bytes, bytes.bytes[0] == 'a' ? "a" : "b"), n);
        }
        cr_assert_eq(flyt_fileio_prepare("a", &diag), FLYT_OK);
        cr_assert(!exists("a.part"));
    }
}

Test(fileio, of_many_writers_each_writes_whole_or_is_refused)
{
    enum { WRITERS = 6, ROUNDS = 40 };
    pid_t child[WRITERS];
    for (int w = 0; w < WRITERS; w++) {
        child[w] = fork();
        cr_assert(child[w] >= 0);
        if (child[w] == 0) {
            char text[5000];
            int odd = 0;
            memset(text, 'a' + w, sizeof text);
            for (int i = 0; i < ROUNDS; i++) {
                enum flyt_status status = flyt_fileio_replace("a", text, sizeof text, NULL);
                odd += status != FLYT_OK && status != FLYT_ERR_OUTPUT;
            }
            _exit(odd == 0 ? 0 : 1);
        }
    }
    for (int w = 0; w < WRITERS; w++) {
        int code = 1;
        (void)waitpid(child[w], &code, 0);
        cr_assert_eq(code, 0);
    }
    struct flyt_bytes bytes;
    cr_assert_eq(get("a", 1 << 20, &bytes), FLYT_OK);
    cr_assert_eq(bytes.n, 5000);
    const char one[] = {bytes.bytes[0], '\0'};
    cr_assert_eq(strspn(bytes.bytes, one), 5000);
    cr_assert(!exists("a.part"));
}
