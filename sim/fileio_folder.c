/* Folders: what is in them, and taking away what is done with. */
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim/fileio.h"

static int by_text(const void *a_, const void *b_)
{
    const char *const *a = a_, *const *b = b_;
    return strcmp(*a, *b);
}

enum flyt_status flyt_fileio_names(const char *folder, struct flyt_arena *arena,
                                   const char *const **name, uint32_t *n)
{
    DIR *open = opendir(folder);
    uint32_t capacity = 16;
    const char **list = FLYT_ARENA_ARRAY(arena, const char *, capacity);
    enum flyt_status status = list == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
    *n = 0;
    for (struct dirent *entry = NULL;
         status == FLYT_OK && open != NULL && (entry = readdir(open)) != NULL;) {
        if (*n == capacity) {
            const char **more = FLYT_ARENA_ARRAY(arena, const char *, 2 * (size_t)capacity);
            if (more == NULL) {
                status = FLYT_ERR_MEMORY;
                break;
            }
            memcpy(more, list, capacity * sizeof *list);
            list = more;
            capacity *= 2;
        }
        list[*n] = flyt_arena_copy(arena, entry->d_name, strlen(entry->d_name));
        status = list[(*n)++] == NULL ? FLYT_ERR_MEMORY : FLYT_OK;
    }
    if (open != NULL) {
        (void)closedir(open);
    }
    if (status == FLYT_OK) {
        qsort(list, *n, sizeof *list, by_text);
    }
    *name = list;
    return status;
}

bool flyt_fileio_remove(const char *path)
{
    return unlink(path) == 0 || errno == ENOENT;
}

void flyt_fileio_remove_folder(const char *folder)
{
    (void)rmdir(folder); /* what still has something in it stays */
}
