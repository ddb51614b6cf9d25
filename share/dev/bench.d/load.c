/* Counts how many calls a server on the loopback answers over HTTP.

   load URL CONNECTIONS COUNT

   Keeps so many connections busy with one POST each, until COUNT were answered; a connection that
   the server closes is opened again. Prints the seconds it took and the calls per second.

   It asks for replies without sleeping, for up to 1 ms: else the time in which it is woken itself
   would be counted as the server's, which with one connection is most of it. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 256 };

struct connection {
  char reply[65536];
  size_t used;
  int descriptor;
};

static struct connection connections[MOST];
static struct sockaddr_in address;
static char request[1024];
static size_t request_size;

static void fail(const char *what) {
  fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
  exit(1);
}

static void begin(struct connection *connection) {
  connection->used = 0;
  if (write(connection->descriptor, request, request_size) != (ssize_t)request_size) fail("write");
}

static void connect_and_begin(struct connection *connection) {
  connection->descriptor = socket(AF_INET, SOCK_STREAM, 0);
  int on = 1;
  setsockopt(connection->descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (connect(connection->descriptor, (struct sockaddr *)&address, sizeof address) != 0)
    fail("connect");
  begin(connection);
}

/* Whether a whole reply is there: its head, and as much as Content-Length says. */
static int is_whole(struct connection *connection) {
  connection->reply[connection->used] = 0;
  char *end = strstr(connection->reply, "\r\n\r\n");
  if (!end) return 0;
  char *length = strcasestr(connection->reply, "content-length:");
  if (!length || length > end) {
    fprintf(stderr, "load: a reply without Content-Length\n");
    exit(1);
  }
  if (strncmp(connection->reply + 9, "200", 3) != 0 || !strstr(end, "\"result\"")) {
    if ((size_t)(end + 4 - connection->reply) + atoi(length + 15) > connection->used) return 0;
    fprintf(stderr, "load: %s\n", connection->reply);
    exit(1);
  }
  return (size_t)(end + 4 - connection->reply) + atoi(length + 15) <= connection->used;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static int wait_awake(struct pollfd *polls, int count) {
  double end = now() + 0.001;
  int ready;
  do ready = poll(polls, count, 0);
  while (ready == 0 && now() < end);
  return ready != 0 ? ready : poll(polls, count, 30000);
}

int main(int argc, char **argv) {
  int port;
  if (argc != 4 || sscanf(argv[1], "http://127.0.0.1:%d", &port) != 1) return 2;
  int width = atoi(argv[2]);
  long left = atol(argv[3]), begun = 0, count = left;
  if (width < 1 || width > MOST) return 2;
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const char *body = "{\"jsonrpc\":\"2.0\",\"method\":\"subtract\",\"params\":[42,23],\"id\":1}";
  request_size = snprintf(
      request, sizeof request,
      "POST / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
      "Content-Length: %zu\r\n\r\n%s",
      port, strlen(body), body);
  double start = now();
  struct pollfd polls[MOST];
  for (int i = 0; i < width; i++, begun++) connect_and_begin(&connections[i]);
  while (left > 0) {
    for (int i = 0; i < width; i++)
      polls[i] = (struct pollfd){.fd = connections[i].descriptor, .events = POLLIN};
    if (wait_awake(polls, width) <= 0) fail("no reply");
    for (int i = 0; i < width; i++) {
      struct connection *connection = &connections[i];
      if (!polls[i].revents) continue;
      ssize_t size = read(
          connection->descriptor, connection->reply + connection->used,
          sizeof connection->reply - 1 - connection->used);
      if (size > 0) {
        connection->used += size;
        if (!is_whole(connection)) continue;
        left--;
        int closes = strcasestr(connection->reply, "connection: close") != NULL ||
                     strncmp(connection->reply, "HTTP/1.0", 8) == 0;
        if (left < width) {
          close(connection->descriptor);
          connection->descriptor = -1;
          if (left == 0) break;
        } else if (closes) {
          close(connection->descriptor);
          connect_and_begin(connection);
        } else {
          begin(connection);
        }
      } else {
        fail("a connection ended inside a reply");
      }
    }
  }
  double took = now() - start;
  printf("%.3f %.0f\n", took, count / took);
  return 0;
}
