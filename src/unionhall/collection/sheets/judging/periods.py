"""The day on which each of a column reaches an age."""

import numpy as np
from numpy.typing import NDArray


def birthdays(births: NDArray[np.datetime64], age: int) -> NDArray[np.datetime64]:
    """Return the day on which each reaches an age: 28 February for the 29th where there is none.

    The same law as `unionhall.standards.periods`. Not a time stays not a time, before and after no day.
    """
    months = births.astype("datetime64[M]")
    within = births.astype("datetime64[D]") - months.astype("datetime64[D]")
    target = months + np.timedelta64(12 * age, "M")
    first = target.astype("datetime64[D]")
    last = (target + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    reached: NDArray[np.datetime64] = np.minimum(first + within, last)
    return reached
