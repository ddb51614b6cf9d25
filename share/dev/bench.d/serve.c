/* An HTTP/1.1 server on a free port of 127.0.0.1 that answers each POST with a small JSON-RPC reply
   and keeps connections. Prints its URL; ends when its standard input does. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "reply.h"

struct client {
  int fd;
  size_t used;
  char buffer[1 << 16];
};

static void answer(struct client *client, const char *body, size_t size) {
  char text[256];
  int used = snprintf(
      text, sizeof text,
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", REPLY_SIZE);
  write_reply(body, size, text + used);
  if (send(client->fd, text, used + REPLY_SIZE, MSG_NOSIGNAL) < 0) perror("serve: send");
}

/* Answers the whole requests in the buffer; false if the client makes no sense. */
static int take_requests(struct client *client) {
  size_t start = 0;
  while (1) {
    char *text = client->buffer + start;
    size_t left = client->used - start;
    char *end = memmem(text, left, "\r\n\r\n", 4);
    if (!end) break;
    size_t length = 0;
    for (char *line = text; line < end; line++) {
      if (strncasecmp(line, "\r\ncontent-length:", 17) == 0) length = strtoul(line + 17, NULL, 10);
    }
    char *body = end + 4;
    if (body + length > text + left) break;
    answer(client, body, length);
    start = body + length - client->buffer;
  }
  memmove(client->buffer, client->buffer + start, client->used - start);
  client->used -= start;
  return client->used < sizeof client->buffer;
}

static void take_bytes(struct client *client) {
  ssize_t count = recv(
      client->fd, client->buffer + client->used, sizeof client->buffer - client->used, 0);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count > 0) {
    client->used += count;
    if (take_requests(client)) return;
  }
  close(client->fd);
  free(client);
}

int main(void) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (bind(listener, (struct sockaddr *)&address, size) < 0 || listen(listener, 64) < 0) {
    perror("serve");
    return 1;
  }
  getsockname(listener, (struct sockaddr *)&address, &size);
  printf("http://127.0.0.1:%d/\n", ntohs(address.sin_port));
  fflush(stdout);

  int queue = epoll_create1(EPOLL_CLOEXEC);
  static int marks[2];
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = &marks[0]};
  epoll_ctl(queue, EPOLL_CTL_ADD, listener, &event);
  event.data.ptr = &marks[1];
  epoll_ctl(queue, EPOLL_CTL_ADD, 0, &event);
  while (1) {
    struct epoll_event ready[16];
    int count = epoll_wait(queue, ready, 16, -1);
    for (int index = 0; index < count; index++) {
      if (ready[index].data.ptr == &marks[1]) {
        char byte;
        if (read(0, &byte, 1) <= 0) return 0;
      } else if (ready[index].data.ptr == &marks[0]) {
        int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd < 0) continue;
        int one = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        struct client *client = malloc(sizeof *client);
        client->fd = fd;
        client->used = 0;
        event.data.ptr = client;
        epoll_ctl(queue, EPOLL_CTL_ADD, fd, &event);
      } else {
        take_bytes(ready[index].data.ptr);
      }
    }
  }
}
