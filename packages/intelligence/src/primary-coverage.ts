import type { ClinicalBundle, Concept, CoverageEntry, OrderEntry } from '@authscript/prior-auth'

/** The coverage to send a request to, and whether others were equally good. */
export interface CoverageChoice {
  readonly coverage: CoverageEntry | undefined
  /** Other coverages in force that nothing in the chart ranks after the chosen one. */
  readonly others: readonly CoverageEntry[]
}

/**
 * The coverage in force on the day of the encounter: the one named on the order, else the first medical one in
 * billing order.
 */
export function primaryCoverage(
  bundle: ClinicalBundle,
  order: OrderEntry | undefined,
): CoverageEntry | undefined {
  return chooseCoverage(bundle, order).coverage
}

export function chooseCoverage(
  bundle: ClinicalBundle,
  order: OrderEntry | undefined,
): CoverageChoice {
  const day = (bundle.encounter.periodStart ?? bundle.encounter.periodEnd)?.slice(0, 10)
  const inForce = bundle.coverages.filter(
    (one) =>
      (one.status === undefined || one.status === 'active') &&
      (day === undefined || isOn(one, day)),
  )
  const named = inForce.find((one) => order?.coverageIds.includes(one.source.resourceId) === true)
  if (named !== undefined) return { coverage: named, others: [] }
  const ranked = inForce
    .filter((one) => kindByType(one) !== 'other_care')
    .map((coverage) => ({ coverage, rank: rankOf(coverage) }))
    .sort((a, b) => compareRanks(a.rank, b.rank))
  const [first, ...rest] = ranked
  if (first === undefined) return { coverage: undefined, others: [] }
  const others = rest
    .filter(({ rank }) => compareRanks(rank, first.rank) === 0)
    .map(({ coverage }) => coverage)
    .filter((one) => !isSamePlan(one, first.coverage))
  return { coverage: first.coverage, others }
}

/** A period may be given in years or months, and then includes its last day. */
function isOn({ periodStart, periodEnd }: CoverageEntry, day: string): boolean {
  const isBefore =
    periodStart !== undefined && day.slice(0, periodStart.length) < periodStart.slice(0, 10)
  const isAfter = periodEnd !== undefined && day.slice(0, periodEnd.length) > periodEnd.slice(0, 10)
  return !isBefore && !isAfter
}

/**
 * `other_care` covers teeth, eyes or retail drugs, never a service of the catalogue; `liability` covers one
 * accident or one job; `person` is not an organization that could be asked.
 */
type Kind = 'medical' | 'unknown' | 'liability' | 'person' | 'other_care'

const kindByCode: Readonly<Record<string, Kind>> = {
  EHCPOL: 'medical',
  HSAPOL: 'medical',
  PUBLICPOL: 'medical',
  MANDPOL: 'medical',
  MCPOL: 'medical',
  HIP: 'medical',
  HMO: 'medical',
  PPO: 'medical',
  POS: 'medical',
  RETIRE: 'medical',
  SUBSIDIZ: 'medical',
  SUBSIDMC: 'medical',
  DENTPRG: 'other_care',
  DENTAL: 'other_care',
  VISPOL: 'other_care',
  DRUGPOL: 'other_care',
  LIFE: 'other_care',
  TLIFE: 'other_care',
  ULIFE: 'other_care',
  ANNU: 'other_care',
  DIS: 'other_care',
  LTC: 'other_care',
  WCBPOL: 'liability',
  AUTOPOL: 'liability',
  COL: 'liability',
  UNINSMOT: 'liability',
  PAY: 'person',
}

const kindByWords: readonly (readonly [RegExp, Kind])[] = [
  [
    /\b(?:dental|dentist\w*|vision|optical|eye ?care|pharmacy|prescription|rx|drugs?)\b/i,
    'other_care',
  ],
  [
    /\bworkers?['’]?s?['’]? ?comp\w*|\b(?:auto(?:mobile)?|motor vehicle|liability|no[- ]fault)\b/i,
    'liability',
  ],
  [/\bself[- ]?pay\b/i, 'person'],
  [/\b(?:medical|health|hmo|ppo|epo|medicare|medicaid|commercial|managed care)\b/i, 'medical'],
]

/** @see http://terminology.hl7.org/ValueSet/coverage-type */
function kindByType({ type }: CoverageEntry): Kind {
  if (type === undefined) return 'unknown'
  const codes = type.codings.flatMap(({ code }) => kindByCode[code?.toUpperCase() ?? ''] ?? [])
  return codes[0] ?? kindInWords(wordsOf(type)) ?? 'unknown'
}

function kindInWords(words: string): Kind | undefined {
  return kindByWords.find(([pattern]) => pattern.test(words))?.[1]
}

function wordsOf({ text, codings }: Concept): string {
  return [text, ...codings.map((one) => one.display)].filter((one) => one !== undefined).join(' ; ')
}

const kindRanks: Readonly<Record<Kind, number>> = {
  medical: 0,
  unknown: 0,
  liability: 1,
  person: 2,
  other_care: 3,
}

/** Usable kinds first, then billing order, then explicitly medical coverage. */
function rankOf(coverage: CoverageEntry): readonly number[] {
  const byType = kindByType(coverage)
  const names = `${coverage.payerName ?? ''} ; ${coverage.planName ?? ''}`
  const byName = byType === 'unknown' ? kindInWords(names) : byType
  const kind =
    coverage.isSelfPay === true
      ? 'person'
      : // A name is only a hint: it must not exclude a sole plan called "Vision Health".
        byName === 'medical'
        ? byType
        : (byName ?? 'unknown')
  return [kindRanks[kind], coverage.order ?? 99, kind === 'medical' ? 0 : 1]
}

function compareRanks(one: readonly number[], other: readonly number[]): number {
  return one.map((value, index) => value - (other[index] ?? 0)).find((value) => value !== 0) ?? 0
}

function isSamePlan(one: CoverageEntry, other: CoverageEntry): boolean {
  return one.memberId === other.memberId && one.payerName === other.payerName
}
