"""The timeline of one stay, as a scenario tells it: what happened on which day, and why."""

from careplan.render.story.sheet import StoryPicture, story_picture

__all__ = ["StoryPicture", "story_picture"]
