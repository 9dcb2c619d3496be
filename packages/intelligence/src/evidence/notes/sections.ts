/** What a part of a note is for: the same words mean another thing under another heading. */
export type SectionKind =
  | 'family'
  | 'plan'
  | 'instructions'
  | 'allergies'
  | 'medications'
  | 'history'
  | 'exam'
  | 'other'

const kinds: readonly (readonly [SectionKind, RegExp])[] = [
  ['family', /\bfam(?:ily)?\b|\bfhx?\b/i],
  ['allergies', /\ballerg|\badverse (?:drug )?reactions?\b|\bintolerances?\b/i],
  [
    'instructions',
    /\binstructions?\b|\beducation\b|\bprecautions?\b|\breturn to\b|\bcounsel(?:l)?ing\b|\bconsent\b|\brisks?\b/i,
  ],
  ['medications', /\bmed(?:ication)?s?\b|\bprescriptions?\b/i],
  ['plan', /\bplan\b|\borders?\b|\brecommendations?\b|\bfollow[- ]?up\b|\bdisposition\b/i],
  ['exam', /\bexam|\bobjective\b|\bvitals?\b|\bresults?\b|\bimaging\b|\blab/i],
  [
    'history',
    /\bhistory\b|\bhpi\b|\bpmh\b|\bpsh\b|\bsubjective\b|\bros\b|\breview of systems\b|\bchief complaint\b|\bprior treatments?\b|\btreatments? to date\b/i,
  ],
]

export function sectionKindOf(heading: string): SectionKind {
  // "Assessment and plan" speaks of both; what was done stands there beside what will be, and the verbs tell.
  return kinds.find(([, words]) => words.test(heading))?.[0] ?? 'other'
}

const capitals = /^[#*=\s]*([A-Z][A-Z /&,()-]{2,60}):?[*=\s]*$/
const colon = /^[#*=\s]*([A-Z][A-Za-z /&,-]{1,48}):/

/** The heading that a line is, or begins with: a line in capitals (`isTitle`), or a few words before a colon. */
export function headingOf(
  line: string,
): { readonly name: string; readonly isTitle: boolean } | undefined {
  const title = capitals.exec(line)?.[1]
  if (title !== undefined) return { name: title, isTitle: true }
  const start = colon.exec(line)?.[1]
  return start === undefined ? undefined : { name: start, isTitle: false }
}
