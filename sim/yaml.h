/**
 * @file yaml.h
 * @brief YAML text to a small tree of texts with their places; knows nothing of what keys mean.
 *
 * Everything is text: `no`, `042` and `1,5` arrive as written. Refused with a located message:
 * bytes that are no UTF-8, control characters (also as escapes), anchors, aliases, tags, merge
 * keys, directives, a second document, keys given twice, keys that are no text, nesting over 8,
 * texts over 64 KiB, more than 1000 items in one list or map.
 */
#ifndef FLYT_YAML_H
#define FLYT_YAML_H

#include "sim/fileio.h"

enum flyt_yaml_kind {
    FLYT_YAML_none, /* refused; its fault is reported, so it is passed over */
    FLYT_YAML_text,
    FLYT_YAML_map,
    FLYT_YAML_list
};

struct flyt_yaml_node {
    enum flyt_yaml_kind kind;
    struct flyt_place place;
    const char *text; /* text: n bytes and a NUL */
    size_t n;
    const char *key; /* in a map: its key; "" when it was refused (its fault is reported) */
    struct flyt_place key_place;
    struct flyt_yaml_node *child; /* map, list: the first item */
    struct flyt_yaml_node *next;  /* the next item of the same map or list */
};

/**
 * @brief Parses bytes. All faults are reported as far as parsing can go on.
 * @param root  NULL when the text could not be parsed to its end or holds nothing.
 * @return FLYT_OK; FLYT_ERR_SCENARIO with faults in diag (*root may still be whole);
 *         FLYT_ERR_MEMORY.
 */
FLYT_NODISCARD enum flyt_status flyt_yaml_parse(const struct flyt_bytes *bytes,
                                                struct flyt_arena *arena,
                                                struct flyt_yaml_node **root,
                                                struct flyt_diag *diag);

/** @brief The item of a map with this key, NULL when there is none. */
const struct flyt_yaml_node *flyt_yaml_find(const struct flyt_yaml_node *map, const char *key);

#endif
