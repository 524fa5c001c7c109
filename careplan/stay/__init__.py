"""The one meaning of time: what a plan makes of one stay, day by day.

Everything that looks at time stands on it. Days are whole calendar days; day 1 of the plan is admission.
"""
