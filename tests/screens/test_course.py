"""The course of a visit beside the life of its screen."""

from __future__ import annotations

import gc
import warnings
from typing import cast

from textual.app import App

from kiosk.flow.moves import Quiet
from screens.resident.course import Course
from screens.resident.visit_thread import VisitThread


async def test_a_move_that_was_wished_as_the_screen_ended_leaves_nothing_behind() -> None:
    app = App[None]()
    made: list[object] = []
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        async with app.run_test():
            course = Course(cast(VisitThread, made), app.run_worker, lambda shown: False)
            course.wish(Quiet())
            app.workers.cancel_all()
        del course
        gc.collect()
    assert not made and not [str(warning.message) for warning in warned]
