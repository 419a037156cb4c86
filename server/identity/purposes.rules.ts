/** Why someone looks at an identity. */
export const LOOK_PURPOSES = ['schedule', 'reach', 'letter', 'safety', 'correct', 'other'] as const;
