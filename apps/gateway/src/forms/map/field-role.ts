import {
  type AnswerValue,
  type FormChoice,
  type FormRole,
  formChoices,
  formRoles,
} from '@authscript/prior-auth'
import type { NamedPiece } from './box-piece.ts'
import { type ValueKind, valueKindOf } from './value-kind.ts'

const rowParts = [
  'code',
  'description',
  'start',
  'end',
  'quantity',
  'diagnosisCode',
  'diagnosisText',
] as const
const wholeParts = ['from', 'to', 'procedures', 'diagnosisCodes'] as const

type RowPart = (typeof rowParts)[number]
type WholePart = (typeof wholeParts)[number]

/**
 * The purpose of a box. `person`: signatures and attestations, which software never fills (invariant 9). `part` says where the requesting
 * provider signs and dates, for a signature image that this person places by an act of their own.
 */
export type FieldRole =
  | { readonly kind: 'text'; readonly role: FormRole }
  /** A row of the table of services, counted from 1. */
  | { readonly kind: 'row'; readonly row: number; readonly part: RowPart }
  /** A single box for the whole request, on forms without such a table. */
  | { readonly kind: 'whole'; readonly part: WholePart }
  /** A box to tick if the choice is this value. */
  | { readonly kind: 'tick'; readonly choice: FormChoice; readonly value: string }
  /** A list, a radio group or a text box that takes the chosen value. */
  | { readonly kind: 'choice'; readonly choice: FormChoice }
  | { readonly kind: 'criterion'; readonly row: number; readonly part: 'question' | 'answer' }
  /** A box to tick if the question has this answer. */
  | { readonly kind: 'answer'; readonly row: number; readonly value: AnswerValue }
  | { readonly kind: 'person'; readonly part?: 'signature' | 'date' }

export interface ReadRole {
  readonly role: FieldRole
  /** Marked with `*` in the map: the payer rejects the form if it is empty. */
  readonly isEssential: boolean
  /** `patient.birthDate.month`: one of several boxes for a value. */
  readonly piece?: NamedPiece
}

const choices = Object.entries(formChoices) as readonly [FormChoice, readonly string[]][]

const answersBySpelling: Readonly<Record<string, AnswerValue>> = {
  yes: 'met',
  no: 'not_met',
  unknown: 'unclear',
}

/** Every role by its spelling in lower case; rows are written without their number. */
const vocabulary: ReadonlyMap<string, (row: number) => FieldRole> = new Map<
  string,
  (row: number) => FieldRole
>(
  [
    ...formRoles.map((role) => [role, () => ({ kind: 'text', role }) as const] as const),
    ...rowParts.flatMap((part) => {
      const make = (row: number) => ({ kind: 'row', row, part }) as const
      return [[`service[n].${part}`, make] as const, [`service.${part}`, make] as const]
    }),
    ['diagnosis[n].code', (row: number) => ({ kind: 'row', row, part: 'diagnosisCode' })] as const,
    [
      'diagnosis[n].description',
      (row: number) => ({ kind: 'row', row, part: 'diagnosisText' }),
    ] as const,
    ...wholeParts.map(
      (part) => [`service.${part}`, () => ({ kind: 'whole', part }) as const] as const,
    ),
    ...choices.flatMap(([choice, values]) => [
      [choice, () => ({ kind: 'choice', choice }) as const] as const,
      ...values.flatMap((value) => {
        const make = () => ({ kind: 'tick', choice, value }) as const
        return [[`${choice}=${value}`, make] as const, [`${choice}.${value}`, make] as const]
      }),
    ]),
    ...(['question', 'answer'] as const).map(
      (part) =>
        [`criterion[n].${part}`, (row: number) => ({ kind: 'criterion', row, part })] as const,
    ),
    ...Object.entries(answersBySpelling).map(
      ([word, value]) =>
        [
          `criterion[n].answer=${word}`,
          (row: number) => ({ kind: 'answer', row, value }) as const,
        ] as const,
    ),
    ...(['attestation', 'signature'] as const).map(
      (word) => [word, () => ({ kind: 'person' }) as const] as const,
    ),
  ].map(([spelling, make]) => [spelling.toLowerCase(), make as (row: number) => FieldRole]),
)

export const knownRoles: readonly string[] = [
  ...formRoles,
  ...rowParts.map((part) => `service[1].${part}`),
  ...wholeParts.map((part) => `service.${part}`),
  'diagnosis[1].code',
  'diagnosis[1].description',
  ...choices.flatMap(([choice, values]) =>
    values.map((value) => (choice.includes('.') ? `${choice}=${value}` : `${choice}.${value}`)),
  ),
  ...choices.map(([choice]) => choice),
  'criterion[1].question',
  'criterion[1].answer',
  'criterion[1].answer=yes (no, unknown)',
  'patient.birthDate.month (day, year)',
  'patient.phone.area (prefix, line)',
  'patient.zip5',
  'patient.plus4',
  'coverage.memberId.character',
  'attestation: …',
  'signature.…',
]

/**
 * Parses a role as written in maps: the word, an optional `*` for essential, and an optional remark in brackets or after a colon.
 * Undefined for an unknown word, which must not be ignored: its box would silently stay blank.
 */
export function readRole(spelling: string): ReadRole | undefined {
  const withoutRemark = spelling.replace(/\s*(?:\(.*|:.*)$/su, '').trim()
  const word = withoutRemark.replaceAll('*', '').trim().toLowerCase()
  const isEssential = spelling.includes('*')
  // `requester.signature` is a signature too: anything named like one is never filled.
  if (/(^|[.=])(attestation|certification|signature)([.=]|$)/.test(word))
    return { role: { kind: 'person', ...signingPart(word) }, isEssential }
  const row = /\[(\d+)\]/.exec(word)?.[1]
  if (row !== undefined && (Number(row) < 1 || Number(row) > 99)) return undefined
  const known = word.replace(/\[\d+\]/, '[n]').replace(/\.zip$/, '.zip4')
  const make = vocabulary.get(known)
  // `patient.birthDate (month)` says the same as `patient.birthDate.month`.
  const [, remarked] = /^[^(:]*[(:]\s*(\w+)\s*\)?\s*$/.exec(spelling) ?? []
  const [, whole = '', last] =
    /^(.+)\.(\w+)$/.exec(known.replace(/(?<!zip4)\.(?=zip5$|plus4$)/, '.zip4.')) ?? []
  const role = (make ?? vocabulary.get(whole))?.(Number(row ?? 1))
  if (role === undefined) return undefined
  const possible = piecesOf(role)
  const named = (make === undefined ? last : remarked)?.toLowerCase()
  const piece = possible.find((one) => one === named)
  if (piece !== undefined) return { role, isEssential, piece }
  return make === undefined ? undefined : { role, isEssential }
}

function piecesOf(role: FieldRole): readonly NamedPiece[] {
  if (role.kind !== 'text' && role.kind !== 'row' && role.kind !== 'whole') return []
  const kind = valueKindOf(role)
  return [...(kind === undefined ? [] : piecesFor[kind]), 'character']
}

const piecesFor: Readonly<Record<ValueKind, readonly NamedPiece[]>> = {
  date: ['month', 'day', 'year'],
  phone: ['area', 'prefix', 'line'],
  zip: ['zip5', 'plus4'],
  state: [],
  number: [],
  diagnosis: [],
  gender: [],
}

/** Only the requesting provider's own: a form may also have boxes for the patient's signature, or the payer's. */
function signingPart(word: string): { readonly part?: 'signature' | 'date' } {
  if (/^(?:signature(?:\.(?:provider|requester))?|(?:provider|requester)\.signature)$/.test(word))
    return { part: 'signature' }
  return word === 'signature.date' ? { part: 'date' } : {}
}

/** Where the choice's own name would say nothing to a reader. */
const choiceLabels: Partial<Record<FormChoice, string>> = {
  request: 'Request type',
  review: 'Review type',
  action: 'Imaging action',
}

/** The label for the addendum and for notices: `Patient birth date`, `Service 2 code`. */
export function labelOf(role: FieldRole): string {
  switch (role.kind) {
    case 'text':
      return toLabel(role.role)
    case 'row':
      return role.part.startsWith('diagnosis')
        ? `Diagnosis ${role.row} ${role.part === 'diagnosisCode' ? 'code' : 'description'}`
        : `Service ${role.row} ${role.part}`
    case 'whole':
      return toLabel(`service.${role.part}`)
    case 'tick':
      return toLabel(`${role.choice}.${role.value}`)
    case 'choice':
      return choiceLabels[role.choice] ?? toLabel(role.choice)
    case 'criterion':
      return role.part === 'question' ? `Criterion ${role.row}` : `Answer ${role.row}`
    case 'answer':
      return `Answer ${role.row}`
    case 'person':
      return 'Signature or attestation'
  }
}

/** Codes may be printed smaller: they are read letter by letter, and their boxes are the smallest. */
export function isCode(role: FieldRole): boolean {
  return (
    (role.kind === 'row' && (role.part === 'code' || role.part === 'diagnosisCode')) ||
    (role.kind === 'whole' && (role.part === 'procedures' || role.part === 'diagnosisCodes'))
  )
}

/** Where the word order of the role would be read as an order to review. */
const plainLabels: Readonly<Record<string, string>> = {
  'review.urgent': 'Urgent review',
  'review.standard': 'Standard review',
  'review.urgentReason': 'Reason for urgent review',
}

function toLabel(word: string): string {
  const plain = plainLabels[word]
  if (plain !== undefined) return plain
  const words = word
    .replaceAll('.', ' ')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}
