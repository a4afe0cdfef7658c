/* Notes in Danish. See danish.h. */
#include "output/danish.h"

#include <string.h>

const char *flyt_danish_say(const char *note, enum flyt_lang lang)
{
    static const struct {
        const char *en, *da;
    } notes[] = {
#define X(en, da) {en, da},
#include "output/danish.def"
#undef X
    };
    for (size_t i = 0; lang == FLYT_DA && i < FLYT_COUNT(notes); i++) {
        if (strcmp(notes[i].en, note) == 0) {
            return notes[i].da;
        }
    }
    return note;
}
