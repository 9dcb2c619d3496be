import type { PayerFormRules } from '@authscript/prior-auth'
import { labelOf, readRole } from '../map/field-role.ts'
import { type FormRules, noRules } from '../map/form-rules.ts'

const printed = "the form's instructions say so"

/** The rules that an operator wrote, as the form filler takes them. */
export function formRulesFrom({
  onlyOneOf,
  whenThen,
  refusedCodes,
  sameProvider,
}: PayerFormRules): {
  readonly rules: FormRules
  readonly faults: readonly string[]
} {
  const named = [...onlyOneOf.flat(), ...whenThen.flatMap(({ when, also }) => [when, also])]
  const faults = [...new Set(named)]
    .filter((role) => readRole(role) === undefined)
    .map((role) => `a rule names "${role}", which is not a use that a box can have`)
  const isTick = (role: string) => readRole(role)?.role.kind === 'tick'
  const [ticks, others] = [
    whenThen.filter(({ when }) => isTick(when)),
    whenThen.filter(({ when }) => !isTick(when)),
  ]
  const same = sameProvider === '' ? {} : { servicing: sameProvider, pcp: sameProvider }
  return {
    rules: {
      ...noRules,
      refuses:
        refusedCodes.length === 0
          ? []
          : [{ name: 'refused-codes', codes: refusedCodes, because: 'it is not for this code' }],
      needs: ticks.map(({ when, also }) => ({ tick: when, filled: also, because: printed })),
      requires: others.map(({ when, also }) => ({ when, also, because: printed })),
      onlyOneOf: onlyOneOf.map((roles) => ({ roles, because: printed })),
      sameAsRequester: same,
    },
    faults,
  }
}

/** Rules in sentences, for people who cannot change them. */
export function rulesInWords(rules: FormRules): readonly string[] {
  const label = (word: string) => {
    const read = readRole(word)
    return read === undefined ? word : labelOf(read.role)
  }
  const labels = (words: readonly string[]) => words.map(label).join(', ')
  const { servicing, pcp } = rules.sameAsRequester
  return [
    ...rules.essential.map((word) => `${label(word)} is required.`),
    ...rules.needs.map(
      ({ tick, filled, because }) =>
        `${label(tick)} is only ticked if there is: ${label(filled)} (${because}).`,
    ),
    ...rules.requires.map(
      ({ when, also }) => `If ${label(when)} is filled, ${label(also)} is required.`,
    ),
    ...rules.onlyOneOf.map(({ roles }) => `Only one is filled: ${labels(roles)}.`),
    ...rules.refuses.map(({ codes, because }) => `Not for ${codes.join(', ')}: ${because}.`),
    ...(rules.onlyFor === undefined
      ? []
      : [`Only for ${rules.onlyFor.codes.join(', ')}: ${rules.onlyFor.because}.`]),
    ...(servicing === undefined && pcp === undefined
      ? []
      : [`For a provider who is the requesting provider, the form says “${servicing ?? pcp}”.`]),
    ...(rules.mostServices === undefined
      ? []
      : [`At most ${rules.mostServices.rows} services: ${rules.mostServices.because}.`]),
    ...(rules.mayBeAttached === undefined
      ? []
      : [`Only this may continue on the addendum: ${labels(rules.mayBeAttached)}.`]),
    ...(rules.leftToPeople.length === 0
      ? []
      : [`Left to people: ${rules.leftToPeople.join(', ')}.`]),
  ]
}
