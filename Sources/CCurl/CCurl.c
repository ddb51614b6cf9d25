#define _GNU_SOURCE  // For the processors of a thread.
#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>

// `typeof` names a type without using the symbol, so the table is typed from curl.h and nothing
// asks the linker for libcurl.
#define FUNCTIONS(EACH)                                                                           \
  EACH(global_init)                                                                                \
  EACH(version_info)                                                                               \
  EACH(easy_init)                                                                                  \
  EACH(easy_cleanup)                                                                               \
  EACH(easy_strerror)                                                                              \
  EACH(easy_setopt)                                                                                \
  EACH(easy_getinfo)                                                                               \
  EACH(slist_append)                                                                               \
  EACH(slist_free_all)                                                                             \
  EACH(multi_init)                                                                                 \
  EACH(multi_cleanup)                                                                              \
  EACH(multi_setopt)                                                                               \
  EACH(multi_add_handle)                                                                           \
  EACH(multi_remove_handle)                                                                        \
  EACH(multi_perform)                                                                              \
  EACH(multi_poll)                                                                                 \
  EACH(multi_wakeup)                                                                               \
  EACH(multi_strerror)                                                                             \
  EACH(multi_info_read)                                                                            \
  EACH(share_init)                                                                                 \
  EACH(share_cleanup)                                                                              \
  EACH(share_setopt)

#define MEMBER(NAME) __typeof__(&curl_##NAME) NAME;

struct table {
  FUNCTIONS(MEMBER)
};

static struct table curl;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int outcome = CCURL_NO_LIBRARY;

const long ccurl_auth_basic = (long)CURLAUTH_BASIC;
const long ccurl_auth_digest = (long)CURLAUTH_DIGEST;
const long ccurl_auth_negotiate = (long)CURLAUTH_NEGOTIATE;
const long ccurl_auth_bearer = (long)CURLAUTH_BEARER;
const long ccurl_auth_any = (long)CURLAUTH_ANY;
const long ccurl_redirect_post_kept = (long)(CURL_REDIR_POST_301 | CURL_REDIR_POST_302);
const long ccurl_protocols_http = (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS);
const long ccurl_netrc_optional = (long)CURL_NETRC_OPTIONAL;

const char *ccurl_library_name(void) {
#ifdef __APPLE__
  return "libcurl.4.dylib";
#else
  return "libcurl.so.4";
#endif
}

static int find(void *library, const char *name, void *into) {
  void *symbol = dlsym(library, name);
  // A copy, since C gives no cast from an object pointer to a function pointer.
  memcpy(into, &symbol, sizeof symbol);
  return symbol != NULL;
}

static int fill(void *library, struct table *table) {
#define FIND(NAME)                                                                                 \
  if (!find(library, "curl_" #NAME, &table->NAME)) return CCURL_NO_SYMBOL;
  FUNCTIONS(FIND)
  return CCURL_LOADED;
}

// Opened before it is loaded by who has nothing else to do; else NULL.
static void *opened = NULL;

void ccurl_open(void) {
  // Lazy: of the thirty libraries behind it a session calls a small part.
  if (!opened) opened = dlopen(ccurl_library_name(), RTLD_LAZY | RTLD_LOCAL);
}

static void load(void) {
  ccurl_open();
  void *library = opened;
  if (!library) return;
  outcome = fill(library, &curl);
  if (outcome == CCURL_LOADED && curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    outcome = CCURL_NO_START;
  }
}

int ccurl_load(void) {
  pthread_once(&once, load);
  return outcome;
}

// The thread that loads ahead, and what it is to do once it has.
static pthread_mutex_t ahead_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ahead_change = PTHREAD_COND_INITIALIZER;
static int ahead_waits = 0;
static void (*ahead_body)(void *) = NULL;
static void *ahead_context = NULL;
#ifdef __linux__
static cpu_set_t ahead_processors;
#endif

static void *load_on_thread(void *unused) {
  (void)unused;
#ifdef __linux__
  // It has begun where it should; from here on it may go anywhere.
  (void)sched_setaffinity(0, sizeof ahead_processors, &ahead_processors);
#endif
  ccurl_load();
  pthread_mutex_lock(&ahead_lock);
  while (!ahead_body) pthread_cond_wait(&ahead_change, &ahead_lock);
  void (*body)(void *) = ahead_body;
  pthread_mutex_unlock(&ahead_lock);
  body(ahead_context);
  return NULL;
}

int ccurl_take_thread(void (*body)(void *), void *context) {
  pthread_mutex_lock(&ahead_lock);
  int takes = ahead_waits;
  if (takes) {
    ahead_waits = 0;
    ahead_body = body;
    ahead_context = context;
    pthread_cond_signal(&ahead_change);
  }
  pthread_mutex_unlock(&ahead_lock);
  return takes;
}

// Leaves the thread every processor but this one: a new thread may wait here for milliseconds, while
// its maker goes on, before the kernel moves it to a free one.
static void choose_processors(pthread_attr_t *attributes) {
#ifdef __linux__
  if (sched_getaffinity(0, sizeof ahead_processors, &ahead_processors) != 0) return;
  cpu_set_t others = ahead_processors;
  CPU_CLR(sched_getcpu(), &others);
  if (CPU_COUNT(&others) > 0) pthread_attr_setaffinity_np(attributes, sizeof others, &others);
#else
  (void)attributes;
#endif
}

void ccurl_load_soon(void) {
  static int has_begun = 0;
  if (has_begun) return;
  has_begun = 1;
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return;
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  choose_processors(&attributes);
  // No signal handler is to run on it, but for a fault of its own.
  sigset_t all, before;
  sigfillset(&all);
  const int faults[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT};
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) sigdelset(&all, faults[i]);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  // Without a thread the first use loads it.
  if (pthread_create(&thread, &attributes, load_on_thread, NULL) == 0) {
    pthread_mutex_lock(&ahead_lock);
    ahead_waits = 1;
    pthread_mutex_unlock(&ahead_lock);
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
}

int ccurl_try(const char *name) {
  struct table scratch;
  void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (!library) return CCURL_NO_LIBRARY;
  int result = fill(library, &scratch);
  dlclose(library);
  return result;
}

const char *ccurl_version(void) { return curl.version_info(CURLVERSION_NOW)->version; }

CURL *ccurl_easy_init(void) { return curl.easy_init(); }

void ccurl_easy_cleanup(CURL *easy) { curl.easy_cleanup(easy); }

const char *ccurl_easy_strerror(CURLcode code) { return curl.easy_strerror(code); }

CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) {
  return curl.easy_setopt(easy, option, value);
}

CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
  return curl.easy_setopt(easy, option, value);
}

CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value) {
  return curl.easy_setopt(easy, option, value);
}

CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, const void *value) {
  return curl.easy_setopt(easy, option, value);
}

CURLcode ccurl_set_write(CURL *easy, CURLoption option, curl_write_callback value) {
  return curl.easy_setopt(easy, option, value);
}

CURLcode ccurl_set_debug(CURL *easy, curl_debug_callback value) {
  return curl.easy_setopt(easy, CURLOPT_DEBUGFUNCTION, value);
}

CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value) {
  return curl.easy_getinfo(easy, info, value);
}

CURLcode ccurl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
  return curl.easy_getinfo(easy, info, value);
}

CURLcode ccurl_get_private(CURL *easy, void **value) {
  return curl.easy_getinfo(easy, CURLINFO_PRIVATE, (char **)value);
}

struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *line) {
  return curl.slist_append(list, line);
}

void ccurl_slist_free(struct curl_slist *list) { curl.slist_free_all(list); }

CURLM *ccurl_multi_init(void) { return curl.multi_init(); }

CURLMcode ccurl_multi_cleanup(CURLM *multi) { return curl.multi_cleanup(multi); }

CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl.multi_setopt(multi, option, value);
}

CURLMcode ccurl_multi_add(CURLM *multi, CURL *easy) { return curl.multi_add_handle(multi, easy); }

CURLMcode ccurl_multi_remove(CURLM *multi, CURL *easy) {
  return curl.multi_remove_handle(multi, easy);
}

CURLMcode ccurl_multi_perform(CURLM *multi, int *running) {
  return curl.multi_perform(multi, running);
}

CURLMcode ccurl_multi_poll(CURLM *multi, int timeout_ms) {
  return curl.multi_poll(multi, NULL, 0, timeout_ms, NULL);
}

CURLMcode ccurl_multi_wakeup(CURLM *multi) { return curl.multi_wakeup(multi); }

const char *ccurl_multi_strerror(CURLMcode code) { return curl.multi_strerror(code); }

CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *result) {
  int left;
  CURLMsg *message;
  while ((message = curl.multi_info_read(multi, &left)) != NULL) {
    if (message->msg != CURLMSG_DONE) continue;
    *result = message->data.result;
    return message->easy_handle;
  }
  return NULL;
}

CURLSH *ccurl_share_init(void) { return curl.share_init(); }

CURLSHcode ccurl_share_cleanup(CURLSH *share) { return curl.share_cleanup(share); }

CURLSHcode ccurl_share_add(CURLSH *share, curl_lock_data data) {
  return curl.share_setopt(share, CURLSHOPT_SHARE, data);
}
