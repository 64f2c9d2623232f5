"""Who someone is, and what they may see: one access policy, asked everywhere."""

from coach.people.policy import Action, Facts, Resource, Who, allows, require, scope

__all__ = ["Action", "Facts", "Resource", "Who", "allows", "require", "scope"]
