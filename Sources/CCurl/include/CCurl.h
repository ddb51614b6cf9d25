// libcurl by its types only: nothing here links it. `ccurl_load` opens it on first use and fills a
// table of function pointers; the wrappers below call through that table, one wrapper for each
// class of argument that libcurl's variadic calls take. None may be called before a load succeeded.
#ifndef CCURL_H
#define CCURL_H

#include <curl/curl.h>
#include <stddef.h>

enum ccurl_load_result {
  CCURL_LOADED = 0,
  CCURL_NO_LIBRARY = 1,
  CCURL_NO_SYMBOL = 2,
  CCURL_NO_START = 3
};

// The file name that is opened: libcurl.so.4, or libcurl.4.dylib on macOS.
extern const char *ccurl_library_name(void);

// Opens libcurl and starts it, once for the process; later calls repeat the first outcome.
extern int ccurl_load(void);

// Opens it and does no more, on this thread: before another one is there that does is quickest. Only
// before the first of the other functions.
extern void ccurl_open(void);

// Begins to load it on a thread of its own, which then waits for work; `ccurl_load` waits for the
// loading. Only the first call does anything; they must come from one thread.
extern void ccurl_load_soon(void);

// Has that thread run something once it has loaded the library; 0 if there is no such thread, or it
// has its work already. No thread starts while a library is being loaded: glibc holds its lock.
extern int ccurl_take_thread(void (*body)(void *), void *context);

// Says what loading a library of that name would give, and lets go of it.
extern int ccurl_try(const char *name);

// The loaded library's version, such as "7.88.1".
extern const char *ccurl_version(void);

// Macros with casts, which Swift does not see, and names that are macros or enums by version.
extern const long ccurl_auth_basic;
extern const long ccurl_auth_digest;
extern const long ccurl_auth_negotiate;
extern const long ccurl_auth_bearer;
extern const long ccurl_auth_any;
extern const long ccurl_redirect_post_kept;
extern const long ccurl_protocols_http;
extern const long ccurl_netrc_optional;

extern CURL *ccurl_easy_init(void);
extern void ccurl_easy_cleanup(CURL *easy);
extern const char *ccurl_easy_strerror(CURLcode code);
extern CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value);
extern CURLcode ccurl_set_offset(CURL *easy, CURLoption option, curl_off_t value);
extern CURLcode ccurl_set_string(CURL *easy, CURLoption option, const char *value);
extern CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, const void *value);
extern CURLcode ccurl_set_write(CURL *easy, CURLoption option, curl_write_callback value);
extern CURLcode ccurl_set_debug(CURL *easy, curl_debug_callback value);
extern CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value);
extern CURLcode ccurl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value);
extern CURLcode ccurl_get_private(CURL *easy, void **value);

extern struct curl_slist *ccurl_slist_append(struct curl_slist *list, const char *line);
extern void ccurl_slist_free(struct curl_slist *list);

extern CURLM *ccurl_multi_init(void);
extern CURLMcode ccurl_multi_cleanup(CURLM *multi);
extern CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value);
extern CURLMcode ccurl_multi_add(CURLM *multi, CURL *easy);
extern CURLMcode ccurl_multi_remove(CURLM *multi, CURL *easy);
extern CURLMcode ccurl_multi_perform(CURLM *multi, int *running);
extern CURLMcode ccurl_multi_poll(CURLM *multi, int timeout_ms);
extern CURLMcode ccurl_multi_wakeup(CURLM *multi);
extern const char *ccurl_multi_strerror(CURLMcode code);
// The next finished transfer and its result; NULL if there is none.
extern CURL *ccurl_multi_next_done(CURLM *multi, CURLcode *result);

extern CURLSH *ccurl_share_init(void);
extern CURLSHcode ccurl_share_cleanup(CURLSH *share);
extern CURLSHcode ccurl_share_add(CURLSH *share, curl_lock_data data);

#endif
