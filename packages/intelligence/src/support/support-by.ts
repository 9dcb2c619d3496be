/**
 * How well an answer is supported, by its kind of evidence: 0..1. Each value is at most the lower bound shown by
 * the labelled cases (95 % Wilson interval), so it claims no more than was measured.
 *
 * @see docs/support.md#calibration - the table, which `npm run evaluate -- --write` updates
 */
export const supportBy = {
  /** A code on the list and a sentence of a note. */
  coded_and_note: 0.97,
  coded: 0.95,
  /** A complete list and notes that do not mention it. */
  absence: 0.95,
  note: 0.9,
  /** A passage that a language model proposed and the stages confirmed. */
  model: 0.75,
  /** Text in a coded list, without a code. */
  text: 0.75,
  /** An answer that is still open: about this share of the requests with one could be approved. */
  open: 0.1,
} as const
