"""Ages by the column: days as NumPy's datetime64, whole years as people count them."""

import numpy as np
from numpy.typing import NDArray


def birthdays(births: NDArray[np.datetime64], age: int) -> NDArray[np.datetime64]:
    """Return the day on which each reaches an age; who was born on 29 February reaches it on 1 March."""
    months = births.astype("datetime64[M]")
    within = births.astype("datetime64[D]") - months.astype("datetime64[D]")
    moved: NDArray[np.datetime64] = (months + np.timedelta64(12 * age, "M")).astype("datetime64[D]") + within
    return moved


def ages(births: NDArray[np.datetime64], on: np.datetime64) -> NDArray[np.int64]:
    """Return the completed years of age on a day."""
    years = on.astype("datetime64[Y]").astype(np.int64) - births.astype("datetime64[Y]").astype(np.int64)
    completed: NDArray[np.int64] = years - (birthdays_each(births, years) > on)
    return completed


def birthdays_each(births: NDArray[np.datetime64], years: NDArray[np.int64]) -> NDArray[np.datetime64]:
    """Return for each the day on which it reaches its own number of years."""
    months = births.astype("datetime64[M]")
    within = births.astype("datetime64[D]") - months.astype("datetime64[D]")
    moved: NDArray[np.datetime64] = (months + (12 * years).astype("timedelta64[M]")).astype(
        "datetime64[D]"
    ) + within
    return moved
