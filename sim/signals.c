#define _DEFAULT_SOURCE
#include "sim/signals.h"

#include <signal.h>
#include <stddef.h>

static const int caught[] = {SIGTERM, SIGINT, SIGUSR1, SIGXCPU};

/* the only thing that a handler may set; written once, never reset */
static volatile sig_atomic_t came;

static void remember(int number)
{
    (void)number;
    came = 1;
    for (size_t i = 0; i < sizeof caught / sizeof caught[0]; i++) {
        (void)signal(caught[i], SIG_DFL); /* the next one ends the program */
    }
}

void flyt_signals_catch(void)
{
    for (size_t i = 0; i < sizeof caught / sizeof caught[0]; i++) {
        struct sigaction now, wanted = {.sa_handler = remember, .sa_flags = SA_RESTART};
        bool ignored = sigaction(caught[i], NULL, &now) == 0 && now.sa_handler == SIG_IGN;
        if (!ignored && sigfillset(&wanted.sa_mask) == 0) {
            (void)sigaction(caught[i], &wanted, NULL);
        }
    }
}

bool flyt_signals_came(void)
{
    return came != 0;
}
