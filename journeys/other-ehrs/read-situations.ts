import type { ReadFault } from '../independent-ehr/chart-faults.ts'
import type { End, Situation } from './situation.ts'

const drafted: readonly End[] = ['drafted']
const draftedOrFailed: readonly End[] = ['drafted', 'failed']

/** A type that is read in addition to the orders; a form is drafted even if it cannot be read. */
const beside = 'Observation'
const orders = 'ServiceRequest'

/** Reading: the answers for the chart, and whether missing resources are reported as incomplete. */
export function readSituations(): readonly Situation[] {
  return [
    reading('as usual', drafted, []),
    ...(['gzip', 'deflate', 'one_a_page', 'byte_order_mark', 'absolute_references'] as const).map(
      (kind) => reading(label(kind), drafted, [{ kind }]),
    ),
    ...(['redirect_307', 'redirect_308'] as const).map((kind) =>
      reading(label(kind), drafted, [{ kind }]),
    ),
    reading('US Core combinations only', drafted, [{ kind: 'us_core_combinations' }]),
    complete('MedicationRequest needs intent', 'MedicationRequest', [
      { kind: 'needs_intent', type: 'MedicationRequest' },
    ]),
    reading('Observation needs category', drafted, [{ kind: 'needs_category', type: beside }]),
    ...(
      [
        ['page_gone', 'one_a_page'],
        ['next_other_host', 'one_a_page'],
        ['next_loop'],
        ['total_larger'],
        ['outcome_warning'],
        ['outcome_error'],
        ['redirect_other_host'],
        ['status_400'],
        ['status_403'],
        ['status_404'],
        ['html'],
        ['truncated'],
        ['empty_body'],
      ] as const
    ).flatMap((kinds) => [
      notComplete(`${label(kinds[0])}, ${beside}`, beside, kinds.map(on(beside))),
      reading(`${label(kinds[0])}, ${orders}`, draftedOrFailed, kinds.map(on(orders))),
    ]),
    complete(`outcome information, ${beside}`, beside, [
      { kind: 'outcome_information', type: beside },
    ]),
    complete(`others patients, ${beside}`, undefined, [{ kind: 'others_patients', type: beside }]),
    complete(`others patients, ${orders}`, undefined, [{ kind: 'others_patients', type: orders }]),
    ...(['over_rate_403', 'over_rate_429_body', 'over_rate_429_header', 'status_500'] as const).map(
      (kind) =>
        complete(`${label(kind)} once, Condition`, 'Condition', [
          { kind, type: 'Condition', times: 1 },
        ]),
    ),
    ...(['status_500', 'html', 'truncated', 'over_rate_429_header'] as const).map((kind) =>
      reading(`${label(kind)} once, Encounter`, drafted, [{ kind, type: 'Encounter', times: 1 }]),
    ),
    ...(['status_400', 'status_404', 'status_500'] as const).map((kind) =>
      notComplete(`${label(kind)}, Coverage`, 'Coverage', [{ kind, type: 'Coverage' }]),
    ),
  ]
}

function reading(name: string, may: readonly End[], reads: readonly ReadFault[]): Situation {
  return { name: `reading: ${name}`, may, faults: { reads }, path: 'read' }
}

function complete(
  name: string,
  resourceType: string | undefined,
  reads: readonly ReadFault[],
): Situation {
  return {
    ...reading(name, drafted, reads),
    ...(resourceType === undefined ? {} : { completeness: { resourceType, is: 'complete' } }),
  }
}

function notComplete(name: string, resourceType: string, reads: readonly ReadFault[]): Situation {
  return { ...reading(name, drafted, reads), completeness: { resourceType, is: 'not_complete' } }
}

const on =
  (type: string) =>
  (kind: ReadFault['kind']): ReadFault => ({ kind, type })

const label = (kind: ReadFault['kind']): string => kind.replaceAll('_', ' ')
