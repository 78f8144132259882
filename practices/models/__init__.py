from practices.models.action_step import ActionStep, ActionStepRevision
from practices.models.practice import Practice, PracticeGroup, PracticeRevision
from practices.models.resource import PracticeResource, Resource, StepResource

__all__ = [
    "ActionStep",
    "ActionStepRevision",
    "Practice",
    "PracticeGroup",
    "PracticeResource",
    "PracticeRevision",
    "Resource",
    "StepResource",
]
