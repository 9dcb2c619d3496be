/** The cues of a list written as one text, parted by strokes. White space counts as one space. */
export function cueList(text: string): readonly string[] {
  return text
    .split('|')
    .map((cue) => cue.trim().replaceAll(/\s+/g, ' '))
    .filter((cue) => cue !== '')
}
