/**
 * @file h5_origin.c
 * @brief What a result was made from: the files that were read, and the command line's settings.
 *
 * Paths in the file are labels for messages: nothing is ever opened by them.
 */
#include <stdio.h>
#include <string.h>

#include "output/h5.h"
#include "output/h5_object.h"
#include "sim/text.h"

enum { INPUTS = 64, PATH_BYTES = 4096, SET_BYTES = 1 << 16 };

static bool is_label(struct flyt_h5 *h5, const char *text, size_t most)
{
    return text != NULL && text[0] != '\0' && strlen(text) <= most &&
           flyt_text_path(h5->arena, text) == text;
}

/** One file that was read; false when it is not there as Flyt writes it. */
static bool load_input(struct flyt_h5 *h5, const char *name, uint64_t *room, struct flyt_bytes *out)
{
    struct flyt_h5_spec found;
    int64_t dataset = flyt_h5_find(h5, name, &found);
    bool fine = dataset >= 0 && found.type == FLYT_H5_uint8 && found.n_dims == 1 &&
                flyt_h5_size(h5, dataset, &found) <= *room;
    const char *bytes = fine ? flyt_h5_load(h5, dataset, &found) : NULL;
    flyt_h5_close(h5, dataset);
    out->path = bytes == NULL ? NULL : flyt_h5_text(h5, name, "path");
    if (bytes == NULL || !is_label(h5, out->path, PATH_BYTES)) {
        return false;
    }
    *room -= found.size[0];
    out->n = (size_t)found.size[0];
    out->bytes = flyt_arena_copy(h5->arena, bytes, out->n); /* with a NUL behind */
    return flyt_h5_has_memory(h5, out->bytes);
}

static bool is_there(struct flyt_h5 *h5, const char *name)
{
    struct flyt_h5_spec found;
    int64_t dataset = flyt_h5_find(h5, name, &found);
    flyt_h5_close(h5, dataset);
    return dataset >= 0;
}

const char *flyt_h5_load_origin(struct flyt_h5 *h5, const char *group, uint64_t *room,
                                struct flyt_h5_origin *origin)
{
    char name[96];
    *origin = (struct flyt_h5_origin){.scenario = flyt_h5_text(h5, group, "scenario")};
    if (!is_label(h5, origin->scenario, PATH_BYTES)) {
        return "scenario";
    }
    origin->set = flyt_h5_texts(h5, group, "set", &origin->n_sets);
    for (uint32_t i = 0; i < origin->n_sets; i++) {
        if (!is_label(h5, origin->set[i], SET_BYTES)) {
            return "set";
        }
    }
    origin->input = FLYT_ARENA_ZERO(h5->arena, struct flyt_bytes, INPUTS);
    if (!flyt_h5_has_memory(h5, origin->input)) {
        return "inputs";
    }
    for (; origin->n_inputs < INPUTS; origin->n_inputs++) {
        (void)snprintf(name, sizeof name, "%s/inputs/input_%u", group, origin->n_inputs);
        if (!is_there(h5, name)) {
            break;
        }
        if (!load_input(h5, name, room, &origin->input[origin->n_inputs])) {
            return "inputs";
        }
    }
    return h5->failed != NULL || origin->n_inputs == 0 ? "inputs" : NULL;
}
