import { codeSystem } from '@authscript/prior-auth'
import type { Json, JsonObject } from '../client/parse-resource.ts'
import { codingsAt, textsAt } from './fields.ts'

/**
 * Parses statuses in all forms that servers send: the required `code`, a CodeableConcept with one or more codings, or only text, in any
 * case. A status that means void or not done takes precedence over one that means valid.
 */

/** In order of precedence: if a resource has two statuses, the earlier one in this list is used. */
const strongest = [
  'entered-in-error',
  'not-done',
  'cancelled',
  'revoked',
  'refuted',
  'aborted',
  'stopped',
  'not-taken',
  'draft',
  'preparation',
  'registered',
  'preliminary',
  'on-hold',
  'unknown',
] as const

/** `status` or `intent` in FHIR's spelling; undefined if there is none. An unknown value is kept. */
export function statusAt(resource: Json, path: string): string | undefined {
  const found = wordsAt(resource, path)
  return strongest.find((one) => found.includes(one)) ?? found[0]
}

const activeStates: ReadonlySet<string> = new Set(['active', 'recurrence', 'relapse', 'recurring'])
const inactiveStates: ReadonlySet<string> = new Set([
  'inactive',
  'remission',
  'in-remission',
  'resolved',
])

/**
 * Condition.clinicalStatus: `active` (also for recurrence and relapse); `inactive`, `remission` or `resolved`; `unknown` for anything else
 * and for contradictory codings. Undefined if the resource has none.
 *
 * @see https://terminology.hl7.org/CodeSystem-condition-clinical.html
 */
export function clinicalStatusOf(resource: JsonObject): string | undefined {
  const found = standardFirst(resource, 'clinicalStatus', /condition-clinical/i)
  if (found.length === 0) return undefined
  const active = found.some((one) => activeStates.has(one))
  const inactive = found.find((one) => inactiveStates.has(one))
  if (active === (inactive !== undefined)) return 'unknown'
  return active ? 'active' : inactive === 'in-remission' ? 'remission' : inactive
}

const refutations: ReadonlySet<string> = new Set(['refuted', 'ruled-out', 'known-absent'])
const doubts: readonly string[] = ['unconfirmed', 'provisional', 'differential']
const confirmations: ReadonlySet<string> = new Set([
  'confirmed',
  'confirmed-present',
  'verified',
  'definite',
  'established',
  'final',
])

/**
 * Condition.verificationStatus: a refutation or an error in any coding takes precedence, then a doubt; `unknown` for an unknown value.
 * Undefined if the resource has none.
 *
 * @see https://terminology.hl7.org/CodeSystem-condition-ver-status.html
 */
export function verificationStatusOf(resource: JsonObject): string | undefined {
  const found = wordsAt(resource, 'verificationStatus')
  if (found.length === 0) return undefined
  if (found.includes('entered-in-error')) return 'entered-in-error'
  if (found.some((one) => refutations.has(one))) return 'refuted'
  const doubt = doubts.find((one) => found.includes(one))
  if (doubt !== undefined) return doubt
  return found.some((one) => confirmations.has(one)) ? 'confirmed' : 'unknown'
}

/** SNOMED CT codes that C-CDA documents use for the statuses of a problem. */
const snomedWords: Readonly<Record<string, string>> = {
  '55561003': 'active',
  '73425007': 'inactive',
  '413322009': 'resolved',
  '277022003': 'remission',
  '246455001': 'recurrence',
  '263855007': 'relapse',
  '410605003': 'confirmed',
  '410516002': 'refuted',
  '410592001': 'provisional',
  '410590009': 'provisional',
  '415684004': 'provisional',
}

/** Codings of FHIR's own system if there are any, because a local code can mean anything. */
function standardFirst(resource: JsonObject, path: string, system: RegExp): readonly string[] {
  const standard = codingsAt(resource, path).filter((one) => system.test(one.system ?? ''))
  const codes = standard.flatMap((one) => (one.code === undefined ? [] : [plain(one.code)]))
  return codes.length > 0 ? codes : wordsAt(resource, path)
}

/** Every code, display and text at `path`, in FHIR's spelling. */
function wordsAt(resource: Json, path: string): readonly string[] {
  const coded = codingsAt(resource, path).flatMap(({ system, code, display }) => {
    const known = system === codeSystem.snomed ? snomedWords[code ?? ''] : code
    return [known, display]
  })
  return [...textsAt(resource, path), ...coded, ...textsAt(resource, `${path}.text`)]
    .filter((one) => one !== undefined)
    .map(plain)
}

const otherSpellings: Readonly<Record<string, string>> = {
  canceled: 'cancelled',
  'entered-in-err': 'entered-in-error',
  error: 'entered-in-error',
  inprogress: 'in-progress',
  notdone: 'not-done',
  complete: 'completed',
  onhold: 'on-hold',
}

function plain(word: string): string {
  const spelled = word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '-')
  return otherSpellings[spelled] ?? spelled
}
