"""Whatever happens, no acknowledged text is lost or doubled, and time is kept."""

from hypothesis import settings

from tests.interviews.machine import MemoryMachine

TestMemory = MemoryMachine.TestCase
TestMemory.settings = settings(max_examples=150, stateful_step_count=50, deadline=None)
