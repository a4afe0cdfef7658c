/* YAML by libyaml's events to a tree of texts with places. See yaml.h. */
#include "sim/yaml.h"

#include <string.h>
#include <yaml.h>

#include "sim/text.h"

enum { DEPTH = 8, TEXT_BYTES = 64 << 10, ITEMS = 1000, NODES = 20000 };

/** A map or list that is open. */
struct frame {
    struct flyt_yaml_node *node;
    struct flyt_yaml_node **tail; /* where the next item goes */
    struct flyt_yaml_node *item;  /* map: the item whose key was read, else NULL */
    uint32_t n_items;
};

struct builder {
    const char *file;
    const char *bytes;
    size_t n;
    struct flyt_arena *arena;
    struct flyt_diag *diag;
    enum flyt_status status; /* of the first fault */
    struct flyt_yaml_node *root;
    struct frame frame[DEPTH];
    uint32_t depth, n_nodes;
    bool anchored; /* an anchor was reported: its aliases need no message of their own */
    bool begun;    /* a document has begun */
    bool ended;    /* the document has ended, or nothing more can be told apart */
};

static struct flyt_place at_mark(const struct builder *builder, yaml_mark_t mark)
{
    return (struct flyt_place){builder->file, (uint32_t)mark.line + 1, (uint32_t)mark.column + 1};
}

static void note(struct builder *builder, enum flyt_status status)
{
    builder->status = builder->status == FLYT_OK ? status : builder->status;
}

/** Notes a fault without details. */
static void refuse(struct builder *builder, struct flyt_place place, const char *en, const char *da)
{
    note(builder,
         flyt_diag_fault(builder->diag, FLYT_ERR_SCENARIO, place, "%s%.0s", "%.0s%s", en, da));
}

/** libyaml's words for a fault and ours. */
struct wording {
    const char *problem, *en, *da;
};

static const struct wording wordings[] = {
    {"mapping values are not allowed in this context",
     "a colon where none can be: is the line indented rightly, or does a text with a colon lack "
     "quotes?",
     "et kolon, hvor der ikke kan stå et: er linjen rykket rigtigt ind, eller mangler en tekst med "
     "kolon anførselstegn?"},
    {"could not find expected ':'", "a line without \"name: value\"",
     "en linje uden \"navn: værdi\""},
    {"did not find expected key",
     "neither a name nor the end of the block: is the line indented rightly?",
     "hverken et navn eller blokkens slutning: er linjen rykket rigtigt ind?"},
    {"did not find expected '-' indicator", "a list item must begin with \"- \" here",
     "et listepunkt skal begynde med \"- \" her"},
    {"did not find expected ',' or ']'", "\",\" or \"]\" is missing here",
     "der mangler \",\" eller \"]\" her"},
    {"did not find expected ',' or '}'", "\",\" or \"}\" is missing here",
     "der mangler \",\" eller \"}\" her"},
    {"did not find expected node content", "a value is missing here", "der mangler en værdi her"},
    {"found a tab character that violates indentation", "a tab; lines are indented with spaces",
     "en tabulator; linjer rykkes ind med mellemrum"},
    {"found a tab character where an indentation space is expected",
     "a tab; lines are indented with spaces", "en tabulator; linjer rykkes ind med mellemrum"},
    {"found unknown escape character", "an unknown escape (\\x) in a text in double quotes",
     "en ukendt undvigesekvens (\\x) i en tekst i dobbelte anførselstegn"},
    {"block sequence entries are not allowed in this context", "a list cannot begin here",
     "en liste kan ikke begynde her"},
};

/** Byte offset of a mark, which counts characters. */
static size_t offset_of(const struct builder *builder, yaml_mark_t mark)
{
    size_t offset = 0;
    for (size_t seen = 0; offset < builder->n; offset++) {
        bool begins = ((unsigned char)builder->bytes[offset] & 0xc0) != 0x80;
        if (begins && seen++ == mark.index) {
            break;
        }
    }
    return offset;
}

/** A character that no YAML word may begin with. */
static void report_token(struct builder *builder, const yaml_parser_t *parser)
{
    struct flyt_place place = at_mark(builder, parser->problem_mark);
    size_t offset = offset_of(builder, parser->problem_mark);
    char c = offset < builder->n ? builder->bytes[offset] : ' ';
    if (c == '\t') {
        refuse(builder, place, "a tab; lines are indented with spaces",
               "en tabulator; linjer rykkes ind med mellemrum");
    } else {
        note(builder,
             flyt_diag_fault(builder->diag, FLYT_ERR_SCENARIO, place,
                             "a text that begins with %c must stand in quotes",
                             "en tekst, der begynder med %c, skal stå i anførselstegn", c));
    }
}

/** Says in our words what libyaml found. */
static enum flyt_status report_syntax(struct builder *builder, const yaml_parser_t *parser)
{
    struct flyt_place place = at_mark(builder, parser->problem_mark);
    const char *problem = parser->problem == NULL ? "?" : parser->problem;
    const char *context = parser->context == NULL ? "" : parser->context;
    if (parser->error == YAML_MEMORY_ERROR) {
        return FLYT_ERR_MEMORY;
    }
    if (strcmp(context, "while scanning a quoted scalar") == 0 &&
        strcmp(problem, "found unknown escape character") != 0 &&
        strncmp(problem, "found un", 8) == 0) {
        refuse(builder, at_mark(builder, parser->context_mark), "this quote is never closed",
               "dette anførselstegn lukkes aldrig");
        return builder->status;
    }
    if (strcmp(problem, "found character that cannot start any token") == 0) {
        report_token(builder, parser);
        return builder->status;
    }
    if (strcmp(problem, "could not find expected ':'") == 0) {
        place = at_mark(builder, parser->context_mark);
    }
    for (size_t i = 0; i < FLYT_COUNT(wordings); i++) {
        if (strcmp(problem, wordings[i].problem) == 0) {
            refuse(builder, place, wordings[i].en, wordings[i].da);
            return builder->status;
        }
    }
    note(builder,
         flyt_diag_fault(builder->diag, FLYT_ERR_SCENARIO, place, "this is no YAML: %s%s%s",
                         "dette er ikke YAML: %s%s%s", problem, *context ? ", " : "", context));
    return builder->status;
}

/** A new node, put where the next one belongs; NULL and FLYT_ERR_MEMORY or a fault else. */
static struct flyt_yaml_node *add_node(struct builder *builder, enum flyt_yaml_kind kind,
                                       struct flyt_place place)
{
    struct frame *frame = builder->depth == 0 ? NULL : &builder->frame[builder->depth - 1];
    struct flyt_yaml_node *node = frame == NULL ? NULL : frame->item;
    if (node == NULL) {
        node = FLYT_ARENA_ZERO(builder->arena, struct flyt_yaml_node, 1);
        if (node == NULL) {
            note(builder, FLYT_ERR_MEMORY);
            return NULL;
        }
        if (frame == NULL) {
            builder->root = node;
        } else {
            *frame->tail = node;
            frame->tail = &node->next;
            frame->n_items++;
        }
    } else {
        frame->item = NULL;
    }
    if (builder->n_nodes++ == NODES || (frame != NULL && frame->n_items > ITEMS)) {
        refuse(builder, place, "too many items (1000 in one list or map, 20000 in a file)",
               "for mange punkter (1000 i en liste eller blok, 20000 i en fil)");
        return NULL;
    }
    node->kind = kind;
    node->place = place;
    return node;
}

/** Anchors and tags are refused; the value they stand before is used. */
static void check_properties(struct builder *builder, struct flyt_place place, const void *anchor,
                             const void *tag)
{
    if (anchor != NULL) {
        builder->anchored = true;
        refuse(builder, place, "anchors (&name) are not allowed; write the value where it is used",
               "ankre (&navn) er ikke tilladt; skriv værdien, hvor den bruges");
    }
    if (tag != NULL) {
        refuse(builder, place, "tags (!name) are not allowed", "mærker (!navn) er ikke tilladt");
    }
}

/** A text: long ones and control characters written as escapes are refused. */
static bool check_text(struct builder *builder, struct flyt_place place, const char *text, size_t n)
{
    uint32_t code = 0;
    if (n > TEXT_BYTES) {
        note(builder,
             flyt_diag_fault(builder->diag, FLYT_ERR_SCENARIO, place,
                             "a text of %zu bytes; at most %d are allowed",
                             "en tekst på %zu byte; højst %d er tilladt", n, (int)TEXT_BYTES));
        builder->ended = true;
        return false;
    }
    if (flyt_text_control(text, n, &code) < n) {
        note(builder, flyt_diag_fault(builder->diag, FLYT_ERR_SCENARIO, place,
                                      "the text holds the control character U+%04X",
                                      "teksten rummer kontroltegnet U+%04X", code));
        return false;
    }
    return true;
}

/** A key of a map: makes the item that its value fills. False: stop. */
static bool add_key(struct builder *builder, const yaml_event_t *event)
{
    struct frame *frame = &builder->frame[builder->depth - 1];
    struct flyt_place place = at_mark(builder, event->start_mark);
    const char *text = (const char *)event->data.scalar.value;
    size_t n = event->data.scalar.length;
    char quoted[FLYT_QUOTE_SIZE];
    const struct flyt_yaml_node *first = flyt_yaml_find(frame->node, text);
    struct flyt_yaml_node *node = add_node(builder, FLYT_YAML_none, place);
    if (node == NULL) {
        return false;
    }
    node->key = flyt_arena_copy(builder->arena, text, n);
    node->key_place = place;
    frame->item = node;
    if (node->key == NULL) {
        note(builder, FLYT_ERR_MEMORY);
        return false;
    }
    check_properties(builder, place, event->data.scalar.anchor, event->data.scalar.tag);
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (!check_text(builder, place, text, n)) {
        node->key = "";
    } else if (n == 0 || (plain && strcmp(text, "<<") == 0)) {
        refuse(builder, place,
               n == 0 ? "a name is missing before the colon" : "merge keys (<<) are not allowed",
               n == 0 ? "der mangler et navn før kolon" : "flettenøgler (<<) er ikke tilladt");
        node->key = "";
    } else if (first != NULL) {
        note(builder, flyt_diag_fault(builder->diag, FLYT_ERR_SCENARIO, place,
                                      "\"%s\" is given twice; the first is in line %u",
                                      "\"%s\" er angivet to gange; første gang i linje %u",
                                      flyt_text_quote(quoted, text, n), first->key_place.line));
        node->key = "";
    }
    return true;
}

static bool add_text(struct builder *builder, const yaml_event_t *event)
{
    struct flyt_place place = at_mark(builder, event->start_mark);
    struct flyt_yaml_node *node = add_node(builder, FLYT_YAML_text, place);
    if (node == NULL) {
        return false;
    }
    check_properties(builder, place, event->data.scalar.anchor, event->data.scalar.tag);
    node->n = event->data.scalar.length;
    if (!check_text(builder, place, (const char *)event->data.scalar.value, node->n)) {
        node->kind = FLYT_YAML_none;
        return true;
    }
    node->text = flyt_arena_copy(builder->arena, (const char *)event->data.scalar.value, node->n);
    if (node->text == NULL) {
        note(builder, FLYT_ERR_MEMORY);
    }
    return node->text != NULL;
}

/** Opens a map or list. */
static bool open_frame(struct builder *builder, const yaml_event_t *event)
{
    struct flyt_place place = at_mark(builder, event->start_mark);
    bool map = event->type == YAML_MAPPING_START_EVENT;
    if (builder->depth == DEPTH) {
        note(builder,
             flyt_diag_fault(builder->diag, FLYT_ERR_SCENARIO, place,
                             "more than %d lists or maps inside each other",
                             "mere end %d lister eller blokke inden i hinanden", (int)DEPTH));
        return false;
    }
    struct flyt_yaml_node *node = add_node(builder, map ? FLYT_YAML_map : FLYT_YAML_list, place);
    if (node == NULL) {
        return false;
    }
    builder->frame[builder->depth++] = (struct frame){.node = node, .tail = &node->child};
    check_properties(builder, place,
                     map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor,
                     map ? event->data.mapping_start.tag : event->data.sequence_start.tag);
    return true;
}

/** Offset of the first byte from `at` on that is neither white space nor in a comment. */
static size_t skip_blank(const struct builder *builder, size_t at)
{
    while (at < builder->n && strchr(" \t\r\n#", builder->bytes[at]) != NULL) {
        at += builder->bytes[at] == '#' ? strcspn(builder->bytes + at, "\n") : 1;
    }
    return at;
}

/** The fault of what stands before or behind the only document. */
static bool refuse_around(struct builder *builder, size_t at)
{
    struct flyt_place place = {.file = builder->file};
    flyt_text_locate(builder->bytes, at, &place.line, &place.column);
    if (builder->bytes[at] == '%') {
        refuse(builder, place, "directives (%YAML, %TAG) are not allowed",
               "direktiver (%YAML, %TAG) er ikke tilladt");
    } else if (strncmp(builder->bytes + at, "---", 3) == 0) {
        refuse(builder, place, "a second document (---); a file holds one",
               "et dokument til (---); en fil rummer ét");
    } else {
        refuse(builder, place,
               "this cannot stand behind what came before: is the line indented rightly?",
               "dette kan ikke stå efter det foregående: er linjen rykket rigtigt ind?");
    }
    return false;
}

/**
 * The document has ended. What follows is looked at here: libyaml takes a time that grows with the
 * square of the number of directives.
 */
static bool end_document(struct builder *builder, const yaml_event_t *event)
{
    size_t at = skip_blank(builder, offset_of(builder, event->start_mark));
    if (strncmp(builder->bytes + at, "...", 3) == 0) {
        at = skip_blank(builder, at + 3);
    }
    builder->ended = true;
    return at == builder->n || refuse_around(builder, at);
}

/** Takes one event. False: stop, a fault was noted. */
static bool take_event(struct builder *builder, const yaml_event_t *event)
{
    struct frame *frame = builder->depth == 0 ? NULL : &builder->frame[builder->depth - 1];
    bool wants_key = frame != NULL && frame->node->kind == FLYT_YAML_map && frame->item == NULL;
    struct flyt_place place = at_mark(builder, event->start_mark);
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        builder->begun = true;
        return true;
    case YAML_DOCUMENT_END_EVENT:
        return end_document(builder, event);
    case YAML_SCALAR_EVENT:
        return wants_key ? add_key(builder, event) : add_text(builder, event);
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        if (wants_key) {
            refuse(builder, place, "a name before a colon must be a text",
                   "et navn før et kolon skal være en tekst");
            return false;
        }
        return open_frame(builder, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        builder->depth--;
        return true;
    case YAML_ALIAS_EVENT:
        if (!builder->anchored) {
            refuse(builder, place, "aliases (*name) are not allowed; write the value itself",
                   "henvisninger (*navn) er ikke tilladt; skriv selve værdien");
            builder->anchored = true;
        }
        return !wants_key && add_node(builder, FLYT_YAML_none, place) != NULL;
    default:
        return true;
    }
}

/** Runs the parser to the end of the text or the first fault that ends it. */
static void run(struct builder *builder, yaml_parser_t *parser)
{
    bool going = true;
    while (going) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event)) {
            note(builder, report_syntax(builder, parser));
            builder->root = NULL;
            return;
        }
        going = take_event(builder, &event);
        bool whole = event.type == YAML_DOCUMENT_END_EVENT;
        builder->root = going && (!builder->ended || whole) ? builder->root : NULL;
        going = going && !builder->ended && event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
}

enum flyt_status flyt_yaml_parse(const struct flyt_bytes *bytes, struct flyt_arena *arena,
                                 struct flyt_yaml_node **root, struct flyt_diag *diag)
{
    struct builder builder = {.file = flyt_text_path(arena, bytes->path),
                              .bytes = bytes->bytes,
                              .n = bytes->n,
                              .arena = arena,
                              .diag = diag};
    *root = NULL;
    if (builder.file == NULL) {
        return FLYT_ERR_MEMORY;
    }
    FLYT_TRY(flyt_text_check(builder.file, builder.bytes, builder.n, diag));
    if (builder.n >= 3 && memcmp(builder.bytes, "\xef\xbb\xbf", 3) == 0) {
        builder.bytes += 3;
        builder.n -= 3;
    }
    size_t first = skip_blank(&builder, 0);
    if (first < builder.n && builder.bytes[first] == '%') {
        (void)refuse_around(&builder, first);
        return builder.status;
    }
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        return FLYT_ERR_MEMORY;
    }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)builder.bytes, builder.n);
    run(&builder, &parser);
    yaml_parser_delete(&parser);
    if (!builder.begun && builder.status == FLYT_OK) {
        refuse(&builder, (struct flyt_place){builder.file, 1, 1}, "the file holds nothing",
               "filen er tom");
    }
    *root = builder.root;
    return builder.status;
}

const struct flyt_yaml_node *flyt_yaml_find(const struct flyt_yaml_node *map, const char *key)
{
    for (const struct flyt_yaml_node *item = map->child; item != NULL; item = item->next) {
        if (strcmp(item->key, key) == 0) {
            return item;
        }
    }
    return NULL;
}
