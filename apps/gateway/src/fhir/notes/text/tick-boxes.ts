/**
 * Tick boxes as every rule and reviewer reads them: `[x]` and `[ ]`, whichever glyph draws them. Word writes them in private characters
 * of its Wingdings fonts.
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

/** A character of a Wingdings font as the private character that stands for it. */
export function ofSymbolFont(code: number): string {
  return String.fromCharCode(0xf000 + (code & 0xff))
}
