import { serviceNames } from './service-names.ts'

/** Other spellings of the same word, multi-word spellings first; compared after `plain`. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/\bmagnetic resonance(?: imaging)?\b|\bmr imaging\b|\bmri scan\b/g, 'mri'],
  [
    /\b(?:w\/?o|without|w\/out)(?: iv)?(?: contrast)? (?:and|&|\+|then) (?:w\/?|with)(?: iv)? contrast\b/g,
    'without and with contrast',
  ],
  [
    /\b(?:with and without|w\/wo|w\/ ?(?:and|&) ?w\/?o|with & without|w wo|w and wo)(?: iv)? contrast\b/g,
    'without and with contrast',
  ],
  [
    /\b(?:w\/o|wo|w\/out|non|no|without(?: any| iv| intravenous)*)[ -]?contrast\b|\bnoncontrast\b|\bunenhanced\b/g,
    'without contrast',
  ],
  [/(?:\bw\/|\bw\b|\bwith(?: iv| intravenous)?) ?contrast\b/g, 'with contrast'],
  [/\b(?:l|ls|l-s|lumbosacral|lumbar) ?-?(?:spine|sp)\b|\bspine,? lumbar\b/g, 'lumbar spine'],
  [/\bc-?pap\b/g, 'cpap'],
  [/\b(?:tka|tkr)\b/g, 'total knee arthroplasty'],
  [/\b(?:tha|thr)\b/g, 'total hip arthroplasty'],
]

/** Words that do not help to choose a code. */
const idleWords: ReadonlySet<string> = new Set([
  'a',
  'an',
  'the',
  'of',
  'for',
  'and',
  'order',
  'left',
  'right',
  'lt',
  'rt',
  'l',
  'r',
  'iv',
])

/** `without and with` must be replaced before idle words are removed. */
const bothContrasts = 'withoutandwith'

const codesByWords = new Map<string, Set<string>>()
for (const [code, names] of Object.entries(serviceNames))
  for (const name of names) {
    const key = keyOf(name)
    codesByWords.set(key, (codesByWords.get(key) ?? new Set()).add(code))
  }

/**
 * The CPT or HCPCS code of the one service that the whole text names; undefined if a word is left over, or if it
 * fits no service or more than one.
 */
export function serviceFromText(text: string): string | undefined {
  if (text.length > maxTextLength) return undefined
  const codes = codesByWords.get(keyOf(text))
  return codes?.size === 1 ? [...codes][0] : undefined
}

/** Longer text is not the name of a service. */
const maxTextLength = 200

function keyOf(text: string): string {
  let plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[(),.;:]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  for (const [pattern, word] of spellings) plain = plain.replaceAll(pattern, word)
  return [...new Set(plain.replaceAll('without and with', bothContrasts).split(/[\s/]+/))]
    .filter((word) => word !== '' && !idleWords.has(word))
    .sort()
    .join(' ')
}
