"""What is stored can be read again."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.interviews import events as ev

TEXT = st.text(max_size=20)
BODIES = st.one_of(
    st.builds(ev.Opened, TEXT, st.integers(0, 2**31)),
    st.builds(
        ev.Configured,
        TEXT,
        st.sampled_from(ev.LEVELS),
        st.floats(1, 10),
        st.booleans(),
        st.lists(st.tuples(TEXT, TEXT, st.floats(0, 9999))).map(tuple),
    ),
    st.builds(ev.Started),
    st.builds(ev.Said, TEXT),
    st.builds(ev.Replied, TEXT, TEXT, st.integers(0, 99), TEXT, TEXT),
    st.builds(ev.Saved, st.sampled_from(ev.FIELDS), TEXT, st.integers(0, 99)),
    st.builds(ev.Conflicted, st.sampled_from(ev.FIELDS), TEXT, st.integers(0, 99)),
    st.builds(ev.PhaseMoved, st.integers(0, 9), st.booleans()),
    st.builds(ev.Paused),
    st.builds(ev.Resumed),
    st.builds(ev.Finished),
    st.builds(ev.PointChecked, TEXT, st.booleans()),
    st.builds(ev.MomentRedone, TEXT, TEXT, st.floats(0, 9999)),
)


@given(BODIES)
def test_every_body_comes_back_from_the_store_as_it_was(body):
    kind, data = ev.to_stored(body)
    assert ev.from_stored(kind, json.loads(json.dumps(data))) == body


@pytest.mark.parametrize(("kind", "data"), [("danced", {}), ("said", {"text": "a", "tone": "b"})])
def test_an_unknown_event_is_named(kind, data):
    with pytest.raises(ev.UnknownKind, match=kind):
        ev.from_stored(kind, data)
