/** Mean of a measure over simulated trials, its standard error, and the value that 95 of 100 trials don't exceed. */
export interface Summary {
  mean: number;
  standardError: number;
  percentile95: number;
}

export function tally(): { add(value: number): void; summary(): Summary } {
  const values: number[] = [];
  return {
    add: (value) => values.push(value),
    summary() {
      const { length } = values;
      const mean = values.reduce((sum, value) => sum + value, 0) / length;
      const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      const sorted = [...values].sort((a, b) => a - b);
      return {
        mean,
        standardError: Math.sqrt(squares / (length - 1) / length),
        percentile95: sorted[Math.ceil(0.95 * length) - 1]!,
      };
    },
  };
}
