const mark = /[[(](?:illegible|unreadable|smudged|unintelligible|inaudible|cut off|not legible)\b/i
const gaps =
  /^(?![^\n]{0,80}\b(?:sign|signed|signature|by|initials)\b)[^\n]{0,300}[[(](?:illegible|unreadable|smudged|unintelligible|inaudible|cut off|not legible)\b/im

/** "Current meds: MTX, [illegible]-mab": a word that could not be read. An illegible signature does not matter. */
export function isIllegible(text: string): boolean {
  return mark.test(text) && gaps.test(text)
}
