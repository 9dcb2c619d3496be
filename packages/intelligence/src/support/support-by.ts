/**
 * How well an answer is supported, by what it rests on: 0..1. Each is at most the lower bound of what the labelled cases show (95 % Wilson interval), so that
 * the figure claims no more than was seen.
 *
 * @see docs/support.md#calibration - the table, which `npm run evaluate -- --write` renews
 */
export const supportBy = {
  /** A code on the list and a sentence of a note. */
  coded_and_note: 0.97,
  coded: 0.95,
  /** A complete list and notes that do not mention it. */
  absence: 0.95,
  note: 0.9,
  /** A passage that a language model found and that was read again. */
  model: 0.75,
  /** Words in a coded list, without a code. */
  text: 0.75,
  /** An answer still open: about as many requests that had one could be approved. */
  open: 0.1,
} as const
