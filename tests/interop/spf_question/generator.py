"""Makes the questions: one seed gives the same ones, in whatever number they are asked for."""

import random as randoms

from spf_question.kinds import KINDS
from spf_question.question import Question


def make_question(seed, number, world):
    random = randoms.Random(f"{seed} {number}")
    question = Question(number, random, world)
    kinds, weights = zip(*KINDS)
    make = random.choices(kinds, weights)[0]
    question.kind = make.__name__.replace("_", "-")
    make(question)
    return question
