import type { OrderQuery } from '../../policy/criterion.ts'
import type { CodeSet } from '../../policy/criterion.ts'
import { systemNameOf } from '../../codes/system-name.ts'
import type { AnswerContext } from '../answer-context.ts'
import { nothingFound, type QueryAnswer } from '../query-answer.ts'

/** Answers whether the order itself carries one of the codes. */
export function answerOrder(query: OrderQuery, { order }: AnswerContext): QueryAnswer {
  const carries = (sets: readonly CodeSet[]) =>
    order.code.codings.find(({ system, code }) =>
      sets.some((set) => code !== undefined && containsCode(set, systemNameOf(system), code)),
    )
  const asked = carries(query.order)
  const other = query.otherwise === undefined ? undefined : carries(query.otherwise)
  const found = asked ?? other
  if (found === undefined) return { ...nothingFound, because: 'the order does not say' }
  const name = [found.display ?? order.code.text, found.code].filter((one) => one !== undefined)
  return {
    ...nothingFound,
    value: asked === undefined ? 'not_met' : 'met',
    grounds: 'evidence',
    isSilent: false,
    because: `the order is for ${name.join(', ')}`,
    entries: [
      {
        source: order.source,
        path: 'ServiceRequest.code',
        summary: name.join(', '),
        ...(order.authoredOn === undefined ? {} : { date: order.authoredOn }),
        stance: asked === undefined ? 'refutes' : 'supports',
      },
    ],
  }
}

/** Codes are compared in upper case and without dots. */
export function containsCode(set: CodeSet, system: string | undefined, code: string): boolean {
  if (system !== set.system) return false
  const plain = (one: string) => one.replaceAll('.', '').toUpperCase()
  const own = plain(code)
  const isExcepted = (set.except ?? []).some((one) => own.startsWith(plain(one)))
  return (
    (set.codes ?? []).some((one) => plain(one) === own) ||
    (!isExcepted && (set.under ?? []).some((one) => own.startsWith(plain(one))))
  )
}
