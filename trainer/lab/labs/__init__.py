"""The experiments, by the name under which content calls them (`runs:` in labs/<slug>.yaml)."""

from trainer.lab.stage import LabCode

ALL: tuple[LabCode, ...] = ()
BY_NAME = {each.name: each for each in ALL}
