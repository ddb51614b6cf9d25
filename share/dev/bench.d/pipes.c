/* The plainest client over pipes: one line written, one line read, again and again.
   pipes COUNT COMMAND [ARGUMENTS] */
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  int count = atoi(argv[1]);
  int in[2], out[2];
  if (pipe(in) < 0 || pipe(out) < 0) return 1;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], 0);
  posix_spawn_file_actions_adddup2(&actions, out[1], 1);
  posix_spawn_file_actions_addclose(&actions, in[1]);
  posix_spawn_file_actions_addclose(&actions, out[0]);
  pid_t pid;
  if (posix_spawnp(&pid, argv[2], &actions, NULL, argv + 2, environ) != 0) return 1;
  close(in[0]);
  close(out[1]);
  for (int id = 1; id <= count; id++) {
    char text[4096];
    int size = snprintf(
        text, sizeof text, "{\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":[1],\"id\":%d}\n", id);
    if (write(in[1], text, size) != size) return 1;
    size_t used = 0;
    do {
      ssize_t got = read(out[0], text + used, sizeof text - used);
      if (got <= 0) return 1;
      used += got;
    } while (text[used - 1] != '\n');
    fwrite(text, 1, used, stdout);
  }
  close(in[1]);
  waitpid(pid, NULL, 0);
  return 0;
}
