/** TypeScript cannot know what the lines around it ensure. */
export const forTypes = 'for the type checker: it is always there';

/** Only time or memory is lost. */
export const shortcut = 'a shortcut: the long way gives the same';
