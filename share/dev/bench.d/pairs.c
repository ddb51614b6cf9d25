/* Times commands against each other, one run of each in turn, so that what else the machine does
   falls on all of them alike.

   pairs ROUNDS [-i FILE] COMMAND ... [+++ [-i FILE] COMMAND ...] ...

   Prints a line for each command: its median in milliseconds, and the median of the ratios of the
   first command's time to its own within one round. Standard output of the commands is dropped. A
   command that fails ends the measurement. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { MOST = 8 };

struct command {
  const char *input;
  char **argv;
};

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static double run(const struct command *command) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(
      &actions, 0, command->input ? command->input : "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  pid_t pid;
  double start = now();
  int code = posix_spawnp(&pid, command->argv[0], &actions, NULL, command->argv, environ);
  if (code != 0) {
    fprintf(stderr, "pairs: %s: %s\n", command->argv[0], strerror(code));
    exit(1);
  }
  int status;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  double took = now() - start;
  posix_spawn_file_actions_destroy(&actions);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    fprintf(stderr, "pairs: %s failed (wait status %d)\n", command->argv[0], status);
    exit(1);
  }
  return took;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *values, int count) {
  qsort(values, count, sizeof *values, ascending);
  return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

int main(int argc, char **argv) {
  int rounds = argc > 2 ? atoi(argv[1]) : 0;
  struct command commands[MOST] = {0};
  int count = 0;
  for (int at = 2; at < argc && count < MOST; at++) {
    struct command *command = &commands[count++];
    if (strcmp(argv[at], "-i") == 0 && at + 2 < argc) {
      command->input = argv[at + 1];
      at += 2;
    }
    command->argv = &argv[at];
    while (at < argc && strcmp(argv[at], "+++") != 0) at++;
    argv[at] = NULL;
  }
  if (rounds < 1 || count < 1) {
    fprintf(stderr, "usage: pairs ROUNDS [-i FILE] COMMAND ... [+++ COMMAND ...] ...\n");
    return 2;
  }
  double *times[MOST], *ratios = malloc(rounds * sizeof *ratios);
  for (int each = 0; each < count; each++) {
    times[each] = malloc(rounds * sizeof **times);
    run(&commands[each]); /* warms up what is cached */
  }
  for (int round = 0; round < rounds; round++) {
    /* Who goes first changes, since the first may find the processor cooler. */
    for (int step = 0; step < count; step++) {
      int each = (round + step) % count;
      times[each][round] = run(&commands[each]);
    }
  }
  double medians[MOST], shares[MOST];
  for (int each = 0; each < count; each++) {
    for (int round = 0; round < rounds; round++) ratios[round] = times[0][round] / times[each][round];
    shares[each] = median(ratios, rounds);
  }
  for (int each = 0; each < count; each++) {
    medians[each] = median(times[each], rounds);
    printf("%.3f %.4f\n", medians[each], shares[each]);
  }
  return 0;
}
