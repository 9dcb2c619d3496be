/**
 * How sure a reading is, by what it rests on: 0..1. Each is at most the lower bound of what the labelled cases show (95 % Wilson interval), so that the
 * figure claims no more than was seen.
 *
 * @see docs/confidence.md#calibration - the table, which `npm run evaluate -- --write` renews
 */
export const certainty = {
  /** A code on the list and a sentence of a note. */
  coded_and_note: 0.97,
  coded: 0.95,
  /** A complete list on which it is not. */
  absence: 0.95,
  note: 0.9,
  /** A passage that a language model found and the rules confirmed. */
  model: 0.75,
  /** Words in a coded list, without a code. */
  text: 0.75,
  /** An answer still open: about as many requests that had one could be approved. */
  open: 0.1,
} as const
