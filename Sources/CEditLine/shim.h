// libedit's variadic calls, one plain function per class of arguments. Everything here is static
// inline: there is nothing to link but libedit itself. No further system header is included, since
// Swift would take this module for the home of what it declares.
#ifndef RPCSCOPE_CEDITLINE_SHIM_H
#define RPCSCOPE_CEDITLINE_SHIM_H

#include <histedit.h>
#include <stdarg.h>
#include <stdio.h>

/// A function that a key is bound to; gives back one of the CC_ codes.
typedef unsigned char (*cel_key_function)(EditLine *, int);
/// Reads one character: 1 and the character, 0 at the end of input, -1 after an error.
typedef int (*cel_read_function)(EditLine *, wchar_t *);
/// Moves in the history as libedit's own commands ask: fills in the entry, or gives back -1.
typedef int (*cel_history_function)(void *context, int operation, const wchar_t **entry);

/// What libedit hands back to `cel_history_call`; must outlive the editor.
struct cel_history {
  cel_history_function function;
  void *context;
};

static inline int cel_history_call(void *reference, HistEventW *event, int operation, ...) {
  struct cel_history *history = (struct cel_history *)reference;
  const wchar_t *entry = NULL;
  int result = history->function(history->context, operation, &entry);
  event->num = result;
  event->str = entry;
  return result;
}

static inline int cel_set_history(EditLine *el, struct cel_history *history) {
  return el_wset(el, EL_HIST, cel_history_call, (void *)history);
}

static inline int cel_set_reader(EditLine *el, cel_read_function function) {
  return el_set(el, EL_GETCFN, function);
}

static inline int cel_set_client_data(EditLine *el, void *data) {
  return el_set(el, EL_CLIENTDATA, data);
}

static inline void *cel_client_data(EditLine *el) {
  void *data = NULL;
  el_get(el, EL_CLIENTDATA, &data);
  return data;
}

static inline int cel_set_int(EditLine *el, int operation, int value) {
  return el_set(el, operation, value);
}

static inline int cel_set_terminal(EditLine *el, const char *kind) {
  return el_set(el, EL_TERMINAL, kind);
}

static inline int cel_set_editor(EditLine *el, const char *mode) {
  return el_set(el, EL_EDITOR, mode);
}

/// The editor's mode: 'e' for emacs, 'v' for vi.
static inline char cel_editor(EditLine *el) {
  const char *mode = NULL;
  if (el_get(el, EL_EDITOR, &mode) != 0 || mode == NULL) return 'e';
  return mode[0];
}

static inline int cel_add_function(
    EditLine *el, const char *name, const char *help, cel_key_function function) {
  return el_set(el, EL_ADDFN, name, help, function);
}

static inline int cel_bind(EditLine *el, const char *key, const char *function) {
  return el_set(el, EL_BIND, key, function, NULL);
}

static inline int cel_bind_command_mode(EditLine *el, const char *key, const char *function) {
  return el_set(el, EL_BIND, "-a", key, function, NULL);
}

/// Lets a terminal mode of libedit's ("-d" while it edits, "-x" between) have one flag of `stty`'s.
static inline int cel_set_tty(EditLine *el, const char *mode, const char *flag) {
  return el_set(el, EL_SETTY, mode, flag, NULL);
}

#endif
