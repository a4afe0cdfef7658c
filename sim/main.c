#include "sim/cli.h"

int main(int argc, char **argv)
{
    return flyt_cli_main(argc, argv);
}
