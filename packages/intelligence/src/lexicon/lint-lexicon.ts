import { concept, conceptKinds, type Concept } from './concept.ts'
import { stepsOf } from './phrase.ts'

/** A row of a lexicon file, unchecked. */
export interface LexiconRow {
  readonly file: string
  readonly row: unknown
}

export interface LexiconMessage {
  readonly file: string
  /** The id of the row, or its position in the file if it has none. */
  readonly id: string
  /** What is wrong, and what is allowed. */
  readonly message: string
}

interface Placed {
  readonly file: string
  readonly concept: Concept
}

/** Words for thresholds and requirements, which belong in policies. */
const policyWords =
  /\b(?:weeks?|months?|days?|years?|at least|at most|less than|more than|payers?|insur(?:er|ance)|criteri(?:on|a)|medically necessary|prior auth(?:orization)?|requirements?)\b/i

/**
 * The errors of a lexicon; empty if it can be compiled.
 *
 * `used` are the ids that policies name: every concept must be one of them or be connected to one through
 * `broader`, `sites` or `values`. Without it, use is not checked.
 */
export function lintLexicon(
  rows: readonly LexiconRow[],
  used?: ReadonlySet<string>,
): readonly LexiconMessage[] {
  const messages: LexiconMessage[] = []
  const placed: Placed[] = []
  rows.forEach(({ file, row }, index) => {
    const parsed = concept.safeParse(row)
    if (parsed.success) placed.push({ file, concept: parsed.data })
    else {
      for (const { path, message } of parsed.error.issues) {
        messages.push({
          file,
          id: idOf(row) ?? `row ${index + 1}`,
          message: shapeMessage(path, message),
        })
      }
    }
  })
  const known = new Set(placed.map((one) => one.concept.id))
  messages.push(
    ...duplicateIds(placed),
    ...unsorted(placed),
    ...placed.flatMap((one) => unknownIds(one, known)),
    ...placed.flatMap(policyWording),
    ...placed.flatMap(shapeOfKind),
    ...sharedSynonyms(placed),
    ...cycles(placed),
    ...(used === undefined ? [] : unused(placed, used)),
  )
  return messages
}

function idOf(row: unknown): string | undefined {
  if (typeof row !== 'object' || row === null || !('id' in row)) return undefined
  return typeof row.id === 'string' ? row.id : undefined
}

function shapeMessage(path: readonly PropertyKey[], message: string): string {
  const where = path.map(String).join('.')
  const allowed = where === 'kind' ? ` (allowed: ${conceptKinds.join(', ')})` : ''
  return `${where === '' ? 'row' : where}: ${message}${allowed}`
}

function duplicateIds(placed: readonly Placed[]): readonly LexiconMessage[] {
  const first = new Map<string, string>()
  return placed.flatMap(({ file, concept: { id } }) => {
    const before = first.get(id)
    if (before === undefined) {
      first.set(id, file)
      return []
    }
    return [{ file, id, message: `id is also used in ${before}; an id names one concept` }]
  })
}

function unsorted(placed: readonly Placed[]): readonly LexiconMessage[] {
  return placed.flatMap(({ file, concept: { id } }, index) => {
    const before = placed[index - 1]
    if (before === undefined || before.file !== file || before.concept.id <= id) return []
    return [{ file, id, message: `comes after ${before.concept.id}; rows are sorted by id` }]
  })
}

function unknownIds(
  { file, concept: one }: Placed,
  known: ReadonlySet<string>,
): readonly LexiconMessage[] {
  const guards = (one.abbreviations ?? []).flatMap((short) =>
    [...(short.near ?? []), ...(short.notNear ?? [])]
      .filter((word) => word.startsWith('#'))
      .map((word) => word.slice(1)),
  )
  const named: readonly (readonly [string, readonly string[]])[] = [
    ['broader', one.broader ?? []],
    ['sites', one.sites ?? []],
    ['denies', one.denies ?? []],
    ['values', idsOfValues(one)],
    ['abbreviations', guards],
  ]
  return named.flatMap(([key, ids]) =>
    ids
      .filter((id) => !known.has(id))
      .map((id) => ({
        file,
        id: one.id,
        message: `${key} names ${id}, which is not a concept; allowed: ids of the lexicon`,
      })),
  )
}

function idsOfValues({ values }: Concept): readonly string[] {
  if (values === undefined) return []
  const { normal, abnormal } = values
  return [normal.asserts, normal.denies, abnormal.asserts, abnormal.denies].filter(
    (id) => id !== undefined,
  )
}

function policyWording({ file, concept: one }: Placed): readonly LexiconMessage[] {
  return [one.name, ...(one.synonyms ?? [])].flatMap((phrase) => {
    const found = policyWords.exec(phrase)?.[0]
    if (found === undefined) return []
    const message = `"${phrase}" contains "${found}"; thresholds and requirements belong in policies`
    return [{ file, id: one.id, message }]
  })
}

function shapeOfKind({ file, concept: one }: Placed): readonly LexiconMessage[] {
  const messages: string[] = []
  if (one.values !== undefined && one.kind !== 'observable') {
    messages.push(`values are given for a ${one.kind}; only an observable has values`)
  }
  if (one.unit !== undefined && one.kind !== 'measure' && one.kind !== 'score') {
    messages.push(`unit is given for a ${one.kind}; only a measure or a score has a unit`)
  }
  if (one.betterIs !== undefined && one.kind !== 'measure' && one.kind !== 'score') {
    messages.push(`betterIs is given for a ${one.kind}; only a measure or a score has it`)
  }
  for (const phrase of [one.name, ...(one.synonyms ?? [])]) {
    const steps = stepsOf(phrase)
    if (steps.length === 0) messages.push(`"${phrase}" contains no word`)
    if (steps.length === 1 && phrase.length <= 2) {
      messages.push(
        `"${phrase}" is a synonym of two letters; write it as an abbreviation with a guard`,
      )
    }
  }
  return messages.map((message) => ({ file, id: one.id, message }))
}

interface Owner {
  readonly id: string
  readonly kind: Concept['kind']
  readonly isGuarded: boolean
}

/**
 * A part of the body and an observable or measure of it may share a word (bladder, neck): both are found, and
 * neither asserts anything alone.
 */
function mayShare(one: Concept['kind'], other: Concept['kind']): boolean {
  const isOfSite = (kind: Concept['kind']) => kind === 'observable' || kind === 'measure'
  return (one === 'site' && isOfSite(other)) || (other === 'site' && isOfSite(one))
}

/** A wording belongs to one concept, unless a guard distinguishes them. */
function sharedSynonyms(placed: readonly Placed[]): readonly LexiconMessage[] {
  const owners = new Map<string, Owner[]>()
  const messages: LexiconMessage[] = []
  for (const { file, concept: one } of placed) {
    const wordings = [
      ...[one.name, ...(one.synonyms ?? [])].map((text) => ({ text, isGuarded: false })),
      ...(one.abbreviations ?? []).map((short) => ({
        text: short.text,
        isGuarded: isGuarded(short),
      })),
    ]
    for (const { text, isGuarded: guarded } of wordings) {
      const key = stepsOf(text).join(' ')
      const others = owners.get(key) ?? []
      owners.set(key, others)
      const owner: Owner = { id: one.id, kind: one.kind, isGuarded: guarded }
      const message = clash(text, owner, others)
      if (message !== undefined) messages.push({ file, id: one.id, message })
      others.push(owner)
    }
  }
  return messages
}

function isGuarded(short: NonNullable<Concept['abbreviations']>[number]): boolean {
  return (
    short.near !== undefined ||
    short.notNear !== undefined ||
    short.before !== undefined ||
    short.after !== undefined ||
    short.notBefore !== undefined ||
    short.notAfter !== undefined
  )
}

function clash(text: string, owner: Owner, others: readonly Owner[]): string | undefined {
  const own = others.find((other) => other.id === owner.id)
  if (own !== undefined && !owner.isGuarded && !own.isGuarded) {
    return `"${text}" is listed twice after normalization (inflection, hyphens and spelling are computed)`
  }
  const other = others.find(
    (one) =>
      one.id !== owner.id && !(one.isGuarded && owner.isGuarded) && !mayShare(one.kind, owner.kind),
  )
  if (other === undefined) return undefined
  return `"${text}" also means ${other.id}; a wording belongs to one concept, or both are abbreviations with a guard`
}

function cycles(placed: readonly Placed[]): readonly LexiconMessage[] {
  const broader = new Map(placed.map(({ concept: one }) => [one.id, one.broader ?? []]))
  const done = new Set<string>()
  const reachesItself = (id: string): boolean => {
    const seen = new Set<string>()
    const open = [...(broader.get(id) ?? [])]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === id) return true
      if (seen.has(next) || done.has(next)) continue
      seen.add(next)
      open.push(...(broader.get(next) ?? []))
    }
    done.add(id)
    return false
  }
  return placed.flatMap(({ file, concept: { id } }) =>
    reachesItself(id)
      ? [
          {
            file,
            id,
            message: 'broader leads back to itself; wider concepts must not form a cycle',
          },
        ]
      : [],
  )
}

function unused(placed: readonly Placed[], used: ReadonlySet<string>): readonly LexiconMessage[] {
  const neighbors = new Map<string, string[]>()
  const link = (one: string, other: string) => {
    neighbors.set(one, [...(neighbors.get(one) ?? []), other])
    neighbors.set(other, [...(neighbors.get(other) ?? []), one])
  }
  for (const { concept: one } of placed) {
    for (const other of [
      ...(one.broader ?? []),
      ...(one.sites ?? []),
      ...(one.denies ?? []),
      ...idsOfValues(one),
    ]) {
      link(one.id, other)
    }
  }
  const reached = new Set(used)
  const open = [...used]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const other of neighbors.get(next) ?? []) {
      if (reached.has(other)) continue
      reached.add(other)
      open.push(other)
    }
  }
  return placed
    .filter(
      ({ concept: one }) => !reached.has(one.id) && one.kind !== 'site' && one.isUnasked !== true,
    )
    .map(({ file, concept: { id } }) => ({
      file,
      id,
      message:
        'no policy uses it or a concept related to it; name it in a policy, relate it by broader, mark it isUnasked if it distinguishes wordings, or remove it',
    }))
}
