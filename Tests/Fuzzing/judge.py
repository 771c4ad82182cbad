"""What must never happen, whatever the input."""

import re

import watch

# Done, an error told in words, an arm diverged, wrong usage.
KNOWN_CODES = {0, 1, 3, 64}
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
RAW = re.compile(r"Error Domain=|Fatal error|NSCocoaErrorDomain|Swift\.[A-Z]\w+Error")
PAYLOAD = b"\x1b]0;PWNED"


def faults(result, command):
    """The faults of one command, in words; none if all is well."""
    found = []
    if command.may_be_large and (result.ran_over or result.peak > watch.MEMORY_LIMIT):
        return found
    if result.status < 0 and not result.ran_over:
        found.append(f"died of signal {-result.status}")
    elif result.status not in KNOWN_CODES and not result.ran_over:
        found.append(f"ended with code {result.status}")
    if result.ignored_sigterm:
        found.append("ignored SIGTERM")
    if result.ran_over and not command.may_be_long:
        found.append(f"ran over {watch.TIME_LIMIT:.0f} s")
    if result.peak > watch.MEMORY_LIMIT:
        found.append(f"took {result.peak >> 20} MB")
    return found + (on_screen(result) if command.keys is not None else in_words(result, command))


def in_words(result, command):
    found = []
    for name, data in (("output", result.output), ("errors", result.errors)):
        text = data.decode(errors="replace")
        if name == "errors" or not command.writes_text:
            if control := CONTROL.search(text):
                found.append(f"{control[0]!r} in the {name}")
        if name == "errors" and (raw := RAW.search(text)):
            found.append(f"{raw[0]!r} in the errors")
    if result.status == 1 and not result.errors.strip():
        found.append("failed without a word")
    return found


def on_screen(result):
    found = []
    if PAYLOAD in result.output:
        found.append("a file's escape sequence reached the terminal")
    if result.output.count(b"\x1b[?1049h") != result.output.count(b"\x1b[?1049l"):
        found.append("left the terminal in its other screen")
    if not result.output.count(b"\x1b[?1049h"):
        text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", result.output.decode(errors="replace"))
        if raw := RAW.search(text):
            found.append(f"{raw[0]!r} in the errors")
    return found
