/** Invisible characters that can reverse the reading order or hide text; forms do not need them. */
const invisible =
  /[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]|\p{Variation_Selector}|[\u{E0000}-\u{E007F}]/gu
/** Control characters except the line feed. */
const control = /(?!\n)\p{Cc}/gu

/** Text for printing: NFC, one space between words, line breaks kept, no invisible characters. */
export function plainText(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/\r\n|[\u2028\u2029]/g, '\n')
    .replaceAll(control, ' ')
    .replaceAll(invisible, '')
    .replaceAll(/[^\S\n]+/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim()
}

/** The sign for omitted characters in running text, as in quotations. */
export const omission = '[…]'
/** The character that decoders write for unreadable bytes: it is never part of a name. */
const undecoded = '\uFFFD'

/** Letters that are written from right to left. */
const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
const letterOrDigit = /[\p{L}\p{N}]/u

/**
 * Leaves out what the font cannot print, with the sign of an omission; a character that is the same as printable ones (a full-width letter)
 * is written with those. `isWhole`: nothing was left out.
 */
export function renderable(
  text: string,
  known: ReadonlySet<number>,
): { readonly text: string; readonly isWhole: boolean } {
  // A line is drawn in one direction: beside these letters, others and all digits would be in reverse.
  const isReversed = (character: string) => rightToLeft.test(character) && !/\p{N}/u.test(character)
  const isOneWay = [...text].every((one) => !letterOrDigit.test(one) || isReversed(one))
  const isKnown = (character: string) =>
    character === '\n' ||
    (character !== undecoded &&
      known.has(character.codePointAt(0) ?? 0) &&
      (isOneWay || !isReversed(character)))
  const pieces = [...text].map((character) => {
    if (isKnown(character)) return character
    const same = character.normalize('NFKC')
    return same !== character && [...same].every(isKnown) ? same : undefined
  })
  const isWhole = !pieces.includes(undefined)
  // A run of them is one omission.
  const shown = pieces.map((piece, index) =>
    piece !== undefined ? piece : pieces[index - 1] === undefined && index > 0 ? '' : omission,
  )
  return { text: shown.join(''), isWhole }
}
