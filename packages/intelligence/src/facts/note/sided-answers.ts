import type { Side } from '../fact.ts'

const no = String.raw`none|no|neg(?:ative)?|absent|nil|0(?![.\d])|normal|wnl|nl|\(-\)`
const yes = String.raw`yes|pos(?:itive)?|present|\(\+\)|[1-4]\+|[1-4](?![.\d])|\++|trace|small|mild|moderate|mod|large|severe|marked`
const part = '(?: (?:knee|hip|shoulder|ankle|elbow|side|leg|foot))?'
const answers = new RegExp(
  String.raw`(?:^|[,;/&]|\band\b|\bbut\b)\s*(?:the )?(right|left|rt|lt|r|l)\b${part}[ \t:=–-]{0,3}(?:(${no})|(?:${yes}))(?=$|[\s,;/.)&])`,
  'gi',
)

const answersAhead = new RegExp(
  String.raw`(?:^|[,;/&]|\band\b|\bbut\b)\s*(?:(${no})|(?:${yes}))\s(?:on (?:the )?|in (?:the )?)?(right|left|rt|lt|r|l)\b(?!\.)`,
  'gi',
)

/**
 * "Effusion: left knee 2+, right knee none": the answer for each side; undefined if a side is missing or both
 * are equal.
 */
export function sidedAnswers(behind: string): ReadonlyMap<Side, boolean> | undefined {
  const found = new Map<Side, boolean>()
  for (const [, side = '', denied] of behind.slice(0, 160).matchAll(answers))
    found.set(/^l/i.test(side) ? 'left' : 'right', denied === undefined)
  if (found.size === 0)
    for (const [, denied, side = ''] of behind.slice(0, 160).matchAll(answersAhead))
      found.set(/^l/i.test(side) ? 'left' : 'right', denied === undefined)
  return new Set(found.values()).size === 2 ? found : undefined
}
