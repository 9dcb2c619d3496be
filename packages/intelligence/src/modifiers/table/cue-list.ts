import { alternativesOf } from '../../lexicon/alternatives.ts'

/** The cues of a list written as one text, separated by vertical bars; `{a/b/}` stands for each of its alternatives. */
export function cueList(text: string): readonly string[] {
  return text
    .split('|')
    .flatMap(alternativesOf)
    .filter((cue) => cue !== '')
}
