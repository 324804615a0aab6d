"""All cases of the comparison."""

from dataclasses import replace
from functools import partial

import batch_formula_cases
import catalogue_cases
import catalogue_cases_2  # noqa: F401 adds to the catalogue's cases
import catalogue_cases_3  # noqa: F401
import catalogue_cases_4  # noqa: F401
import catalogue_cases_5  # noqa: F401
import formula_cases
import unseen_batch_cases
import unseen_cases
import unseen_cases_2
import unseen_cases_3
import untuned_cases
from cases import ELEMENTS, classes


def all_cases():
    return [*catalogue_cases.CASES, *untuned_cases.CASES, *formula_cases.CASES, *batch_formula_cases.CASES, *unseen_cases.CASES,
            *unseen_cases_2.CASES, *unseen_cases_3.CASES, *unseen_batch_cases.CASES]


SMALL = ("meanSquaredError", "huber", "binaryCrossEntropyWithLogits", "binaryFocal", "softmaxCrossEntropy", "focal", "distillation",
         "jensenShannon", "dice", "infoNce", "ntXent", "rootMeanSquaredError")


def small_cases():
    """Some losses of the catalogue on 8 and 128 rows of ten."""
    chosen = [case for case in catalogue_cases.CASES if case.loss in SMALL and not case.title]
    return [resized(case, rows) for rows in (8, 128) for case in chosen]


def resized(case, rows):
    def smaller(given):
        inputs = {}
        for name, x in given.items():
            shape = (rows, 10) if len(x.shape) > 1 or x.shape == ELEMENTS else (rows,)
            kind = partial(classes, count=10 if case.name != "ntXent" else 4) if name == "label" else x.kind
            inputs[name] = replace(x, kind=kind, shape=shape)
        return inputs

    return replace(case, predictions=smaller(case.predictions), targets=smaller(case.targets), grows=case.grows and rows > 64,
                   title=f"{case.loss} of {rows} x 10")
