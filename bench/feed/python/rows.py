"""Counts the rows that statements look at: `rows.py LIBRARY DATABASE`, where LIBRARY is an SQLite that was compiled with
SQLITE_ENABLE_STMT_SCANSTATUS. A line in is a statement as JSON, {"sql", "args"}; a line out is the number of rows that its
loops over tables and indexes have visited (those over what the statement itself has made are left out), as sqlite3_stmt_scanstatus
has it."""
import ctypes
import json
import sys

ROW = 100
NVISIT = 1
EXPLAIN = 4
TRANSIENT = ctypes.c_void_p(-1)


def open_database(lib, file):
    db = ctypes.c_void_p()
    if lib.sqlite3_open(file.encode(), ctypes.byref(db)) != 0:
        raise SystemExit(f"Cannot open {file}")
    return db


def bind(lib, statement, args):
    for place, value in enumerate(args, 1):
        if isinstance(value, int):
            lib.sqlite3_bind_int64(statement, place, ctypes.c_int64(value))
        else:
            data = value.encode()
            lib.sqlite3_bind_text(statement, place, data, len(data), TRANSIENT)


def visited(lib, statement):
    rows, loop = 0, 0
    while True:
        count, text = ctypes.c_int64(), ctypes.c_char_p()
        if lib.sqlite3_stmt_scanstatus(statement, loop, NVISIT, ctypes.byref(count)) != 0:
            return rows
        lib.sqlite3_stmt_scanstatus(statement, loop, EXPLAIN, ctypes.byref(text))
        if b"USING" in (text.value or b""):
            rows += max(0, count.value)
        loop += 1


def run(lib, db, sql, args):
    statement = ctypes.c_void_p()
    if lib.sqlite3_prepare_v2(db, sql.encode(), -1, ctypes.byref(statement), None) != 0:
        raise SystemExit(lib.sqlite3_errmsg(db).decode())
    bind(lib, statement, args)
    while lib.sqlite3_step(statement) == ROW:
        pass
    rows = visited(lib, statement)
    lib.sqlite3_finalize(statement)
    return rows


def main():
    library, file = sys.argv[1:]
    lib = ctypes.CDLL(library)
    lib.sqlite3_errmsg.restype = ctypes.c_char_p
    db = open_database(lib, file)
    for line in sys.stdin:
        asked = json.loads(line)
        print(run(lib, db, asked["sql"], asked["args"]), flush=True)


if __name__ == "__main__":
    main()
