import type { V1Faults } from '../independent-ehr/chart-faults.ts'
import { type End, person, type Situation, written, writing, writtenOrPerson } from './situation.ts'

const always = 1000

type Create = Omit<NonNullable<V1Faults['create']>, 'times' | 'stores'>

/** Writing with athenahealth's own API: the answer × whether it was stored × the list. */
export function v1Situations(): readonly Situation[] {
  const v1 = (name: string, may: readonly End[], faults: V1Faults) =>
    writing(name, may, { v1: faults })
  const answered = (name: string, may: readonly End[], stores: boolean, create: Create) =>
    v1(`${stores ? 'kept' : 'not kept'}, ${name}`, may, { create: { times: 1, stores, ...create } })
  const bodies = ['without_id', 'not_successful', 'error', 'none', 'html'] as const
  const statuses = [201, 202, 409, 412, 500, 502, 503, 504]
  const refusals = [400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 500, 502, 503, 504]
  const lists = ['empty', 'without_marks', 'deleted', 400, 403, 500] as const
  return [
    v1('kept, answered as usual', written, {}),
    answered('the answer in a list', written, true, { body: 'in_a_list' }),
    ...bodies.map((body) => answered(`200, ${body}`, writtenOrPerson, true, { body })),
    ...statuses.map((status) =>
      answered(`${status}`, writtenOrPerson, true, {
        status,
        body: status < 300 ? 'whole' : 'error',
      }),
    ),
    answered('the connection ends', writtenOrPerson, true, { cut: 'reset' }),
    answered('no answer comes', writtenOrPerson, true, { cut: 'stall' }),
    ...(['whole', ...bodies] as const).map((body) =>
      answered(`200, ${body}`, writtenOrPerson, false, { body }),
    ),
    ...refusals.map((status) =>
      answered(`${status}`, writtenOrPerson, false, { status, body: 'error' }),
    ),
    answered('429', writtenOrPerson, false, { status: 429, body: 'error' }),
    answered('the connection ends', writtenOrPerson, false, { cut: 'reset' }),
    answered('no answer comes', writtenOrPerson, false, { cut: 'stall' }),
    ...[400, 403, 404, 503].map((status) =>
      v1(`not kept, ${status}, always`, person, {
        create: { times: always, stores: false, status, body: 'error' },
      }),
    ),
    ...lists.flatMap((list) => [
      // Its own URL shows it, unless the fields with our identifier are missing. A deleted document is not in the chart.
      v1(
        `the list is ${list}`,
        list === 'empty' ? written : list === 'deleted' ? person : writtenOrPerson,
        { list },
      ),
      v1(`the list is ${list}; kept, the connection ends`, writtenOrPerson, {
        list,
        create: { times: 1, stores: true, cut: 'reset' },
      }),
      v1(`the list is ${list}; kept, without id`, writtenOrPerson, {
        list,
        create: { times: 1, stores: true, body: 'without_id' },
      }),
    ]),
    ...[1, 3, always].flatMap((lagSearches) => [
      v1(`listed after ${lagSearches} looks`, written, { lagSearches }),
      v1(`listed after ${lagSearches} looks; kept, the connection ends`, writtenOrPerson, {
        lagSearches,
        create: { times: 1, stores: true, cut: 'reset' },
      }),
    ]),
  ]
}
