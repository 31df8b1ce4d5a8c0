"""What a sitting is made of, put together once its first page is drawn: nothing of it may slow that page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from screens.resident.comfort import Comfort
from screens.resident.controls import Controls
from screens.resident.stage import Stage

if TYPE_CHECKING:
    from kiosk.ports import Hearing, Listener, Speaker
    from screens.resident.app import ResidentApp
    from screens.resident.listening import Listening
    from screens.resident.switching import Switching
    from screens.resident.type_sizes import ChangesSize


@dataclass(frozen=True, slots=True)
class Equipment:
    """The page, and the ways to answer it by hand."""

    stage: Stage
    controls: Controls
    switching: Switching


def equip(app: ResidentApp, speaker: Speaker, sizes: ChangesSize | None) -> Equipment:
    """`sizes`: those of our own terminal; None where large type can only be drawn from blocks."""
    settings, texts = app.fittings.settings, app.fittings.texts
    stage = Stage(texts, app.view, app.field, speaker)
    if sizes is None:
        from screens.resident.type_sizes import GlyphSizes

        sizes = GlyphSizes(app.view, stage.fit_again)
    comfort = Comfort(texts, speaker, settings.screen, settings.voice, sizes)
    controls = Controls(stage, comfort, speaker, app.course.wish)
    sizes.begin(app.size.width)
    if settings.keys.keypad != "plain":
        from screens.keypads import load_keypad

        controls.keypad = load_keypad(settings.keys.keypad)
    controls.switching = switching = _switching(app, stage, speaker)
    return Equipment(stage, controls, switching)


def _switching(app: ResidentApp, stage: Stage, speaker: Speaker) -> Switching:
    from screens.resident.practice import Practice
    from screens.resident.scan import Scan
    from screens.resident.switching import Switching
    from screens.resident.trial import SwitchTrial

    with_these = (stage, speaker, app.course.wish, app.set_timer)
    scan = Scan(
        stage,
        speaker,
        app.set_timer,
        lambda: app.course.hears_now(stage.part.guard) and not app.view.caption.open,
    )
    keys = app.fittings.settings.keys
    return Switching(stage, keys, Practice(*with_these), SwitchTrial(*with_these), scan)


def listen(
    app: ResidentApp,
    equipment: Equipment,
    speaker: Speaker,
    make_listener: Callable[[Callable[[Hearing], None]], Listener],
) -> Listening:
    """Last of all: its models take a while, and keys work without them."""
    from screens.resident.listening import Listening
    from screens.resident.spoken_answers import SpokenAnswers

    stage, controls = equipment.stage, equipment.controls
    texts, settings = app.fittings.texts, app.fittings.settings.listening
    controls.listening = listening = Listening(
        make_listener,
        app.tell_heard,
        stage,
        controls,
        speaker,
        SpokenAnswers(stage, controls, speaker, app.course.wish, app.idle.touch, texts),
        texts,
        by_itself=settings.mode == "free",
        tone=settings.tone,
        hears=lambda: stage.ready and app.course.hears_now(stage.part.guard),
        set_timer=app.set_timer,
    )
    return listening
