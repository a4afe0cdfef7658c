/* Units in two languages. See units.h. */
#include "sim/units.h"

#include <string.h>

static const struct {
    const char *en, *da;
} units[] = {
    {"DKK", "kr."},
    {"DKK/m2", "kr./m2"},
    {"DKK/m2/year", "kr./m2/år"},
    {"DKK/month", "kr./måned"},
    {"DKK/household/year", "kr./husstand/år"},
    {"DKK/year", "kr./år"},
    {"DKK/year/1000 households", "kr./år/1000 husstande"},
    {"0.01 DKK", "øre"},
    {"1/1000/year", "1/1000/år"},
    {"1/household", "1/husstand"},
    {"1/month", "1/måned"},
    {"1/utility", "1/nytte"},
    {"1/year", "1/år"},
    {"32 bits", "32 bit"},
    {"agents", "agenter"},
    {"applicants", "ansøgere"},
    {"blocks", "blokke"},
    {"as the parameter", "som parameteren"},
    {"by unit", "efter enhed"},
    {"by variable", "efter variabel"},
    {"cases", "sager"},
    {"cells", "felter"},
    {"children", "børn"},
    {"children/woman", "børn/kvinde"},
    {"couples", "par"},
    {"days", "dage"},
    {"degrees_east", "grader øst"},
    {"degrees_north", "grader nord"},
    {"group", "gruppe"},
    {"homes", "boliger"},
    {"households", "husstande"},
    {"households/year", "husstande/år"},
    {"index", "indeks"},
    {"lettings", "udlejninger"},
    {"log odds", "log-odds"},
    {"log odds/level", "log-odds/trin"},
    {"log odds/year", "log-odds/år"},
    {"log points", "log-point"},
    {"logit/share", "logit/andel"},
    {"memberships", "medlemskaber"},
    {"month", "måned"},
    {"months", "måneder"},
    {"million DKK", "mio. kr."},
    {"million DKK/year", "mio. kr./år"},
    {"moves", "flytninger"},
    {"municipalities", "kommuner"},
    {"neighbours", "naboer"},
    {"offers", "tilbud"},
    {"per mille", "promille"},
    {"persons", "personer"},
    {"probability", "sandsynlighed"},
    {"refusals", "afslag"},
    {"rooms", "værelser"},
    {"sections", "afdelinger"},
    {"share", "andel"},
    {"share of cells", "andel af felterne"},
    {"share of trials", "andel af forsøgene"},
    {"share or neighbours", "andel eller naboer"},
    {"share/year", "andel/år"},
    {"times", "gange"},
    {"trials", "forsøg"},
    {"utility", "nytte"},
    {"weight", "vægt"},
    {"worlds", "verdener"},
    {"year", "årstal"},
    {"years", "år"},
};

const char *flyt_units_say(const char *unit, enum flyt_lang lang)
{
    for (size_t i = 0; lang == FLYT_DA && i < FLYT_COUNT(units); i++) {
        if (strcmp(units[i].en, unit) == 0) {
            return units[i].da;
        }
    }
    return unit;
}

char *flyt_units_decimal(char *number, enum flyt_lang lang)
{
    char *point = lang == FLYT_DA ? strchr(number, '.') : NULL;
    if (point != NULL) {
        *point = ',';
    }
    return number;
}
