/** Largest minus smallest of counts, each divided by its ratio over the mean ratio; in participants. */
export function rangeOf(counts: ArrayLike<number>, ratios: readonly number[], ratioSum: number): number {
  let least = Number.POSITIVE_INFINITY;
  let greatest = 0;
  for (let k = 0; k < ratios.length; k++) {
    const value = counts[k]! / ratios[k]!;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return ((greatest - least) * ratioSum) / ratios.length;
}

/**
 * Probability that the next allocation is the arm with the fewest participants so far, in relation to its ratio. Of
 * arms that are level those with the largest ratio are named, each equally likely.
 * @param probabilities of the arms, true at this moment
 */
export function ownSiteGuess(
  counts: ArrayLike<number>,
  ratios: readonly number[],
  probabilities: ArrayLike<number>,
): number {
  let named = 0;
  let sum = 0;
  let best = -1;
  for (let k = 0; k < ratios.length; k++) {
    // count/ratio compared crosswise: whole numbers, so that ties are ties.
    const order =
      best < 0 ? -1 : counts[k]! * ratios[best]! - counts[best]! * ratios[k]! || ratios[best]! - ratios[k]!;
    if (order < 0) {
      best = k;
      named = 1;
      sum = probabilities[k]!;
    } else if (order === 0) {
      named += 1;
      sum += probabilities[k]!;
    }
  }
  return sum / named;
}
