/**
 * @file plot_parts.h
 * @brief What the files that draw figures share.
 */
#ifndef FLYT_PLOT_PARTS_H
#define FLYT_PLOT_PARTS_H

#include "output/plot.h"

/** The text in the language of the figure. The attribute has formats checked that pass through. */
__attribute__((format_arg(2), format_arg(3))) static inline const char *
flyt_plot_say(const struct flyt_plot_options *options, const char *en, const char *da)
{
    return options->lang == FLYT_DA && da != NULL ? da : en;
}

/** Adds a quoted text cut to a width in characters. */
void flyt_plot_put_fitted(struct flyt_text *script, const char *text, size_t width);

/** Colour and dashes of a line; "1": drawn through. */
const char *flyt_plot_colour(uint32_t line);
const char *flyt_plot_dash(uint32_t line);

/** Years between two numbers on an axis: 1, 2, 5, 10... so that at most `most` are shown. */
int32_t flyt_plot_year_step(uint32_t n_years, uint32_t most);

/** Adds the panels of a figure whose data stands in the block $lines. */
void flyt_plot_panels(struct flyt_text *script, const struct flyt_result *result,
                      const struct flyt_figure *figure, const struct flyt_plot_options *options,
                      const struct flyt_figure_data *data);

/** Adds the panels and the key of a board whose data stands in the blocks $part0, $part1, ... */
void flyt_plot_board(struct flyt_text *script, const struct flyt_result *result,
                     const struct flyt_figure *figure, const struct flyt_plot_options *options,
                     const struct flyt_figure_data *data, bool bands);

/** Adds the data and the two panels of a map: rows and columns of the first replicate. */
void flyt_plot_map(struct flyt_text *script, const struct flyt_result *result,
                   const struct flyt_figure *figure, const struct flyt_plot_options *options);

/** Whether the result has the series of a figure of flows, with few enough labels. */
bool flyt_plot_flows_fit(const struct flyt_result *result, const struct flyt_figure *figure);

/** Adds the data and the panels of a figure of flows. */
FLYT_NODISCARD enum flyt_status flyt_plot_flows(struct flyt_text *script,
                                                const struct flyt_result *result,
                                                const struct flyt_figure *figure,
                                                const struct flyt_plot_options *options);

/** Whether the result has what a figure of areas needs; *missing: the first series that lacks. */
bool flyt_plot_areas_fit(const struct flyt_result *result, const struct flyt_figure *figure,
                         const char **missing);

enum { FLYT_PLOT_AREAS = 6 }; /* panels of a figure of areas */

/** Whether the result has what tells how near areas are to the lists: criteria of this dimension of
 *  areas, and limits. */
bool flyt_plot_areas_known(const struct flyt_result *result, uint32_t dim, const char **missing);

/** The areas nearest to the lists, in the order of the table. Returns how many. */
uint32_t flyt_plot_areas_near(const struct flyt_result *result, uint32_t area[FLYT_PLOT_AREAS]);

/** Adds the margins of a panel of an area; the axes and style of all of them. */
void flyt_plot_areas_place(struct flyt_text *script, uint32_t panel);
void flyt_plot_areas_style(struct flyt_text *script, const struct flyt_result *result,
                           const struct flyt_plot_options *options, uint32_t n_rows);

/** Whether the result has what a decomposition needs; *missing: the first series that lacks. */
bool flyt_plot_decomposition_fits(const struct flyt_result *result,
                                  const struct flyt_figure *figure, const char **missing);

/** Adds the data and the panels of a decomposition: means over replicates. */
FLYT_NODISCARD enum flyt_status flyt_plot_decomposition(struct flyt_text *script,
                                                        const struct flyt_result *result,
                                                        const struct flyt_figure *figure,
                                                        const struct flyt_plot_options *options);

/** Adds the data and the panels of a figure of areas: medians over replicates. */
FLYT_NODISCARD enum flyt_status flyt_plot_areas(struct flyt_text *script,
                                                const struct flyt_result *result,
                                                const struct flyt_figure *figure,
                                                const struct flyt_plot_options *options);

#endif
