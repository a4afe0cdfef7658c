/**
 * @file plot.h
 * @brief Draws figures in one common style, by gnuplot; keeps the script beside the picture.
 *
 * Colours: Okabe and Ito (2008), told apart by the colour-blind; lines beyond seven are dashed.
 */
#ifndef FLYT_PLOT_H
#define FLYT_PLOT_H

#include "output/figure.h"
#include "sim/text.h"

enum flyt_plot_format { FLYT_PLOT_svg, FLYT_PLOT_png, FLYT_PLOT_pdf, FLYT_PLOT_FORMATS };

struct flyt_plot_options {
    enum flyt_lang lang;
    enum flyt_plot_format format;
    const char *folder; /* made when missing */
};

/** @brief "svg", "png", "pdf": also the ending of the file. */
const char *flyt_plot_format_name(enum flyt_plot_format format);

/**
 * @brief Adds the gnuplot script of a figure that fits the result.
 * @param output  file to write, by name; NULL: to standard output.
 * @return FLYT_OK or FLYT_ERR_MEMORY.
 */
FLYT_NODISCARD enum flyt_status flyt_plot_script(const struct flyt_result *result,
                                                 const struct flyt_figure *figure,
                                                 const struct flyt_plot_options *options,
                                                 const char *output, struct flyt_text *script);

/**
 * @brief Writes FOLDER/<figure>.<format> and FOLDER/<figure>.gp, which draws it again.
 * @return FLYT_OK; ERR_PLOT when gnuplot is missing or fails; ERR_OUTPUT, ERR_IO, ERR_MEMORY.
 */
FLYT_NODISCARD enum flyt_status flyt_plot_draw(const struct flyt_result *result,
                                               const struct flyt_figure *figure,
                                               const struct flyt_plot_options *options,
                                               struct flyt_arena *arena, struct flyt_diag *diag);

#endif
