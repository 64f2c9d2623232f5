import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from ctypes.util import find_library
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAMS = ("pulseaudio", "paplay", "pactl")

RECORD = """
import json, sys, threading
from coach.errors import MicrophoneError
from coach.speech import recorder

levels, chunks = [], []
try:
    audio = recorder.record(
        float(sys.argv[1]), threading.Event(), device=sys.argv[2] if len(sys.argv) > 2 else None,
        on_level=levels.append, on_chunk=lambda number, pcm: chunks.append((number, len(pcm))),
    )
    print(json.dumps({"seconds": audio.duration_s, "note": audio.note, "levels": levels, "chunks": chunks,
                      "devices": [device.name for device in recorder.devices()]}))
except MicrophoneError as error:
    print(json.dumps({"error": str(error)}))
"""


def run(script: str, *arguments: str, **environment: str) -> dict[str, object]:
    """What a script prints. PortAudio looks for devices once in a process, so each test has its own."""
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # ALSA writes there what it doesn't find
        timeout=60,
        check=True,
    )
    return dict(json.loads(done.stdout))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere sounddevice brings PortAudio along")
def test_without_portaudio_one_is_told_what_to_install() -> None:
    system_has_none = "import ctypes.util; ctypes.util.find_library = lambda name: None\n"

    told = run(system_has_none + RECORD, "1")

    assert "sudo apt install libportaudio2" in str(told["error"])


def test_the_room_can_be_used_without_portaudio() -> None:
    done = run(
        "import sys, json; import coach.speech.recorder, coach.speech.whisper\n"
        "print(json.dumps({'loaded': 'sounddevice' in sys.modules}))"
    )

    assert done == {"loaded": False}


needs_portaudio = pytest.mark.skipif(
    sys.platform != "linux" or find_library("portaudio") is None, reason="needs Linux and the system's PortAudio"
)


NO_MICROPHONE = {"error": "No microphone was found. Plug one in and start again, or record in the browser."}


@needs_portaudio
def test_without_a_microphone_one_is_told_to_plug_one_in(tmp_path: Path) -> None:
    told = run(RECORD, "0.1", XDG_RUNTIME_DIR=str(tmp_path), PULSE_SERVER=f"unix:{tmp_path}/none")

    if told != NO_MICROPHONE and (told.get("devices") or "cannot be opened" in str(told)):
        pytest.skip("this computer has a microphone")
    assert told == NO_MICROPHONE


@needs_portaudio
def test_a_microphone_of_another_name_is_not_found(tmp_path: Path) -> None:
    told = run(RECORD, "1", "no such microphone", XDG_RUNTIME_DIR=str(tmp_path), PULSE_SERVER=f"unix:{tmp_path}/none")

    assert told == NO_MICROPHONE


@pytest.fixture
def speaker(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A sound system of our own, whose microphone hears what is played on its speaker."""
    environment = {"XDG_RUNTIME_DIR": str(tmp_path), "PULSE_RUNTIME_PATH": str(tmp_path), "HOME": str(tmp_path)}
    modules = (
        "module-native-protocol-unix",
        "module-null-sink sink_name=spk rate=48000",
        "module-remap-source master=spk.monitor source_name=mic",
    )
    server = subprocess.Popen(
        ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", *(f"--load={module}" for module in modules)],
        env=os.environ | environment,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(50):
            ready = subprocess.run(
                ["pactl", "info"], env=os.environ | environment, capture_output=True, timeout=10, check=False
            )
            if ready.returncode == 0:
                break
            time.sleep(0.1)
        yield environment
    finally:
        server.terminate()
        server.wait(timeout=10)


@needs_portaudio
@pytest.mark.skipif(any(shutil.which(program) is None for program in PROGRAMS), reason="needs pulseaudio and its tools")
def test_a_recording_comes_in_chunks_of_two_seconds_and_ends_at_its_limit(
    speaker: dict[str, str], answer: Path, tmp_path: Path
) -> None:
    long = tmp_path / "long.wav"  # on a busy computer it takes a while until somebody listens
    subprocess.run(["sox", answer, long, "repeat", "19"], check=True, timeout=60)
    player = subprocess.Popen(["paplay", "--device=spk", long], env=os.environ | speaker)
    try:
        told = run(RECORD, "4.5", "pulse", **speaker)
    finally:
        player.terminate()
        player.wait(timeout=10)

    assert told["devices"], "the ALSA plugin for PulseAudio is missing: apt install libasound2-plugins"
    assert told["seconds"] == 4.5
    assert told["chunks"] == [[1, 64_000], [2, 64_000], [3, 16_000]]
    assert max(told["levels"]) > 0.2  # type: ignore[call-overload]  # a list of numbers, as JSON has it
    assert told["note"] == ""


BROKEN_OFF = """
import json, threading
from coach.speech import recorder

levels, chunks = [], []
def show(level):
    levels.append(level)
    if len(levels) == 25:
        raise KeyboardInterrupt

try:
    recorder.record(30, threading.Event(), device="pulse", on_level=show, on_chunk=lambda number, pcm: chunks.append((number, len(pcm))))
except KeyboardInterrupt:
    print(json.dumps({"chunks": chunks}))
"""


@needs_portaudio
@pytest.mark.skipif(any(shutil.which(program) is None for program in PROGRAMS), reason="needs pulseaudio and its tools")
def test_a_recording_that_is_broken_off_hands_on_what_was_said_until_then(speaker: dict[str, str]) -> None:
    """Ctrl-C, or a press in the page, which ends the run that records."""
    assert run(BROKEN_OFF, **speaker) == {"chunks": [[1, 64_000], [2, 16_000]]}


UNPLUG = RECORD.replace(
    "on_chunk=lambda number, pcm: chunks.append((number, len(pcm)))",
    "on_chunk=lambda number, pcm: (chunks.append((number, len(pcm))), unplug(number))",
).replace(
    "levels, chunks = [], []",
    """import subprocess
levels, chunks = [], []
def unplug(number):
    if number == 1:
        subprocess.run(["pactl", "unload-module", "module-remap-source"], check=True)
        subprocess.run(["pactl", "unload-module", "module-null-sink"], check=True)
""",
)


@needs_portaudio
@pytest.mark.skipif(any(shutil.which(program) is None for program in PROGRAMS), reason="needs pulseaudio and its tools")
def test_a_microphone_that_is_unplugged_ends_the_recording_and_costs_nothing_said_before(
    speaker: dict[str, str],
) -> None:
    told = run(UNPLUG, "30", "pulse", **speaker)

    assert told["note"] == "The microphone stopped during the recording. What was recorded until then is kept."
    assert 2 <= told["seconds"] < 30  # type: ignore[operator]  # a number
    assert told["chunks"][0] == [1, 64_000]  # type: ignore[index]  # a list of pairs
