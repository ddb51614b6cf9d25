#ifndef _GNU_SOURCE
#define _GNU_SOURCE // for mremap
#endif
#include "CByteScan.h"
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MAP_ANONYMOUS
#define MAP_ANONYMOUS MAP_ANON
#endif

// The room that was given back last, with its size in its first bytes. Its pages are still there
// unless the system took them, and new ones cost more than it takes to fill them.
static _Atomic(size_t *) spare;
enum { LARGEST_SPARE = 64 << 20 };

static void *taken_spare(size_t *size) {
  size_t *found = atomic_exchange(&spare, NULL);
  if (found == NULL) return NULL;
  // Not what is much too large: it would be missing where it is of use.
  if (*found >= *size && *found / 8 <= *size) {
    *size = *found;
    return found;
  }
  munmap(found, *found);
  return NULL;
}

static void *new_room(size_t size) {
  void *room = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (room == MAP_FAILED) return NULL;
#ifdef MADV_HUGEPAGE
  // All of it, with the rest of the last page: of two kinds of memory it could not be moved.
  madvise(room, size, MADV_HUGEPAGE);
#endif
  return room;
}

void *bytescan_room(size_t *size) {
  void *room = taken_spare(size);
  return room != NULL ? room : new_room(*size);
}

void bytescan_will_fill(void *memory, size_t size) {
#ifdef MADV_HUGEPAGE
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  // The heap's own words before it are on the same page.
  uintptr_t start = ((uintptr_t)memory + page - 1) & ~(page - 1);
  uintptr_t end = ((uintptr_t)memory + size) & ~(page - 1);
  // Where there are no such pages it fails, and nothing is lost.
  if (end > start) madvise((void *)start, end - start, MADV_HUGEPAGE);
#else
  (void)memory, (void)size;
#endif
}

void *bytescan_room_grown(void *room, size_t size, size_t larger) {
#ifdef __linux__
  void *moved = mremap(room, size, larger, MREMAP_MAYMOVE);
  if (moved != MAP_FAILED) return moved;
#endif
  void *other = new_room(larger);
  if (other == NULL) return NULL;
  memcpy(other, room, size);
  munmap(room, size);
  return other;
}

void bytescan_room_free(void *room, size_t size) {
#ifdef MADV_FREE
  if (size <= LARGEST_SPARE && madvise(room, size, MADV_FREE) == 0) {
    *(size_t *)room = size;
    size_t *other = atomic_exchange(&spare, room);
    if (other != NULL) munmap(other, *other);
    return;
  }
#endif
  munmap(room, size);
}
