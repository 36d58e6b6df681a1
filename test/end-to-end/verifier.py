"""A second verifier of the audit, written from its description and not from the program: the chain of
SHA-256 over canonical rows, and Ed25519 (RFC 8032) for the heads."""
import hashlib
import sqlite3
from contextlib import closing

COLUMNS = ("id", "at", "who", "operation", "subject", "fields", "row_count", "commitment_old",
           "commitment_new", "previous_hash", "hash")

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def canonical(row):
    """Each part as its length in bytes, a colon, the bytes and a comma; what is missing as a hyphen."""
    parts = [b"11:audit_event,"]
    for value in row:
        if value is None:
            parts.append(b"-,")
        else:
            text = str(value).encode()
            parts.append(str(len(text)).encode() + b":" + text + b",")
    return b"".join(parts)


def events(path):
    with closing(sqlite3.connect(path)) as store:
        return store.execute(f"SELECT {', '.join(COLUMNS)} FROM audit_event ORDER BY id").fetchall()


def first_broken(path):
    """The id of the first event that does not follow from the one before; None when all do."""
    previous = ""
    for row in events(path):
        expected = hashlib.sha256(canonical(row[:-1] + (None,))).hexdigest()
        if row[-1] != expected or (row[-2] or "") != previous:
            return row[0]
        previous = row[-1]
    return None


def recover_x(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


def add(first, second):
    """Points as (X, Y, Z, T)."""
    a = (first[1] - first[0]) * (second[1] - second[0]) % P
    b = (first[1] + first[0]) * (second[1] + second[0]) % P
    c = 2 * first[3] * second[3] * D % P
    d = 2 * first[2] * second[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(number, point):
    found = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = add(found, point)
        point = add(point, point)
        number >>= 1
    return found


def point_of(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def is_signed(key, message, signature):
    """RFC 8032, 5.1.7."""
    public, r = point_of(key), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if public is None or r is None or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
    left, right = multiply(s, BASE), add(r, multiply(h, public))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and \
        (left[1] * right[2] - right[1] * left[2]) % P == 0


def head_outcome(path, line, key):
    """What a head says of the chain: holds, forged, cut or changed."""
    word, version, event, digest, at, signature = line.split()
    assert (word, version) == ("head", "1")
    message = f"dueregard audit head 1\n{event}\n{digest}\n{at}\n".encode()
    if not is_signed(bytes.fromhex(key), message, bytes.fromhex(signature)):
        return "forged"
    hashes = {row[0]: row[-1] for row in events(path)}
    if int(event) > max(hashes, default=0):
        return "cut"
    return "holds" if hashes.get(int(event)) == digest else "changed"
