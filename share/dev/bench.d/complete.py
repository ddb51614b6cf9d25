# Times what the shell does about keys, from the key to the last byte that it draws:
#   complete.py ROUNDS PROGRAM OPENRPC
# for each line a Tab and a letter, the median and the worst in milliseconds.
import os
import pty
import select
import statistics
import sys
import time

rounds, program, document = int(sys.argv[1]), sys.argv[2], sys.argv[3]
home = os.environ["BENCH_HOME"]


def start():
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(HOME=home, XDG_STATE_HOME=home, XDG_CACHE_HOME=home, TERM="xterm-256color")
        os.execv(program, [program, "--no-discover", "--no-record", "--openrpc", document,
                           "unix:/nonexistent"])
    return pid, terminal


def settle(terminal, quiet=0.3):
    """What comes until nothing has come for a while, and when the last of it came."""
    data, last = b"", time.perf_counter()
    while select.select([terminal], [], [], quiet)[0]:
        try:
            data += os.read(terminal, 1 << 16)
        except OSError:
            break
        last = time.perf_counter()
    return data, last


def press(terminal, keys):
    begin = time.perf_counter()
    os.write(terminal, keys)
    data, last = settle(terminal, 0.12)
    return (last - begin) * 1000, data


pid, terminal = start()
settle(terminal, 2)
cases = [
    ("Tab on an empty line", b"", b"\t"),
    ("Tab on a beginning of a thousand", b"space5.", b"\t"),
    ("Tab on the whole of one", b"space5.user.getUser000", b"\t"),
    ("Tab on parts of names", b"user.getUser0001", b"\t"),
    ("Tab on letters in order", b"spcusget9", b"\t"),
    ("Tab on what no name has", b"zzzqqq", b"\t"),
    ("a letter of a method", b"space5.us", b"e"),
]
for name, before, key in cases:
    times = []
    for _ in range(rounds):
        press(terminal, b"\x15" + before)
        elapsed, data = press(terminal, key)
        if data:
            times.append(elapsed)
    print("  %-34s %7.2f ms   worst %7.2f ms" % (name, statistics.median(times), max(times)))
os.write(terminal, b"\x15\x04")
os.close(terminal)
os.waitpid(pid, 0)
