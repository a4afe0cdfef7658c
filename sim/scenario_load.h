/**
 * @file scenario_load.h
 * @brief What the parts of loading a scenario share: files (scenario_files.c), keys
 *        (scenario_keys.c), parameters (scenario_params.c), drivers (scenario_drivers.c), policies
 *        (scenario_policies.c).
 */
#ifndef FLYT_SCENARIO_LOAD_H
#define FLYT_SCENARIO_LOAD_H

#include "sim/scenario.h"
#include "sim/yaml.h"

#define FLYT_SCENARIO_FILES 16 /* a scenario and those it extends */

/** A YAML file of the chain: 0 is the scenario, then what it extends, and so on. */
struct flyt_scenario_file {
    const char *path;   /* to open it */
    const char *folder; /* of path; "" or ends with a slash */
    const char *real;   /* without links */
    const struct flyt_yaml_node *root;
};

/** A key's value and the file that named it. */
struct flyt_scenario_named {
    const struct flyt_yaml_node *node; /* NULL: not given */
    const struct flyt_scenario_file *file;
};

struct flyt_scenario_load {
    const struct flyt_scenario_options *options;
    struct flyt_arena *arena;
    struct flyt_diag *diag;
    struct flyt_scenario *out;
    enum flyt_status status; /* of the first fault */
    const char *home;        /* the scenario's folder, without links */
    const char *share;       /* the shipped scenarios, without links; or NULL */
    struct flyt_scenario_file file[FLYT_SCENARIO_FILES];
    uint32_t n_files;
    bool broken; /* a file could not be read: what seems missing may stand there */
    uint32_t inputs_capacity;
    uint32_t n_taken;                  /* of options->input */
    const char **name;                 /* [n_fields] "letting.municipal_share" */
    struct flyt_scenario_named *table; /* [n_tables] */
    struct flyt_scenario_named drivers;
    bool start_given;
};

/** @brief Keeps the status of the first fault; passes on only lack of memory. */
FLYT_NODISCARD static inline enum flyt_status flyt_scenario_note(struct flyt_scenario_load *load,
                                                                 enum flyt_status status)
{
    load->status = load->status == FLYT_OK ? status : load->status;
    return status == FLYT_ERR_MEMORY ? status : FLYT_OK;
}

/** @brief As flyt_scenario_note() for a fault, which is never lack of memory. */
static inline void flyt_scenario_fault(struct flyt_scenario_load *load, enum flyt_status status)
{
    load->status = load->status == FLYT_OK ? status : load->status;
}

/**
 * @brief Reads the scenario named on the command line and all it extends into load->file.
 * @return FLYT_OK, also with faults (see load->status and load->broken); FLYT_ERR_MEMORY.
 */
FLYT_NODISCARD enum flyt_status flyt_scenario_read_chain(struct flyt_scenario_load *load,
                                                         const char *path);

/**
 * @brief Reads a file that a scenario names and keeps its bytes as an input.
 * @param out  n 0 and bytes NULL when it could not be read; its path is for messages.
 */
FLYT_NODISCARD enum flyt_status flyt_scenario_read_named(struct flyt_scenario_load *load,
                                                         const struct flyt_scenario_named *named,
                                                         const char *key, struct flyt_bytes *out);

/** @brief Checks all keys but `parameters` of a file and takes their values. */
FLYT_NODISCARD enum flyt_status flyt_scenario_take_keys(struct flyt_scenario_load *load,
                                                        const struct flyt_scenario_file *file);

/** @brief Takes `model`, or the first of all models. NULL model: its name was wrong. */
FLYT_NODISCARD enum flyt_status flyt_scenario_take_model(struct flyt_scenario_load *load);

/** @brief Takes options->set[i], a "K=V" of the command line. */
FLYT_NODISCARD enum flyt_status flyt_scenario_take_set(struct flyt_scenario_load *load, uint32_t i);

/** @brief Where options->set[i] was said: its place, or --set. */
struct flyt_place flyt_scenario_set_place(const struct flyt_scenario_load *load, uint32_t i);

/** @brief Takes `parameters` of a file. */
FLYT_NODISCARD enum flyt_status flyt_scenario_take_params(struct flyt_scenario_load *load,
                                                          const struct flyt_scenario_file *file);

/** @brief Takes a value or {year: value} for one parameter. */
FLYT_NODISCARD enum flyt_status flyt_scenario_take_value(struct flyt_scenario_load *load,
                                                         uint32_t field, const char *key,
                                                         const struct flyt_yaml_node *node);

/** @brief Reads a value or {year: value} for a field; *out stays as it is when it was wrong. */
FLYT_NODISCARD enum flyt_status flyt_scenario_read_value(struct flyt_scenario_load *load,
                                                         const struct flyt_field *field,
                                                         const char *key,
                                                         const struct flyt_yaml_node *node,
                                                         struct flyt_schedule *out);

/** @brief Takes `policies` of all files, parents first; tables must be read. */
FLYT_NODISCARD enum flyt_status flyt_scenario_take_policies(struct flyt_scenario_load *load);

/** @brief Takes the schedules of the drivers file, when one is named. */
FLYT_NODISCARD enum flyt_status flyt_scenario_take_drivers(struct flyt_scenario_load *load);

/** @brief Index of the parameter with this full name, FLYT_NONE when there is none. */
uint32_t flyt_scenario_find(const struct flyt_scenario_load *load, const char *name, size_t n);

/** @brief The fault of an unknown parameter, with the nearest known. */
enum flyt_status flyt_scenario_unknown(struct flyt_scenario_load *load, struct flyt_place place,
                                       const char *name, size_t n);

/** The years that schedules and `start` may name. */
extern const struct flyt_field flyt_scenario_year_field;

#endif
