/** Invisible characters that can reverse the reading order or hide text; forms do not need them. */
const invisible = /[\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g
/** Control characters except the line feed. */
const control = /(?!\n)\p{Cc}/gu

/** Text for printing: NFC, one space between words, line breaks kept, no invisible characters. */
export function plainText(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll('\r\n', '\n')
    .replaceAll(control, ' ')
    .replaceAll(invisible, '')
    .replaceAll(/[^\S\n]+/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim()
}

export const replacementCharacter = '\uFFFD'

/** Replaces every character that the font lacks by a visible mark. */
export function renderable(
  text: string,
  known: ReadonlySet<number>,
): { readonly text: string; readonly isWhole: boolean } {
  let isWhole = true
  const shown = [...text]
    .map((character) => {
      if (character === '\n' || known.has(character.codePointAt(0) ?? 0)) return character
      isWhole = false
      return replacementCharacter
    })
    .join('')
  return { text: shown, isWhole }
}
