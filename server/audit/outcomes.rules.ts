/** What a review of the trail came to. */
export const REVIEW_OUTCOMES = ['nothing', 'minor', 'major'] as const;
