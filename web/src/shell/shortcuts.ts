/** Keys that work on every page unless one is typing. */
export const SHORTCUTS = [
  { keys: ['/'], does: 'Search a symbol' },
  { keys: ['?'], does: 'Show these shortcuts' },
  { keys: ['Esc'], does: 'Close what is open, leave the search' },
  { keys: ['↑', '↓'], does: 'Go through the rows of a table' },
  { keys: ['Home', 'End'], does: 'First and last row' },
  { keys: ['Enter'], does: 'Open the row' },
] as const;
