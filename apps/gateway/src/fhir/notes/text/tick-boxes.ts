/**
 * Replaces all glyphs for tick boxes by `[x]` and `[ ]`, which rules and reviewers expect. Word writes them as private characters of its
 * Wingdings fonts.
 */
export function withTickBoxes(text: string): string {
  return text
    .replaceAll(
      /[\u2610\u25A1\u25A2\u25FB\u2B1C\u2751\u2752\u274F\u2750\u{1F78E}\uF06F\uF071\uF072\uF0A8\uF0A3](?=([^\s]?))/gu,
      (_, next: string) => (next === '' ? '[ ]' : '[ ] '),
    )
    .replaceAll(
      /[\u2611\u2612\u2705\u{1F5F9}\u{1F5F7}\u{1F5F5}\u2BBD\uF0FD\uF0FE\uF052\uF053\uF054](?=([^\s]?))/gu,
      (_, next: string) => (next === '' ? '[x]' : '[x] '),
    )
}

/** The private character for a character of a Wingdings font. */
export function ofSymbolFont(code: number): string {
  return String.fromCharCode(0xf000 + (code & 0xff))
}
